import fc from 'fast-check';
import { parseConninfo } from '../../src/connection/conninfo.ts';
import { asUrl, difference, follow, show } from '../support/agreement.ts';
import { DIFFERENCES, type DifferenceName } from '../support/agreement-differences.ts';
import { Servers, type StateName } from '../support/agreement-servers.ts';
import { libpqIsAvailable } from '../support/libpq.ts';
import { LibpqProcess } from '../support/libpq-process.ts';
import { runs } from '../support/random.ts';
import { testWithLibpq } from '../support/with-libpq.ts';

/*
 * The whole way from a connection string to a login, with libpq 18 beside us: the probe gets in exactly when PQconnectdb does, at the same
 * server, with as many attempts and the same answers of the servers on the way. Where it means to differ, the row says so by a name of
 * DIFFERENCES, and fails when there is nothing to say any more.
 */

const servers = new Servers();
let libpq: LibpqProcess;
beforeAll(async () => {
  if (!libpqIsAvailable) return;
  await servers.start();
  libpq = new LibpqProcess(servers.home);
});
afterAll(async () => {
  await libpq?.end();
  await servers.stop();
});

/** What every string says first; of two of a kind the last one counts. */
const COMMON = 'host=localhost port=$primary user=app password=$password dbname=shop';

let turn = 0;
/** Follows the row with both, as a URL every second time. Throws unless they agree, or differ as the given difference does. */
async function agree(row: string, meant: (settings: ReadonlyMap<string, string>) => readonly DifferenceName[]): Promise<boolean> {
  const settings = `${COMMON} ${row}`;
  const filled = servers.fill(settings);
  turn += 1;
  const text = turn % 2 === 0 ? asUrl(filled) : filled;
  const verdicts = await follow(text, libpq, row.includes('$silent') ? undefined : () => servers.logged());
  const found = difference(verdicts, row.includes('load_balance_hosts=random'));
  const said = new Map(parseConninfo(settings));
  const names = meant(said);
  const explained = names.some((name) => {
    const { kinds, when } = DIFFERENCES[name];
    return when(said) && (kinds as readonly string[]).includes(found ?? '');
  });
  if (found === undefined ? names.length === 0 || meant === maybe : explained) return verdicts.ours.reached !== undefined;
  const expected = names.length > 0 ? ` (may differ: ${names.join(', ')})` : '';
  throw new Error(servers.hide(`${found ?? 'no difference'}${expected}\n${text}\n${show(verdicts)}`));
}

/** Every difference that may concern these settings. */
const maybe = (settings: ReadonlyMap<string, string>): DifferenceName[] =>
  RANDOM.filter((name) => DIFFERENCES[name].when(settings));

/** One line a case; behind ` ~ ` the difference that it shows. */
const cases = (text: string): { row: string; name: DifferenceName | undefined }[] =>
  text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [row = '', name] = line.split(' ~ ');
      return { row, name: name as DifferenceName | undefined };
    });

