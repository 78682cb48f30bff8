import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TLSSocketOptions } from 'node:tls';
import type { Connection } from '../../src/connection/connection.ts';
import type { Code, Stage } from '../../src/problems/index.ts';
import { createAuthority } from '../support/certificates.ts';
import {
  closes,
  type Fake,
  fake,
  handshake,
  heard,
  message,
  packet,
  play,
  resets,
  type Script,
  say,
  scram,
  sends,
  serves,
  silence,
  welcome,
} from '../support/fault-servers.ts';
import { RunnerDouble } from '../support/runner-double.ts';
import { connectionTo, expectNoSecret, expectProblem, PASSWORD, run, SHORT_MS } from './row.ts';

/** Certificates for the fakes: made once, in memory. */
async function makePki() {
  const authority = await createAuthority();
  const leaf = await authority.issue({ names: ['127.0.0.1'] });
  const weakAuthority = await createAuthority({ algorithm: 'rsa-2048' });
  const weak = await weakAuthority.issue({ names: ['127.0.0.1'], algorithm: 'rsa-1024' });
  const sha1Authority = await createAuthority({ algorithm: 'rsa-2048-sha1' });
  const sha1 = await sha1Authority.issue({ names: ['127.0.0.1'] });
  return { authority, leaf, weakAuthority, weak, sha1Authority, sha1 };
}
let pki: Awaited<ReturnType<typeof makePki>>;
beforeAll(async () => {
  pki = await makePki();
  // The first use of TLS in a process reads a hundred roots: not in the time of the first row.
  const warm = await fake(play(tls(), closes));
  await run(connectionTo(warm.port, encrypted()), { timeoutMs: 3_000 });
  await warm.stop();
});

// How a row connects.
type Changes = () => Partial<Connection> & { params?: Record<string, string> };
const plain: Changes = () => ({});
const encrypted: Changes = () => ({ sslmode: 'require' });
const verified: Changes = () => ({ sslmode: 'verify-full', trust: { ca: pki.authority.cert } });
const direct: Changes = () => ({ ...verified(), params: { sslnegotiation: 'direct' } });
const weakCa: Changes = () => ({ sslmode: 'verify-full', trust: { ca: pki.weakAuthority.cert } });
const sha1Ca: Changes = () => ({ sslmode: 'verify-full', trust: { ca: pki.sha1Authority.cert } });
/** Attempts of 0.15 s. */
const quick: Changes = () => ({ connectTimeout: 0.15 });
const quickTls: Changes = () => ({ ...encrypted(), ...quick() });
const noPassword: Changes = () => ({ password: '' });
const given =
  (params: Record<string, string>, changes: Changes = () => ({})): Changes =>
  () => ({ ...changes(), params });

// What a server does.
const server = () => ({ cert: pki.leaf.cert, key: pki.leaf.key });
const tls = (options: object = {}): Script =>
  play(
    packet,
    sends('S'),
    handshake(() => ({ ...server(), ...options }) as TLSSocketOptions),
  );
const tlsWith = (leaf: () => { cert: string; key: string }): Script =>
  play(
    packet,
    sends('S'),
    handshake(() => ({ ...leaf(), ciphers: 'DEFAULT:@SECLEVEL=0' }) as TLSSocketOptions),
    silence,
  );
const alert = (number: number) => Buffer.from([21, 3, 3, 0, 2, 2, number]);
const hello: Script = (guest) => guest.read(5);
const answersTls = (bytes: Buffer | string): Script => play(packet, sends(bytes), closes);
const answersStartup = (bytes: Buffer | string): Script => play(packet, sends(bytes), silence);
const refuses = (sqlstate: string, text: string, routine = ''): Script =>
  play(packet, sends(say.error(sqlstate, text, routine ? { R: routine } : {})), closes);
const refusesQuery = (sqlstate: string, text: string): Script =>
  play(packet, sends(welcome()), heard, sends(Buffer.concat([say.error(sqlstate, text), say.ready])), silence);
const mysql = Buffer.concat([Buffer.from([0x4a, 0, 0, 0, 0x0a]), Buffer.from('8.0.36\0abcdefgh')]);
const gigabyte = Buffer.from([0x52, 0x40, 0, 0, 0]);
const repeat = (bytes: Buffer, times: number) => Buffer.concat(Array.from({ length: times }, () => bytes));
const noProof = 'v=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
const tls11 = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' };

const [again, once_] = [true, false];
/** What the server does; where and how it must fail; is it tried again; how it is connected to; what the sentence must mention. */
type Row = readonly [name: string, script: Script, stage: Stage, code: Code, retry: boolean, changes?: Changes, says?: RegExp];

