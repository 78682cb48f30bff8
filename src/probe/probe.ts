import { fullJitter } from '../backoff.ts';
import { now } from '../clock.ts';
import type { Connection } from '../connection/connection.ts';
import { Problem, type Stage } from '../problems/index.ts';
import { attempt } from './attempt.ts';
import { Bound, Ended } from './bound.ts';
import { lookup as systemLookup } from './resolve.ts';
import { mayRetry, waitsAfter } from './retry.ts';
import type { Setting } from './setting.ts';
import type { ProbeOptions, Proof } from './types.ts';
import { Watch } from './watch.ts';

export type { CertificateFacts, ProbeEvent, ProbeOptions, Proof, Roots, VerifyFull } from './types.ts';

/** The last attempt begins early enough to end before the deadline: at least this many milliseconds before it. */
const RESERVE_MS = 500;

/**
 * Proves a connection: resolves, connects, secures, checks the certificate, logs in and asks one query, over every host and
 * address, and again while waiting can help.
 *
 * It leaves no socket and no timer behind, but a look-up of a name cannot be cancelled: the caller's process may have to end
 * with process.exit where one is still under way (Node waits for it, up to ten seconds).
 *
 * @returns what was found on the first connection that worked
 * @throws Problem of a stage from resolve to query, `deadline-exceeded` or `cancelled`; nothing else
 */
export async function probe(connection: Connection, options: ProbeOptions): Promise<Proof> {
  const started = now();
  const deadline = new Bound(options.signal, options.timeoutMs);
  const watch = new Watch(options.onEvent);
  const random = options.random ?? Math.random;
  const setting: Setting = {
    connection,
    deadline,
    watch,
    random,
    contexts: { withSystem: false, made: new Map() },
    lookup: options.lookup ?? systemLookup,
  };
  let last: Problem | undefined;
  let final = false;
  try {
    for (;;) {
      const attemptStarted = now();
      watch.begin();
      try {
        const found = await attempt(setting);
        return { ...found, attempts: watch.attempt, ms: now() - started };
      } catch (error) {
        await import('../problems/all.ts');
        const problem = named(error, watch);
        const failed = now();
        if (problem.code === 'cancelled') throw problem;
        if (deadline.ended) throw last && last.code !== problem.code ? outOfTime(options.timeoutMs, last) : problem;
        const reserve = Math.max(RESERVE_MS, 2 * (failed - attemptStarted));
        if (final || !mayRetry(problem, failed - started) || deadline.left <= reserve) throw problem;
        last = problem;
        const wait = (options.wait ?? usualWait)(watch.attempt, problem, random);
        final = wait > deadline.left - reserve;
        const ms = final ? deadline.left - reserve : wait;
        watch.wait(ms, deadline.left, problem);
        await deadline.sleep(ms).catch((error) => {
          throw named(error, watch);
        });
      }
    }
  } finally {
    deadline.close();
  }
}

const usualWait = (failures: number, problem: Problem, random: () => number): number =>
  fullJitter(failures, waitsAfter(problem), random);

/** What was being done, for `cancelled`. */
const DOING: Readonly<Record<Stage, string>> = {
  input: 'starting',
  'neon-api': 'asking the Neon API',
  resolve: 'looking up the host',
  connect: 'connecting',
  negotiate: 'asking for TLS',
  tls: 'doing the TLS handshake',
  certificate: 'checking the certificate',
  authenticate: 'logging in',
  query: 'waiting for the answer to a query',
};

function named(error: unknown, { stage }: Watch): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Ended && error.why === 'cancelled') return new Problem('cancelled', { doing: DOING[stage] }, stage);
  throw error;
}

/** The deadline struck in the middle of an attempt: what is known is how the one before had ended. */
const outOfTime = (timeoutMs: number, last: Problem): Problem =>
  new Problem(
    'deadline-exceeded',
    {
      seconds: Math.round(timeoutMs / 100) / 10,
      last: `and the last problem was \`${last.code}\`: ${lower(last.message)}`,
      fix: `${last.fix} If the server only needs longer, raise \`probe-timeout\`.`,
    },
    last.stage,
  );

const lower = (sentence: string): string => sentence.replace(/\.$/, '');
