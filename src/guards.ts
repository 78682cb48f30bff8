import type { Connection } from './connection/connection.ts';
import { Problem } from './problems/index.ts';

/**
 * The guard against the wrong database: every host and the database must match a glob of its list. An empty list allows all.
 *
 * @param connection the settled connection
 * @throws Problem `host-not-allowed` or `database-not-allowed`
 */
export const guard = (connection: Connection, allowed: { hosts: readonly string[]; databases: readonly string[] }): void => {
  // Host names do not care about case (RFC 4343); database names do.
  const hosts = allowed.hosts.map((glob) => matcher(glob.toLowerCase()));
  for (const { host } of connection.hosts) {
    if (hosts.length > 0 && !hosts.some((matches) => matches(host.toLowerCase())))
      throw new Problem('host-not-allowed', { host });
  }
  const databases = allowed.databases.map(matcher);
  const { database } = connection;
  if (databases.length > 0 && !databases.some((matches) => matches(database)))
    throw new Problem('database-not-allowed', { database });
};

/** `*` stands for any run of characters, `?` for one; everything else for itself, so that a `.` opens nothing. */
const matcher = (glob: string): ((text: string) => boolean) => {
  const pattern = glob
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${pattern}$`, 'su');
  return (text) => expression.test(text);
};
