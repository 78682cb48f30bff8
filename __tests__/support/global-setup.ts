import { startShared } from './postgres-bed.ts';

/** Jest's globalSetup: one PostgreSQL for all suites. The function that stops it waits in a global of Jest's main process. */
export default function setup(): void {
  Object.assign(globalThis, { stopSharedPostgres: startShared() });
}
