import { read } from '../../../src/connection/spellings/index.ts';
import { refusalOf, SECRET } from '../../support/refusal.ts';

const COPY =
  'Copy the connection string again, as one line that begins with postgresql://; on Neon, press Connect and then Copy snippet.';

describe('libpq’s own two forms', () => {
  const rows: readonly (readonly [
    rule: string,
    text: string,
    parameters: Record<string, string>,
    foreign?: Record<string, string>,
  ])[] = [
    ['an empty value is "not given"', 'postgresql://h/d?user=&sslmode=', { host: 'h', dbname: 'd' }],
    ['of a client too: there it is kept', 'postgresql://h/d?schema=', { host: 'h', dbname: 'd' }, { schema: '' }],
    ['key=value', "host=h user = u password='a b'", { host: 'h', user: 'u', password: 'a b' }],
    ['a keyword in capitals is not libpq’s', 'host=h User=u', { host: 'h' }, { User: 'u' }],
    ['a URL in a value', 'host=h application_name=postgresql://x', { host: 'h', application_name: 'postgresql://x' }],
    ['a semicolon in a password', 'host=h password=a;b', { host: 'h', password: 'a;b' }],
    ['a semicolon and more in a quoted one', "password='a;Host=x' host=h", { password: 'a;Host=x', host: 'h' }],
    ['an assignment in a password', 'password=A_B=c host=h', { password: 'A_B=c', host: 'h' }],
    ['a psql in a value', 'host=h application_name=psql user=u', { host: 'h', application_name: 'psql', user: 'u' }],
    ['a lower-case name before a URL of another kind', 'dbname=https://x host=h', { dbname: 'https://x', host: 'h' }],
    ['a URL for the database', 'dbname=postgresql://u@x/y host=h', { dbname: 'postgresql://u@x/y', host: 'h' }],
    ['a lower-case dsn without a URL', 'dsn=x host=h', { host: 'h' }, { dsn: 'x' }],
    ['a name that only ends in capitals', 'appNAME=x host=h', { host: 'h' }, { appNAME: 'x' }],
    ['a name that only begins with capitals', 'PGhost=x host=h', { host: 'h' }, { PGhost: 'x' }],
    ['an upper-case letter alone is no variable', 'X=1 host=h', { host: 'h' }, { X: '1' }],
  ];
  test.each(rows.map(([rule, text, parameters, foreign = {}]) => ({ rule, text, parameters, foreign })))(
    '$rule',
    async ({ text, parameters, foreign }) => {
      const said = await read(text);
      expect({
        parameters: Object.fromEntries(said.parameters),
        foreign: Object.fromEntries(said.foreign),
        notices: said.notices,
      }).toEqual({ parameters, foreign, notices: [] });
    },
  );
});

describe('a URL that an unencoded password has cut in the wrong places', () => {
  test.each([
    ['postgresql://u:p@h/d', true, false],
    ['postgres://u:p@h/d', true, false],
    ['host=h dbname=/a@b/c', false, false],
    ['host=@h dbname=d', false, false],
    ['host=h application_name=postgresql://x/a@b/c', false, false],
    // An @ at the start of the host would be an abstract socket.
    ['postgresql://u:p@@h/d', true, true],
    ['postgresql://@@h/d', true, true],
    ['postgresql://u:p@%40h/d', true, false],
    ['postgresql://@h/d', true, false],
    // A host and a path behind an @ of the path.
    ['postgresql://u:p/x@h/d', true, true],
    ['postgresql://u:p@x/y@h/d', true, true],
    ['postgresql://u:p@h/a%40b/c', true, false],
    ['postgresql://u:p@h/a@b', true, false],
    ['postgresql://u:p@h/a@b/', true, false],
    ['postgresql://u:p@h/a@b/c', true, true],
    ['postgresql://u:p@h/a@host.example/shop', true, true],
    ['postgresql://u:p@h/a@b@c/d', true, true],
    ['postgresql://u:p@h/d?application_name=@x/y', true, false],
    ['postgresql://u:p@h?application_name=/a@x/y', true, false],
  ])('%s: a URL %s, broken %s', async (text, url, broken) => {
    const said = await read(text);
    expect({ url: said.url, broken: said.broken }).toEqual({ url, broken });
  });
});

