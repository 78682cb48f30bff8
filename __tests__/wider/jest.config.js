import base from '../../jest.config.js';

/** `npm run test:pgbouncer`: needs PgBouncer on the machine (Debian's package `pgbouncer`). */
export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/__tests__/wider/**/*.wider.ts'],
};
