import { authority, beside, encode, isPooled, query, type Spelling, verifies } from './spelling.ts';

/** libpq's `target_session_attrs` in pgJDBC's words (`targetServerType`). */
const SERVER_TYPE: Record<string, string> = {
  any: 'any',
  'read-write': 'primary',
  primary: 'primary',
  'read-only': 'secondary',
  standby: 'secondary',
  'prefer-standby': 'preferSecondary',
};

/**
 * A `jdbc:postgresql:` URL without credentials: pgJDBC takes `user:password@` for a host name. It reads no `PG*` variable, so that
 * everything which the common set says by variables is said in the URL, in pgJDBC's own words (org.postgresql.PGProperty).
 *
 * @param prepares false for a client that gains nothing by server-side statements, and would fail on a transaction pool with them
 */
export function jdbcUrl({ connection, files, own }: Spelling, { prepares = true } = {}): string {
  const { parameters } = connection;
  const place = connection.hosts.map(authority).join(',');
  const ours = [
    ['sslmode', connection.sslmode],
    ['sslrootcert', verifies(connection) ? files.ca : undefined],
    ['sslcert', files.cert],
    ['sslkey', files.key],
    ['connectTimeout', connection.connectTimeout],
    ['ApplicationName', parameters.get('application_name')],
    ['options', parameters.get('options')],
    ['targetServerType', SERVER_TYPE[parameters.get('target_session_attrs') ?? '']],
    // pgJDBC names its server-side statements from the fifth use on; a transaction pool may hand them to another server session.
    ['prepareThreshold', own.get('prepareThreshold') ?? (isPooled(connection) || !prepares ? 0 : undefined)],
  ] as const;
  return `jdbc:postgresql://${place}/${encode(connection.database)}?${query(beside(ours, own))}`;
}
