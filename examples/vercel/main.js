import pg from 'pg';

const { POSTGRES_URL, POSTGRES_URL_NON_POOLING } = process.env;
const client = new pg.Client({ connectionString: process.argv[2] === 'direct' ? POSTGRES_URL_NON_POOLING : POSTGRES_URL });
await client.connect();
const { rows } = await client.query(`
  select current_user as "user", current_database() as database, version as tls, current_setting('server_version') as server
  from pg_stat_ssl where pid = pg_backend_pid()`);
console.log(JSON.stringify(rows[0]));
await client.end();
