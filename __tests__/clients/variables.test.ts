import * as room from '../../src/clients/index.ts';
import { CLIENTS, type Files, findClient, readClients } from '../../src/clients/index.ts';
import { secretsOf, spell } from '../../src/clients/variables.ts';
import type { Connection } from '../../src/connection/connection.ts';
import { Problem } from '../../src/problems/index.ts';
import { CA_ENCODED, connection, DIRECT, FILES, NASTY, NASTY_ENCODED, POOLED } from './connections.ts';

const named = (names: readonly string[]) => readClients(names.join('\n'));
const variables = (from: Connection, files: Files, names: readonly string[] = [], options: room.ExportOptions = {}) =>
  room.variables(from, files, named(names), options);
const secretsIn = (from: Connection, files: Files, names: readonly string[] = []) =>
  from.password ? secretsOf(spell(from, files, named(names))) : [];
const clientNotices = (from: Connection, files: Files, names: readonly string[]) => room.clientNotices(from, files, named(names));

const P = NASTY_ENCODED;
const neon = connection({ hosts: [{ host: POOLED, port: 5432 }] });
const privateCa = connection({ trust: { ca: 'PEM' } });
const local = connection({ hosts: [{ host: 'localhost', port: 5433 }], sslmode: 'disable' });
const plain = (from: Connection, clients: string[] = []) => Object.fromEntries(variables(from, FILES, clients));

