/** Jest's globalTeardown: stops what global-setup.ts started. */
export default async function teardown(): Promise<void> {
  await (globalThis as { stopSharedPostgres?: () => Promise<void> }).stopSharedPostgres?.();
}
