import { nearest } from '../nearest.ts';
import { Problem } from '../problems/index.ts';
import type { Client } from './client.ts';
import { dotnet } from './dotnet.ts';
import { ecto } from './ecto.ts';
import { flyway } from './flyway.ts';
import { jdbc } from './jdbc.ts';
import { laravel } from './laravel.ts';
import { liquibase } from './liquibase.ts';
import { prisma } from './prisma.ts';
import { quarkus } from './quarkus.ts';
import { SERVED } from './served.ts';
import { spring } from './spring.ts';
import { sqlalchemyAsyncpg } from './sqlalchemy-asyncpg.ts';
import { symfony } from './symfony.ts';
import { tokioPostgres } from './tokio-postgres.ts';
import { vercel } from './vercel.ts';

/** Every client that `clients` takes: first those with variables of their own, then those that the common set serves. */
export const CLIENTS: readonly Client[] = [
  vercel,
  prisma,
  sqlalchemyAsyncpg,
  tokioPostgres,
  ecto,
  symfony,
  jdbc,
  spring,
  quarkus,
  flyway,
  liquibase,
  dotnet,
  laravel,
  ...SERVED,
];

const BY_NAME: ReadonlyMap<string, Client> = new Map(
  CLIENTS.flatMap((client) => [client.name, ...(client.aliases ?? [])].map((name) => [name, client] as const)),
);

/** The client of a name or an alias, in any case. */
export const findClient = (name: string): Client | undefined => BY_NAME.get(name.trim().toLowerCase());

/**
 * Reads the `clients` input: names or aliases, separated by commas or new lines.
 *
 * @returns the names that the registry has for them, each once, in the order given
 * @throws Problem `invalid-input` for a name that is not known, with the nearest one that is
 */
export function readClients(text: string): string[] {
  const names = text.split(/[,\n]/).flatMap((name) => name.trim() || []);
  return [...new Set(names.map((name) => (findClient(name) ?? unknown(name)).name))];
}

function unknown(name: string): never {
  const near = nearest(name, BY_NAME.keys());
  throw new Problem('invalid-input', {
    input: 'clients',
    what: `names ${quote(name)}, which is not a client that this action knows`,
    fix: near
      ? `Write \`${near}\` if that is the client meant; docs/clients.md lists them all. A client that reads \`PG*\` or \`DATABASE_URL\` need not be named.`
      : 'Take a name from docs/clients.md. A client that reads `PG*` or `DATABASE_URL` need not be named.',
  });
}

/** An unknown name is whatever the workflow holds there: only what could be a name is shown. */
const quote = (name: string): string => (/^[\w@./+ -]{1,40}$/.test(name) ? `\`${name}\`` : 'something');
