// Behind import() in the step. Loaded here before the tests begin, so that mutation testing counts every test for its tables.
import '../../../src/connection/spellings/ado.ts';
import fc from 'fast-check';
import { readClients, variables } from '../../../src/clients/index.ts';
import { read } from '../../../src/connection/spellings/index.ts';
import { connection } from '../../clients/connections.ts';
import { runs } from '../../support/random.ts';
import { refusalOf, SECRET } from '../../support/refusal.ts';

const NOTICE = '`connection-string` is an ADO.NET string; read by the names that Npgsql has.';

describe('Npgsql’s names in libpq’s words', () => {
  const rows: readonly (readonly [text: string, parameters: Record<string, string>, foreign?: Record<string, string>])[] = [
    ['Host=h;Port=1;Database=d;Username=u;Password=p', { host: 'h', port: '1', dbname: 'd', user: 'u', password: 'p' }],
    ['host=h;PORT=1;database=d;user name=u;PASSWORD=p', { host: 'h', port: '1', dbname: 'd', user: 'u', password: 'p' }],
    ['Server=h;DB=d;User Id=u;Pwd=p;', { host: 'h', dbname: 'd', user: 'u', password: 'p' }],
    ['Data Source=h;User ID=u;PSW=p', { host: 'h', user: 'u', password: 'p' }],
    ['Uid=u;User=v;Host=h', { user: 'v', host: 'h' }],
    ['Host=h;SSL Mode=VerifyFull', { host: 'h', sslmode: 'verify-full' }],
    ['Host=h;SslMode=VerifyCA', { host: 'h', sslmode: 'verify-ca' }],
    ['Host=h;Ssl Mode=require', { host: 'h', sslmode: 'require' }],
    ['Host=h;SSL Mode=verify-full', { host: 'h', sslmode: 'verify-full' }],
    ['Host=h;SSL Mode=Verify', { host: 'h', sslmode: 'Verify' }],
    [
      'Host=h;Channel Binding=Require;Require Auth=ScramSHA256',
      { host: 'h', channel_binding: 'require', require_auth: 'ScramSHA256' },
    ],
    [
      'Host=h;SSL Negotiation=Direct;Timeout=7;Options=-c a=b',
      { host: 'h', sslnegotiation: 'direct', connect_timeout: '7', options: '-c a=b' },
    ],
    [
      'Host=h;Root Certificate=a;SSL Certificate=b;SSL Key=c;SSL Password=d',
      { host: 'h', sslrootcert: 'a', sslcert: 'b', sslkey: 'c', sslpassword: 'd' },
    ],
    [
      'Host=h;Application Name=a b;Client Encoding=UTF8;Target Session Attributes=read-write',
      { host: 'h', application_name: 'a b', client_encoding: 'UTF8', target_session_attrs: 'read-write' },
    ],
    ['Host=h;Passfile=/p', { host: 'h', passfile: '/p' }],
    // Npgsql's own, as the client `dotnet` writes them; and what nobody knows, as it stands.
    [
      'Host=h;Pooling=true;maximum pool size=5;Minimum Pool Size=1;TRUST SERVER CERTIFICATE=true',
      { host: 'h' },
      { Pooling: 'true', MaxPoolSize: '5', MinPoolSize: '1', TrustServerCertificate: 'true' },
    ],
    ['Host=h;No Such=1', { host: 'h' }, { 'No Such': '1' }],
    // Hosts with ports, and lists of them.
    ['Host=h:5433;Port=1', { host: 'h', port: '5433' }],
    ['Port=2;Host=a:1, b,[::1]:3', { host: 'a,b,::1', port: '1,2,3' }],
    ['Host=a:1,b;Username=u', { host: 'a,b', port: '1,5432', user: 'u' }],
    ['Host=::1;Port=2', { host: '::1', port: '2' }],
    ['Host=[::1];Port=2', { host: '::1', port: '2' }],
    ['Host=/var/run/postgresql;Port=2', { host: '/var/run/postgresql', port: '2' }],
    // Quotes, blanks, empty values.
    ['Host=h;Password="a;b""c "', { host: 'h', password: 'a;b"c ' }],
    ["Host=h;Password='a;b''c\"'", { host: 'h', password: `a;b'c"` }],
    ['Password="a;b";Host=h', { password: 'a;b', host: 'h' }],
    ['Host=h;Password=a"b\'c', { host: 'h', password: `a"b'c` }],
    ['Host=h;Password=a=b==', { host: 'h', password: 'a=b==' }],
    ['Host=h ; ; Password = a b ;', { host: 'h', password: 'a b' }],
    ['Host=h;\nPassword=p;\n', { host: 'h', password: 'p' }],
    ['Host=h;Password=p;Password=', { host: 'h' }],
    ['Host=h;Password=p;Password=q', { host: 'h', password: 'q' }],
    ['Host=h;Password="";Username=u', { host: 'h', user: 'u' }],
  ];
  test.each(rows.map(([text, parameters, foreign = {}]) => ({ text, parameters, foreign })))(
    '$text',
    async ({ text, parameters, foreign }) => {
      const said = await read(text);
      expect(Object.fromEntries(said.parameters)).toEqual(parameters);
      expect(Object.fromEntries(said.foreign)).toEqual(foreign);
      expect(said.notices.at(-1)).toBe(NOTICE);
      expect(said.url).toBe(false);
    },
  );
});

