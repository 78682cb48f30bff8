import type { Client } from './client.ts';
import { prismaUrl } from './prisma.ts';
import { hostList, hosts, isNeon, url } from './spelling.ts';

/**
 * The names of Vercel's Postgres integrations, the present and the older ones. `POSTGRES_URL_NO_SSL` is left out: it would be a
 * weaker connection than the one asked for.
 */
export const vercel: Client = {
  name: 'vercel',
  aliases: ['@vercel/postgres', 'vercel-postgres'],
  title: 'Vercel Postgres names',
  family: 'Node.js',
  reads: '`POSTGRES_URL`, `POSTGRES_URL_NON_POOLING`, `POSTGRES_PRISMA_URL`, `POSTGRES_HOST`, …',
  variables: (spelling) => {
    const { connection } = spelling;
    const direct = url(connection, [['sslmode', connection.sslmode]], { way: 'direct' });
    return [
      ['POSTGRES_URL', url(connection, [['sslmode', connection.sslmode]]), 'secret'],
      ['POSTGRES_URL_NON_POOLING', direct, 'secret'],
      ['POSTGRES_PRISMA_URL', prismaUrl(spelling, 'given'), 'secret'],
      ['POSTGRES_USER', connection.user],
      ['POSTGRES_HOST', hostList(connection.hosts)],
      ['POSTGRES_PASSWORD', connection.password ?? '', 'secret'],
      ['POSTGRES_DATABASE', connection.database],
      ['PGHOST_UNPOOLED', isNeon(connection) ? hostList(hosts(connection, 'direct')) : ''],
    ];
  },
};