const GOOD = String.raw`
# The mode and what pg_hba.conf says.
sslmode=disable
sslmode=allow ~ allow
sslmode=prefer
sslmode=require
sslmode=verify-ca sslrootcert=$ca
sslmode=verify-full sslrootcert=$ca
connect_timeout=5 ~ no mode
password=$wrong
sslrootcert=$ca
sslmode='' ~ empty value
sslmode=REQUIRE
# Roles, passwords, databases.
sslmode=prefer password=$wrong
sslmode=require password=$wrong
sslmode=prefer user=nobody
sslmode=require user=nobody dbname=trusting
sslmode=prefer dbname=missing
sslmode=require dbname=missing
sslmode=prefer dbname=elsewhere
sslmode=prefer dbname=private
sslmode=prefer user=locked
sslmode=prefer user=full
sslmode=prefer user=expired
sslmode=prefer user=nopassword
sslmode=require user='other role'
sslmode=require user=reader
sslmode=require password=''
sslmode=require dbname=trusting password=''
sslmode=require dbname=trusting password=$wrong
sslmode=require dbname=cleartext password=$wrong
sslmode=require dbname=digest user=old
sslmode=require dbname=digest user=old password=$wrong
sslmode=require user=old
sslmode=require user=umlaut password=$prepared
sslmode=require user=umlaut password=$typed
sslmode=require user=umlaut password=$prepared dbname=cleartext
sslmode=require user=umlaut password=$typed dbname=cleartext
sslmode=require user=bidi password=$unprepared
sslmode=disable user=''
sslmode=disable dbname=''
sslmode=disable user='no such role'
sslmode=disable dbname=Shop
sslmode=disable dbname='shop '
sslmode=disable scram_client_key=$clientkey scram_server_key=$serverkey password=''
sslmode=require scram_client_key=$clientkey scram_server_key=$serverkey password=$wrong
sslmode=disable scram_client_key=$clientkey
sslmode=disable scram_client_key=$serverkey scram_server_key=$serverkey
sslmode=disable scram_server_key=$serverkey
sslmode=disable scram_server_key=$clientkey
sslmode=disable scram_client_key=$clientkey scram_server_key=$serverkey dbname=cleartext password=''
# CAs.
sslmode=verify-full
sslmode=verify-ca
sslmode=verify-full sslrootcert=$wrongca
sslmode=verify-ca sslrootcert=$wrongca
sslmode=require sslrootcert=$wrongca
sslmode=require sslrootcert=$ca
sslmode=prefer sslrootcert=$ca
sslmode=prefer sslrootcert=$wrongca ~ CA beside prefer
sslmode=prefer sslrootcert=$wrongca dbname=tlsonly ~ CA beside prefer
sslmode=disable sslrootcert=$wrongca
sslmode=verify-full sslrootcert=$severalcas
sslmode=verify-full sslrootcert=$leafonly
sslmode=verify-full sslrootcert=$proseca
sslmode=verify-full sslrootcert=system
sslrootcert=system
sslmode=require sslrootcert=system
sslmode=verify-full sslrootcert=$nofile
sslmode=require sslrootcert=$nofile ~ no file
sslmode=disable sslrootcert=$nofile ~ no file
sslmode=verify-full sslrootcert=$nopem
sslmode=verify-full sslrootcert=$key
# The host, as it is written and as it is checked.
sslmode=verify-full sslrootcert=$ca host=127.0.0.1
sslmode=verify-full sslrootcert=$ca host=::1
sslmode=verify-full sslrootcert=$ca host=0:0:0:0:0:0:0:1
sslmode=verify-full sslrootcert=$ca host=::ffff:127.0.0.1
sslmode=verify-full sslrootcert=$ca host=LOCALHOST
sslmode=verify-full sslrootcert=$ca host=127.1 ~ short address
sslmode=verify-full sslrootcert=$ca host=postgres.test hostaddr=127.0.0.1
sslmode=verify-full sslrootcert=$ca host=postgres.test hostaddr=::1
sslmode=verify-full sslrootcert=$ca host=other.test hostaddr=127.0.0.1
sslmode=verify-full sslrootcert=$ca host=192.0.2.1 hostaddr=127.0.0.1
sslmode=verify-full sslrootcert=$ca host='' hostaddr=127.0.0.1 ~ address alone
sslmode=verify-ca sslrootcert=$ca host=other.test hostaddr=127.0.0.1
sslmode=verify-ca sslrootcert=$ca host='' hostaddr=127.0.0.1
sslmode=require host='' hostaddr=::1
sslmode=require host='' hostaddr=127.1
sslmode=require host='' hostaddr=0x7f000001
sslmode=require hostaddr=localhost
sslmode=disable host=127.1
sslmode=disable host=''
sslmode=disable port=$refusing
sslmode=disable port=' $primary'
sslmode=disable port=70000
sslmode=disable port=x
# Unix sockets: never TLS.
host=$primarysocket
host=$primarysocket sslmode=disable
host=$primarysocket sslmode=prefer
host=$primarysocket sslmode=require
host=$primarysocket sslmode=verify-full sslrootcert=$ca
host=$primarysocket channel_binding=require
host=$primarysocket dbname=trusting password=''
host=$primarysocket dbname=tlsonly sslmode=prefer
host=$primarysocket dbname=certified sslmode=require
host=$primarysocket sslmode=require sslcertmode=require
host=$primarysocket port=1 sslmode=disable
host=$primarysocket hostaddr=127.0.0.1 sslmode=disable
host=$primarysocket hostaddr=127.0.0.1 sslmode=verify-full sslrootcert=$ca
host=$primarysocket requirepeer=root sslmode=disable
host=$primarysocket requirepeer=$owner sslmode=disable ~ owner of the socket
host=$primarysocket hostaddr=127.0.0.1 requirepeer=root sslmode=disable
requirepeer=root sslmode=disable
host=$nofile sslmode=disable
host=@neon-connect-test sslmode=disable
# How TLS begins, and its versions.
sslnegotiation=direct
sslnegotiation=direct sslmode=disable
sslnegotiation=direct sslmode=prefer
sslnegotiation=direct sslmode=require
sslnegotiation=direct sslmode=require dbname=plainonly
sslnegotiation=direct sslmode=require host=127.0.0.1
sslnegotiation=direct sslmode=verify-full sslrootcert=$ca
sslnegotiation=direct sslmode=verify-full sslrootcert=$wrongca
sslnegotiation=postgres sslmode=require
sslmode=require ssl_min_protocol_version=TLSv1.3
sslmode=require ssl_max_protocol_version=TLSv1.2
sslmode=require ssl_max_protocol_version=tlsv1.3
sslmode=require ssl_max_protocol_version=TLSv1.1
sslmode=require ssl_min_protocol_version=TLSv1 ssl_max_protocol_version=TLSv1.1
sslmode=prefer ssl_min_protocol_version=TLSv1 ssl_max_protocol_version=TLSv1.1
sslmode=require ssl_min_protocol_version=TLSv1.3 ssl_max_protocol_version=TLSv1.2
sslmode=require sslsni=0
sslmode=require sslcompression=1
sslmode=require gssencmode=prefer
sslmode=require gssencmode=require
sslmode=disable gssencmode=require
sslmode=require gssencmode=disable krbsrvname=x gsslib=gssapi gssdelegation=1
# Channel binding.
channel_binding=require sslmode=disable
channel_binding=require sslmode=disable sslrootcert=$ca ~ binding
channel_binding=require sslmode=require ~ binding
channel_binding=require sslmode=prefer ~ binding
channel_binding=require sslmode=verify-ca sslrootcert=$ca
channel_binding=require sslmode=verify-full sslrootcert=$ca
channel_binding=require sslmode=verify-full sslrootcert=$ca dbname=trusting
channel_binding=require sslmode=verify-full sslrootcert=$ca dbname=digest user=old
channel_binding=require sslmode=verify-full sslrootcert=$ca dbname=cleartext
channel_binding=require sslmode=verify-full sslrootcert=$ca password=$wrong
channel_binding=require sslmode=verify-full sslrootcert=$ca ssl_max_protocol_version=TLSv1.2
channel_binding=disable sslmode=require
channel_binding=prefer sslmode=disable
# What the server may ask for.
require_auth=scram-sha-256 sslmode=require
require_auth=md5 sslmode=require
require_auth=password sslmode=require
require_auth=none sslmode=require
require_auth=gss sslmode=require
require_auth=!scram-sha-256 sslmode=require
require_auth=!md5,!password sslmode=require
require_auth=!gss,!sspi,!oauth sslmode=require
require_auth=oauth,scram-sha-256 sslmode=require
require_auth=md5,scram-sha-256 sslmode=require dbname=digest user=old
require_auth=md5,scram-sha-256 sslmode=require dbname=digest
require_auth=!md5 sslmode=require dbname=digest user=old
require_auth=scram-sha-256 sslmode=require dbname=trusting
require_auth=none sslmode=require dbname=trusting
require_auth=!none sslmode=require dbname=trusting
require_auth=none,scram-sha-256 sslmode=require dbname=trusting
require_auth=password sslmode=require dbname=cleartext
require_auth=!password sslmode=require dbname=cleartext
require_auth=scram-sha-256 sslmode=prefer dbname=trusting
require_auth=scram-sha-256 sslmode=prefer dbname=digest user=old
require_auth=scram-sha-256 channel_binding=require sslmode=verify-full sslrootcert=$ca
require_auth=none,md5,none sslmode=require
require_auth=none,!md5 sslmode=require
require_auth='scram-sha-256, md5' sslmode=require
require_auth=SCRAM-SHA-256 sslmode=require
require_auth='' sslmode=require ~ empty value
# Client certificates.
dbname=certified sslmode=require
dbname=certified sslmode=prefer
dbname=certified sslmode=require sslcert=$cert sslkey=$key
dbname=certified sslmode=require sslcert=$cert sslkey=$key password=''
dbname=certified sslmode=verify-full sslrootcert=$ca sslcert=$cert sslkey=$key
dbname=certified sslmode=verify-full sslrootcert=$ca sslcert=$cert sslkey=$key channel_binding=require
dbname=certified sslmode=require sslcert=$othercert sslkey=$otherkey
dbname=certified sslmode=require sslcert=$unknowncert sslkey=$unknownkey
dbname=certified sslmode=prefer sslcert=$unknowncert sslkey=$unknownkey
sslmode=prefer sslcert=$unknowncert sslkey=$unknownkey
sslmode=require sslcert=$unknowncert sslkey=$unknownkey
sslmode=require sslcert=$unknowncert sslkey=$unknownkey ssl_max_protocol_version=TLSv1.2
sslmode=prefer sslcert=$unknowncert sslkey=$unknownkey ssl_max_protocol_version=TLSv1.2
dbname=certified sslmode=require sslcert=$cert sslkey=$otherkey
dbname=certified sslmode=require sslcert=$cert
dbname=certified sslmode=require sslkey=$key
sslmode=disable sslcert=$cert sslkey=$otherkey ~ files first
sslmode=require sslcert=$nofile sslkey=$key ~ no file
sslmode=require sslcert=$cert sslkey=$nofile
dbname=certified sslmode=require sslcert=$cert sslkey=$encryptedkey sslpassword=$passphrase
dbname=certified sslmode=require sslcert=$cert sslkey=$encryptedkey sslpassword=$wrong
dbname=certified sslmode=require sslcert=$cert sslkey=$oldkey sslpassword=$passphrase
dbname=certified sslmode=require sslcert=$cert sslkey=$oldkey sslpassword=$wrong
dbname=certified sslmode=require sslcert=$cert sslkey=$key sslpassword=$passphrase
dbname=certified sslmode=require sslcert=$cert sslkey=$openkey ~ open key
dbname=certified sslmode=require sslcert=$farcert sslkey=$farkey
dbname=certified sslmode=require sslcert=$lonecert sslkey=$farkey
dbname=certified sslmode=require sslcert=$cert sslkey=$key sslcertmode=disable
dbname=certified sslmode=require sslcert=$cert sslkey=$key sslcertmode=allow
dbname=certified sslmode=require sslcert=$cert sslkey=$key sslcertmode=require
sslmode=require sslcert=$cert sslkey=$key sslcertmode=require
sslmode=require sslcertmode=require
sslmode=disable sslcertmode=require
sslmode=disable sslcert=$cert sslkey=$key sslcertmode=require
dbname=twice sslmode=require
dbname=twice sslmode=require sslcert=$cert sslkey=$key
dbname=twice sslmode=require sslcert=$cert sslkey=$key password=$wrong
dbname=twice sslmode=require sslcert=$othercert sslkey=$otherkey
dbname=known sslmode=require
dbname=known sslmode=require sslcert=$othercert sslkey=$otherkey
dbname=certified sslmode=require sslcert=$cert sslkey=$key require_auth=none
dbname=certified sslmode=require sslcert=$cert sslkey=$key require_auth=scram-sha-256
dbname=certified sslmode=require sslcert=$cert sslkey=$key require_auth=!none
# Revocation lists.
sslmode=verify-full sslrootcert=$ca sslcrl=$crl
sslmode=verify-full sslrootcert=$ca sslcrl=$crls
sslmode=verify-full sslrootcert=$ca sslcrl=$reversedcrls
sslmode=verify-full sslrootcert=$ca sslcrl=$wrongcrl
sslmode=verify-full sslrootcert=$ca sslcrl=$ca
sslmode=verify-ca sslrootcert=$ca sslcrl=$wrongcrl
sslmode=require sslrootcert=$ca sslcrl=$wrongcrl
sslmode=require sslcrl=$wrongcrl
sslmode=prefer sslcrl=$wrongcrl
sslmode=verify-full sslrootcert=$ca sslcrl=$nofile ~ no file
sslmode=verify-full sslrootcert=$ca sslcrl=$nopem ~ no file
# What the startup packet says, and what the connection is.
sslmode=disable options='-c work_mem=8MB'
sslmode=disable options='-c no_such=1'
sslmode=disable options='-c work_mem=much'
sslmode=disable options='-c role=nobody'
sslmode=disable options='--search_path=a\\ b'
sslmode=disable options='-c default_transaction_read_only=on' target_session_attrs=read-write
sslmode=disable options=endpoint=x
sslmode=disable application_name='a b'
sslmode=disable application_name=é
sslmode=disable fallback_application_name=f
sslmode=disable application_name=a fallback_application_name=f
sslmode=disable application_name='' fallback_application_name=f ~ empty value
sslmode=disable client_encoding=LATIN1
sslmode=disable client_encoding=SQL_ASCII
sslmode=disable client_encoding=no-such
sslmode=disable client_encoding=auto
sslmode=disable client_encoding=''
sslmode=disable replication=database user=walker
sslmode=disable replication=true user=walker
sslmode=disable replication=on user=walker target_session_attrs=read-write
sslmode=disable replication=Y user=walker target_session_attrs=standby
sslmode=disable replication=true
sslmode=disable replication=false
sslmode=disable replication=no
sslmode=disable replication=nonsense
sslmode=disable min_protocol_version=3.0
sslmode=disable min_protocol_version=3.2
sslmode=disable min_protocol_version=latest
sslmode=disable max_protocol_version=3.2
sslmode=disable max_protocol_version=latest
sslmode=disable min_protocol_version=3.2 max_protocol_version=latest
sslmode=disable min_protocol_version=3.2 max_protocol_version=3.0
sslmode=disable keepalives=0 keepalives_idle=10 keepalives_interval=1 keepalives_count=2 tcp_user_timeout=1000
sslmode=disable keepalives_idle=x
sslmode=disable keepalives=0 keepalives_idle=x ~ numbers first
sslmode=disable tcp_user_timeout=-1
sslmode=disable connect_timeout=0
sslmode=disable connect_timeout=-1
sslmode=disable connect_timeout=' 5 '
sslmode=disable connect_timeout=x
# Several hosts.
sslmode=disable host=localhost,localhost port=$refusing,$primary
sslmode=disable host=localhost,127.0.0.1 port=$refusing
sslmode=disable host=localhost,127.0.0.1,::1
sslmode=disable host=localhost,127.0.0.1 port=$primary,$member,$standby
sslmode=disable host=localhost,localhost port=,$primary
sslmode=disable host=localhost,localhost port=$primary,
sslmode=disable host=no-such-name.invalid,localhost
sslmode=disable host=localhost,no-such-name.invalid
sslmode=disable host=localhost,localhost port=$primary,$member password=$wrong
sslmode=disable host=localhost,localhost port=$primary,$member dbname=missing
sslmode=disable host=localhost,localhost port=$primary,$member user=full
sslmode=disable host=localhost,localhost port=$member,$primary dbname=trusting
sslmode=disable host=localhost,localhost port=$refusing,$standby load_balance_hosts=random
sslmode=disable host=localhost,localhost,localhost port=$primary,$standby,$member load_balance_hosts=random target_session_attrs=standby
sslmode=disable host=localhost,localhost port=$silent,$primary connect_timeout=1
sslmode=prefer host=127.0.0.1 port=$silent connect_timeout=1
sslmode=disable host=a.test,b.test hostaddr=127.0.0.1,::1 port=$refusing,$primary
sslmode=verify-full sslrootcert=$ca host=other.test,postgres.test hostaddr=127.0.0.1,127.0.0.1 port=$refusing,$primary
sslmode=verify-full sslrootcert=$ca host=other.test,postgres.test hostaddr=127.0.0.1,127.0.0.1
sslmode=disable host=localhost,localhost hostaddr=127.0.0.1
sslmode=disable host='' hostaddr=127.0.0.1,::1 port=$refusing,$primary
sslmode=disable host=localhost,a.test hostaddr=,127.0.0.1 port=$refusing,$primary
sslmode=disable host=$primarysocket,localhost
sslmode=verify-full sslrootcert=$ca host=$nofile,localhost
sslmode=disable host=localhost,$membersocket port=$refusing,$member
sslmode=disable host=,localhost ~ empty host
sslmode=disable host=localhost,localhost port=$member,$primary options='-c default_transaction_read_only=off' target_session_attrs=read-write
sslmode=disable host=localhost,localhost port=$primary,$standby user=reader target_session_attrs=read-write
sslmode=disable host=localhost,localhost port=$primary,$standby user=reader target_session_attrs=primary
sslmode=disable host=localhost,localhost port=$primary,$standby user=reader target_session_attrs=read-only
sslmode=prefer host=localhost,localhost port=$refusing,$primary dbname=plainonly
sslmode=prefer host=localhost,localhost port=$standby,$primary dbname=plainonly target_session_attrs=read-write
sslmode=prefer host=localhost,localhost port=$standby,$member target_session_attrs=read-write
sslmode=disable target_session_attrs=ANY
sslmode=disable target_session_attrs='' ~ empty value
sslmode=disable load_balance_hosts=yes
`;

