import { writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Connection } from '../../src/connection/connection.ts';
import type { Code, Stage } from '../../src/problems/index.ts';
import { type Authority, createAuthority, type Leaf, selfSigned } from '../support/certificates.ts';
import { type OwnBed, start } from '../support/postgres-bed.ts';
import { connectionTo, expectProblem, PASSWORD, run, SHORT_MS } from './row.ts';

/** A real server, and everything that rows need on it. */
let bed: OwnBed;
let clients: Authority;
let strangers: Authority;
const certificates = {} as Record<'app' | 'other' | 'unknown', Leaf>;

const HBA = [
  'host    trusting   all 127.0.0.1/32 trust',
  'host    refused    all 127.0.0.1/32 reject',
  'host    identified all 127.0.0.1/32 ident',
  'host    cleartext  all 127.0.0.1/32 password',
  'host    digest     all 127.0.0.1/32 md5',
  'hostssl certified  all 127.0.0.1/32 cert',
  'hostssl both       all 127.0.0.1/32 scram-sha-256 clientcert=verify-full',
  'hostssl tlsonly    all 127.0.0.1/32 scram-sha-256',
  'host    shop,closed,postgres all 127.0.0.1/32 scram-sha-256',
  'host    "no such"  all 127.0.0.1/32 scram-sha-256',
  'host    private    all 127.0.0.1/32 scram-sha-256',
  'host    small      all 127.0.0.1/32 scram-sha-256',
  'host    replication walker 127.0.0.1/32 scram-sha-256',
];
const DATABASES = [
  'trusting',
  'refused',
  'identified',
  'cleartext',
  'digest',
  'certified',
  'both',
  'tlsonly',
  'shop',
  'private',
  'elsewhere',
];

beforeAll(async () => {
  clients = await createAuthority({ commonName: 'Client CA' });
  strangers = await createAuthority({ commonName: 'Unknown CA' });
  certificates.app = await clients.issue({ commonName: 'app', usage: 'client' });
  certificates.other = await clients.issue({ commonName: 'other', usage: 'client' });
  certificates.unknown = await strangers.issue({ commonName: 'app', usage: 'client' });
  bed = await start({
    maxConnections: 12,
    hba: HBA,
    settings: { superuser_reserved_connections: 3, wal_level: 'replica', max_wal_senders: 1, log_disconnections: true },
  });
  await bed.reload({ clientCa: clients.cert });
  await bed.createRole('app', PASSWORD);
  await bed.createRole('nopassword', 'x');
  await bed.sql('alter role nopassword password null');
  await bed.createRole('expired', PASSWORD, "valid until '2020-01-01'");
  await bed.sql(`create role grouponly nologin password '${PASSWORD.replaceAll("'", "''")}'`);
  await bed.createRole('readonly', PASSWORD);
  await bed.createRole('walker', PASSWORD, 'replication');
  await bed.sql('alter role readonly set default_transaction_read_only = on');
  await bed.createRole('single', PASSWORD, 'connection limit 0');
  await bed.createRole('umläut', 'pa\u00a0ss\u2168wörd\u00ad');
  await bed.createRole('bidi', 'a\u0627\u0628c');
  await bed.sql(`set password_encryption = 'md5'; create role old login password '${PASSWORD.replaceAll("'", "''")}'`);
  for (const database of DATABASES) await bed.createDatabase(database);
  await bed.sql('create database closed allow_connections false');
  await bed.sql('create database small connection limit 0');
  await bed.sql('revoke connect on database private from public');
});
afterAll(() => bed?.stop());

type Changes = Partial<Connection> & { params?: Record<string, string> };
const at = (changes: Changes = {}): Connection =>
  connectionTo(bed.port, { sslmode: 'verify-full', trust: { ca: bed.ca }, ...changes });
const host = (name: string): Connection['hosts'] => [{ host: name, hostaddr: '127.0.0.1', port: bed.port }];
const client = (leaf: Leaf): Connection['trust'] => ({ ca: bed.ca, cert: leaf.cert, key: leaf.key });

type Row = readonly [name: string, changes: () => Changes, stage: Stage, code: Code, retry?: boolean, says?: RegExp];

