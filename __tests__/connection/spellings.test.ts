import { read } from '../../src/connection/spellings/index.ts';

/** What each spelling below stands for. */
const SAME = { user: 'app', password: 's3cret', host: 'db.example.org', port: '5433', dbname: 'shop' };
const URL_ = 'postgresql://app:s3cret@db.example.org:5433/shop';

const spellings: readonly (readonly [name: string, text: string])[] = [
  ['a URL', URL_],
  ['the short scheme', URL_.replace('postgresql', 'postgres')],
  ['a line end', `${URL_}\n`],
  ['a Windows line end and blanks', `  ${URL_} \r\n`],
  ['a byte order mark', `\uFEFF${URL_}`],
  ['single quotes', `'${URL_}'`],
  ['double quotes and a line end', `"${URL_}"\n`],
  ['backticks', `\`${URL_}\``],
  ['typographic quotes', `“${URL_}”`],
  ['a JSON string', JSON.stringify(URL_)],
  ['psql, as Neon’s button copies it', `psql '${URL_}'`],
  ['psql with a line end', `psql '${URL_}'\n`],
  ['psql with a prompt', `$ psql "${URL_}"`],
  ['psql without quotes', `psql ${URL_}`],
  ['psql -d', `psql -d '${URL_}' -c 'select 1'`],
  ['psql --dbname=', `psql --dbname='${URL_}'`],
  ['psql by its path', `/usr/bin/psql '${URL_}'`],
  ['psql with options', 'PGPASSWORD=s3cret psql -h db.example.org -p 5433 -U app -d shop'],
  ['psql with options and free words', "PGPASSWORD='s3cret' psql -hdb.example.org -p5433 shop app"],
  ['psql with key=value', `psql "host=db.example.org port=5433 user=app password=s3cret dbname=shop"`],
  ['DATABASE_URL=', `DATABASE_URL=${URL_}`],
  ['DATABASE_URL= with quotes', `DATABASE_URL="${URL_}"`],
  ['export', `export DATABASE_URL='${URL_}'`],
  ['PowerShell', `$env:DATABASE_URL = "${URL_}"`],
  ['YAML', `DATABASE_URL: ${URL_}`],
  ['set', `set DATABASE_URL=${URL_}`],
  ['another name', `MY_DB_URL=${URL_}`],
  ['lower case', `database_url=${URL_}`],
  ['psql within a variable', `DATABASE_URL="psql '${URL_}'"`],
  ['a .env block of parts', 'PGHOST=db.example.org\nPGPORT=5433\nPGUSER=app\nPGPASSWORD=s3cret\nPGDATABASE=shop\n'],
  [
    'Neon’s .env block',
    `# Recommended for most uses\r\nDATABASE_URL=${URL_}\r\n# direct\r\nDATABASE_URL_UNPOOLED=postgresql://x:y@z/w\r\n\r\nPGHOST='db.example.org'\r\nPGUSER=app\r\nPGPASSWORD="s3cret"\r\nPGHOST_UNPOOLED=z`,
  ],
  ['key=value', "host=db.example.org port=5433 user=app password='s3cret' dbname=shop"],
  ['key=value over lines', 'host=db.example.org\nport=5433\nuser=app\npassword=s3cret\ndbname=shop\n'],
  ['jdbc', 'jdbc:postgresql://db.example.org:5433/shop?user=app&password=s3cret'],
  ['jdbc with user:password@', 'jdbc:postgresql://app:s3cret@db.example.org:5433/shop'],
  ['SQLAlchemy', URL_.replace('postgresql', 'postgresql+asyncpg')],
  ['SQLAlchemy, psycopg 3', URL_.replace('postgresql', 'postgresql+psycopg')],
  ['Ecto', URL_.replace('postgresql', 'ecto')],
  ['PHP', URL_.replace('postgresql', 'pgsql')],
  ['capitals', URL_.replace('postgresql', 'POSTGRESQL')],
  ['a JSON object of keywords', JSON.stringify({ ...SAME, port: 5433 })],
  [
    'an AWS RDS secret',
    JSON.stringify({
      username: 'app',
      password: 's3cret',
      engine: 'postgres',
      host: 'db.example.org',
      port: 5433,
      dbname: 'shop',
      dbInstanceIdentifier: 'shop-1',
    }),
  ],
  ['JSON with a uri', JSON.stringify({ uri: URL_ })],
  ['JSON with a url', JSON.stringify({ url: URL_, user: 'app' })],
  [
    'Neon’s API',
    JSON.stringify({
      connection_uris: [
        {
          connection_uri: URL_,
          connection_parameters: {
            database: 'shop',
            password: 's3cret',
            role: 'app',
            host: 'db.example.org',
            pooler_host: 'p.example.org',
          },
        },
      ],
    }),
  ],
];

test.each(spellings)('%s', async (_, text) => {
  expect(Object.fromEntries((await read(text)).parameters)).toEqual(SAME);
});

describe('nothing is repaired', () => {
  const cases: readonly (readonly [name: string, text: string, password: string])[] = [
    ['a $ in double quotes', 'psql "postgresql://u:a$-b$@h/d"', 'a$-b$'],
    ['a $ in single quotes', "psql 'postgresql://u:a$b@h/d'", 'a$b'],
    ['an escaped quote', 'psql "postgresql://u:a\\"b@h/d"', 'a"b'],
    ["a quote by '\\''", "psql 'postgresql://u:a'\\''b@h/d'", "a'b"],
    ['a + in a URL', 'postgresql://u:a+b@h/d', 'a+b'],
    ['a + in jdbc is a blank', 'jdbc:postgresql://h/d?user=u&password=a+b', 'a b'],
    ['%2B in jdbc', 'jdbc:postgresql://h/d?user=u&password=a%2Bb', 'a+b'],
    ['a quote within quotes', "'postgresql://u:a'b@h/d'", "a'b"],
    ['a # in a .env value', 'PGPASSWORD=a#b\nPGHOST=h', 'a#b'],
    ['blanks in quotes in a .env value', 'PGPASSWORD=" a b "\nPGHOST=h', ' a b '],
    ['a backslash in key=value', 'host=h password=a\\\\b', 'a\\b'],
    ['encoded blanks', 'postgresql://u:%20a%20@h/d', ' a '],
  ];
  test.each(cases)('%s', async (_, text, password) => {
    expect((await read(text)).parameters.get('password')).toBe(password);
  });
});

test('parameters of clients are set aside under their own names', async () => {
  const said = await read('postgresql://u:p@h/d?schema=app&sslmode=require&pgbouncer=true');
  expect([...said.foreign]).toEqual([
    ['schema', 'app'],
    ['pgbouncer', 'true'],
  ]);
  expect(said.parameters.get('sslmode')).toBe('require');
});

test('what was unusual is said, without a value', async () => {
  const { notices } = await read(`\uFEFF "DATABASE_URL=psql '${URL_}'"\r\n`);
  expect(notices.length).toBeGreaterThanOrEqual(4);
  expect(notices.join('\n')).not.toMatch(/s3cret|example/);
});
