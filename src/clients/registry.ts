import { FOREIGN } from '../connection/foreign.ts';
import { nearest } from '../nearest.ts';
import { Problem } from '../problems/index.ts';
import type { Client, KnownClient } from './client.ts';
import { dotnet } from './dotnet.ts';
import { ecto } from './ecto.ts';
import { flyway } from './flyway.ts';
import { jdbc } from './jdbc.ts';
import { laravel } from './laravel.ts';
import { liquibase } from './liquibase.ts';
import { prisma } from './prisma.ts';
import { quarkus } from './quarkus.ts';
import { SERVED } from './served.ts';
import { SNIPPETS } from './snippets.ts';
import { spring } from './spring.ts';
import { sqlalchemyAsyncpg } from './sqlalchemy-asyncpg.ts';
import { symfony } from './symfony.ts';
import { tokioPostgres } from './tokio-postgres.ts';
import { vercel } from './vercel.ts';

/** Every client that `clients` takes: first those with variables of their own, then those that the common set serves. */
export const CLIENTS: readonly KnownClient[] = [
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
].map(complete);

/** A client, with what the registry knows of it from other tables. */
function complete(client: Client): KnownClient {
  const snippet = SNIPPETS[client.name];
  return { ...client, ...(snippet ? { snippet } : {}), owns: (parameter) => belongs(parameter, client) };
}

/** The settled connection alone says what TLS does: no client's own parameter may say otherwise once more (`sslfactory`, …). */
const TLS = /^(?:ssl|tls|direct_tls|channelBinding|requireAuth|enableChannelBinding|gssEncMode)/i;

/** Whether a foreign parameter is one of this client's, or of the driver below it. */
function belongs(name: string, client: Client): boolean {
  if (TLS.test(name)) return false;
  const names = [client.driver, client.name, ...(client.aliases ?? [])];
  return FOREIGN[name]?.clients.some((owner) => names.includes(owner)) ?? false;
}

const BY_NAME: ReadonlyMap<string, KnownClient> = new Map(
  CLIENTS.flatMap((client) => [client.name, ...(client.aliases ?? [])].map((name) => [name, client] as const)),
);

/** The client of a name or an alias, in any case. */
export const findClient = (name: string): KnownClient | undefined => BY_NAME.get(name.trim().toLowerCase());

/**
 * Reads the `clients` input: names or aliases, separated by commas or new lines.
 *
 * @returns the registry's entries for them, each once, in the order given
 * @throws Problem `invalid-input` for a name that is not known, with the nearest one that is
 */
export function readClients(text: string): KnownClient[] {
  const names = text.split(/[,\n]/).flatMap((name) => name.trim() || []);
  return [...new Set(names.map((name) => findClient(name) ?? unknown(name)))];
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
