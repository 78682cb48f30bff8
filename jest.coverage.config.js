import base from './jest.config.js';

/** Jest’s part of `npm run coverage` (scripts/coverage.ts): the counters are in what it loads of src/, and nothing else is counted. */
export default {
  ...base,
  transform: { '/src/.*\\.ts$': '<rootDir>/scripts/coverage/transformer.ts', ...base.transform },
  collectCoverage: true,
  coverageProvider: 'babel',
  coveragePathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/', '<rootDir>/scripts/'],
  coverageReporters: ['json'],
  coverageDirectory: '.cache/coverage/jest',
  // Of its own, and new in every run: Jest’s does not see when the counters change.
  cacheDirectory: '.cache/coverage/transformed',
};