const ROWS: readonly Row[] = [
  ['accepts and keeps silent', silence, 'negotiate', 'negotiate-timeout', again, quickTls],
  ['resets after SSLRequest', play(packet, resets), 'negotiate', 'connection-reset', again, encrypted],
  ['closes after SSLRequest', play(packet, closes), 'negotiate', 'connection-closed', again, encrypted],
  ['offers no TLS', sends('N'), 'negotiate', 'tls-not-supported', once_, encrypted],
  ['stuffs plaintext after S', answersTls(`S${say.ok}`), 'negotiate', 'plaintext-injection', once_, encrypted],
  [
    'is a web server',
    answersTls('HTTP/1.1 400 Bad Request\r\n\r\n'),
    'negotiate',
    'not-postgres',
    once_,
    encrypted,
    /web server/,
  ],
  ['is an SSH server', sends('SSH-2.0-OpenSSH_9.2p1\r\n'), 'negotiate', 'not-postgres', once_, encrypted, /SSH/],
  ['is a MySQL server', sends(mysql), 'negotiate', 'not-postgres', once_, encrypted, /MySQL/],
  ['is a Redis server', answersTls('-ERR unknown command\r\n'), 'negotiate', 'not-postgres', once_, encrypted, /Redis/],
  ['wants TLS at once', answersTls(alert(10)), 'negotiate', 'not-postgres', once_, encrypted, /sslnegotiation=direct/],
  ['answers garbage', sends(Buffer.from([0xde, 0xad, 0xbe, 0xef])), 'negotiate', 'not-postgres', once_, encrypted],
  ['is full already', answersTls(say.error('53300', 'sorry, too many')), 'negotiate', 'too-many-connections', again, encrypted],
  ['is starting', answersTls(say.error('57P03', 'starting up')), 'negotiate', 'server-unavailable', again, encrypted],
  ['refuses before TLS', answersTls(say.error('28000', 'no')), 'negotiate', 'server-rejected-connection', once_, encrypted],
  ['cannot fork', answersTls('Ecould not fork new process\n\0'), 'negotiate', 'server-unavailable', again, encrypted],
  ['sends an endless error', sends(Buffer.alloc(200_000, 'E')), 'negotiate', 'not-postgres', once_, encrypted],

  [
    'refuses before TLS, without a word',
    answersTls(message('E', 'C28000\0\0')),
    'negotiate',
    'server-rejected-connection',
    once_,
    encrypted,
  ],
  [
    'refuses before TLS with no field at all',
    answersTls(message('E', 'SFATAL\0\0')),
    'negotiate',
    'server-rejected-connection',
    once_,
    encrypted,
  ],

  ['says S and keeps silent', play(packet, sends('S'), silence), 'tls', 'tls-timeout', again, quickTls],
  ['says S and closes', answersTls('S'), 'tls', 'connection-closed', again, encrypted],
  ['says S and resets', play(packet, sends('S'), hello, resets), 'tls', 'connection-reset', again, encrypted],
  [
    'says S, then plaintext',
    play(packet, sends('S'), hello, sends(welcome())),
    'tls',
    'tls-handshake-failed',
    once_,
    encrypted,
    /no TLS/,
  ],
  ['knows TLS 1.1 only', tls(tls11), 'tls', 'tls-version', once_, encrypted, /TLSv1\.2 or later/],
  [
    'lacks the TLS demanded',
    tls({ maxVersion: 'TLSv1.2' }),
    'tls',
    'tls-version',
    once_,
    given({ ssl_min_protocol_version: 'TLSv1.3' }, encrypted),
  ],
  [
    'shares no cipher',
    tls({ maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' }),
    'tls',
    'tls-handshake-failed',
    once_,
    encrypted,
    /cipher/,
  ],
  [
    'does not know the name',
    play(packet, sends('S'), hello, sends(alert(112))),
    'tls',
    'tls-handshake-failed',
    once_,
    encrypted,
    /SNI/,
  ],
  [
    'fails inside',
    play(packet, sends('S'), hello, sends(alert(80))),
    'tls',
    'tls-handshake-failed',
    once_,
    encrypted,
    /internal/,
  ],
  ['confirms no ALPN', play(handshake(server), silence), 'tls', 'tls-handshake-failed', once_, direct, /ALPN/],
  ['knows no direct TLS', play(hello, closes), 'tls', 'connection-closed', again, direct],

  // PostgreSQL itself refuses to load such certificates.
  ['has a key of 1024 bits', tlsWith(() => pki.weak), 'certificate', 'certificate-invalid', once_, weakCa, /1024 bits/],
  ['is certified with SHA-1', tlsWith(() => pki.sha1), 'certificate', 'certificate-invalid', once_, sha1Ca, /too weak/],

  ['never lets us in', play(packet, silence), 'authenticate', 'deadline-exceeded', again, quick],
  ['hangs up at the login', play(packet, closes), 'authenticate', 'connection-terminated', again],
  ['resets at the login', play(packet, resets), 'authenticate', 'connection-reset', again],
  ['wants a password we have not', answersStartup(say.md5), 'authenticate', 'password-missing', once_, noPassword],
  ['wants GSSAPI', answersStartup(say.authentication(7)), 'authenticate', 'authentication-unsupported', once_, plain, /GSSAPI/],
  ['wants SSPI', answersStartup(say.authentication(9)), 'authenticate', 'authentication-unsupported', once_],
  ['wants Kerberos 5', answersStartup(say.authentication(2)), 'authenticate', 'authentication-unsupported', once_],
  ['wants what nobody knows', answersStartup(say.authentication(99)), 'authenticate', 'authentication-unsupported', once_],
  ['wants OAuth', answersStartup(say.sasl('OAUTHBEARER')), 'authenticate', 'authentication-unsupported', once_, plain, /OAuth/],
  ['binds without TLS', answersStartup(say.sasl('SCRAM-SHA-256-PLUS')), 'authenticate', 'protocol-violation', once_],
  [
    'has PLUS only, and binding is off',
    play(tls(), answersStartup(say.sasl('SCRAM-SHA-256-PLUS'))),
    'authenticate',
    'authentication-unsupported',
    once_,
    given({ channel_binding: 'disable' }, verified),
  ],
  [
    'has no PLUS, and binding is demanded',
    play(tls(), answersStartup(say.sasl('SCRAM-SHA-256'))),
    'authenticate',
    'channel-binding-unavailable',
    once_,
    given({ channel_binding: 'require' }, verified),
  ],
  [
    'skips the login, and binding is demanded',
    play(tls(), packet, serves()),
    'authenticate',
    'channel-binding-unavailable',
    once_,
    given({ channel_binding: 'require' }, verified),
  ],
  [
    'wants ten million rounds',
    play(packet, scram(9_999_999)),
    'authenticate',
    'authentication-unsupported',
    once_,
    plain,
    /9999999/,
  ],
  [
    'continues another nonce',
    play(packet, sends(say.sasl('SCRAM-SHA-256')), heard, sends(say.saslContinue('r=stranger,s=c2FsdA==,i=4096'))),
    'authenticate',
    'protocol-violation',
    once_,
  ],
  [
    'proves nothing',
    play(packet, scram(4096), heard, sends(say.saslFinal(noProof))),
    'authenticate',
    'protocol-violation',
    once_,
    plain,
    /prove/,
  ],
  [
    'offers what nobody knows',
    answersStartup(say.sasl('SCRAM-SHA-512', 'x')),
    'authenticate',
    'authentication-unsupported',
    once_,
    plain,
    /SCRAM-SHA-512, x/,
  ],
  [
    'offers nothing at all',
    answersStartup(say.sasl()),
    'authenticate',
    'authentication-unsupported',
    once_,
    plain,
    /no mechanism at all/,
  ],
  [
    'lets us in twice',
    answersStartup(Buffer.concat([say.ok, say.ok])),
    'authenticate',
    'protocol-violation',
    once_,
    plain,
    /twice/,
  ],
  [
    'gives no cancel key',
    answersStartup(Buffer.concat([say.ok, message('K', Buffer.alloc(4))])),
    'authenticate',
    'protocol-violation',
    once_,
    plain,
    /cancel key/,
  ],
  [
    'refuses options that nobody sent',
    answersStartup(say.negotiate(0x30000, '_pq_.x')),
    'authenticate',
    'protocol-violation',
    once_,
    plain,
    /options that were not sent/,
  ],
  ['skips its proof', play(packet, scram(4096), heard, serves()), 'authenticate', 'authentication-downgrade', once_],
  [
    'skips the login',
    play(packet, serves()),
    'authenticate',
    'authentication-downgrade',
    once_,
    given({ require_auth: 'scram-sha-256' }),
  ],
  [
    'wants cleartext',
    answersStartup(say.cleartext),
    'authenticate',
    'authentication-downgrade',
    once_,
    given({ require_auth: '!password' }),
  ],
  [
    'wants md5',
    answersStartup(say.md5),
    'authenticate',
    'authentication-downgrade',
    once_,
    given({ require_auth: 'scram-sha-256,none' }),
  ],
  ['announces a gigabyte', answersStartup(gigabyte), 'authenticate', 'protocol-violation', once_],
  [
    'sends notices without end',
    answersStartup(repeat(say.notice('x'.repeat(1000)), 200)),
    'authenticate',
    'protocol-violation',
    once_,
  ],
  ['answers before the login', answersStartup(say.one), 'authenticate', 'protocol-violation', once_],
  ['sends an unending text', answersStartup(message('E', 'SFATAL\0Mno end')), 'authenticate', 'protocol-violation', once_],
  ['offers a newer protocol', answersStartup(say.negotiate(0x30002)), 'authenticate', 'protocol-violation', once_],
  ['negotiates and changes nothing', answersStartup(say.negotiate(0x30000)), 'authenticate', 'protocol-violation', once_],
  [
    'gives notice before the login',
    play(packet, sends(say.notice('x')), serves()),
    'authenticate',
    'protocol-violation',
    once_,
    plain,
    /notice/,
  ],
  [
    'asks for no client certificate, and one is demanded',
    play(tls(), packet, serves()),
    'authenticate',
    'authentication-downgrade',
    once_,
    given({ sslcertmode: 'require' }, verified),
    /the server asks for none/,
  ],
  [
    'has protocol 3.0 only',
    answersStartup(say.negotiate(0x30000)),
    'authenticate',
    'protocol-violation',
    once_,
    given({ min_protocol_version: '3.2' }),
  ],

  // By SQLSTATE and the server's own function names, in whatever language.
  [
    'rejects in German',
    refuses('28P01', 'Passwort-Authentifizierung für Benutzer »app« fehlgeschlagen'),
    'authenticate',
    'password-rejected',
    once_,
  ],
  [
    'has no entry, in French',
    refuses('28000', 'aucune entrée dans pg_hba.conf pour l’hôte'),
    'authenticate',
    'no-hba-entry',
    once_,
  ],
  [
    'wants a certificate, in Japanese',
    refuses('28000', '接続には有効なクライアント証明書が必要です', 'ClientAuthentication'),
    'authenticate',
    'client-certificate-required',
    once_,
  ],
  [
    'knows no such role, in Russian',
    refuses('28000', 'вход запрещён', 'InitializeSessionUserId'),
    'authenticate',
    'role-not-permitted',
    once_,
  ],
  ['has no such database, in Chinese', refuses('3D000', '数据库 "shop" 不存在'), 'authenticate', 'database-not-found', once_],
  ['is starting up', refuses('57P03', 'the database system is starting up'), 'authenticate', 'server-unavailable', again],
  ['is out of memory', refuses('53200', 'out of memory'), 'authenticate', 'server-unavailable', again],
  ['is being shut down', refuses('57P01', 'administrator command'), 'authenticate', 'connection-terminated', again],
  [
    'repeats the password',
    refuses('XX000', `odd: ${PASSWORD}`),
    'authenticate',
    'server-rejected-connection',
    once_,
    plain,
    /not shown/,
  ],
  [
    'sends log commands',
    refuses('XX000', 'oops\n::error::pwned\u001b[31m\u202e'),
    'authenticate',
    'server-rejected-connection',
    once_,
  ],

  ['cancels the query', refusesQuery('57014', 'canceling statement'), 'query', 'query-timeout', again],
  ['ends the session', refusesQuery('57P01', 'terminating connection'), 'query', 'connection-terminated', again],
  ['fails the query', refusesQuery('XX000', 'cache lookup failed'), 'query', 'query-failed', once_],
  ['never answers the query', play(packet, sends(welcome()), silence), 'query', 'query-timeout', again, quick],
  ['hangs up at the query', play(packet, sends(welcome()), heard, closes), 'query', 'connection-terminated', again],
  [
    'resets at the query',
    play(packet, sends(welcome()), heard, resets),
    'query',
    'connection-reset',
    again,
    plain,
    /during the query/,
  ],
  ['has gone before the query', play(packet, sends(welcome()), resets), 'query', 'connection-reset', again],
  [
    'answers with less than no field',
    play(packet, sends(welcome()), heard, sends(message('T', Buffer.from([0xff, 0xff])))),
    'query',
    'protocol-violation',
    once_,
    plain,
    /negative number/,
  ],
  [
    'answers with nothing',
    play(
      packet,
      sends(welcome()),
      heard,
      sends(Buffer.concat([message('D', Buffer.from([0, 1, 0xff, 0xff, 0xff, 0xff])), message('C', 'SELECT 1\0'), say.ready])),
    ),
    'query',
    'protocol-violation',
    once_,
  ],
  ['answers something else', play(packet, sends(welcome()), heard, sends(say.row('2'))), 'query', 'protocol-violation', once_],
  [
    'is a standby',
    play(packet, serves({ in_hot_standby: 'on' })),
    'query',
    'session-read-only',
    again,
    given({ target_session_attrs: 'primary' }),
  ],
];

let running: Fake | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

describe('a server that', () => {
  test.each(ROWS.map((row) => ({ name: row[0], row })))('$name', async ({ row }) => {
    const [, script, stage, code, retry, changes, says] = row;
    running = await fake(script);
    const outcome = await run(connectionTo(running.port, changes?.()), { timeoutMs: SHORT_MS });
    expectProblem(outcome, { stage, code, retry }, SHORT_MS);
    if (says) expect(outcome.problem?.message).toMatch(says);
    // Nothing of ours stays connected, and nobody got the password in clear.
    for (const guest of running.guests) await guest.gone();
    expectNoSecret(running.guests.map(({ received }) => received.toString('latin1')));
  });
});

/** The same rows through the bundle that users run, as processes under the runner's double: what people and later steps get to see. */
test('every row ends the step with exit 1, one annotation, its code and stage, and no leak', async () => {
  const rows = ROWS.filter(([, , , , , changes]) => changes?.().password !== '');
  const wrong: string[] = [];
  const tryRow = async ([name, script, stage, code, , changes]: Row) => {
    const server = await fake(script);
    const { sslmode, trust, params, connectTimeout } = { sslmode: 'disable', trust: undefined, params: {}, ...changes?.() };
    const parameters = Object.entries(params ?? {}).map(([keyword, value]) => ` ${keyword}=${value}`);
    const runner = new RunnerDouble();
    const result = await runner.step({
      inputs: {
        'connection-string': `host=127.0.0.1 port=${server.port} user=app dbname=shop${parameters.join('')}`,
        password: PASSWORD,
        sslmode,
        ...(trust?.ca === undefined ? {} : { sslrootcert: trust.ca }),
        ...(connectTimeout === undefined ? {} : { 'connect-timeout': '1' }),
        probe: 'true',
        'probe-timeout': connectTimeout === undefined ? '1' : '3',
      },
    });
    const { exitCode, outputs, annotations, log, rawStdout, rawStderr, summary, env } = result;
    const errors = annotations.filter(({ type }) => type === 'error');
    const seen = { exitCode, code: outputs.problem, stage: outputs.stage, errors: errors.length, exported: Object.keys(env) };
    const expected = { exitCode: 1, code, stage, errors: 1, exported: [] };
    if (JSON.stringify(seen) !== JSON.stringify(expected)) wrong.push(`${name}: ${JSON.stringify(seen)}\n${log}`);
    // What the process itself printed, before any mask; only the masks' own commands have the secret in them.
    const printed = rawStdout.replace(/^::add-mask::.*$/gm, '');
    expectNoSecret([printed, rawStderr, summary ?? '', JSON.stringify(errors)]);
    expect([name, rawStderr]).toEqual([name, '']);
    for (const guest of server.guests) await guest.gone();
    await server.stop();
    runner.dispose();
  };
  const queue = [...rows];
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let row = queue.shift(); row; row = queue.shift()) await tryRow(row);
    }),
  );
  expect(wrong).toEqual([]);
}, 240_000);

