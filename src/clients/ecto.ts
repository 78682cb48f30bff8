import type { Client } from './client.ts';
import { databaseUrls, type Spelling, url, type Way } from './spelling.ts';

const encrypts = ({ connection: { sslmode } }: Spelling): boolean => ['require', 'verify-ca', 'verify-full'].includes(sslmode);

/** Ecto ignores `sslmode` and would connect without TLS: `ssl=true` is its word (Ecto.Repo.Supervisor.parse_url/1). */
const ectoUrl = (spelling: Spelling, way: Way): string =>
  url(spelling.connection, [['ssl', encrypts(spelling) ? 'true' : undefined], ...spelling.own], { scheme: 'ecto', way });

export const ecto: Client = {
  name: 'ecto',
  aliases: ['phoenix', 'postgrex', 'elixir'],
  title: 'Ecto, Phoenix',
  family: 'Elixir',
  reads: '`DATABASE_URL`',
  readsUrl: true,
  migrates: true,
  tcpOnly: true,
  pooled: '`prepare: :unnamed` for a PgBouncer that does not track statements',
  variables: (spelling) => databaseUrls(spelling.connection, (way) => ectoUrl(spelling, way)),
  notice: (spelling) =>
    encrypts(spelling) && spelling.connection.trust.ca
      ? 'Ecto’s URL cannot name a private CA: put `ssl: [cacertfile: System.get_env("PGSSLROOTCERT")]` into the repository’s configuration.'
      : undefined,
};
