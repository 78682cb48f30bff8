import { PARAMETERS } from '../parameters.ts';
import { BY_PARTS, COPY_AGAIN, EXPRESSION, type Given, given, type ReadAgain, refuse } from './given.ts';
import { keywordFor } from './names.ts';
import { ASSIGNMENT, isUrl } from './recognise.ts';

/** Names that hold a whole URL, the best first: what Neon's and Vercel's pages write into a `.env`. */
const URLS = ['DATABASE_URL', 'POSTGRES_URL', 'DATABASE_URL_UNPOOLED', 'DIRECT_URL', 'POSTGRES_URL_NON_POOLING'];

const ENVIRONMENT = new Map(
  PARAMETERS.flatMap((parameter) => (parameter.env ? [[parameter.env, parameter.keyword] as const] : [])),
);

/** What people write for a variable of libpq's, which no client reads: the connection would only lack that part. */
const MISNAMED = new Map([
  ['PGPASS', 'PGPASSWORD'],
  ['PGPASSWD', 'PGPASSWORD'],
  ['PGPWD', 'PGPASSWORD'],
  ['PGUSERNAME', 'PGUSER'],
  ['PGDB', 'PGDATABASE'],
  ['PGDBNAME', 'PGDATABASE'],
  ['PGHOSTNAME', 'PGHOST'],
]);

/**
 * Reads assignments: `DATABASE_URL=…`, `export DATABASE_URL='…'`, a block of `PGHOST=…` lines, or both when they agree.
 *
 * @param read reads the connection string of a URL's line
 */
export const readEnvBlock = async (text: string, read: ReadAgain): Promise<Given> => {
  const variables = new Map<string, string>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (/^\s*(#.*)?$/.test(line)) continue;
    const [, name, value] = ASSIGNMENT.exec(line) ?? [];
    if (name === undefined || value === undefined)
      throw refuse(
        'has a line that is not `NAME=value` among lines that are',
        'Take it out, or give only the line of the connection that is meant.',
      );
    if (!ENVIRONMENT.has(name) && /^[[{]$/.test(value.trim())) throw refuse('is a piece of a program', BY_PARTS);
    variables.set(name, unquote(value.trim()));
  }

  const parts = given();
  for (const [name, value] of variables) {
    const keyword = ENVIRONMENT.get(name);
    if (keyword === undefined || value === '') continue;
    if (/^\$\{\{.*\}\}$/.test(value)) throw refuse(...EXPRESSION);
    parts.parameters.set(keyword, value);
  }

  for (const [name, meant] of MISNAMED) {
    if (variables.has(name) && !variables.has(meant) && parts.parameters.size > 0)
      throw refuse(`assigns \`${name}\`, which no Postgres client reads`, `Write \`${meant}\`.`);
  }

  const urlName = chooseUrl(variables, parts.parameters.size > 0);
  if (urlName === undefined && parts.parameters.size === 0) return { ...parts, ...partsByOtherNames(variables) };
  const left = shown(variables, (name) => name === urlName || ENVIRONMENT.has(name));
  const notices = [
    `\`connection-string\` was a list of variables; ${urlName === undefined ? 'the PG* ones were' : `\`${urlName}\` was`} taken.`,
    ...(left.length > 0 && urlName === undefined ? [`Left aside in \`connection-string\`: ${left.join(', ')}.`] : []),
  ];
  if (urlName === undefined) return { ...parts, notices };
  const said = await read(variables.get(urlName) as string);
  for (const [keyword, value] of parts.parameters) {
    const other = said.parameters.get(keyword);
    if (other !== undefined && other !== value) {
      throw refuse(`says two different things about \`${keyword}\`, in \`${urlName}\` and beside it`, 'Leave one of them out.');
    }
    said.parameters.set(keyword, value);
  }
  for (const [name, keyword] of loginBeside(urlName)) {
    const value = variables.get(name) ?? '';
    if (value === '' || said.parameters.has(keyword)) continue;
    said.parameters.set(keyword, value);
    notices.push(`\`${name}\` in \`connection-string\` was taken too, because the URL names no ${keyword}.`);
  }
  return { ...said, notices: [...notices, ...said.notices] };
};

/** The names that were not taken; one that is no plain name may be the rest of a value that was broken over lines. */
const shown = (variables: ReadonlyMap<string, string>, isTaken: (name: string) => boolean): string[] =>
  [...variables.keys()].filter((name) => !isTaken(name) && /^(?:\w+|[a-z]+(?:[.-][a-z]+)+)$/.test(name));