describe('an address that', () => {
  test('nobody listens at', async () => {
    const { port, stop } = await fake(() => {});
    await stop();
    const outcome = await run(connectionTo(port), { timeoutMs: SHORT_MS });
    expectProblem(outcome, { stage: 'connect', code: 'connection-refused', retry: true }, SHORT_MS);
  });

  test('drops packets', async () => {
    // A process that listens and is stopped: the kernel fills its queue and then drops every SYN.
    const program =
      "const s=require('net').createServer();s.listen({port:0,host:'127.0.0.1',backlog:1},()=>console.log(s.address().port))";
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(child.stdout, 'data');
    const port = Number(String(line));
    child.kill('SIGSTOP');
    const fillers = Array.from({ length: 4 }, () => connect(port, '127.0.0.1').on('error', () => {}));
    await sleep(100);
    const outcome = await run(connectionTo(port, quick()), { timeoutMs: SHORT_MS });
    for (const filler of fillers) filler.destroy();
    child.kill('SIGKILL');
    expectProblem(outcome, { stage: 'connect', code: 'connect-timeout', retry: true }, SHORT_MS);
  });

  test('is a Unix socket that does not exist', async () => {
    const outcome = await run(connectionTo(5432, { hosts: [{ host: `${tmpdir()}/no-such-directory`, port: 5432 }] }), {
      timeoutMs: SHORT_MS,
    });
    expectProblem(outcome, { stage: 'connect', code: 'connection-refused', retry: true }, SHORT_MS);
  });
});