const again = true;
const ROWS: readonly Row[] = [
  ['no CA given for a private one', () => ({ trust: {} }), 'certificate', 'certificate-unknown-ca'],
  ['another CA given', () => ({ trust: { ca: strangers.cert } }), 'certificate', 'certificate-unknown-ca', false, /sslrootcert/],
  [
    'another CA with require',
    () => ({ sslmode: 'require', trust: { ca: strangers.cert } }),
    'certificate',
    'certificate-unknown-ca',
  ],
  [
    'a name that is not in the certificate',
    () => ({ hosts: host('other.test') }),
    'certificate',
    'certificate-hostname-mismatch',
    false,
    /`postgres\.test`/,
  ],
  [
    'an address that is not in the certificate',
    () => ({ hosts: host('192.0.2.1') }),
    'certificate',
    'certificate-hostname-mismatch',
  ],
  ['a wrong password', () => ({ password: 'wrong' }), 'authenticate', 'password-rejected'],
  ['a role that does not exist', () => ({ user: 'nobody' }), 'authenticate', 'password-rejected'],
  ['a role without a password', () => ({ user: 'nopassword' }), 'authenticate', 'password-rejected'],
  ['a password that has expired', () => ({ user: 'expired' }), 'authenticate', 'password-rejected'],
  ['no password given', () => ({ password: '' }), 'authenticate', 'password-missing'],
  ['a role that may not log in', () => ({ user: 'grouponly' }), 'authenticate', 'role-not-permitted'],
  ['a role that the machine does not vouch for', () => ({ database: 'identified' }), 'authenticate', 'role-not-permitted'],
  ['a trusted role that does not exist', () => ({ database: 'trusting', user: 'nobody' }), 'authenticate', 'role-not-permitted'],
  ['a reject line', () => ({ database: 'refused' }), 'authenticate', 'no-hba-entry', false, /with TLS/],
  ['no line', () => ({ database: 'elsewhere' }), 'authenticate', 'no-hba-entry'],
  [
    'no line without TLS',
    () => ({ database: 'tlsonly', sslmode: 'disable' }),
    'authenticate',
    'no-hba-entry',
    false,
    /without TLS/,
  ],
  ['no client certificate', () => ({ database: 'certified' }), 'authenticate', 'client-certificate-required'],
  ['no client certificate beside the password', () => ({ database: 'both' }), 'authenticate', 'client-certificate-required'],
  [
    'a client certificate held back',
    () => ({ database: 'certified', trust: client(certificates.app), params: { sslcertmode: 'disable' } }),
    'authenticate',
    'client-certificate-required',
  ],
  [
    'a client certificate of another user',
    () => ({ database: 'certified', trust: client(certificates.other) }),
    'authenticate',
    'client-certificate-rejected',
  ],
  [
    'a client certificate of an unknown CA',
    () => ({ database: 'certified', trust: client(certificates.unknown) }),
    'authenticate',
    'client-certificate-rejected',
    false,
    /CA/,
  ],
  ['a database that does not exist', () => ({ database: 'no such' }), 'authenticate', 'database-not-found'],
  ['a database that is closed', () => ({ database: 'closed' }), 'authenticate', 'permission-denied'],
  ['a database without the right to connect', () => ({ database: 'private' }), 'authenticate', 'permission-denied'],
  ['a role at its limit', () => ({ user: 'single' }), 'authenticate', 'too-many-connections', again],
  ['a database at its limit', () => ({ database: 'small' }), 'authenticate', 'too-many-connections', again],
  [
    'an option that does not exist',
    () => ({ params: { options: '-c no_such_setting=1' } }),
    'authenticate',
    'startup-parameter-rejected',
    false,
    /no_such_setting/,
  ],
  [
    'an option with a wrong value',
    () => ({ params: { options: '-c work_mem=much' } }),
    'authenticate',
    'startup-parameter-rejected',
  ],
  [
    'Neon’s option on another server',
    () => ({ params: { options: 'endpoint=ep-x' } }),
    'authenticate',
    'startup-parameter-rejected',
  ],
  [
    'an encoding that does not exist',
    () => ({ params: { client_encoding: 'no-such' } }),
    'authenticate',
    'startup-parameter-rejected',
  ],
  [
    'a client certificate demanded, and none given',
    () => ({ params: { sslcertmode: 'require' } }),
    'authenticate',
    'authentication-downgrade',
    false,
    /none was given/,
  ],
  [
    'a client certificate demanded, and no TLS',
    () => ({ sslmode: 'disable', trust: client(certificates.app), params: { sslcertmode: 'require' } }),
    'authenticate',
    'authentication-downgrade',
    false,
    /without TLS/,
  ],
  [
    'channel binding without TLS',
    () => ({ sslmode: 'disable', params: { channel_binding: 'require' } }),
    'authenticate',
    'channel-binding-unavailable',
  ],
  [
    'channel binding and a trust line',
    () => ({ database: 'trusting', params: { channel_binding: 'require' } }),
    'authenticate',
    'channel-binding-unavailable',
  ],
  [
    'channel binding and a cleartext line',
    () => ({ database: 'cleartext', params: { channel_binding: 'require' } }),
    'authenticate',
    'channel-binding-unavailable',
  ],
  [
    'require_auth and a trust line',
    () => ({ database: 'trusting', params: { require_auth: 'scram-sha-256' } }),
    'authenticate',
    'authentication-downgrade',
  ],
  [
    'require_auth and a cleartext line',
    () => ({ database: 'cleartext', params: { require_auth: 'scram-sha-256,md5' } }),
    'authenticate',
    'authentication-downgrade',
  ],
  [
    'require_auth and an md5 line',
    () => ({ database: 'digest', user: 'old', params: { require_auth: '!md5' } }),
    'authenticate',
    'authentication-downgrade',
  ],
  [
    'require_auth=none and a SCRAM line',
    () => ({ params: { require_auth: 'none' } }),
    'authenticate',
    'authentication-downgrade',
  ],
  [
    'a read-only role, and read-write is wanted',
    () => ({ user: 'readonly', params: { target_session_attrs: 'read-write' } }),
    'query',
    'session-read-only',
    again,
  ],
  [
    'a primary, and a standby is wanted',
    () => ({ params: { target_session_attrs: 'standby' } }),
    'query',
    'session-read-only',
    again,
  ],
];

