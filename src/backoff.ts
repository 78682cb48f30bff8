/** Milliseconds: the first wait's upper bound, and the bound that later ones stop growing at. */
export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

/**
 * Exponential backoff with full jitter: evenly spread between nothing and a bound that doubles with every attempt, so that many
 * jobs that failed together do not come back together.
 *
 * @param attempt how many attempts have failed, 1 for the first
 * @param random a number from 0 up to, not including, 1
 * @returns milliseconds to wait
 */
export const fullJitter = (attempt: number, { baseMs, capMs }: Backoff, random: () => number = Math.random): number =>
  Math.round(random() * Math.min(capMs, baseMs * 2 ** (attempt - 1)));
