import 'reflect-metadata';
import { DataSource } from 'typeorm';

const db = await new DataSource({ type: 'postgres', url: process.env.DATABASE_URL }).initialize();
const [row] = await db.query(`
  select current_user as "user", current_database() as database, version as tls, current_setting('server_version') as server
  from pg_stat_ssl where pid = pg_backend_pid()`);
console.log(JSON.stringify(row));
await db.destroy();