describe('a real PostgreSQL refuses', () => {
  test.each(ROWS.map((row) => ({ name: row[0], row })))('$name', async ({ row }) => {
    const [, changes, stage, code, retry = false, says] = row;
    const outcome = await run(at(changes()), { timeoutMs: SHORT_MS });
    expectProblem(outcome, { stage, code, retry }, SHORT_MS);
    if (says) expect(outcome.problem?.message).toMatch(says);
  });
});

describe('a real PostgreSQL lets in', () => {
  const works: readonly (readonly [name: string, changes: () => Changes, proof: object])[] = [
    [
      'with SCRAM bound to the channel',
      () => ({ params: { channel_binding: 'require', require_auth: 'scram-sha-256' } }),
      {
        authentication: 'scram-sha-256-plus',
        tlsVersion: 'TLSv1.3',
        serverVersion: expect.stringMatching(/^18\./),
        wouldVerifyFull: { ok: true, with: 'given' },
      },
    ],
    ['with SCRAM alone', () => ({ params: { channel_binding: 'disable' } }), { authentication: 'scram-sha-256' }],
    ['without TLS', () => ({ sslmode: 'disable' }), { authentication: 'scram-sha-256' }],
    [
      'with TLS from the first byte',
      () => ({ params: { sslnegotiation: 'direct' } }),
      {
        authentication: 'scram-sha-256-plus',
        stages: expect.not.arrayContaining([expect.objectContaining({ stage: 'negotiate' })]),
      },
    ],
    ['with md5', () => ({ database: 'digest', user: 'old' }), { authentication: 'md5' }],
    ['with a password in clear, over verified TLS', () => ({ database: 'cleartext' }), { authentication: 'password' }],
    ['with nothing', () => ({ database: 'trusting' }), { authentication: 'none' }],
    ['with a client certificate', () => ({ database: 'certified', trust: client(certificates.app) }), { authentication: 'none' }],
    [
      'with a client certificate and a password',
      () => ({ database: 'both', trust: client(certificates.app) }),
      { authentication: 'scram-sha-256-plus' },
    ],
    [
      'with a client certificate that is demanded',
      () => ({ trust: client(certificates.app), params: { sslcertmode: 'require' } }),
      { authentication: 'scram-sha-256-plus' },
    ],
    [
      'with sslmode=verify-ca under another name',
      () => ({ sslmode: 'verify-ca', hosts: host('other.test') }),
      { wouldVerifyFull: { ok: false, code: 'certificate-hostname-mismatch', reason: expect.any(String) } },
    ],
    [
      'with sslmode=require, and says that verify-full would not do',
      () => ({ sslmode: 'require', trust: {} }),
      { wouldVerifyFull: { ok: false, code: 'certificate-unknown-ca', reason: expect.any(String) } },
    ],
    ['with sslmode=prefer', () => ({ sslmode: 'prefer', trust: {} }), { tlsVersion: 'TLSv1.3' }],
    [
      'with sslmode=allow, where it must be TLS',
      () => ({ sslmode: 'allow', trust: {}, database: 'tlsonly' }),
      { tlsVersion: 'TLSv1.3' },
    ],
    ['with sslmode=allow, without TLS', () => ({ sslmode: 'allow', trust: {} }), { authentication: 'scram-sha-256' }],
    ['with a password that SASLprep changes', () => ({ user: 'umläut', password: 'pa ssIXwörd' }), { user: 'umläut' }],
    ['with a password that SASLprep refuses', () => ({ user: 'bidi', password: 'a\u0627\u0628c' }), { user: 'bidi' }],
    ['with protocol 3.2', () => ({ params: { max_protocol_version: 'latest' } }), { authentication: 'scram-sha-256-plus' }],
    [
      'with settings',
      () => ({ params: { options: '-c work_mem=8MB', application_name: 'probe test', client_encoding: 'LATIN1' } }),
      {},
    ],
    [
      'as a client of physical replication, which knows no SELECT',
      () => ({ user: 'walker', params: { replication: 'true' } }),
      { user: 'walker', serverVersion: expect.stringMatching(/^18\./) },
    ],
    [
      'under one of several hosts',
      () => ({
        hosts: [{ host: '127.0.0.1', port: 1 }, ...host('localhost')] as unknown as Connection['hosts'],
        params: { target_session_attrs: 'primary', load_balance_hosts: 'random' },
      }),
      { host: 'localhost' },
    ],
  ];
  test.each(works.map(([name, changes, proof]) => ({ name, changes, proof })))('$name', async ({ changes, proof }) => {
    const outcome = await run(at(changes()));
    if (outcome.problem) throw outcome.problem;
    expect(outcome.proof).toMatchObject(proof);
  });

  test('over a Unix socket', async () => {
    if (!bed.socket) return;
    const { proof, problem } = await run(
      at({
        hosts: [{ host: bed.socket, port: bed.port }],
        user: 'postgres',
        password: bed.superuser.password,
        database: 'postgres',
      }),
    );
    if (problem) throw problem;
    expect(proof).toMatchObject({ authentication: 'scram-sha-256' });
    expect(proof?.tlsVersion).toBeUndefined();
  });

  describe('and hears a goodbye', () => {
    /** What the server logs about the next session of `leaver`, down to its end. */
    const session = async (connect: () => Promise<unknown>): Promise<string> => {
      const before = bed.log().length;
      await connect();
      for (;;) {
        const logged = bed.log().slice(before);
        if (/disconnection: .* user=leaver /.test(logged)) return logged;
        await sleep(10);
      }
    };
    const GONE = /unexpected EOF on client connection|could not receive data from client/;
    beforeAll(async () => {
      await bed.createRole('leaver', PASSWORD);
      // It says so at this level only.
      await bed.sql('alter role leaver set log_min_messages = debug1');
    });

    test.each([
      { how: 'over TLS', changes: {} },
      { how: 'without TLS', changes: { sslmode: 'disable', trust: {} } },
    ] as const)('$how', async ({ changes }) => {
      expect(
        await session(async () => expect((await run(at({ user: 'leaver', ...changes }))).problem).toBeUndefined()),
      ).not.toMatch(GONE);
    });

    test('and would tell of a client that just vanishes', async () => {
      const vanish = async () => {
        const client = new pg.Client({ host: '127.0.0.1', port: bed.port, user: 'leaver', password: PASSWORD, database: 'shop' });
        client.on('error', () => {});
        await client.connect();
        (client as unknown as { connection: pg.Connection }).connection.stream.destroy();
      };
      expect(await session(vanish)).toMatch(GONE);
    });
  });
});

