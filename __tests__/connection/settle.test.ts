import type { Connection } from '../../src/connection/connection.ts';
import { ENCODE } from '../../src/connection/hosts.ts';
import { inputName, type Overrides, type Settled, settle } from '../../src/connection/settle.ts';
import { read } from '../../src/connection/spellings/index.ts';
import { createAuthority } from '../support/certificates.ts';
import { type Refusal, refusalOf, SECRET } from '../support/refusal.ts';

/** What the inputs add, by libpq's keyword; `pooled` and the defaults as `settle` takes them. */
interface Inputs {
  readonly parts?: Readonly<Record<string, string>>;
  readonly pooled?: boolean;
  readonly defaults?: Readonly<Record<string, string>>;
}

const settled = async (
  text: string,
  { parts = {}, pooled, defaults = { connect_timeout: '15' } }: Inputs = {},
): Promise<Settled> => {
  const overrides: Overrides = {
    parameters: new Map(Object.entries(parts)),
    defaults: new Map(Object.entries(defaults)),
    pooled,
  };
  return settle(await read(text), overrides, () => {
    throw new Error('no file is read');
  });
};

const LOGIN = `app:${SECRET}`;
const url = (rest = '', host = 'db.example.org'): string => `postgresql://${LOGIN}@${host}/shop${rest}`;
const NEON = 'ep-cool-name-123456.us-east-2.aws.neon.tech';
const POOLED = 'ep-cool-name-123456-pooler.us-east-2.aws.neon.tech';
const ca = createAuthority();

const DEFAULT: Connection = {
  hosts: [{ host: 'db.example.org', port: 5432 }],
  user: 'app',
  password: SECRET,
  database: 'shop',
  sslmode: 'verify-full',
  connectTimeout: 15,
  trust: {},
  parameters: new Map(),
  foreign: new Map(),
};

const ONLY_PROBE = (...names: string[]): string =>
  `At most the probe uses ${names.map((name) => `\`${name}\``).join(', ')}: not every client can be told, so it is not exported.`;
const OVERRIDE = (names: string): string => `The inputs override these parts of \`connection-string\`: ${names}.`;
const SEVERAL = 'Several hosts: clients on libpq, JDBC, pgx and postgres.js try each; node-postgres knows only one.';
const BRACKETS =
  'The password begins and ends with brackets, which were kept: where a page shows `[YOUR-PASSWORD]`, they are to be replaced too.';
const WEAK = (mode: string): string =>
  `sslmode is \`${mode}\`: whoever stands between can read everything. \`verify-full\` is safe.`;
const ENDPOINT =
  '`options=endpoint=…` is only for clients that send no SNI and was left out; give it through the `options` input to keep it.';
const FOREIGN = (names: string, verb: string): string =>
  `${names} in \`connection-string\` ${verb} for one client only: kept when \`clients\` names it, and left out of the shared DATABASE_URL.`;

