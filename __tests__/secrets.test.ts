import { createHash } from 'node:crypto';
import { read } from '../src/connection/spellings/index.ts';
import { maskWarnings, pastedMasks, plainParts, saidMasks, writtenMasks } from '../src/secrets.ts';
import { connection } from './clients/connections.ts';
import { SECRET } from './support/refusal.ts';

const getter =
  (inputs: Readonly<Record<string, string>>) =>
  (name: string): string =>
    inputs[name] ?? '';
const base64 = (text: string): string => Buffer.from(text).toString('base64').replace(/=+$/, '');
/** PostgreSQL's verifier of an md5 password. */
const md5 = (password: string, user: string): string =>
  createHash('md5')
    .update(password + user)
    .digest('hex');
const BODY = 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49';
const KEY = `-----BEGIN PRIVATE KEY-----\n${BODY}\n-----END PRIVATE KEY-----\n`;
const OTHER = 'C0rrect-Horse_77';

/** Inputs, what must be among the masks, what must not. */
interface Row {
  readonly rule: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly masked: readonly string[];
  readonly not?: readonly string[];
}

describe('inputs as they were pasted, before anybody reads them', () => {
  const url = `postgresql://app:${SECRET}@db.example.org/shop`;
  const rows: readonly Row[] = [
    { rule: 'the password, in its forms', inputs: { password: SECRET }, masked: [SECRET, base64(SECRET)] },
    {
      rule: 'the password without its line ends',
      inputs: { password: `\r\n${SECRET}\r\n` },
      masked: [SECRET, base64(SECRET)],
      not: [`${SECRET}\n`],
    },
    { rule: 'a password with blanks stays whole', inputs: { password: ` ${SECRET}` }, masked: [` ${SECRET}`, SECRET] },
    { rule: 'the Neon key, in its forms', inputs: { 'neon-api-key': SECRET }, masked: [SECRET, base64(SECRET)] },
    { rule: 'the lines of a key', inputs: { sslkey: KEY }, masked: [BODY], not: ['-----BEGIN PRIVATE KEY-----'] },
    {
      rule: 'the password in the string, and the string',
      inputs: { 'connection-string': url },
      masked: [SECRET, base64(SECRET), url],
    },
    {
      rule: 'the lines of the string that hold it',
      inputs: { 'connection-string': `PGUSER=app\nPGPASSWORD=${SECRET}` },
      masked: [SECRET, `PGPASSWORD=${SECRET}`],
      not: ['PGUSER=app'],
    },
    {
      rule: 'a password with a line end inside',
      inputs: { password: `${SECRET}\n${OTHER}` },
      masked: [`${SECRET}\n${OTHER}`, SECRET, OTHER],
    },
  ];
  test.each(rows)('$rule', ({ inputs, masked, not = [] }) => {
    const masks = pastedMasks(getter(inputs));
    expect(masks).toEqual(expect.arrayContaining([...masked]));
    for (const text of not) expect(masks).not.toContain(text);
    expect(masks.filter((mask) => mask.trim() === '')).toEqual([]);
  });

  test.each([
    ['nothing', {}],
    ['blanks', { password: '  ', 'connection-string': ' \n', 'neon-api-key': ' ', sslkey: '\n' }],
    ['the path of a key', { sslkey: 'certs/client-key-file.pem' }],
    ['a string without a password', { 'connection-string': 'postgresql://app@db.example.org/shop' }],
    ['inputs that are no secrets', { host: 'db.example.org', user: 'app', database: 'shop', sslrootcert: KEY }],
  ])('no mask for %s', (_, inputs) => expect(pastedMasks(getter(inputs))).toEqual([]));
});

