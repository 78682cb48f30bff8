import { PARAMETERS } from '../parameters.ts';
import type { Given } from './given.ts';
import { note } from './uri.ts';

/** Other people's names for libpq's keywords: AWS RDS, DigitalOcean's page, Neon's connection parameters, ORMs. */
export const NAMES = new Map([
  ['username', 'user'],
  ['role', 'user'],
  ['database', 'dbname'],
  ['db', 'dbname'],
  ['db_name', 'dbname'],
  ['hostname', 'host'],
  ['server', 'host'],
  ['pass', 'password'],
]);

const KEYWORDS = PARAMETERS.map((parameter) => parameter.keyword);

/** A name without what people write in different ways: capitals, and what parts its words. */
export const plain = (name: string): string => name.toLowerCase().replace(/[_-]/g, '');

const BY_PLAIN_NAME = new Map([
  ...KEYWORDS.map((keyword) => [plain(keyword), keyword] as const),
  ...[...NAMES].map(([name, keyword]) => [plain(name), keyword] as const),
]);

/** Of what says whose host, user or password it is, only these: a `postgres_version` is nothing of a connection. */
const PARTS = new Set(['host', 'port', 'user', 'password', 'dbname', 'sslmode']);

/** The libpq keyword that a name means: `dbname`, `Host`, `sslMode`, `db_host`, `PGUSER`, `POSTGRES_DB`. */
export const keywordFor = (name: string): string | undefined => {
  const known = BY_PLAIN_NAME.get(plain(name));
  if (known !== undefined) return known;
  const part = plain(name).replace(/^(?:database|db|postgres(?:ql)?|pg)/, '');
  const keyword = part === 'name' ? 'dbname' : BY_PLAIN_NAME.get(part);
  return keyword !== undefined && part !== plain(name) && PARTS.has(keyword) ? keyword : undefined;
};

/** Key=value pairs in which a part has another name: `username=…`, `database=…`. libpq would refuse them; what is meant is plain. */
export const renamed = (said: Given): Given =>
  [...NAMES].reduce((result, [name, keyword]) => {
    const value = said.foreign.get(name);
    // A `role` may also be the setting of the server, as pgx sends it; and an empty value has taken the next pair for its own.
    if (value === undefined || name === 'role' || /^\w+=/.test(value) || said.parameters.has(keyword)) return result;
    said.foreign.delete(name);
    if (value !== '') said.parameters.set(keyword, value);
    return note(result, `\`${name}\` in \`connection-string\` is what libpq calls \`${keyword}\`; read as that.`);
  }, said);
