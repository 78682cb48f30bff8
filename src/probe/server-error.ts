import { type Code, Problem, type Stage } from '../problems/index.ts';
import { errorFields } from './messages.ts';
import { quotable } from './quotable.ts';
import { type Ruling, SERVER_TEXTS } from './server-texts.ts';

/** What is known of the connection when the server answers with an error. */
export interface Circumstances {
  /** Its name for a sentence. */
  readonly server: string;
  readonly user: string;
  readonly database: string;
  readonly encrypted: boolean;
  readonly sslmode: string;
  /** Whether a client certificate was given to TLS. */
  readonly certificateSent: boolean;
  /** Whether the server had asked for a password in any form before it sent the error. */
  readonly passwordAsked: boolean;
  readonly secrets: readonly (string | undefined)[];
}

/**
 * The problem that an ErrorResponse means. A text of Neon's proxy, PgBouncer, Supavisor and their kin decides where it is known, because
 * they have one SQLSTATE for nearly everything; else the SQLSTATE does, in whatever language the message is.
 *
 * @param fields the fields of the ErrorResponse by their letters
 * @param stage where it came
 */
export function serverProblem(fields: ReadonlyMap<string, string>, stage: Stage, known: Circumstances): Problem {
  const message = fields.get('M') ?? '';
  const sqlstate = fields.get('C') ?? '';
  // Neon's proxy passes the compute's errors on as XX000 (neondatabase/neon, proxy/src/stream.rs throw_error), PgBouncer before
  // 1.19 the server's as 08P01, both with their texts.
  const passedOn = sqlstate === 'XX000' || sqlstate === '08P01' ? vanilla(message) : undefined;
  const ruling = byText(message, sqlstate) ?? passedOn ?? bySqlstate(fields, stage, known);
  return toProblem(ruling, stage, known, message, sqlstate);
}

/** A poolers' or proxies' text, where the SQLSTATE is one that says nothing. */
function byText(message: string, sqlstate: string): Ruling | undefined {
  for (const { pattern, ruling, unless } of SERVER_TEXTS) {
    const match = pattern.exec(message);
    if (!match || unless?.includes(sqlstate)) continue;
    // PgBouncer repeats what the server behind it said: that is the cause.
    if (ruling === 'inner') return byText(match[1] ?? '', sqlstate) ?? innerVanilla(match[1] ?? '');
    return ruling;
  }
  return undefined;
}

const innerVanilla = (message: string): Ruling =>
  vanilla(message) ?? { code: 'server-unavailable', why: 'it is a pooler that cannot log in to the server behind it' };

/** English texts of PostgreSQL that a pooler or proxy passes on under its own SQLSTATE. Only there a vanilla text is looked at. */
const VANILLA: readonly (readonly [RegExp, Ruling])[] = [
  [/password authentication failed/i, { code: 'password-rejected' }],
  [/database ".*" does not exist/is, { code: 'database-not-found' }],
  [/role ".*" (does not exist|is not permitted to log in)/is, { code: 'role-not-permitted' }],
  [/permission denied for database|is not currently accepting connections/i, { code: 'permission-denied' }],
  [/pg_hba\.conf/i, { code: 'no-hba-entry' }],
  [/too many clients|remaining connection slots|too many connections/i, { code: 'too-many-connections' }],
  [
    /the database system is (starting up|shutting down|in recovery|not yet accepting connections)/i,
    { code: 'server-unavailable', why: 'it is starting up, shutting down or recovering' },
  ],
];

const vanilla = (message: string): Ruling | undefined => VANILLA.find(([pattern]) => pattern.test(message))?.[1];

function bySqlstate(fields: ReadonlyMap<string, string>, stage: Stage, known: Circumstances): Ruling {
  const sqlstate = fields.get('C') ?? '';
  const routine = fields.get('R') ?? '';
  const message = fields.get('M') ?? '';
  switch (sqlstate) {
    case '28P01':
      return { code: 'password-rejected' };
    case '28000':
      return invalidAuthorization(message, routine, known);
    case '3D000':
      return { code: 'database-not-found' };
    case '42501':
    case '55000':
      // 55000: "database … is not currently accepting connections".
      return { code: 'permission-denied' };
    case '53300':
      return { code: 'too-many-connections' };
    case '53100':
      return { code: 'server-unavailable', why: 'it has no disk space left' };
    case '53200':
      return { code: 'server-unavailable', why: 'it is out of memory' };
    case '57P03':
      return { code: 'server-unavailable', why: 'it is starting up, shutting down or recovering' };
    case '57P01':
      return { code: 'connection-terminated', why: 'because it was shut down or an administrator ended it' };
    case '57P02':
      return { code: 'connection-terminated', why: 'because another of its processes crashed' };
    case '57P04':
      return { code: 'database-not-found' };
    case '57P05':
    case '25P03':
      return { code: 'connection-terminated', why: 'because of a time limit' };
    case '57014':
      return stage === 'query' ? { code: 'query-timeout' } : { code: 'connection-terminated', why: 'because of a time limit' };
    case '08P01':
      return { code: 'protocol-violation', why: 'it calls our own messages a protocol violation' };
    case '0A000':
      return stage === 'query'
        ? { code: 'query-failed' }
        : { code: 'protocol-violation', why: 'it does not support this version of the protocol or one of its features' };
  }
  if (stage === 'query') return { code: 'query-failed' };
  switch (sqlstate.slice(0, 2)) {
    case '08':
      return { code: 'connection-terminated', why: 'because a connection behind it failed' };
    case '22':
    case '42':
    case '55':
      return { code: 'startup-parameter-rejected' };
    case '28':
      return { code: 'role-not-permitted' };
    case '3D':
      return { code: 'database-not-found' };
    case '53':
      return { code: 'server-unavailable', why: 'it is out of resources' };
    case '57':
      return { code: 'connection-terminated', why: 'because an operator stepped in' };
  }
  return { code: 'server-rejected-connection' };
}

