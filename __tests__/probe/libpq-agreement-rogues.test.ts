import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { difference, follow, show } from '../support/agreement.ts';
import { DIFFERENCES, type DifferenceName } from '../support/agreement-differences.ts';
import { createAuthority, type Leaf } from '../support/certificates.ts';
import {
  closes,
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
import { libpqIsAvailable } from '../support/libpq.ts';
import { LibpqProcess } from '../support/libpq-process.ts';
import { testWithLibpq } from '../support/with-libpq.ts';

/*
 * What no PostgreSQL does: to servers that fail and cheat the probe says what libpq 18 says, or something stricter. Which of them get in, by
 * how many connections and of which kind.
 */

const PASSWORD = 'c0rrect-h@rse';
const home = mkdtempSync(join(tmpdir(), 'neon-connect-'));
const ca = join(home, 'ca');
let libpq: LibpqProcess;
let leaf: Leaf;
beforeAll(async () => {
  if (!libpqIsAvailable) return;
  libpq = new LibpqProcess(home);
  const authority = await createAuthority();
  leaf = await authority.issue({ names: ['localhost'] });
  writeFileSync(ca, authority.cert);
});
afterAll(async () => {
  await libpq?.end();
  rmSync(home, { recursive: true, force: true });
});

const secured = (...steps: Script[]): Script =>
  play(
    sends('S'),
    handshake(() => ({ cert: leaf.cert, key: leaf.key })),
    packet,
    ...steps,
  );
const serving = serves();
const refuses = (sqlstate: string, text = 'no'): Script => play(sends(say.error(sqlstate, text)), closes);
const hello: Script = (guest) => guest.read(5);
const alert = Buffer.from([21, 3, 3, 0, 2, 2, 40]);
/** A login without a login, with these messages in it. */
const lets = (...messages: Buffer[]): Script => play(sends(Buffer.concat(messages)), heard, sends(say.one), silence);
/** Before 14 a server did not say what it is: it has to be asked. */
const old = (answer: string): Script =>
  play(
    sends(Buffer.concat([say.ok, say.parameter('server_version', '13.1'), say.ready])),
    heard,
    sends(say.row(answer)),
    heard,
    sends(say.one),
    silence,
  );
const noProof = say.saslFinal(`v=${'A'.repeat(43)}=`);
const notification = message('A', Buffer.from([0, 0, 0, 1]), 'channel\0payload\0');

/** What it does to who asks for TLS, and to who does not; the settings that it is met with; how we mean to differ. */
type Row = readonly [name: string, tls: Script, plain: Script, settings: string, difference?: DifferenceName];

const prefer = 'sslmode=prefer';
const plain = 'sslmode=disable';
const twoHosts = (mode: string): string => `sslmode=${mode} host=localhost,localhost port=$port,$good`;

const ROWS: readonly Row[] = [
  // Where `prefer` goes on without TLS, and where not.
  ['answers an error to SSLRequest', refuses('28000'), serving, prefer],
  ['answers an error to SSLRequest', refuses('28000'), serving, 'sslmode=require'],
  ['answers 57P03 to SSLRequest', refuses('57P03'), serving, prefer],
  ['is full at SSLRequest', refuses('53300'), serving, prefer],
  ['answers as before protocol 3', play(sends('Ecould not fork\n\0'), closes), serving, prefer],
  ['closes at SSLRequest', closes, serving, prefer],
  ['resets at SSLRequest', resets, serving, prefer],
  ['answers garbage to SSLRequest', play(sends('X'), closes), serving, prefer],
  ['stuffs plaintext after S', play(sends(`S${say.ok}`), closes), serving, prefer, 'plaintext injection'],
  ['stuffs plaintext after S', play(sends(`S${say.ok}`), closes), serving, 'sslmode=require'],
  ['stuffs plaintext after N', play(sends(Buffer.concat([Buffer.from('N'), welcome()])), closes), serving, prefer],
  ['has no TLS', play(sends('N'), packet, serving), serving, prefer],
  ['has no TLS, and refuses the login', play(sends('N'), packet, refuses('28000')), serving, prefer],
  ['has no TLS, and closes', play(sends('N'), packet, closes), serving, prefer],
  ['closes in the handshake', play(sends('S'), closes), serving, prefer],
  ['resets in the handshake', play(sends('S'), hello, resets), serving, prefer],
  ['says no TLS after S', play(sends('S'), hello, sends(welcome()), closes), serving, prefer],
  ['refuses the handshake', play(sends('S'), hello, sends(alert), closes), serving, prefer],
  ['refuses the login', secured(refuses('28000')), serving, prefer],
  ['has not such a database, and says so soon', secured(refuses('3D000')), serving, prefer],
  ['is full', secured(refuses('53300')), serving, prefer],
  ['is starting', secured(refuses('57P03')), serving, prefer],
  ['is ending', secured(refuses('57P01')), serving, prefer],
  ['was too slow for itself', secured(refuses('57014')), serving, prefer],
  ['calls it a violation', secured(refuses('08P01')), serving, prefer],
  ['lacks the feature', secured(refuses('0A000')), serving, prefer],
  ['refuses in the middle of SCRAM', secured(sends(say.sasl('SCRAM-SHA-256')), heard, refuses('28P01')), serving, prefer],
  ['lets us in and refuses then', secured(sends(say.ok), refuses('3D000')), serving, prefer],
  ['closes at the login', secured(closes), serving, prefer],
  ['answers garbage to the login', secured(sends('HTTP/1.1 400\r\n\r\n'), closes), serving, prefer],
  ['wants Kerberos', secured(sends(say.authentication(7)), closes), serving, prefer],
  ['wants what is forbidden', secured(sends(say.cleartext), closes), serving, `${prefer} require_auth=scram-sha-256`],
  ['wants a password that we lack', secured(sends(say.md5), closes), serving, `${prefer} password=''`],

  // Where the next host is tried, and where not.
  ['is starting, and there is another', serving, refuses('57P03'), twoHosts('disable')],
  ['is starting inside TLS, and there is another', secured(refuses('57P03')), closes, twoHosts('require')],
  ['answers 57P03 to SSLRequest, and there is another', refuses('57P03'), closes, twoHosts('require')],
  ['lets us in and is starting then, and there is another', serving, play(sends(say.ok), refuses('57P03')), twoHosts('disable')],
  ['is full, and there is another', serving, refuses('53300'), twoHosts('disable')],
  ['is ending, and there is another', serving, refuses('57P01'), twoHosts('disable')],
  ['is a pooler without a server, and there is another', serving, refuses('08P01', 'query_wait_timeout'), twoHosts('disable')],
  ['closes at the login, and there is another', serving, closes, twoHosts('disable')],
  ['resets at the login, and there is another', serving, resets, twoHosts('disable')],
  ['closes at SSLRequest, and there is another', closes, closes, twoHosts('require')],
  ['has no TLS, and there is another', sends('N'), closes, twoHosts('require')],

  // Proofs, and what is asked of us.
  ['skips SCRAM', serving, play(sends(say.sasl('SCRAM-SHA-256')), heard, serving), plain, 'no proof'],
  ['skips its proof', serving, play(scram(4096), heard, serving), plain, 'no proof'],
  ['skips its proof', serving, play(scram(4096), heard, serving), `${plain} require_auth=scram-sha-256`],
  ['proves nothing', serving, play(scram(4096), heard, sends(noProof), serving), plain],
  ['offers nothing that is known', serving, play(sends(say.sasl('X')), closes), plain],
  ['offers binding without TLS', serving, play(sends(say.sasl('SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256')), closes), plain],
  ['asks twice', serving, play(sends(say.md5), heard, sends(say.cleartext), heard, serving), plain, 'second login'],
  ['asks this machine for the password in clear', serving, play(sends(say.cleartext), heard, serving), plain],
  ['asks for md5, elsewhere', serving, play(sends(say.md5), heard, serving), `${plain} host=$elsewhere`],
  [
    'asks for the password in clear, elsewhere',
    serving,
    play(sends(say.cleartext), heard, serving),
    `${plain} host=$elsewhere`,
    'password in clear',
  ],
  [
    'asks for it inside TLS that proves nothing',
    secured(sends(say.cleartext), heard, serving),
    serving,
    'sslmode=require host=$elsewhere',
    'password in clear',
  ],
  [
    'asks for it after its CA was checked',
    secured(sends(say.cleartext), heard, serving),
    serving,
    'sslmode=verify-ca sslrootcert=$ca host=$elsewhere',
  ],
  ['asks for no client certificate', secured(serving), serving, 'sslmode=require sslcertmode=require'],

  // The protocol.
  ['knows 3.0 only', serving, lets(say.negotiate(0x30000), welcome()), `${plain} max_protocol_version=3.2`],
  ['knows 3.0 only, where 3.2 must be', serving, lets(say.negotiate(0x30000), welcome()), `${plain} min_protocol_version=3.2`],
  ['negotiates what nobody asked', serving, lets(say.negotiate(0x30000), welcome()), plain],
  ['negotiates and changes nothing', serving, lets(say.negotiate(0x30002), welcome()), `${plain} max_protocol_version=3.2`],
  ['knows 3.1', serving, lets(say.negotiate(0x30001), welcome()), `${plain} max_protocol_version=3.2`],
  ['knows 2.0 only', serving, lets(say.negotiate(0x20000), welcome()), `${plain} max_protocol_version=3.2`],
  ['refuses options', serving, lets(say.negotiate(0x30000, '_pq_.x'), welcome()), `${plain} max_protocol_version=3.2`],
  ['gives notice before the login', serving, lets(say.notice('x'), welcome()), plain],
  ['says nothing of itself', serving, lets(say.ok, say.ready), plain],
  ['sends a notification first', serving, lets(say.ok, notification, say.ready), plain],
  ['sends a message that does not exist', serving, lets(say.ok, message('Q', 'x\0'), say.ready), plain],
  ['is old, and a standby', serving, old('t'), `${plain} target_session_attrs=standby`],
  ['is old, and no standby', serving, old('f'), `${plain} target_session_attrs=standby`],
  ['is old, and takes writes', serving, old('off'), `${plain} target_session_attrs=read-write`],
  ['is old, and takes none', serving, old('on'), `${plain} target_session_attrs=read-write`],
];

/** An address of this machine that is not the loopback's, so that a server there counts as one elsewhere. */
const elsewhere = Object.values(networkInterfaces())
  .flat()
  .find((entry) => entry && !entry.internal && entry.family === 'IPv4')?.address;

const tried = ROWS.filter(([, , , settings]) => elsewhere !== undefined || !settings.includes('$elsewhere'));

describe('what libpq says to a server that', () => {
  testWithLibpq.each(tried.map((row) => ({ name: row[0], settings: row[3], row })))('$name: $settings', async ({ row }) => {
    const [, withTls, without, settings, meant] = row;
    let heardOf = '';
    const asked =
      (where: string, withTls: Script, without: Script): Script =>
      async (guest) => {
        // SSLRequest's code; a startup packet begins with a version.
        const tls = (await guest.packet()).readUInt32BE() === 80_877_103;
        heardOf += `LOG:  connection authorized: ${where}, ${tls ? 'SSLRequest' : 'startup'}\n`;
        await (tls ? withTls : without)(guest);
      };
    const address = settings.includes('$elsewhere') ? elsewhere : '127.0.0.1';
    const server = await fake(asked('first', withTls, without), address);
    const good = await fake(asked('second', secured(serving), serving));
    const names = { $port: server.port, $good: good.port, $ca: ca, $elsewhere: elsewhere };
    const text = Object.entries(names).reduce(
      (filled, [name, value]) => filled.replaceAll(name, String(value)),
      `host=localhost port=$port user=app password=${PASSWORD} dbname=shop connect_timeout=4 ${settings}`,
    );
    const logged = (): string => {
      const all = heardOf;
      heardOf = '';
      return all;
    };
    const verdicts = await follow(text, libpq, logged);
    await Promise.all([server.stop(), good.stop()]);
    const found = difference(verdicts);
    const kinds: readonly (string | undefined)[] = meant === undefined ? [undefined] : DIFFERENCES[meant].kinds;
    if (!kinds.includes(found))
      throw new Error(`${found ?? 'no difference'}\n${text}\n${show(verdicts)}`.replaceAll(PASSWORD, '***'));
  });
});
