import { ConninfoError, parseConninfo } from '../../src/connection/conninfo.ts';
import { libpq } from '../support/libpq.ts';
import { testWithLibpq } from '../support/with-libpq.ts';
import { REFUSED } from './cases/case.ts';
import { KEYWORD_VALUE_CASES } from './cases/keyword-value.ts';
import { POSTGRESQL_URI_CASES } from './cases/postgresql-uri.ts';
import { URI_CASES } from './cases/uri.ts';
import { asObject, ours } from './outcome.ts';

describe.each([
  ['PostgreSQL’s own URI cases', POSTGRESQL_URI_CASES, 63],
  ['our URI cases', URI_CASES, 150],
  ['our keyword/value cases', KEYWORD_VALUE_CASES, 150],
])('%s', (_name, cases, least) => {
  test('are there', () => expect(cases.length).toBeGreaterThanOrEqual(least));

  test('are read as recorded', () => {
    const wrong = cases.map(([text, recorded]) => ({ text, recorded, ours: ours(text) }));
    expect(wrong.filter((row) => !same(row.ours, row.recorded))).toEqual([]);
  });

  testWithLibpq('are read by the live libpq as recorded', () => {
    const wrong = cases.map(([text, recorded]) => ({ text, recorded, live: asObject(libpq().parse(text)) }));
    expect(wrong.filter((row) => !same(row.live, row.recorded))).toEqual([]);
  });
});

testWithLibpq('the live libpq is version 18', () => expect(Math.floor(libpq().version / 10_000)).toBe(18));

/** Same keys, same values; the order is nobody's promise. */
const same = (a: ReturnType<typeof ours>, b: ReturnType<typeof ours>): boolean => {
  const sorted = (outcome: ReturnType<typeof ours>) =>
    outcome === REFUSED ? outcome : JSON.stringify(Object.entries(outcome).sort());
  return sorted(a) === sorted(b);
};

test.each([
  ['a NUL', 'postgresql://h/d\0'],
  ['a NUL in keyword/value', 'host=h\0 user=u'],
  ['half a character', 'postgresql://u:\ud83d@h/d'],
  ['the other half', 'password=\ude00'],
  ['half a character beside a byte that is none', 'password=\udcff\ud83d'],
  ['the last half before those that stand for bytes', 'password=\udc7f'],
  ['the first half after them', 'password=\udd00'],
])('%s is refused: libpq could not be given it', (_name, text) => expect(ours(text)).toBe(REFUSED));

describe('parameters that libpq does not know', () => {
  const collect = (text: string) => {
    const unknown: [string, string][] = [];
    const known = parseConninfo(text, (keyword, value) => unknown.push([keyword, value]));
    return { known: Object.fromEntries(known), unknown };
  };

  test('are handed over decoded, in their order, and the rest is read', () => {
    expect(collect('postgresql://u@h/d?schema=a%20b&sslmode=require&pg%62ouncer=true&schema=c')).toEqual({
      known: { user: 'u', host: 'h', dbname: 'd', sslmode: 'require' },
      unknown: [
        ['schema', 'a b'],
        ['pgbouncer', 'true'],
        ['schema', 'c'],
      ],
    });
    expect(collect("host=h schema='a b' Port=1").unknown).toEqual([
      ['schema', 'a b'],
      ['Port', '1'],
    ]);
  });

  test('of a later libpq are unknown to 18', () =>
    expect(collect('postgresql://h?servicefile=f').unknown).toEqual([['servicefile', 'f']]));

  test('without a name are an error all the same', () => expect(() => collect('postgresql://h?=x')).toThrow(ConninfoError));

  test('are an error without a taker, which names the nearest known one and not them', () => {
    expect(() => parseConninfo('postgresql://h?ssl_mode=require')).toThrow('the nearest it knows is `sslmode`');
    expect(() => parseConninfo('postgresql://h?hunter2=x')).toThrow(
      /^The connection string has a parameter that libpq 18 does not know\.$/,
    );
  });
});

describe('an error', () => {
  test.each([
    ['password', 'postgresql://u:s3cr%t@h/d'],
    ['password', 'postgresql://u:s3cr et@h/d'],
    ['user', 'postgresql://s3cr%t@h/d'],
    ['host', 'postgresql://u@[s3cret/d'],
    ['host', 'postgresql://u@[s3cret]s3cret/d'],
    ['port', 'postgresql://h:s3cr%t/d'],
    ['dbname', 'postgresql://h/s3cr%t'],
    ['query', 'postgresql://h/d?s3cret'],
    ['query', 'postgresql://h/d?user=s3cret=s3cret'],
    ['keyword', 'postgresql://h/d?s3cret=s3cret'],
    ['value', 'postgresql://h/d?user=s3cr%t'],
    ['text', 's3cret'],
    ['keyword', 's3cret=s3cret'],
    ['value', "password='s3cret"],
  ])('in the %s says so, says what to do, and shows nothing of the string (%#)', (part, text) => {
    const error = catchError(() => parseConninfo(text));
    expect(error.part).toBe(part);
    expect(`${error.message} ${error.what} ${error.fix} ${JSON.stringify(error)}`).not.toMatch(/s3cr/);
    expect(`\`connection-string\` ${error.what}.`).toMatch(/^`connection-string` (has|is|holds) /);
    expect(error.fix).toMatch(/^[A-Z].*\.$/);
  });

  const catchError = (action: () => unknown): ConninfoError => {
    try {
      action();
    } catch (error) {
      if (error instanceof ConninfoError) return error;
    }
    throw new Error('nothing was thrown');
  };
});
