import type { Client } from './client.ts';
import { credentials, databaseUrls, encode, hosts, isSocket, query, type Spelling, url, type Way } from './spelling.ts';

/**
 * SQLAlchemy hands every parameter of the URL to asyncpg.connect() as an argument, and asyncpg has none called `sslmode`. So the URL
 * says nothing about TLS: asyncpg takes it from PGSSLMODE and PGSSLROOTCERT. Several hosts and sockets go into the query
 * (sqlalchemy/dialects/postgresql/asyncpg.py, create_connect_args).
 */
function asyncpgUrl({ connection, own }: Spelling, way: Way): string {
  const scheme = 'postgresql+asyncpg';
  const all = hosts(connection, way);
  if (all.length === 1 && !isSocket(all[0] as (typeof all)[number])) return url(connection, own, { scheme, way });
  const places = all.map((host): [string, string] => ['host', isSocket(host) ? host.host : `${host.host}:${host.port}`]);
  const port: [string, number][] = all.length === 1 ? [['port', (all[0] as (typeof all)[number]).port]] : [];
  return `${scheme}://${credentials(connection)}/${encode(connection.database)}?${query([...places, ...port, ...own])}`;
}

export const sqlalchemyAsyncpg: Client = {
  name: 'sqlalchemy-asyncpg',
  aliases: ['sqlalchemy+asyncpg', 'sqlalchemy-async', 'fastapi'],
  title: 'SQLAlchemy with asyncpg',
  family: 'Python',
  reads: '`DATABASE_URL`; `PGSSLMODE` and `PGSSLROOTCERT` through asyncpg',
  readsUrl: true,
  pooled: '`prepared_statement_cache_size=0` in the URL, `connect_args={"statement_cache_size": 0}` and `NullPool`; not on Neon',
  variables: (spelling) => databaseUrls(spelling.connection, (way) => asyncpgUrl(spelling, way)),
};