describe('what is no string for Npgsql', () => {
  const PIECE = {
    code: 'invalid-connection-string',
    message: '`connection-string` is an ADO.NET string, and a piece of it is no `Name=value`.',
    fix: expect.stringContaining('stands in double quotes'),
  };
  test.each([
    ['a word between semicolons', `Host=h;Password=x;${SECRET};Database=d`],
    ['a word at the end', `Host=h;Password=x;${SECRET}`],
    ['a quote that stays open', `Host=h;Password="${SECRET}`],
    ['a quote at one end', `Host=h;Password=${SECRET}"`],
    ['something behind the quotes', `Host=h;Password="${SECRET}"x;`],
    ['a second = behind a name', `Host=h;Password==${SECRET}`],
  ])('%s', async (_, text) => {
    const refused = await refusalOf(() => read(text));
    expect(refused).toEqual(PIECE);
    expect(JSON.stringify(refused)).not.toContain(SECRET);
  });

  test.each(['Initial Catalog=d', 'Trusted_Connection=True', 'MultipleActiveResultSets=true'])('SQL Server’s: %s', async (pair) =>
    expect(await refusalOf(() => read(`Server=tcp:h,1433;Password=${SECRET};${pair}`))).toMatchObject({
      message: '`connection-string` is an ADO.NET string of SQL Server.',
    }),
  );

  test.each([
    ['key=value with a semicolon in quotes', "host=h password='a;Host=b'", { host: 'h', password: 'a;Host=b' }],
    ['a URL with semicolons', 'postgresql://app:a;Host=b@h/d', { user: 'app', password: 'a;Host=b', host: 'h', dbname: 'd' }],
  ])('%s is another form', async (_, text, parameters) =>
    expect(Object.fromEntries((await read(text)).parameters)).toEqual(parameters),
  );
});

test('what the client `dotnet` writes is read back', async () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter((word) => !/\p{Cc}/u.test(word));
  const property = fc.asyncProperty(text, text, text, async (user, password, database) => {
    const from = connection({ user, password, database, foreign: new Map([['MaxPoolSize', '5']]) });
    const [dotnet] = readClients('dotnet');
    const files = { ca: '/ca.pem' };
    const written = variables(from, files, dotnet ? [dotnet] : []).get('ConnectionStrings__DefaultConnection') ?? '';
    const { parameters, foreign } = await read(written);
    expect(Object.fromEntries(parameters)).toMatchObject({ user, password, dbname: database, host: from.hosts[0].host });
    expect(Object.fromEntries(foreign)).toEqual({ MaxPoolSize: '5' });
  });
  await fc.assert(property, runs(300));
});
