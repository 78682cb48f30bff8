import { FOREIGN } from '../foreign.ts';
import { BY_PARTS, type Given, given, refuse } from './given.ts';
import { note } from './uri.ts';

/** Npgsql's names for libpq's parameters, without their blanks and in lower case (NpgsqlConnectionStringBuilder, with its synonyms). */
const NAMES = new Map([
  ['host', 'host'],
  ['server', 'host'],
  ['datasource', 'host'],
  ['port', 'port'],
  ['database', 'dbname'],
  ['db', 'dbname'],
  ['username', 'user'],
  ['userid', 'user'],
  ['uid', 'user'],
  ['user', 'user'],
  ['password', 'password'],
  ['pwd', 'password'],
  ['psw', 'password'],
  ['sslmode', 'sslmode'],
  ['sslcertificate', 'sslcert'],
  ['sslkey', 'sslkey'],
  ['sslpassword', 'sslpassword'],
  ['rootcertificate', 'sslrootcert'],
  ['sslnegotiation', 'sslnegotiation'],
  ['channelbinding', 'channel_binding'],
  ['requireauth', 'require_auth'],
  ['targetsessionattributes', 'target_session_attrs'],
  ['applicationname', 'application_name'],
  ['clientencoding', 'client_encoding'],
  ['options', 'options'],
  ['timeout', 'connect_timeout'],
  ['passfile', 'passfile'],
]);

/** Npgsql's other names, as the client `dotnet` writes them; two of them have a longer one too. */
const OTHERS = new Map([
  ...Object.keys(FOREIGN)
    .filter((name) => FOREIGN[name]?.clients.includes('dotnet'))
    .map((name) => [name.toLowerCase(), name] as const),
  ['maximumpoolsize', 'MaxPoolSize'],
  ['minimumpoolsize', 'MinPoolSize'],
]);

/** What is said in Npgsql's own words, in lower case, in libpq's. */
const VALUES = new Map([
  ['sslmode=verifyca', 'verify-ca'],
  ['sslmode=verifyfull', 'verify-full'],
  ...['disable', 'allow', 'prefer', 'require'].map((mode) => [`sslmode=${mode}`, mode] as const),
  ...['disable', 'prefer', 'require'].map((mode) => [`channel_binding=${mode}`, mode] as const),
  ...['postgres', 'direct'].map((way) => [`sslnegotiation=${way}`, way] as const),
]);

/** Words that only a connection of SQL Server has. */
const SQL_SERVER = new Set([
  'initialcatalog',
  'trustedconnection',
  'trusted_connection',
  'multipleactiveresultsets',
  'attachdbfilename',
]);

/**
 * Is the text an ADO.NET connection string? Not every key=value string with a semicolon: a quoted password may hold one. ODBC's begins with a
 * driver.
 */
export const isAdo = (text: string): boolean =>
  /^[\w ]+=\s*(?:"[^"]*"|'[^']*'|[^\s;'"]*)\s*;/.test(text) &&
  /(?:^(?:Connection\w*=)?|;)\s*(?:Host|Server|Data Source)\s*=/i.test(text) &&
  !/(?:^|;)\s*Driver\s*=/i.test(text);

/**
 * One pair of System.Data.Common.DbConnectionOptions: a value with a `;` in it, or a blank or quote at its ends, stands in quotes, and such a
 * quote inside is doubled; `==` in a name is a `=`.
 */
const PAIR =
  /[\s;]*((?:[^=;\s]|==|\s+(?=[^=;\s]))+)\s*=(?!=)\s*(?:"((?:[^"]|"")*)"|'((?:[^']|'')*)'|([^;"'\s](?:[^;]*[^;"'\s])?)?)\s*(?:;|$)/y;

/** Reads `Host=…;Username=…;Password=…`, which Npgsql takes, as Neon's console gives it for .NET. Of two of a name the last counts. */
export const readAdo = (text: string): Given => {
  const said = given();
  // As a variable of .NET's, `ConnectionStrings__DefaultConnection=Host=…`.
  for (const [name, value] of pairs(text.replace(/^Connection\w*=(?=[\w ]+=)/i, ''))) {
    const plain = name.replace(/\s/g, '').toLowerCase();
    if (SQL_SERVER.has(plain)) {
      throw refuse('is an ADO.NET string of SQL Server', 'Give the secret of the Postgres database.');
    }
    const keyword = NAMES.get(plain);
    // An empty value is like none.
    if (keyword === undefined) said.foreign.set(OTHERS.get(plain) ?? name, value);
    else if (value === '') said.parameters.delete(keyword);
    else said.parameters.set(keyword, VALUES.get(`${keyword}=${value.toLowerCase()}`) ?? value);
  }
  splitPorts(said.parameters);
  return note(said, '`connection-string` is an ADO.NET string; read by the names that Npgsql has.');
};

function* pairs(text: string): Generator<[name: string, value: string]> {
  for (PAIR.lastIndex = 0; !/^[\s;]*$/.test(text.slice(PAIR.lastIndex)); ) {
    const [, name, double, single, bare] = PAIR.exec(text) ?? [];
    if (name === undefined) {
      throw refuse(
        'is an ADO.NET string, and a piece of it is no `Name=value`',
        `A value that holds a \`;\`, or has a quote or a blank at its ends, stands in double quotes, with each double quote in it doubled. ${BY_PARTS}`,
      );
    }
    yield [name.replaceAll('==', '='), double?.replaceAll('""', '"') ?? single?.replaceAll("''", "'") ?? bare ?? ''];
  }
}

/** Npgsql takes `host:port`, and lists of them; an IPv6 address has brackets then (NpgsqlConnectionStringBuilder.TrySplitHostPort). */
const splitPorts = (parameters: Map<string, string>): void => {
  const hosts = (parameters.get('host') ?? '').split(',').map((text) => {
    const [, address, name, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(text.trim()) ?? [];
    return { host: address ?? name ?? text.trim(), port };
  });
  if (parameters.has('host')) parameters.set('host', hosts.map(({ host }) => host).join(','));
  if (hosts.some(({ port }) => port !== undefined)) {
    parameters.set('port', hosts.map(({ port }) => port ?? parameters.get('port') ?? '5432').join(','));
  }
};
