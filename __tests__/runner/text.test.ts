import fc from 'fast-check';
import { cut, neutralise, redact } from '../../src/runner/text.ts';
import { parseActCommand } from '../support/act-double.ts';
import { parseCommand, readLines } from '../support/runner/commands.ts';
import { SecretMasker } from '../support/runner/masker.ts';

describe('a text for the log', () => {
  test.each([
    ['a command', '::add-mask::x', ': :add-mask: :x'],
    ['three colons', ':::', ': : :'],
    ['a legacy command', 'x ##[add-mask]y', 'x # #[add-mask]y'],
    ['with more hashes', '###[error]', '## #[error]'],
    ['line ends', 'a\rb\nc\u0085d\u2028e\u2029f', 'a\\rb\\nc\\u{85}d\\u{2028}e\\u{2029}f'],
    ['colours', '\u001b[31mred', '\\u{1b}[31mred'],
    ['NUL, DEL, C1', '\0\x7f\x9b', '\\u{0}\\u{7f}\\u{9b}'],
    ['bidirectional', 'a\u202eb\u2066c\u061cd', 'a\\u{202e}b\\u{2066}c\\u{61c}d'],
    ['zero-width, between colons', ':\u200b:', ':\\u{200b}:'],
    ['byte order mark, soft hyphen', '\ufeff\u00ad', '\\u{feff}\\u{ad}'],
    ['tags and variation selectors', 'a\u{e0041}b\ufe0f', 'a\\u{e0041}b\\u{fe0f}'],
    ['half a character', 'a\ud800b', 'a\\u{d800}b'],
    ['an IPv6 address', '[::1]:5432, [fe80::1]', '[::1]:5432, [fe80::1]'],
    ['ordinary text', 'host: ep-x.neon.tech, “naïve” 日本 😀', 'host: ep-x.neon.tech, “naïve” 日本 😀'],
  ])('%s', (_, text, expected) => {
    expect(neutralise(text)).toBe(expected);
  });

  test('is one line and no command, whatever it is', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 5 }),
      fc.constantFrom(
        '::',
        '##[',
        ']',
        'add-mask',
        'error ',
        '\n',
        '\r',
        '\u0085',
        '\u2028',
        '\u200b',
        '[',
        ':',
        '#',
        '\u3000',
        '1',
      ),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = neutralise(parts.join(''));
        expect(readLines(`${text}\n`).length).toBeLessThanOrEqual(1);
        expect(parseCommand(text)).toBeUndefined();
        expect(parseActCommand(`${text}\n`)).toBeUndefined();
        expect(neutralise(text)).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('redacting', () => {
  test.each([
    ['every occurrence', 'a x a', ['a'], '*** x ***'],
    ['overlapping ones as one', 'abcd', ['abc', 'bcd'], '***'],
    ['touching ones as one', 'abab', ['ab'], '***'],
    ['one inside another', 'xabcx', ['b', 'abc'], 'x***x'],
    ['nothing', 'abc', ['', 'd'], 'abc'],
    ['regular expressions and $& as they stand', 'a$&b.*', ['$&', '.*'], 'a***b***'],
  ])('%s', (_, text, masks, expected) => {
    expect(redact(text, masks)).toBe(expected);
  });

  test('does what the runner’s masker does', () => {
    const small = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 12 });
    fc.assert(
      fc.property(small, fc.array(small, { maxLength: 4 }), (text, masks) => {
        // The runner has forms of its own; of these letters they are base64, which the texts do not hold.
        const masker = new SecretMasker();
        for (const mask of masks) if (mask.trim() !== '') masker.addValue(mask);
        const mine = masks.filter((mask) => mask.trim() !== '');
        fc.pre(!/%20/.test(text));
        expect(redact(text, mine)).toBe(masker.mask(text));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('cutting', () => {
  test.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'abc…'],
    ['😀😀😀', 3, '😀😀😀'],
    ['😀😀😀😀', 3, '😀😀😀…'],
  ])('%s to %i', (text, length, expected) => {
    expect(cut(text, length)).toBe(expected);
  });
});
