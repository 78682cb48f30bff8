// Behind import() in the step. Loaded here before the tests begin, so that mutation testing counts every test for its tables.
import '../../../src/connection/spellings/env-block.ts';
import { read } from '../../../src/connection/spellings/index.ts';
import { refusalOf, SECRET } from '../../support/refusal.ts';

const U = `postgresql://app:${SECRET}@h/d`;
const URL_ = { user: 'app', password: SECRET, host: 'h', dbname: 'd' };
const took = (name: string): string => `\`connection-string\` was a list of variables; \`${name}\` was taken.`;
const TOOK_PG = '`connection-string` was a list of variables; the PG* ones were taken.';
const left = (names: string): string => `Left aside in \`connection-string\`: ${names}.`;

const too = (name: string, part: string): string =>
  `\`${name}\` in \`connection-string\` was taken too, because the URL names no ${part}.`;
const these = (names: string): string => `\`connection-string\` was a list of variables; these were taken: ${names}.`;
const JDBC = '`connection-string` is a jdbc: URL; read as postgresql://.';

const rows: readonly (readonly [rule: string, text: string, parameters: Record<string, string>, notices: readonly string[]])[] = [
  // PG* variables.
  ['one variable', 'PGHOST=h', { host: 'h' }, [TOOK_PG]],
  [
    'each of libpq’s variables by its keyword',
    'PGHOST=h\nPGHOSTADDR=192.0.2.1\nPGPORT=1\nPGDATABASE=d\nPGUSER=u\nPGPASSWORD=p\nPGSSLMODE=require\nPGOPTIONS=-c a=b\nPGAPPNAME=ci\nPGCONNECT_TIMEOUT=3',
    {
      ...{ host: 'h', hostaddr: '192.0.2.1', port: '1', dbname: 'd', user: 'u', password: 'p', sslmode: 'require' },
      ...{ options: '-c a=b', application_name: 'ci', connect_timeout: '3' },
    },
    [TOOK_PG],
  ],
  ['an empty one is none', 'PGHOST=h\nPGPORT=\nPGUSER=""', { host: 'h' }, [TOOK_PG]],
  ['others are left aside and named', 'NODE_ENV=test\nPGHOST=h\nAPI_KEY=x', { host: 'h' }, [TOOK_PG, left('NODE_ENV, API_KEY')]],
  ['a name counts as it is written', 'PGHOST=h\npguser=u', { host: 'h' }, [TOOK_PG, left('pguser')]],
  ['the last of two counts', 'PGHOST=a\nPGHOST=b', { host: 'b' }, [TOOK_PG]],

  // Lines.
  ['Windows line ends', 'PGHOST=h\r\nPGUSER=u', { host: 'h', user: 'u' }, [TOOK_PG]],
  ['old Macintosh line ends', 'PGHOST=h\rPGUSER=u', { host: 'h', user: 'u' }, [TOOK_PG]],
  ['comments and empty lines', '# PGHOST=x\n\n \t\n  # a\nPGHOST=h\n#', { host: 'h' }, [TOOK_PG]],
  ['a # inside is the value’s', 'PGPASSWORD=a#b\nPGHOST=h # x', { password: 'a#b', host: 'h # x' }, [TOOK_PG]],
  ['blanks around', 'PGHOST =  h  \n \tPGUSER\t=\tu', { host: 'h', user: 'u' }, [TOOK_PG]],
  ['an = inside', 'PGPASSWORD=a=b', { password: 'a=b' }, [TOOK_PG]],

  // Ways to assign.
  ['export', 'export PGHOST=h\nexport  PGUSER=u', { host: 'h', user: 'u' }, [TOOK_PG]],
  ['set', 'set PGHOST=h\nset  PGUSER=u', { host: 'h', user: 'u' }, [TOOK_PG]],
  ['setx', 'setx PGHOST=h\nsetx  PGUSER=u', { host: 'h', user: 'u' }, [TOOK_PG]],
  ['PowerShell', '$env:PGHOST = "h"\n$Env:PGUSER="u";', { host: 'h', user: 'u' }, [TOOK_PG]],
  ['YAML', 'PGHOST: h\nPGUSER:  u\nPGPASSWORD: "a: b"', { host: 'h', user: 'u', password: 'a: b' }, [TOOK_PG]],
  ['a list of YAML', '- PGHOST=h\n-  PGUSER=u', { host: 'h', user: 'u' }, [TOOK_PG]],

  // Quotes: one pair around the whole, and nothing inside is expanded.
  ['single', "PGPASSWORD='a b'", { password: 'a b' }, [TOOK_PG]],
  ['double', 'PGPASSWORD="a b"', { password: 'a b' }, [TOOK_PG]],
  ['backticks', 'PGPASSWORD=`a b`', { password: 'a b' }, [TOOK_PG]],
  ['a semicolon behind the quote', 'PGPASSWORD="a b";', { password: 'a b' }, [TOOK_PG]],
  ['a semicolon without quotes is the value’s', 'PGPASSWORD=a;', { password: 'a;' }, [TOOK_PG]],
  ['semicolons within', 'PGPASSWORD="a;b;"', { password: 'a;b;' }, [TOOK_PG]],
  ['nothing expanded', 'PGPASSWORD="$HOME\\n$(x)"', { password: '$HOME\\n$(x)' }, [TOOK_PG]],
  ['two pairs are one', `PGPASSWORD="'a'"`, { password: "'a'" }, [TOOK_PG]],
  ['an open one is the value’s', `PGPASSWORD="a`, { password: '"a' }, [TOOK_PG]],
  ['a closing one is the value’s', `PGPASSWORD=a"`, { password: 'a"' }, [TOOK_PG]],
  ['one alone is the value', "PGPASSWORD='", { password: "'" }, [TOOK_PG]],
  ['an open one and a semicolon', `PGPASSWORD="a;`, { password: '"a;' }, [TOOK_PG]],

  ['a bracket alone as password', 'PGHOST=h\nPGPASSWORD={', { host: 'h', password: '{' }, [TOOK_PG]],

  // Which URL.
  ['DATABASE_URL', `DATABASE_URL=${U}`, URL_, [took('DATABASE_URL')]],
  ['POSTGRES_URL', `POSTGRES_URL=${U}`, URL_, [took('POSTGRES_URL')]],
  [
    'the best name, not the first',
    `DIRECT_URL=x\nPOSTGRES_URL_NON_POOLING=y\nDATABASE_URL_UNPOOLED=z\nPOSTGRES_URL=w\nDATABASE_URL=${U}`,
    URL_,
    [took('DATABASE_URL')],
  ],
  [
    'the second name',
    `DIRECT_URL=x\nPOSTGRES_URL_NON_POOLING=y\nDATABASE_URL_UNPOOLED=z\nPOSTGRES_URL=${U}`,
    URL_,
    [took('POSTGRES_URL')],
  ],
  ['the third', `DIRECT_URL=x\nPOSTGRES_URL_NON_POOLING=y\nDATABASE_URL_UNPOOLED=${U}`, URL_, [took('DATABASE_URL_UNPOOLED')]],
  ['the fourth', `POSTGRES_URL_NON_POOLING=y\nDIRECT_URL=${U}`, URL_, [took('DIRECT_URL')]],
  ['the fifth', `POSTGRES_URL_NON_POOLING=${U}\nMY_URL=${U}`, URL_, [took('POSTGRES_URL_NON_POOLING')]],
  ['an empty one is none', `DATABASE_URL=\nPOSTGRES_URL=${U}`, URL_, [took('POSTGRES_URL')]],
  ['others beside a URL are not worth a word', `NODE_ENV=test\nDATABASE_URL=${U}`, URL_, [took('DATABASE_URL')]],
  ['any name with a URL', `SHOP=${U}\nNODE_ENV=test`, URL_, [took('SHOP')]],
  ['two names for one URL', `ONE=${U}\nTWO="${U}"`, URL_, [took('ONE')]],
  ['a value that is only the word', `POSTGRES_USER=postgres\nSHOP=${U}\nKIND=postgresql`, URL_, [took('SHOP')]],
  ['a web address beside it', `API_URL=https://x\nSHOP_URL=${U}\nCACHE_URL=redis://x`, URL_, [took('SHOP_URL')]],
  ['a proxy for Prisma alone in the best name', `DATABASE_URL=prisma+postgres://x\nDIRECT_URL=${U}`, URL_, [took('DIRECT_URL')]],
  ['another database in the best name', `DATABASE_URL=mysql://x\nPOSTGRES_URL=${U}`, URL_, [took('POSTGRES_URL')]],
  [
    'a library’s scheme beside a web address',
    `A_URL=https://x\nB_URL=pgsql://app:${SECRET}@h/d`,
    URL_,
    [took('B_URL'), '`connection-string` begins with PHP’s `pgsql://`; read as postgresql://.'],
  ],
  [
    'a connection string by its name',
    'AZURE_POSTGRESQL_CONNECTIONSTRING=host=h user=u',
    { host: 'h', user: 'u' },
    [took('AZURE_POSTGRESQL_CONNECTIONSTRING')],
  ],
  ['any name with a quoted URL', `SHOP="${U}"`, URL_, [took('SHOP')]],
  [
    'any name with a jdbc: URL',
    'SHOP=jdbc:postgresql://h/d',
    { host: 'h', dbname: 'd' },
    [took('SHOP'), '`connection-string` is a jdbc: URL; read as postgresql://.'],
  ],
  [
    'any name with a psql command',
    "SHOP=psql 'postgresql://h/d'",
    { host: 'h', dbname: 'd' },
    [took('SHOP'), '`connection-string` was a `psql` command; the connection was taken out of it.'],
  ],
  ['a name that ends in DSN', 'SHOP_DSN=host=h user=u', { host: 'h', user: 'u' }, [took('SHOP_DSN')]],
  ['a name that ends in URI', 'SHOP_URI=host=h user=u', { host: 'h', user: 'u' }, [took('SHOP_URI')]],
  ['a name that ends in URL', 'SHOP_URL=host=h user=u', { host: 'h', user: 'u' }, [took('SHOP_URL')]],
  ['in lower case', `database_url=${U}`, URL_, [took('database_url')]],
  ['a lower-case dsn', `dsn=${U}`, URL_, [took('dsn')]],
  ['a lower-case connection', `connection: ${U}`, URL_, [took('connection')]],
  ['a URL beside PG*, under a name of its own', `SHOP_URL=${U}\nPGHOST=x`, { host: 'x' }, [TOOK_PG, left('SHOP_URL')]],
  ['a web address that holds the word is none either', `SHOP=${U}\nAPI=https://x/postgres`, URL_, [took('SHOP')]],
  ['a name that only begins so is none', 'SHOP_URL=host=h user=u\nURL_COUNT=5', { host: 'h', user: 'u' }, [took('SHOP_URL')]],
  ['a lower-case dsn in quotes', `dsn="${U}"`, URL_, [took('dsn')]],
  ['a web address is no candidate', `SHOP=${U}\nAPI=https://x`, URL_, [took('SHOP')]],

  // A login beside the URL.
  [
    'Spring’s variables',
    `SPRING_DATASOURCE_URL=jdbc:postgresql://h/d\nSPRING_DATASOURCE_USERNAME=app\nSPRING_DATASOURCE_PASSWORD=${SECRET}`,
    URL_,
    [
      took('SPRING_DATASOURCE_URL'),
      too('SPRING_DATASOURCE_USERNAME', 'user'),
      too('SPRING_DATASOURCE_PASSWORD', 'password'),
      JDBC,
    ],
  ],
  [
    'Quarkus’ properties',
    `quarkus.datasource.db-kind=postgresql\nquarkus.datasource.jdbc.url=jdbc:postgresql://h/d\nquarkus.datasource.username=app`,
    { user: 'app', host: 'h', dbname: 'd' },
    [took('quarkus.datasource.jdbc.url'), too('quarkus.datasource.username', 'user'), JDBC],
  ],
  [
    'lines of YAML',
    `url: jdbc:postgresql://h/d\nuser: app\npassword: ${SECRET}`,
    URL_,
    [took('url'), too('user', 'user'), too('password', 'password'), JDBC],
  ],
  ['a URL that has one', `DB_URL=${U}\nDB_USERNAME=other\nDB_PASSWORD=x`, URL_, [took('DB_URL')]],
  [
    'the login of something else',
    `DB_URL=postgres://h/d\nMAIL_USERNAME=x\nusername=y`,
    { host: 'h', dbname: 'd' },
    [took('DB_URL')],
  ],
  [
    'an empty one',
    `DB_URL=postgres://h/d\nDB_USERNAME=\nDB_USER=u`,
    { host: 'h', dbname: 'd', user: 'u' },
    [took('DB_URL'), too('DB_USER', 'user')],
  ],

  // Parts under names of an application's own.
  [
    'Laravel’s',
    `APP_KEY=x\nDB_CONNECTION=pgsql\nDB_HOST=h\nDB_PORT=1\nDB_DATABASE=d\nDB_USERNAME=app\nDB_PASSWORD="${SECRET}"\nREDIS_HOST=r`,
    { ...URL_, port: '1' },
    [these('DB_HOST, DB_PORT, DB_DATABASE, DB_USERNAME, DB_PASSWORD'), left('APP_KEY, DB_CONNECTION, REDIS_HOST')],
  ],
  [
    'Vercel’s',
    `POSTGRES_USER="app"\nPOSTGRES_HOST="h"\nPOSTGRES_PASSWORD="${SECRET}"\nPOSTGRES_DATABASE="d"`,
    URL_,
    [these('POSTGRES_USER, POSTGRES_HOST, POSTGRES_PASSWORD, POSTGRES_DATABASE')],
  ],
  ['the postgres image’s', 'POSTGRES_USER=u\nPOSTGRES_DB=d', { user: 'u', dbname: 'd' }, [these('POSTGRES_USER, POSTGRES_DB')]],
  [
    'with words before',
    'STAGING_DB_HOST=h\nSTAGING_DB_NAME=d',
    { host: 'h', dbname: 'd' },
    [these('STAGING_DB_HOST, STAGING_DB_NAME')],
  ],
  ['PG_', 'PG_HOST=h\nPG_PASS=p', { host: 'h', password: 'p' }, [these('PG_HOST, PG_PASS')]],
  ['an empty one is none there too', 'DB_HOST=h\nDB_PORT=', { host: 'h' }, [these('DB_HOST'), left('DB_PORT')]],
  ['libpq’s own come first', 'DB_HOST=x\nPGHOST=h', { host: 'h' }, [TOOK_PG, left('DB_HOST')]],

  // Both.
  ['a URL and parts that agree', `DATABASE_URL=${U}\nPGHOST=h\nPGUSER=app`, URL_, [took('DATABASE_URL')]],
  [
    'parts beside a URL that says nothing of them',
    `DATABASE_URL=${U}\nPGSSLMODE=require`,
    { ...URL_, sslmode: 'require' },
    [took('DATABASE_URL')],
  ],
];

