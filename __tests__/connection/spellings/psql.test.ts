// Behind import() in the step. Loaded here before the tests begin, so that mutation testing counts every test for its tables.
import '../../../src/connection/spellings/psql.ts';
import { read } from '../../../src/connection/spellings/index.ts';
import { refusalOf, SECRET } from '../../support/refusal.ts';

const SAID = '`connection-string` was a `psql` command; the connection was taken out of it.';

/** Command lines, and what psql 18 would hand to libpq; each says what is tried. */
const rows: readonly (readonly [rule: string, command: string, parameters: Record<string, string>])[] = [
  // Options.
  ['letters', 'psql -h h -p 1 -U u -d d', { host: 'h', port: '1', user: 'u', dbname: 'd' }],
  ['letters with their arguments', 'psql -hh -p1 -Uu -dd', { host: 'h', port: '1', user: 'u', dbname: 'd' }],
  ['names', 'psql --host h --port 1 --username u --dbname d', { host: 'h', port: '1', user: 'u', dbname: 'd' }],
  ['names with =', 'psql --host=h --port=1 --username=u --dbname=d', { host: 'h', port: '1', user: 'u', dbname: 'd' }],
  ['an = in an argument', 'psql --host=h --username=a=b d', { host: 'h', user: 'a=b', dbname: 'd' }],
  ['an empty argument takes nothing of what follows', 'psql --host= --username=u d', { user: 'u', dbname: 'd' }],
  ['a name that only begins like one with an argument', 'psql --record-separator-zero d', { dbname: 'd' }],
  ['an option at the end without its argument', 'psql -d d -h', { dbname: 'd' }],
  ['flags without arguments', 'psql -X -1 -w --quiet -h h d', { host: 'h', dbname: 'd' }],
  ['flags in one word', 'psql -Atq -h h d', { host: 'h', dbname: 'd' }],
  ['flags before a letter with an argument', 'psql -wh h -XU u d', { host: 'h', user: 'u', dbname: 'd' }],
  ['the last word for an option counts', 'psql -h a -h b d', { host: 'b', dbname: 'd' }],

  // Arguments of other options are no databases.
  ['-c', "psql -c 'select 1' d", { dbname: 'd' }],
  ['-c in its word', "psql -c'select 1' d", { dbname: 'd' }],
  ['-c behind flags', "psql -Atc 'select 1' d", { dbname: 'd' }],
  ['-f', 'psql -f a.sql d', { dbname: 'd' }],
  ['-v', 'psql -v ON_ERROR_STOP=1 d', { dbname: 'd' }],
  ['-o', 'psql -o out d', { dbname: 'd' }],
  ['-F', 'psql -F , d', { dbname: 'd' }],
  ['-P', 'psql -P pager=off d', { dbname: 'd' }],
  ['-R', 'psql -R x d', { dbname: 'd' }],
  ['-L', 'psql -L log d', { dbname: 'd' }],
  ['-T', 'psql -T border d', { dbname: 'd' }],
  ['--command', "psql --command 'select 1' d", { dbname: 'd' }],
  ['--command=', "psql --command='select 1' d", { dbname: 'd' }],
  ['--file', 'psql --file a.sql d', { dbname: 'd' }],
  ['--variable', 'psql --variable a=b d', { dbname: 'd' }],
  ['--set', 'psql --set a=b d', { dbname: 'd' }],
  ['--output', 'psql --output out d', { dbname: 'd' }],
  ['--log-file', 'psql --log-file log d', { dbname: 'd' }],
  ['--pset', 'psql --pset pager=off d', { dbname: 'd' }],
  ['--field-separator', 'psql --field-separator , d', { dbname: 'd' }],
  ['--record-separator', 'psql --record-separator x d', { dbname: 'd' }],
  ['--table-attr', 'psql --table-attr border d', { dbname: 'd' }],

  // Free words.
  ['a database and a user', 'psql d u', { dbname: 'd', user: 'u' }],
  ['a third word is nothing', 'psql d u x', { dbname: 'd', user: 'u' }],
  ['a word beside -d is the user', 'psql -d d u', { dbname: 'd', user: 'u' }],
  ['a word beside -U is the database', 'psql -U u d x', { dbname: 'd', user: 'u' }],
  ['an empty word is "not given"', "psql -h h '' u", { host: 'h', user: 'u' }],

  // A whole string.
  ['a URL', "psql 'postgresql://u@h/d'", { user: 'u', host: 'h', dbname: 'd' }],
  ['key=value', "psql 'host=h user=u'", { host: 'h', user: 'u' }],
  ['options beside a URL', 'psql -U u -p 1 postgresql://h/d', { user: 'u', port: '1', host: 'h', dbname: 'd' }],
  ['the string wins over the options', 'psql -U x -p 1 postgresql://u@h:2/d', { user: 'u', port: '2', host: 'h', dbname: 'd' }],
  ['a word beside a URL is the user', 'psql postgresql://h/d u', { user: 'u', host: 'h', dbname: 'd' }],
  ['an empty option beside a URL', "psql -U '' postgresql://h/d", { host: 'h', dbname: 'd' }],

  // Variables before it.
  ['PGPASSWORD', `PGPASSWORD=${SECRET} psql -h h`, { host: 'h', password: SECRET }],
  ['PGPASSWORD in quotes', `PGPASSWORD='a b' psql -h h`, { host: 'h', password: 'a b' }],
  ['an empty PGPASSWORD is none', "PGPASSWORD='' psql postgresql://u@h/d", { user: 'u', host: 'h', dbname: 'd' }],
  ['an = in PGPASSWORD', 'PGPASSWORD=a=b psql -h h', { host: 'h', password: 'a=b' }],
  [
    'every variable of libpq',
    'PGHOST=h PGSSLMODE=require PGDATABASE=d psql -U u',
    { user: 'u', host: 'h', sslmode: 'require', dbname: 'd' },
  ],
  ['an option wins over a variable', 'PGHOST=x PGUSER=x psql -h h d u', { host: 'h', dbname: 'd', user: 'u' }],
  [
    'a string wins over a variable',
    'PGUSER=x PGSSLMODE=disable psql postgresql://u@h/d?sslmode=require',
    { user: 'u', host: 'h', dbname: 'd', sslmode: 'require' },
  ],
  ['variables that are not libpq’s', 'LANG=C NODE_ENV=test psql -h h', { host: 'h' }],
  ['variables alone', 'PGHOST=h psql -X', { host: 'h' }],

  // How a shell splits.
  ['single quotes hold everything', `psql -h h -U 'a "b\\ $c' d`, { host: 'h', user: 'a "b\\ $c', dbname: 'd' }],
  ['double quotes: a backslash before one of four', 'psql -U "a\\$b\\`c\\"d\\\\e"', { user: 'a$b`c"d\\e' }],
  ['double quotes: a backslash before another stays', 'psql -U "a\\nb"', { user: 'a\\nb' }],
  ['a backslash outside', 'psql -U a\\ b\\\\c', { user: 'a b\\c' }],
  ['a backslash at the end is itself', 'psql -U a\\', { user: 'a\\' }],
  ['pieces in one word', `psql -U a'b c'"d e"f d`, { user: 'ab cd ef', dbname: 'd' }],
  ['empty quotes are a word', `psql -U "" d`, { dbname: 'd' }],
  ['a $ that begins no variable', 'psql -h h -U "a$ $1$-" d$', { host: 'h', user: 'a$ $1$-', dbname: 'd$' }],
  [
    'a variable that is no part of the connection',
    'A=$B psql -v a=$B -f "$C" -h h d u $D',
    { host: 'h', dbname: 'd', user: 'u' },
  ],
  ['an escaped $ outside quotes', `psql -U a\\$b\\$\{c}`, { user: `a$b$\{c}` }],
  ['an open single quote runs to the end', "psql -U 'a b", { user: 'a b' }],
  ['an open double quote runs to the end', 'psql -U "a b', { user: 'a b' }],
  ['tabs and lines part words', 'psql\t-h\th\n-U\nu', { host: 'h', user: 'u' }],
  ['several blanks are one', 'psql  -h   h', { host: 'h' }],
];