describe('the common set', () => {
  test('for a public host', () => {
    expect(plain(connection())).toEqual({
      PGHOST: 'db.example.com',
      PGPORT: '5432',
      PGUSER: 'app',
      PGPASSWORD: NASTY,
      PGDATABASE: 'shop',
      PGSSLMODE: 'verify-full',
      PGSSL: 'verify-full',
      PGSSLROOTCERT: FILES.ca,
      PGCONNECT_TIMEOUT: '15',
      DATABASE_URL: `postgresql://app:${P}@db.example.com:5432/shop?sslmode=verify-full`,
    });
  });

  test('for a Neon host: both forms', () => {
    expect(plain(neon)).toMatchObject({
      PGHOST: POOLED,
      DATABASE_URL: `postgresql://app:${P}@${POOLED}:5432/shop?sslmode=verify-full`,
      DATABASE_URL_UNPOOLED: `postgresql://app:${P}@${DIRECT}:5432/shop?sslmode=verify-full`,
      DIRECT_URL: `postgresql://app:${P}@${DIRECT}:5432/shop?sslmode=verify-full`,
    });
  });

  const written: [string, Connection, Record<string, string | undefined>][] = [
    ['a private CA reaches Node too', privateCa, { NODE_EXTRA_CA_CERTS: FILES.ca, PGSSLROOTCERT: FILES.ca }],
    ['no private CA, no Node variable', connection(), { NODE_EXTRA_CA_CERTS: undefined }],
    [
      'require names no root file: libpq would verify',
      connection({ sslmode: 'require', trust: { ca: 'PEM' } }),
      { PGSSLROOTCERT: undefined, NODE_EXTRA_CA_CERTS: FILES.ca, PGSSL: 'require' },
    ],
    ['no TLS: PGSSL is not set, postgres.js would take any word for yes', local, { PGSSL: undefined, PGSSLMODE: 'disable' }],
    ['a Neon name is needed for the direct URL', connection(), { DATABASE_URL_UNPOOLED: undefined, DIRECT_URL: undefined }],
    [
      'no password, no variable for it',
      { ...local, password: '' },
      { PGPASSWORD: undefined, DATABASE_URL: 'postgresql://app@localhost:5433/shop?sslmode=disable' },
    ],
    [
      'IPv6 in brackets, bare in PGHOST',
      connection({ hosts: [{ host: '2001:db8::7', port: 5432 }] }),
      { PGHOST: '2001:db8::7', DATABASE_URL: `postgresql://app:${P}@[2001:db8::7]:5432/shop?sslmode=verify-full` },
    ],
    [
      'an IPv6 zone is encoded inside the brackets',
      connection({ hosts: [{ host: 'fe80::1%eth0', port: 5432 }] }),
      { PGHOST: 'fe80::1%eth0', DATABASE_URL: `postgresql://app:${P}@[fe80::1%25eth0]:5432/shop?sslmode=verify-full` },
    ],
    [
      'a Unix socket’s directory is encoded',
      connection({ hosts: [{ host: '/var/run/postgresql', port: 5432 }], sslmode: 'disable' }),
      {
        PGHOST: '/var/run/postgresql',
        DATABASE_URL: `postgresql://app:${P}@%2Fvar%2Frun%2Fpostgresql:5432/shop?sslmode=disable`,
      },
    ],
    [
      'several hosts with one port',
      connection({
        hosts: [
          { host: 'a', port: 5432 },
          { host: 'b', port: 5432 },
        ],
      }),
      { PGHOST: 'a,b', PGPORT: '5432', DATABASE_URL: `postgresql://app:${P}@a:5432,b:5432/shop?sslmode=verify-full` },
    ],
    [
      'several hosts with several ports',
      connection({
        hosts: [
          { host: 'a', port: 5432 },
          { host: '::1', port: 6432 },
        ],
      }),
      { PGHOST: 'a,::1', PGPORT: '5432,6432', DATABASE_URL: `postgresql://app:${P}@a:5432,[::1]:6432/shop?sslmode=verify-full` },
    ],
    [
      'user and database are encoded',
      connection({ user: 'a@b:c', database: 'my/db?#' }),
      { PGUSER: 'a@b:c', DATABASE_URL: `postgresql://a%40b%3Ac:${P}@db.example.com:5432/my%2Fdb%3F%23?sslmode=verify-full` },
    ],
    [
      'a byte that is no UTF-8 stays that byte',
      connection({ password: 'a\udcffb' }),
      { DATABASE_URL: 'postgresql://app:a%FFb@db.example.com:5432/shop?sslmode=verify-full' },
    ],
    [
      'what was given is carried',
      connection({
        parameters: new Map([
          ['options', '-c a=b'],
          ['application_name', 'ci'],
          ['target_session_attrs', 'read-write'],
        ]),
      }),
      { PGOPTIONS: '-c a=b', PGAPPNAME: 'ci', PGTARGETSESSIONATTRS: 'read-write' },
    ],
    ['waiting for ever is said', connection({ connectTimeout: 0 }), { PGCONNECT_TIMEOUT: '0' }],
  ];
  test.each(written)('%s', (_, from, expected) => {
    const set = plain(from);
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, set[name]]))).toEqual(expected);
  });

  test('channel binding is exported for the input only', () => {
    const asked = connection({ parameters: new Map([['channel_binding', 'require']]) });
    expect(plain(asked)).not.toHaveProperty('PGCHANNELBINDING');
    expect(variables(asked, FILES, [], { channelBinding: true }).get('PGCHANNELBINDING')).toBe('require');
  });

  test('nothing that makes a client fail is ever written', () => {
    const everything = connection({
      parameters: new Map(
        ['hostaddr', 'service', 'servicefile', 'channel_binding', 'require_auth', 'gssencmode', 'sslcrl', 'sslcertmode'].map(
          (name) => [name, 'x'],
        ),
      ),
    });
    const never =
      /^PG(?:HOSTADDR|SERVICE|SERVICEFILE|CHANNELBINDING|REQUIREAUTH|GSSENCMODE|SSLCRL|SSLCRLDIR|SSLCERTMODE|SSLM..PROTOCOLVERSION|REQUIREPEER|SYSCONFDIR)$/;
    for (const { name } of CLIENTS)
      expect([name, ...variables(everything, FILES, [name]).keys()].filter((variable) => never.test(variable))).toEqual([]);
  });
});

