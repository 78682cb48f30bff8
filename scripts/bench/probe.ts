/**
 * `npm run bench:probe`: the whole step with `probe: true` beside the psql binary doing the same work (TLS 1.3, verify-full, SCRAM,
 * `SELECT 1`), as ratios in one run: on loopback, and over a wire of 40 ms there and back. `--check` exits with 1 when a budget is
 * broken in each of three tries.
 */
import { spawn } from 'node:child_process';
import { existsSync, globSync, openSync, readSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { delayProxy } from '../../__tests__/support/delay-proxy.ts';
import { start } from '../../__tests__/support/postgres-bed.ts';
import { createFolders, readAction, stepEnvironment } from '../../__tests__/support/runner/step.ts';
import { median, table } from './figures.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MAIN = join(ROOT, 'dist', 'main', 'index.js');
const BUDGETS = { loopback: 3.6, wire: 1.2 };
const RUNS = { loopback: 15, wire: 11 };
const TRIES = 3;
const WIRE_MS = 40;
const { values: flags } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

/** The program itself: Debian puts a Perl script in its place on the PATH, which takes as long as psql does. */
function findPsql(): string {
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'psql'));
  const candidates = [...globSync('/usr/lib/postgresql/*/bin/psql'), ...globSync('/usr/pgsql-*/bin/psql'), ...onPath];
  const found = candidates.find((file) => existsSync(file) && !startsWith(file, '#!'));
  if (!found) throw new Error('This comparison needs psql: install the PostgreSQL client.');
  return found;
}

function startsWith(file: string, text: string): boolean {
  const bytes = Buffer.alloc(text.length);
  readSync(openSync(file, 'r'), bytes);
  return bytes.toString() === text;
}

/** Runs a program and gives the milliseconds from start to end. */
function time(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const started = performance.now();
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return new Promise((resolve, reject) => {
    child.once('close', (code) =>
      code === 0 ? resolve(performance.now() - started) : reject(new Error(`${program} ended with ${code}:\n${output}`)),
    );
  });
}

const psql = findPsql();
const bed = await start();
await bed.createRole('app', 'bench-Passw0rd');
await bed.createDatabase('shop', 'app');
const action = readAction(ROOT);
const folders = createFolders();

/** The step, on a port. */
const step = (port: number) => {
  const env = stepEnvironment(action, folders, {
    inputs: {
      'connection-string': `postgresql://app@localhost:${port}/shop?hostaddr=127.0.0.1`,
      password: 'bench-Passw0rd',
      sslmode: 'verify-full',
      sslrootcert: bed.caPath,
      probe: 'true',
    },
  });
  for (const name of ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY']) {
    const file = join(folders.root, name);
    writeFileSync(file, '');
    env[name] = file;
  }
  return time(process.execPath, [MAIN], env);
};
const client = (port: number) => {
  const conninfo = `host=localhost hostaddr=127.0.0.1 port=${port} user=app dbname=shop sslmode=verify-full sslrootcert=${bed.caPath}`;
  const env = { PATH: process.env.PATH, PGPASSWORD: 'bench-Passw0rd', PGCONNECT_TIMEOUT: '15', HOME: folders.root };
  return time(psql, [conninfo, '-XAtc', 'SELECT 1'], env);
};
const bare = () => time(process.execPath, ['-e', '0'], { PATH: process.env.PATH });

async function ratios(port: number, runs: number): Promise<{ probe: number; bare: number }> {
  await client(port);
  await step(port);
  const probes: number[] = [];
  const empties: number[] = [];
  for (let run = 0; run < runs; run++) {
    const beside = await client(port);
    probes.push((await step(port)) / beside);
    empties.push((await bare()) / beside);
  }
  return { probe: median(probes), bare: median(empties) };
}

async function measure(): Promise<boolean> {
  const loopback = await ratios(bed.port, RUNS.loopback);
  const wire = await delayProxy(bed.port, WIRE_MS);
  const far = await ratios(wire.port, RUNS.wire);
  const count = async (run: (port: number) => Promise<number>) => {
    wire.roundTrips = 0;
    await run(wire.port);
    return wire.roundTrips;
  };
  const trips = { psql: await count(client), probe: await count(step) };
  wire.stop();
  const rows = [
    { what: 'probe ÷ psql on loopback, time', is: loopback.probe, budget: BUDGETS.loopback },
    { what: 'empty Node program ÷ psql on loopback, time', is: loopback.bare },
    { what: `probe ÷ psql over a wire of ${WIRE_MS} ms, time`, is: far.probe, budget: BUDGETS.wire },
    { what: 'round trips of psql', is: trips.psql },
    { what: 'round trips of the probe', is: trips.probe, budget: trips.psql },
  ];
  process.stdout.write(table(rows));
  return rows.every(({ is, budget }) => budget === undefined || is <= budget);
}

try {
  process.stdout.write(`Node ${process.version}, ${psql}\n\n`);
  let kept = await measure();
  for (let tries = 1; flags.check && !kept && tries < TRIES; tries++) {
    process.stdout.write('\nA budget is broken; once more:\n');
    kept = await measure();
  }
  if (flags.check && !kept) process.exitCode = 1;
} finally {
  await bed.stop();
  folders.dispose();
}
