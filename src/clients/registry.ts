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
  const near = nearestName(name);
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

function nearestName(name: string): string | undefined {
  const word = name.toLowerCase();
  const [best] = [...BY_NAME.keys()]
    .map((known) => ({ known, away: distance(word, known) }))
    .filter(({ known, away }) => away <= Math.max(1, Math.floor(known.length / 3)))
    .sort((a, b) => a.away - b.away);
  return best?.known;
}

/** Damerau's distance (optimal string alignment): letters changed, missing, added, or two swapped. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : i)));
  const at = (i: number, j: number) => (rows[i] as number[])[j] as number;
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, at(i - 2, j - 2) + 1);
      (rows[i] as number[])[j] = least;
    }
  return at(a.length, b.length);
}
