// Behind import() in the step. Loaded here before the tests begin, so that mutation testing counts every test for its tables.
import '../../../src/connection/spellings/schemes.ts';
import { read } from '../../../src/connection/spellings/index.ts';
import { type Refusal, refusalOf, SECRET } from '../../support/refusal.ts';

const REST = `://app:${SECRET}@db.example.org/shop`;
const SAME = { user: 'app', password: SECRET, host: 'db.example.org', dbname: 'shop' };
const driver = (name: string): string =>
  `\`connection-string\` names the driver \`${name}\`, as SQLAlchemy writes it; read as postgresql://.`;
const library = (owner: string, scheme: string): string =>
  `\`connection-string\` begins with ${owner} \`${scheme}://\`; read as postgresql://.`;
const CAPITALS = '`connection-string` has its scheme in capitals, which libpq refuses; read as postgresql://.';

test.each([
  ['postgresql', []],
  ['postgres', []],
  ['POSTGRESQL', [CAPITALS]],
  ['Postgres', [CAPITALS]],
  ['postgresql+asyncpg', [driver('asyncpg')]],
  ['postgres+psycopg_2', [driver('psycopg_2')]],
  ['PostgreSQL+PG8000', [driver('pg8000')]],
  ['pgsql', [library('PHP’s', 'pgsql')]],
  ['pdo-pgsql', [library('Doctrine’s', 'pdo-pgsql')]],
  ['pdo_pgsql', [library('Doctrine’s', 'pdo_pgsql')]],
  ['postgis', [library('GeoDjango’s', 'postgis')]],
  ['psql', [library('django-environ’s', 'psql')]],
  ['ecto', [library('Ecto’s', 'ecto')]],
  ['ECTO', [library('Ecto’s', 'ecto')]],
  ['psycopg2', [library('a library’s', 'psycopg2')]],
])('%s:// means Postgres, and is named when it is not libpq’s', async (scheme, notices) => {
  const { parameters, notices: said, url } = await read(`${scheme}${REST}`);
  expect({ said, url, parameters: Object.fromEntries(parameters) }).toEqual({ said: notices, url: true, parameters: SAME });
});

test('SQLAlchemy decodes its query as a form, and only that', async () => {
  const { parameters } = await read('postgresql+asyncpg://a+b:c+d@h/e+f?options=-c+a%2Bb&application_name=x+y');
  expect(Object.fromEntries(parameters)).toEqual({
    ...{ user: 'a+b', password: 'c+d', host: 'h', dbname: 'e+f', options: '-c a+b', application_name: 'x y' },
  });
  expect((await read('postgresql://h/d?application_name=x+y')).parameters.get('application_name')).toBe('x+y');
});

describe('other addresses are refused by their names', () => {
  const refuse = (what: string, fix: string): Refusal => ({
    code: 'invalid-connection-string',
    message: `\`connection-string\` ${what}.`,
    fix,
  });
  const COPY =
    'Copy the connection string again, as one line that begins with postgresql://; on Neon, press Connect and then Copy snippet.';
  const kind = (scheme: string): Refusal =>
    refuse(
      `begins with \`${scheme}://\`, which is another kind of database`,
      'Give the secret that holds the Postgres connection.',
    );
  const accelerate = refuse(
    'is an address of Prisma Accelerate, which is a proxy for Prisma alone and no Postgres connection',
    'Give the database’s own postgresql:// string, the one that `DIRECT_URL` holds.',
  );
  const page = refuse('is the address of a web page, not of a database', COPY);
  const strange = refuse('begins with a scheme that is not Postgres’s', COPY);
  const rows: readonly (readonly [scheme: string, refusal: Refusal])[] = [
    ['prisma', accelerate],
    ['prisma+postgres', accelerate],
    ['http', page],
    ['https', page],
    ['HTTPS', page],
    ...['mysql', 'mariadb', 'mongodb', 'mongodb+srv', 'redis', 'rediss', 'sqlserver', 'mssql', 'sqlite', 'file', 'libsql'].map(
      (scheme) => [scheme, kind(scheme)] as const,
    ),
    ['cockroachdb', kind('cockroachdb')],
    ['postgress', strange],
    ['postgre', strange],
    ['xpostgres+asyncpg', strange],
    ['postgresql+', strange],
    ['postgresql+a-b', strange],
    ['postgresql+asyncpg+x', strange],
    ['prisma+mysql', strange],
    ['xprisma', strange],
    ['httpsx', strange],
    ['xhttp', strange],
    ['mysqlx', strange],
    ['xmysql', strange],
  ];
  test.each(rows)('%s://', async (scheme, refusal) => {
    expect(await refusalOf(() => read(`${scheme}${REST}`))).toEqual(refusal);
  });
});