test.each(rows)('%s', async (_, text, parameters, notices) => {
  const said = await read(text);
  expect({ parameters: Object.fromEntries(said.parameters), notices: said.notices }).toEqual({ parameters, notices });
});

describe('what is refused', () => {
  const COPY =
    'Copy the connection string again, as one line that begins with postgresql://; on Neon, press Connect and then Copy snippet.';
  const NOT_A_LINE = 'has a line that is not `NAME=value` among lines that are';
  const OUT = 'Take it out, or give only the line of the connection that is meant.';
  const EXPRESSION = [
    'holds a GitHub expression, which is not evaluated inside a secret',
    'Put the value itself there, or give the parts as inputs: `host`, `user`, `password`, `database`.',
  ] as const;
  const NONE = 'assigns variables, but none that holds a Postgres connection';
  const ONE = 'Give only the line of the connection that is meant.';
  const several = (names: string): string => `assigns several URLs (${names}) and none is called DATABASE_URL`;
  test.each([
    ['a line that assigns nothing', `PGHOST=h\n${SECRET}`, NOT_A_LINE, OUT],
    ['a line that is cut off', `PGHOST=h\nPGPASSWORD`, NOT_A_LINE, OUT],
    ['a password with a line break and a dot in it', `PGHOST=h\nPGPASSWORD=a\n${SECRET}.B=c`, NOT_A_LINE, OUT],
    ['a name that is none', `PGHOST=h\n1PGUSER=u`, NOT_A_LINE, OUT],
    ['YAML without a blank', `PGHOST=h\nPGUSER:u`, NOT_A_LINE, OUT],
    ['a reference of Railway’s among libpq’s', `PGUSER=\${{POSTGRES_USER}}\nPGPASSWORD=${SECRET}`, ...EXPRESSION],
    ['one among an application’s', `DB_HOST=\${{Postgres.HOST}}\nDB_PASSWORD=${SECRET}`, ...EXPRESSION],
    [
      'parts of two',
      `DB_HOST=h\nDB_PASSWORD=${SECRET}\nAUDIT_DB_HOST=i`,
      'assigns the parts of several connections (DB_…, AUDIT_DB_…)',
      'Give only the lines of the one that is meant.',
    ],
    [
      'one part twice',
      `DB_USER=a\nDB_USERNAME=b\nDB_PASSWORD=${SECRET}`,
      'says two different things about `user`, the second in `DB_USERNAME`',
      'Leave one of them out.',
    ],
    [
      'parts of MySQL',
      `DB_CONNECTION=mysql\nDB_HOST=h\nDB_PASSWORD=${SECRET}`,
      'assigns another kind of database to `DB_CONNECTION`',
      'Give the secret of the Postgres database.',
    ],
    [
      'a name near the password’s',
      `PGHOST=h\nPGPASS=${SECRET}`,
      'assigns `PGPASS`, which no Postgres client reads',
      'Write `PGPASSWORD`.',
    ],
    [
      'a name near the host’s',
      'PGUSER=u\nPGHOSTNAME=h',
      'assigns `PGHOSTNAME`, which no Postgres client reads',
      'Write `PGHOST`.',
    ],
    ['no connection', `API_KEY=${SECRET}\nNODE_ENV=test`, NONE, COPY],
    ['only empty ones', 'PGHOST=\nDATABASE_URL=""', NONE, COPY],
    ['two URLs', `ONE=${U}\nTWO=${U}2`, several('ONE, TWO'), ONE],
    ['two by their names', `A_URL=${SECRET}\nB_DSN=${SECRET}2`, several('A_URL, B_DSN'), ONE],
    [
      'a URL and a part that differ',
      `DATABASE_URL=${U}\nPGUSER=other`,
      'says two different things about `user`, in `DATABASE_URL` and beside it',
      'Leave one of them out.',
    ],
  ])('%s', async (_, text, what, fix) => {
    const refused = await refusalOf(() => read(text));
    expect(refused).toEqual({ code: 'invalid-connection-string', message: `\`connection-string\` ${what}.`, fix });
    expect(JSON.stringify(refused)).not.toContain(SECRET);
  });
});
