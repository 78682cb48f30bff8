import type { Code } from '../../src/problems/index.ts';

/** One bad input as a tired person gives it, and what the step must say. */
export interface BadInput {
  /** What the person did. */
  readonly name: string;
  /** Inputs by name; `SECRET` stands for the password, which must not come back in any sentence. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly code: Code;
  /** The sentence names this. */
  readonly says: RegExp;
  /** The fix names this. */
  readonly fix: RegExp;
}

/** No character of it is special in a URL, so that each row breaks one thing only. */
export const SECRET = 'Tr0ub4dor-Zx9_kQ';

const neon = (password: string, rest = 'neondb'): string =>
  `postgresql://app:${password}@ep-cool-name-123456.us-east-2.aws.neon.tech/${rest}`;
const url = neon(SECRET);
const parts = { host: 'db.example.org', user: 'app', database: 'shop', password: SECRET };
const string = (text: string): Record<string, string> => ({ 'connection-string': text });

const row = (name: string, inputs: Record<string, string>, code: Code, says: RegExp, fix: RegExp): BadInput => ({
  name,
  inputs,
  code,
  says,
  fix,
});

export const BAD_INPUTS: readonly BadInput[] = [
  // Nothing there.
  row('no input at all', {}, 'missing-connection', /No connection was given/, /secret/i),
  row('blanks only', string(' \n '), 'missing-connection', /No connection was given/, /secret/i),
  row('two quotes with nothing between', string("''"), 'missing-connection', /No connection was given/, /secret/i),
  row('parts, but the password’s secret is empty', { ...parts, password: '' }, 'missing-connection', /`password`/, /secret/i),
  row(
    'a Neon project without a key',
    { 'neon-project-id': 'cool-forest-12345678' },
    'missing-connection',
    /`neon-api-key`/,
    /secret/i,
  ),
  row('a password without a host', { password: SECRET }, 'missing-connection', /`host`/, /host/),

  // The wrong thing pasted.
  row(
    'the page of the console',
    string('https://console.neon.tech/app/projects/x'),
    'invalid-connection-string',
    /web page/,
    /Copy/,
  ),
  row(
    'MySQL',
    string(`mysql://app:${SECRET}@db.example.org/shop`),
    'invalid-connection-string',
    /another kind of database/,
    /Postgres/,
  ),
  row(
    'jdbc: of MySQL',
    string(`jdbc:mysql://db.example.org/shop?password=${SECRET}`),
    'invalid-connection-string',
    /another database/,
    /jdbc:postgresql/,
  ),
  row(
    'Prisma Accelerate',
    string(`prisma+postgres://accelerate.prisma-data.net/?api_key=${SECRET}`),
    'invalid-connection-string',
    /Accelerate/,
    /DIRECT_URL/,
  ),
  row('a bare word', string('production'), 'invalid-connection-string', /neither a postgresql/, /postgresql:\/\//),
  row('only the password', string(SECRET), 'invalid-connection-string', /neither a postgresql/, /postgresql:\/\//),
  row('no scheme', string(`app:${SECRET}@db.example.org/shop`), 'invalid-connection-string', /no scheme/, /postgresql:\/\//),
  row(
    'one slash too few',
    string(`postgresql:/app:${SECRET}@db.example.org/shop`),
    'invalid-connection-string',
    /neither a postgresql|no scheme/,
    /postgresql:\/\//,
  ),
  row(
    'a misspelt scheme',
    string(`postgress://app:${SECRET}@db.example.org/shop`),
    'invalid-connection-string',
    /scheme/,
    /postgresql:\/\//,
  ),
  row(
    'an ADO.NET string with a bare `;` in its password',
    string(`Host=db.example.org;Username=app;Password=x;${SECRET};Database=shop`),
    'invalid-connection-string',
    /ADO\.NET/,
    /in double quotes/,
  ),
  row(
    'broken JSON',
    string(`{"host": "db.example.org", "password": "${SECRET}"`),
    'invalid-connection-string',
    /JSON/,
    /quotes and commas/,
  ),
  row(
    'JSON of a MySQL secret',
    string(`{"engine":"mysql","host":"db.example.org","password":"${SECRET}"}`),
    'invalid-connection-string',
    /engine/,
    /Postgres/,
  ),
  row(
    'JSON with a misspelt key',
    string(`{"hots":"db.example.org","user":"app","password":"${SECRET}","dbname":"d"}`),
    'invalid-connection-string',
    /`hots`/,
    /`host`/,
  ),
  row(
    'JSON without a connection',
    string(`{"token":"${SECRET}"}`),
    'invalid-connection-string',
    /JSON object without a connection/,
    /Copy/,
  ),
  row(
    'a .env without a database',
    string(`API_KEY=${SECRET}\nNODE_ENV=test`),
    'invalid-connection-string',
    /none that holds a Postgres/,
    /Copy/,
  ),
  row(
    'a .env whose URL and parts differ',
    string(`DATABASE_URL=${url}\nPGHOST=other.example.org`),
    'invalid-connection-string',
    /two different things about `host`/,
    /Leave one/,
  ),
  row(
    'a web address for the host',
    string(`postgresql://app:${SECRET}@https://db.example.org/shop`),
    'invalid-connection-string',
    /scheme of its own where its host belongs/,
    /Remove `https:\/\/`/,
  ),
  row(
    'two slashes before the database',
    string(`postgresql://app:${SECRET}@db.example.org//shop`),
    'invalid-connection-string',
    /second `\/` before its database/,
    /Put one `\/`/,
  ),
  row('two strings in a row', string(`${url}?sslmode=require${url}`), 'invalid-connection-string', /two connection/, /Keep one/),
  row('two strings on two lines', string(`${url}\n${url}`), 'invalid-connection-string', /two connection/, /Keep one/),
  row(
    'a psql command with a shell variable',
    string('psql "postgresql://app:$DB_PASSWORD@db.example.org/shop"'),
    'invalid-connection-string',
    /shell variable/,
    /single quotes/,
  ),
  row(
    'a psql command with a shell variable behind the password',
    string(`psql -h $PGHOST "postgresql://app:${SECRET}@/shop"`),
    'invalid-connection-string',
    /shell variable/,
    /value itself/,
  ),
  row(
    'an expression inside the secret',
    string('postgresql://app:${' + '{ secrets.DB_PASSWORD }}@db.example.org/shop'),
    'invalid-connection-string',
    /GitHub expression/,
    /parts as inputs/,
  ),
  row('the name of a variable', string('$DATABASE_URL'), 'invalid-connection-string', /name of a variable/, /Store the value/),
  row('the name of a secret', string('secrets.DATABASE_URL'), 'invalid-connection-string', /name of a secret/, /the value/),
  row('a Neon API key', string('napi_x1y2z3x4y5z6'), 'invalid-connection-string', /Neon API key/, /`neon-project-id`/),
  row(
    'base64 of the string',
    string(Buffer.from(url).toString('base64')),
    'invalid-connection-string',
    /base64-encoded/,
    /decoded string/,
  ),
  row(
    'YAML',
    string(`host: db.example.org\nuser: app\npassword: ${SECRET}\ndatabase: shop`),
    'invalid-connection-string',
    /looks like YAML/,
    /its own input/,
  ),
  row('psql alone with options', string('psql --version'), 'invalid-connection-string', /`psql` command/, /Copy/),

  // Parts missing in the string.
  row(
    'no database',
    string(`postgresql://app:${SECRET}@db.example.org`),
    'invalid-connection-string',
    /names no database/,
    /`database` input/,
  ),
  row('no user', string('postgresql://db.example.org/shop'), 'invalid-connection-string', /names no user/, /`user` input/),
  row('no host', string(`postgresql://app:${SECRET}@/shop`), 'invalid-connection-string', /names no host/, /`host` input/),
  row('an empty password', string('postgresql://app:@db.example.org/shop'), 'invalid-connection-string', /password/, /secret/),
  row('no password', string('postgresql://app@db.example.org/shop'), 'invalid-connection-string', /password/, /secret/),

  // A password that was not percent-encoded.
  row('@ in the password', string(neon(`p@${SECRET}`)), 'invalid-connection-string', /host/, /%40.*`password` input/),
  row('/ in the password', string(neon(`p/${SECRET}`)), 'invalid-connection-string', /port|`\/`/, /%2F.*`password` input/),
  row(
    'digits and / in the password',
    string(`postgresql://app:5432/${SECRET}@db.example.org/shop`),
    'invalid-connection-string',
    /`\/` before its `@`/,
    /%2F/,
  ),
  row(
    '@ and / in the password',
    string(neon(`Hello@World/${SECRET}`)),
    'invalid-connection-string',
    /`\/` before its `@`/,
    /%2F.*`password` input/,
  ),
  // The letter before the `@` is what libpq takes for the password: it must not star the sentence about it.
  row(
    'a letter, @ and / in the password',
    string(neon(`p@${SECRET}/x@y`)),
    'invalid-connection-string',
    /`\/` before its `@`/,
    /%2F.*`password` input/,
  ),
  row(
    'a letter, @ and : in the password',
    string(neon(`p@h:${SECRET}`)),
    'invalid-connection-string',
    /its port must be/,
    /%3A.*`password` input/,
  ),
  row(
    'a letter, @ and ? in the password',
    string(neon(`p@h?x=${SECRET}`)),
    'invalid-connection-string',
    /has a parameter that nobody knows/,
    /percent-encode the password/,
  ),
  row('% in the password', string(neon(`100%${SECRET}`)), 'invalid-connection-string', /password/, /%25/),
  row('a % at the end', string(neon(`${SECRET}%`)), 'invalid-connection-string', /password/, /%25/),
  row('%00 in the password', string(neon(`${SECRET}%00`)), 'invalid-connection-string', /%00|NUL/i, /./),
  row(
    'a line break inside',
    string(`postgresql://app:${SECRET}@db.example.org/sh\nop`),
    'invalid-connection-string',
    /line break/,
    /one line/,
  ),
  row('an encoded line end', string(neon(`${SECRET}%0A`)), 'invalid-connection-string', /line break/, /one line/),
  row('bytes that are not UTF-8', string(neon(`${SECRET}%FF`)), 'invalid-connection-string', /UTF-8/, /UTF-8/),
  row(
    'a blank inside a URL',
    string(`postgresql://app:${SECRET} x@db.example.org/shop`),
    'invalid-connection-string',
    /blank|space/i,
    /%20/,
  ),
  row('a value of 9,000 bytes', string(neon(SECRET.repeat(600))), 'invalid-connection-string', /8 KiB/, /pasted/),

  // Templates.
  row(
    'a template in angle brackets',
    string('postgresql://app:<DB_PASSWORD>@db.example.org/shop'),
    'placeholder-value',
    /placeholder.*password/,
    /real value/,
  ),
  row(
    'Supabase’s template',
    string('postgresql://postgres:[YOUR-PASSWORD]@db.abc.supabase.co:5432/postgres'),
    'placeholder-value',
    /placeholder.*password/,
    /real value/,
  ),
  row('Neon’s hidden password', string(neon('****************')), 'placeholder-value', /placeholder.*password/, /password shown/),
  row(
    'words of a manual',
    string('postgresql://username:password@hostname:5432/database'),
    'placeholder-value',
    /placeholder/,
    /real value/,
  ),
  row('user@host', string('postgresql://user@host/db'), 'placeholder-value', /placeholder/, /real value/),
  row(
    'a variable that nothing expanded',
    string(`postgresql://app:\${DB_PASSWORD}@db.example.org/shop`),
    'placeholder-value',
    /placeholder.*password/,
    /real value/,
  ),
  row(
    'an unexpanded expression as password',
    { ...parts, password: '${' + '{ secrets.DB_PASSWORD }}' },
    'placeholder-value',
    /`password`/,
    /real value/,
  ),

  // Ports, modes and parameters.
  row(
    'a port that is a word',
    string(`postgresql://app:${SECRET}@db.example.org:abc/shop`),
    'invalid-connection-string',
    /port/,
    /./,
  ),
  row(
    'a port with too many digits',
    string(`postgresql://app:${SECRET}@db.example.org:54320000/shop`),
    'invalid-connection-string',
    /its port must be a number from 1 to 65535/,
    /Correct `port`/,
  ),
  row(
    'a host with a port in key=value',
    string(`host=db.example.org:5432 user=app password=${SECRET} dbname=shop`),
    'invalid-connection-string',
    /`connection-string` has a host that is not/,
    /bare host/,
  ),
  row('port 0', string(`postgresql://app:${SECRET}@db.example.org:0/shop`), 'invalid-connection-string', /port/, /./),
  row('port 65536 as an input', { ...parts, port: '65536' }, 'invalid-input', /`port`/, /65535/),
  row('a port with decimals', { ...parts, port: '5432.0' }, 'invalid-input', /`port`/, /65535/),
  row(
    'an sslmode of node-postgres',
    string(`${url}?sslmode=no-verify`),
    'invalid-connection-string',
    /sslmode/,
    /require|verify/,
  ),
  row('an sslmode in capitals', string(`${url}?sslmode=REQUIRE`), 'invalid-connection-string', /sslmode/, /require/),
  row('a misspelt sslmode', { 'connection-string': url, sslmode: 'verify_full' }, 'invalid-input', /`sslmode`/, /`verify-full`/),
  row('sslmode true', { 'connection-string': url, sslmode: 'true' }, 'invalid-input', /`sslmode`/, /verify-full/),
  row('a parameter that nobody knows', string(`${url}?sslmodus=require`), 'invalid-connection-string', /`sslmodus`/, /`sslmode`/),
  row(
    'a keyword that nobody knows',
    string(`host=db.example.org usr=app password=${SECRET} dbname=shop`),
    'invalid-connection-string',
    /`usr`|nobody knows/,
    /`user`/,
  ),
  row('a service', string('service=production'), 'invalid-connection-string', /`service`/, /string itself/),
  row(
    'a password file',
    string('host=db.example.org user=app dbname=shop passfile=./.pgpass'),
    'invalid-connection-string',
    /`passfile`/,
    /string itself/,
  ),
  row(
    'a quote that stays open',
    string(`host=db.example.org user=app password='${SECRET} dbname=shop`),
    'invalid-connection-string',
    /quote/,
    /./,
  ),
  row('a keyword without =', string(`host=db.example.org user app password=${SECRET}`), 'invalid-connection-string', /=/, /./),
  row(
    'more ports than hosts',
    string(`postgresql://app:${SECRET}@a.example.org:1/shop?port=1,2,3`),
    'invalid-connection-string',
    /lists 3 ports/,
    /one port/,
  ),
  row(
    'an unknown target_session_attrs',
    string(`${url}?target_session_attrs=master`),
    'invalid-connection-string',
    /target_session_attrs/,
    /./,
  ),
  row(
    'a weak mode with direct TLS',
    string(`${url}?sslmode=prefer&sslnegotiation=direct`),
    'invalid-connection-string',
    /sslnegotiation|sslmode/,
    /./,
  ),

  // The other inputs.
  row('host with a web scheme', { ...parts, host: 'https://db.example.org' }, 'invalid-input', /`host`/, /bare host/),
  row('host with a scheme', { ...parts, host: 'postgresql://db.example.org' }, 'invalid-input', /`host`/, /bare host/),
  row('host with a port', { ...parts, host: 'db.example.org:5432' }, 'invalid-input', /`host`/, /port has an input/),
  row('a boolean in words', { 'connection-string': url, probe: 'yes' }, 'invalid-input', /`probe`/, /true or false/),
  row(
    'a pooled that is no boolean',
    { 'connection-string': url, pooled: 'pooler' },
    'invalid-input',
    /`pooled`/,
    /true or false/,
  ),
  row(
    'pooled for a host that is not Neon’s',
    { ...parts, pooled: 'true' },
    'pooled-unsupported',
    /db\.example\.org/,
    /`pooled` empty/,
  ),
  row(
    'a timeout with a unit',
    { 'connection-string': url, 'connect-timeout': '15s' },
    'invalid-input',
    /`connect-timeout`/,
    /without a unit/,
  ),
  row('a probe-timeout of 0', { 'connection-string': url, 'probe-timeout': '0' }, 'invalid-input', /`probe-timeout`/, /seconds/),
  row(
    'a negative timeout',
    { 'connection-string': url, 'connect-timeout': '-5' },
    'invalid-input',
    /`connect-timeout`/,
    /seconds/,
  ),
  row(
    'an on-missing in other words',
    { 'connection-string': url, 'on-missing': 'ignore' },
    'invalid-input',
    /`on-missing`/,
    /fail, skip/,
  ),
  row('a misspelt client', { 'connection-string': url, clients: 'primsa' }, 'invalid-input', /`clients`/, /`prisma`/),
  row('a client that nobody knows', { 'connection-string': url, clients: 'foxpro' }, 'invalid-input', /`clients`/, /./),
  row(
    'two clients with different URLs',
    { 'connection-string': url, clients: 'prisma, symfony' },
    'client-conflict',
    /prisma.*symfony/,
    /env-prefix/,
  ),
  row(
    'a prefix in lower case',
    { 'connection-string': url, 'env-prefix': 'audit_' },
    'invalid-input',
    /`env-prefix`/,
    /AUDIT_|upper/i,
  ),
  row(
    'a prefix that makes a dangerous name',
    { 'connection-string': url, 'env-prefix': 'LD_' },
    'invalid-input',
    /`env-prefix`/,
    /./,
  ),
  row(
    'an env-file outside the workspace',
    { 'connection-string': url, 'env-file': '../../.env' },
    'invalid-input',
    /`env-file`/,
    /./,
  ),
  row(
    'a host that is not allowed',
    { 'connection-string': url, 'allowed-hosts': '*.staging.example.org' },
    'host-not-allowed',
    /ep-cool-name-123456/,
    /allowed-hosts/,
  ),
  row(
    'a database that is not allowed',
    { 'connection-string': url, 'allowed-databases': 'test_*' },
    'database-not-allowed',
    /neondb/,
    /allowed-databases/,
  ),
  row(
    'a CA that is neither PEM nor a file',
    { 'connection-string': url, sslrootcert: 'no/such/ca.pem' },
    'invalid-input',
    /`sslrootcert`/,
    /PEM/,
  ),
  row(
    'a CA that is no certificate',
    { 'connection-string': url, sslrootcert: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
    'invalid-input',
    /`sslrootcert`/,
    /./,
  ),
  row(
    'a client certificate without its key',
    { 'connection-string': url, sslcert: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
    'invalid-input',
    /`sslcert`|`sslkey`/,
    /./,
  ),
  row(
    'a string and the Neon API at once',
    { 'connection-string': url, 'neon-api-key': 'napi_x1y2z3', 'neon-project-id': 'p' },
    'invalid-input',
    /`neon-api-key`/,
    /one of/,
  ),
  row('a Neon key without a project', { 'neon-api-key': 'napi_x1y2z3' }, 'invalid-input', /`neon-project-id`/, /project/),
  row(
    'a Neon API over plain http',
    { 'neon-api-key': 'napi_x1y2z3', 'neon-project-id': 'p', 'neon-api-host': 'http://api.example.org' },
    'invalid-input',
    /`neon-api-host`/,
    /https/,
  ),
];
