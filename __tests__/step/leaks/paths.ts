import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { StepOptions } from '../../support/runner/step.ts';
import { WAYS_IN } from '../../support/ways-in.ts';

/** A way through the step: what it is given with a password in it, and how it ends. */
export interface Path {
  readonly name: string;
  readonly options: (password: string, index: number) => StepOptions;
  /** `success`, or the problem's code; none where it depends on the password. */
  readonly ends?: RegExp;
  /** It fails before the connection is read: what the password is, the step can only guess. */
  readonly early?: true;
  /** The text cannot be read as it was meant, so that a piece of the password may be taken for something else. */
  readonly broken?: true;
}

export const USER = 'app';
export const PLACE = { host: 'db.example.org', port: 5432 };
const NEON = { host: 'ep-cool-name-123456-pooler.us-east-2.aws.neon.tech', port: 5432 };
const login = (password: string) => ({ user: USER, password, database: 'shop' });

const ways = Object.values(WAYS_IN);
const inputs = (password: string, index: number, place = PLACE): Record<string, string> => ({
  ...(ways[index % ways.length] as (typeof ways)[number])(login(password), place),
});

const encoded = (password: string): string => encodeURIComponent(password).replaceAll("'", '%27');
const url = (password: string, rest = '@db.example.org/shop'): string => `postgresql://app:${encoded(password)}${rest}`;
const parts = { host: 'db.example.org', user: USER, database: 'shop' };
const string = (text: string, more: Record<string, string> = {}): StepOptions => ({
  inputs: { 'connection-string': text, ...more },
});
const fork = readFileSync(path.join(import.meta.dirname, '../../runner/events/pull-request-target-fork.json'), 'utf8');

/** What the workflow asks for besides; all of it holds the password somewhere. */
const WISHES: readonly { readonly inputs: Record<string, string>; readonly place?: typeof PLACE }[] = [
  { inputs: {} },
  { inputs: { clients: 'jdbc, spring, dotnet, vercel, flyway, quarkus, liquibase, laravel' }, place: NEON },
  { inputs: { 'export-env': 'false', 'env-file': '.env' } },
  { inputs: { clients: 'prisma', 'env-prefix': 'AUDIT_' }, place: NEON },
  { inputs: { clients: 'symfony' } },
  { inputs: { clients: 'sqlalchemy-asyncpg' }, place: NEON },
  { inputs: { clients: 'tokio-postgres' } },
  { inputs: { clients: 'ecto' } },
];
/** The wish of a run, so that every wish meets every way in. */
export const wishOf = (index: number): number => Math.floor(index / ways.length) % WISHES.length;

export const SUCCESS: Path = {
  name: 'success',
  ends: /^success$/,
  options: (password, index) => {
    const wish = WISHES[wishOf(index)] as (typeof WISHES)[number];
    return { inputs: { ...inputs(password, index, wish.place), ...wish.inputs } };
  },
};

const failing = (name: string, code: string, options: Path['options']): Path => ({
  name,
  ends: new RegExp(`^(?:${code})$`),
  options,
});
const early = (...path: Parameters<typeof failing>): Path => ({ ...failing(...path), early: true });
const broken = (name: string, text: (password: string) => string, more: Record<string, string> = {}): Path => ({
  name,
  broken: true,
  options: (password) => string(text(password), more),
});

