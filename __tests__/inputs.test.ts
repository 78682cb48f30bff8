import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Inputs, overridesOf, readInputs, SECRET_INPUTS } from '../src/inputs.ts';
import { type Refusal, refusalOf, SECRET } from './support/refusal.ts';

/** Inputs as the runner hands them over: what a workflow does not give is empty. */
const inputs = (given: Readonly<Record<string, string>>): Inputs => readInputs((name) => given[name] ?? '');

const DEFAULT: Inputs = {
  connectionString: '',
  parts: new Map(),
  connectTimeout: '15',
  pooled: undefined,
  neon: { apiKey: '', projectId: '', branch: '', apiHost: '' },
  clients: [],
  exportEnv: true,
  envPrefix: '',
  envFile: '',
  allowedHosts: [],
  allowedDatabases: [],
  onMissing: 'fail',
  allowUntrustedEvents: false,
  probe: false,
  probeTimeoutMs: 60_000,
  notices: [],
};
const parts = (entries: Record<string, string>): Partial<Inputs> => ({ parts: new Map(Object.entries(entries)) });

const LINE_END = 'Input `password` had a line end around it; taken off.';
const BLANK = 'Input `password` begins or ends with a blank, which was kept.';

describe('what each input means', () => {
  const rows: readonly (readonly [given: Record<string, string>, change: Partial<Inputs>])[] = [
    [{}, {}],

    // The connection: the string as pasted, the parts by libpq's keyword.
    [{ 'connection-string': ' postgresql://h \n' }, { connectionString: ' postgresql://h \n' }],
    [{ host: ' h ' }, parts({ host: 'h' })],
    [{ port: '6543' }, parts({ port: '6543' })],
    [{ database: 'd' }, parts({ dbname: 'd' })],
    [{ user: 'u' }, parts({ user: 'u' })],
    [{ sslrootcert: '\n-----BEGIN\nx\n' }, parts({ sslrootcert: '-----BEGIN\nx' })],
    [{ sslcert: 'c.pem' }, parts({ sslcert: 'c.pem' })],
    [{ sslkey: 'k.pem' }, parts({ sslkey: 'k.pem' })],
    [{ options: '-c a=b' }, parts({ options: '-c a=b' })],
    [{ 'application-name': 'ci' }, parts({ application_name: 'ci' })],
    [{ host: ' \n\t', user: '' }, {}],
    [{ host: '\uFEFFh' }, parts({ host: 'h' })],
    [{ host: 'a\uFEFFb' }, parts({ host: 'a\uFEFFb' })],

    // The password is raw.
    [{ password: 'p@ss/w%41' }, parts({ password: 'p@ss/w%41' })],
    [{ password: ' p ' }, { ...parts({ password: ' p ' }), notices: [BLANK] }],
    [{ password: ' p' }, { ...parts({ password: ' p' }), notices: [BLANK] }],
    [{ password: 'a b' }, parts({ password: 'a b' })],
    [{ password: 'p\n' }, { ...parts({ password: 'p' }), notices: [LINE_END] }],
    [{ password: 'p\r\n\n' }, { ...parts({ password: 'p' }), notices: [LINE_END] }],
    [{ password: '\r\n\np' }, { ...parts({ password: 'p' }), notices: [LINE_END] }],
    [{ password: 'p \n' }, { ...parts({ password: 'p ' }), notices: [LINE_END, BLANK] }],
    [{ password: 'a\nb' }, parts({ password: 'a\nb' })],
    [{ password: '   ' }, {}],
    [{ password: '\n' }, { notices: [LINE_END] }],

    // Modes.
    ...['disable', 'prefer', 'require', 'verify-ca', 'verify-full'].map(
      (mode) => [{ sslmode: mode }, parts({ sslmode: mode })] as const,
    ),
    ...['require', 'prefer', 'disable'].map((mode) => [{ 'channel-binding': mode }, parts({ channel_binding: mode })] as const),

    // A time-out that is the default is a default, which a string's own may replace.
    [{ 'connect-timeout': '15' }, {}],
    [{ 'connect-timeout': ' 15 ' }, {}],
    [{ 'connect-timeout': '7' }, { connectTimeout: '7', ...parts({ connect_timeout: '7' }) }],
    [{ 'connect-timeout': '0' }, { connectTimeout: '0', ...parts({ connect_timeout: '0' }) }],
    [{ 'connect-timeout': '2147483647' }, { connectTimeout: '2147483647', ...parts({ connect_timeout: '2147483647' }) }],
    [{ 'probe-timeout': '1' }, { probeTimeoutMs: 1000 }],
    [{ 'probe-timeout': '86400' }, { probeTimeoutMs: 86_400_000 }],

    // Booleans of YAML 1.2.
    ...['true', 'True', 'TRUE'].map(
      (yes) =>
        [
          { pooled: yes, probe: yes },
          { pooled: true, probe: true },
        ] as const,
    ),
    ...['false', 'False', 'FALSE', ' false\n'].map(
      (no) =>
        [
          { pooled: no, 'export-env': no },
          { pooled: false, exportEnv: false },
        ] as const,
    ),
    [{ 'allow-untrusted-events': 'true' }, { allowUntrustedEvents: true }],
    [{ 'export-env': 'true', 'allow-untrusted-events': 'false', probe: 'false' }, {}],

    // Lists.
    [{ clients: 'prisma, jdbc\n spring ' }, { clients: ['prisma', 'jdbc', 'spring'] }],
    [{ clients: 'prisma,,\r\n,prisma,' }, { clients: ['prisma'] }],
    [{ 'allowed-hosts': '*.example.org,db' }, { allowedHosts: ['*.example.org', 'db'] }],
    [{ 'allowed-databases': 'shop\nshop test' }, { allowedDatabases: ['shop', 'shop test'] }],

    // The rest.
    [
      { 'neon-api-key': ' key\n', 'neon-project-id': 'p ', 'neon-branch': ' main', 'neon-api-host': ' https://x ' },
      { neon: { apiKey: 'key', projectId: 'p', branch: 'main', apiHost: 'https://x' } },
    ],
    [{ 'env-prefix': ' AUDIT_ ' }, { envPrefix: 'AUDIT_' }],
    [{ 'env-file': ' .env ' }, { envFile: '.env' }],
    [{ 'on-missing': 'skip' }, { onMissing: 'skip' }],
    [{ 'on-missing': ' fail ' }, {}],
  ];
  test.each(rows.map(([given, change]) => ({ title: JSON.stringify(given), given, change })))('$title', ({ given, change }) =>
    expect(inputs(given)).toEqual({ ...DEFAULT, ...change }),
  );
});

