// Behind import() in the step. Loaded here before the tests begin, so that mutation testing counts every test for its tables.
import '../../../src/connection/spellings/json.ts';
import { read } from '../../../src/connection/spellings/index.ts';
import { refusalOf, SECRET } from '../../support/refusal.ts';

const U = `postgresql://app:${SECRET}@h/d`;
const URL_ = { user: 'app', password: SECRET, host: 'h', dbname: 'd' };
const aside = (key: string): string =>
  `\`connection-string\` is JSON; its key \`${key}\` is no part of a connection and was left aside.`;
const asides = (keys: string): string =>
  `\`connection-string\` is JSON; its keys ${keys} are no part of a connection and were left aside.`;
const from = (path: string): string => `\`connection-string\` is JSON; the connection was taken out of its key \`${path}\`.`;
const PARTS = { host: 'h', port: 5433, user: 'u', password: 'p', dbname: 'd' };
const parts = { ...PARTS, port: '5433' };

const rows: readonly (readonly [rule: string, json: unknown, parameters: Record<string, string>, notices?: readonly string[]])[] =
  [
    // libpq's keywords, and other people's names for them.
    ['keywords, numbers too', PARTS, parts],
    [
      'every keyword of libpq',
      { host: 'h', sslmode: 'require', application_name: 'ci' },
      { host: 'h', sslmode: 'require', application_name: 'ci' },
    ],
    ['username', { username: 'u' }, { user: 'u' }],
    ['role', { role: 'u' }, { user: 'u' }],
    ['database', { database: 'd' }, { dbname: 'd' }],
    ['db', { db: 'd' }, { dbname: 'd' }],
    ['db_name', { db_name: 'd' }, { dbname: 'd' }],
    ['hostname', { hostname: 'h' }, { host: 'h' }],
    ['server', { server: 'h' }, { host: 'h' }],
    ['pass', { pass: 'p' }, { password: 'p' }],
    ['capitals', { Host: 'h', USER: 'u', Password: 'p', dbName: 'd' }, { host: 'h', user: 'u', password: 'p', dbname: 'd' }],
    ['libpq’s own in capitals', { host: 'h', sslMode: 'require' }, { host: 'h', sslmode: 'require' }],
    [
      'what it is of before the part',
      { db_host: 'h', dbUser: 'u', 'database-password': 'p', POSTGRES_DB: 'd', PGPORT: 5433 },
      { host: 'h', user: 'u', password: 'p', dbname: 'd', port: '5433' },
    ],
    [
      'the same of what is no part',
      { host: 'h', postgres_options: 'x', db: 'd' },
      { host: 'h', dbname: 'd' },
      [aside('postgres_options')],
    ],
    ['libpq’s own name before another’s', { server: 'x', host: 'h' }, { host: 'h' }, [aside('server')]],
    ['two names that agree', { username: 'u', user: 'u', host: 'h' }, { user: 'u', host: 'h' }],
    ['ssl: true', { host: 'h', ssl: true }, { host: 'h', sslmode: 'require' }],
    ['ssl: false asks for nothing', { host: 'h', ssl: false }, { host: 'h' }, [aside('ssl')]],
    ['another key that is true', { host: 'h', frobnicated: true }, { host: 'h' }, [aside('frobnicated')]],
    ['null and an empty text are not given', { host: 'h', user: null, password: '', dbname: 'd' }, { host: 'h', dbname: 'd' }],
    [
      'a false is a text',
      { host: 'h', sslcompression: 0, keepalives: false },
      { host: 'h', sslcompression: '0', keepalives: 'false' },
    ],

    // What stands beside a connection.
    [
      'AWS’s and Neon’s own keys',
      {
        ...{ ...PARTS, engine: 'postgres', dbInstanceIdentifier: 'i', dbClusterIdentifier: 'c', resourceId: 'r' },
        ...{ masterarn: 'm', proxy: 'x', pooler_host: 'p' },
      },
      parts,
    ],
    ['Aurora’s engine', { ...PARTS, engine: 'aurora-postgresql' }, parts],
    ['PostgreSQL in capitals', { ...PARTS, engine: 'PostgreSQL' }, parts],
    ['DigitalOcean’s engine', { ...PARTS, engine: 'pg' }, parts],
    ['an engine that is no text', { ...PARTS, engine: 5 }, parts],
    ['a key near the name of a part that is there', { ...PARTS, name: 'x', users: 1 }, parts, [asides('`name`, `users`')]],
    [
      'many keys',
      { ...PARTS, ...Object.fromEntries('klmnopqrst'.split('').map((key) => [key.repeat(12), 1])) },
      parts,
      [
        asides(
          `${'klmnopqr'
            .split('')
            .map((key) => `\`${key.repeat(12)}\``)
            .join(', ')}, 2 more`,
        ),
      ],
    ],
    ['a key that nobody knows is named', { ...PARTS, frobnicate: 'x' }, parts, [aside('frobnicate')]],
    ['a key that is no plain name is not shown', { ...PARTS, [`frob ${SECRET}`]: 'x' }, parts, [aside('…')]],
    ['nor one of 41 letters', { ...PARTS, ['q'.repeat(41)]: 'x' }, parts, [aside('…')]],
    ['one of 40 is', { ...PARTS, ['q'.repeat(40)]: 'x' }, parts, [aside('q'.repeat(40))]],
    ['nor one with a sign in front', { ...PARTS, $frobnicate: 'x' }, parts, [aside('…')]],
    ['nor one with a sign at its end', { ...PARTS, frobnicate$: 'x' }, parts, [aside('…')]],
    ['an object is left aside', { ...PARTS, pool: { max: 1 } }, parts, [aside('pool')]],
    ['a list is left aside', { ...PARTS, options: ['-c'] }, parts, [aside('options')]],

    // A whole string.
    ...[
      'uri',
      'url',
      'connection_uri',
      'connection_string',
      'connectionString',
      'connectionUri',
      'database_url',
      'DATABASE_URL',
      'POSTGRES_URL',
      'DB_URL',
      'service_uri',
      'value',
    ].map((key) => [key, { [key]: U }, URL_] as const),
    ['the best key, not the first', { DATABASE_URL: 'x', database_url: 'x', url: 'x', uri: U }, URL_],
    ['an empty one is none', { uri: '', url: U }, URL_],
    ['one that is no text is none', { uri: 5, url: U }, URL_],
    ['keys that agree', { url: U, user: 'app', host: 'h' }, URL_],
    ['keys beside it that it does not say', { url: U, sslmode: 'require' }, { ...URL_, sslmode: 'require' }],
    [
      'a command within',
      { url: `psql '${U}'` },
      URL_,
      ['`connection-string` was a `psql` command; the connection was taken out of it.'],
    ],
    [
      'notices of the object come before those of the string',
      { url: ` ${U}`, frobnicate: 1 },
      URL_,
      [aside('frobnicate'), '`connection-string` had blanks around it; taken off.'],
    ],

    // Where the object is.
    ['the only one of a list', [PARTS], parts],
    ['in two lists', [[PARTS]], parts],
    ['the only object of another', { id: 'x', connection: PARTS }, parts, [from('connection')]],
    ['deeper, through lists of one', { 'db-1': [{ label: 'x', credentials: PARTS }] }, parts, [from('db-1.credentials')]],
    ['a key that is no plain name', { 'db 1': PARTS }, parts, [from('…')]],
    ['beside objects without one', { data: PARTS, metadata: { version: 1 } }, parts, [from('data')]],
    [
      'AWS’s answer around a secret',
      { ARN: 'a', Name: 'n', SecretString: JSON.stringify(PARTS), CreatedDate: 1 },
      parts,
      [asides('`ARN`, `Name`, `CreatedDate`')],
    ],
    ['Terraform’s outputs', { db_host: { sensitive: false, value: 'h' }, database: { value: 'd' } }, { host: 'h', dbname: 'd' }],
    ['the only one of .NET’s strings', { ConnectionStrings: { Default: U } }, URL_, [from('ConnectionStrings')]],
    ['Neon’s list of URIs', { connection_uris: [{ connection_uri: U }] }, URL_],
    [
      'Neon’s parameters',
      { connection_parameters: { host: 'h', role: 'u', database: 'd', password: 'p' }, x: 1 },
      { host: 'h', user: 'u', dbname: 'd', password: 'p' },
    ],
    ['Neon’s parameters beside the URI', { connection_uri: U, connection_parameters: { role: 'app', pooler_host: 'x' } }, URL_],
  ];

test.each(rows.map(([rule, json, parameters, notices = []]) => ({ rule, json, parameters, notices })))(
  '$rule',
  async ({ json, parameters, notices }) => {
    const said = await read(JSON.stringify(json));
    expect({ parameters: Object.fromEntries(said.parameters), notices: said.notices }).toEqual({ parameters, notices });
  },
);

test('a URL within is one still; parts are none', async () => {
  expect((await read(JSON.stringify({ url: `${U}?schema=s` }))).url).toBe(true);
  expect([...(await read(JSON.stringify({ url: `${U}?schema=s` }))).foreign]).toEqual([['schema', 's']]);
  expect((await read(JSON.stringify(PARTS))).url).toBe(false);
});

describe('what is refused', () => {
  const COPY =
    'Copy the connection string again, as one line that begins with postgresql://; on Neon, press Connect and then Copy snippet.';
  const NO_OBJECT = 'is JSON, but not an object with a connection in it';
  const NO_CONNECTION = 'is a JSON object without a connection in it';
  test.each([
    [
      'half an object',
      `{"password": "${SECRET}"`,
      'begins like JSON but is none',
      'Check the quotes and commas, or give the connection as one postgresql:// line.',
    ],
    ['a list of nothing', '[]', NO_OBJECT, COPY],
    ['a list of two', '[{"host":"h"},{"host":"i"}]', NO_OBJECT, COPY],
    ['a list of texts', `["${SECRET}"]`, NO_OBJECT, COPY],
    ['a list of null', '[null]', NO_OBJECT, COPY],
    ['two URIs of Neon', `{"connection_uris":[{"connection_uri":"${U}"},{"connection_uri":"${U}"}]}`, NO_OBJECT, COPY],
    ['nothing in it', '{}', NO_CONNECTION, COPY],
    ['keys of something else', `{"token":"${SECRET}","frobnicate":1}`, NO_CONNECTION, COPY],
    ['a list of two where the parameters belong', '{"connection_parameters":[{"host":"h"},{"host":"i"}]}', NO_CONNECTION, COPY],
    ['an empty URL', '{"url":""}', NO_CONNECTION, COPY],
    ['a secret that says only its name', `{"name":"x","payload":{"data":"${SECRET}"}}`, NO_CONNECTION, COPY],
    [
      'a name that may be the database’s',
      '{"host":"h","name":"d"}',
      'is JSON with the key `name`, which nobody knows',
      'Did you mean `dbname`?',
    ],
    ['deeper than anybody has it', `${'{"a":'.repeat(20)}{"password":"${SECRET}"}${'}'.repeat(20)}`, NO_CONNECTION, COPY],
    [
      'two objects',
      `{"connection":{"host":"h"},"private connection":{"password":"${SECRET}"}}`,
      'is JSON with several connections in it (`connection`, `…`)',
      'Give only the one that is meant.',
    ],
    [
      'two of .NET’s strings',
      `{"ConnectionStrings":{"One":"Host=h;Password=${SECRET}","Two":"Host=i;Password=${SECRET}","None":""}}`,
      'is JSON with several connections in it (`One`, `Two`)',
      'Give only the one that is meant.',
    ],
    [
      'a Kubernetes Secret',
      `{"kind":"Secret","data":{"password":"${Buffer.from(SECRET).toString('base64')}"}}`,
      'is a Kubernetes Secret, whose values are base64-encoded',
      "Store the decoded value of its `uri`, or give each part through its own input: `kubectl get secret … -o jsonpath='{.data.uri}' | base64 -d` prints it.",
    ],
    [
      'MySQL',
      `{"engine":"mysql","host":"h","password":"${SECRET}"}`,
      'is a secret for another kind of database, by its `engine`',
      'Give the secret of the Postgres database.',
    ],
    [
      'a misspelt keyword',
      `{"hots":"h","password":"${SECRET}"}`,
      'is JSON with the key `hots`, which nobody knows',
      'Did you mean `host`?',
    ],
    [
      'a misspelt name of others',
      `{"usernam":"u"}`,
      'is JSON with the key `usernam`, which nobody knows',
      'Did you mean `username`?',
    ],
    [
      'a misspelt key of a string',
      `{"connection_strin":"${U}"}`,
      'is JSON with the key `connection_strin`, which nobody knows',
      'Did you mean `connection_string`?',
    ],
    [
      'a URL and a key that differ',
      `{"url":"${U}","host":"other"}`,
      'is JSON that says two different things about `host`',
      'Leave one of them out: the URL’s or the key’s.',
    ],
  ])('%s', async (_, text, what, fix) => {
    const refused = await refusalOf(() => read(text));
    expect(refused).toEqual({ code: 'invalid-connection-string', message: `\`connection-string\` ${what}.`, fix });
    expect(JSON.stringify(refused)).not.toContain(SECRET);
  });
});
