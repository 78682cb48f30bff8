/**
 * The candidate that a mistyped word most likely means: the smallest number of letters put in, left out, changed or swapped
 * with their neighbour (optimal string alignment distance), upper and lower case and `-` and `_` being the same.
 *
 * @returns undefined when even the nearest differs in more than a third of its letters, or more than three
 */
export const nearest = (word: string, candidates: Iterable<string>): string | undefined => near(word, candidates, 1)[0];

/**
 * Like `nearest`, but all that may be meant, the nearest first.
 *
 * @param most how many at most
 */
export function near(word: string, candidates: Iterable<string>, most: number): string[] {
  const found: { candidate: string; distance: number }[] = [];
  for (const candidate of candidates) {
    const allowed = Math.min(3, Math.floor(Math.max(candidate.length, 3) / 3));
    if (Math.abs(candidate.length - word.length) > allowed) continue;
    const distance = editDistance(plain(word), plain(candidate));
    if (distance <= allowed) found.push({ candidate, distance });
  }
  return found
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

const plain = (word: string): string => word.toLowerCase().replaceAll('-', '_');

function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      const swapped =
        i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      let least = (last[j - 1] ?? 0) + (same ? 0 : 1);
      for (const other of [last[j], row[j - 1], swapped ? before[j - 2] : undefined]) {
        if (other !== undefined && other + 1 < least) least = other + 1;
      }
      row[j] = least;
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
