import type { Backoff } from '../backoff.ts';
import type { Code, Problem } from '../problems/index.ts';

/**
 * Problems that are usually there to stay, and sometimes only a start-up's: the name of a fresh service container appears in DNS
 * late, and a container's published port accepts and hangs up until the server inside listens. Milliseconds from the start of
 * the probe during which they are tried again all the same.
 */
export const GRACE_MS: Partial<Record<Code, number>> = { 'host-not-found': 5_000, 'connection-closed': 5_000 };

/** May the probe try again after this problem, `elapsedMs` after its start? */
export const mayRetry = (problem: Problem, elapsedMs: number): boolean =>
  problem.transient || elapsedMs < (GRACE_MS[problem.code] ?? 0);

/** The waits between attempts: up to 250 ms after the first, growing to 5 s. A server that starts is found soon. */
const WAITS: Backoff = { baseMs: 250, capMs: 5_000 };
/** The same where others are in the way, most likely with waits of their own: coming back at once would only add to the crowd. */
const CROWDED: Backoff = { baseMs: 2_000, capMs: 10_000 };

/** How to wait after a problem. */
export const waitsAfter = ({ code }: Problem): Backoff =>
  code === 'too-many-connections' || code === 'rate-limited' ? CROWDED : WAITS;