describe('a name that', () => {
  const named = (port = 5432) => connectionTo(port, { hosts: [{ host: 'db.internal', port }], connectTimeout: 0.2 });
  const failing = (code: string) => async () => {
    throw Object.assign(new Error(`queryA ${code}`), { code });
  };

  test('does not exist', async () => {
    // RFC 6761: `.invalid` never exists. The system's own resolver says so, or is not there at all.
    const outcome = await run(connectionTo(5432, { hosts: [{ host: 'neon-connect.invalid', port: 5432 }] }), {
      timeoutMs: 2_000,
    });
    expect(['host-not-found', 'dns-unavailable']).toContain(outcome.problem?.code);
    expect(outcome.problem?.stage).toBe('resolve');
    expectProblem(
      await run(named(), { timeoutMs: SHORT_MS, lookup: failing('ENOTFOUND') }),
      { stage: 'resolve', code: 'host-not-found', retry: true },
      SHORT_MS,
    );
  });

  test('appears in DNS a little late', async () => {
    running = await fake(play(packet, serves()));
    let asked = 0;
    const lookup = async () => {
      if (++asked < 3) throw Object.assign(new Error('not yet'), { code: 'ENOTFOUND' });
      return [{ address: '127.0.0.1', family: 4 }];
    };
    const { proof } = await run(named(running.port), { lookup });
    expect(proof).toMatchObject({ attempts: 3, host: 'db.internal', address: '127.0.0.1' });
  });

  test('no name server answers', async () => {
    const silent = () => new Promise<never>(() => {});
    expectProblem(
      await run(named(), { timeoutMs: SHORT_MS, lookup: silent }),
      { stage: 'resolve', code: 'dns-unavailable', retry: true },
      SHORT_MS,
    );
    expectProblem(
      await run(named(), { timeoutMs: SHORT_MS, lookup: failing('EAI_AGAIN') }),
      { stage: 'resolve', code: 'dns-unavailable', retry: true },
      SHORT_MS,
    );
  });
});

