import { COPY_AGAIN, type Given, refuse } from './given.ts';
import { cut, note, readConninfo } from './uri.ts';

/** Schemes of libraries that mean a Postgres URL, and what to call them. SQLAlchemy's `postgresql+driver` is matched apart. */
const SCHEMES = new Map([
  ['pgsql', 'PHP’s'],
  ['pdo-pgsql', 'Doctrine’s'],
  ['pdo_pgsql', 'Doctrine’s'],
  ['postgis', 'GeoDjango’s'],
  ['psql', 'django-environ’s'],
  ['ecto', 'Ecto’s'],
  ['psycopg2', 'a library’s'],
]);

/**
 * Reads a URL whose scheme is a library's name for Postgres (`postgresql+asyncpg://`, `ecto://`), or refuses it by name when it is
 * none of ours.
 */
export const readOtherScheme = (text: string, scheme: string): Given => {
  const rest = text.slice(scheme.length);
  const driver = /^postgres(?:ql)?\+([a-z\d_]+)$/.exec(scheme)?.[1];
  if (driver !== undefined) {
    // SQLAlchemy decodes its query as a form, where `+` is a blank (sqlalchemy/engine/url.py, parse_qsl).
    const [before, query] = cut(rest, '?');
    const said = readConninfo(`postgresql${before}${query === undefined ? '' : `?${query.replaceAll('+', '%20')}`}`);
    return note(said, `\`connection-string\` names the driver \`${driver}\`, as SQLAlchemy writes it; read as postgresql://.`);
  }
  if (scheme === 'postgres' || scheme === 'postgresql') {
    return note(
      readConninfo(`${scheme}${rest}`),
      '`connection-string` has its scheme in capitals, which libpq refuses; read as postgresql://.',
    );
  }
  const owner = SCHEMES.get(scheme);
  if (owner !== undefined) {
    return note(
      readConninfo(`postgresql${rest}`),
      `\`connection-string\` begins with ${owner} \`${scheme}://\`; read as postgresql://.`,
    );
  }
  throw refuse(...OTHER(scheme));
};

const OTHER = (scheme: string): [string, string] => {
  if (/^prisma(\+postgres)?$/.test(scheme)) {
    return [
      'is an address of Prisma Accelerate, which is a proxy for Prisma alone and no Postgres connection',
      'Give the database’s own postgresql:// string, the one that `DIRECT_URL` holds.',
    ];
  }
  if (/^https?$/.test(scheme)) return ['is the address of a web page, not of a database', COPY_AGAIN];
  if (/^(mysql|mariadb|mongodb(\+srv)?|redis|rediss|sqlserver|mssql|sqlite|file|libsql|cockroachdb)$/.test(scheme)) {
    return [
      `begins with \`${scheme}://\`, which is another kind of database`,
      'Give the secret that holds the Postgres connection.',
    ];
  }
  return ['begins with a scheme that is not Postgres’s', COPY_AGAIN];
};
