import { now } from '../src/clock.ts';

test('it counts the milliseconds of `performance.now()`', () => {
  const before = performance.now();
  const at = now();
  const after = performance.now();
  // Each counts from a start of its own, so spans are compared.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  const earliest = performance.now() - after;
  const span = now() - at;
  const latest = performance.now() - before;
  expect(span).toBeGreaterThanOrEqual(earliest - 0.1);
  expect(span).toBeLessThanOrEqual(latest + 0.1);
});