describe('a server with several addresses', () => {
  const works = play(packet, serves());
  const addresses = (...list: string[]) => ({
    lookup: async () => list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  });

  test('is reached at the one that is open', async () => {
    running = await fake(works);
    const { proof } = await run(
      connectionTo(running.port, { hosts: [{ host: 'db.internal', port: running.port }] }),
      addresses('127.0.0.9', '::1', '127.0.0.8', '127.0.0.1'),
    );
    expect(proof).toMatchObject({ address: '127.0.0.1', attempts: 1 });
  });

  test('is tried at the next address when one accepts and keeps silent', async () => {
    running = await fake(works);
    const silent = createServer(() => {}).listen(running.port, '127.0.0.9');
    await once(silent, 'listening');
    const { proof, events } = await run(
      connectionTo(running.port, { hosts: [{ host: 'db.internal', port: running.port }], connectTimeout: 0.3 }),
      addresses('127.0.0.9', '127.0.0.1'),
    );
    silent.close();
    expect(proof).toMatchObject({ address: '127.0.0.1', attempts: 1 });
    expect(events).toContainEqual(expect.objectContaining({ type: 'failure', stage: 'authenticate' }));
  });
});

describe('several hosts', () => {
  const script = (parameters: Record<string, string>) => play(packet, serves(parameters));
  const hosts = (...fakes: readonly { port: number }[]) =>
    fakes.map(({ port }) => ({ host: '127.0.0.1', port })) as unknown as Connection['hosts'];

  test.each([
    ['read-write', 1],
    ['primary', 1],
    ['standby', 0],
    ['read-only', 0],
    ['prefer-standby', 0],
    ['any', 0],
  ])('target_session_attrs=%s takes the right one', async (target, index) => {
    const both = [await fake(script({ in_hot_standby: 'on' })), await fake(script({}))];
    const { proof } = await run(connectionTo(0, { hosts: hosts(...both), params: { target_session_attrs: target } }));
    for (const one of both) await one.stop();
    expect(proof?.port).toBe(both[index]?.port);
  });

  test('prefer-standby takes a primary where there is no standby', async () => {
    running = await fake(script({}));
    const { proof } = await run(connectionTo(0, { hosts: hosts(running), params: { target_session_attrs: 'prefer-standby' } }));
    expect(proof?.port).toBe(running.port);
  });

  test('a server that does not say what it is, is asked', async () => {
    running = await fake(
      play(packet, sends(Buffer.concat([say.ok, say.ready])), async (guest) => {
        const { body } = await guest.message();
        guest.write(say.row(body.toString().includes('pg_is_in_recovery') ? 't' : 'on'));
        await guest.gone();
      }),
    );
    for (const [target, code] of [
      ['standby', undefined],
      ['read-only', undefined],
      ['primary', 'session-read-only'],
      ['read-write', 'session-read-only'],
    ] as const) {
      const { problem } = await run(connectionTo(0, { hosts: hosts(running), params: { target_session_attrs: target } }), {
        timeoutMs: 400,
      });
      expect([target, problem?.code]).toEqual([target, code]);
    }
  });

  test('go on after a refused connection and after 57P03, and stop at a refused login', async () => {
    const closed = await fake(() => {});
    await closed.stop();
    const starting = await fake(refuses('57P03', 'the database system is starting up'));
    const works = await fake(script({}));
    const strict = await fake(refuses('28P01', 'no'));
    const reached = await run(connectionTo(0, { hosts: hosts(closed, starting, works, strict) }));
    expect(reached.proof).toMatchObject({ port: works.port, attempts: 1 });
    // libpq knows only the SQLSTATE: a pooler that has no server behind it may be one of many to the same.
    const pooler = await fake(refuses('08P01', 'server login has been failing, try again later (server_login_retry)'));
    const failing = await run(connectionTo(0, { hosts: hosts(pooler, works) }), { timeoutMs: 400 });
    expect(failing.problem?.code).toBe('server-unavailable');
    await pooler.stop();
    const refused = await run(connectionTo(0, { hosts: hosts(strict, works) }));
    expect(refused.problem?.code).toBe('password-rejected');
    for (const one of [starting, works, strict]) await one.stop();
  });
});

