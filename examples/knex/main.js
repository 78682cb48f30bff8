import knex from 'knex';

const db = knex({ client: 'pg', connection: process.env.DATABASE_URL });
const { rows } = await db.raw(`
  select current_user as "user", current_database() as database, version as tls, current_setting('server_version') as server
  from pg_stat_ssl where pid = pg_backend_pid()`);
console.log(JSON.stringify(rows[0]));
await db.destroy();
