import { QueryTypes, Sequelize } from 'sequelize';

const db = new Sequelize(process.env.DATABASE_URL, { logging: false });
const [row] = await db.query(
  `
  select current_user as "user", current_database() as database, version as tls, current_setting('server_version') as server
  from pg_stat_ssl where pid = pg_backend_pid()`,
  { type: QueryTypes.SELECT },
);
console.log(JSON.stringify(row));
await db.close();