describe('clients with a spelling of their own', () => {
  const jdbcUrl = `jdbc:postgresql://db.example.com:5432/shop?sslmode=verify-full&sslrootcert=${CA_ENCODED}&connectTimeout=15`;
  const cases: [string, Connection, Record<string, string>][] = [
    [
      'vercel',
      neon,
      {
        POSTGRES_URL: `postgresql://app:${P}@${POOLED}:5432/shop?sslmode=verify-full`,
        POSTGRES_URL_NON_POOLING: `postgresql://app:${P}@${DIRECT}:5432/shop?sslmode=verify-full`,
        POSTGRES_PRISMA_URL: `postgresql://app:${P}@${POOLED}:5432/shop?sslmode=require&sslaccept=strict&connect_timeout=15`,
        POSTGRES_USER: 'app',
        POSTGRES_HOST: POOLED,
        POSTGRES_PASSWORD: NASTY,
        POSTGRES_DATABASE: 'shop',
        PGHOST_UNPOOLED: DIRECT,
      },
    ],
    [
      'prisma',
      neon,
      {
        DATABASE_URL: `postgresql://app:${P}@${POOLED}:5432/shop?sslmode=require&sslaccept=strict&connect_timeout=15`,
        DIRECT_URL: `postgresql://app:${P}@${DIRECT}:5432/shop?sslmode=require&sslaccept=strict&connect_timeout=15`,
        DATABASE_URL_UNPOOLED: `postgresql://app:${P}@${DIRECT}:5432/shop?sslmode=require&sslaccept=strict&connect_timeout=15`,
      },
    ],
    [
      'prisma',
      privateCa,
      {
        DATABASE_URL: `postgresql://app:${P}@db.example.com:5432/shop?sslmode=require&sslaccept=strict&sslcert=${CA_ENCODED}&connect_timeout=15`,
        DIRECT_URL: `postgresql://app:${P}@db.example.com:5432/shop?sslmode=require&sslaccept=strict&sslcert=${CA_ENCODED}&connect_timeout=15`,
      },
    ],
    [
      'prisma',
      connection({ sslmode: 'require' }),
      {
        DATABASE_URL: `postgresql://app:${P}@db.example.com:5432/shop?sslmode=require&sslaccept=accept_invalid_certs&connect_timeout=15`,
      },
    ],
    ['prisma', local, { DATABASE_URL: `postgresql://app:${P}@localhost:5433/shop?sslmode=disable&connect_timeout=15` }],
    [
      'sqlalchemy-asyncpg',
      neon,
      {
        DATABASE_URL: `postgresql+asyncpg://app:${P}@${POOLED}:5432/shop`,
        DATABASE_URL_UNPOOLED: `postgresql+asyncpg://app:${P}@${DIRECT}:5432/shop`,
        DIRECT_URL: `postgresql+asyncpg://app:${P}@${DIRECT}:5432/shop`,
        PGSSLMODE: 'verify-full',
      },
    ],
    [
      'sqlalchemy-asyncpg',
      connection({ hosts: [{ host: '/run/pg', port: 5433 }] }),
      { DATABASE_URL: `postgresql+asyncpg://app:${P}@/shop?host=%2Frun%2Fpg&port=5433` },
    ],
    [
      'sqlalchemy-asyncpg',
      connection({
        hosts: [
          { host: 'a', port: 1 },
          { host: 'b', port: 2 },
        ],
      }),
      { DATABASE_URL: `postgresql+asyncpg://app:${P}@/shop?host=a%3A1&host=b%3A2` },
    ],
    ['tokio-postgres', connection(), { DATABASE_URL: `postgresql://app:${P}@db.example.com:5432/shop?sslmode=require` }],
    [
      'tokio-postgres',
      connection({ parameters: new Map([['application_name', 'ci']]) }),
      { DATABASE_URL: `postgresql://app:${P}@db.example.com:5432/shop?sslmode=require&application_name=ci` },
    ],
    ['ecto', connection(), { DATABASE_URL: `ecto://app:${P}@db.example.com:5432/shop?ssl=true` }],
    ['ecto', neon, { DIRECT_URL: `ecto://app:${P}@${DIRECT}:5432/shop?ssl=true` }],
    ['ecto', local, { DATABASE_URL: `ecto://app:${P}@localhost:5433/shop` }],
    [
      'symfony',
      connection({ foreign: new Map([['serverVersion', '16']]) }),
      {
        DATABASE_URL: `postgresql://app:${P}@db.example.com:5432/shop?sslmode=verify-full&serverVersion=16`.replaceAll('%', '%%'),
      },
    ],
    [
      'symfony',
      connection({ password: 'one@' }),
      { DATABASE_URL: 'postgresql://app:one%40@db.example.com:5432/shop?sslmode=verify-full' },
    ],
    ['jdbc', connection(), { JDBC_DATABASE_URL: jdbcUrl, JDBC_DATABASE_USERNAME: 'app', JDBC_DATABASE_PASSWORD: NASTY }],
    [
      'jdbc',
      neon,
      {
        JDBC_DATABASE_URL: `jdbc:postgresql://${POOLED}:5432/shop?sslmode=verify-full&sslrootcert=${CA_ENCODED}&connectTimeout=15&prepareThreshold=0`,
      },
    ],
    [
      'jdbc',
      connection({
        sslmode: 'require',
        parameters: new Map([
          ['application_name', 'a b'],
          ['target_session_attrs', 'standby'],
        ]),
      }),
      {
        JDBC_DATABASE_URL:
          'jdbc:postgresql://db.example.com:5432/shop?sslmode=require&connectTimeout=15&ApplicationName=a%20b&targetServerType=secondary',
      },
    ],
    [
      'spring',
      connection(),
      { SPRING_DATASOURCE_URL: jdbcUrl, SPRING_DATASOURCE_USERNAME: 'app', SPRING_DATASOURCE_PASSWORD: NASTY },
    ],
    [
      'quarkus',
      connection(),
      { QUARKUS_DATASOURCE_JDBC_URL: jdbcUrl, QUARKUS_DATASOURCE_USERNAME: 'app', QUARKUS_DATASOURCE_PASSWORD: NASTY },
    ],
    ['flyway', connection(), { FLYWAY_URL: `${jdbcUrl}&prepareThreshold=0`, FLYWAY_USER: 'app', FLYWAY_PASSWORD: NASTY }],
    [
      'liquibase',
      connection(),
      {
        LIQUIBASE_COMMAND_URL: `${jdbcUrl}&prepareThreshold=0`,
        LIQUIBASE_COMMAND_USERNAME: 'app',
        LIQUIBASE_COMMAND_PASSWORD: NASTY,
      },
    ],
    [
      'dotnet',
      connection(),
      {
        ConnectionStrings__DefaultConnection: `Host=db.example.com;Port=5432;Database="shop";Username="app";Password="${NASTY.replace('"', '""')}";SSL Mode=VerifyFull;Root Certificate="${FILES.ca}";Timeout=15`,
      },
    ],
    [
      'dotnet',
      { ...local, password: '' },
      {
        ConnectionStrings__DefaultConnection:
          'Host=localhost;Port=5433;Database="shop";Username="app";SSL Mode=Disable;Timeout=15',
      },
    ],
    [
      'laravel',
      neon,
      {
        DB_CONNECTION: 'pgsql',
        DB_URL: `postgresql://app:${P}@${POOLED}:5432/shop?sslmode=verify-full`,
        DB_HOST: POOLED,
        DB_PORT: '5432',
        DB_DATABASE: 'shop',
        DB_USERNAME: 'app',
        DB_PASSWORD: NASTY,
        DB_SSLMODE: 'verify-full',
        DB_POOLED: 'true',
        DB_DIRECT_HOST: DIRECT,
      },
    ],
  ];
  test.each(cases)('%s', (client, from, expected) => {
    expect(plain(from, [client])).toMatchObject(expected);
  });

  test.each(CLIENTS.map(({ name }) => name))(
    '%s finds its own spelling in every variable that has the direct host’s URL',
    (name) => {
      const [pooled, direct] = [neon, connection({ hosts: [{ host: DIRECT, port: 5432 }] })].map((from) => plain(from, [name]));
      for (const set of [pooled, direct])
        expect([set?.DATABASE_URL_UNPOOLED, set?.DIRECT_URL]).toEqual([direct?.DATABASE_URL, direct?.DATABASE_URL]);
    },
  );

  test('a host that is not Neon’s has one URL; Prisma’s schema may name a second', () => {
    for (const { name } of CLIENTS) {
      const set = plain(connection(), [name]);
      expect(set.DATABASE_URL_UNPOOLED).toBeUndefined();
      expect(set.DIRECT_URL).toBe(name === 'prisma' ? set.DATABASE_URL : undefined);
    }
  });

  const several = (sslmode: Connection['sslmode'] = 'verify-full') =>
    connection({
      sslmode,
      password: 'x',
      hosts: [
        { host: 'a', port: 5432 },
        { host: '2001:db8::7', port: 6432 },
        { host: '/run/pg', port: 5432 },
      ],
    });
  test('dotnet gets each host with its port, IPv6 in brackets, a socket’s directory as it is', () => {
    expect(plain(several(), ['dotnet']).ConnectionStrings__DefaultConnection).toMatch(
      /^Host=a:5432,\[2001:db8::7\]:6432,\/run\/pg;Database="shop"/,
    );
  });

  test.each<[target: string, url: RegExp]>([
    ['read-write', /&target_session_attrs=read-write$/],
    ['any', /&target_session_attrs=any$/],
    ['primary', /\?sslmode=require$/],
  ])('tokio-postgres is told %s as far as it knows the word', (target, url) => {
    const from = connection({ parameters: new Map([['target_session_attrs', target]]) });
    expect(plain(from, ['tokio-postgres']).DATABASE_URL).toMatch(url);
  });

  test('ecto cannot be told a private CA, and is told so', () => {
    expect(clientNotices(privateCa, FILES, ['ecto'])).toEqual([expect.stringContaining('private CA')]);
    expect(clientNotices(connection(), FILES, ['ecto'])).toEqual([]);
  });

  test.each(CLIENTS.map(({ name }) => name))('%s without a password has no variable for one', (name) => {
    const { password: _, ...without } = local;
    expect([...variables(without, FILES, [name]).keys()].filter((variable) => /PASSWORD/.test(variable))).toEqual([]);
  });

  test('a client that the common set serves gets its own parameters in its URLs', () => {
    const from = {
      ...neon,
      foreign: new Map([
        ['statement_timeout', '5000'],
        ['schema', 'sales'],
      ]),
    };
    const set = plain(from, ['node-postgres']);
    expect(set.DATABASE_URL).toBe(`postgresql://app:${P}@${POOLED}:5432/shop?sslmode=verify-full&statement_timeout=5000`);
    for (const name of ['DATABASE_URL_UNPOOLED', 'DIRECT_URL'])
      expect(set[name]).toBe(`postgresql://app:${P}@${DIRECT}:5432/shop?sslmode=verify-full&statement_timeout=5000`);
  });

  test('no client’s own parameter says anything about TLS', () => {
    const from = connection({
      foreign: new Map([
        ['sslfactory', 'org.postgresql.ssl.NonValidatingFactory'],
        ['tlsv', 'x'],
      ]),
    });
    for (const { name } of CLIENTS) expect(JSON.stringify(plain(from, [name]))).not.toMatch(/sslfactory|tlsv/);
  });

  test.each(['1e5', 'true', 'null', '0.10'])('laravel gets no DB_URL for the password %s, which it would change', (password) => {
    const from = connection({ password });
    expect(plain(from, ['laravel'])).not.toHaveProperty('DB_URL');
    expect(clientNotices(from, FILES, ['laravel'])).toEqual([expect.stringContaining('DB_SSLMODE')]);
  });

  test.each([
    ['spring', 'SPRING_DATASOURCE_PASSWORD'],
    ['quarkus', 'QUARKUS_DATASOURCE_PASSWORD'],
  ])('%s does not take a part of the password for a placeholder', (client, variable) => {
    const from = connection({ password: `a\${HOME}b` });
    expect(plain(from, [client])[variable]).toBe(`a\\\${HOME}b`);
    expect(secretsIn(from, FILES, [client])).toContain(`a\\\${HOME}b`);
    expect(clientNotices(from, FILES, [client])).toEqual([expect.stringContaining('placeholder')]);
    expect(clientNotices(connection(), FILES, [client])).toEqual([]);
  });

  test('a parameter of one client reaches that client alone', () => {
    const from = connection({ foreign: new Map([['schema', 'sales']]) });
    expect(plain(from).DATABASE_URL).not.toContain('schema');
    expect(plain(from, ['symfony']).DATABASE_URL).not.toContain('schema');
    expect(plain(from, ['prisma']).DATABASE_URL).toContain('&schema=sales');
  });
});

