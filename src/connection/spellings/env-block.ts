import { PARAMETERS } from '../parameters.ts';
import { COPY_AGAIN, type Given, given, type ReadAgain, refuse } from './given.ts';
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
      throw refuse('has a line that is not `NAME=value` among lines that are', COPY_AGAIN);
    variables.set(name, unquote(value.trim()));
  }

  const parts = given();
  for (const [name, value] of variables) {
    const keyword = ENVIRONMENT.get(name);
    if (keyword !== undefined && value !== '') parts.parameters.set(keyword, value);
  }

  for (const [name, meant] of MISNAMED) {
    if (variables.has(name) && !variables.has(meant) && parts.parameters.size > 0)
      throw refuse(`assigns \`${name}\`, which no Postgres client reads`, `Write \`${meant}\`.`);
  }

  const urlName = chooseUrl(variables, parts.parameters.size > 0);
  const left = [...variables.keys()].filter((name) => name !== urlName && !ENVIRONMENT.has(name));
  const notices = [
    `\`connection-string\` was a list of variables; ${urlName === undefined ? 'the PG* ones were' : `\`${urlName}\` was`} taken.`,
    ...(left.length > 0 && urlName === undefined ? [`Left aside in \`connection-string\`: ${left.join(', ')}.`] : []),
  ];
  if (urlName === undefined) {
    if (parts.parameters.size === 0) throw refuse('assigns variables, but none that holds a Postgres connection', COPY_AGAIN);
    return { ...parts, notices };
  }
  const said = await read(variables.get(urlName) as string);
  for (const [keyword, value] of parts.parameters) {
    const other = said.parameters.get(keyword);
    if (other !== undefined && other !== value) {
      throw refuse(`says two different things about \`${keyword}\`, in \`${urlName}\` and beside it`, 'Leave one of them out.');
    }
    said.parameters.set(keyword, value);
  }
  return { ...said, notices: [...notices, ...said.notices] };
};

const chooseUrl = (variables: ReadonlyMap<string, string>, hasParts: boolean): string | undefined => {
  const filled = [...variables].filter(([, value]) => value !== '');
  const best = URLS.find((url) => filled.some(([name]) => name === url));
  if (best !== undefined) return best;
  const others = filled
    .filter(([name, value]) => isUrl(value) || (!hasParts && /(URL|URI|DSN)$/i.test(name)))
    .map(([name]) => name);
  if (others.length > 1 && !hasParts) {
    throw refuse(
      `assigns several URLs (${others.join(', ')}) and none is called DATABASE_URL`,
      'Give only the line of the connection that is meant.',
    );
  }
  return hasParts ? undefined : others[0];
};

/** One pair of quotes around the whole value; nothing inside is expanded, so that a password stays what it is. */
const unquote = (value: string): string => {
  const text = value.replace(/;$/, '');
  const quote = text.charAt(0);
  if (quote !== '"' && quote !== "'" && quote !== '`') return value;
  return text.length > 1 && text.endsWith(quote) ? text.slice(1, -1) : value;
};