describe('a server whose certificate', () => {
  const HOUR = 3_600_000;
  const from = (ms: number) => new Date(Date.now() + ms);
  const names = ['localhost', '127.0.0.1'];
  type Case = readonly [
    name: string,
    leaf: () => Promise<{ chain: string; key: string }>,
    changes: () => Changes,
    code: Code | 'ok',
  ];
  const cases: readonly Case[] = [
    ['is signed by itself', () => selfSigned({ names }), () => ({}), 'certificate-self-signed'],
    ['is signed by itself, under require', () => selfSigned({ names }), () => ({ sslmode: 'require', trust: {} }), 'ok'],
    [
      'has expired',
      () => bed.authority.issue({ names, notBefore: from(-48 * HOUR), notAfter: from(-24 * HOUR) }),
      () => ({}),
      'certificate-expired',
    ],
    [
      'begins tomorrow',
      () => bed.authority.issue({ names, notBefore: from(24 * HOUR), notAfter: from(48 * HOUR) }),
      () => ({}),
      'certificate-not-yet-valid',
    ],
    [
      'has only a common name, asked by address',
      () => bed.authority.issue({ commonName: '127.0.0.1' }),
      () => ({}),
      'certificate-hostname-mismatch',
    ],
    [
      'has only a common name, asked by it',
      () => bed.authority.issue({ commonName: 'localhost' }),
      () => ({ hosts: host('localhost') }),
      'ok',
    ],
    [
      'has only addresses, asked by name',
      () => bed.authority.issue({ names: ['127.0.0.1'], commonName: 'other.test' }),
      () => ({ hosts: host('localhost') }),
      'certificate-hostname-mismatch',
    ],
    [
      'has a wildcard, one label',
      () => bed.authority.issue({ names: ['*.db.test'] }),
      () => ({ hosts: host('eu.db.test') }),
      'ok',
    ],
    [
      'has a wildcard, two labels',
      () => bed.authority.issue({ names: ['*.db.test'] }),
      () => ({ hosts: host('a.eu.db.test') }),
      'certificate-hostname-mismatch',
    ],
    [
      'comes without its intermediate',
      async () => {
        const between = await bed.authority.intermediate({ commonName: 'Test Intermediate CA' });
        const { cert, key } = await between.issue({ names });
        return { chain: cert, key };
      },
      () => ({}),
      'certificate-chain-incomplete',
    ],
    ['comes with its intermediate', async () => (await bed.authority.intermediate()).issue({ names }), () => ({}), 'ok'],
    ['is for a client', () => bed.authority.issue({ names, usage: 'client' }), () => ({}), 'certificate-invalid'],
    [
      'is of Ed25519, and bound',
      () => bed.authority.issue({ names, algorithm: 'ed25519' }),
      () => ({ params: { channel_binding: 'require' } }),
      'ok',
    ],
  ];
  test.each(cases.map(([name, leaf, changes, code]) => ({ name, leaf, changes, code })))(
    '$name → $code',
    async ({ leaf, changes, code }) => {
      const { chain, key } = await leaf();
      await bed.reload({ certificate: { chain, key } });
      // None of them is tried again: a longer time costs nothing, and a busy machine needs it.
      const outcome = await run(at(changes()), { timeoutMs: 5_000 });
      if (code === 'ok') expect(outcome.problem).toBeUndefined();
      else expectProblem(outcome, { stage: 'certificate', code, retry: false }, 5_000);
    },
  );

  test('has been revoked, with and without a list', async () => {
    const leaf = await bed.authority.issue({ names });
    await bed.reload({ certificate: leaf });
    const [revoked, empty] = [await bed.authority.revoke([leaf]), await bed.authority.revoke([])];
    const other = await strangers.revoke([]);
    for (const [crl, code] of [
      [revoked, 'certificate-revoked'],
      [other, 'certificate-invalid'],
      // Every list counts, not only the first.
      [other + revoked, 'certificate-revoked'],
    ] as const)
      expectProblem(
        await run(at({ trust: { ca: bed.ca, crl } }), { timeoutMs: SHORT_MS }),
        { stage: 'certificate', code, retry: false },
        SHORT_MS,
      );
    for (const crl of [empty, other + empty]) expect((await run(at({ trust: { ca: bed.ca, crl } }))).problem).toBeUndefined();
    expect((await run(at())).problem).toBeUndefined();
  });
});

