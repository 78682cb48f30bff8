import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Authority, createAuthority, type Leaf } from './certificates.ts';

export interface BedOptions {
  /** Names in the server's certificate. Default: `localhost`, `postgres.test`, `127.0.0.1`, `::1`. */
  readonly names?: readonly string[];
  /** Its certificate instead, when one of another kind is wanted. */
  readonly certificate?: Certificate;
  /** Who signs the certificate. Default: an authority made for this server. */
  readonly authority?: Authority;
  /** Default 100. */
  readonly maxConnections?: number;
  /** More settings of postgresql.conf. */
  readonly settings?: Settings;
  /** Lines of pg_hba.conf. Default: TLS and SCRAM-SHA-256 for everybody, over both loopback addresses, and SCRAM on the socket. */
  readonly hba?: readonly string[];
  /** Folders that go when the server goes, however the process ends. */
  readonly remove?: readonly string[];
}

export type Settings = Readonly<Record<string, string | number | boolean>>;
export type Certificate = Pick<Leaf, 'chain' | 'key'>;

/** A running server: where it is, and who may do everything there. */
export interface Facts {
  /** `localhost`: in the certificate, and the name to use with `verify-full`. */
  readonly host: string;
  readonly port: number;
  /** The addresses that it listens on: `127.0.0.1`, and `::1` where the machine has it. */
  readonly addresses: readonly string[];
  /** The Unix socket's directory, where the system can have one. */
  readonly socket?: string;
  /** PEM of the CA, and a file that holds it. */
  readonly ca: string;
  readonly caPath: string;
  readonly superuser: { readonly user: string; readonly password: string; readonly database: string };
  /** The postmaster's process id. */
  readonly pid: number;
  /** Everything of this server lies below it: the files named in `reload`, `log`, `data`. */
  readonly directory: string;
}

/** A server that somebody else started and stops. */
export interface Bed extends Facts {
  /** Runs SQL as the superuser, in a connection of its own; with `values` a single statement. */
  sql(text: string, options?: { database?: string; values?: unknown[] }): Promise<pg.QueryResult>;
  /** Makes a role that can log in. `attributes`: more of CREATE ROLE's grammar (`CONNECTION LIMIT 1`). */
  createRole(name: string, password: string, attributes?: string): Promise<void>;
  createDatabase(name: string, owner?: string): Promise<void>;
}

/** What can change while a server runs. */
export interface Change {
  readonly certificate?: Certificate;
  /** PEM: whose certificates clients may show. None at first: the server asks for none. */
  readonly clientCa?: string;
  /** PEM: which of them are revoked. */
  readonly clientCrl?: string;
  readonly settings?: Settings;
  readonly hba?: readonly string[];
}

/** A server of one's own. */
export interface OwnBed extends Bed {
  readonly authority: Authority;
  /**
   * Changes the running server, and comes back when the change holds for every new connection. What is not named stays. Rejects, and
   * leaves everything as it was, when PostgreSQL does not take it: it refuses weak certificates, and settings that need a restart.
   */
  reload(change: Change): Promise<void>;
  /** What the server has logged so far. */
  log(): string;
  /** Leaves no process and no file. May be called twice. */
  stop(): Promise<void>;
}

type Files = Readonly<Record<string, string>>;

/** What the keeper is asked for: see postgres-keeper.ts. */
export interface Order {
  readonly superuser: string;
  readonly password: string;
  /** Files in the server's folder; `settings.conf` and `pg_hba.conf` are among them. */
  readonly files: Files;
  readonly remove: readonly string[];
}

/** What the keeper answers once the server accepts connections, or why there is none. */
export type Report = Started | { readonly error: string };

