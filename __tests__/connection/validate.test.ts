import fc from 'fast-check';
import { parseConninfo } from '../../src/connection/conninfo.ts';
import { PARAMETERS } from '../../src/connection/parameters.ts';
import { checkParameters } from '../../src/connection/validate.ts';
import { libpq } from '../support/libpq.ts';
import { runs } from '../support/random.ts';
import { testWithLibpq } from '../support/with-libpq.ts';
import { reachable, VALUE_CASES } from './cases/values.ts';

const accepted = (text: string): boolean => checkParameters(parseConninfo(text)) === undefined;

describe('values', () => {
  test('of every parameter that has a rule are among the cases', () => {
    const tried = VALUE_CASES.map(([text]) => text).join(' ');
    const rules = PARAMETERS.filter(({ check }) => check).map(({ keyword }) => keyword);
    expect(rules.filter((keyword) => !tried.includes(`${keyword}=`))).toEqual([]);
    expect(VALUE_CASES.length).toBeGreaterThanOrEqual(150);
  });

  test('are accepted and refused as recorded', () => {
    expect(VALUE_CASES.filter(([text, recorded]) => accepted(reachable(text)) !== recorded)).toEqual([]);
  });

  testWithLibpq('are accepted and refused by the live libpq as recorded', () => {
    const answers = VALUE_CASES.map(([text, recorded]) => ({ text, recorded, refusal: libpq().refusal(reachable(text)) }));
    expect(answers.filter(({ recorded, refusal }) => (refusal === undefined) !== recorded)).toEqual([]);
  });

  testWithLibpq('of several parameters together are accepted and refused as libpq does', () => {
    // Not among the cases: `gssencmode=require`, which depends on how the library was built, and an address with a zone.
    const values = new Map<string, Set<string>>();
    for (const [text] of VALUE_CASES) {
      for (const [keyword, value] of parseConninfo(text)) values.set(keyword, (values.get(keyword) ?? new Set()).add(value));
    }
    const pair = fc
      .constantFrom(...values)
      .chain(([keyword, choices]) => fc.tuple(fc.constant(keyword), fc.constantFrom(...choices)));
    const quote = (value: string) => `'${value.replace(/[\\']/g, '\\$&')}'`;
    const strings = fc.array(pair, { minLength: 1, maxLength: 4 }).map((pairs) => {
      const text = pairs.map(([keyword, value]) => `${keyword}=${quote(value)}`).join(' ');
      // A host by name would be looked up; an empty address list means the default socket.
      return reachable(/\bhost='[^/]/.test(text) ? `${text} hostaddr='' host=/nonexistent` : text);
    });
    fc.assert(
      fc.property(strings.filter(comparable), (text) => {
        const refusal = libpq().refusal(text);
        if ((refusal === undefined) !== accepted(text)) throw new Error(`libpq: ${refusal ?? 'accepts'}`);
      }),
      runs(3_000),
    );
  });
});

/**
 * Leaves out where we are stricter on purpose (see the next test): libpq goes on to the next host after a bad port or a socket's
 * path that is too long, and looks at timeouts and keepalive numbers only when it uses them: never for a socket.
 */
function comparable(text: string): boolean {
  const values = parseConninfo(text);
  const numbers = [...values.keys()].some((keyword) => /^(keepalives|tcp_user_timeout|connect_timeout)/.test(keyword));
  const unused = !values.get('hostaddr') || Number(values.get('keepalives') ?? 1) === 0;
  return !`${values.get('host')}${values.get('hostaddr')}`.includes(',') && !(numbers && unused);
}

describe('stricter than libpq, which would only stumble on it later', () => {
  test.each([
    ['a port that is out of range for the first of two hosts', 'host=/nonexistent,/nonexistent port=0,5432'],
    ['a port that is out of range for the second', 'host=/nonexistent,/nonexistent port=5432,65536'],
    ['an address that is none for the second of two hosts', 'hostaddr=127.0.0.1,localhost'],
    ['a timeout for a socket that is not there', 'host=/nonexistent connect_timeout=ten'],
    ['a keepalive number for a socket', 'host=/nonexistent keepalives_idle=x'],
    ['a keepalive number with keepalives off', 'keepalives=0 keepalives_idle=x'],
  ])('%s', (_name, text) => expect(accepted(reachable(text))).toBe(false));
});

test('a fault names its keyword, shows no value and says what is allowed', () => {
  for (const [text, outcome] of VALUE_CASES) {
    const fault = checkParameters(parseConninfo(reachable(text)));
    if (outcome || !fault) continue;
    expect(PARAMETERS.map(({ keyword }) => keyword)).toContain(fault.keyword);
    expect(`\`${fault.keyword}\` ${fault.what}.`).toMatch(/^`\w+` (must|is|names|mixes|lists|gives) .*[^.]\.$/);
  }
  expect(checkParameters(new Map([['sslmode', 'hunter2']]))?.what).toBe(
    'must be `disable`, `allow`, `prefer`, `require`, `verify-ca` or `verify-full`',
  );
  expect(checkParameters(new Map([['scram_client_key', 'hunter2']]))?.what).not.toContain('hunter2');
});
