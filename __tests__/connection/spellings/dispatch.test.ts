// Behind import() in the step. Loaded here before the tests begin, so that mutation testing counts every test for its tables.
import '../../../src/connection/spellings/mistakes.ts';
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
    ['a password like a call', 'password=f(x) host=h', { password: 'f(x)', host: 'h' }],
    ['a password like an object', 'password={x host=h', { password: '{x', host: 'h' }],
    ['a password with a URL behind a bracket', 'password=a(postgresql://x host=h', { password: 'a(postgresql://x', host: 'h' }],
    ['a host within a password', 'password=;x= host=h', { password: ';x=', host: 'h' }],
    ['a pair of Terraform’s as the value of a pair', 'host=h password=\ndb_host=x', { host: 'h', password: 'db_host=x' }],
    ['an empty value under another name', 'host=h database=\nuser=u', { host: 'h' }, { database: 'user=u' }],
    ['lines', 'host=h\n  password=a;b\nuser=u', { host: 'h', password: 'a;b', user: 'u' }],
    ['a role is a setting of pgx’s too', 'host=h role=r', { host: 'h' }, { role: 'r' }],
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
    // An empty path segment before an @.
    ['postgresql://u:p@https://x@h', true, true],
    ['postgresql://u:p@x//y@h', true, true],
    ['postgresql://u:p@h/x//y@h', true, false],
    ['postgresql://u:p@h/d?application_name=@x/y', true, false],
    // An @ in a parameter that libpq does not know.
    ['postgresql://u:p@h/d?schema=x@y/z', true, true],
    ['postgresql://u:p@h?schema=x@y', true, true],
    ['postgresql://u:p/w?a=b&schema=x@y/z', true, true],
    ['postgresql://u:p@h/d?schema=x%40y', true, false],
    ['postgresql://u:p@h/d?application_name=@&schema=x', true, false],
    ['host=h schema=x@y', false, false],
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

