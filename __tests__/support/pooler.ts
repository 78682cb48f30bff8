import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bed } from './postgres-bed.ts';

export interface Pooler {
  readonly host: string;
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * PgBouncer in transaction mode in front of a server, as behind Neon's pooled names. It knows the roles' SCRAM verifiers only, and
 * logs in with the key that a client's proof gives away.
 *
 * @returns undefined where PgBouncer is not installed
 */
export async function startPooler(bed: Bed, roles: readonly string[]): Promise<Pooler | undefined> {
  if (!bed.socket || spawnSync('pgbouncer', ['--version']).status !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'neon-connect-pooler-'));
  chmodSync(folder, 0o755);
  const users = await bed.sql('select rolname, rolpassword from pg_authid where rolname = any($1)', { values: [roles] });
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  writeFileSync(join(folder, 'users'), users.rows.map((row) => `${quoted(row.rolname)} ${quoted(row.rolpassword)}\n`).join(''), {
    mode: 0o644,
  });
  const port = await freePort();
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    `[databases]
* = host=${bed.socket} port=${bed.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, 'users')}
pool_mode = transaction
ignore_startup_parameters = extra_float_digits
`,
    { mode: 0o644 },
  );
  // It refuses to run as root.
  const asRoot = process.getuid?.() === 0;
  const command = [
    ...(asRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : []),
    'pgbouncer',
    '--quiet',
    join(folder, 'pgbouncer.ini'),
  ];
  const child: ChildProcess = spawn(command[0] as string, command.slice(1), { stdio: 'ignore' });
  // However this process ends, short of SIGKILL, the pooler goes with it.
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  for (let tries = 0; !(await answers(port)); tries++) {
    if (tries > 100 || child.exitCode !== null) throw new Error('PgBouncer did not start');
    await sleep(50);
  }
  return {
    host: '127.0.0.1',
    port,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      process.off('exit', kill);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
