/**
 * `npm run mutation`: changes the grammar, the rules and the masks in small ways, one at a time, and looks whether a test notices. Takes long:
 * `npm run mutation -- --mutate src/connection/percent.ts` tries one file.
 */
export default {
  mutate: [
    'src/connection/**/*.ts',
    'src/{backoff,clock,export,guards,inputs,secrets,unicode}.ts',
    'src/sources/index.ts',
    'src/runner/{forms,masks,suspects}.ts',
    '!**/*.d.ts',
  ],
  testRunner: 'jest',
  jest: { configFile: 'jest.mutation.config.js', enableFindRelatedTests: true },
  // The tests run from a copy; what they need beside the sources is reached through its links.
  symlinkNodeModules: true,
  ignorePatterns: ['examples', 'docs', 'coverage', 'reports', '.cache', 'build'],
  // Stryker rewrites tsconfig.json with TypeScript’s old interface, which version 7 does not have; Jest needs no tsconfig here.
  tsconfigFile: 'none.json',
  coverageAnalysis: 'perTest',
  concurrency: 2,
  reporters: ['clear-text', 'progress', 'json'],
  jsonReporter: { fileName: 'reports/mutation.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  tempDirName: '.stryker-tmp',
  thresholds: { high: 90, low: 80, break: null },
};
