/**
 * The client of the demo: a program that knows nothing. It is started with the variables that the action exported, and connects with
 * node-postgres from `DATABASE_URL`, then with libpq (the library of psql, Python's and Ruby's drivers and many others) from `PG*`.
 */
import type { TLSSocket } from 'node:tls';
import pg from 'pg';
import { libpq, libpqIsAvailable, type Session } from '../__tests__/support/libpq.ts';

const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
const { rows } = await client.query('select current_user as user, current_database() as database, version()');
const { stream } = (client as unknown as { connection: { stream: TLSSocket } }).connection;
print('node-postgres, from DATABASE_URL', { ...rows[0], tls: stream.getProtocol?.() });
await client.end();

if (libpqIsAvailable) {
  const session = libpq().logIn('');
  if (typeof session === 'string') throw new Error(session);
  print('libpq, from the PG* variables', session);
}

function print(who: string, { user, database, version, tls }: Session): void {
  const [server] = version.split(' on ');
  console.log(`${who}:\n  reached ${server} at ${process.env.PGHOST} as ${user} in ${database}, ${tls ?? 'without TLS'}`);
}
