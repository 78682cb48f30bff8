import config from '../../../jest.config.js';

/** `npm run test:leaks`: every password in every way, some 16,000 runs of the step. */
export default {
  ...config,
  rootDir: '../../..',
  testMatch: ['<rootDir>/__tests__/step/leaks.test.ts'],
  globals: { everyWay: true },
  globalSetup: undefined,
  globalTeardown: undefined,
};