describe('a server whose settings', () => {
  test('allow no TLS version in common', async () => {
    await bed.reload({ settings: { ssl_max_protocol_version: 'TLSv1.2' } });
    const outcome = await run(at({ params: { ssl_min_protocol_version: 'TLSv1.3' } }), { timeoutMs: SHORT_MS });
    expectProblem(outcome, { stage: 'tls', code: 'tls-version', retry: false }, SHORT_MS);
    expect((await run(at())).proof).toMatchObject({ tlsVersion: 'TLSv1.2', authentication: 'scram-sha-256-plus' });
    await bed.reload({ settings: { ssl_max_protocol_version: '' } });
  });

  test('have TLS off', async () => {
    await bed.reload({ settings: { ssl: false } });
    const outcome = await run(at({ database: 'shop' }), { timeoutMs: SHORT_MS });
    expectProblem(outcome, { stage: 'negotiate', code: 'tls-not-supported', retry: false }, SHORT_MS);
    expect((await run(at({ sslmode: 'prefer', trust: {} }))).proof?.tlsVersion).toBeUndefined();
    await bed.reload({ settings: { ssl: true } });
  });

  test('leave no connection free, until one is', async () => {
    const others: pg.Client[] = [];
    for (let count = 0; count < 9; count++) {
      const other = new pg.Client({ host: '127.0.0.1', port: bed.port, user: 'app', password: PASSWORD, database: 'shop' });
      other.on('error', () => {});
      await other.connect();
      others.push(other);
    }
    const full = await run(at(), { timeoutMs: SHORT_MS });
    const freed = sleep(500).then(() => others[0]?.end());
    const waited = await run(at(), { timeoutMs: 10_000 });
    await freed;
    await Promise.all(others.slice(1).map((other) => other.end()));
    expectProblem(full, { stage: 'authenticate', code: 'too-many-connections', retry: true }, SHORT_MS);
    expect(waited.proof?.attempts).toBeGreaterThan(1);
  });
});