describe('what a connection is, once it is settled', () => {
  const map = (entries: Record<string, string>): ReadonlyMap<string, string> => new Map(Object.entries(entries));
  const rows: readonly (readonly [
    rule: string,
    text: string,
    inputs: Inputs,
    change: Partial<Connection>,
    ...notices: string[],
  ])[] = [
    ['a URL as it is', url(), {}, {}],
    ['a port of its own', url('', 'db.example.org:6543'), {}, { hosts: [{ host: 'db.example.org', port: 6543 }] }],
    ['parts alone', '{"host":"db.example.org","user":"app","dbname":"shop"}', { parts: { password: SECRET } }, {}],

    // The inputs win; a notice names the parts overridden.
    [
      'the inputs win over the string',
      url('?application_name=a&connect_timeout=3', 'other.example.org:1'),
      {
        parts: {
          ...{ host: 'db.example.org', port: '5432', user: 'owner', password: 'raw', dbname: 'audit' },
          ...{ application_name: 'b', connect_timeout: '7' },
        },
      },
      { user: 'owner', password: 'raw', database: 'audit', connectTimeout: 7, parameters: map({ application_name: 'b' }) },
      OVERRIDE('host, port, user, password, database, application-name, connect-timeout'),
    ],
    ['an input that says the same overrides nothing', url(), { parts: { user: 'app', dbname: 'shop' } }, {}],
    [
      'an input for what was not said overrides nothing',
      url(),
      { parts: { port: '6543' } },
      { hosts: [{ host: 'db.example.org', port: 6543 }] },
    ],
    [
      'another host has other addresses',
      url('?hostaddr=192.0.2.1', 'other.example.org'),
      { parts: { host: 'db.example.org' } },
      {},
      OVERRIDE('host'),
    ],
    [
      'another host has another number of ports',
      url('', 'a.example.org:1,b.example.org:2'),
      { parts: { host: 'db.example.org' } },
      {},
      OVERRIDE('host'),
    ],
    [
      'another host keeps the one port of the string',
      url('', 'a.example.org:6543'),
      { parts: { host: 'db.example.org' } },
      { hosts: [{ host: 'db.example.org', port: 6543 }] },
      OVERRIDE('host'),
    ],
    [
      'other hosts with ports of their own',
      url('', 'a.example.org:1,b.example.org:2'),
      { parts: { host: 'c.example.org,d.example.org', port: '3,4' } },
      {
        hosts: [
          { host: 'c.example.org', port: 3 },
          { host: 'd.example.org', port: 4 },
        ],
      },
      OVERRIDE('host, port'),
      SEVERAL,
    ],
    [
      'the string’s addresses stay while its host stays',
      url('?hostaddr=192.0.2.1'),
      { parts: { port: '6543' } },
      { hosts: [{ host: 'db.example.org', port: 6543, hostaddr: '192.0.2.1' }] },
      ONLY_PROBE('hostaddr'),
    ],

    // Time-outs.
    ['the string’s own time-out over the default', url('?connect_timeout=3'), {}, { connectTimeout: 3 }],
    ['the default where nobody says', url(), { defaults: { connect_timeout: '20' } }, { connectTimeout: 20 }],
    ['0 waits for ever', url('?connect_timeout=0'), {}, { connectTimeout: 0 }],
    ['less than 0 waits for ever too, as in libpq', url('?connect_timeout=-1'), {}, { connectTimeout: 0 }],
    ['a number as C reads it', url('?connect_timeout=%20%2B7%20'), {}, { connectTimeout: 7 }],

    // A password is needed but for a certificate or this machine’s own server.
    ['no password for localhost', 'postgresql://app@localhost/shop', {}, local('localhost')],
    ['no password for a service container', 'postgresql://app@postgres/shop', {}, local('postgres')],
    ['no password for a socket', 'postgresql://app@%2Ftmp/shop', {}, local('/tmp')],
    ['a password for localhost is kept', url('', 'localhost'), {}, { ...local('localhost'), password: SECRET }],
    [
      'several hosts of this machine',
      'postgresql://app@localhost,127.0.0.1/shop',
      {},
      {
        ...local('localhost'),
        hosts: [
          { host: 'localhost', port: 5432 },
          { host: '127.0.0.1', port: 5432 },
        ],
      },
      SEVERAL,
    ],
    [
      'one that is not this machine’s makes them all foreign',
      url('', 'localhost,db.example.org'),
      {},
      {
        hosts: [
          { host: 'localhost', port: 5432 },
          { host: 'db.example.org', port: 5432 },
        ],
      },
      SEVERAL,
    ],

    // sslmode.
    [
      'the input’s mode',
      url('?sslmode=verify-ca'),
      { parts: { sslmode: 'require' } },
      { sslmode: 'require' },
      OVERRIDE('sslmode'),
    ],
    [
      'Neon’s own string is raised',
      url('?sslmode=require&channel_binding=require'),
      {},
      { parameters: map({ channel_binding: 'require' }) },
      'so sslmode is `verify-full`',
    ],
    [
      'a client’s demand is heard',
      url('?sslmode=require&sslaccept=strict'),
      {},
      { foreign: map({ sslaccept: 'strict' }) },
      '`sslaccept` asks for TLS',
      FOREIGN('`sslaccept`', 'is'),
    ],
    ['a mode that only prefers TLS is warned of', url('?sslmode=prefer'), {}, { sslmode: 'prefer' }, WEAK('prefer')],
    ['no TLS is warned of', url('?sslmode=disable'), {}, { sslmode: 'disable' }, WEAK('disable')],
    ['require is kept without a word', url('?sslmode=require'), {}, { sslmode: 'require' }],
    ['verify-ca is kept without a word', url('?sslmode=verify-ca'), {}, { sslmode: 'verify-ca' }],
    [
      'no TLS for one foreign host of two is warned of',
      url('?sslmode=disable', 'localhost,db.example.org'),
      {},
      {
        sslmode: 'disable',
        hosts: [
          { host: 'localhost', port: 5432 },
          { host: 'db.example.org', port: 5432 },
        ],
      },
      SEVERAL,
      WEAK('disable'),
    ],

    // Every other keyword as given.
    [
      'libpq’s other keywords',
      url('?options=-c%20a%3Db&application_name=ci&target_session_attrs=read-write&channel_binding=prefer'),
      {},
      {
        parameters: map({
          ...{ options: '-c a=b', application_name: 'ci', target_session_attrs: 'read-write', channel_binding: 'prefer' },
        }),
      },
    ],
    [
      'what no job ever gets is named',
      url('?require_auth=scram-sha-256&gssencmode=disable&hostaddr=192.0.2.1'),
      {},
      {
        hosts: [{ host: 'db.example.org', port: 5432, hostaddr: '192.0.2.1' }],
        parameters: map({ require_auth: 'scram-sha-256', gssencmode: 'disable' }),
      },
      ONLY_PROBE('require_auth', 'gssencmode', 'hostaddr'),
    ],
    [
      'an address of one host of two is named too',
      url('?hostaddr=,192.0.2.2', 'a.example.org,b.example.org'),
      {},
      {
        hosts: [
          { host: 'a.example.org', port: 5432 },
          { host: 'b.example.org', port: 5432, hostaddr: '192.0.2.2' },
        ],
      },
      ONLY_PROBE('hostaddr'),
      SEVERAL,
    ],
    [
      'parameters of one client',
      url('?schema=app&pgbouncer=true'),
      {},
      { foreign: map({ schema: 'app', pgbouncer: 'true' }) },
      FOREIGN('`schema`, `pgbouncer`', 'are'),
    ],
    ['sslrootcert=system means the public roots', url('?sslrootcert=system'), {}, {}],

    // Neon.
    ['pooled: true', url('', NEON), { pooled: true }, { hosts: [{ host: POOLED, port: 5432 }] }],
    ['pooled: true for the pooled one', url('', POOLED), { pooled: true }, { hosts: [{ host: POOLED, port: 5432 }] }],
    ['pooled: false', url('', `${POOLED}:6543`), { pooled: false }, { hosts: [{ host: NEON, port: 6543 }] }],
    ['pooled not given keeps the host', url('', POOLED), {}, { hosts: [{ host: POOLED, port: 5432 }] }],
    [
      'options=endpoint in a string for Neon',
      url('?options=endpoint%3Dep-x', NEON),
      {},
      { hosts: [{ host: NEON, port: 5432 }] },
      ENDPOINT,
    ],
    [
      'options=endpoint with blanks around',
      url('?options=%20endpoint%3Dep-x%20', NEON),
      {},
      { hosts: [{ host: NEON, port: 5432 }] },
      ENDPOINT,
    ],
    [
      'options=project beside another option',
      url('?options=-c%20a%3Db%20project%3Dep-x%20-c%20c%3Dd', NEON),
      {},
      { hosts: [{ host: NEON, port: 5432 }], parameters: map({ options: '-c a=b -c c=d' }) },
      ENDPOINT,
    ],
    [
      'two of them, encoded once more',
      url('?options=endpoint%253Dep-x%20project%253dp', NEON),
      {},
      { hosts: [{ host: NEON, port: 5432 }] },
      ENDPOINT,
    ],
    [
      'options of another kind for Neon',
      url('?options=%20-c%20my.endpoint%3Dx%20-c%20a%3Db', NEON),
      {},
      { hosts: [{ host: NEON, port: 5432 }], parameters: map({ options: ' -c my.endpoint=x -c a=b' }) },
    ],
    [
      'options=endpoint as an input',
      url('', NEON),
      { parts: { options: 'endpoint=ep-x' } },
      { hosts: [{ host: NEON, port: 5432 }], parameters: map({ options: 'endpoint=ep-x' }) },
    ],
    ['options=endpoint for another server', url('?options=endpoint%3Dx'), {}, { parameters: map({ options: 'endpoint=x' }) }],
    [
      'options=endpoint where one host of two is Neon’s',
      url('?options=endpoint%3Dx', `${NEON},db.example.org`),
      {},
      {
        hosts: [
          { host: NEON, port: 5432 },
          { host: 'db.example.org', port: 5432 },
        ],
      },
      ENDPOINT,
      SEVERAL,
    ],

    // What looks like a broken URL and is none.
    ['an encoded @ in the database', `postgresql://${LOGIN}@db.example.org/a%40b`, {}, { database: 'a@b' }],
    ['an @ in a database behind a user', `postgresql://${LOGIN}@db.example.org/a@b`, {}, { database: 'a@b' }],
    [
      'what stands in a URL does not matter once the host is an input',
      `postgresql://app:x@y/z@w/shop`,
      { parts: { host: 'db.example.org', password: SECRET } },
      { database: 'z@w/shop' },
      OVERRIDE('host, password'),
    ],
    [
      'notices of the spelling come first',
      `psql '${url('?sslmode=prefer')}'`,
      { parts: { user: 'owner' } },
      { sslmode: 'prefer', user: 'owner' },
      'was a `psql` command',
      OVERRIDE('user'),
      WEAK('prefer'),
    ],
    ['a password in brackets', `postgresql://app:[${SECRET}]@db.example.org/shop`, {}, { password: `[${SECRET}]` }, BRACKETS],
    [
      'in angle ones',
      url(),
      { parts: { password: `<<${SECRET}>` } },
      { password: `<<${SECRET}>` },
      OVERRIDE('password'),
      BRACKETS,
    ],
    ['with one bracket alone', url(), { parts: { password: `[${SECRET}` } }, { password: `[${SECRET}` }, OVERRIDE('password')],
    [
      'a value of exactly 8 KiB',
      url(`?application_name=${'é'.repeat(4096)}`),
      {},
      { parameters: map({ application_name: 'é'.repeat(4096) }) },
    ],
  ];

  function local(host: string): Partial<Connection> & { password?: string } {
    const { password: _, ...rest } = DEFAULT;
    return { ...rest, hosts: [{ host, port: 5432 }], sslmode: 'disable', password: undefined as unknown as string };
  }

  const named = rows.map(([rule, text, inputs, change, ...notices]) => ({ rule, text, inputs, change, notices }));
  test.each(named)('$rule', async ({ text, inputs, change, notices }) => {
    const { connection, notices: said } = await settled(text, inputs);
    expect(connection).toEqual({ ...DEFAULT, ...change });
    // Each notice by its text or a telling part of it, and no other.
    expect(said).toEqual(notices.map((notice) => expect.stringContaining(notice)));
    expect(said.join('\n')).not.toContain(SECRET);
  });

  test('an absent password is absent, not undefined', async () => {
    expect((await settled('postgresql://app@postgres/shop')).connection).not.toHaveProperty('password');
  });

  test('certificates are read, checked and have a place of their own', async () => {
    const authority = await ca;
    const client = await authority.issue({ commonName: 'app', usage: 'client' });
    const crl = await authority.revoke([]);
    const parts = { sslrootcert: authority.cert, sslcert: client.cert, sslkey: client.key, sslcrl: crl };
    const { connection } = await settled('postgresql://app@db.example.org/shop?sslpassword=p&hostaddr=192.0.2.1', { parts });
    expect(connection.trust).toEqual({
      ca: authority.cert,
      cert: client.cert,
      key: client.key,
      crl,
      passphrase: 'p',
    });
    expect([...connection.parameters.keys()]).toEqual([]);
    expect(connection).not.toHaveProperty('password');
  });

  test('files are read by what is handed in, and by nothing else', async () => {
    const { cert } = await ca;
    const asked: string[] = [];
    const said = await read(url('?sslrootcert=certs%2Fca.pem'));
    const { connection } = await settle(
      said,
      { parameters: new Map(), defaults: new Map([['connect_timeout', '15']]) },
      (path) => {
        asked.push(path);
        return cert;
      },
    );
    expect({ asked, ca: connection.trust.ca }).toEqual({ asked: ['certs/ca.pem'], ca: cert });
  });
});

