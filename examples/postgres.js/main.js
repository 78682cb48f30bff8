import postgres from 'postgres';

// The connection comes from PGHOST, PGUSER, PGSSL, … by itself.
const sql = postgres();
const [row] = await sql`
  select current_user as "user", current_database() as database, version as tls, current_setting('server_version') as server
  from pg_stat_ssl where pid = pg_backend_pid()`;
console.log(JSON.stringify(row));
await sql.end();