describe('what is pasted in place of a connection, or cannot be meant', () => {
  const SCHEME = 'has an address with a scheme of its own where its host belongs';
  const remove = (scheme: string): string => `Remove \`${scheme}\` from before the host.`;
  const TWICE = 'has a second `/` before its database name';
  const ONE = 'Put one `/` between the host and the database; a `/` that belongs to the name is written `%2F`.';
  const TWO = 'holds two connection strings';
  const KEEP = 'Keep one of them.';
  const GITHUB = 'holds a GitHub expression, which is not evaluated inside a secret';
  const PARTS = 'Put the value itself there, or give the parts as inputs: `host`, `user`, `password`, `database`.';
  const VARIABLE = 'is the name of a variable, which nothing replaces by its value';
  const VALUE = 'Store the value of the variable, which begins with postgresql://.';
  const NAME = 'is the name of a secret or variable, not its value';
  const WRITE =
    'In the workflow, write the name between `${' +
    '{` and `}}`; inside a secret, store the value, which begins with postgresql://.';
  const BASE64 = 'looks base64-encoded';
  const DECODED = 'Store the decoded string, which begins with postgresql://.';
  const YAML = 'looks like YAML';
  const LINE =
    'Give one line that begins with postgresql://, or each part through its own input: `host`, `user`, `password`, `database`.';
  const A = `postgresql://app:${SECRET}@db.example.org/shop`;
  const expression = (inside: string): string => ['$', `{{${inside}}}`].join('');

  test.each([
    // A scheme before the host, which libpq takes for a host with an empty port.
    ['https', `postgresql://app:${SECRET}@https://db.example.com/shop`, SCHEME, remove('https://')],
    ['http and a port', `postgres://app:${SECRET}@HTTP://db.example.com:5432/shop?sslmode=require`, SCHEME, remove('http://')],
    ['https with one slash', `postgresql://app:${SECRET}@https:/db.example.com/shop`, SCHEME, remove('https:/')],
    ['the scheme twice', `postgresql://postgresql://app:${SECRET}@db.example.com/shop`, SCHEME, remove('postgresql://')],
    ['https before the user', `postgresql://https://app:${SECRET}@db.example.com/shop`, SCHEME, remove('https://')],
    ['https without a user', 'postgresql://https://db.example.com/shop', SCHEME, remove('https://')],
    ['postgres', `postgresql://app:${SECRET}@postgres://db.example.com/shop`, SCHEME, remove('postgres://')],
    ['jdbc', `postgresql://app:${SECRET}@jdbc:postgresql://db.example.com/shop`, SCHEME, remove('jdbc:postgresql://')],
    ['in a jdbc: URL', `jdbc:postgresql://https://db.example.com/shop?password=${SECRET}`, SCHEME, remove('https://')],
    ['in SQLAlchemy’s', `postgresql+asyncpg://app:${SECRET}@tcp://db.example.com/shop`, SCHEME, remove('tcp://')],
    ['in a psql command', `psql 'postgresql://app:${SECRET}@https://db.example.com/shop'`, SCHEME, remove('https://')],
    // A database that begins with a slash.
    ['two slashes', `postgresql://app:${SECRET}@db.example.com//shop`, TWICE, ONE],
    ['two slashes behind a port', `postgresql://app:${SECRET}@db.example.com:5432//shop?sslmode=require`, TWICE, ONE],
    ['two slashes without a host', `postgresql:////shop?host=h&password=${SECRET}`, TWICE, ONE],
    ['a container’s name and an empty port', `postgresql://app:${SECRET}@my-postgres://shop`, TWICE, ONE],
    // Two strings.
    ['two in a row', `${A}${A}`, TWO, KEEP],
    ['two in a row with queries', `${A}?sslmode=require${A}?sslmode=require`, TWO, KEEP],
    ['two in a row, the last parameter', `${A}?a=b&sslmode=require${A}`, TWO, KEEP],
    ['two in a row, no database', `postgresql://app:${SECRET}@db.example.org${A}`, TWO, KEEP],
    ['two in a row, a port', `postgresql://app:${SECRET}@db.example.org:5432${A}`, TWO, KEEP],
    ['the second in place of the host', `postgresql://app:${SECRET}@${A}`, TWO, KEEP],
    ['two without a user', `postgresql://h/dpostgres://h/d?password=${SECRET}`, TWO, KEEP],
    ['two on two lines', `${A}\n${A}`, TWO, KEEP],
    ['two on two lines, the second assigned', `${A}?sslmode=require\r\nDIRECT_URL=${A}`, TWO, KEEP],
    ['two with a blank between', `${A}?sslmode=require ${A}`, TWO, KEEP],
    ['two in quotes', `${A} "${A}"`, TWO, KEEP],
    ['two in a variable', `DATABASE_URL=${A} ${A}`, TWO, KEEP],
    // GitHub's expressions.
    ['an expression as password', `postgresql://app:${expression(' secrets.PW ')}@db.example.org/shop`, GITHUB, PARTS],
    ['an expression alone', expression('secrets.DATABASE_URL'), GITHUB, PARTS],
    ['an expression of a function', `host=h password=${expression(" format('{0}', vars.X) ")}`, GITHUB, PARTS],
    ['an expression with brackets', `host = h password='a b' port=${expression("env['X']")}`, GITHUB, PARTS],
    ['an expression in a variable', `DATABASE_URL=postgres://app@${expression('vars.HOST')}/shop`, GITHUB, PARTS],
    ['an expression in JSON’s URL', `{"uri":"postgres://app:${expression('secrets.PW')}@h/d"}`, GITHUB, PARTS],
    ['an expression in a psql command', `psql -h ${expression(' vars.HOST ')} d`, GITHUB, PARTS],
    ['an expression in double quotes', `psql "postgres://app:${expression(' secrets.PW ')}@h/d"`, GITHUB, PARTS],
    ['an expression in single quotes', `psql 'postgres://app:${expression(' secrets.PW ')}@h/d'`, GITHUB, PARTS],
    // Names.
    ['a variable', '$DATABASE_URL', VARIABLE, VALUE],
    ['a variable in braces', `"\${DATABASE_URL}"`, VARIABLE, VALUE],
    ['a variable of PowerShell', '$env:DATABASE_URL', VARIABLE, VALUE],
    ['a variable in a variable', 'DATABASE_URL=$POSTGRES_URL2', VARIABLE, VALUE],
    ['a secret’s name', 'secrets.DATABASE_URL', NAME, WRITE],
    ['a variable’s name', ' vars.url\n', NAME, WRITE],
    ['an environment variable’s name', 'env.DATABASE_URL', NAME, WRITE],
    // Other secrets.
    [
      'a Neon API key',
      'napi_x1y2z3X4',
      'is a Neon API key, not a connection string',
      'Give it as `neon-api-key`, with `neon-project-id` beside it, and leave `connection-string` empty.',
    ],
    ['base64', Buffer.from(A).toString('base64'), BASE64, DECODED],
    ['base64 of the short scheme', Buffer.from('postgres://a:b@h/d').toString('base64'), BASE64, DECODED],
    ['base64 in lines', Buffer.from(A).toString('base64').replace(/.{20}/g, '$&\n'), BASE64, DECODED],
    ['base64 for URLs', Buffer.from('postgresql://a:~~~~???@h/d').toString('base64url'), BASE64, DECODED],
    // YAML.
    ['YAML', `host: db.example.org\nport: 5432\nuser: app\npassword: ${SECRET}\ndatabase: shop`, YAML, LINE],
    ['YAML with a = in it', `host: db.example.org\r\npassword: a=${SECRET}`, YAML, LINE],
    ['YAML of Rails', `---\n# x\ndefault: &default\n  "username": app\n\n  password: ${SECRET}\n  <<: *x`, YAML, LINE],
    ['a list of YAML', `- hostname: h\n- pass: ${SECRET}`, YAML, LINE],
    ['one line of YAML', 'host: db.example.org', YAML, LINE],
  ])('%s', async (_, text, what, fix) => {
    const refused = await refusalOf(() => read(text));
    expect(refused).toEqual({ code: 'invalid-connection-string', message: `\`connection-string\` ${what}.`, fix });
    expect(JSON.stringify(refused)).not.toContain(SECRET);
  });

  test.each([
    ['a host that is called https', 'postgresql://u:p@https/d', { host: 'https', dbname: 'd' }],
    ['an encoded / at the start of the database', 'postgresql://u:p@h/%2Fd', { dbname: '/d' }],
    ['an empty port', 'postgresql://u:p@h:/d', { host: 'h', dbname: 'd' }],
    ['two / later in the database', 'postgresql://u:p@h/d//e', { dbname: 'd//e' }],
    ['two / in the query', 'postgresql://u:p@h/d?application_name=//e', { application_name: '//e' }],
    ['an encoded URL as password', 'postgresql://u:postgres%3A%2F%2Fa%40b%2Fc@h/d', { password: 'postgres://a@b/c' }],
    ['a URL as a parameter', 'postgresql://u:p@h/d?krbsrvname=postgres://a@b', { krbsrvname: 'postgres://a@b' }],
    ['a URL behind an encoded =', 'postgresql://u:p@h/d?krbsrvname=a%3Dpostgres://a@b', { krbsrvname: 'a=postgres://a@b' }],
    [
      'a text that ends in a URL',
      'postgresql://u:p@h/d?application_name=xpostgres://a@b',
      { application_name: 'xpostgres://a@b' },
    ],
    ['a $ and braces', 'postgresql://u:$%7B{{a.b}}@h/d', { password: `$\{{{a.b}}` }],
    ['braces around no expression', `postgresql://u:${expression('x1')}@h/d`, { password: expression('x1') }],
    [
      'an expression in a quoted value',
      `host=h password='a=${expression(' secrets.X ')}'`,
      { password: `a=${expression(' secrets.X ')}` },
    ],
    [
      'an expression in JSON',
      `{"host":"h","password":"a${expression(' secrets.X ')}"}`,
      { password: `a${expression(' secrets.X ')}` },
    ],
    ['a base64 value', 'password=cG9zdGdyZXM= host=h', { password: 'cG9zdGdyZXM=' }],
    ['a Neon API key as password', 'host=h password=napi_x1', { password: 'napi_x1' }],
  ])('%s is none of it', async (_, text, parameters) => {
    expect(Object.fromEntries((await read(text)).parameters)).toMatchObject(parameters);
  });

  test.each([
    ['a $ before small letters', '$tr0ub4dor'],
    ['a $ and more than a name', '$TR0UB-4DOR'],
    ['a dot behind another word', 'secret.DATABASE_URL'],
    ['a key with more behind it', 'napi_x1-y2'],
    ['lines with no part of a connection', 'name: x\non: push'],
    ['a line that is none of YAML’s', 'host: x\nand more'],
    ['a colon without a blank', 'host:x'],
  ])('%s is no such thing either', async (_, text) => {
    expect(await refusalOf(() => read(text))).toMatchObject({
      message: '`connection-string` is neither a postgresql:// URL nor key=value pairs.',
      fix: COPY,
    });
  });
});