describe('the way in', () => {
  const notification = message('A', Buffer.from([0, 0, 0, 42]), 'channel\0', 'payload\0');
  test.each<[name: string, script: Script, changes?: Changes, authentication?: string]>([
    [
      'a notification comes before the first answer',
      play(
        packet,
        sends(Buffer.concat([say.ok, notification])),
        sends(welcome().subarray(say.ok.length)),
        heard,
        sends(say.one),
        silence,
      ),
    ],
    ['a notification comes in between', play(packet, sends(welcome()), heard, sends(notification), sends(say.one), silence)],
    ['the encoding is the locale’s', play(packet, serves()), given({ client_encoding: 'auto' })],
    ['there is no time limit for one host', play(packet, serves()), () => ({ connectTimeout: 0 })],
    ['another server was wanted than a read-only one', play(packet, serves()), given({ target_session_attrs: 'any' })],
    ['md5', play(packet, sends(say.md5), heard, serves()), plain, 'md5'],
  ])('%s', async (_, script, changes = plain, authentication = 'none') => {
    running = await fake(script);
    const { proof, problem } = await run(connectionTo(running.port, changes()));
    expect(problem).toBeUndefined();
    expect(proof).toMatchObject({ authentication, serverVersion: '18.4' });
  });
});

describe('the way down', () => {
  test('sslmode=prefer goes on without TLS where there is none, and says so', async () => {
    running = await fake(play(packet, sends('N'), packet, serves()));
    const { proof, events } = await run(connectionTo(running.port, { sslmode: 'prefer' }));
    expect(proof?.tlsVersion).toBeUndefined();
    expect(events).toContainEqual(expect.objectContaining({ type: 'notice', text: expect.stringContaining('no TLS') }));
  });

  const asksForTls = (guest: Parameters<Script>[0]): Promise<boolean> =>
    guest.packet().then((body) => body.equals(Buffer.from([0x04, 0xd2, 0x16, 0x2f])));
  /** One answer to who asks for TLS, another to who does not. */
  const either =
    (withTls: Script, without: Script): Script =>
    async (guest) =>
      (await asksForTls(guest)) ? withTls(guest) : without(guest);

  test.each<[name: string, script: Script, sslmode: 'prefer' | 'allow', notice: RegExp | undefined, code?: Code]>([
    ['a handshake that fails', either(sends(Buffer.concat([Buffer.from('S')])), serves()), 'prefer', undefined, 'tls-timeout'],
    [
      'a handshake that is refused',
      either(play(sends('S'), hello, sends(alert(40))), serves()),
      'prefer',
      /`sslmode=prefer`: the connection with TLS failed \(tls-handshake-failed\)/,
    ],
    [
      'a refusal before TLS',
      either(play(sends(say.error('28000', 'no')), closes), serves()),
      'prefer',
      undefined,
      'server-rejected-connection',
    ],
    [
      'a refusal at the login, whatever it says',
      either(play(sends('S'), handshake(server), packet, sends(say.error('57P01', 'no')), closes), serves()),
      'prefer',
      /the connection with TLS failed \(connection-terminated\)/,
    ],
    [
      'a refusal after the login',
      either(play(sends('S'), handshake(server), packet, sends(say.ok), sends(say.error('3D000', 'no')), closes), serves()),
      'prefer',
      undefined,
      'database-not-found',
    ],
    [
      'a server that is starting',
      either(play(sends('S'), handshake(server), packet, sends(say.error('57P03', 'no')), closes), serves()),
      'prefer',
      undefined,
      'server-unavailable',
    ],
    [
      'a refusal where there is no TLS',
      either(play(sends('N'), packet, sends(say.error('28P01', 'no')), closes), serves()),
      'prefer',
      undefined,
      'password-rejected',
    ],
    [
      'a server that is full',
      either(play(sends(say.error('53300', 'full')), closes), serves()),
      'prefer',
      undefined,
      'too-many-connections',
    ],
    [
      'no entry without TLS',
      either(play(sends('S'), handshake(server), packet, serves()), play(sends(say.error('28000', 'pg_hba.conf')), closes)),
      'allow',
      /`sslmode=allow`: the connection without TLS failed \(no-hba-entry\), so it is tried with/,
    ],
    [
      'a login of ours that was refused by us',
      either(silence, play(sends(say.sasl('X')), silence)),
      'allow',
      undefined,
      'authentication-unsupported',
    ],
  ])('%s', async (_, script, sslmode, notice, code = undefined) => {
    running = await fake(script);
    const { proof, problem, events } = await run(connectionTo(running.port, { sslmode, connectTimeout: 1 }), { timeoutMs: 900 });
    const said = events.flatMap((event) => (event.type === 'notice' ? [event.text] : []));
    if (code) expect(problem?.code === 'deadline-exceeded' ? problem.message : problem?.code).toContain(code);
    else expect(proof).toMatchObject({ serverVersion: '18.4' });
    if (notice) expect(said).toContainEqual(expect.stringMatching(notice));
    else expect(said.filter((text) => text.includes('so it is tried'))).toEqual([]);
  });

  test('a compute that wakes is waited for', async () => {
    let asked = 0;
    running = await fake(
      play(packet, (guest) => {
        const wakes = play(sends(say.error('XX000', "Couldn't connect to compute node")), closes);
        return ++asked < 3 ? wakes(guest) : serves()(guest);
      }),
    );
    const { proof, events } = await run(connectionTo(running.port));
    expect(proof?.attempts).toBe(3);
    expect(events.filter(({ type }) => type === 'wait')).toHaveLength(2);
  });

  test('the deadline names the last problem when another is under way', async () => {
    let asked = 0;
    running = await fake(
      play(packet, (guest) => {
        const starts = play(sends(say.error('57P03', 'starting up')), closes);
        return ++asked === 1 ? starts(guest) : silence(guest);
      }),
    );
    const { problem } = await run(connectionTo(running.port), { timeoutMs: 900 });
    expect(problem).toMatchObject({
      code: 'deadline-exceeded',
      stage: 'authenticate',
      message: expect.stringContaining('`server-unavailable`'),
    });
  });

  test('cancelling ends it at once and closes the socket, in every stage', async () => {
    running = await fake(async (guest) => guest.gone());
    for (const [sslmode, doing] of [
      ['disable', 'logging in'],
      ['require', 'asking for TLS'],
    ] as const) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 100);
      const { problem, ms } = await run(connectionTo(running.port, { sslmode }), { signal: controller.signal });
      expect(problem).toMatchObject({ code: 'cancelled', message: expect.stringContaining(doing) });
      expect(ms).toBeLessThan(400);
    }
    const { problem } = await run(connectionTo(running.port), { signal: AbortSignal.abort() });
    expect(problem?.code).toBe('cancelled');
    for (const guest of running.guests) await guest.gone();
  });
});

test('no handle is left behind: a process that probed ends by itself', async () => {
  running = await fake(play(packet, silence));
  const program = `
    import { probe } from ${JSON.stringify(`${process.cwd()}/src/probe/probe.ts`)};
    const connection = { hosts: [{ host: '127.0.0.1', port: ${running.port} }], user: 'u', password: 'p', database: 'd', sslmode: 'disable', connectTimeout: 1, trust: {}, parameters: new Map(), foreign: new Map() };
    await probe(connection, { timeoutMs: 300, signal: new AbortController().signal, onEvent() {} }).catch((error) => console.log(error.code));
  `;
  const started = performance.now();
  const output = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, ['--input-type=module', '-e', program], (error, stdout, stderr) =>
      error || stderr.includes('Error') ? reject(error ?? new Error(stderr)) : resolve(stdout),
    );
  });
  expect(output.trim()).toBe('deadline-exceeded');
  expect(performance.now() - started).toBeLessThan(5_000);
});
