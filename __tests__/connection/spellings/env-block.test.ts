// Behind import() in the step. Loaded here before the tests begin, so that mutation testing counts every test for its tables.
import '../../../src/connection/spellings/env-block.ts';
import { read } from '../../../src/connection/spellings/index.ts';
import { refusalOf, SECRET } from '../../support/refusal.ts';

const U = `postgresql://app:${SECRET}@h/d`;
const URL_ = { user: 'app', password: SECRET, host: 'h', dbname: 'd' };
const took = (name: string): string => `\`connection-string\` was a list of variables; \`${name}\` was taken.`;
const TOOK_PG = '`connection-string` was a list of variables; the PG* ones were taken.';
const left = (names: string): string => `Left aside in \`connection-string\`: ${names}.`;

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
  const NONE = 'assigns variables, but none that holds a Postgres connection';
  const ONE = 'Give only the line of the connection that is meant.';
  const several = (names: string): string => `assigns several URLs (${names}) and none is called DATABASE_URL`;
  test.each([
    ['a line that assigns nothing', `PGHOST=h\n${SECRET}`, NOT_A_LINE, COPY],
    ['a line that is cut off', `PGHOST=h\nPGPASSWORD`, NOT_A_LINE, COPY],
    ['a name that is none', `PGHOST=h\n1PGUSER=u`, NOT_A_LINE, COPY],
    ['YAML without a blank', `PGHOST=h\nPGUSER:u`, NOT_A_LINE, COPY],
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
    ['two URLs', `ONE=${U}\nTWO=${U}`, several('ONE, TWO'), ONE],
    ['two by their names', `A_URL=${SECRET}\nB_DSN=${SECRET}`, several('A_URL, B_DSN'), ONE],
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