export interface Started extends Pick<Facts, 'directory' | 'port' | 'addresses' | 'socket' | 'pid'> {
  /** Who the server runs as, when that is not who started it. */
  readonly owner?: Owner;
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

const SUPERUSER = 'postgres';

/** A throw-away server: nothing has to survive a crash, and nothing that it logs may hold a statement with a password. */
const SETTINGS: Settings = {
  ssl: true,
  ssl_cert_file: '../server.crt',
  ssl_key_file: '../server.key',
  password_encryption: 'scram-sha-256',
  log_min_error_statement: 'panic',
  shared_buffers: '16MB',
  fsync: false,
  full_page_writes: false,
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_logical_replication_workers: 0,
  io_method: 'sync',
  timezone: 'UTC',
};

const HBA = [
  'hostssl all all 127.0.0.1/32 scram-sha-256',
  'hostssl all all ::1/128 scram-sha-256',
  ...(process.platform === 'win32' ? [] : ['local all all scram-sha-256']),
];

/** Starts a PostgreSQL 18 with TLS 1.3 and SCRAM-SHA-256 on a free port. Ready when it resolves; about 1.5 seconds. */
export async function start(options: BedOptions = {}): Promise<OwnBed> {
  const authority = options.authority ?? (await createAuthority());
  const names = options.names ?? ['localhost', 'postgres.test', '127.0.0.1', '::1'];
  const certificate = options.certificate ?? (await authority.issue({ names }));
  let settings: Settings = { ...SETTINGS, max_connections: options.maxConnections ?? 100, ...options.settings };
  const superuser = { user: SUPERUSER, password: randomBytes(24).toString('base64url'), database: 'postgres' };
  const order: Order = {
    superuser: superuser.user,
    password: superuser.password,
    files: {
      'ca.crt': authority.cert,
      'server.crt': certificate.chain,
      'server.key': certificate.key,
      'settings.conf': settingsFile(settings),
      'pg_hba.conf': hbaFile(options.hba ?? HBA),
    },
    remove: options.remove ?? [],
  };
  const { keeper, started } = await keep(order);
  const { directory, port, addresses, socket, pid, owner } = started;
  const facts: Facts = {
    ...{ host: 'localhost', port, addresses, ...(socket && { socket }), ca: authority.cert },
    ...{ caPath: join(directory, 'ca.crt'), superuser, pid, directory },
  };
  const bed = fromFacts(facts);
  const log = () => readFileSync(join(directory, 'log'), 'utf8');
  const write = (files: Files) => {
    for (const [name, text] of Object.entries(files)) {
      // Written aside first: the server never reads half a file.
      const aside = join(directory, `${name}.new`);
      writeFileSync(aside, text, { mode: 0o600 });
      if (owner) chownSync(aside, owner.uid, owner.gid);
      renameSync(aside, join(directory, name));
    }
  };
  /** Has the server read its files again, and gives what it logged about them. */
  const reread = async () => {
    const [before, logged] = [await loadTime(bed), log().length];
    process.kill(pid, 'SIGHUP');
    // The postmaster reads its settings, pg_hba.conf and certificates, in this order, before it accepts the next connection.
    while ((await loadTime(bed)) === before) await sleep(10);
    return log().slice(logged);
  };
  let files = order.files;
  return {
    ...bed,
    authority,
    log,
    async reload(change) {
      const changed = {
        ...settings,
        ...(change.clientCa && { ssl_ca_file: '../client-ca.crt' }),
        ...(change.clientCrl && { ssl_crl_file: '../client.crl' }),
        ...change.settings,
      };
      const next = {
        ...files,
        ...(change.certificate && { 'server.crt': change.certificate.chain, 'server.key': change.certificate.key }),
        ...(change.clientCa && { 'client-ca.crt': change.clientCa }),
        ...(change.clientCrl && { 'client.crl': change.clientCrl }),
        ...(change.hba && { 'pg_hba.conf': hbaFile(change.hba) }),
        'settings.conf': settingsFile(changed),
      };
      write(next);
      const said = await reread();
      if (/not reloaded|contains errors/.test(said)) {
        write(files);
        await reread();
        throw new Error(`PostgreSQL did not take the change:\n${said}`);
      }
      [files, settings] = [next, changed];
    },
    async stop() {
      if (keeper.exitCode !== null || keeper.signalCode !== null) return;
      const gone = once(keeper, 'exit');
      keeper.ref();
      keeper.stdin?.end();
      await gone;
    },
  };
}

/** A change of the settings is visible to connections that begin after it. */
async function loadTime(bed: Bed): Promise<string> {
  return (await bed.sql('select pg_conf_load_time()::text as at')).rows[0].at;
}

/** postgresql.conf's grammar: every value quoted, quotes doubled. */
function settingsFile(settings: Settings): string {
  const quoted = (value: unknown) => `'${String(value).replaceAll("'", "''")}'`;
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${quoted(value)}\n`)
    .join('');
}

/** The superuser always gets in, so that a test can lock everybody else out. */
function hbaFile(lines: readonly string[]): string {
  const own = process.platform === 'win32' ? 'hostssl all postgres 127.0.0.1/32' : `local all ${SUPERUSER}`;
  return [`${own} scram-sha-256`, `host all ${SUPERUSER} 127.0.0.1/32 scram-sha-256`, ...lines, ''].join('\n');
}

/** Starts the process that owns the server, and waits for its answer. The pipe to it is what keeps the server alive. */
async function keep(order: Order): Promise<{ keeper: ChildProcess; started: Started }> {
  const keeper = spawn(process.execPath, [join(import.meta.dirname, 'postgres-keeper.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // In a session of its own: Ctrl-C reaches the tests, and their end reaches the keeper.
    detached: true,
    env: { PATH: process.env.PATH, ...(process.env.TMPDIR && { TMPDIR: process.env.TMPDIR }) },
  });
  keeper.stdin.on('error', () => {});
  keeper.stdin.write(`${JSON.stringify(order)}\n`);
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: keeper.stdout }).once('line', resolve);
    keeper.once('exit', (code, signal) => reject(new Error(`The test server's keeper ended at once (${code ?? signal}).`)));
    keeper.once('error', reject);
  });
  const report = JSON.parse(line) as Report;
  if ('error' in report) throw new Error(report.error);
  keeper.unref();
  for (const stream of [keeper.stdin, keeper.stdout]) (stream as unknown as { unref(): void }).unref();
  return { keeper, started: report };
}