describe('what is written', () => {
  const shapes = [connection(), neon, privateCa, local, { ...local, password: '' }];
  test.each(CLIENTS.map(({ name }) => name))('%s: nothing empty, nothing without a mask', (name) => {
    for (const from of shapes) {
      const set = variables(from, FILES, [name]);
      expect([...set].filter(([variable, value]) => !value || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable))).toEqual([]);
      const forms = from.password ? [NASTY, P, P.replaceAll('%', '%%'), NASTY.replaceAll('"', '""')] : [];
      const holding = [...set.values()].filter((value) => forms.some((form) => value.includes(form)));
      expect(new Set(secretsIn(from, FILES, [name]))).toEqual(new Set(holding));
    }
  });
});

describe('pairs of clients', () => {
  const shared = plain(neon);
  const names = CLIENTS.map(({ name }) => name);

  /** The variables that the pair takes from one of the two without saying so; undefined when the pair is refused by name. */
  function taken(a: string, b: string): string[] | undefined {
    let set: Record<string, string>;
    try {
      set = plain(neon, [a, b]);
    } catch (error) {
      expect(error).toBeInstanceOf(Problem);
      expect(error).toMatchObject({ code: 'client-conflict', message: expect.stringContaining(`names \`${a}\` and \`${b}\``) });
      return undefined;
    }
    const notices = clientNotices(neon, FILES, [a, b]);
    return [a, b].flatMap((name) => {
      const client = findClient(name) as room.KnownClient;
      const own = client.variables ? plain(neon, [name]) : shared;
      // A changed URL is said to whom it may concern: those that read it.
      const said = !client.readsUrl || notices.some((notice) => notice.includes(`\`${name}\` may not read it`));
      const quiet = said ? /^(?:DATABASE_URL(?:_UNPOOLED)?|DIRECT_URL)$/ : /^$/;
      return Object.keys(own).filter((variable) => own[variable] !== set[variable] && !quiet.test(variable));
    });
  }

  /** Naming a client never breaks another that the common set served, or says so. */
  test.each(names)('%s beside every other', (a) => {
    const broken = names.filter((b) => a !== b && taken(a, b)?.length);
    expect(broken).toEqual([]);
  });

  const OWN_URL = ['prisma', 'sqlalchemy-asyncpg', 'tokio-postgres', 'ecto', 'symfony'];
  test('the pairs that are refused are those that need two forms of one URL', () => {
    const refused = names.flatMap((a) => names.filter((b) => a < b && taken(a, b) === undefined).map((b) => [a, b]));
    const expected = names.flatMap((a) =>
      names.filter((b) => a < b && OWN_URL.includes(a) && OWN_URL.includes(b)).map((b) => [a, b]),
    );
    expect(refused).toEqual(expected);
  });
});