/** What the server that `$member` leads to may be, and what is tried there. */
const MEMBER: readonly (readonly [state: StateName, rows: string])[] = [
  [
    'a certificate of another CA',
    `
sslmode=require
sslmode=require sslrootcert=$ca
sslmode=verify-ca sslrootcert=$ca
sslmode=verify-full sslrootcert=$ca
sslmode=verify-full sslrootcert=$wrongca
sslmode=verify-full sslrootcert=$severalcas
sslmode=prefer sslrootcert=$ca ~ CA beside prefer
sslmode=verify-full sslrootcert=$ca host=localhost,localhost port=$member,$primary
sslmode=verify-full sslrootcert=$ca host=localhost,localhost port=$primary,$member
sslmode=verify-full sslrootcert=$ca host=localhost,localhost port=$refusing,$member
sslmode=require host=localhost,localhost port=$member,$primary target_session_attrs=read-write
`,
  ],
  [
    'a certificate for another name',
    `
sslmode=verify-full sslrootcert=$ca
sslmode=verify-ca sslrootcert=$ca
sslmode=prefer sslrootcert=$ca
sslmode=verify-ca sslrootcert=$ca channel_binding=require ~ binding
sslmode=verify-full sslrootcert=$ca host=other.test hostaddr=127.0.0.1
sslmode=verify-full sslrootcert=$ca host=a.other.test hostaddr=127.0.0.1
sslmode=verify-full sslrootcert=$ca host=localhost,localhost port=$member,$primary
`,
  ],
  [
    'a wildcard certificate',
    `
sslmode=verify-full sslrootcert=$ca host=a.example.test hostaddr=127.0.0.1
sslmode=verify-full sslrootcert=$ca host=a.b.example.test hostaddr=127.0.0.1
sslmode=verify-full sslrootcert=$ca host=example.test hostaddr=127.0.0.1
sslmode=verify-full sslrootcert=$ca host=A.Example.TEST hostaddr=127.0.0.1
sslmode=verify-full sslrootcert=$ca host=a.example.test. hostaddr=127.0.0.1 ~ dot of the root
sslmode=verify-full sslrootcert=$ca host=xn--4ca.example.test hostaddr=127.0.0.1
`,
  ],
  [
    'a certificate with half a wildcard',
    `
sslmode=verify-full sslrootcert=$ca host=foo.example.test hostaddr=127.0.0.1
sslmode=verify-full sslrootcert=$ca host=f.example.test hostaddr=127.0.0.1
`,
  ],
  [
    'a wildcard right below the root',
    `
sslmode=verify-full sslrootcert=$ca host=a.test hostaddr=127.0.0.1 ~ wildcard below the root
sslmode=verify-full sslrootcert=$ca host=a.b.test hostaddr=127.0.0.1
`,
  ],
  [
    'a certificate with a common name only',
    `
sslmode=verify-full sslrootcert=$ca
sslmode=verify-full sslrootcert=$ca host=LocalHost
sslmode=verify-full sslrootcert=$ca host=127.0.0.1
sslmode=verify-full sslrootcert=$ca host=other.test hostaddr=127.0.0.1
`,
  ],
  [
    'a certificate with a wildcard as its common name',
    `
sslmode=verify-full sslrootcert=$ca host=a.example.test hostaddr=127.0.0.1
sslmode=verify-full sslrootcert=$ca host=a.b.example.test hostaddr=127.0.0.1
`,
  ],
  [
    'a certificate with an address as its common name',
    `
sslmode=verify-full sslrootcert=$ca host=127.0.0.1 ~ address as a name
sslmode=verify-full sslrootcert=$ca
`,
  ],
  [
    'a certificate with a common name and the address',
    `
sslmode=verify-full sslrootcert=$ca
sslmode=verify-full sslrootcert=$ca host=127.0.0.1
sslmode=verify-full sslrootcert=$ca host=::1
`,
  ],
  [
    'a certificate with a common name and another name',
    `
sslmode=verify-full sslrootcert=$ca
sslmode=verify-full sslrootcert=$ca host=other.test hostaddr=127.0.0.1
`,
  ],
  [
    'a certificate in capitals',
    `
sslmode=verify-full sslrootcert=$ca
sslmode=verify-full sslrootcert=$ca host=postgres.test hostaddr=127.0.0.1
`,
  ],
  [
    'a self-signed certificate',
    `
sslmode=require
sslmode=verify-full
sslmode=verify-full sslrootcert=$ca
sslmode=verify-full sslrootcert=$selfsigned ~ OpenSSL 1.1.1
sslmode=require sslrootcert=$selfsigned ~ OpenSSL 1.1.1
sslmode=prefer sslrootcert=$ca ~ CA beside prefer
`,
  ],
  [
    'an expired certificate',
    `
sslmode=require
sslmode=require sslrootcert=$ca
sslmode=verify-ca sslrootcert=$ca
sslmode=verify-full sslrootcert=$ca
`,
  ],
  [
    'a certificate of tomorrow',
    `
sslmode=require
sslmode=verify-full sslrootcert=$ca
`,
  ],
  [
    'a revoked certificate',
    `
sslmode=verify-full sslrootcert=$ca
sslmode=verify-full sslrootcert=$ca sslcrl=$crl
sslmode=verify-full sslrootcert=$ca sslcrl=$reversedcrls
sslmode=require sslrootcert=$ca sslcrl=$crl
sslmode=require sslcrl=$crl
sslmode=prefer sslrootcert=$ca sslcrl=$crl ~ CA beside prefer
`,
  ],
  [
    'a certificate below an intermediate',
    `
sslmode=verify-full sslrootcert=$ca
sslmode=verify-full sslrootcert=$chainca
sslmode=verify-full sslrootcert=$intermediateonly
sslmode=verify-full sslrootcert=$wrongca
sslmode=verify-full sslrootcert=$ca sslcrl=$crl
sslmode=verify-full sslrootcert=$ca sslcrl=$crls
sslmode=verify-full sslrootcert=$ca sslcrl=$reversedcrls
`,
  ],
  [
    'a certificate without its intermediate',
    `
sslmode=require
sslmode=verify-full sslrootcert=$ca
sslmode=verify-full sslrootcert=$chainca
sslmode=verify-full sslrootcert=$intermediateonly
`,
  ],
  [
    'a certificate for clients',
    `
sslmode=require
sslmode=verify-full sslrootcert=$ca
`,
  ],
  [
    'an RSA certificate',
    `
sslmode=verify-full sslrootcert=$ca channel_binding=require
sslmode=require ssl_max_protocol_version=TLSv1.2
`,
  ],
  [
    'an Ed25519 certificate',
    `
sslmode=require
sslmode=verify-full sslrootcert=$ca channel_binding=require
`,
  ],
  [
    'a certificate that Ed25519 signed',
    `
sslmode=require ~ binding by Ed25519
sslmode=require channel_binding=disable
sslmode=verify-full sslrootcert=$edwardsca channel_binding=require ~ binding by Ed25519
`,
  ],
  [
    'TLS 1.2',
    `
sslmode=require
sslmode=require sslnegotiation=direct
sslmode=require ssl_min_protocol_version=TLSv1.3
sslmode=prefer ssl_min_protocol_version=TLSv1.3
sslmode=prefer ssl_min_protocol_version=TLSv1.3 dbname=tlsonly
sslmode=verify-full sslrootcert=$ca channel_binding=require
sslmode=require dbname=certified sslcert=$cert sslkey=$key
sslmode=require sslcert=$unknowncert sslkey=$unknownkey
sslmode=prefer sslcert=$unknowncert sslkey=$unknownkey
`,
  ],
  [
    'TLS 1.3 alone',
    `
sslmode=require
sslmode=require ssl_max_protocol_version=TLSv1.2
sslmode=prefer ssl_max_protocol_version=TLSv1.2
`,
  ],
  [
    'no TLS',
    `
sslmode=disable
sslmode=allow
sslmode=prefer
sslmode=prefer password=$wrong
sslmode=prefer dbname=tlsonly
sslmode=prefer sslrootcert=$wrongca
sslmode=prefer channel_binding=require
sslmode=prefer sslcert=$cert sslkey=$key sslcertmode=require
sslmode=require
sslmode=require sslnegotiation=direct
sslmode=verify-full sslrootcert=$ca
sslmode=require host=localhost,localhost port=$member,$primary
sslmode=prefer host=localhost,localhost port=$member,$primary target_session_attrs=read-write
`,
  ],
];

