import type { Connection } from '../connection/connection.ts';
import { PARAMETERS } from '../connection/parameters.ts';
import type { Variable } from './client.ts';
import { databaseUrls, type Files, hostList, portList, url, verifies } from './spelling.ts';

/**
 * libpq's parameters that are carried on as they were given. The table's export class says which: Go's lib/pq fails on any `PG*`
 * variable that it knows of and does not implement, and no later step can unset one. Certificates go by the path of a file of ours.
 */
const CARRIED = PARAMETERS.filter(
  ({ keyword, export: when }) => when === 'when-given' && keyword !== 'sslcert' && keyword !== 'sslkey',
);

/** The variables that nearly every client understands, each with its value. An empty value means that the variable is not written. */
export function common(connection: Connection, files: Files): readonly Variable[] {
  const { sslmode } = connection;
  const tls: readonly Variable[] = [
    ['PGSSLMODE', sslmode],
    // postgres.js reads PGSSL instead, and takes any word there for "with TLS", `disable` too (its parseOptions translates that
    // word in a URL only).
    ['PGSSL', sslmode === 'disable' ? '' : sslmode],
    // libpq, asyncpg, pgx and lib/pq verify under `require` as well as soon as a root file is named: not what was asked for.
    ['PGSSLROOTCERT', verifies(connection) ? (files.ca ?? '') : ''],
    ['NODE_EXTRA_CA_CERTS', connection.trust.ca === undefined ? '' : (files.ca ?? '')],
    ['PGSSLCERT', files.cert ?? ''],
    ['PGSSLKEY', files.key ?? ''],
  ];
  return [
    ['PGHOST', hostList(connection.hosts)],
    ['PGPORT', portList(connection.hosts)],
    ['PGUSER', connection.user],
    ['PGPASSWORD', connection.password ?? '', 'secret'],
    ['PGDATABASE', connection.database],
    ...tls,
    ...CARRIED.flatMap(({ keyword, env }): Variable[] => (env ? [[env, connection.parameters.get(keyword) ?? '']] : [])),
    ['PGCONNECT_TIMEOUT', String(connection.connectTimeout)],
    ...databaseUrls(connection, (way) => url(connection, [['sslmode', sslmode]], { way })),
  ];
}
