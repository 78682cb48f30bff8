import { createPrivateKey } from 'node:crypto';
import type { Authority, Leaf } from '../support/certificates.ts';

/** What the scenarios need that is made anew for each run of the tests. */
export interface Material {
  readonly authority: Authority;
  readonly client: Leaf;
}

/** One way to use the step, and exactly what a job has after it. */
export interface Scenario {
  readonly name: string;
  readonly inputs: Readonly<Record<string, string>> | ((material: Material) => Readonly<Record<string, string>>);
  /** Of earlier steps. */
  readonly env?: Readonly<Record<string, string>>;
  /** What differs from COMMON; undefined where there is no such variable. `PRIVATE` stands for the job's private folder. */
  readonly changes?: Readonly<Record<string, string | undefined>>;
  /** Instead of COMMON and changes: every variable. */
  readonly variables?: Readonly<Record<string, string>>;
  /** The notices, in order, each by a part of its text; none when absent. */
  readonly notices?: readonly string[];
  /** Outputs beside those that follow from the variables. */
  readonly outputs?: Readonly<Record<string, string>>;
}

export const PASSWORD = 'p@ss/w0rd-Xy:9';
export const ENCODED = 'p%40ss%2Fw0rd-Xy%3A9';
const LOGIN = `app:${ENCODED}`;
export const url = (host = 'db.example.org:5432', mode = 'verify-full', rest = ''): string =>
  `postgresql://${LOGIN}@${host}/shop?sslmode=${mode}${rest}`;
const GIVEN = `postgresql://${LOGIN}@db.example.org/shop`;
const string = (text: string, more: Record<string, string> = {}): Record<string, string> => ({
  'connection-string': text,
  ...more,
});
const PARTS = { host: 'db.example.org', user: 'app', database: 'shop', password: PASSWORD };

/** What every job has after `GIVEN`. */
export const COMMON: Readonly<Record<string, string>> = {
  PGHOST: 'db.example.org',
  PGPORT: '5432',
  PGUSER: 'app',
  PGPASSWORD: PASSWORD,
  PGDATABASE: 'shop',
  PGSSLMODE: 'verify-full',
  PGSSL: 'verify-full',
  PGSSLROOTCERT: 'PRIVATE/ca.pem',
  PGCONNECT_TIMEOUT: '15',
  DATABASE_URL: url(),
};
const mode = (sslmode: string): Record<string, string | undefined> => ({
  PGSSLMODE: sslmode,
  PGSSL: sslmode === 'disable' ? undefined : sslmode,
  DATABASE_URL: url(undefined, sslmode),
  ...(sslmode.startsWith('verify') ? {} : { PGSSLROOTCERT: undefined }),
});
const local = (host: string): Record<string, string | undefined> => ({
  ...mode('disable'),
  PGHOST: host,
  DATABASE_URL: url(`${host.includes(':') ? `[${host}]` : host}:5432`, 'disable'),
});

const REGION = 'us-east-2.aws.neon.tech';
const DIRECT = `ep-cool-name-123456.${REGION}`;
const POOLED = `ep-cool-name-123456-pooler.${REGION}`;
const neon = (host: string): string => `postgresql://${LOGIN}@${host}/shop`;
const onNeon = (host: string): Record<string, string> => ({
  PGHOST: host,
  DATABASE_URL: url(`${host}:5432`),
  DATABASE_URL_UNPOOLED: url(`${DIRECT}:5432`),
  DIRECT_URL: url(`${DIRECT}:5432`),
});
const NEON_OUTPUTS = { 'database-url-pooled': url(`${POOLED}:5432`), 'database-url-unpooled': url(`${DIRECT}:5432`) };