/** Every mode with every line of pg_hba.conf. */
const MODES = ['disable', 'prefer', 'require', 'verify-full'];
const RULES = ['shop', 'tlsonly', 'plainonly', 'trusting', 'cleartext', 'digest', 'refused', 'certified', 'twice', 'known'];
const matrix = MODES.flatMap((mode) =>
  RULES.map((rule) => `sslmode=${mode} dbname=${rule}${mode === 'verify-full' ? ' sslrootcert=$ca' : ''}`),
);

/** Every wish for a session with members of each kind, in different orders and with one that is not there. */
const SESSIONS = ['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby'];
const MEMBERS = [
  '$standby',
  '$primary,$standby',
  '$standby,$primary',
  '$member,$primary',
  '$member,$standby',
  '$refusing,$member,$standby,$primary',
];
const sessions = MEMBERS.flatMap((ports) => {
  const hosts = ports.split(',').map(() => 'localhost');
  return SESSIONS.map((session) => `sslmode=disable host=${hosts.join(',')} port=${ports} target_session_attrs=${session}`);
});

const none = (): DifferenceName[] => [];

describe('what libpq says to', () => {
  testWithLibpq.each(matrix)('%s', (row) => agree(row, none));
  testWithLibpq.each(sessions)('%s', (row) => agree(row, none));
  testWithLibpq.each(cases(GOOD))('$row', ({ row, name }) => agree(row, () => (name ? [name] : [])));
});

