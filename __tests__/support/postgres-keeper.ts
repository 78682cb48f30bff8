/**
 * A process that owns one PostgreSQL server for the tests: it makes the data directory, starts the server, and stops it and removes
 * every file when its standard input ends. The operating system closes that pipe however the tests end, be it by Ctrl-C, a crash or
 * SIGKILL, so nothing outlives them.
 *
 * One line of JSON comes in (`Order`), one goes out (`Report`).
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  closeSync,
  cpSync,
  lchownSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { embedded } from './embedded.ts';
import type { Order, Owner, Report, Started } from './postgres-bed.ts';

/** A Unix socket's whole path has to fit into `sockaddr_un`: 108 bytes on Linux, 104 elsewhere, with the final NUL. */
const SOCKET_PATH_LIMIT = 103;
const START_SECONDS = 60;

const folders: string[] = [];
let server: ChildProcess | undefined;
let ending: Promise<void> | undefined;

/** Ends everything; safe to call at any moment and more than once. */
function end(): Promise<void> {
  ending ??= (async () => {
    if (server && server.exitCode === null && server.signalCode === null) {
      const gone = new Promise((resolve) => server?.once('exit', resolve));
      // An immediate shutdown: nobody will read this data again. The backends follow their postmaster even when it is killed.
      server.kill('SIGQUIT');
      await Promise.race([gone, sleep(10_000).then(() => server?.kill('SIGKILL'))]);
      await gone;
    }
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  })();
  return ending;
}

const input = createInterface({ input: process.stdin });
input.once('line', (line) => {
  run(JSON.parse(line) as Order).then(answer, async (error: Error) => {
    if (!ending) answer({ error: error.message });
    await end();
    process.exit(1);
  });
});
input.once('close', () => void end().then(() => process.exit(0)));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end().then(() => process.exit(0)));

function answer(report: Report): void {
  process.stdout.on('error', () => {});
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

async function run(order: Order): Promise<Started> {
  folders.push(...order.remove);
  const place = settle();
  const { directory, owner } = place;
  const data = join(directory, 'data');
  await initialise(place, data, order);
  for (const [name, text] of Object.entries(order.files)) writeOwned(join(directory, name), text, owner);
  const socket = socketDirectory(directory, owner);

  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const addresses = await launch(place, data, port, socket);
    // Somebody may have taken the port since: then the server has no 127.0.0.1, or has not started at all.
    if (addresses.includes('127.0.0.1') && server?.pid) {
      return { directory, port, addresses, pid: server.pid, ...(socket && { socket }), ...(owner && { owner }) };
    }
    if (attempt === 5) throw new Error(`PostgreSQL does not start:\n${readFileSync(join(directory, 'log'), 'utf8')}`);
    const gone = new Promise((resolve) => server?.once('exit', resolve));
    if (server?.exitCode === null && server.kill('SIGQUIT')) await gone;
  }
}

interface Place {
  readonly directory: string;
  /** The programs: the package's own, or a copy that the server's user can reach. */
  readonly bin: string;
  readonly owner?: Owner;
}

/**
 * Finds a folder and a user with which the server can run. PostgreSQL refuses to run as root, so root hands it to an ordinary user;
 * that user must reach both the programs (which may lie under a home directory closed to others: then they are copied) and the
 * folder (which a private TMPDIR may hide: then the next usual one is tried).
 */
function settle(): Place {
  const { root } = embedded();
  const owners = process.getuid?.() === 0 ? ordinaryUsers() : [undefined];
  const bases = new Set([tmpdir(), '/tmp', '/var/tmp', '/dev/shm']);
  const complaints: string[] = [];
  for (const copied of [false, true]) {
    for (const base of bases) {
      for (const owner of owners) {
        const directory = makeFolder(base, owner);
        if (!directory) break;
        folders.push(directory);
        const bin = join(copied ? copyPrograms(root, directory, owner) : root, 'bin');
        const complaint = trial(bin, directory, owner);
        if (complaint === undefined) return { directory, bin, ...(owner && { owner }) };
        complaints.push(`${base}${owner ? `, uid ${owner.uid}` : ''}: ${complaint}`);
        rmSync(directory, { recursive: true, force: true });
      }
    }
  }
  throw new Error(`There is no folder and ordinary user that PostgreSQL can run with:\n${complaints.join('\n')}`);
}

/** initdb looks its user up, so a number alone will not do. */
function ordinaryUsers(): Owner[] {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid }) => uid > 0);
  const preferred = users.filter(({ name }) => name === 'nobody' || name === 'postgres');
  return [...preferred, ...users].slice(0, 4).map(({ uid, gid }) => ({ uid, gid }));
}

