import { fullJitter } from '../src/backoff.ts';

const WAITS = { baseMs: 250, capMs: 5_000 };

test.each([
  [1, 0, 0],
  [1, 0.5, 125],
  [1, 0.999, 250],
  [2, 0.5, 250],
  [3, 0.5, 500],
  [5, 0.5, 2_000],
  [6, 0.5, 2_500],
  [60, 0.5, 2_500],
])('after attempt %d a chance of %d waits %d ms', (attempt, chance, ms) =>
  expect(fullJitter(attempt, WAITS, () => chance)).toBe(ms),
);

test('the chance is another one each time, if none is given', () =>
  expect(new Set(Array.from({ length: 100 }, () => fullJitter(5, WAITS))).size).toBeGreaterThan(50));
