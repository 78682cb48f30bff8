import { findPlaceholder } from '../../src/connection/placeholder.ts';

const find = (values: Record<string, string>, local = false) => findPlaceholder(new Map(Object.entries(values)), local);

describe('a template’s shape speaks for itself, in any part', () => {
  test.each([
    ['<DB_PASSWORD>'],
    ['<your password>'],
    ['<>'],
    ['[YOUR-PASSWORD]'],
    ['[your password]'],
    ['$\u007bDB_PASSWORD}'],
    ['$\u007b_1}'],
    ['$(DB_PASSWORD)'],
    ['$DB_PASSWORD'],
    ['$PROD_DB_PASSWORD_2'],
    ['$PGPASSWORD'],
    ['$PASSWORD'],
    ['$USER'],
    ['$PGHOST'],
    ['$\u007b{ secrets.DB_PASSWORD }}'],
    ['$\u007b{}}'],
    ['{password}'],
    ['{{ password }}'],
    ['{{ db.password-1 }}'],
    ['%DB_PASSWORD%'],
    ['***'],
    ['****************'],
    ['•••'],
    ['••••••••'],
    ['xxxx'],
    ['XXXXXXXX'],
    ['...'],
    ['…'],
    ['your-password'],
    ['your_password'],
    ['YOUR PASSWORD'],
    ['yourpassword'],
    ['mypassword'],
    ['the-database-password'],
    ['your_own_db_password'],
    ['yourownpassword'],
    ['your-passwordhere'],
    ['your-password_here'],
    ['your-neon-password-here'],
    ['my-secret-passwd'],
    ['your-username'],
    ['your_user'],
    ['your_role'],
    ['your-host'],
    ['your_hostname'],
    ['your-database'],
    ['your_db'],
    ['your_dbname'],
    ['my-postgres-user'],
    ['changeme'],
    ['change-me'],
    ['CHANGE_THIS'],
    ['change this'],
    ['replace-me'],
    ['replacethis'],
  ])('%s', (value) => {
    for (const keyword of ['password', 'user', 'host', 'dbname']) {
      expect([keyword, find({ [keyword]: value })]).toEqual([keyword, keyword]);
      expect([keyword, find({ [keyword]: value }, true)]).toEqual([keyword, keyword]);
    }
  });

  test('only these four parts are looked at', () =>
    expect(find({ application_name: '<DB_PASSWORD>', options: '***' })).toBeUndefined());

  test('the password is named first', () => expect(find({ host: '<host>', password: '<password>' })).toBe('password'));
});

describe('what may be a real value is left alone', () => {
  test.each([
    ['a<DB_PASSWORD>'],
    ['<DB_PASSWORD>a'],
    ['<<DB>>'],
    ['<a>b<c>'],
    ['[YOUR-PASSWORD]1'],
    ['x[YOUR-PASSWORD]'],
    ['[1]'],
    ['[A1]'],
    ['[]'],
    ['$\u007bA}b'],
    ['x$\u007bA}'],
    ['$\u007b1A}'],
    ['$\u007b}'],
    ['$(A)b'],
    ['x$(A)'],
    ['$(1A)'],
    ['$()'],
    ['$A'],
    ['$K9X2'],
    ['$db_password'],
    ['$DB_PASSWORDx'],
    ['x$DB_PASSWORD'],
    ['$DB_'],
    ['$_DB'],
    ['$1_DB'],
    ['$PASSWORDS'],
    ['x$\u007b{ x }}'],
    ['$\u007b{ x }}a'],
    ['{a}b'],
    ['a{a}'],
    ['{}'],
    ['{a,b}'],
    ['%A%b'],
    ['x%A%'],
    ['%%'],
    ['%a%'],
    ['**'],
    ['***a'],
    ['a***'],
    ['••'],
    ['xxx'],
    ['xxxxa'],
    ['axxxx'],
    ['XXXx'],
    ['..'],
    ['....'],
    ['a…'],
    ['your'],
    ['yourself'],
    ['your-password1'],
    ['not-your-password'],
    ['xyour-password'],
    ['your-passphrase'],
    ['my-db-secret-host'],
    ['theuserx'],
    ['changeme1'],
    ['dontchangeme'],
    ['xchangeme'],
    ['change'],
    ['changes'],
    ['replace'],
    ['Tr0ub4dor'],
    ['neondb_owner'],
  ])('%s', (value) => {
    for (const keyword of ['password', 'user', 'host', 'dbname'])
      expect([keyword, find({ [keyword]: value })]).toEqual([keyword, undefined]);
  });
});

describe('words count only together', () => {
  type Row = readonly [user: string, password: string, host: string, local: boolean, found: string | undefined];
  const rows: readonly Row[] = [
    ['username', 'password', 'db.example.org', false, 'password'],
    ['USER', 'Password', 'db.example.org', false, 'password'],
    ['user', 'pass', 'db.example.org', false, 'password'],
    ['db_user', 'db_password', 'db.example.org', false, 'password'],
    ['dbuser', 'dbpassword', 'db.example.org', false, 'password'],
    ['role', 'secret', 'db.example.org', false, 'password'],
    ['user', 'passwd', 'db.example.org', false, 'password'],
    ['user', 'pwd', 'db.example.org', false, 'password'],
    // A service container may well have these.
    ['user', 'password', 'postgres', true, undefined],
    ['postgres', 'password', 'db.example.org', false, undefined],
    ['user', 's3cret', 'db.example.org', false, undefined],
    ['users', 'password', 'db.example.org', false, undefined],
    ['my_user_', 'password', 'db.example.org', false, undefined],
    ['user', 'password1', 'db.example.org', false, undefined],
    ['user', 'a-password', 'db.example.org', false, undefined],
    ['xuser', 'password', 'db.example.org', false, undefined],
    // `user@host` is a manual's, local or not: `host` has a single label.
    ['user', 's3cret', 'host', true, 'host'],
    ['username', 's3cret', 'HOSTNAME', true, 'host'],
    ['role', 's3cret', 'db_host', true, 'host'],
    ['user', 's3cret', 'dbhost', true, 'host'],
    ['user', 's3cret', 'server', true, 'host'],
    ['user', '', 'host', true, 'host'],
    ['app', 's3cret', 'host', true, undefined],
    ['app', 'password', 'hostname', true, undefined],
    ['user', 's3cret', 'host1', true, undefined],
    ['user', 's3cret', 'ahost', true, undefined],
    ['user', 's3cret', 'server2', true, undefined],
    ['user', 's3cret', 'dbserver', true, undefined],
    // The example of Neon's pages.
    ['alex', 'AbC123dEf', 'ep-cool-darkness-123456.us-east-2.aws.neon.tech', false, 'password'],
    ['alex', 'AbC123dEf', 'postgres', true, 'password'],
    ['alex', 'abc123def', 'db.example.org', false, undefined],
    ['AbC123dEf', 's3cret', 'db.example.org', false, undefined],
  ];
  test.each(rows)('%s, %s, %s (local: %s): %s', (user, password, host, local, found) =>
    expect(find({ user, password, host }, local)).toBe(found),
  );

  test('nothing said is no template', () => expect(find({})).toBeUndefined());
});