function makeFolder(base: string, owner: Owner | undefined): string | undefined {
  try {
    const directory = mkdtempSync(join(base, 'pg-'));
    if (owner) chownSync(directory, owner.uid, owner.gid);
    return directory;
  } catch {
    return undefined;
  }
}

/** Copies what the server needs (not the static libraries) and gives it to its user. */
function copyPrograms(root: string, directory: string, owner: Owner | undefined): string {
  const copy = join(directory, 'native');
  cpSync(root, copy, { recursive: true, verbatimSymlinks: true, filter: (file) => !file.endsWith('.a') });
  if (owner) {
    lchownSync(copy, owner.uid, owner.gid);
    for (const name of readdirSync(copy, { recursive: true }) as string[]) lchownSync(join(copy, name), owner.uid, owner.gid);
  }
  return copy;
}

/** Has PostgreSQL itself read a setting from a file in that folder, as that user. Gives what stands in the way, if anything does. */
function trial(bin: string, directory: string, owner: Owner | undefined): string | undefined {
  const file = join(directory, 'postgresql.conf');
  writeOwned(file, "cluster_name = 'reached'\n", owner);
  const run = spawnSync(join(bin, 'postgres'), ['-C', 'cluster_name', '-D', directory], {
    ...owner,
    cwd: sep,
    env: environment(),
    encoding: 'utf8',
  });
  rmSync(file);
  return run.stdout?.trim() === 'reached' ? undefined : (run.error?.message ?? run.stderr);
}

/** Nothing of the caller's environment reaches the server: `PGDATA`, `PGPORT`, locales, preloaded libraries. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

function writeOwned(file: string, text: string, owner: Owner | undefined): void {
  writeFileSync(file, text, { mode: 0o600 });
  if (owner) chownSync(file, owner.uid, owner.gid);
}

async function initialise({ bin, directory, owner }: Place, data: string, order: Order): Promise<void> {
  const passwordFile = join(directory, 'password');
  writeOwned(passwordFile, `${order.password}\n`, owner);
  const options = [
    ['-D', data, '-U', order.superuser, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
    ['--encoding=UTF8', '--locale=C', '--no-sync', '--wal-segsize=1', '--no-instructions'],
  ].flat();
  const child = spawn(join(bin, 'initdb'), options, {
    ...owner,
    cwd: sep,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  server = child;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  if (code !== 0) throw new Error(`initdb fails:\n${output}`);
  rmSync(passwordFile);
  writeFileSync(join(data, 'postgresql.conf'), `include '${join(directory, 'settings.conf')}'\n`);
}

/** The server's own folder when its path is short enough, else a folder with a short path, else none. */
function socketDirectory(directory: string, owner: Owner | undefined): string | undefined {
  if (process.platform === 'win32') return undefined;
  const fits = (folder: string) => Buffer.byteLength(join(folder, '.s.PGSQL.65535')) <= SOCKET_PATH_LIMIT;
  if (fits(directory)) return directory;
  const short = makeFolder('/tmp', owner);
  if (short) folders.push(short);
  return short;
}

/** A port that is free on both loopback addresses at this moment. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = await listenOnce('127.0.0.1', 0);
    if (port !== undefined && (await listenOnce('::1', port)) !== undefined) return port;
  }
}

/** The port that could be had; `undefined` when it is taken. A machine without IPv6 has every port of `::1` free. */
function listenOnce(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE' ? undefined : port));
    probe.listen({ port, host }, () => {
      const { port: given } = probe.address() as { port: number };
      probe.close(() => resolve(given));
    });
  });
}

/** Starts the server and gives the TCP addresses that it says it listens on; none when it ends at once. */
async function launch(
  { bin, directory, owner }: Place,
  data: string,
  port: number,
  socket: string | undefined,
): Promise<string[]> {
  const log = join(directory, 'log');
  const descriptor = openSync(log, 'w');
  const facts = {
    port,
    listen_addresses: '127.0.0.1,::1',
    unix_socket_directories: socket ?? '',
    hba_file: join(directory, 'pg_hba.conf'),
  };
  const options = Object.entries(facts).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(join(bin, 'postgres'), ['-D', data, ...options], {
    ...owner,
    cwd: sep,
    env: environment(),
    stdio: ['ignore', descriptor, descriptor],
  });
  server = child;
  closeSync(descriptor);
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  const deadline = Date.now() + START_SECONDS * 1000;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    const text = readFileSync(log, 'utf8');
    if (text.includes('database system is ready to accept connections')) {
      return [...text.matchAll(/listening on IPv[46] address "([^"]+)"/g)].map((match) => match[1] ?? '');
    }
    await sleep(10);
  }
  return [];
}
