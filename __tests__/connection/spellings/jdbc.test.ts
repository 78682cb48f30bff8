// Behind import() in the step. Loaded here before the tests begin, so that mutation testing counts every test for its tables.
import '../../../src/connection/spellings/jdbc.ts';
import { read } from '../../../src/connection/spellings/index.ts';
import { refusalOf, SECRET } from '../../support/refusal.ts';

const JDBC = '`connection-string` is a jdbc: URL; read as postgresql://.';
const LOGIN = 'Its `user:password@` is not read by pgJDBC itself; name the client `jdbc` to get a URL that is.';
const jdbc = (query: string): string => `jdbc:postgresql://db.example.org:5433/shop?${query}`;
const AT = { host: 'db.example.org', port: '5433', dbname: 'shop' };

describe('pgJDBC’s properties in libpq’s words', () => {
  const rows: readonly (readonly [query: string, parameters: Record<string, string>, foreign: Record<string, string>])[] = [
    ['', {}, {}],
    ['user=u&password=p', { user: 'u', password: 'p' }, {}],
    ['sslmode=require', { sslmode: 'require' }, {}],
    ['sslrootcert=a&sslcert=b&sslkey=c&sslpassword=d', { sslrootcert: 'a', sslcert: 'b', sslkey: 'c', sslpassword: 'd' }, {}],
    ['sslNegotiation=direct', { sslnegotiation: 'direct' }, {}],
    ['channelBinding=require', { channel_binding: 'require' }, {}],
    ['requireAuth=scram-sha-256', { require_auth: 'scram-sha-256' }, {}],
    ['gssEncMode=disable', { gssencmode: 'disable' }, {}],
    ['options=-c%20a%3Db', { options: '-c a=b' }, {}],
    ['ApplicationName=ci', { application_name: 'ci' }, {}],
    ['connectTimeout=7', { connect_timeout: '7' }, {}],
    ['PGHOST=h&PGPORT=1&PGDBNAME=d', { host: 'h', port: '1', dbname: 'd' }, {}],
    ['targetServerType=any', { target_session_attrs: 'any' }, {}],
    ['targetServerType=primary', { target_session_attrs: 'primary' }, {}],
    ['targetServerType=master', { target_session_attrs: 'primary' }, {}],
    ['targetServerType=slave', { target_session_attrs: 'standby' }, {}],
    ['targetServerType=secondary', { target_session_attrs: 'standby' }, {}],
    ['targetServerType=preferSlave', { target_session_attrs: 'prefer-standby' }, {}],
    ['targetServerType=preferSecondary', { target_session_attrs: 'prefer-standby' }, {}],
    // What libpq has no word for is set aside.
    ['targetServerType=other', {}, { targetServerType: 'other' }],
    ['prepareThreshold=0&currentSchema=a,b', {}, { prepareThreshold: '0', currentSchema: 'a,b' }],
    ['ssl', {}, { ssl: '' }],
    ['ssl=&ssl2', {}, { ssl: '', ssl2: '' }],
    ['other=primary', {}, { other: 'primary' }],
    // A keyword with nothing behind it is not given.
    ['user=&password', {}, {}],
    // The query is a form.
    ['password=a+b%2Bc', { password: 'a b+c' }, {}],
    ['password=a+b+c', { password: 'a b c' }, {}],
    ['password=a=b=c', { password: 'a=b=c' }, {}],
    ['password=a?b', { password: 'a?b' }, {}],
    ['password=%E2%82%AC', { password: '€' }, {}],
    ['&user=u&&', { user: 'u' }, {}],
    ['=x', {}, { '': 'x' }],
    ['user=a&user=b', { user: 'b' }, {}],
  ];
  test.each(rows)('?%s', async (query, parameters, foreign) => {
    const said = await read(jdbc(query));
    expect({
      parameters: Object.fromEntries(said.parameters),
      foreign: Object.fromEntries(said.foreign),
      notices: said.notices,
      url: said.url,
    }).toEqual({ parameters: { ...AT, ...parameters }, foreign, notices: [JDBC], url: true });
  });
});

test.each([
  ['no query', 'jdbc:postgresql://db.example.org:5433/shop', AT],
  ['capitals', 'JDBC:postgresql://db.example.org:5433/shop', AT],
  ['several hosts', 'jdbc:postgresql://a,b:2/d', { host: 'a,b', port: ',2', dbname: 'd' }],
  ['the short forms name nothing', 'jdbc:postgresql:shop?user=u', { user: 'u' }],
  ['the shortest form', 'jdbc:postgresql:/?user=u', { user: 'u' }],
])('%s', async (_, text, parameters) => {
  const said = await read(text);
  expect({ parameters: Object.fromEntries(said.parameters), notices: said.notices }).toEqual({ parameters, notices: [JDBC] });
  expect([...said.foreign]).toEqual([]);
});

test('`user:password@` is read, and said not to be pgJDBC’s', async () => {
  const said = await read(`jdbc:postgresql://app:${SECRET}@h/d?schema=a@b`);
  expect(said.notices).toEqual([JDBC, LOGIN]);
  expect(said.parameters.get('password')).toBe(SECRET);
  // An `@` of the query is none of the login.
  expect((await read('jdbc:postgresql://h/d?password=a@b')).notices).toEqual([JDBC]);
});

test.each([
  [
    'another database',
    `jdbc:mysql://h/d?password=${SECRET}`,
    'is a jdbc: URL of another database',
    'Give the URL that begins with jdbc:postgresql:// or postgresql://.',
  ],
  [
    'a name that only holds it',
    `jdbc:xpostgresql://h/d?password=${SECRET}`,
    'is a jdbc: URL of another database',
    'Give the URL that begins with jdbc:postgresql:// or postgresql://.',
  ],
  [
    'a % that is none',
    jdbc(`password=${SECRET}%zz`),
    'has a `%` in its query that is not followed by two hexadecimal digits',
    'Write a `%` that is meant as itself as %25.',
  ],
  [
    'a % that is none in the address',
    `jdbc:postgresql://app:${SECRET}%zz@h/d`,
    'has a `%` in its password that does not begin a percent-encoded byte',
    'Write a `%` that stands for itself as `%25`, or give the password as it is through the input `password`.',
  ],
])('%s is refused', async (_, text, what, fix) => {
  const refused = await refusalOf(() => read(text));
  expect(refused).toEqual({ code: 'invalid-connection-string', message: `\`connection-string\` ${what}.`, fix });
});
