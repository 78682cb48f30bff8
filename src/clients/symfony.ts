import type { Client } from './client.ts';
import { databaseUrls, type Spelling, url, type Way } from './spelling.ts';

/**
 * Symfony's recipe reads `%env(resolve:DATABASE_URL)%`, and `resolve:` takes `%40…%` for a parameter of the container; `%%` is its
 * escape for `%`. A single `%` passes as it is, with and without `resolve:`, so it stays single.
 */
function symfonyUrl({ connection, own }: Spelling, way: Way): string {
  const plain = url(connection, [['sslmode', connection.sslmode], ...own], { way });
  return plain.split('%').length > 2 ? plain.replaceAll('%', '%%') : plain;
}

export const symfony: Client = {
  name: 'symfony',
  title: 'Symfony',
  family: 'PHP',
  reads: '`DATABASE_URL`, through `%env(resolve:DATABASE_URL)%`',
  readsUrl: true,
  migrates: true,
  variables: (spelling) => databaseUrls(spelling.connection, (way) => symfonyUrl(spelling, way)),
  notice: (spelling) =>
    symfonyUrl(spelling, 'given').includes('%%')
      ? '`DATABASE_URL` has every `%` doubled, as Symfony’s `%env(resolve:DATABASE_URL)%` needs it: a configuration without `resolve:` must not name `symfony`.'
      : undefined,
};