export const encrypted = (key: string, passphrase: string): string =>
  createPrivateKey(key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString();

/** Variables by which an earlier step could reach into a careless program. */
const PLANTED = {
  PGHOST: 'evil.example.org',
  PGPORT: '1',
  PGUSER: 'evil',
  PGPASSWORD: 'evil-password',
  PGDATABASE: 'evil',
  PGSSLMODE: 'disable',
  PGHOSTADDR: '192.0.2.1',
  PGOPTIONS: '-c role=evil',
  PGSERVICE: 'evil',
  PGAPPNAME: 'evil',
  PGCONNECT_TIMEOUT: '1',
  PGPASSFILE: '/evil',
  DATABASE_URL: 'postgresql://evil:evil@evil.example.org/evil',
};

const PRISMA = `${url(undefined, 'require')}&sslaccept=strict&connect_timeout=15&schema=app&connection_limit=3`;

export const SCENARIOS: readonly Scenario[] = [
  // The spellings.
  { name: 'a URL', inputs: string(GIVEN) },
  { name: 'a URL with a mode of its own', inputs: string(`${GIVEN}?sslmode=require`), changes: mode('require') },
  {
    name: 'a psql command with its line end',
    inputs: string(`psql '${GIVEN}'\n`),
    notices: ['a line end after it', '`psql` command'],
  },
  { name: 'parts alone', inputs: PARTS },
  { name: 'key=value', inputs: string(`host=db.example.org user=app password='${PASSWORD}' dbname=shop`) },
  {
    name: 'a JDBC URL',
    inputs: string(`jdbc:postgresql://db.example.org/shop?user=app&password=${ENCODED}`),
    notices: ['is a jdbc: URL'],
  },
  {
    name: 'a .env block',
    inputs: string(`# Neon\nPGHOST='db.example.org'\nPGUSER=app\nPGPASSWORD='${PASSWORD}'\nPGDATABASE=shop\n`),
    notices: ['a line end after it', 'a list of variables; the PG* ones were'],
  },
  {
    name: 'export DATABASE_URL=',
    inputs: string(`export DATABASE_URL="${GIVEN}"`),
    notices: ['a list of variables; `DATABASE_URL` was'],
  },
  {
    name: 'a JSON secret of AWS',
    inputs: string(
      JSON.stringify({
        engine: 'postgres',
        host: 'db.example.org',
        port: 5432,
        username: 'app',
        password: PASSWORD,
        dbname: 'shop',
      }),
    ),
  },
  { name: 'JSON with a uri', inputs: string(JSON.stringify({ uri: GIVEN })) },
  {
    name: 'SQLAlchemy’s scheme',
    inputs: string(GIVEN.replace('postgresql', 'postgresql+asyncpg')),
    notices: ['names the driver `asyncpg`'],
  },
  {
    name: 'a byte order mark, blanks and quotes',
    inputs: string(`\uFEFF  "${GIVEN}" `),
    notices: ['byte order mark', 'blanks around', 'quotes around'],
  },

  // This machine and service containers: no TLS, and no file of roots.
  { name: 'localhost', inputs: { ...PARTS, host: 'localhost' }, changes: local('localhost') },
  { name: 'a loopback address', inputs: { ...PARTS, host: '127.0.0.1' }, changes: local('127.0.0.1') },
  { name: 'an IPv6 loopback address', inputs: { ...PARTS, host: '::1' }, changes: local('::1') },
  { name: 'a service container', inputs: { ...PARTS, host: 'postgres' }, changes: local('postgres') },
  {
    name: 'a service container without a password',
    inputs: { host: 'postgres', user: 'app', database: 'shop' },
    changes: { ...local('postgres'), PGPASSWORD: undefined, DATABASE_URL: 'postgresql://app@postgres:5432/shop?sslmode=disable' },
  },
  {
    name: 'localhost with a mode',
    inputs: { ...PARTS, host: 'localhost', sslmode: 'require' },
    changes: { ...mode('require'), PGHOST: 'localhost', DATABASE_URL: url('localhost:5432', 'require') },
  },

  // TLS.
  {
    name: 'a private CA',
    inputs: ({ authority }) => string(GIVEN, { sslrootcert: authority.cert }),
    changes: { NODE_EXTRA_CA_CERTS: 'PRIVATE/ca.pem' },
  },
  {
    name: 'a private CA under require, as libpq takes it',
    inputs: ({ authority }) => string(`${GIVEN}?sslmode=require`, { sslrootcert: authority.cert }),
    changes: { ...mode('verify-ca'), NODE_EXTRA_CA_CERTS: 'PRIVATE/ca.pem' },
    notices: ['`sslrootcert` makes libpq check the CA'],
  },
  {
    name: 'a private CA on localhost',
    inputs: ({ authority }) => ({ ...PARTS, host: 'localhost', sslrootcert: authority.cert }),
    changes: { PGHOST: 'localhost', NODE_EXTRA_CA_CERTS: 'PRIVATE/ca.pem', DATABASE_URL: url('localhost:5432') },
  },
  {
    name: 'a private CA whose lines were lost',
    inputs: ({ authority }) => string(GIVEN, { sslrootcert: authority.cert.trim().replaceAll('\n', '\\n') }),
    changes: { NODE_EXTRA_CA_CERTS: 'PRIVATE/ca.pem' },
  },
  {
    name: 'a client certificate instead of a password',
    inputs: ({ client }) => ({ host: 'db.example.org', user: 'app', database: 'shop', sslcert: client.cert, sslkey: client.key }),
    changes: {
      PGPASSWORD: undefined,
      PGSSLCERT: 'PRIVATE/client.pem',
      PGSSLKEY: 'PRIVATE/client.key',
      DATABASE_URL: 'postgresql://app@db.example.org:5432/shop?sslmode=verify-full',
    },
  },
  {
    name: 'a client key with a passphrase',
    inputs: ({ client }) =>
      string(`${GIVEN}?sslpassword=open-Sesame-77`, { sslcert: client.cert, sslkey: encrypted(client.key, 'open-Sesame-77') }),
    changes: { PGSSLCERT: 'PRIVATE/client.pem', PGSSLKEY: 'PRIVATE/client.key' },
  },
  {
    name: 'Neon’s channel_binding=require',
    inputs: string(`${GIVEN}?sslmode=require&channel_binding=require`),
    notices: ['`channel_binding` is `require`, for protection against a man in the middle'],
  },
  {
    name: 'the same, with the input sslmode: require',
    inputs: string(`${GIVEN}?sslmode=require&channel_binding=require`, { sslmode: 'require' }),
    changes: mode('require'),
  },
  {
    name: 'channel-binding as an input',
    inputs: string(GIVEN, { 'channel-binding': 'require' }),
    changes: { PGCHANNELBINDING: 'require' },
  },
  {
    name: 'sslmode=allow',
    inputs: string(`${GIVEN}?sslmode=allow`),
    changes: mode('prefer'),
    notices: ['`allow` as sslmode is not known to all clients', 'sslmode is `prefer`'],
  },
  {
    name: 'no TLS, because somebody said so',
    inputs: string(GIVEN, { sslmode: 'disable' }),
    changes: mode('disable'),
    notices: ['sslmode is `disable`'],
  },

  // Parameters.
  {
    name: 'options, application_name, target_session_attrs',
    inputs: string(
      `${GIVEN}?options=-c%20search_path%3Dapp&application_name=ci&target_session_attrs=read-write&connect_timeout=7`,
    ),
    changes: { PGOPTIONS: '-c search_path=app', PGAPPNAME: 'ci', PGTARGETSESSIONATTRS: 'read-write', PGCONNECT_TIMEOUT: '7' },
  },
  {
    name: 'variables that no job ever gets',
    inputs: string(`${GIVEN}?hostaddr=192.0.2.7&require_auth=scram-sha-256&gssencmode=disable&sslcertmode=disable`),
    notices: ['At most the probe uses `require_auth`, `gssencmode`, `sslcertmode`, `hostaddr`'],
  },
  {
    name: 'inputs override the string',
    inputs: string(GIVEN, { port: '6543', 'application-name': 'ci', 'connect-timeout': '3' }),
    changes: { PGPORT: '6543', PGAPPNAME: 'ci', PGCONNECT_TIMEOUT: '3', DATABASE_URL: url('db.example.org:6543') },
  },
  {
    name: 'inputs override parts that were there',
    inputs: string(GIVEN.replace('app:', 'other:').replace('.org/', '.org:5433/'), {
      user: 'app',
      port: '5432',
      password: PASSWORD,
    }),
    notices: ['override these parts of `connection-string`: port, user.'],
  },
  {
    name: 'Prisma’s parameters, for Prisma',
    inputs: string(`${GIVEN}?schema=app&connection_limit=3`, { clients: 'prisma' }),
    changes: { DATABASE_URL: PRISMA, DIRECT_URL: PRISMA },
    notices: ['`schema`, `connection_limit` in `connection-string` are for one client only'],
  },
  {
    name: 'Prisma’s parameters, for nobody',
    inputs: string(`${GIVEN}?schema=app`),
    notices: ['`schema` in `connection-string` is for one client only'],
  },
  {
    name: 'several hosts',
    inputs: string(`postgresql://${LOGIN}@a.example.org:5432,b.example.org:5433/shop`),
    changes: {
      PGHOST: 'a.example.org,b.example.org',
      PGPORT: '5432,5433',
      DATABASE_URL: url('a.example.org:5432,b.example.org:5433'),
    },
    notices: ['Several hosts'],
  },
  {
    name: 'variables of another client',
    inputs: { ...PARTS, host: 'postgres', clients: 'jdbc' },
    changes: {
      ...local('postgres'),
      JDBC_DATABASE_URL: 'jdbc:postgresql://postgres:5432/shop?sslmode=disable&connectTimeout=15',
      JDBC_DATABASE_USERNAME: 'app',
      JDBC_DATABASE_PASSWORD: PASSWORD,
    },
  },

  // Neon.
  { name: 'a Neon host', inputs: string(neon(DIRECT)), changes: onNeon(DIRECT), outputs: NEON_OUTPUTS },
  { name: 'a pooled Neon host', inputs: string(neon(POOLED)), changes: onNeon(POOLED), outputs: NEON_OUTPUTS },
  { name: 'pooled: true', inputs: string(neon(DIRECT), { pooled: 'true' }), changes: onNeon(POOLED), outputs: NEON_OUTPUTS },
  { name: 'pooled: false', inputs: string(neon(POOLED), { pooled: 'false' }), changes: onNeon(DIRECT), outputs: NEON_OUTPUTS },
  {
    name: 'options=endpoint in the string',
    inputs: string(`${neon(DIRECT)}?options=endpoint%3Dep-cool-name-123456`),
    changes: onNeon(DIRECT),
    outputs: NEON_OUTPUTS,
    notices: ['`options=endpoint=…` is only for clients that send no SNI'],
  },
  {
    name: 'options=endpoint as an input',
    inputs: string(neon(DIRECT), { options: 'endpoint=ep-cool-name-123456' }),
    changes: { ...onNeon(DIRECT), PGOPTIONS: 'endpoint=ep-cool-name-123456' },
    outputs: NEON_OUTPUTS,
  },

  // How it is handed over.
  { name: 'export-env: false', inputs: string(GIVEN, { 'export-env': 'false' }), variables: {}, outputs: { exported: '' } },
  {
    name: 'env-prefix',
    inputs: string(GIVEN, { 'env-prefix': 'AUDIT_' }),
    variables: Object.fromEntries(Object.entries(COMMON).map(([name, value]) => [`AUDIT_${name}`, value])),
  },
  {
    name: 'allowed hosts and databases',
    inputs: string(GIVEN, { 'allowed-hosts': 'x.example.com, *.Example.org', 'allowed-databases': 'sh?p' }),
  },

  // What stands in the environment already.
  { name: 'PG* variables of earlier steps', inputs: string(GIVEN), env: PLANTED },
  { name: 'PG* variables of earlier steps, beside parts', inputs: PARTS, env: PLANTED },
  {
    name: 'inputs that nobody declared',
    inputs: string(GIVEN),
    env: { INPUT_SSLCRL: '/evil', INPUT_PASSFILE: '/evil', INPUT_SERVICE: 'evil', INPUT_DBNAME: 'evil' },
  },
  {
    name: 'variables that weaken Node',
    inputs: string(GIVEN),
    env: {
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      SSL_CERT_FILE: '/evil',
      HTTPS_PROXY: 'http://evil.example.org:1',
      LANG: 'tr_TR.UTF-8',
    },
  },
];