describe('what is refused: the input, what is allowed, what was probably meant', () => {
  const wrong = (input: string, what: string, fix: string): Refusal => ({
    code: 'invalid-input',
    message: `Input \`${input}\` ${what}.`,
    fix,
  });
  const mode = (fix: string) => wrong('sslmode', 'is not one of disable, prefer, require, verify-ca, verify-full', fix);
  const binding = (fix: string) => wrong('channel-binding', 'is not one of require, prefer, disable', fix);
  const missing = (fix: string) => wrong('on-missing', 'is not one of fail, skip', fix);
  const bool = (input: string) => wrong(input, 'is neither true nor false', 'Write true or false.');
  const connect = (fix: string) => wrong('connect-timeout', 'is not a whole number of seconds from 0 to 2147483647', fix);
  const probe = (fix: string) => wrong('probe-timeout', 'is not a whole number of seconds from 1 to 86400', fix);
  const DIGITS = 'Write the seconds as digits, such as 15.';
  const UNIT = 'Write the seconds alone, without a unit.';

  const rows: readonly (readonly [input: string, value: string, refusal: Refusal])[] = [
    ['sslmode', 'verify_full', mode('Did you mean `verify-full`?')],
    ['sslmode', 'REQUIRE', mode('Did you mean `require`?')],
    ['sslmode', 'requir', mode('Did you mean `require`?')],
    // libpq's, but not every client's.
    ['sslmode', 'allow', mode('Write one of disable, prefer, require, verify-ca, verify-full.')],
    ['sslmode', SECRET, mode('Write one of disable, prefer, require, verify-ca, verify-full.')],
    ['channel-binding', 'required', binding('Did you mean `require`?')],
    ['channel-binding', SECRET, binding('Write one of require, prefer, disable.')],
    ['on-missing', 'Skip', missing('Did you mean `skip`?')],
    ['on-missing', SECRET, missing('Write one of fail, skip.')],
    ...['pooled', 'export-env', 'allow-untrusted-events', 'probe'].flatMap((input) =>
      ['yes', 'tRue', 'truex', 'xtrue', 'falsex', 'xfalse', '1', SECRET].map((value) => [input, value, bool(input)] as const),
    ),
    ['connect-timeout', '-1', connect(DIGITS)],
    ['connect-timeout', '1.5', connect(DIGITS)],
    ['connect-timeout', '0x10', connect(DIGITS)],
    ['connect-timeout', '2147483648', connect(DIGITS)],
    ['connect-timeout', SECRET, connect(DIGITS)],
    ['probe-timeout', '0', probe(DIGITS)],
    ['probe-timeout', '86401', probe(DIGITS)],
    ['probe-timeout', 'ten', probe(DIGITS)],
    ['probe-timeout', '5 apples', probe(DIGITS)],
    ['probe-timeout', '5sx', probe(DIGITS)],
    ['probe-timeout', 'x5s', probe(DIGITS)],
    ...['5s', '15 s', '100ms', '1m', '2min', '30sec', '30 seconds', '1h', '15S', '15  s'].map(
      (value) => ['probe-timeout', value, probe(UNIT)] as const,
    ),
    ['connect-timeout', '15s', connect(UNIT)],
  ];
  const titled = rows.map(([input, value, refusal]) => ({
    title: `${input}: ${value.replace(SECRET, '***')}`,
    input,
    value,
    refusal,
  }));
  test.each(titled)('$title', async ({ input, value, refusal }) => {
    const refused = await refusalOf(() => inputs({ [input]: value }));
    expect(refused).toEqual(refusal);
    expect(JSON.stringify(refused)).not.toContain(SECRET);
  });
});