describe.each(MEMBER)('what libpq says to a server with %s', (state, rows) => {
  beforeAll(() => (libpqIsAvailable ? servers.turn(state) : undefined));
  testWithLibpq.each(cases(rows))('$row', ({ row, name }) => agree(`port=$member ${row}`, () => (name ? [name] : [])));
});

/** What may be said of each thing; what works is there beside what does not. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  mode: ['', 'sslmode=disable', 'sslmode=allow', 'sslmode=prefer', 'sslmode=require', 'sslmode=verify-ca', 'sslmode=verify-full'],
  rule: [...RULES, 'private', 'missing'].map((database) => `dbname=${database}`),
  role: [
    'user=app',
    'user=old',
    'user=reader',
    "user='other role'",
    'user=nobody',
    'user=locked',
    'user=full',
    'user=nopassword',
  ],
  password: ['password=$wrong', "password=''", 'user=umlaut password=$typed', 'user=bidi password=$unprepared'],
  place: [
    'host=127.0.0.1',
    'host=::1',
    'host=postgres.test hostaddr=127.0.0.1',
    'host=other.test hostaddr=::1',
    "host='' hostaddr=127.0.0.1",
    'host=$primarysocket',
    'host=$primarysocket,localhost',
    'host=localhost,localhost port=$refusing,$primary',
    'host=localhost,localhost port=$standby,$primary',
    'host=localhost,127.0.0.1,::1 port=$member,$primary,$standby',
    'port=$member',
    'port=$standby',
    'port=$refusing',
  ],
  ca: ['sslrootcert=$wrongca', 'sslrootcert=$severalcas', 'sslrootcert=system', 'sslrootcert=$nofile', "sslrootcert=''"],
  certificate: [
    'sslcert=$cert sslkey=$key',
    'sslcert=$othercert sslkey=$otherkey',
    'sslcert=$unknowncert sslkey=$unknownkey',
    'sslcert=$cert sslkey=$otherkey',
    'sslcert=$cert sslkey=$encryptedkey sslpassword=$passphrase',
  ],
  showing: ['sslcertmode=disable', 'sslcertmode=allow', 'sslcertmode=require'],
  list: ['sslcrl=$crl', 'sslcrl=$wrongcrl', 'sslcrl=$reversedcrls'],
  binding: ['channel_binding=disable', 'channel_binding=prefer', 'channel_binding=require'],
  methods: [
    'require_auth=scram-sha-256',
    'require_auth=md5,password',
    'require_auth=none',
    'require_auth=!none',
    'require_auth=!scram-sha-256,!md5',
    'require_auth=!password',
  ],
  beginning: ['sslnegotiation=postgres', 'sslnegotiation=direct', 'sslsni=0'],
  versions: ['ssl_min_protocol_version=TLSv1.3', 'ssl_max_protocol_version=TLSv1.2', 'ssl_max_protocol_version=TLSv1.1'],
  protocol: ['max_protocol_version=3.2', 'min_protocol_version=latest', 'min_protocol_version=3.0'],
  session: SESSIONS.map((session) => `target_session_attrs=${session}`),
  settings: [
    "options='-c default_transaction_read_only=on'",
    "options='-c no_such=1'",
    'application_name=a',
    'client_encoding=LATIN1',
    'replication=database',
    'replication=true user=walker',
    'keepalives=0',
    'load_balance_hosts=disable',
  ],
};
/** What can come to differ in them. */
const RANDOM: readonly DifferenceName[] = [
  'no mode',
  'allow',
  'CA beside prefer',
  'binding',
  'no file',
  'files first',
  'empty value',
  'address alone',
];

