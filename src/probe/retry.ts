import type { Code, Problem } from '../problems/index.ts';

const FIRST_MS = 250;
const CAP_MS = 5_000;

/**
 * Problems that are usually there to stay, and sometimes only a start-up's: the name of a fresh service container appears in DNS
 * late, and a container's published port accepts and hangs up until the server inside listens. Milliseconds from the start of
 * the probe during which they are tried again all the same.
 */
export const GRACE_MS: Partial<Record<Code, number>> = { 'host-not-found': 5_000, 'connection-closed': 5_000 };

/** May the probe try again after this problem, `elapsedMs` after its start? */
export const mayRetry = (problem: Problem, elapsedMs: number): boolean =>
  problem.transient || elapsedMs < (GRACE_MS[problem.code] ?? 0);

/**
 * How long to wait before the next attempt: exponential backoff with full jitter, so that clients that failed together do not
 * come back together ("Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
 *
 * @param failures how many attempts have failed, at least 1
 * @param random 0 ≤ x < 1
 * @returns milliseconds
 */
export const backoff = (failures: number, random: number): number =>
  Math.round(random * Math.min(CAP_MS, FIRST_MS * 2 ** (failures - 1)));
