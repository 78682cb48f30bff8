/**
 * `npm run bench:herd`: 200 probes start together against a server that has 20 connections. All have to succeed before their deadline;
 * how many attempts that takes, and how many with a fixed wait of one second instead.
 */
import { start } from '../../__tests__/support/postgres-bed.ts';
import type { Connection } from '../../src/connection/connection.ts';
import { probe } from '../../src/probe/probe.ts';
import type { ProbeOptions } from '../../src/probe/types.ts';
import { Problem } from '../../src/problems/all.ts';

const HERD = 200;
const CONNECTIONS = 20;
const DEADLINE_MS = 60_000;

const bed = await start({ maxConnections: CONNECTIONS, settings: { superuser_reserved_connections: 0 } });
await bed.createRole('app', 'herd-Passw0rd');
const connection: Connection = {
  hosts: [{ host: 'localhost', hostaddr: '127.0.0.1', port: bed.port }],
  user: 'app',
  password: 'herd-Passw0rd',
  database: 'postgres',
  sslmode: 'verify-full',
  connectTimeout: 15,
  trust: { ca: bed.ca },
  parameters: new Map(),
  foreign: new Map(),
};

/** A herd, with one way to wait. */
async function run(name: string, options: Pick<ProbeOptions, 'wait'>): Promise<boolean> {
  let waits = 0;
  const reasons = new Map<string, number>();
  const started = performance.now();
  const results = await Promise.allSettled(
    Array.from({ length: HERD }, () =>
      probe(connection, {
        timeoutMs: DEADLINE_MS,
        signal: new AbortController().signal,
        ...options,
        onEvent: (event) => {
          if (event.type !== 'wait') return;
          waits += 1;
          reasons.set(event.problem.code, (reasons.get(event.problem.code) ?? 0) + 1);
        },
      }),
    ),
  );
  const seconds = (performance.now() - started) / 1000;
  const attempts = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.attempts] : []));
  const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  for (const reason of failed) if (!(reason instanceof Problem)) throw reason;
  const mean = attempts.reduce((sum, count) => sum + count, 0) / attempts.length;
  const why = [...reasons].map(([code, count]) => `${code} ${count}`).join(', ') || 'none';
  process.stdout.write(
    `${name}: ${attempts.length} of ${HERD} within ${seconds.toFixed(1)} s, ${mean.toFixed(2)} attempts per success (most ${Math.max(...attempts)}), ${waits} waits (${why})\n`,
  );
  return failed.length === 0;
}

try {
  process.stdout.write(
    `${HERD} probes at once, ${CONNECTIONS} connections, deadline ${DEADLINE_MS / 1000} s, Node ${process.version}\n`,
  );
  const all = await run('exponential backoff, full jitter', {});
  await run('fixed wait of one second', { wait: () => 1_000 });
  if (!all) process.exitCode = 1;
} finally {
  await bed.stop();
}
