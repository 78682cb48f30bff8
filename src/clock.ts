/**
 * Milliseconds on a clock that only goes forward, for telling spans of time. Not `performance.now()`, which does the same: the first look at
 * `performance` loads a dozen of Node's modules.
 */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;