describe('the `clients` input', () => {
  const read: [string, string[]][] = [
    ['', []],
    ['prisma', ['prisma']],
    ['prisma, pgx\n psql ,\n\n', ['prisma', 'pgx', 'psql']],
    ['Next.js,npgsql', ['nextjs', 'dotnet']],
    ['pg,node-postgres', ['node-postgres']],
  ];
  test.each(read)('%j', (text, names) => {
    expect(readClients(text).map(({ name }) => name)).toEqual(names);
  });

  const refused: [string, string, string][] = [
    ['prism', 'names `prism`, which is not a client', 'Write `prisma`'],
    ['sprnig', 'names `sprnig`', 'Write `spring`'],
    ['nodepostgres', 'names `nodepostgres`', 'Write `node-postgres`'],
    ['mongodb', 'names `mongodb`', 'Take a name from docs/clients.md'],
    ['postgresql://u:hunter2@h/d', 'names something', 'Take a name'],
  ];
  test.each(refused)('%j is refused', (text, what, fix) => {
    expect(() => readClients(text)).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        message: expect.stringContaining(what),
        fix: expect.stringContaining(fix),
      }),
    );
  });

  test('two clients that need different URLs: one sentence naming both', () => {
    expect(() => plain(connection(), ['prisma', 'symfony'])).toThrow(
      expect.objectContaining({
        code: 'client-conflict',
        message: 'Input `clients` names `prisma` and `symfony`, which need different values of `DATABASE_URL`.',
      }),
    );
  });

  test('a client that migrates, on the pooled host: one sentence', () => {
    expect(clientNotices(neon, FILES, ['flyway'])).toEqual([
      '`flyway` needs the direct host to migrate, and this connection goes through Neon’s pooler: set `pooled: false`.',
    ]);
    expect(clientNotices(connection(), FILES, ['flyway'])).toEqual([]);
  });

  test('a client that migrates is sent to a URL of the direct host only where that has a form that it reads', () => {
    const sent = (names: string[]) =>
      clientNotices(neon, FILES, names).filter((notice) =>
        notice.includes('or let it use `DATABASE_URL_UNPOOLED` or `DIRECT_URL`'),
      );
    expect(sent(['rails'])).toEqual([expect.stringContaining('`rails` needs')]);
    expect(sent(['rails', 'prisma'])).toEqual([expect.stringContaining('`prisma` needs')]);
  });

  test('a Unix socket and a client that speaks TCP only: one sentence', () => {
    expect(() => plain(connection({ hosts: [{ host: '/tmp', port: 5432 }] }), ['jdbc'])).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        message: expect.stringContaining('`jdbc`, which cannot use the Unix socket'),
      }),
    );
  });

  test('no name or alias means two clients', () => {
    const names = CLIENTS.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    expect(names.filter((name, i) => names.indexOf(name) !== i || name !== name.toLowerCase())).toEqual([]);
  });
});