const choice = (names: readonly string[]): fc.Arbitrary<string[]> =>
  fc.tuple(...names.map((name) => fc.constantFrom(...(CHOICES[name] ?? []))));
/** So many things said, each of another kind, to a server and with a CA that work. */
const said = (least: number, most: number): fc.Arbitrary<string> =>
  fc
    .subarray(Object.keys(CHOICES), { minLength: least, maxLength: most })
    .chain(choice)
    .map((settings) => ['sslmode=verify-full sslrootcert=$ca', ...settings].join(' '));

describe.each<[string, fc.Arbitrary<string>, number, number]>([
  ['two things', said(2, 2), 50, 25],
  ['three to six things', said(3, 6), 50, 5],
])('what libpq says where %s are said', (_, rows, count, least) => {
  beforeAll(() => (libpqIsAvailable ? servers.turn('a good certificate') : undefined));
  testWithLibpq('we say too', async () => {
    const { numRuns, ...options } = runs(count);
    let reached = 0;
    const property = fc.asyncProperty(rows, async (row) => {
      if (await agree(row, maybe)) reached += 1;
    });
    await fc.assert(property, { numRuns, ...options });
    // Neither all doors open nor all shut, so that there is something to agree on.
    expect((100 * reached) / numRuns).toBeGreaterThanOrEqual(least);
    expect((100 * reached) / numRuns).toBeLessThanOrEqual(95);
  });
});
