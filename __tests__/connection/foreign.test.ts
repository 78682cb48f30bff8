import { SSL_MODES } from '../../src/connection/connection.ts';
import { parseConninfo } from '../../src/connection/conninfo.ts';
import { askedMode, FOREIGN } from '../../src/connection/foreign.ts';
import { findParameter, LIBPQ } from '../../src/connection/parameters.ts';

test.each([
  ['schema', 'prisma'],
  ['pgbouncer', 'prisma'],
  ['connection_limit', 'prisma'],
  ['sslaccept', 'prisma'],
  ['serverVersion', 'symfony'],
  ['charset', 'symfony'],
  ['prepared_statements', 'rails'],
  ['pool', 'rails'],
  ['uselibpqcompat', 'node-postgres'],
  ['default_query_exec_mode', 'pgx'],
  ['pool_max_conns', 'pgx'],
  ['currentSchema', 'jdbc'],
  ['prepareThreshold', 'jdbc'],
  ['prepared_statement_cache_size', 'sqlalchemy-asyncpg'],
  ['idle_timeout', 'postgres.js'],
  ['pool_size', 'ecto'],
  ['workaround', 'supabase'],
  ['unix_sock', 'pg8000'],
  ['load-balance', 'yugabytedb'],
  ['statusColor', 'TablePlus'],
  ['search_path', 'pgx'],
])('%s belongs to %s', (name, client) => expect(FOREIGN[name]?.clients).toContain(client));

test('no name in the table is one that libpq 18 takes: each of them would make it refuse the string', () => {
  expect(Object.keys(FOREIGN).filter((name) => (findParameter(name)?.since ?? LIBPQ + 1) <= LIBPQ)).toEqual([]);
  for (const name of Object.keys(FOREIGN)) expect(() => parseConninfo(`postgresql://h/d?${name}=x`)).toThrow('does not know');
});

test('every name has an owner, and every mode that one asks for is libpq’s', () => {
  for (const [name, { clients, tls }] of Object.entries(FOREIGN)) {
    expect([name, name.trim(), clients.length > 0]).toEqual([name, name, true]);
    for (const mode of Object.values(tls ?? {})) expect(SSL_MODES).toContain(mode);
  }
});

test.each([
  ['ssl', 'require', 'require'],
  ['ssl', 'true', 'verify-full'],
  ['ssl', 'TRUE', 'verify-full'],
  ['ssl', 'verify-ca', 'verify-ca'],
  ['ssl', 'no-verify', 'require'],
  ['ssl', 'false', undefined],
  ['ssl', 'constructor', undefined],
  ['sslaccept', 'strict', 'verify-full'],
  ['sslaccept', 'accept_invalid_certs', undefined],
  ['channelBinding', 'require', 'verify-full'],
  ['ssl-mode', 'verify-full', 'verify-full'],
  ['ssl_require', 'True', 'require'],
  ['schema', 'require', undefined],
  ['constructor', 'name', undefined],
])('%s=%s asks for %s', (name, value, mode) => expect(askedMode(name, value)).toBe(mode));
