import base from './jest.config.js';

/**
 * For Stryker: the suites of what is changed, without those that take minutes (the generated strings, the Neon API’s waits) and those that run the
 * bundle, which no change reaches.
 */
export default {
  ...base,
  testMatch: [
    '<rootDir>/__tests__/{connection,clients,runner,sources}/**/*.test.ts',
    '<rootDir>/__tests__/{backoff,clock,export,guards,inputs,nearest,secrets}.test.ts',
  ],
  // None of these suites speaks with a server.
  globalSetup: undefined,
  globalTeardown: undefined,
  testPathIgnorePatterns: [
    '/node_modules/',
    'property',
    '__tests__/runner/doubles',
    // The programs of the examples are not in Stryker’s copy.
    '__tests__/clients/docs',
    '__tests__/sources/(neon-api|given-by-neon)',
  ],
};