/**
 * 28000 has five causes. Messages are translated, but the names of the file pg_hba.conf and of the server's functions are not
 * (src/backend/libpq/auth.c, src/backend/utils/init/miscinit.c).
 */
function invalidAuthorization(message: string, routine: string, known: Circumstances): Ruling {
  if (/pg_hba\.conf/.test(message)) return { code: 'no-hba-entry' };
  if (routine === 'InitializeSessionUserId') return { code: 'role-not-permitted' };
  if (routine === 'ClientAuthentication') return { code: 'client-certificate-required' };
  if (routine === 'auth_failed' || routine === 'CheckCertAuth') {
    if (known.passwordAsked) return { code: 'password-rejected' };
    if (known.certificateSent) return { code: 'client-certificate-rejected', stage: 'authenticate' };
    return { code: 'role-not-permitted', why: ', because the server asks the operating system who is connecting' };
  }
  // A proxy that borrows the SQLSTATE, in English.
  if (/client certificate/i.test(message)) return { code: 'client-certificate-required' };
  if (/certificate authentication failed/i.test(message)) return { code: 'client-certificate-rejected', stage: 'authenticate' };
  if (/password/i.test(message)) return { code: 'password-rejected' };
  return { code: 'role-not-permitted' };
}

function toProblem(ruling: Ruling, stage: Stage, known: Circumstances, message: string, sqlstate: string): Problem {
  const { server, user, database, encrypted, sslmode } = known;
  const said = quotable(message, known.secrets);
  const named = /^[0-9A-Z]{5}$/.test(sqlstate) ? ` (SQLSTATE ${sqlstate})` : '';
  const tlsWanted = !encrypted || ruling.needsTls === true;
  const facts = {
    server,
    user,
    database,
    forwhom: ` for user \`${user}\` on database \`${database}\``,
    encryption: encrypted ? 'with TLS' : 'without TLS',
    text: said ? `: “${said}”${named}` : named,
    why: ruling.why ?? '',
    what: ruling.why ?? '',
    when: ruling.why ?? 'during the login',
    none: known.certificateSent ? 'it did not accept the one that was given' : 'none was given',
    method: ruling.why ?? 'a login',
    waited: sqlstate === '57014' ? ' within its own `statement_timeout`' : '',
    fix: tlsWanted
      ? `The connection was made without TLS (\`sslmode=${sslmode}\`): set \`sslmode: require\` or \`verify-full\`, and if that is not it, let \`pg_hba.conf\` have a line for this address, user and database.`
      : 'Let `pg_hba.conf` (or the provider’s firewall rules) have a line for this address, user and database; GitHub’s own runners come from changing addresses.',
  };
  const defaults: Partial<Record<Code, Partial<typeof facts>>> = {
    'server-unavailable': { why: ruling.why ?? 'it cannot serve yet' },
    'endpoint-unavailable': { why: ruling.why ?? 'its compute is not ready' },
    'quota-exceeded': { what: ruling.why ?? 'a quota of the plan is used up' },
    'protocol-violation': { what: ruling.why ?? 'it complains about our messages' },
    'client-certificate-rejected': { what: ruling.why ?? ` for user \`${user}\`` },
    // The parameter's name is the whole point, so here the server's text is shown.
    'startup-parameter-rejected': { what: said ? `: “${said}”` : '' },
  };
  const at = ruling.stage ?? (stage === 'query' && !LATE.has(ruling.code) ? 'authenticate' : stage);
  return new Problem(ruling.code, { ...facts, ...defaults[ruling.code] }, at, ruling.transient);
}

/** Codes that keep the stage `query` when they come there; every other one is about the login, wherever a pooler reports it. */
const LATE: ReadonlySet<Code> = new Set<Code>([
  'query-failed',
  'query-timeout',
  'connection-terminated',
  'server-unavailable',
  'permission-denied',
  'protocol-violation',
]);

/**
 * An error in place of the answer to SSLRequest. It came unencrypted, so it is trusted only so far: what would make us wait is
 * believed, because waiting does no harm; all else is named a rejection.
 */
export function refusalDuringNegotiation(answer: Buffer, server: string, secrets: readonly (string | undefined)[]): Problem {
  try {
    const length = answer.length >= 5 ? answer.readUInt32BE(1) : 0;
    if (length >= 8 && answer.length > length) {
      const fields = errorFields(answer.subarray(5, length + 1));
      const sqlstate = fields.get('C') ?? '';
      if (sqlstate === '53300') return new Problem('too-many-connections', { server, forwhom: '' }, 'negotiate');
      if (sqlstate.startsWith('53') || sqlstate === '57P03')
        return new Problem('server-unavailable', { server, why: 'it cannot take connections now' }, 'negotiate');
      const said = quotable(fields.get('M') ?? '', secrets);
      return new Problem('server-rejected-connection', { server, text: said ? `: “${said}”` : '' }, 'negotiate');
    }
  } catch {
    return new Problem('not-postgres', { server, what: 'it answers with an error that makes no sense' });
  }
  // Before protocol 3 an error was just text. A postmaster that cannot fork still answers so.
  const said = quotable(answer.toString('utf8', 1, Math.min(answer.length, 1000)), secrets);
  return /fork|memory|resource|too many|starting|shutting/i.test(said)
    ? new Problem('server-unavailable', { server, why: `it says “${said}”` }, 'negotiate')
    : new Problem('server-rejected-connection', { server, text: said ? `: “${said}”` : '' }, 'negotiate', true);
}
