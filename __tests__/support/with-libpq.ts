import { libpqIsAvailable } from './libpq.ts';

/** `test` for what needs libpq itself. Where it cannot be loaded, Jest shows these tests as skipped, by name, and a warning says so. */
export const testWithLibpq = libpqIsAvailable ? test : test.skip;
if (!libpqIsAvailable) console.warn(`libpq is not loaded on ${process.platform}: outcomes are compared as recorded only.`);