/** The names that a login has beside the URL's own: `SPRING_DATASOURCE_USERNAME`, `spring.datasource.password`, `DB_USER`. */
const loginBeside = (urlName: string): [name: string, keyword: string][] => {
  const [, before = '', end = ''] = /^(.*?)((?:jdbc[._-])?ur[il])$/i.exec(urlName) ?? [];
  const names = [
    ['username', 'user'],
    ['user', 'user'],
    ['password', 'password'],
  ] as const;
  if (end === '') return [];
  return names.map(([name, keyword]) => [before + (end === end.toUpperCase() ? name.toUpperCase() : name), keyword]);
};

/** What a database's variables begin with; `DB_` alone or behind words such as `STAGING_`. */
const PREFIX = /^((?:[A-Z\d]+_)*?(?:DATABASE|DB|POSTGRES(?:QL)?|PG)_(?:ADDON_)?)([A-Z_]+)$/i;

/** Parts under names of an application's own: `DB_HOST`, `POSTGRES_PASSWORD`, `DATABASE_NAME`, all with the same beginning. */
const partsByOtherNames = (variables: ReadonlyMap<string, string>): Pick<Given, 'parameters' | 'notices'> => {
  const found = [...variables].flatMap(([name, value]) => {
    const [, prefix = '', rest = ''] = PREFIX.exec(name) ?? [];
    if (
      /^(?:CONNECTION|ENGINE|DIALECT|DRIVER|CLIENT|TYPE)$/i.test(rest) &&
      /mysql|mariadb|sqlite|mssql|sqlserver|mongo|oracle/i.test(value)
    ) {
      throw refuse(`assigns another kind of database to \`${name}\``, 'Give the secret of the Postgres database.');
    }
    const keyword = keywordFor(`DB_${rest}`);
    return prefix === '' || keyword === undefined || value === '' ? [] : [{ name, prefix, keyword, value }];
  });
  const prefixes = [...new Set(found.map(({ prefix }) => `${prefix}…`))];
  if (prefixes.length === 0) throw refuse('assigns variables, but none that holds a Postgres connection', COPY_AGAIN);
  if (prefixes.length > 1)
    throw refuse(
      `assigns the parts of several connections (${prefixes.join(', ')})`,
      'Give only the lines of the one that is meant.',
    );
  const parameters = new Map<string, string>();
  for (const { name, keyword, value } of found) {
    if (/^\$\{\{.*\}\}$/.test(value)) throw refuse(...EXPRESSION);
    if (![undefined, value].includes(parameters.get(keyword)))
      throw refuse(`says two different things about \`${keyword}\`, the second in \`${name}\``, 'Leave one of them out.');
    parameters.set(keyword, value);
  }
  const names = found.map(({ name }) => name);
  const left = shown(variables, (name) => names.includes(name));
  return {
    parameters,
    notices: [
      `\`connection-string\` was a list of variables; these were taken: ${names.join(', ')}.`,
      ...(left.length > 0 ? [`Left aside in \`connection-string\`: ${left.join(', ')}.`] : []),
    ],
  };
};

const chooseUrl = (variables: ReadonlyMap<string, string>, hasParts: boolean): string | undefined => {
  const filled = [...variables].filter(([, value]) => value !== '');
  // The address of a web page or of a proxy for one client is no candidate, unless it is the only one: then that is what has to be said.
  const ours = filled.filter(([, value]) => isUrl(value) || !OTHER_SCHEME.test(value));
  for (const some of [ours, filled]) {
    const best = URLS.find((url) => some.some(([name]) => name === url));
    if (best !== undefined) return best;
    const others = new Map(some.filter(([name, value]) => isUrl(value) || (!hasParts && STRING_NAME.test(name))));
    if (!hasParts && new Set(others.values()).size > 1) {
      throw refuse(
        `assigns several URLs (${[...others.keys()].join(', ')}) and none is called DATABASE_URL`,
        'Give only the line of the connection that is meant.',
      );
    }
    const [only] = others.keys();
    if (hasParts || only !== undefined) return hasParts ? undefined : only;
  }
  return undefined;
};

/** How a variable is called that holds a whole connection. */
const STRING_NAME = /(?:URL|URI|DSN|CONNECTION_?STRING)$/i;
const OTHER_SCHEME = /^(?:https?|wss?|prisma|mysql|mariadb|mongodb|rediss?|amqps?|smtps?|sqlite|libsql|file)(?:\+\w+)?:\/\//i;

/** One pair of quotes around the whole value; nothing inside is expanded, so that a password stays what it is. */
const unquote = (value: string): string => {
  const text = value.replace(/;$/, '');
  const quote = text.charAt(0);
  if (quote !== '"' && quote !== "'" && quote !== '`') return value;
  return text.length > 1 && text.endsWith(quote) ? text.slice(1, -1) : value;
};
