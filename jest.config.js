/** Jest runs the TypeScript as it stands; swc only strips the types and turns modules into CommonJS for Jest's own loader. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } }],
  },
  setupFiles: ['<rootDir>/__tests__/support/read-problems.ts'],
  globalSetup: '<rootDir>/__tests__/support/global-setup.ts',
  globalTeardown: '<rootDir>/__tests__/support/global-teardown.ts',
  // Programs of other people’s ecosystems, and where they are built.
  modulePathIgnorePatterns: ['<rootDir>/examples/', '<rootDir>/.cache/'],
  // Most tests wait for child processes: a worker for each core, not one less.
  maxWorkers: '100%',
  testTimeout: 240_000,
};
