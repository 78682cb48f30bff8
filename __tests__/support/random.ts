import fc from 'fast-check';

/**
 * How often a property is tried: the number given, or as many times more as NEON_CONNECT_RUNS says. A seed may be given in
 * NEON_CONNECT_SEED; fast-check prints the one it used when a property fails.
 */
export function runs(count: number): { numRuns: number; seed?: number } {
  const seed = process.env.NEON_CONNECT_SEED;
  return { numRuns: count * Number(process.env.NEON_CONNECT_RUNS ?? 1), ...(seed ? { seed: Number(seed) } : {}) };
}

/** A string of pieces: each piece is one of these words, all words of one list being as likely. */
export const pieces = (words: readonly string[], maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.nat({ max: words.length - 1 }), { maxLength }).map((picks) => picks.map((pick) => words[pick]).join(''));

/** The string with one to four of its characters left out, doubled, changed to one of these words, or with one put beside it. */
export function mutated(strings: fc.Arbitrary<string>, words: readonly string[]): fc.Arbitrary<string> {
  const change = fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 999 }), fc.nat({ max: words.length - 1 }));
  return fc.tuple(strings, fc.array(change, { minLength: 1, maxLength: 4 })).map(([text, changes]) => {
    const characters = Array.from(text);
    for (const [kind, place, pick] of changes) {
      const at = place % Math.max(characters.length, 1);
      const here = characters[at] ?? '';
      const word = words[pick] ?? '';
      characters[at] = ['', here + here, word, here + word, word + here][kind] ?? here;
    }
    return characters.join('');
  });
}
