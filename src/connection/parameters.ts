import { SSL_MODES } from './connection.ts';
import {
  base64Key,
  type Check,
  eachAddress,
  eachPort,
  integer,
  oneOf,
  protocolVersion,
  requireAuth,
  tlsVersion,
} from './values.ts';

/** The major version of libpq whose rules are kept. */
export const LIBPQ = 18;

/**
 * When a parameter's variable is written to the job:
 * - `always`: it, or a default of ours
 * - `when-given`: when the connection says it
 * - `verify-only`: when the mode is `verify-ca` or `verify-full`; beside `require`, libpq and others would silently verify
 * - `own-input`: only when its own input of the action says it; Go's lib/pq fails on the variable
 * - `never`: Go's lib/pq fails on it, or the variable is none of the few that every client takes
 */
export type Export = 'always' | 'when-given' | 'verify-only' | 'own-input' | 'never';

/** One connection parameter of libpq. */
export interface Parameter {
  readonly keyword: string;
  /** The environment variable that libpq reads for it. */
  readonly env?: string;
  /** The first major version of libpq that knows it; 15 stands for 15 and everything before. */
  readonly since: number;
  readonly secret?: true;
  readonly export: Export;
  /** What libpq 18 says to the value when it connects: what is wrong with it, without the value, or undefined. */
  readonly check?: Check;
  /** Why we do not take it; fits "`{keyword}` {refused}." */
  readonly refused?: string;
}

const PLANTED = 'reads the connection from a file that an earlier step or the checked-out code could have put there';

/** A row of the table: `[keyword, variable, export, since (15 when absent), what else]`. */
type Row = readonly [string, string | null, Export, (number | null)?, Partial<Parameter>?];

// biome-ignore format: a table, one parameter a line, in the order of libpq's own table
const ROWS: readonly Row[] = [
  ['service', 'PGSERVICE', 'never', null, { refused: PLANTED }],
  ['servicefile', 'PGSERVICEFILE', 'never', 19, { refused: PLANTED }],
  ['user', 'PGUSER', 'always'],
  ['password', 'PGPASSWORD', 'always', null, { secret: true }],
  ['passfile', 'PGPASSFILE', 'never', null, { refused: PLANTED.replace('connection', 'password') }],
  ['channel_binding', 'PGCHANNELBINDING', 'own-input', null, { check: oneOf('disable', 'prefer', 'require') }],
  ['connect_timeout', 'PGCONNECT_TIMEOUT', 'always', null, { check: integer }],
  ['dbname', 'PGDATABASE', 'always'],
  ['host', 'PGHOST', 'always'],
  ['hostaddr', 'PGHOSTADDR', 'never', null, { check: eachAddress }],
  ['port', 'PGPORT', 'always', null, { check: eachPort }],
  ['client_encoding', 'PGCLIENTENCODING', 'never'],
  ['options', 'PGOPTIONS', 'when-given'],
  ['application_name', 'PGAPPNAME', 'when-given'],
  ['fallback_application_name', null, 'never'],
  ['keepalives', null, 'never', null, { check: integer }],
  ['keepalives_idle', null, 'never', null, { check: integer }],
  ['keepalives_interval', null, 'never', null, { check: integer }],
  ['keepalives_count', null, 'never', null, { check: integer }],
  ['tcp_user_timeout', null, 'never', null, { check: integer }],
  ['sslmode', 'PGSSLMODE', 'always', null, { check: oneOf(...SSL_MODES) }],
  ['sslnegotiation', 'PGSSLNEGOTIATION', 'never', 17, { check: oneOf('postgres', 'direct') }],
  ['sslcompression', 'PGSSLCOMPRESSION', 'never'],
  ['sslcert', 'PGSSLCERT', 'when-given'],
  ['sslkey', 'PGSSLKEY', 'when-given'],
  ['sslcertmode', 'PGSSLCERTMODE', 'never', 16, { check: oneOf('disable', 'allow', 'require') }],
  ['sslpassword', null, 'never', null, { secret: true }],
  ['sslrootcert', 'PGSSLROOTCERT', 'verify-only'],
  ['sslcrl', 'PGSSLCRL', 'never'],
  ['sslcrldir', 'PGSSLCRLDIR', 'never', null, { refused: 'names a folder of files; give one file through `sslcrl`' }],
  ['sslsni', 'PGSSLSNI', 'never'],
  ['requirepeer', 'PGREQUIREPEER', 'never'],
  ['require_auth', 'PGREQUIREAUTH', 'never', 16, { check: requireAuth }],
  ['min_protocol_version', 'PGMINPROTOCOLVERSION', 'never', 18, { check: protocolVersion }],
  ['max_protocol_version', 'PGMAXPROTOCOLVERSION', 'never', 18, { check: protocolVersion }],
  ['ssl_min_protocol_version', 'PGSSLMINPROTOCOLVERSION', 'never', null, { check: tlsVersion }],
  ['ssl_max_protocol_version', 'PGSSLMAXPROTOCOLVERSION', 'never', null, { check: tlsVersion }],
  ['gssencmode', 'PGGSSENCMODE', 'never', null, { check: oneOf('disable', 'prefer', 'require') }],
  ['krbsrvname', 'PGKRBSRVNAME', 'never'],
  ['gsslib', 'PGGSSLIB', 'never'],
  ['gssdelegation', 'PGGSSDELEGATION', 'never', 16],
  ['replication', null, 'never'],
  ['target_session_attrs', 'PGTARGETSESSIONATTRS', 'when-given', null, {
    check: oneOf('any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby'),
  }],
  ['load_balance_hosts', 'PGLOADBALANCEHOSTS', 'never', 16, { check: oneOf('disable', 'random') }],
  ['scram_client_key', null, 'never', 18, { secret: true, check: base64Key }],
  ['scram_server_key', null, 'never', 18, { secret: true, check: base64Key }],
  ['oauth_issuer', null, 'never', 18],
  ['oauth_client_id', null, 'never', 18],
  ['oauth_client_secret', null, 'never', 18, { secret: true }],
  ['oauth_scope', null, 'never', 18],
  ['oauth_ca_file', 'PGOAUTHCAFILE', 'never', 19],
  ['sslkeylogfile', null, 'never', 18, { refused: 'writes the keys of the encryption to a file' }],
];

/**
 * The table of libpq's parameters: parsing, checking, masking and exporting all read it. Source: PQconninfoOptions in
 * fe-connect.c of 18; the rows since 19 are here so that they are recognised.
 *
 * `secret` is wider than libpq's own mark by the two SCRAM keys, which are as good as a password.
 */
export const PARAMETERS: readonly Parameter[] = ROWS.map(([keyword, env, exported, since, more]) => ({
  keyword,
  ...(env === null ? {} : { env }),
  since: since ?? 15,
  export: exported,
  ...more,
}));

const BY_KEYWORD = new Map(PARAMETERS.map((parameter) => [parameter.keyword, parameter]));

/** The row of a keyword; keywords are case-sensitive. */
export const findParameter = (keyword: string): Parameter | undefined => BY_KEYWORD.get(keyword);
