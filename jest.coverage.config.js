import base from './jest.config.js';

/**
 * `npm run coverage`: which lines and branches of src/ the tests reach inside Jest's own process.
 *
 * Left out is what Jest cannot load, because `@actions/core` and `@actions/github` are ES modules only: the step itself and the part of the runner's
 * room that talks to the runner. These run as users run them, as the committed dist/ in a child process, in every suite that uses the double of the
 * runner, and are not counted here.
 */
export default {
  ...base,
  collectCoverage: true,
  coverageProvider: 'v8',
  coverageReporters: ['text', 'json-summary'],
  collectCoverageFrom: [
    'src/**/*.ts',
    '!**/*.d.ts',
    '!src/{main,cleanup,explain}.ts',
    '!src/runner/{hand,log,narrate,report,skip,stdout}.ts',
  ],
};