/** Every way to fail that an input alone can bring about, and one for each stage that needs no server. */
export const FAILING: readonly Path[] = [
  failing('a missing part', 'invalid-connection-string', (p) => string(url(p, '@db.example.org'))),
  failing('an unknown parameter', 'invalid-connection-string', (p) => string(`${url(p)}?sslmodus=require`)),
  failing('an unknown parameter that is the password', 'invalid-connection-string', (p) => string(`${url(p)}?x${encoded(p)}=1`)),
  failing('an sslmode that is the password', 'invalid-connection-string', (p) => string(`${url(p)}?sslmode=x${encoded(p)}`)),
  failing('a host that is not allowed', 'host-not-allowed', (p, i) => ({
    inputs: { ...inputs(p, i), 'allowed-hosts': '*.staging' },
  })),
  failing('a database that is not allowed', 'database-not-allowed', (p, i) => ({
    inputs: { ...inputs(p, i), 'allowed-databases': 'test_*' },
  })),
  failing('a bad port', 'invalid-input', (p, i) => ({ inputs: { ...inputs(p, i), port: '65536' } })),
  early('a misspelt sslmode', 'invalid-input', (p, i) => ({ inputs: { ...inputs(p, i), sslmode: 'verify_full' } })),
  failing('clients in conflict', 'client-conflict', (p, i) => ({ inputs: { ...inputs(p, i), clients: 'prisma, symfony' } })),
  failing('an unknown client', 'invalid-input', (p, i) => ({ inputs: { ...inputs(p, i), clients: 'foxpro' } })),
  failing('a prefix that makes a dangerous name', 'invalid-input', (p, i) => ({
    inputs: { ...inputs(p, i), 'env-prefix': 'LD_' },
  })),
  failing('an env-file outside the workspace', 'invalid-input', (p, i) => ({
    inputs: { ...inputs(p, i), 'env-file': '../../x.env' },
  })),
  failing('a host without a pooled form', 'pooled-unsupported', (p, i) => ({ inputs: { ...inputs(p, i), pooled: 'true' } })),
  failing('a CA that is not there', 'invalid-input', (p, i) => ({ inputs: { ...inputs(p, i), sslrootcert: 'no/such/ca.pem' } })),
  early('two sources', 'invalid-input', (p, i) => ({ inputs: { ...inputs(p, i), 'neon-project-id': 'p' } })),
  early('two passwords in a .env block', 'invalid-connection-string', (p) =>
    string(`PGPASSWORD=other-one\nDATABASE_URL=${url(p)}\n`),
  ),
  early('a fork’s pull request with secrets', 'untrusted-event', (p, i) => ({
    inputs: inputs(p, i),
    event: { name: 'pull_request_target', payload: fork },
  })),
  early('the password raw, and another input wrong', 'invalid-input', (p) => ({
    inputs: { ...parts, password: p, 'connect-timeout': '15s' },
  })),
  early('a password without a host', 'missing-connection', (p) => ({ inputs: { user: USER, password: p } })),
  early('the Neon API out of reach, with the password as key', 'neon-unavailable|invalid-input', (p) => ({
    inputs: {
      'neon-api-key': p,
      'neon-project-id': 'cool-forest-12345678',
      'neon-api-host': 'https://127.0.0.1:1/',
      'probe-timeout': '1',
    },
  })),
  failing('a server that refuses', 'connection-refused', (p, i) => ({
    inputs: { ...inputs(p, i, { host: '127.0.0.1', port: 1 }), probe: 'true', 'probe-timeout': '1' },
  })),
  broken('a URL with the password as it is', (p) => `postgresql://app:${p}@db.example.org/shop`),
  broken('the same in a psql command', (p) => `psql 'postgresql://app:${p}@db.example.org/shop'`),
  broken('a URL without a user', (p) => `postgresql://:${p}@db.example.org/shop`),
  broken('a URL with the password in its query', (p) => `postgresql://app@db.example.org/shop?password=${p}&sslmode=require`),
  broken('key=value with a quote that stays open', (p) => `host=db.example.org user=app dbname=shop password='${p}`),
  broken('key=value without quotes', (p) => `host=db.example.org password=${p} user=app dbname=shop`),
  broken('key=value that ends in an unknown keyword', (p) => `host=db.example.org user=app dbname=shop password='${p}' usr=x`),
  broken('JSON without its end', (p) => `{"host":"db.example.org","user":"app","dbname":"shop","password":"${p}"`),
  broken('JSON with the password as it is', (p) => `{"host":"db.example.org","user":"app","dbname":"shop","password":"${p}"}`),
  broken('a .env block', (p) => `PGHOST=db.example.org\nPGUSER=app\nPGDATABASE=shop\nPGPASSWORD=${p}\nexport DEBUG`),
  broken('a JDBC URL', (p) => `jdbc:postgresql://db.example.org/shop?user=app&password=${p}`),
  broken('a line of .pgpass', (p) => `db.example.org:5432:shop:app:${p}`),
  broken('an application’s variables', (p) => `DB_HOST=db.example.org\nDB_USER=app\nDB_NAME=shop\nDB_PASSWORD=${p}`),
  broken('a section of settings', (p) => `[shop]\nhost=db.example.org\nuser=app\ndbname=shop\npassword=${p}`),
  broken(
    'Java’s properties',
    (p) => `spring.datasource.url=jdbc:postgresql://db.example.org/shop\nspring.datasource.password=${p}`,
  ),
  broken('an R2DBC URL', (p) => `r2dbc:postgresql://app:${p}@db.example.org/shop`),
  broken('JSON within JSON', (p) => JSON.stringify({ SecretString: `{"host":"db.example.org","user":"app","password":"${p}"}` })),
  broken('an ADO.NET string', (p) => `Host=db.example.org;Username=app;Password=${p};Database=shop;and`),
  broken('a piece of a program', (p) => `connect(host="db.example.org", user="app", password="${p}")`),
  broken('a URL with other text around it', (p) => `the database is postgresql://app:${p}@db.example.org/shop for now`),
  broken('the password alone', (p) => p),
];
