import fc from 'fast-check';
import { ConninfoError, parseConninfo } from '../../src/connection/conninfo.ts';
import { PARAMETERS } from '../../src/connection/parameters.ts';
import { libpq } from '../support/libpq.ts';
import { mutated, pieces, runs } from '../support/random.ts';
import { testWithLibpq } from '../support/with-libpq.ts';

/** Pieces that mean something somewhere in either grammar, and bytes of every kind. A NUL ends a C string, so it is not among them. */
const SIGNS = [...'@:/?#[],&=%\'"\\;+-._~$`{}()!*<>|^ \t\n\v\f\r'];
const ESCAPES = [
  '%41',
  '%2F',
  '%40',
  '%25',
  '%3d',
  '%20',
  '%00',
  '%0',
  '%zz',
  '%E2%82%AC',
  '%e2%82',
  '%ff',
  '%C3',
  '%F0%9F%98%80',
  '%ED%A0%80',
  '%C0%AF',
  '%E0%9F%BF',
  '%F0%8F%80%80',
  '%F4%90%80%80',
];
const LETTERS = [
  'a',
  'B',
  '0',
  '7',
  'é',
  '€',
  '😀',
  '\u00a0',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\u0001',
  '\u007f',
  '\udcff',
  '\udcc3',
  '\udca9',
];
const NAMES = [...PARAMETERS.map(({ keyword }) => keyword), 'ssl', 'requiressl', 'schema', 'Host', 'hos', ''];
const WORDS = [
  'true',
  'require',
  '1',
  '0',
  '10',
  'h',
  'localhost',
  '127.0.0.1',
  '::1',
  '[::1]',
  '/tmp',
  '5432',
  'postgresql://',
  'postgres://',
];

const name = fc.constantFrom(...NAMES);
const text = pieces([...LETTERS, ...LETTERS, ...SIGNS], 8);
const uriText = pieces([...LETTERS, ...LETTERS, ...WORDS, ...ESCAPES, '+', '.', '~', ' '], 5);

const join = (parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> => fc.tuple(...parts).map((strings) => strings.join(''));
const maybe = (part: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(part, fc.constant(''));
const list = (part: fc.Arbitrary<string>, separator: string, max: number): fc.Arbitrary<string> =>
  fc.array(part, { maxLength: max }).map((parts) => parts.join(separator));

const host = fc.oneof(uriText, uriText, fc.constantFrom('[::1]', '[fe80::1%25lo]', '[]', '[', 'h', '127.0.0.1', '%2Ftmp'));
const uri = join([
  fc.constantFrom('postgresql://', 'postgres://'),
  maybe(join([uriText, maybe(uriText.map((password) => `:${password}`)), fc.constant('@')])),
  list(join([host, maybe(uriText.map((port) => `:${port}`))]), ',', 3),
  maybe(join([fc.constant('/'), uriText])),
  maybe(
    join([
      fc.constant('?'),
      list(join([fc.oneof(name, uriText), fc.constant('='), fc.oneof(fc.constantFrom(...WORDS), uriText)]), '&', 4),
    ]),
  ),
]);

const blanks = pieces([' ', ' ', '\t', '\n', '\v', '\f', '\r'], 2);
const quote = text.map((value) => `'${value.replace(/[\\']/g, '\\$&')}'`);
const plain = text.map((value) => value.replace(/[\s\\]/g, '\\$&'));
const pair = join([name, blanks, fc.constant('='), blanks, fc.oneof(quote, plain, text), blanks, fc.constantFrom(' ', ' ', '')]);
const keywordValue = list(pair, '', 5);

const soup = pieces([...SIGNS, ...LETTERS, ...ESCAPES, ...WORDS, ...NAMES], 24);
const uriSoup = pieces([...'@@::///??,,&&==%%[]  ', ...ESCAPES, ...LETTERS, ...NAMES], 24).map((rest) => `postgresql://${rest}`);
const pairSoup = pieces([..."===='''\\\\\\\\    \t\n", ...NAMES.map((keyword) => `${keyword}=`), ...LETTERS], 20);
const any = fc.string({ unit: 'binary', maxLength: 40 }).map((noise) => noise.replaceAll('\0', ''));

/** Throws unless both give the same answer: a refusal, or the same keywords with the same values. Tells whether it was accepted. */
function agree(string: string): boolean {
  const theirs = libpq().parse(string);
  let mine: Map<string, string> | undefined;
  try {
    mine = parseConninfo(string);
  } catch (error) {
    if (!(error instanceof ConninfoError)) throw error;
  }
  const accepted = typeof theirs !== 'string';
  const same = accepted
    ? mine?.size === theirs.size && [...theirs].every(([keyword, value]) => mine.get(keyword) === value)
    : mine === undefined;
  if (same) return accepted;
  const show = (answer: Map<string, string> | string) => (typeof answer === 'string' ? answer : JSON.stringify([...answer]));
  throw new Error(`libpq: ${show(theirs)}\nwe: ${show(mine ?? 'refused')}`);
}

/** 105,000 strings in all. The last number: how many of a hundred must be accepted and refused at least, so that none idles. */
describe.each<[string, fc.Arbitrary<string>, number, number]>([
  ['URIs from the grammar', uri, 16_000, 20],
  ['URIs with a few characters changed', mutated(uri, [...SIGNS, ...ESCAPES, ...LETTERS]), 16_000, 3],
  ['URIs of random pieces', uriSoup, 16_000, 3],
  ['keyword/value strings from the grammar', keywordValue, 16_000, 20],
  ['keyword/value strings with a few characters changed', mutated(keywordValue, [...SIGNS, ...LETTERS]), 16_000, 3],
  ['keyword/value strings of random pieces', pairSoup, 16_000, 3],
  ['random pieces', soup, 6_000, 0],
  ['noise', any, 3_000, 0],
])('%s', (_name, strings, count, least) => {
  testWithLibpq('are read as libpq reads them, value for value', () => {
    const { numRuns, ...options } = runs(count);
    let accepted = 0;
    const property = fc.property(strings, (string) => {
      if (agree(string)) accepted += 1;
    });
    fc.assert(property, { numRuns, ...options });
    const share = (100 * accepted) / numRuns;
    expect(share).toBeGreaterThanOrEqual(least);
    expect(share).toBeLessThanOrEqual(100 - least);
  });
});