describe('what is refused, as the user reads it', () => {
  const broken = (what: string, fix: string): Refusal => ({
    code: 'invalid-connection-string',
    message: `\`connection-string\` ${what}.`,
    fix,
  });
  const part = (name: string, what: string, fix: string): Refusal =>
    broken(`has a part that cannot be used: its ${name} ${what}`, fix);
  const input = (name: string, what: string, fix: string): Refusal => ({
    code: 'invalid-input',
    message: `Input \`${name}\` ${what}.`,
    fix,
  });
  const none = (name: string): Refusal =>
    broken(
      `names no ${name}`,
      `Add the ${name} to the string (postgresql://user:password@host/database), or give it through the \`${name}\` input.`,
    );
  const template = (where: string, name: string): Refusal => ({
    code: 'placeholder-value',
    message: `${where} still holds a placeholder in its ${name}.`,
    fix: 'Put the real value into the secret; on Neon, press Connect and copy the string with the password shown.',
  });
  const planted = (keyword: string, what = 'connection'): Refusal =>
    broken(
      `has \`${keyword}\`, which reads the ${what} from a file that an earlier step or the checked-out code could have put there`,
      `Take \`${keyword}\` out and give what it stands for in the string itself.`,
    );

  const CONTROL = 'holds a line break or another control character';
  const STORE = 'Store the value again as one line, without a line break in it or after it.';
  const LONG = 'is longer than 8 KiB';
  const LOOK = 'Check what was pasted: no part of a connection is that long.';
  const BYTES = 'holds bytes that are not UTF-8';
  const UTF8 = 'Percent-encode the value’s UTF-8 bytes.';
  const AT = broken('has an `@` after the one that ends its user and password', ENCODE);
  const SLASH = broken('has a `/` before its `@`, and a URL’s host ends at the first `/`', ENCODE);
  const EMPTY = part(
    'password',
    'is empty',
    'Give the password: in the string, or raw through the `password` input. If it comes from a secret, check that this job is handed it.',
  );
  const PORT = 'must be a number from 1 to 65535';

  const rows: readonly (readonly [rule: string, text: string, inputs: Inputs, refusal: Refusal])[] = [
    // A connection must not depend on files that others can plant.
    ['a service', url('?service=x'), {}, planted('service')],
    ['a service of a later libpq', url('?servicefile=x'), {}, planted('servicefile')],
    ['a password file', url('?passfile=x'), {}, planted('passfile', 'password')],
    [
      'a folder of revocation lists',
      url('?sslcrldir=x'),
      {},
      broken(
        'has `sslcrldir`, which names a folder of files; give one file through `sslcrl`',
        'Take `sslcrldir` out and give what it stands for in the string itself.',
      ),
    ],
    [
      'a file of the keys',
      url('?sslkeylogfile=x'),
      {},
      broken(
        'has `sslkeylogfile`, which writes the keys of the encryption to a file',
        'Take `sslkeylogfile` out and give what it stands for in the string itself.',
      ),
    ],

    // Protection that nobody here would give.
    [
      'encryption by Kerberos',
      url('?gssencmode=require'),
      {},
      part(
        '`gssencmode`',
        'is `require`, and nothing here can encrypt with Kerberos (GSSAPI)',
        'Use `sslmode=verify-full`, and take `gssencmode` out.',
      ),
    ],
    [
      'the owner of a socket',
      `host=/run/postgresql user=app dbname=shop requirepeer=postgres`,
      {},
      part(
        '`requirepeer`',
        'names the owner of the server’s socket, which not every client can be told and the probe cannot see',
        'Take `requirepeer` out, or connect over TCP, where it does not count.',
      ),
    ],

    // Texts that no client can take.
    ['a line end in the password', `postgresql://app:${SECRET}%0A@db.example.org/shop`, {}, part('password', CONTROL, STORE)],
    ['a NUL’s neighbour in the user', `postgresql://app%01:${SECRET}@db.example.org/shop`, {}, part('user', CONTROL, STORE)],
    ['DEL in the database', url('%7F'), {}, part('database', CONTROL, STORE)],
    ['NEL in the host', url('', 'db%C2%85.example.org'), {}, part('host', CONTROL, STORE)],
    [
      'a tab in the port',
      `host=db.example.org port='5432\t' user=app dbname=shop password=${SECRET}`,
      {},
      part('port', CONTROL, STORE),
    ],
    ['a line end in another keyword', url('?application_name=a%0Ab'), {}, part('`application_name`', CONTROL, STORE)],
    ['a line end in an input', url(), { parts: { password: `${SECRET}\nx` } }, input('password', CONTROL, STORE)],
    ['a line end in the database’s input', url(), { parts: { dbname: 'a\nb' } }, input('database', CONTROL, STORE)],
    ['a line end in a path of a certificate', url(), { parts: { sslrootcert: 'a\nb' } }, input('sslrootcert', CONTROL, STORE)],
    [
      'lines of a certificate where none belongs',
      url(),
      { parts: { sslcertmode: '-----BEGIN\n' } },
      input('sslcertmode', CONTROL, STORE),
    ],
    [
      'a byte that is no UTF-8 in the password',
      `postgresql://app:${SECRET}%FF@db.example.org/shop`,
      {},
      part('password', BYTES, UTF8),
    ],
    ['a byte that is no UTF-8 in the database', url('%C3'), {}, part('database', BYTES, UTF8)],
    ['8 KiB and a byte', url(`?application_name=${'a'.repeat(8193)}`), {}, part('`application_name`', LONG, LOOK)],
    ['bytes count, not characters', url(`?application_name=${'é'.repeat(4097)}`), {}, part('`application_name`', LONG, LOOK)],
    [
      'an input of more than 8 KiB',
      url(),
      { parts: { application_name: 'a'.repeat(8193) } },
      input('application-name', LONG, LOOK),
    ],

    // Templates.
    [
      'a template in the string',
      'postgresql://app:<PASSWORD>@db.example.org/shop',
      {},
      template('`connection-string`', 'password'),
    ],
    ['a template for the database', url().replace('shop', 'your-database'), {}, template('`connection-string`', 'database')],
    ['a template in an input', url(), { parts: { password: '***' } }, template('Input `password`', 'password')],
    ['a template in the database’s input', url(), { parts: { dbname: '<db>' } }, template('Input `database`', 'database')],
    ['a manual’s words', 'postgresql://username:password@db.example.org/shop', {}, template('`connection-string`', 'password')],
    ['a manual’s host', 'postgresql://user:x@host/db', {}, template('`connection-string`', 'host')],
    [
      'a template before the broken rest of a URL',
      'postgresql://<user>:a@b/c@db.example.org/shop',
      {},
      template('`connection-string`', 'user'),
    ],

    // A password that was not percent-encoded, which has cut the URL in the wrong places.
    ['two @', `postgresql://app:${SECRET}@@db.example.org/shop`, {}, AT],
    ['@ and / in the password', `postgresql://app:Hello@World/${SECRET}@db.example.org/shop`, {}, SLASH],
    ['@ and / in the password, and no host left', `postgresql://app:x@/y@${SECRET}/shop`, {}, SLASH],
    ['/ in the password, no database', `postgresql://app:5432/${SECRET}@db.example.org`, {}, SLASH],
    ['/ in the password, and a database', `postgresql://app:5432/${SECRET}@db.example.org/shop`, {}, SLASH],
    [
      '@ in the password',
      `postgresql://app:p@${SECRET}@db.example.org/shop`,
      {},
      broken('has a host with characters that no host name has', ENCODE),
    ],
    ['@, / and ? in the password', `postgresql://app:p@host/word?name=${SECRET}@db.example.org/shop`, {}, AT],
    ['@ and ? in the password', `postgresql://app:p@host?schema=${SECRET}@db.example.org/shop`, {}, AT],
    ['/ and ? in the password', `postgresql://app:p/word?schema=${SECRET}@db.example.org/shop`, {}, SLASH],
    ['/ in the password, which makes a port of its start', `postgresql://app:p/${SECRET}@db.example.org`, {}, SLASH],
    [
      'a port that is none in a whole URL',
      url('', 'db.example.org:5x'),
      {},
      part('port', PORT, 'Correct `port`, or take it out.'),
    ],
    [
      'a port that holds the rest of the login',
      `postgresql://app@db:${SECRET}@db.example.org/shop`,
      {},
      part('port', PORT, ENCODE),
    ],
    [
      'a port in a URL without a user',
      `postgresql://db.example.org:${SECRET}/shop`,
      { parts: { user: 'app' } },
      part('port', PORT, ENCODE),
    ],
    [
      'a piece of the login that looks like a template’s host',
      `postgresql://app@your-db:${SECRET}@db.example.org/shop`,
      {},
      part('port', PORT, ENCODE),
    ],
    [
      'a port that is too large in a URL is no piece of a password',
      url('', 'db.example.org:54320000'),
      {},
      part('port', PORT, 'Correct `port`, or take it out.'),
    ],
    [
      'one of two ports is too large',
      url('', 'a.example.org:5432,b.example.org:70000'),
      {},
      part('port', PORT, 'Correct `port`, or take it out.'),
    ],
    [':// and @ in the password, no database', `postgresql://app:p@https://${SECRET}@db.example.org`, {}, SLASH],
    [
      'a host that is none, in key=value',
      `host=db.example.org:5432 user=app dbname=shop password=${SECRET}`,
      {},
      broken(
        'has a host that is not a host name, an IP address or a socket directory',
        'Give the bare host there, without scheme, user, port or slashes; the port is a part of its own, `port`.',
      ),
    ],
    [
      'a host with a scheme, in JSON',
      `{"host":"https://db.example.org","user":"app","dbname":"shop","password":"${SECRET}"}`,
      {},
      broken('has an address with a scheme of its own where its host belongs', 'Remove `https://` from before the host.'),
    ],
    [
      'a host that is none, as an input',
      url(),
      { parts: { host: 'https://db.example.org' } },
      input(
        'host',
        'is not a host name, an IP address or a socket directory',
        'Give the bare host, without scheme, user, port or slashes; the port has an input of its own.',
      ),
    ],
    [
      'a broken URL whose password is an input',
      `postgresql://app:a@b/c@db.example.org/shop`,
      { parts: { password: SECRET } },
      SLASH,
    ],
    ['an @ in key=value is no broken URL', `host=db.example.org dbname=a@b password=${SECRET}`, {}, none('user')],
    [
      'an @ in the database, and the host an input',
      `postgresql://app:5432/x@y`,
      { parts: { host: 'db.example.org' } },
      none('user'),
    ],

    // Parts that must be there.
    ['no host', `postgresql://${LOGIN}@/shop`, {}, none('host')],
    ['no user', 'postgresql://db.example.org/shop', {}, none('user')],
    ['no database', `postgresql://${LOGIN}@db.example.org`, {}, none('database')],
    ['nothing', 'postgresql://', {}, none('host')],
    ['an address is a host', `postgresql://${LOGIN}@?hostaddr=192.0.2.1`, {}, none('database')],
    ['no password', 'postgresql://app@db.example.org/shop', {}, EMPTY],
    ['no password for one host of two', 'postgresql://app@localhost,db.example.org/shop', {}, EMPTY],

    // What libpq itself would refuse.
    [
      'a port that is none',
      `host=db.example.org port=0 user=app dbname=shop password=${SECRET}`,
      {},
      part('port', PORT, 'Correct `port`, or take it out.'),
    ],
    [
      'a port that is none, as an input',
      url(),
      { parts: { port: '65536' } },
      input('port', PORT, 'Correct `port`, or take it out.'),
    ],
    [
      'a port beside the host’s input',
      url('', 'db.example.org:5x'),
      { parts: { host: 'db.example.com' } },
      part('port', PORT, 'Correct `port`, or take it out.'),
    ],
    [
      'a mode that libpq does not know',
      url('?sslmode=no-verify'),
      {},
      part(
        '`sslmode`',
        'must be `disable`, `allow`, `prefer`, `require`, `verify-ca` or `verify-full`',
        'Correct `sslmode`, or take it out.',
      ),
    ],
    [
      'a keyword is called as in the string',
      url('?load_balance_hosts=x'),
      {},
      part('`load_balance_hosts`', 'must be `disable` or `random`', 'Correct `load_balance_hosts`, or take it out.'),
    ],
    [
      'an input is called as the input is',
      url(),
      { parts: { channel_binding: 'always' } },
      input('channel-binding', 'must be `disable`, `prefer` or `require`', 'Correct `channel-binding`, or take it out.'),
    ],
    [
      'a fault with a fix of its own',
      url('?port=1,2,3'),
      {},
      part('port', 'lists 3 ports for 1 host', 'Give one port for all hosts, or one for each in the same order.'),
    ],

    // Clients’ parameters.
    [
      'a parameter that nobody knows',
      url('?sslmodus=require'),
      {},
      broken('has the parameter `sslmodus`, which nobody knows', 'Did you mean `sslmode`?'),
    ],

    // Neon.
    [
      'pooled for another host',
      url(),
      { pooled: true },
      {
        code: 'pooled-unsupported',
        message: 'Input `pooled` was given, but `db.example.org` is not a Neon host, so it has no pooled or direct form.',
        fix: 'Leave `pooled` empty and give the host that is wanted.',
      },
    ],
    [
      'pooled: false for one host of two',
      url('', `${NEON},db.example.com`),
      { pooled: false },
      {
        code: 'pooled-unsupported',
        message: 'Input `pooled` was given, but `db.example.com` is not a Neon host, so it has no pooled or direct form.',
        fix: 'Leave `pooled` empty and give the host that is wanted.',
      },
    ],
  ];

  test.each(rows)('%s', async (_, text, inputs, refusal) => {
    const refused = await refusalOf(() => settled(text, inputs));
    expect(refused).toEqual(refusal);
    expect(`${refused?.message} ${refused?.fix}`).not.toContain(SECRET);
  });
});

test.each([
  ['dbname', 'database'],
  ['application_name', 'application-name'],
  ['connect_timeout', 'connect-timeout'],
  ['sslmode', 'sslmode'],
])('the input for `%s` is `%s`', (keyword, name) => expect(inputName(keyword)).toBe(name));
