import { type Given, given, refuse } from './given.ts';
import { cut, note, readConninfo } from './uri.ts';

/** pgJDBC's names for libpq's parameters (org.postgresql.PGProperty). */
const NAMES = new Map([
  ['user', 'user'],
  ['password', 'password'],
  ['sslmode', 'sslmode'],
  ['sslrootcert', 'sslrootcert'],
  ['sslcert', 'sslcert'],
  ['sslkey', 'sslkey'],
  ['sslpassword', 'sslpassword'],
  ['sslNegotiation', 'sslnegotiation'],
  ['channelBinding', 'channel_binding'],
  ['requireAuth', 'require_auth'],
  ['gssEncMode', 'gssencmode'],
  ['options', 'options'],
  ['ApplicationName', 'application_name'],
  ['connectTimeout', 'connect_timeout'],
  ['PGHOST', 'host'],
  ['PGPORT', 'port'],
  ['PGDBNAME', 'dbname'],
]);

/** pgJDBC's `targetServerType` in libpq's words; `secondary` and its kin are what libpq calls standby. */
const SERVER_TYPES = new Map([
  ['any', 'any'],
  ['master', 'primary'],
  ['primary', 'primary'],
  ['slave', 'standby'],
  ['secondary', 'standby'],
  ['preferSlave', 'prefer-standby'],
  ['preferSecondary', 'prefer-standby'],
]);

/** What stands before `postgresql://`: `jdbc:`, the same with the name of a driver around pgJDBC, or what libraries of Java's write for it. */
const BEFORE = /^(?:jdbc:(?:([a-z\d-]+):)?|r2dbc:(?:pool:)?|vertx-reactive:)(?=postgresql:)|^jdbc:(?=yugabytedb:)/i;

/**
 * Reads `jdbc:postgresql://host:port/database?user=…&password=…`. The query is a form: `+` is a blank (pgJDBC's URLCoder).
 *
 * pgJDBC itself knows no `user:password@`; people write it all the same, so it is read and named.
 */
export const readJdbc = (text: string): Given => {
  const [before, driver] = BEFORE.exec(text) ?? [];
  if (driver?.toLowerCase() === 'tc') {
    throw refuse(
      'is a URL of Testcontainers, which starts a container and names no server',
      'Give the URL of a running server, or leave the action out.',
    );
  }
  if (before === undefined) {
    throw refuse('is a jdbc: URL of another database', 'Give the URL that begins with jdbc:postgresql:// or postgresql://.');
  }
  const [address, query] = cut(text.slice(before.length).replace(/^yugabytedb:/i, 'postgresql:'), '?');
  if (address.includes(';')) {
    throw refuse(
      'has a `;` where the parameters of a jdbc: URL begin',
      'Write `?` before the first parameter and `&` between them: jdbc:postgresql://host/database?user=…&password=….',
    );
  }
  // pgJDBC also takes jdbc:postgresql:database and jdbc:postgresql:/ for this machine.
  const said = address.startsWith('postgresql://') ? readConninfo(address) : given();
  for (const pair of (query ?? '').split('&')) {
    if (pair === '') continue;
    const [name, raw] = cut(pair, '=');
    const value = decodeForm(raw ?? '');
    const keyword = NAMES.get(name);
    // A bare `ssl` means something to pgJDBC; an empty keyword means "not given" to libpq.
    if (keyword !== undefined && value === '') continue;
    if (keyword !== undefined) said.parameters.set(keyword, value);
    else if (name === 'targetServerType' && SERVER_TYPES.has(value)) {
      said.parameters.set('target_session_attrs', SERVER_TYPES.get(value) as string);
    } else said.foreign.set(name, value);
  }
  const notices = [
    `\`connection-string\` is ${/^jdbc/i.test(before) ? 'a jdbc: URL' : 'a URL of a library of Java’s'}; read as postgresql://.`,
  ];
  if (/^jdbc/i.test(before) && address.includes('@'))
    notices.push('Its `user:password@` is not read by pgJDBC itself; name the client `jdbc` to get a URL that is.');
  return notices.reduceRight(note, said);
};

const decodeForm = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', '%20'));
  } catch {
    throw refuse(
      'has a `%` in its query that is not followed by two hexadecimal digits',
      'Write a `%` that is meant as itself as %25.',
    );
  }
};