test('what the inputs add to the string: parts that win, a time-out that does not, the pooled host', () => {
  expect(overridesOf(inputs({ host: 'h', pooled: 'true' }))).toEqual({
    parameters: new Map([['host', 'h']]),
    defaults: new Map([['connect_timeout', '15']]),
    pooled: true,
  });
  expect(overridesOf(inputs({ 'connect-timeout': '7' }))).toEqual({
    parameters: new Map([['connect_timeout', '7']]),
    defaults: new Map([['connect_timeout', '7']]),
    pooled: undefined,
  });
});

describe('action.yml', () => {
  const declared: Record<string, { default?: string }> = parse(readFileSync('action.yml', 'utf8')).inputs;

  test('declares every input that is read, and no other', () => {
    const read = new Set<string>();
    readInputs((name) => {
      read.add(name);
      return '';
    });
    expect([...read].sort()).toEqual(Object.keys(declared).sort());
  });

  test('has the defaults that are read without it, but for the Neon API’s address', () => {
    const given = Object.fromEntries(Object.entries(declared).map(([name, { default: value = '' }]) => [name, value]));
    expect(inputs(given)).toEqual({ ...DEFAULT, neon: { ...DEFAULT.neon, apiHost: 'https://console.neon.tech/api/v2' } });
  });

  test('declares the inputs that are masked', () => {
    expect(SECRET_INPUTS).toEqual(['connection-string', 'password', 'sslkey', 'neon-api-key']);
    expect(SECRET_INPUTS.filter((name) => !(name in declared))).toEqual([]);
  });
});
