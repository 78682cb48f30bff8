import { createHmac, createPrivateKey, pbkdf2Sync } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Authority, createAuthority, type Leaf, type LeafOptions, selfSigned } from './certificates.ts';
import { type Change, type OwnBed, start } from './postgres-bed.ts';

/** What stands in a string as `$name` and may not be printed. The one that SASLprep changes (RFC 4013), the same as somebody else types it, one that it refuses. */
const SECRETS: Readonly<Record<string, string>> = {
  password: 'c0rrect h@rse "b&ttery" s+aple',
  wrong: 'wrong h@rse',
  prepared: 'pa\u00a0ss\u2168w\u00f6rd\u00ad',
  typed: 'pa ssIXwo\u0308rd',
  unprepared: 'a\u0627\u0628c',
  passphrase: 'open s&same',
};

/** Roles, by the name of their password and what more CREATE ROLE is told. */
const ROLES: readonly (readonly [role: string, password: string, attributes?: string])[] = [
  ['app', 'password'],
  ['other role', 'password'],
  ['umlaut', 'prepared'],
  ['bidi', 'unprepared'],
  ['expired', 'password', "valid until '2020-01-01'"],
  ['locked', 'password', 'nologin'],
  ['full', 'password', 'connection limit 0'],
  ['reader', 'password'],
  ['walker', 'password', 'replication'],
];

/** Databases, by what pg_hba.conf says of them: `TYPE METHOD OPTIONS`. Nobody has made the last one. */
const DATABASES: Readonly<Record<string, string>> = {
  shop: 'host scram-sha-256',
  tlsonly: 'hostssl scram-sha-256',
  plainonly: 'hostnossl scram-sha-256',
  trusting: 'host trust',
  cleartext: 'host password',
  digest: 'host md5',
  refused: 'host reject',
  certified: 'hostssl cert',
  twice: 'hostssl scram-sha-256 clientcert=verify-full',
  known: 'hostssl trust clientcert=verify-ca',
  private: 'host scram-sha-256',
  missing: 'host scram-sha-256',
};
const HBA = Object.entries({ ...DATABASES, replication: 'host scram-sha-256' }).flatMap(([database, rule]) => {
  const [type = '', ...method] = rule.split(' ');
  const lines = ['127.0.0.1/32', '::1/128'].map((address) => `${type} ${database} all ${address} ${method.join(' ')}`);
  return type === 'hostssl' ? lines : [...lines, `local ${database} all ${method.join(' ')}`];
});

/** What the server that `$member` leads to can be turned into. */
const STATES = {
  'a good certificate': { names: ['localhost', 'postgres.test', '127.0.0.1', '::1'] },
  'a certificate of another CA': { names: ['localhost', '127.0.0.1'], by: 'strangers' },
  'a certificate for another name': { names: ['other.test'] },
  'a wildcard certificate': { names: ['*.example.test'] },
  'a certificate with half a wildcard': { names: ['f*.example.test'] },
  'a wildcard right below the root': { names: ['*.test'] },
  'a certificate with a common name only': { commonName: 'localhost' },
  'a certificate with a wildcard as its common name': { commonName: '*.example.test' },
  'a certificate with an address as its common name': { commonName: '127.0.0.1' },
  'a certificate with a common name and the address': { commonName: 'localhost', names: ['127.0.0.1'] },
  'a certificate with a common name and another name': { commonName: 'localhost', names: ['other.test'] },
  'a certificate in capitals': { names: ['LOCALHOST', 'Postgres.Test'] },
  'a self-signed certificate': { names: ['localhost', '127.0.0.1'], by: 'itself' },
  'an expired certificate': { names: ['localhost'], notBefore: new Date(0), notAfter: new Date(Date.now() - 60_000) },
  'a certificate of tomorrow': { names: ['localhost'], notBefore: new Date(Date.now() + 3_600_000) },
  'a revoked certificate': { names: ['localhost'] },
  'a certificate below an intermediate': { names: ['localhost'], by: 'intermediate' },
  'a certificate without its intermediate': { names: ['localhost'], by: 'intermediate', alone: true },
  'a certificate for clients': { names: ['localhost'], usage: 'client' },
  'an RSA certificate': { names: ['localhost'], algorithm: 'rsa-2048' },
  'an Ed25519 certificate': { names: ['localhost'], algorithm: 'ed25519' },
  'a certificate that Ed25519 signed': { names: ['localhost'], by: 'edwards' },
  'TLS 1.2': { settings: { ssl_max_protocol_version: 'TLSv1.2' } },
  'TLS 1.3 alone': { settings: { ssl_min_protocol_version: 'TLSv1.3' } },
  'no TLS': { settings: { ssl: false } },
} as const satisfies Record<string, State>;
export type StateName = keyof typeof STATES;

interface State extends LeafOptions {
  readonly by?: 'strangers' | 'itself' | 'intermediate' | 'edwards';
  /** The intermediate is not sent. */
  readonly alone?: boolean;
  readonly settings?: Change['settings'];
}
const NORMAL = { ssl: true, ssl_min_protocol_version: 'TLSv1.2', ssl_max_protocol_version: '' };