describe('what the string turned out to say', () => {
  const masksOf = async (text: string, overrides: Readonly<Record<string, string>> = {}) =>
    saidMasks(await read(text), new Map(Object.entries(overrides)), getter({ 'connection-string': text }));
  const url = (query = '', password = encodeURIComponent(SECRET)): string =>
    `postgresql://app:${password}@db.example.org/shop${query}`;

  const rows: readonly { rule: string; text: string; overrides?: Record<string, string>; masked: string[]; not?: string[] }[] = [
    { rule: 'the password, salted with the role too', text: url(), masked: [SECRET, md5(SECRET, 'app'), url()] },
    {
      rule: 'the role of the input salts it',
      text: url(),
      overrides: { user: 'owner' },
      masked: [md5(SECRET, 'owner')],
      not: [md5(SECRET, 'app')],
    },
    {
      rule: 'a password that an input overrides, and the input’s',
      text: url(),
      overrides: { password: OTHER },
      masked: [SECRET, OTHER],
    },
    ...['sslpassword', 'scram_client_key', 'scram_server_key', 'oauth_client_secret'].flatMap((keyword) => [
      { rule: keyword, text: url(`?${keyword}=${OTHER}`), masked: [SECRET, OTHER, base64(OTHER)] },
      { rule: `${keyword} as an override`, text: url(), overrides: { [keyword]: OTHER }, masked: [OTHER] },
    ]),
    { rule: 'the lines of a key', text: url(), overrides: { sslkey: KEY }, masked: [BODY] },
    { rule: 'the lines of a key in the string', text: JSON.stringify({ host: 'h', sslkey: KEY }), masked: [BODY] },
    {
      rule: 'not the path of a key',
      text: url('?sslkey=certs%2Fclient-key-file.pem'),
      masked: [SECRET],
      not: ['certs/client-key-file.pem'],
    },
    // GitHub drops the job outputs that hold a mask.
    {
      rule: 'never a plain part',
      text: 'host=db.example.org hostaddr=192.0.2.1 port=6543 user=app dbname=shop password=db.example.org-x',
      masked: ['db.example.org-x'],
      not: ['db.example.org', '192.0.2.1', '6543', 'app', 'shop'],
    },
    { rule: 'but a password that is one, as it must be', text: url('', 'shop'), masked: ['shop'] },
    { rule: 'a short password', text: url('', 'p'), masked: ['p'] },
    { rule: 'a short password without a host', text: 'user=app password=p', masked: ['p'] },
    // A form of the password that happens to be another part.
    ...['host', 'hostaddr', 'port', 'user', 'dbname'].map((keyword) => ({
      rule: `no form that is the ${keyword}`,
      text: `password=${SECRET} ${keyword}=${base64(SECRET)}`,
      masked: [SECRET],
      not: [base64(SECRET)],
    })),
    // libpq took the password to end at the first @: a letter of it would star every sentence.
    { rule: 'no short piece of a broken URL', text: `postgresql://app:p@${SECRET}@db.example.org/shop`, masked: [], not: ['p'] },
    { rule: 'no piece of three letters', text: `postgresql://app:pas@${SECRET}@db.example.org/shop`, masked: [], not: ['pas'] },
    { rule: 'a piece of four letters', text: `postgresql://app:pass@${SECRET}@db.example.org/shop`, masked: ['pass'] },
  ];
  test.each(rows)('$rule', async ({ text, overrides, masked, not = [] }) => {
    const masks = await masksOf(text, overrides);
    expect(masks).toEqual(expect.arrayContaining(masked));
    for (const plain of not) expect(masks).not.toContain(plain);
  });

  test('nothing secret, no mask', async () => expect(await masksOf('postgresql://app@db.example.org/shop')).toEqual([]));
});

describe('the settled connection and what is written of it', () => {
  test('password, passphrase, key, and the strings that hold them', () => {
    const settled = connection({ password: SECRET, trust: { cert: 'C', key: KEY, passphrase: OTHER } });
    const written = [`postgresql://app:${SECRET}@db.example.com/shop`, 'without any of them'];
    const masks = writtenMasks(settled, written);
    expect(masks).toEqual(expect.arrayContaining([SECRET, md5(SECRET, 'app'), OTHER, base64(OTHER), BODY, written[0]]));
    for (const plain of ['db.example.com', '5432', 'app', 'shop', 'C', written[1]]) expect(masks).not.toContain(plain);
  });

  test('nothing secret, no mask', () => {
    const { password: _, ...settled } = connection();
    expect(writtenMasks(settled, ['postgresql://app@db.example.com/shop'])).toEqual([]);
  });

  test('the plain parts: every host and port, the user, the database', () => {
    const hosts = [
      { host: 'a', port: 1 },
      { host: 'b', port: 2, hostaddr: '192.0.2.1' },
    ] as const;
    expect(plainParts(connection({ hosts }))).toEqual(['a', '1', 'b', '2', 'app', 'shop']);
  });
});

describe('a password that stars ordinary text is warned of', () => {
  const says = (reason: string): string[] => [
    `The password is ${reason}: the log shows *** wherever its letters occur, and GitHub drops job outputs that hold them.`,
  ];
  test.each([
    ['a good one', SECRET, []],
    ['seven letters', 'abc1234', says('very short')],
    ['eight letters', 'abc12345', []],
    ['the database', 'shop', says('a common word or another part of the connection')],
    ['the host', 'db.example.com', says('a common word or another part of the connection')],
    ['a common word', 'postgres', says('a common word or another part of the connection')],
  ])('%s', (_, password, warnings) => expect(maskWarnings(connection({ password }))).toEqual(warnings));

  test('none at all', () => {
    const { password: _, ...settled } = connection();
    expect(maskWarnings(settled)).toEqual([]);
  });
});
