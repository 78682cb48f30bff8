import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAuthority } from '../../__tests__/support/certificates.ts';
import { type OwnBed, start } from '../../__tests__/support/postgres-bed.ts';
import { type Double, startDouble } from './neon-double.ts';
import type { PgBouncer } from './pgbouncer.ts';

/** The characters that some grammar takes for its own, and two that are no ASCII. */
export const PASSWORDS = { plain: 'plain4PlainPassword', nasty: 'p@ss/w:ord%#?&= +$x\'"\\z!ü€' } as const;
export type Password = keyof typeof PASSWORDS;

export const DATABASE = 'shop';

/** The role of one row of the table: each has its own, so that no row finds what another left in the pool. */
export const role = (row: number, password: Password): string => `row_${row}_${password}`;

export interface Servers {
  /** PEM of the CA that signed everything but `wrongCa`. */
  readonly ca: string;
  /** Major and minor, as `server_version` says. */
  readonly version: string;
  readonly ports: Readonly<Record<'tls' | 'plain' | 'wrongName' | 'wrongCa', number>>;
  /**
   * PgBouncer in transaction mode before the two good servers, and one more before the one with TLS that does not track prepared statements;
   * undefined where there is no PgBouncer that can.
   */
  readonly pools: Readonly<Record<'tls' | 'plain' | 'untracked', number>> | undefined;
  readonly double: Double;
  stop(): Promise<void>;
}

/** Starts four PostgreSQL servers, PgBouncers before two of them, and the double of Neon's service. */
export async function startServers(rows: number, pgbouncer: PgBouncer | undefined): Promise<Servers> {
  const authority = await createAuthority();
  const stranger = await createAuthority();
  const names = ['localhost', '127.0.0.1', '::1'];
  const cleartext = [
    'host all all 127.0.0.1/32 scram-sha-256',
    'host all all ::1/128 scram-sha-256',
    'local all all scram-sha-256',
  ];
  const beds = await Promise.all([
    // One connection for each role of the table, even if none were closed.
    start({ authority, names, maxConnections: 400 }),
    start({ authority, settings: { ssl: false }, hba: cleartext, maxConnections: 400 }),
    start({ authority, names: ['other.example'] }),
    start({ authority: stranger, names }),
  ]);
  const [tls, plain, wrongName, wrongCa] = beds as [OwnBed, OwnBed, OwnBed, OwnBed];
  await Promise.all(beds.map((bed) => fill(bed, rows)));
  const certificate = await authority.issue({ names });
  const begun: PromiseSettledResult<Running>[] = pgbouncer
    ? await Promise.allSettled([
        startPool(pgbouncer, rows, { bed: tls, certificate }),
        startPool(pgbouncer, rows, { bed: plain }),
        startPool(pgbouncer, rows, { bed: tls, certificate, tracked: 0 }),
      ])
    : [];
  const pools = begun.flatMap((pool) => (pool.status === 'fulfilled' ? [pool.value] : []));
  const failed = begun.find((pool): pool is PromiseRejectedResult => pool.status === 'rejected');
  if (failed) {
    await Promise.all([...pools, ...beds].map((server) => server.stop()));
    throw failed.reason;
  }
  const [tlsPool, plainPool, untrackedPool] = pools;
  const double = await startDouble(tls.port, authority.cert);
  return {
    ca: authority.cert,
    version: String((await tls.sql('show server_version')).rows[0].server_version),
    ports: { tls: tls.port, plain: plain.port, wrongName: wrongName.port, wrongCa: wrongCa.port },
    pools:
      tlsPool && plainPool && untrackedPool
        ? { tls: tlsPool.port, plain: plainPool.port, untracked: untrackedPool.port }
        : undefined,
    double,
    async stop() {
      await double.stop();
      for (const pool of pools) await pool.stop();
      await Promise.all(beds.map((bed) => bed.stop()));
    },
  };
}

/** Makes the database, and for every row its roles, each with a schema where it may make tables. */
async function fill(bed: OwnBed, rows: number): Promise<void> {
  await bed.createDatabase(DATABASE);
  const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const statements = Array.from({ length: rows }, (_, row) =>
    (['plain', 'nasty'] as const).map((kind) => {
      const name = role(row, kind);
      return `create role ${name} login password ${quote(PASSWORDS[kind])}; create schema authorization ${name};`;
    }),
  );
  await bed.sql(`set standard_conforming_strings = on; ${statements.flat().join('\n')}`, { database: DATABASE });
}

/** A PgBouncer that runs. */
interface Running {
  readonly port: number;
  stop(): Promise<void>;
}

/** What a PgBouncer stands before, and how. */
interface Pool {
  readonly bed: OwnBed;
  /** It talks TLS to its clients and to the server; without a certificate to neither. */
  readonly certificate?: { chain: string; key: string };
  /** How many prepared statements it tracks for a client. */
  readonly tracked?: number;
}

/** Starts a PgBouncer in transaction mode, with one server connection for each role. */
async function startPool({ program }: PgBouncer, rows: number, { bed, certificate, tracked = 200 }: Pool): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'neon-connect-pool-'));
  const port = await freePort();
  const file = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    if (root) chownSync(path, NOBODY, NOBODY);
    return path;
  };
  const root = process.getuid?.() === 0;
  if (root) chownSync(folder, NOBODY, NOBODY);
  const inQuotes = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const users = Array.from({ length: rows }, (_, row) =>
    (['plain', 'nasty'] as const).map((kind) => `${inQuotes(role(row, kind))} ${inQuotes(PASSWORDS[kind])}\n`),
  );
  const ini = file(
    'pgbouncer.ini',
    `[databases]
* = host=127.0.0.1 port=${bed.port}
[pgbouncer]
listen_addr = ${bed.addresses.join(',')}
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${file('users.txt', users.flat().join(''))}
pool_mode = transaction
default_pool_size = 1
; Each row has a role of its own, and so a connection of its own: one that is not used any more is closed soon.
server_idle_timeout = 5
max_client_conn = 200
max_prepared_statements = ${tracked}
ignore_startup_parameters = extra_float_digits
server_tls_sslmode = ${certificate ? 'require' : 'disable'}
client_tls_sslmode = ${certificate ? 'require' : 'disable'}
${certificate ? `client_tls_cert_file = ${file('server.crt', certificate.chain)}\nclient_tls_key_file = ${file('server.key', certificate.key)}` : ''}
${root ? 'user = nobody' : ''}
`,
  );
  const child = spawn(program, [ini], { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: `${process.env.PATH}:/usr/sbin` } });
  let says = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      says = `${says}${chunk}`.slice(-4000);
    });
  const over = new Promise<never>((_, reject) =>
    child.once('close', (code, signal) => reject(new Error(`PgBouncer ended with ${code ?? signal}:\n${says.trim()}`))),
  );
  const stop = async (): Promise<void> => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await Promise.race([over, reachable(port)]);
    return { port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** nobody, on every Linux. */
const NOBODY = 65534;

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await Promise.race([gone, sleep(3000).then(() => child.kill('SIGKILL'))]);
}

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until something listens there. */
export async function reachable(port: number, milliseconds = 20_000): Promise<void> {
  for (const until = Date.now() + milliseconds; ; await sleep(50)) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    if (Date.now() > until) throw new Error(`Nothing listens on port ${port} after ${milliseconds / 1000} s.`);
  }
}