test.each(rows)('%s', async (_, command, parameters) => {
  const said = await read(command);
  expect(Object.fromEntries(said.parameters)).toStrictEqual(parameters);
  expect(said.notices).toEqual([SAID]);
});

test('what the string within was like is kept', async () => {
  const said = await read('psql "postgresql://u:p@h/d?schema=s" -U x');
  expect({ url: said.url, foreign: [...said.foreign] }).toEqual({ url: true, foreign: [['schema', 's']] });
  expect((await read('psql "\'postgresql://u@h/d\'"')).notices).toEqual([
    SAID,
    '`connection-string` had quotes around it; taken off.',
  ]);
});

test.each([
  ['nothing but flags', 'psql --version'],
  ['the argument of -c', `psql -c ${SECRET}`],
  ['empty words', "psql '' -h ''"],
  ['an empty variable', "PGHOST='' psql -X"],
])('no connection: %s', async (_, command) => {
  expect(await refusalOf(() => read(command))).toEqual({
    code: 'invalid-connection-string',
    message: '`connection-string` is a `psql` command that names no connection.',
    fix: 'Copy the connection string again, as one line that begins with postgresql://; on Neon, press Connect and then Copy snippet.',
  });
});

describe('a variable that a shell would have filled in', () => {
  test.each([
    ['in a URL in double quotes', 'psql "postgresql://app:$DB_PASSWORD@h.example.com/shop"'],
    ['in a URL without quotes', 'psql postgresql://app:$db_password@h.example.com/shop'],
    ['in braces', `psql "postgresql://app:\${DB_PASSWORD}@h.example.com/shop"`],
    ['behind a piece of the password', `psql "postgresql://app:${SECRET}$x@h.example.com/shop"`],
    ['as an option’s word', 'psql -h $PGHOST -U u d'],
    ['in an option’s own word', 'psql -h"$PGHOST" -U u d'],
    ['behind an option’s =', 'psql --host=$_h -U u d'],
    ['as the database', 'psql $DATABASE_URL'],
    ['as the user', 'psql -h h d "$USER"'],
    ['in a variable of libpq', `PGPASSWORD="$PW" psql -h h -U u d`],
    ['beside single quotes', "psql 'postgresql://app:'$PW'@h.example.com/shop'"],
    ['after an earlier word without', "psql 'a$b' $USER"],
  ])('%s', async (_, command) => {
    expect(await refusalOf(() => read(command))).toEqual({
      code: 'invalid-connection-string',
      message: '`connection-string` is a `psql` command that holds a shell variable, which only a shell fills in.',
      fix: 'Put the value itself there; a `$` that belongs to a value is taken as it is inside single quotes.',
    });
  });
});
