import type { SslMode } from '../connection/connection.ts';
import type { Client } from './client.ts';
import { beside, onNeon, type Spelling, url, type Way } from './spelling.ts';

/**
 * Prisma's engines know three modes, and take any other for `prefer` without a word; what is verified is `sslaccept`'s business
 * (quaint, connector/postgres/url.rs). `strict` checks the name as well, so it is stronger than `verify-ca`, never weaker.
 */
const MODE: Record<SslMode, readonly [sslmode: string, sslaccept?: string]> = {
  disable: ['disable'],
  allow: ['prefer', 'accept_invalid_certs'],
  prefer: ['prefer', 'accept_invalid_certs'],
  require: ['require', 'accept_invalid_certs'],
  'verify-ca': ['require', 'strict'],
  'verify-full': ['require', 'strict'],
};

export function prismaUrl({ connection, files, own }: Spelling, way: Way): string {
  const [sslmode, sslaccept] = MODE[connection.sslmode];
  return url(
    connection,
    beside(
      [
        ['sslmode', sslmode],
        ['sslaccept', sslaccept],
        // Prisma's `sslcert` is the CA's certificate, not the client's.
        ['sslcert', connection.trust.ca && sslaccept === 'strict' ? files.ca : undefined],
        ['connect_timeout', connection.connectTimeout],
      ],
      own,
    ),
    { way },
  );
}

/** Prisma's command line, and the client up to version 6: the Rust engines, which read nothing but the URL in the schema. */
export const prisma: Client = {
  name: 'prisma',
  title: 'Prisma',
  family: 'Node.js',
  reads: '`DATABASE_URL`, and `DIRECT_URL` or `DATABASE_URL_UNPOOLED` to migrate (as the schema or `prisma.config.ts` says)',
  readsUrl: true,
  migrates: true,
  pooled: '`DIRECT_URL` to migrate; `pgbouncer=true` in the connection string for a PgBouncer that does not track statements',
  variables: (spelling) => [
    ['DATABASE_URL', prismaUrl(spelling, 'given'), 'secret'],
    ['DATABASE_URL_UNPOOLED', onNeon(spelling.connection, () => prismaUrl(spelling, 'direct')), 'secret'],
    // A schema that names DIRECT_URL does not start without it, on any host.
    ['DIRECT_URL', prismaUrl(spelling, 'direct'), 'secret'],
  ],
};
