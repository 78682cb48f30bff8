import { createHmac, pbkdf2Sync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { Bound } from '../../src/probe/bound.ts';
import { judge } from '../../src/probe/certificate.ts';
import { connect, interleave } from '../../src/probe/connect.ts';
import { mismatch, order, passes } from '../../src/probe/hosts.ts';
import { Inbox } from '../../src/probe/messages.ts';
import { quotable } from '../../src/probe/quotable.ts';
import { type Method, requiredAuthentication } from '../../src/probe/require-auth.ts';
import { mayRetry, waitsAfter } from '../../src/probe/retry.ts';
import { preparedPassword } from '../../src/probe/saslprep.ts';
import { Scram, TooFewIterations, TooManyIterations } from '../../src/probe/scram.ts';
import { serverProblem } from '../../src/probe/server-error.ts';
import { SERVER_TEXTS } from '../../src/probe/server-texts.ts';
import { tlsProblem } from '../../src/probe/tls-problem.ts';
import { type Code, Problem, type Stage } from '../../src/problems/index.ts';
import { createAuthority, type LeafOptions } from '../support/certificates.ts';
import { connectionTo } from './row.ts';

describe('SCRAM-SHA-256', () => {
  // RFC 7677, section 3. PostgreSQL's clients leave the user name out, so the proof differs; the parts are the RFC's.
  const scram = (changes = {}) =>
    new Scram({ password: Buffer.from('pencil'), couldBind: false, strict: true, nonce: 'rOprNGfwEbeRWgbNEkqO', ...changes });
  const first = 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096';

  test('says n=, and keeps to its nonce', async () => {
    const client = scram();
    expect(client.first()).toBe('n,,n=,r=rOprNGfwEbeRWgbNEkqO');
    expect(await client.final(first)).toMatch(
      /^c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj\)hNlF\$k0,p=[A-Za-z0-9+/]{43}=$/,
    );
    expect(client.proves('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe(false);
  });

  test.each([
    ['another nonce', 'r=else,s=c2FsdA==,i=4096'],
    ['its own nonce and nothing more', 'r=rOprNGfwEbeRWgbNEkqO,s=c2FsdA==,i=4096'],
    ['no salt', 'r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096'],
    ['no iterations', 'r=rOprNGfwEbeRWgbNEkqOx,s=c2FsdA==,i=0'],
    ['an extension that must be understood', 'm=x,r=rOprNGfwEbeRWgbNEkqOx,s=c2FsdA==,i=4096'],
    ['nothing', ''],
  ])('refuses %s', async (_, message) => {
    await expect(scram().final(message)).rejects.toThrow('SCRAM');
  });

  test.each([
    ['it could bind and the server does not', { couldBind: true }, 'y,,', 'SCRAM-SHA-256'],
    ['it binds', { endPoint: Buffer.from('hash') }, 'p=tls-server-end-point,,', 'SCRAM-SHA-256-PLUS'],
  ])('says that %s, also with many iterations', async (_, options, header, mechanism) => {
    const client = scram(options);
    expect([client.first().slice(0, header.length), client.mechanism]).toEqual([header, mechanism]);
    const bound = Buffer.from(`${header}${'endPoint' in options ? 'hash' : ''}`).toString('base64');
    expect((await client.final(first.replace('4096', '20000'))).startsWith(`c=${bound},`)).toBe(true);
  });

  test('takes the keys in place of the password', async () => {
    const server = first.replace('4096', '5000');
    const salted = pbkdf2Sync('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'), 5000, 32, 'sha256');
    const [clientKey, serverKey] = ['Client Key', 'Server Key'].map((text) => createHmac('sha256', salted).update(text).digest());
    const withPassword = await scram().final(server);
    expect(await scram({ password: Buffer.alloc(0), clientKey, serverKey }).final(server)).toBe(withPassword);
    expect(await scram({ password: Buffer.alloc(0), serverKey }).final(server)).not.toBe(withPassword);
  });

  test('refuses a million and one iterations, and one from a stranger', async () => {
    await expect(scram().final(first.replace('4096', '1000001'))).rejects.toThrow(TooManyIterations);
    await expect(scram().final(first.replace('4096', '1'))).rejects.toThrow(TooFewIterations);
    await expect(scram({ strict: false }).final(first.replace('4096', '1'))).resolves.toMatch(/^c=/);
  });
});

test.each([
  ['plain ASCII', 'a b!', 'a b!'],
  ['a no-break space', 'a\u00a0b', 'a b'],
  ['a soft hyphen', 'a\u00adb', 'ab'],
  ['a Roman numeral', '\u2168', 'IX'],
  ['both directions mixed, which SASLprep refuses', 'a\u0627\u0628c', 'a\u0627\u0628c'],
  ['a character that Unicode 3.2 did not have', 'a\u{1f980}', 'a\u{1f980}'],
  ['a character that vanishes', '\u00ad', '\u00ad'],
])('a password with %s is prepared as PostgreSQL does', async (_, password, prepared) => {
  expect((await preparedPassword(password)).toString()).toBe(prepared);
});
test('a password that is no UTF-8 keeps its bytes', async () => {
  expect([...(await preparedPassword('a\udcff'))]).toEqual([0x61, 0xff]);
});

describe('require_auth', () => {
  const all: readonly Method[] = ['password', 'md5', 'gss', 'sspi', 'scram-sha-256', 'oauth', 'none'];
  test.each([
    [undefined, all],
    ['', all],
    ['scram-sha-256', ['scram-sha-256']],
    ['scram-sha-256,none', ['scram-sha-256', 'none']],
    ['!password', all.filter((method) => method !== 'password')],
    ['!password,!md5,!none', ['gss', 'sspi', 'scram-sha-256', 'oauth']],
    ['none', ['none']],
    ['!none', all.filter((method) => method !== 'none')],
    ['nonsense', []],
  ])('%s allows %j', (list, allowed) => {
    const required = requiredAuthentication(list);
    expect(all.filter((method) => required.allows(method))).toEqual(allowed);
  });
});

describe('texts of proxies and poolers', () => {
  const known = {
    server: '`db` port 5432',
    user: 'app',
    database: 'shop',
    encrypted: true,
    sslmode: 'require',
    certificateSent: false,
    passwordAsked: true,
    secrets: [],
  };
  const ruled = (message: string, sqlstate: string) =>
    serverProblem(
      new Map([
        ['M', message],
        ['C', sqlstate],
      ]),
      'authenticate',
      known,
    );
  const ROWS: readonly (readonly [who: string, sqlstate: string, text: string, code: Code, retry: boolean])[] = [
    [
      'Neon',
      'XX000',
      "Endpoint ID is not specified. Either please upgrade the postgres client library (libpq) for SNI support or pass the endpoint ID (first part of the domain name) as a parameter: '?options=endpoint%3D<endpoint-id>'. See more at https://neon.tech/sni",
      'endpoint-id-missing',
      false,
    ],
    [
      'Neon',
      'XX000',
      "Inconsistent project name inferred from SNI ('ep-a') and project option ('ep-b').",
      'endpoint-id-missing',
      false,
    ],
    ['Neon', 'XX000', "Project name ('a_b') must contain only alphanumeric characters and hyphen.", 'endpoint-id-missing', false],
    ['Neon', 'XX000', "password authentication failed for user 'app'", 'password-rejected', false],
    ['Neon', 'XX000', 'connection is insecure (try using `sslmode=require`)', 'no-hba-entry', false],
    [
      'Neon',
      'XX000',
      'This IP address 203.0.113.7 is not allowed to connect to this endpoint. Please add it to the allowed list in the Neon console. Make sure to check for IPv4 or IPv6 addresses.',
      'ip-not-allowed',
      false,
    ],
    ['Neon', 'XX000', 'This connection is trying to access this endpoint from a blocked network.', 'ip-not-allowed', false],
    ['Neon', 'XX000', 'Too many connections to this endpoint. Please try again later.', 'rate-limited', true],
    ['Neon', 'XX000', 'Too many connections attempts', 'rate-limited', true],
    [
      'Neon',
      'XX000',
      'Failed to acquire permit to connect to the database. Too many database connection attempts are currently ongoing.',
      'rate-limited',
      true,
    ],
    ['Neon', 'XX000', "Couldn't connect to compute node", 'endpoint-unavailable', true],
    ['Neon', 'XX000', 'Control plane request failed', 'endpoint-unavailable', true],
    ['Neon', 'XX000', 'Control plane request failed: endpoint cannot be found', 'endpoint-not-found', false],
    ['Neon', 'XX000', 'Control plane request failed: endpoint is disabled', 'endpoint-unavailable', false],
    [
      'Neon',
      'XX000',
      'Control plane request failed: endpoint is temporarily unavailable. Check your quotas and/or contact our support.',
      'endpoint-unavailable',
      true,
    ],
    [
      'Neon',
      'XX000',
      'You have exceeded the limit of concurrently active endpoints. Please suspend some endpoints and try again.',
      'quota-exceeded',
      false,
    ],
    [
      'Neon',
      'XX000',
      'Your account or project has exceeded the compute time quota. Upgrade your plan to increase limits.',
      'quota-exceeded',
      false,
    ],
    [
      'Neon',
      'XX000',
      'Your project has exceeded the data transfer quota. Upgrade your plan to increase limits.',
      'quota-exceeded',
      false,
    ],
    [
      'Neon',
      'XX000',
      'Your project already has running operations. Please wait until they complete, and then try again.',
      'endpoint-unavailable',
      true,
    ],
    [
      'Neon',
      'XX000',
      "The role you're attempting to use is protected and cannot be used for password-based authentication",
      'role-not-permitted',
      false,
    ],
    ['Neon', 'XX000', 'insecure connection: secure channel data mismatch', 'channel-binding-unavailable', false],
    [
      'Neon',
      '08P01',
      'unsupported startup parameter: search_path. Please use unpooled connection or remove this parameter from the startup package. More details: https://neon.tech/docs/connect/connection-errors#unsupported-startup-parameter',
      'startup-parameter-rejected',
      false,
    ],
    ['PgBouncer', '08P01', 'SASL authentication failed', 'password-rejected', false],
    ['PgBouncer', '08P01', 'no such database: shop', 'database-not-found', false],
    ['PgBouncer', '08P01', 'query_wait_timeout', 'server-unavailable', true],
    ['PgBouncer', '08P01', 'no more connections allowed (max_client_conn)', 'too-many-connections', true],
    ['PgBouncer', '08P01', 'client connections exceeded (max_db_client_connections)', 'too-many-connections', true],
    ['PgBouncer', '08P01', 'unsupported startup parameter in options: work_mem', 'startup-parameter-rejected', false],
    ['PgBouncer', '08P01', 'SSL required', 'no-hba-entry', false],
    ['PgBouncer', '08P01', 'login rejected', 'no-hba-entry', false],
    ['PgBouncer', '08P01', 'certificate authentication failed', 'client-certificate-rejected', false],
    [
      'PgBouncer',
      '08P01',
      'server login has been failing, cached error: connect failed (server_login_retry)',
      'server-unavailable',
      true,
    ],
    [
      'PgBouncer',
      '08P01',
      'server login has been failing, cached error: FATAL: password authentication failed for user "app" (server_login_retry)',
      'password-rejected',
      false,
    ],
    [
      'PgBouncer',
      '08P01',
      'server login has been failing, cached error: database "shop" does not exist (server_login_retry)',
      'database-not-found',
      false,
    ],
    ['PgBouncer', '08P01', 'pooler is shutting down', 'server-unavailable', true],
    ['PgBouncer', '08P01', 'client_login_timeout (server down)', 'server-unavailable', true],
    ['PgBouncer', '08P01', 'client_login_timeout', 'connection-terminated', true],
    ['PgBouncer', '08P01', 'bouncer config error', 'server-rejected-connection', false],
    ['Supavisor', 'XX000', 'Tenant or user not found', 'endpoint-not-found', false],
    ['Supavisor', 'XX000', '(ENOTFOUND) tenant/user postgres.abc not found', 'endpoint-not-found', false],
    ['Supavisor', 'XX000', 'Max client connections reached', 'too-many-connections', true],
    [
      'Supavisor',
      'XX000',
      'MaxClientsInSessionMode: max clients reached - in Session mode max clients are limited to pool_size',
      'too-many-connections',
      true,
    ],
    ['Supavisor', 'XX000', '(EADDRNOTALLOWED) address not in tenant allow_list: {203, 0, 113, 7}', 'ip-not-allowed', false],
    ['Supavisor', 'XX000', 'SSL connection is required for user: postgres', 'no-hba-entry', false],
    [
      'Supavisor',
      'XX000',
      '(EDBHANDLEREXITED) connection to database closed. Check logs for more information',
      'server-unavailable',
      true,
    ],
    [
      'Supavisor',
      'XX000',
      '(ECHECKOUTTIMEOUT) unable to check out connection from the pool after 15000ms in session mode',
      'server-unavailable',
      true,
    ],
    [
      'Supavisor',
      'XX000',
      '(ECIRCUITBREAKER) circuit breaker open for operation: get_secrets, blocked until: 1',
      'rate-limited',
      true,
    ],
    ['Supavisor', 'XX000', 'Authentication error, reason: "Invalid format for user or db_name"', 'role-not-permitted', false],
    ['CockroachDB', '08004', 'codeParamsRoutingFailed: missing cluster identifier', 'endpoint-not-found', false],
    [
      'CockroachDB',
      '08004',
      'CodeParamsRoutingFailed: rejected by BackendConfigFromParams: Invalid cluster name',
      'endpoint-not-found',
      false,
    ],
    ['CockroachDB', '08C00', 'codeProxyRefusedConnection: too many failed authentication attempts', 'rate-limited', true],
    ['CockroachDB', '08C00', 'codeProxyRefusedConnection: connection attempt throttled', 'rate-limited', true],
    ['CockroachDB', '08C00', 'codeBackendDown: unable to reach backend SQL server', 'server-unavailable', true],
    ['RDS Proxy', '28000', 'This RDS Proxy requires TLS connections', 'no-hba-entry', false],
    ['Render', '28000', 'SSL/TLS required', 'no-hba-entry', false],
    ['PgBouncer', '08P01', 'database "shop" does not exist', 'database-not-found', false],
    ['PgBouncer', '08P01', 'password authentication failed for user "app"', 'password-rejected', false],
    ['PostgreSQL', '08P01', 'expected password response, got message type 88', 'protocol-violation', false],
  ];
  test.each(ROWS)('%s, %s: %s', (_, sqlstate, text, code, retry) => {
    const problem = ruled(text, sqlstate);
    expect({ code: problem.code, retry: problem.transient }).toEqual({ code, retry });
    expect(problem.message).toMatch(/^[^\n]+\.$/);
  });

  test('each says where it is written', () => {
    for (const { source, pattern } of SERVER_TEXTS) expect([pattern.source, source.length > 5]).toEqual([pattern.source, true]);
  });
});

describe('SQLSTATEs, in whatever language', () => {
  const known = {
    server: '`db` port 5432',
    user: 'app',
    database: 'shop',
    encrypted: true,
    sslmode: 'require',
    certificateSent: false,
    passwordAsked: false,
    secrets: [],
  };
  type Known = Partial<typeof known> & { routine?: string; text?: string };
  test.each<[sqlstate: string, stage: Stage, code: Code, at?: Stage, says?: RegExp, change?: Known]>([
    ['53100', 'authenticate', 'server-unavailable', 'authenticate', /no disk space left/],
    ['53400', 'authenticate', 'server-unavailable', 'authenticate', /out of resources/],
    ['57P02', 'query', 'connection-terminated', 'query', /another of its processes crashed/],
    ['57P04', 'authenticate', 'database-not-found'],
    ['57P05', 'query', 'connection-terminated', 'query', /a time limit/],
    ['25P03', 'query', 'connection-terminated', 'query', /a time limit/],
    ['57014', 'authenticate', 'connection-terminated', 'authenticate', /a time limit/],
    ['57000', 'authenticate', 'connection-terminated', 'authenticate', /an operator stepped in/],
    ['0A000', 'authenticate', 'protocol-violation', 'authenticate', /does not support this version/],
    ['0A000', 'query', 'query-failed'],
    ['08006', 'authenticate', 'connection-terminated', 'authenticate', /a connection behind it failed/],
    ['28001', 'authenticate', 'role-not-permitted'],
    ['3D001', 'authenticate', 'database-not-found'],
    ['22023', 'authenticate', 'startup-parameter-rejected', 'authenticate', /“texte”/],
    ['22023', 'authenticate', 'startup-parameter-rejected', 'authenticate', /./, { text: '' }],
    ['XX001', 'authenticate', 'server-rejected-connection', 'authenticate', /\(SQLSTATE XX001\)/, { text: '' }],
    ['so odd', 'authenticate', 'server-rejected-connection', 'authenticate', /“texte”\.$/],
    // A pooler that logs in to the server behind it only when the query comes.
    ['28P01', 'query', 'password-rejected', 'authenticate'],
    ['28000', 'authenticate', 'password-rejected', 'authenticate', /./, { routine: 'auth_failed', passwordAsked: true }],
    [
      '28000',
      'authenticate',
      'client-certificate-rejected',
      'authenticate',
      /user `app`/,
      { routine: 'CheckCertAuth', certificateSent: true },
    ],
    ['28000', 'authenticate', 'role-not-permitted', 'authenticate', /operating system/, { routine: 'auth_failed' }],
    ['28000', 'authenticate', 'client-certificate-required', 'authenticate', /./, { text: 'client certificate missing' }],
    [
      '28000',
      'authenticate',
      'client-certificate-rejected',
      'authenticate',
      /./,
      { text: 'certificate authentication failed for user "app"' },
    ],
    ['28000', 'authenticate', 'password-rejected', 'authenticate', /./, { text: 'wrong password' }],
    ['28000', 'authenticate', 'role-not-permitted', 'authenticate'],
    [
      '08P01',
      'authenticate',
      'server-unavailable',
      'authenticate',
      /cannot log in to the server behind it/,
      { text: 'server login has been failing, cached error: who knows (server_login_retry)' },
    ],
  ])('%s at %s: %s', (sqlstate, stage, code, at = stage, says = /./, { routine, text = 'texte', ...change } = {}) => {
    const fields = Object.entries({ C: sqlstate, M: text, ...(routine ? { R: routine } : {}) });
    const problem = serverProblem(new Map(fields), stage, { ...known, ...change });
    expect({ code: problem.code, stage: problem.stage }).toEqual({ code, stage: at });
    expect(problem.message).toMatch(says);
    expect(problem.message).toMatch(/^[^\n]+\.$/);
  });

  test('an error without any field', () => {
    const problem = serverProblem(new Map(), 'authenticate', known);
    expect(problem).toMatchObject({ code: 'server-rejected-connection', message: expect.stringMatching(/^[^“(]+\.$/) });
  });
});

describe('errors of OpenSSL', () => {
  const alert = (name: string, number: number) => `error:0A000000:SSL routines:ssl3_read_bytes:${name}:alert number ${number}`;
  const certified = { trust: { cert: 'PEM', key: 'PEM' } };
  test.each<[text: string, code: Code, says?: RegExp, changes?: object, errno?: string, stage?: Stage]>([
    [alert('tlsv1 alert unknown ca', 48), 'client-certificate-rejected', /does not know the CA/, certified],
    [alert('ssl/tls alert certificate expired', 45), 'client-certificate-rejected', /it has expired/, certified],
    [alert('ssl/tls alert certificate revoked', 44), 'client-certificate-rejected', /it has been revoked/, certified],
    ['alert number 48', 'client-certificate-rejected', /does not know the CA/, certified],
    ['alert number 45', 'client-certificate-rejected', /it has expired/, certified],
    ['alert number 44', 'client-certificate-rejected', /it has been revoked/, certified],
    [alert('ssl/tls alert bad certificate', 42), 'client-certificate-rejected', /client certificate\.$/, certified],
    [alert('tlsv13 alert certificate required', 116), 'client-certificate-required', /none was given/],
    [
      alert('ssl/tls alert bad certificate', 42),
      'client-certificate-required',
      /none was given/,
      { ...certified, params: { sslcertmode: 'disable' } },
    ],
    [alert('tlsv1 alert no application protocol', 120), 'tls-handshake-failed', /ALPN/],
    [
      alert('tlsv1 alert protocol version', 70),
      'tls-version',
      /TLSv1 to TLSv1\.2/,
      { params: { ssl_min_protocol_version: '', ssl_max_protocol_version: 'tlsv1.2' } },
    ],
    ['read ECONNRESET', 'connection-reset', /during the TLS handshake/, {}, 'ECONNRESET', 'tls'],
    ['read ECONNRESET', 'connection-reset', /during the login/, {}, 'ECONNRESET'],
    ['error:0A000126:SSL routines::a reason nobody has named', 'tls-handshake-failed', /“a reason nobody has named”/],
    ['whatever', 'tls-handshake-failed', /“ERR_SSL_ODD”/, {}, 'ERR_SSL_ODD'],
    ['whatever', 'tls-handshake-failed', /“unknown reason”/],
  ])('%s: %s', (text, code, says = /./, changes = {}, errno, stage = 'authenticate') => {
    const error = Object.assign(new Error(text), errno ? { code: errno } : {});
    const problem = tlsProblem(error, connectionTo(1, changes), '`db` port 5432', stage);
    expect(problem.code).toBe(code);
    expect(problem.message).toMatch(says);
  });
});

/* Servers with such certificates are in postgres.test.ts, as far as one can be made; here is every word of OpenSSL. */
describe('what OpenSSL finds in a chain', () => {
  const judged = async (error: string, leaf: LeafOptions, host = 'db.test', trust = {}) => {
    const authority = await createAuthority({ commonName: 'Someone’s Issuing CA' });
    const { cert } = await authority.issue(leaf);
    const { X509Certificate } = await import('node:crypto');
    const peer = new X509Certificate(cert).toLegacyObject();
    const socket = { authorizationError: error, getPeerCertificate: () => peer } as unknown as TLSSocket;
    return judge(socket, host, trust, '`db` port 5432');
  };
  test.each<[error: string, code: Code, says: RegExp, leaf?: LeafOptions]>([
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate-unknown-ca', /the CAs that this machine trusts/],
    ['UNABLE_TO_GET_ISSUER_CERT', 'certificate-chain-incomplete', /Issuing CA/],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate-chain-incomplete', /Issuing CA/],
    ['CERT_HAS_EXPIRED', 'certificate-expired', /UTC/],
    ['CERT_NOT_YET_VALID', 'certificate-not-yet-valid', /UTC/],
    ['CRL_HAS_EXPIRED', 'certificate-invalid', /out of date/],
    ['CRL_NOT_YET_VALID', 'certificate-invalid', /list in `sslcrl` is not valid/],
    ['CRL_SIGNATURE_FAILURE', 'certificate-invalid', /list in `sslcrl` is not valid/],
    ['UNABLE_TO_DECRYPT_CRL_SIGNATURE', 'certificate-invalid', /list in `sslcrl` is not valid/],
    ['INVALID_CA', 'certificate-invalid', /not allowed to issue others/],
    ['PATH_LENGTH_EXCEEDED', 'certificate-invalid', /not allowed to issue others/],
    ['CERT_SIGNATURE_FAILURE', 'certificate-invalid', /a signature in its chain is wrong/],
    ['CERT_CHAIN_TOO_LONG', 'certificate-invalid', /too long/],
    ['HOSTNAME_OF_THE_FUTURE', 'certificate-invalid', /OpenSSL says HOSTNAME_OF_THE_FUTURE/],
    ['::error::pwned', 'certificate-invalid', /OpenSSL says no more/],
  ])('%s: %s', async (error, code, says, leaf = { names: ['db.test'] }) => {
    const { chain, name, verifyFull } = await judged(error, leaf);
    expect(chain).toMatchObject({ code, message: expect.stringMatching(says) });
    expect(name).toBeUndefined();
    expect(verifyFull).toMatchObject({ ok: false, code });
  });

  test.each<[what: string, leaf: LeafOptions, host: string, says: string | undefined]>([
    ['a common name and no other', { commonName: 'db.test' }, 'db.test', undefined],
    ['another common name', { commonName: 'other.test' }, 'db.test', 'is for `other.test`'],
    ['a common name does not count for an address', { commonName: '127.0.0.1' }, '127.0.0.1', 'as a common name only'],
    ['a wildcard', { names: ['*.example.test'] }, 'db.example.test', undefined],
    ['a wildcard and its name', { names: ['*.example.test', 'db.test'] }, 'db.test', undefined],
    ['half a wildcard', { names: ['d*.example.test'] }, 'db.example.test', 'is for `d*.example.test`'],
    ['the other half of one', { names: ['*b.example.test'] }, 'db.example.test', 'is for `*b.example.test`'],
    ['half a wildcard as a common name', { commonName: 'd*.example.test' }, 'db.example.test', 'is for `d*.example.test`'],
    ['no name at all', { commonName: '' }, 'db.test', 'no name at all'],
    ['seven names', { names: Array.from({ length: 7 }, (_, n) => `h${n}.test`) }, 'db.test', '`h4.test`, 2 more'],
  ])('%s', async (_, leaf, host, says) => {
    const { name } = await judged('', leaf, host);
    if (says === undefined) expect(name).toBeUndefined();
    else expect(name).toMatchObject({ code: 'certificate-hostname-mismatch', message: expect.stringContaining(says) });
  });

  test('a server that shows none', async () => {
    const socket = { getPeerCertificate: () => ({}) } as unknown as TLSSocket;
    expect(await judge(socket, 'db.test', {}, '`db` port 5432')).toMatchObject({
      chain: { code: 'certificate-invalid', message: expect.stringContaining('it sent none') },
      verifyFull: { ok: false, code: 'certificate-invalid' },
    });
  });
});

test('what a server sends is held up to a limit, whatever it announces', () => {
  const inbox = new Inbox(10);
  expect([...inbox.take(Buffer.from('Z\0\0\0\x05I'))]).toHaveLength(1);
  expect(() => [...inbox.take(Buffer.from('D\0\0\0\x0a'))]).toThrow('announces a message of 10 bytes');
  const other = new Inbox(10);
  expect([...other.take(Buffer.from('D\0\0\0\x091234'))]).toEqual([]);
  expect(() => [...other.take(Buffer.from('56'))]).toThrow('more than 10 bytes');
});

describe('a bound', () => {
  test('that has ended takes nothing in any more', () => {
    const bound = new Bound(new AbortController().signal, Number.POSITIVE_INFINITY);
    bound.close();
    let destroyed = 0;
    expect(() => bound.add({ destroy: () => destroyed++ })).toThrow('cancelled');
    expect(destroyed).toBe(1);
  });
});

describe('addresses', () => {
  test.each<[name: string, addresses: [string, 0 | 4 | 6][], code: Code, says: RegExp]>([
    [
      'of both families that refuse',
      [
        ['::1', 6],
        ['127.0.0.1', 4],
      ],
      'connection-refused',
      /port 1/,
    ],
    [
      'that lead nowhere, and one that refuses',
      [
        ['not an address', 4],
        ['127.0.0.1', 4],
      ],
      'connection-refused',
      /127\.0\.0\.1/,
    ],
    ['of a socket whose path is too long', [[`/${'x'.repeat(300)}`, 0]], 'connection-refused', /./],
  ])('%s', async (_, addresses, code, says) => {
    const bound = new Bound(new AbortController().signal, 5_000);
    const list = addresses.map(([address, family]) => ({ address, family }));
    const problem = await connect({ host: 'db.test', port: 1 }, list, bound).catch((error) => error);
    bound.close();
    expect(problem).toMatchObject({ code, stage: 'connect', message: expect.stringMatching(says) });
  });

  test('of two families take turns, the resolver’s first choice first', () => {
    const list = (text: string) =>
      text.split(' ').map((address) => ({ address, family: address.includes(':') ? (6 as const) : (4 as const) }));
    const text = (addresses: readonly { address: string }[]) => addresses.map(({ address }) => address).join(' ');
    expect(text(interleave(list('::1 ::2 ::3 1.1.1.1 2.2.2.2')))).toBe('::1 1.1.1.1 ::2 2.2.2.2 ::3');
    expect(text(interleave(list('1.1.1.1 ::1 ::2')))).toBe('1.1.1.1 ::1 ::2');
  });

  test('that do not answer cost 250 ms, and not their time-out', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const bound = new Bound(new AbortController().signal, 5_000);
    const started = performance.now();
    // 192.0.2.0/24 is for documentation (RFC 5737): nobody answers there, or the network refuses at once.
    const addresses = [
      { address: '192.0.2.1', family: 4 as const },
      { address: '127.0.0.1', family: 4 as const },
    ];
    const { address } = await connect({ host: 'db.test', port }, addresses, bound);
    expect(address.address).toBe('127.0.0.1');
    expect(performance.now() - started).toBeLessThan(1_500);
    bound.close();
    server.close();
  });
});

test('hosts are shuffled only when asked, and prefer-standby is two passes', () => {
  const numbers = Array.from({ length: 10 }, (_, index) => index);
  expect(order(numbers, undefined, () => 0)).toEqual(numbers);
  expect(order(numbers, 'disable', () => 0)).toEqual(numbers);
  expect(order(numbers, 'random', () => 0)).not.toEqual(numbers);
  expect(order(numbers, 'random', () => 0.4).toSorted((a, b) => a - b)).toEqual(numbers);
  expect(passes('prefer-standby')).toEqual(['standby', 'any']);
});

test.each<
  [
    target: Parameters<typeof mismatch>[0],
    parameters: Record<string, string>,
    answer: string | undefined,
    found: string | undefined,
  ]
>([
  ['read-only', { in_hot_standby: 'off', default_transaction_read_only: 'off' }, undefined, 'not read-only'],
  ['read-only', { in_hot_standby: 'on', default_transaction_read_only: 'off' }, undefined, undefined],
  ['read-only', {}, 'off', 'not read-only'],
  ['read-write', {}, 'on', 'read-only'],
  ['standby', {}, 'f', 'no standby'],
  ['primary', {}, 't', 'a standby'],
  ['any', {}, undefined, undefined],
])('who wants %s and finds %j, asked: %s', (target, parameters, answer, found) => {
  expect(mismatch(target, new Map(Object.entries(parameters)), answer)).toBe(found);
});

test('what waiting can help is tried again; what it hardly can, for a short grace', () => {
  const refused = new Problem('connection-refused', { server: 'x' });
  const missing = new Problem('host-not-found', { host: 'x' });
  expect([mayRetry(refused, 59_000), mayRetry(missing, 1_000), mayRetry(missing, 6_000)]).toEqual([true, true, false]);
  const crowded = new Problem('too-many-connections', { server: 'x', forwhom: '' });
  expect(waitsAfter(crowded).baseMs).toBeGreaterThan(waitsAfter(refused).baseMs);
});

test('texts of the server become one harmless line, without a secret in any usual spelling', () => {
  expect(quotable('a\n::error::b\u001b[1m\u202ec\u0000', [])).toBe('a ::error::b [1m c');
  for (const form of [
    's3cr&t',
    encodeURIComponent('s3cr&t'),
    Buffer.from('s3cr&t').toString('base64'),
    Buffer.from('s3cr&t').toString('hex'),
  ])
    expect(quotable(`it is ${form}!`, ['s3cr&t'])).toMatch(/^\(not shown/);
  expect(quotable('x'.repeat(500), [])).toHaveLength(201);
});
