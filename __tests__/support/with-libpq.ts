/**
 * `test` for what needs libpq itself. It is not loaded on macOS and Windows: there Jest shows these tests as skipped, by name, and
 * only the recorded outcomes are compared. On Linux a library that is missing is a failure.
 */
export const testWithLibpq = process.platform === 'linux' ? test : test.skip;
if (testWithLibpq === test.skip)
  console.warn(`libpq is not loaded on ${process.platform}: outcomes are compared as recorded only.`);
