/**
 * A client program: it logs in with what an environment says and nothing else. Started by `logIn` below with an environment of its own;
 * one line of JSON in for each login (the variables to set, and the way), one out.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { TLSSocket } from 'node:tls';
import pg from 'pg';
import { libpq, type Session } from './libpq.ts';

/** node-postgres and libpq, each from the `PG*` variables alone and from `DATABASE_URL`. */
export const WAYS = ['pg, PG*', 'pg, DATABASE_URL', 'libpq, PG*', 'libpq, DATABASE_URL'] as const;
export type Way = (typeof WAYS)[number];

export type Outcome = Session | { error: string };

/** What a way reads. No URL can carry a CA file to every client, so that stays a variable: `NODE_EXTRA_CA_CERTS` or `PGSSLROOTCERT`. */
const READS: Record<Way, (name: string) => boolean> = {
  'pg, PG*': (name) => name.startsWith('PG'),
  'pg, DATABASE_URL': (name) => name === 'DATABASE_URL',
  'libpq, PG*': (name) => name.startsWith('PG'),
  'libpq, DATABASE_URL': (name) => name === 'DATABASE_URL' || name === 'PGSSLROOTCERT',
};

/** The client program, running: `logIn` any number of times, then `end`. */
export class Clients {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;

  /** @param environment the variables that a client reads when its process starts; the rest comes with each login */
  constructor(environment: Readonly<Record<string, string>>) {
    this.#child = spawn(process.execPath, [import.meta.filename], { env: { ...environment }, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stderr.pipe(process.stderr);
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Logs in with these variables and no others. Not to be called again before it has resolved. */
  async logIn(way: Way, variables: ReadonlyMap<string, string>): Promise<Outcome> {
    const read = [...variables].filter(([name]) => READS[way](name));
    this.#child.stdin.write(line({ way, variables: Object.fromEntries(read) }));
    const { value, done } = await this.#answers.next();
    if (done) throw new Error('the client program ended');
    return JSON.parse(value) as Outcome;
  }

  async end(): Promise<void> {
    this.#child.stdin.end();
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
  }
}

/** One line of JSON. Node's readline ends a line at U+2028 and U+2029 as well, which JSON leaves as they are. */
const line = (value: unknown): string =>
  `${JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`;

async function withPg(config: pg.ClientConfig): Promise<Session> {
  const client = new pg.Client(config);
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query('select current_user as user, current_database() as database, version()');
    const { stream } = (client as unknown as { connection: { stream: TLSSocket } }).connection;
    const tls = stream.getProtocol?.();
    return { ...rows[0], ...(tls && { tls }) };
  } finally {
    await client.end().catch(() => {});
  }
}

function withLibpq(text: string): Session {
  const reached = libpq().logIn(text);
  if (typeof reached === 'string') throw new Error(reached);
  return reached;
}

async function main(): Promise<void> {
  const url = () => process.env.DATABASE_URL ?? '';
  const run: Record<Way, () => Session | Promise<Session>> = {
    'pg, PG*': () => withPg({}),
    'pg, DATABASE_URL': () => withPg({ connectionString: url() }),
    'libpq, PG*': () => withLibpq(''),
    'libpq, DATABASE_URL': () => withLibpq(url()),
  };
  for await (const order of createInterface({ input: process.stdin })) {
    const { way, variables } = JSON.parse(order) as { way: Way; variables: Record<string, string> };
    for (const name of Object.keys(process.env)) if (/^PG|^DATABASE_URL$/.test(name)) delete process.env[name];
    Object.assign(process.env, variables);
    const outcome: Outcome = await Promise.resolve()
      .then(run[way])
      .catch((error: NodeJS.ErrnoException) => ({ error: `${error.code ?? ''} ${error.message}`.trim() }));
    process.stdout.write(line(outcome));
  }
}

if (process.argv[1] === import.meta.filename) void main();