function fromFacts(facts: Facts): Bed {
  const { superuser, socket, port, addresses } = facts;
  const withClient = async <T>(database: string, use: (client: pg.Client) => Promise<T>): Promise<T> => {
    // Not the certificate under test: over the socket, else without TLS.
    const client = new pg.Client({ ...superuser, database, port, host: socket ?? addresses[0] ?? '127.0.0.1', ssl: false });
    client.on('error', () => {});
    await client.connect();
    try {
      return await use(client);
    } finally {
      await client.end();
    }
  };
  const sql: Bed['sql'] = (text, { database = superuser.database, values } = {}) =>
    withClient(database, (client) => client.query(text, values));
  return {
    ...facts,
    sql,
    async createRole(name, password, attributes = '') {
      await sql(`create role ${pg.escapeIdentifier(name)} login ${attributes} password ${pg.escapeLiteral(password)}`);
    },
    async createDatabase(name, owner) {
      await sql(
        `create database ${pg.escapeIdentifier(name)}${owner === undefined ? '' : ` owner ${pg.escapeIdentifier(owner)}`}`,
      );
    },
  };
}

/** The variable that tells Jest's workers where the facts of the shared server will be. */
const VARIABLE = 'NEON_CONNECT_TEST_POSTGRES';

/**
 * Begins to start the server that all suites share, and comes back at once: it gets ready while the first suites run.
 * For Jest's globalSetup. Gives the function that stops it.
 */
export function startShared(): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'neon-connect-'));
  const file = join(folder, 'facts.json');
  process.env[VARIABLE] = file;
  const publish = (content: unknown) => {
    writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  const starting = start({ maxConnections: 200, remove: [folder] });
  starting.then(
    ({ sql, createRole, createDatabase, authority, reload, log, stop, ...facts }) => publish(facts),
    (error: Error) => publish({ error: error.message }),
  );
  return async () => {
    await starting.then((bed) => bed.stop()).catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  };
}

/** The server that all suites share. Make roles and databases with names of your own; change nothing else. */
export async function shared(): Promise<Bed> {
  const file = process.env[VARIABLE];
  if (!file) throw new Error('The shared PostgreSQL is started by Jest: run this suite through npm test.');
  for (let waited = 0; !existsSync(file); waited += 20) {
    if (waited > 90_000) throw new Error('The shared PostgreSQL did not start within 90 seconds.');
    await sleep(20);
  }
  const facts = JSON.parse(readFileSync(file, 'utf8')) as Facts | { error: string };
  if ('error' in facts) throw new Error(facts.error);
  return fromFacts(facts);
}
