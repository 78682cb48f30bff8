import pg from 'pg';

export const dynamic = 'force-dynamic';

export async function GET() {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query(`
      select current_user as "user", current_database() as database, version as tls, current_setting('server_version') as server
  from pg_stat_ssl where pid = pg_backend_pid()`);
    return Response.json(rows[0]);
  } finally {
    await client.end();
  }
}