describe('what is none of the forms', () => {
  const NEITHER = 'is neither a postgresql:// URL nor key=value pairs';
  const NO_SCHEME = 'has no scheme';
  const PUT = 'Put postgresql:// in front of it.';
  const ADO = 'is an ADO.NET string (with semicolons)';
  const FORM = 'Give the postgresql:// form; the client `dotnet` writes the ADO.NET form for later steps.';
  test.each([
    ['a word', SECRET, NEITHER, COPY],
    ['words', `production ${SECRET}`, NEITHER, COPY],
    ['psql alone', 'psql', NEITHER, COPY],
    ['a word before psql', 'mypsql -h h', NEITHER, COPY],
    ['one slash too few', `postgresql:/app:${SECRET}@h/d`, NEITHER, COPY],
    ['one slash too few, the short scheme', `postgres:/app:${SECRET}@h/d`, NEITHER, COPY],
    ['a user who is called postgres', `postgres:${SECRET}@h/d`, NO_SCHEME, PUT],
    ['two slashes at the start', `//app:${SECRET}@h/d`, NO_SCHEME, PUT],
    ['no scheme at all', `app:${SECRET}@h/d`, NO_SCHEME, PUT],
    ['no scheme, a query with =', `app:${SECRET}@h/d?sslmode=require`, NO_SCHEME, PUT],
    ['no scheme, a port', `app:${SECRET}@h:5432/d`, NO_SCHEME, PUT],
    ['no scheme, an empty password', 'app:@h/d', NO_SCHEME, PUT],
    ['no scheme and no path', `app:${SECRET}@h`, NEITHER, COPY],
    ['no user', `:${SECRET}@h/d`, NEITHER, COPY],
    ['ADO.NET', `Host=h;Username=app;Password=${SECRET}`, ADO, FORM],
    ['ADO.NET in lower case', `host=h;password=${SECRET}`, ADO, FORM],
    ['ADO.NET’s Server', `Server=h;Password=${SECRET}`, ADO, FORM],
    ['ADO.NET’s Data Source', `Data Source=h;Password=${SECRET}`, ADO, FORM],
    ['ADO.NET with its host later', `User Id=app;Password=${SECRET}; Host = h`, ADO, FORM],
    ['ADO.NET with an empty value', `User Id=;Host=h;Password=${SECRET}`, ADO, FORM],
    [
      'a word without a =',
      `host=h ${SECRET}`,
      'is neither a `postgresql://` URL nor pairs of `keyword=value`: a word stands without a `=`',
      'Copy the whole string again: it begins with `postgresql://`. In the `keyword=value` form a value with blanks is put in single quotes.',
    ],
    [
      'a blank in a URL',
      `postgresql://app:${SECRET} x@h/d`,
      'has a blank inside its password',
      'Write a blank that belongs there as `%20`, or give the password as it is through the input `password`; if two things were pasted one after the other, keep one of them.',
    ],
  ])('%s', async (_, text, what, fix) => {
    const refused = await refusalOf(() => read(text));
    expect(refused).toEqual({ code: 'invalid-connection-string', message: `\`connection-string\` ${what}.`, fix });
    expect(JSON.stringify(refused)).not.toContain(SECRET);
  });

  test.each([
    ['four times within itself', 'DATABASE_URL='.repeat(4), undefined],
    ['five times', 'DATABASE_URL='.repeat(5), '`connection-string` is wrapped in itself too often.'],
  ])('a string %s', async (_, wraps, message) => {
    const refused = await refusalOf(() => read(`${wraps}postgresql://app:${SECRET}@h/d`));
    expect(refused).toEqual(message === undefined ? undefined : { code: 'invalid-connection-string', message, fix: COPY });
  });
});

describe('a psql command line is recognised', () => {
  test.each([
    ['psql -h h'],
    ['$ psql -h h'],
    ['$  psql\t-h h'],
    ['/usr/bin/psql -h h'],
    ['./psql -h h'],
    ['psql.exe -h h'],
    ['C:/pg/psql.exe -h h'],
    ['A=b psql -h h'],
    ['A=\'b c\' B2="d e"  C_= psql -h h'],
    ['$ A=b /bin/psql -h h'],
  ])('%s', async (command) => {
    expect(Object.fromEntries((await read(command)).parameters)).toEqual({ host: 'h' });
  });
});