describe('a rogue server elsewhere gets no password in clear', () => {
  const address = Object.values(networkInterfaces())
    .flat()
    .find((entry) => entry && !entry.internal && entry.family === 'IPv4')?.address;
  test(address ? 'at this machine’s own address' : 'cannot be tried: this machine has no network address', async () => {
    if (!address) return;
    const { fake, play, packet, sends, say, silence } = await import('../support/fault-servers.ts');
    const rogue = await fake(play(packet, sends(say.cleartext), silence), address);
    const outcome = await run(connectionTo(rogue.port, { hosts: [{ host: address, port: rogue.port }] }), {
      timeoutMs: SHORT_MS,
    });
    expectProblem(outcome, { stage: 'authenticate', code: 'authentication-downgrade', retry: false }, SHORT_MS);
    // The startup packet, and not one byte more.
    const [guest] = rogue.guests;
    expect(guest?.received.readInt32BE()).toBe(guest?.received.length);
    expect(guest?.received.includes(PASSWORD)).toBe(false);
    await rogue.stop();
  });
});

// The last rows end the server: first it becomes a standby by a crash that finds standby.signal, then it shuts down.
describe('a server that', () => {
  test('is a standby', async () => {
    writeFileSync(join(bed.directory, 'data', 'standby.signal'), '');
    await bed.sql('select 1');
    const victim = new pg.Client({ host: '127.0.0.1', port: bed.port, user: 'app', password: PASSWORD, database: 'shop' });
    victim.on('error', () => {});
    await victim.connect();
    const pid = (await victim.query('select pg_backend_pid() as pid')).rows[0].pid;
    process.kill(pid, 'SIGKILL');
    const standby = await run(at({ params: { target_session_attrs: 'standby' } }), { timeoutMs: 20_000 });
    if (standby.problem) throw standby.problem;
    const primary = await run(at({ params: { target_session_attrs: 'primary' } }), { timeoutMs: SHORT_MS });
    expectProblem(primary, { stage: 'query', code: 'session-read-only', retry: true }, SHORT_MS);
    expect(primary.problem?.message).toMatch(/a standby/);
  });

  test('is shutting down', async () => {
    const last = new pg.Client({ host: '127.0.0.1', port: bed.port, user: 'app', password: PASSWORD, database: 'shop' });
    last.on('error', () => {});
    await last.connect();
    process.kill(bed.pid, 'SIGTERM');
    await sleep(100);
    const outcome = await run(at(), { timeoutMs: SHORT_MS });
    await last.end();
    expectProblem(outcome, { stage: 'authenticate', code: 'server-unavailable', retry: true }, SHORT_MS);
  });
});
