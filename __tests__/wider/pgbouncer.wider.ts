import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Connection } from '../../src/connection/connection.ts';
import type { Code, Stage } from '../../src/problems/index.ts';
import { connectionTo, expectProblem, PASSWORD, run } from '../probe/row.ts';
import { createAuthority } from '../support/certificates.ts';
import { type OwnBed, start } from '../support/postgres-bed.ts';

/** PgBouncer in front of a real server; another one only takes TLS, and one has room for a single client. */
const PROGRAM =
  process.env.NEON_CONNECT_PGBOUNCER ??
  ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((file) => statSync(file, { throwIfNoEntry: false }));
/** Time for a second attempt, also where the first took as long as PgBouncer 1.18 keeps a client waiting: up to two seconds. */
const DEADLINE_MS = 7_000;

interface Pooler {
  readonly port: number;
  stop(): Promise<void>;
}

let bed: OwnBed;
let ca: string;
let open: Pooler;
let strict: Pooler;
let narrow: Pooler;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function pooler(settings: Record<string, string | number>, certificate: { chain: string; key: string }): Promise<Pooler> {
  if (!PROGRAM) throw new Error('This suite needs PgBouncer: install it, or name its program in NEON_CONNECT_PGBOUNCER.');
  const folder = mkdtempSync(join(tmpdir(), 'pgbouncer-'));
  const port = await freePort();
  const server = `host=127.0.0.1 port=${bed.port}`;
  const files: Record<string, string> = {
    'server.crt': certificate.chain,
    'server.key': certificate.key,
    'users.txt': [
      ['app', PASSWORD],
      ['stale', 'yesterday’s'],
    ]
      .map(([user, password]) => `"${user}" "${password?.replaceAll('"', '""')}"\n`)
      .join(''),
    'pgbouncer.ini': [
      '[databases]',
      `shop = ${server} dbname=shop`,
      `gone = ${server} dbname=gone`,
      `down = host=127.0.0.1 port=1 dbname=shop`,
      '[pgbouncer]',
      ...Object.entries({
        listen_addr: '127.0.0.1',
        listen_port: port,
        unix_socket_dir: '',
        auth_type: 'scram-sha-256',
        auth_file: join(folder, 'users.txt'),
        client_tls_sslmode: 'allow',
        client_tls_cert_file: join(folder, 'server.crt'),
        client_tls_key_file: join(folder, 'server.key'),
        server_tls_sslmode: 'require',
        query_wait_timeout: 1,
        server_login_retry: 1,
        ...settings,
      }).map(([name, value]) => `${name} = ${value}`),
      '',
    ].join('\n'),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
  // PgBouncer does not run as root.
  const args = [join(folder, 'pgbouncer.ini')];
  if (userInfo().uid === 0) {
    const id = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
    for (const path of [folder, ...Object.keys(files).map((name) => join(folder, name))]) chownSync(path, id('-u'), id('-g'));
    args.unshift('-u', 'postgres');
  }
  const child: ChildProcess = spawn(PROGRAM, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (log += chunk));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let waited = 0; !/process up/.test(log); waited += 20) {
    if (waited > 5_000 || child.exitCode !== null) throw new Error(`PgBouncer does not start:\n${log}`);
    await sleep(20);
  }
  return {
    port,
    async stop() {
      child.kill('SIGINT');
      await Promise.race([gone, sleep(2_000, undefined, { ref: false }).then(() => child.kill('SIGKILL'))]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

beforeAll(async () => {
  bed = await start();
  await bed.createRole('app', PASSWORD);
  await bed.createRole('stale', PASSWORD);
  await bed.createDatabase('shop', 'app');
  const authority = await createAuthority();
  ca = authority.cert;
  const certificate = await authority.issue({ names: ['127.0.0.1'], algorithm: 'rsa-2048' });
  open = await pooler({}, certificate);
  strict = await pooler({ client_tls_sslmode: 'require' }, certificate);
  narrow = await pooler({ max_client_conn: 1 }, certificate);
}, 60_000);
afterAll(async () => {
  for (const one of [open, strict, narrow]) await one?.stop();
  await bed?.stop();
});

type Changes = Partial<Connection> & { params?: Record<string, string> };
const at = ({ port }: Pooler, changes: Changes = {}): Connection =>
  connectionTo(port, { sslmode: 'verify-full', trust: { ca }, ...changes });

const ROWS: readonly (readonly [
  name: string,
  pooler: () => Pooler,
  changes: Changes,
  stage: Stage,
  code: Code,
  retry: boolean,
])[] = [
  ['a wrong password', () => open, { password: 'wrong' }, 'authenticate', 'password-rejected', false],
  ['a user that it does not know', () => open, { user: 'nobody' }, 'authenticate', 'password-rejected', false],
  [
    'a user whose password at the server is another',
    () => open,
    { user: 'stale', password: 'yesterday’s' },
    'authenticate',
    'password-rejected',
    false,
  ],
  ['a database that it does not know', () => open, { database: 'unknown' }, 'authenticate', 'database-not-found', false],
  ['a database that the server does not know', () => open, { database: 'gone' }, 'authenticate', 'database-not-found', false],
  ['a server that is down', () => open, { database: 'down' }, 'authenticate', 'server-unavailable', true],
  [
    'a parameter that it does not pass on',
    () => open,
    { params: { options: '-c work_mem=8MB' } },
    'authenticate',
    'startup-parameter-rejected',
    false,
  ],
  [
    'channel binding, which it cannot do',
    () => open,
    { params: { channel_binding: 'require' } },
    'authenticate',
    'channel-binding-unavailable',
    false,
  ],
  ['no TLS where it is demanded', () => strict, { sslmode: 'disable' }, 'authenticate', 'no-hba-entry', false],
];

test('the version that is tried', () => {
  expect(spawnSync(PROGRAM ?? '', ['--version'], { encoding: 'utf8' }).stdout).toMatch(/PgBouncer 1\./);
});

test('lets in, with and without TLS', async () => {
  for (const changes of [{}, { sslmode: 'disable' as const }]) {
    const { proof, problem } = await run(at(open, changes));
    if (problem) throw problem;
    expect(proof).toMatchObject({ authentication: 'scram-sha-256', serverVersion: expect.stringMatching(/^18/) });
  }
});

test.each(ROWS.map((row) => ({ name: row[0], row })))('refuses $name', async ({ row }) => {
  const [, at_, changes, stage, code, retry] = row;
  expectProblem(await run(at(at_(), changes), { timeoutMs: DEADLINE_MS }), { stage, code, retry }, DEADLINE_MS);
});

test('refuses one client too many, and is tried again', async () => {
  const first = new pg.Client({ host: '127.0.0.1', port: narrow.port, user: 'app', password: PASSWORD, database: 'shop' });
  first.on('error', () => {});
  await first.connect();
  const outcome = await run(at(narrow), { timeoutMs: DEADLINE_MS });
  await first.end();
  expectProblem(outcome, { stage: 'authenticate', code: 'too-many-connections', retry: true }, DEADLINE_MS);
  expect(readFileSync(join(bed.directory, 'log'), 'utf8')).not.toContain(PASSWORD);
});