/**
 * Servers that differ, and what strings about them name: their ports and sockets, files with certificates, passwords.
 * `$primary`, a `$standby`, a `$member` whose sessions are read-only and that can be changed, a port that is `$refusing` connections,
 * and one that is `$silent`.
 */
export class Servers {
  /** An empty folder, as libpq's home. */
  readonly home: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'neon-connect-'));
  readonly #names = new Map(Object.entries(SECRETS));
  readonly #logs: number[] = [];
  readonly #buffer = Buffer.alloc(1_048_576);
  readonly #silent = createServer();
  #authorities = {} as Record<'root' | 'strangers' | 'intermediate' | 'edwards', Authority>;
  #leaves = new Map<string, Leaf>();
  readonly #started: OwnBed[] = [];
  #beds: readonly OwnBed[] = [];
  #state: StateName = 'a good certificate';

  constructor() {
    this.home = join(this.#folder, 'home');
    mkdirSync(this.home);
  }

  async start(): Promise<void> {
    const root = await createAuthority({ commonName: 'Server CA' });
    const strangers = await createAuthority({ commonName: 'Unknown CA' });
    const intermediate = await root.intermediate();
    this.#authorities = {
      root,
      strangers,
      intermediate,
      edwards: await createAuthority({ algorithm: 'ed25519', commonName: 'Edwards CA' }),
    };
    const clients = await createAuthority({ commonName: 'Client CA' });
    const settings = {
      ...{ log_connections: 'authorization', log_line_prefix: '', wal_level: 'replica', max_wal_senders: 2 },
      ...{ superuser_reserved_connections: 1, max_replication_slots: 0 },
    };
    const few = ['shop', 'tlsonly', 'plainonly', 'certified'];
    const making = [Object.keys(DATABASES), few, few].map(async (databases) => {
      const bed = await start({ authority: root, hba: HBA, settings });
      this.#started.push(bed);
      await populate(bed, clients.cert, databases);
      return bed;
    });
    const [primary, standby, member] = (await Promise.all(making)) as [OwnBed, OwnBed, OwnBed];
    this.#beds = [primary, standby, member];
    this.#logs.push(...this.#beds.map((bed) => openSync(join(bed.directory, 'log'), 'r')));
    this.#names.set('owner', ownerOf(join(primary.socket ?? '', `.s.PGSQL.${primary.port}`)));
    await this.#keys(primary);
    await becomeStandby(standby);
    await member.reload({ settings: { default_transaction_read_only: true } });
    this.#beds.forEach((bed, at) => {
      const name = ['primary', 'standby', 'member'][at] as string;
      this.#names.set(name, String(bed.port)).set(`${name}socket`, bed.socket ?? '');
    });
    await this.#certificates(clients);
    // Something that takes connections (the kernel does) and never says a word.
    this.#silent.listen(0, '127.0.0.1');
    await once(this.#silent, 'listening');
    this.#names.set('silent', String((this.#silent.address() as AddressInfo).port)).set('refusing', '1');
  }

  /** What `scram_client_key` and `scram_server_key` of the usual role are (RFC 5802, section 3). */
  async #keys(bed: OwnBed): Promise<void> {
    const stored = (await bed.sql("select rolpassword from pg_authid where rolname = 'app'")).rows[0].rolpassword as string;
    const [, iterations, salt = ''] = stored.split(/[$:]/);
    const salted = pbkdf2Sync(SECRETS.password ?? '', Buffer.from(salt, 'base64'), Number(iterations), 32, 'sha256');
    for (const [name, text] of [
      ['clientkey', 'Client Key'],
      ['serverkey', 'Server Key'],
    ] as const)
      this.#names.set(name, createHmac('sha256', salted).update(text).digest('base64'));
  }

  async #certificates(clients: Authority): Promise<void> {
    const { root, strangers, intermediate, edwards } = this.#authorities;
    const app = await clients.issue({ commonName: 'app', usage: 'client' });
    const other = await clients.issue({ commonName: 'other', usage: 'client' });
    const unknown = await strangers.issue({ commonName: 'app', usage: 'client' });
    for (const [name, { by = 'root', ...options }] of Object.entries(STATES as Record<string, State>)) {
      if (!options.names && !options.commonName) continue;
      this.#leaves.set(name, by === 'itself' ? await selfSigned(options) : await this.#authorities[by].issue(options));
    }
    const leaf = (name: StateName): Leaf => this.#leaves.get(name) as Leaf;
    const lists = {
      root: await root.revoke([leaf('a revoked certificate')]),
      intermediate: await intermediate.revoke([]),
      strangers: await strangers.revoke([]),
    };
    const { passphrase = '' } = SECRETS;
    const encrypted = (type: 'pkcs8' | 'sec1'): string =>
      createPrivateKey(app.key).export({ type, format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString();
    const far = await (await clients.intermediate()).issue({ commonName: 'app', usage: 'client' });
    const files = {
      ...{ ca: root.cert, wrongca: strangers.cert, edwardsca: edwards.cert, severalcas: strangers.cert + root.cert },
      ...{ selfsigned: leaf('a self-signed certificate').cert, leafonly: leaf('a good certificate').cert },
      ...{ intermediateonly: intermediate.cert, chainca: intermediate.cert + root.cert },
      ...{ cert: app.chain, key: app.key, othercert: other.chain, otherkey: other.key },
      ...{ unknowncert: unknown.chain, unknownkey: unknown.key, openkey: app.key },
      ...{ encryptedkey: encrypted('pkcs8'), oldkey: encrypted('sec1') },
      ...{ farcert: far.chain, lonecert: far.cert, farkey: far.key },
      ...{ proseca: `Our CA:\r\n${root.cert.replaceAll('\n', '\r\n')}\r\nand thanks\r\n${root.cert}` },
      ...{ crl: lists.root, crls: lists.root + lists.intermediate, reversedcrls: lists.intermediate + lists.root },
      ...{ wrongcrl: lists.strangers, nopem: 'no PEM\n' },
    };
    for (const [name, text] of Object.entries(files)) {
      const file = join(this.#folder, name);
      writeFileSync(file, text, { mode: name === 'openkey' ? 0o644 : 0o600 });
      this.#names.set(name, file);
    }
    this.#names.set('nofile', join(this.#folder, 'nofile'));
  }

  /** The row with its names filled in, as values of a keyword/value string. */
  fill(row: string): string {
    return row.replace(/\$([a-z]+)/g, (_, name: string) => {
      const value = this.#names.get(name);
      if (value === undefined) throw new Error(`nothing is called $${name}`);
      return escaped(value);
    });
  }

  /** The text with the names in place of what they stand for. */
  hide(text: string): string {
    const values = [...this.#names]
      .filter(([, value]) => value.length > 1)
      .flatMap(([name, value]) => {
        return [value, encodeURIComponent(value), escaped(value)].map((form) => [form, `$${name}`] as const);
      });
    values.sort(([a], [b]) => b.length - a.length);
    return values.reduce((hidden, [value, name]) => hidden.replaceAll(value, name), text);
  }

  /** What the servers have logged since the last call, one server after the other. */
  logged(): string {
    const news = this.#logs.map((log) => {
      // From where the last call ended: the whole log, twelve times a row, is a second of a run.
      const length = readSync(log, this.#buffer);
      return this.#buffer.toString('utf8', 0, length);
    });
    return news.join('');
  }

  async turn(name: StateName): Promise<void> {
    if (name === this.#state) return;
    const { settings = {}, alone = false }: State = STATES[name];
    const leaf = this.#leaves.get(name) ?? (this.#leaves.get('a good certificate') as Leaf);
    const certificate = { key: leaf.key, chain: alone ? leaf.cert : leaf.chain };
    await this.#beds[2]?.reload({ certificate, settings: { ...NORMAL, ...settings } });
    this.#state = name;
  }

  async stop(): Promise<void> {
    this.#silent.close();
    for (const log of this.#logs) closeSync(log);
    await Promise.all(this.#started.map((bed) => bed.stop()));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** As a value of a keyword/value string, without quotes. */
const escaped = (value: string): string => value.replace(/[\\' ]/g, '\\$&');

/** Whose file it is. Root hands the servers to another user. */
function ownerOf(file: string): string {
  const { uid } = statSync(file);
  if (uid === process.getuid?.()) return userInfo().username;
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  return users.map((line) => line.split(':')).find(([, , id]) => Number(id) === uid)?.[0] ?? '';
}

/** Makes the roles and databases. */
async function populate(bed: OwnBed, clientCa: string, databases: readonly string[]): Promise<void> {
  await bed.reload({ clientCa });
  const role = (name: string, password: string, attributes = ''): string =>
    `create user ${pg.escapeIdentifier(name)} ${attributes} password ${pg.escapeLiteral(SECRETS[password] ?? '')}`;
  const statements = [
    ...ROLES.map((row) => role(...row)),
    'create role nopassword login',
    'alter role reader set default_transaction_read_only = on',
    "set password_encryption = 'md5'",
    role('old', 'password'),
  ];
  await bed.sql(statements.join(';'));
  // Each on its own: a database cannot be made inside a transaction.
  for (const name of databases) if (name !== 'missing') await bed.sql(`create database "${name}"`);
  if (databases.includes('private')) await bed.sql('revoke connect on database private from public');
}

/** By a crash that finds standby.signal: the server recovers and stays as it is then. */
async function becomeStandby(bed: OwnBed): Promise<void> {
  writeFileSync(join(bed.directory, 'data', 'standby.signal'), '');
  const victim = new pg.Client({ ...bed.superuser, host: '127.0.0.1', port: bed.port });
  victim.on('error', () => {});
  await victim.connect();
  process.kill((await victim.query('select pg_backend_pid() as pid')).rows[0].pid, 'SIGKILL');
  for (;;) {
    const standing = await bed.sql('select pg_is_in_recovery() as yes').catch(() => undefined);
    if (standing?.rows[0].yes) return;
    await sleep(50);
  }
}
