"use strict";
exports.id = 394;
exports.ids = [394];
exports.modules = {

/***/ 1394:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  CLIENTS: () => (/* binding */ CLIENTS),
  findClient: () => (/* binding */ findClient),
  readClients: () => (/* binding */ readClients)
});

// EXTERNAL MODULE: ./build/connection/foreign.js
var foreign = __webpack_require__(124);
// EXTERNAL MODULE: ./build/nearest.js
var nearest = __webpack_require__(793);
// EXTERNAL MODULE: ./build/problems/index.js + 2 modules
var problems = __webpack_require__(6235);
// EXTERNAL MODULE: ./build/clients/spelling.js
var clients_spelling = __webpack_require__(2596);
;// CONCATENATED MODULE: ./build/clients/dotnet.js

const MODE = {
    disable: 'Disable',
    allow: 'Allow',
    prefer: 'Prefer',
    require: 'Require',
    'verify-ca': 'VerifyCA',
    'verify-full': 'VerifyFull',
};
const quoted = (value) => `"${value.replaceAll('"', '""')}"`;
const withPort = ({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`;
const dotnet = {
    name: 'dotnet',
    aliases: ['npgsql', '.net', 'efcore', 'ef-core', 'aspnet', 'csharp'],
    title: 'Npgsql, EF Core, ASP.NET',
    family: '.NET',
    reads: '`ConnectionStrings__DefaultConnection` (a key=value string; Npgsql takes no URL); `PGSSLROOTCERT`',
    variables: ({ connection, files }) => {
        const several = connection.hosts.length > 1;
        const first = connection.hosts[0];
        const pairs = [
            ['Host', several ? connection.hosts.map((host) => ((0,clients_spelling/* isSocket */.qU)(host) ? host.host : withPort(host))).join(',') : first.host],
            several ? undefined : ['Port', String(first.port)],
            ['Database', quoted(connection.database)],
            ['Username', quoted(connection.user)],
            connection.password ? ['Password', quoted(connection.password)] : undefined,
            ['SSL Mode', MODE[connection.sslmode]],
            (0,clients_spelling/* verifies */.s1)(connection) && files.ca ? ['Root Certificate', quoted(files.ca)] : undefined,
            ['Timeout', String(connection.connectTimeout)],
        ];
        return [
            ['ConnectionStrings__DefaultConnection', pairs.flatMap((pair) => (pair ? [pair.join('=')] : [])).join(';'), 'secret'],
        ];
    },
};

;// CONCATENATED MODULE: ./build/clients/ecto.js

const encrypts = ({ connection: { sslmode } }) => ['require', 'verify-ca', 'verify-full'].includes(sslmode);
const ectoUrl = (spelling, way) => (0,clients_spelling/* url */.OZ)(spelling.connection, [['ssl', encrypts(spelling) ? 'true' : undefined], ...spelling.own], { scheme: 'ecto', way });
const ecto = {
    name: 'ecto',
    aliases: ['phoenix', 'postgrex', 'elixir'],
    title: 'Ecto, Phoenix',
    family: 'Elixir',
    reads: '`DATABASE_URL`',
    readsUrl: true,
    migrates: true,
    tcpOnly: true,
    pooled: '`prepare: :unnamed` for a PgBouncer that does not track statements',
    variables: (spelling) => [
        ['DATABASE_URL', ectoUrl(spelling, 'given'), 'secret'],
        ['DATABASE_URL_UNPOOLED', (0,clients_spelling/* onNeon */.MB)(spelling.connection, () => ectoUrl(spelling, 'direct')), 'secret'],
    ],
    notice: (spelling) => encrypts(spelling) && spelling.connection.trust.ca
        ? 'Ecto\u2019s URL cannot name a private CA: put `ssl: [cacertfile: System.get_env("PGSSLROOTCERT")]` into the repository\u2019s configuration.'
        : undefined,
};

;// CONCATENATED MODULE: ./build/clients/jdbc-url.js

const SERVER_TYPE = {
    any: 'any',
    'read-write': 'primary',
    primary: 'primary',
    'read-only': 'secondary',
    standby: 'secondary',
    'prefer-standby': 'preferSecondary',
};
function jdbcUrl({ connection, files, own }, { prepares = true } = {}) {
    const { parameters } = connection;
    const place = connection.hosts.map(clients_spelling/* authority */.ku).join(',');
    const ours = [
        ['sslmode', connection.sslmode],
        ['sslrootcert', (0,clients_spelling/* verifies */.s1)(connection) ? files.ca : undefined],
        ['sslcert', files.cert],
        ['sslkey', files.key],
        ['connectTimeout', connection.connectTimeout],
        ['ApplicationName', parameters.get('application_name')],
        ['options', parameters.get('options')],
        ['targetServerType', SERVER_TYPE[parameters.get('target_session_attrs') ?? '']],
        ['prepareThreshold', own.get('prepareThreshold') ?? ((0,clients_spelling/* isPooled */.Ue)(connection) || !prepares ? 0 : undefined)],
    ];
    return `jdbc:postgresql://${place}/${(0,clients_spelling/* encode */.lF)(connection.database)}?${(0,clients_spelling/* query */.P)((0,clients_spelling/* beside */.vY)(ours, own))}`;
}

;// CONCATENATED MODULE: ./build/clients/flyway.js

const flyway = {
    name: 'flyway',
    title: 'Flyway',
    family: 'JVM',
    reads: '`FLYWAY_URL`, `FLYWAY_USER`, `FLYWAY_PASSWORD`',
    migrates: true,
    driver: 'jdbc',
    tcpOnly: true,
    variables: (spelling) => [
        ['FLYWAY_URL', jdbcUrl(spelling, { prepares: false })],
        ['FLYWAY_USER', spelling.connection.user],
        ['FLYWAY_PASSWORD', spelling.connection.password ?? '', 'secret'],
    ],
};

;// CONCATENATED MODULE: ./build/clients/jdbc.js

const POOLED = '`prepareThreshold=0` in the JDBC URL (there already on Neon\u2019s pooled host)';
const jdbc = {
    name: 'jdbc',
    aliases: ['pgjdbc', 'java', 'hikari', 'kotlin'],
    title: 'pgJDBC',
    family: 'JVM',
    reads: 'nothing by itself; `JDBC_DATABASE_URL`, `JDBC_DATABASE_USERNAME`, `JDBC_DATABASE_PASSWORD` for the program to hand on',
    tcpOnly: true,
    pooled: POOLED,
    variables: (spelling) => [
        ['JDBC_DATABASE_URL', jdbcUrl(spelling)],
        ['JDBC_DATABASE_USERNAME', spelling.connection.user],
        ['JDBC_DATABASE_PASSWORD', spelling.connection.password ?? '', 'secret'],
    ],
};

;// CONCATENATED MODULE: ./build/clients/laravel.js

function survives(text) {
    try {
        return String(JSON.parse(text)) === text && !/^(?:true|false|null)$/.test(text);
    }
    catch {
        return true;
    }
}
const urlSurvives = ({ connection }) => [connection.user, connection.password ?? '', connection.database].every(survives);
const laravel = {
    name: 'laravel',
    title: 'Laravel',
    family: 'PHP',
    reads: '`DB_CONNECTION`, `DB_URL`, `DB_HOST`, `DB_PORT`, `DB_DATABASE`, `DB_USERNAME`, `DB_PASSWORD`, `DB_SSLMODE`; `PGSSLROOTCERT` through libpq',
    migrates: true,
    pooled: '`DB_POOLED=true` and the `DB_DIRECT_*` names (Laravel 13; there already on Neon\u2019s pooled host); before that `PDO::ATTR_EMULATE_PREPARES`',
    variables: (spelling) => {
        const { connection } = spelling;
        const parts = (prefix, way) => [
            [`${prefix}_HOST`, (0,clients_spelling/* hostList */.pX)((0,clients_spelling/* hosts */.S)(connection, way))],
            [`${prefix}_PORT`, (0,clients_spelling/* portList */.a5)(connection.hosts)],
            [`${prefix}_USERNAME`, connection.user],
            [`${prefix}_PASSWORD`, connection.password ?? '', 'secret'],
            [`${prefix}_SSLMODE`, connection.sslmode],
        ];
        return [
            ['DB_CONNECTION', 'pgsql'],
            ['DB_URL', urlSurvives(spelling) ? (0,clients_spelling/* url */.OZ)(connection, [['sslmode', connection.sslmode]]) : '', 'secret'],
            ['DB_DATABASE', connection.database],
            ...parts('DB', 'given'),
            ...((0,clients_spelling/* isPooled */.Ue)(connection) ? [['DB_POOLED', 'true'], ...parts('DB_DIRECT', 'direct')] : []),
        ];
    },
    notice: (spelling) => urlSurvives(spelling)
        ? undefined
        : 'Laravel would read a part of `DB_URL` as a number or a constant, so only the `DB_*` parts are written; they need `DB_SSLMODE` in `config/database.php`.',
};

;// CONCATENATED MODULE: ./build/clients/liquibase.js

const liquibase = {
    name: 'liquibase',
    title: 'Liquibase',
    family: 'JVM',
    reads: '`LIQUIBASE_COMMAND_URL`, `LIQUIBASE_COMMAND_USERNAME`, `LIQUIBASE_COMMAND_PASSWORD`',
    migrates: true,
    driver: 'jdbc',
    tcpOnly: true,
    variables: (spelling) => [
        ['LIQUIBASE_COMMAND_URL', jdbcUrl(spelling, { prepares: false })],
        ['LIQUIBASE_COMMAND_USERNAME', spelling.connection.user],
        ['LIQUIBASE_COMMAND_PASSWORD', spelling.connection.password ?? '', 'secret'],
    ],
};

;// CONCATENATED MODULE: ./build/clients/prisma.js

const prisma_MODE = {
    disable: ['disable'],
    allow: ['prefer', 'accept_invalid_certs'],
    prefer: ['prefer', 'accept_invalid_certs'],
    require: ['require', 'accept_invalid_certs'],
    'verify-ca': ['require', 'strict'],
    'verify-full': ['require', 'strict'],
};
function prismaUrl({ connection, files, own }, way) {
    const [sslmode, sslaccept] = prisma_MODE[connection.sslmode];
    return (0,clients_spelling/* url */.OZ)(connection, (0,clients_spelling/* beside */.vY)([
        ['sslmode', sslmode],
        ['sslaccept', sslaccept],
        ['sslcert', connection.trust.ca && sslaccept === 'strict' ? files.ca : undefined],
        ['connect_timeout', connection.connectTimeout],
    ], own), { way });
}
const prisma = {
    name: 'prisma',
    title: 'Prisma',
    family: 'Node.js',
    reads: '`DATABASE_URL`, `DIRECT_URL` (as the schema or `prisma.config.ts` says)',
    readsUrl: true,
    migrates: true,
    pooled: 'migrate over `DIRECT_URL`; `pgbouncer=true` in the connection string for a PgBouncer that does not track statements',
    variables: (spelling) => [
        ['DATABASE_URL', prismaUrl(spelling, 'given'), 'secret'],
        ['DIRECT_URL', prismaUrl(spelling, 'direct'), 'secret'],
    ],
};

;// CONCATENATED MODULE: ./build/clients/placeholder.js
const withoutPlaceholders = (text) => text.replaceAll('${', '\\${');
const placeholderNotice = (title, password = '') => password.includes('${')
    ? `The password holds \`\${\`, which ${title} takes for a placeholder: it is written as \`\\\${\`, which older versions do not understand.`
    : undefined;

;// CONCATENATED MODULE: ./build/clients/quarkus.js



const quarkus = {
    name: 'quarkus',
    title: 'Quarkus',
    family: 'JVM',
    reads: '`QUARKUS_DATASOURCE_JDBC_URL` (or `_REACTIVE_URL`), `QUARKUS_DATASOURCE_USERNAME`, `QUARKUS_DATASOURCE_PASSWORD`; a URL turns Dev Services off',
    driver: 'jdbc',
    tcpOnly: true,
    pooled: '`prepareThreshold=0` in the JDBC URL (there already on Neon\u2019s pooled host)',
    variables: (spelling) => {
        const { connection } = spelling;
        const place = connection.hosts.map(clients_spelling/* authority */.ku).join(',');
        return [
            ['QUARKUS_DATASOURCE_JDBC_URL', jdbcUrl(spelling)],
            [
                'QUARKUS_DATASOURCE_REACTIVE_URL',
                `postgresql://${place}/${(0,clients_spelling/* encode */.lF)(connection.database)}?${(0,clients_spelling/* query */.P)([['sslmode', connection.sslmode]])}`,
            ],
            ['QUARKUS_DATASOURCE_USERNAME', withoutPlaceholders(connection.user)],
            ['QUARKUS_DATASOURCE_PASSWORD', withoutPlaceholders(connection.password ?? ''), 'secret'],
        ];
    },
    notice: ({ connection }) => placeholderNotice('Quarkus', connection.password),
};

;// CONCATENATED MODULE: ./build/clients/served.js
const PG = '`PGHOST`, `PGPORT`, `PGUSER`, `PGPASSWORD`, `PGDATABASE`';
const LIBPQ = 'every `PG*` variable, through libpq';
const NODE_PG = `\`DATABASE_URL\`, when the program hands it on; else ${PG}, \`PGSSLMODE\`; \`NODE_EXTRA_CA_CERTS\``;
const SERVED = [
    { name: 'psql', title: 'psql', family: 'libpq', reads: LIBPQ },
    {
        name: 'pg_dump',
        aliases: ['pg-dump', 'pg_restore', 'pg-restore', 'pg_dumpall'],
        title: 'pg_dump, pg_restore',
        family: 'libpq',
        reads: LIBPQ,
        migrates: true,
    },
    { name: 'libpq', aliases: ['c'], title: 'libpq', family: 'libpq', reads: 'every `PG*` variable' },
    {
        name: 'node-postgres',
        aliases: ['pg', 'node-pg', 'nodejs', 'node'],
        title: 'node-postgres (pg)',
        family: 'Node.js',
        reads: NODE_PG,
        readsUrl: true,
    },
    {
        name: 'postgres.js',
        aliases: ['postgresjs', 'postgres-js', 'porsager'],
        title: 'Postgres.js',
        family: 'Node.js',
        reads: `\`DATABASE_URL\`, when the program hands it on; else ${PG}, \`PGSSL\`; \`NODE_EXTRA_CA_CERTS\``,
        readsUrl: true,
        pooled: '`prepare: false` for a PgBouncer that does not track statements',
    },
    {
        name: 'nextjs',
        aliases: ['next', 'next.js'],
        title: 'Next.js',
        family: 'Node.js',
        reads: 'hands the job\u2019s variables on to the driver; `.env` files never override them',
    },
    {
        name: 'drizzle',
        driver: 'node-postgres',
        aliases: ['drizzle-orm', 'drizzle-kit'],
        title: 'Drizzle',
        family: 'Node.js',
        reads: 'as its driver',
        readsUrl: true,
    },
    {
        name: 'knex',
        driver: 'node-postgres',
        aliases: ['knex.js'],
        title: 'Knex',
        family: 'Node.js',
        reads: NODE_PG,
        readsUrl: true,
    },
    {
        name: 'sequelize',
        driver: 'node-postgres',
        title: 'Sequelize',
        family: 'Node.js',
        reads: '`DATABASE_URL`; `NODE_EXTRA_CA_CERTS`',
        readsUrl: true,
    },
    {
        name: 'typeorm',
        driver: 'node-postgres',
        title: 'TypeORM',
        family: 'Node.js',
        reads: '`DATABASE_URL`; `NODE_EXTRA_CA_CERTS`',
        readsUrl: true,
    },
    {
        name: 'neon-serverless',
        aliases: ['@neondatabase/serverless', 'neondatabase-serverless', 'neon-http'],
        title: 'Neon serverless driver',
        family: 'Node.js',
        reads: '`DATABASE_URL`, when the program hands it on; `Pool` and `Client` as node-postgres',
        readsUrl: true,
    },
    {
        name: 'django',
        aliases: ['dj-database-url', 'django-environ'],
        title: 'Django',
        family: 'Python',
        reads: '`DATABASE_URL` with dj-database-url; plain settings: what the program hands on, the rest through libpq',
        readsUrl: true,
        pooled: '`DISABLE_SERVER_SIDE_CURSORS: True`',
    },
    {
        name: 'sqlalchemy',
        aliases: ['flask-sqlalchemy', 'alembic', 'sqlmodel'],
        title: 'SQLAlchemy with psycopg',
        family: 'Python',
        reads: '`DATABASE_URL`, when the program hands it on; the rest through libpq',
        readsUrl: true,
    },
    {
        name: 'psycopg',
        aliases: ['psycopg2', 'psycopg3', 'psycopg2-binary'],
        title: 'psycopg',
        family: 'Python',
        reads: LIBPQ,
        pooled: 'psycopg 3: `prepare_threshold=None` for a PgBouncer that does not track statements',
    },
    {
        name: 'asyncpg',
        title: 'asyncpg',
        family: 'Python',
        reads: `${PG}, \`PGSSLMODE\`, \`PGSSLROOTCERT\`; or \`DATABASE_URL\`, when the program hands it on`,
        pooled: '`statement_cache_size=0` for a PgBouncer that does not track statements',
    },
    {
        name: 'rails',
        aliases: ['activerecord', 'active-record', 'ruby-on-rails'],
        title: 'Rails (Active Record)',
        family: 'Ruby',
        reads: '`DATABASE_URL`; the rest through libpq',
        readsUrl: true,
        migrates: true,
        pooled: '`prepared_statements: false` for a PgBouncer that does not track statements; `advisory_locks: false` to migrate',
    },
    { name: 'ruby-pg', aliases: ['ruby', 'pg-gem'], title: 'ruby-pg', family: 'Ruby', reads: LIBPQ },
    {
        name: 'php',
        aliases: ['pdo', 'php-pdo', 'pdo_pgsql', 'pg_connect'],
        title: 'PHP: PDO, pg_connect',
        family: 'PHP',
        reads: LIBPQ,
    },
    {
        name: 'doctrine',
        driver: 'symfony',
        aliases: ['doctrine-dbal', 'dbal'],
        title: 'Doctrine DBAL',
        family: 'PHP',
        reads: '`DATABASE_URL`, when the program hands it on; the rest through libpq',
        readsUrl: true,
    },
    {
        name: 'pgx',
        aliases: ['go', 'golang', 'database/sql', 'jackc/pgx', 'sqlc'],
        title: 'pgx',
        family: 'Go',
        reads: `${PG}, \`PGSSLMODE\`, \`PGSSLROOTCERT\`, \`PGAPPNAME\`, \`PGCONNECT_TIMEOUT\`, \`PGTARGETSESSIONATTRS\`; or \`DATABASE_URL\`, when the program hands it on`,
        pooled: '`default_query_exec_mode=exec` for a PgBouncer that does not track statements',
    },
    {
        name: 'lib-pq',
        aliases: ['lib/pq', 'libpq-go', 'pq', 'dbmate', 'goose', 'golang-migrate', 'pgweb'],
        title: 'lib/pq',
        family: 'Go',
        reads: `${PG}, \`PGSSLMODE\`, \`PGSSLROOTCERT\`, \`PGOPTIONS\`, \`PGAPPNAME\`, \`PGCONNECT_TIMEOUT\`; it fails on others`,
    },
    {
        name: 'sqlx',
        aliases: ['sqlx-cli', 'sea-orm'],
        title: 'SQLx',
        family: 'Rust',
        reads: `\`DATABASE_URL\`; else ${PG}, \`PGSSLMODE\`, \`PGSSLROOTCERT\`, \`PGAPPNAME\`, \`PGOPTIONS\``,
        readsUrl: true,
        pooled: '`persistent(false)` on the queries for a PgBouncer that does not track statements',
    },
    {
        name: 'diesel',
        aliases: ['diesel-cli', 'diesel_cli'],
        title: 'Diesel',
        family: 'Rust',
        reads: '`DATABASE_URL`; the rest through libpq',
        readsUrl: true,
    },
    {
        name: 'dotenv',
        aliases: ['.env', 'env', '@next/env', 'python-dotenv', 'godotenv', 'phpdotenv', 'symfony/dotenv'],
        title: '`.env` readers',
        family: '.env',
        reads: 'the file that `env-file` names; variables of the job win over it',
    },
];

;// CONCATENATED MODULE: ./build/clients/snippets.js
const js = (...lines) => ({ language: 'js', code: lines.join('\n') });
const sh = (...lines) => ({ language: 'sh', code: lines.join('\n') });
const python = (...lines) => ({ language: 'python', code: lines.join('\n') });
const go = (...lines) => ({ language: 'go', code: lines.join('\n') });
const rust = (...lines) => ({ language: 'rust', code: lines.join('\n') });
const java = (...lines) => ({ language: 'java', code: lines.join('\n') });
const php = (...lines) => ({ language: 'php', code: lines.join('\n') });
const ruby = (...lines) => ({ language: 'ruby', code: lines.join('\n') });
const SNIPPETS = {
    psql: sh('psql --no-psqlrc --tuples-only --no-align'),
    pg_dump: sh('pg_dump --schema-only'),
    libpq: { language: 'c', code: 'PGconn *connection = PQconnectdb(url);' },
    'node-postgres': js("import pg from 'pg';", 'const client = new pg.Client({ connectionString: process.env.DATABASE_URL });'),
    'postgres.js': js("import postgres from 'postgres';", 'const sql = postgres(process.env.DATABASE_URL);'),
    drizzle: js("import { drizzle } from 'drizzle-orm/node-postgres';", 'const db = drizzle(process.env.DATABASE_URL);'),
    knex: js("const db = knex({ client: 'pg', connection: process.env.DATABASE_URL });"),
    sequelize: js('const db = new Sequelize(process.env.DATABASE_URL, { logging: false });'),
    typeorm: js("const db = await new DataSource({ type: 'postgres', url: process.env.DATABASE_URL }).initialize();"),
    prisma: js('const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) });'),
    nextjs: js('const client = new pg.Client({ connectionString: process.env.DATABASE_URL });'),
    vercel: js('const { POSTGRES_URL, POSTGRES_URL_NON_POOLING } = process.env;'),
    'neon-serverless': js("import { neon } from '@neondatabase/serverless';", 'const sql = neon(process.env.DATABASE_URL);'),
    psycopg: python('with psycopg.connect("") as connection:'),
    asyncpg: python('connection = await asyncpg.connect(os.environ["DATABASE_URL"], **pooled)'),
    sqlalchemy: python('url = make_url(os.environ["DATABASE_URL"]).set(drivername=f"postgresql+{sys.argv[1]}")'),
    'sqlalchemy-asyncpg': python('engine = create_async_engine(os.environ["DATABASE_URL"], **pooled)'),
    django: python('settings.configure(DATABASES={"default": dj_database_url.config()})'),
    'lib-pq': go('db, err := sql.Open("postgres", url)'),
    pgx: go('config, err := pgx.ParseConfig(url)'),
    sqlx: rust('let mut connection = PgConnection::connect(&url).await?;'),
    'tokio-postgres': rust('let url = std::env::var("DATABASE_URL")?;', 'if let Ok(roots) = std::env::var("PGSSLROOTCERT") {', 'let (client, connection) = tokio_postgres::connect(&url, MakeTlsConnector::new(tls.build()?)).await?;'),
    diesel: rust('let mut connection = PgConnection::establish(&url)?;'),
    jdbc: java('var connection = DriverManager.getConnection(', 'System.getenv("JDBC_DATABASE_URL"),', 'System.getenv("JDBC_DATABASE_USERNAME"),', 'System.getenv("JDBC_DATABASE_PASSWORD"));'),
    spring: java('SpringApplication.run(Application.class, args);'),
    flyway: java('var flyway = Flyway.configure().envVars().load();'),
    quarkus: java('@Inject', 'DataSource database;'),
    php: php("$db = new PDO('pgsql:');"),
    doctrine: php("$db = DriverManager::getConnection(['url' => getenv('DATABASE_URL')]);"),
    symfony: { language: 'yaml', code: 'database.url: "%env(resolve:DATABASE_URL)%"' },
    'ruby-pg': ruby('connection = PG.connect'),
    rails: ruby("ActiveRecord::Base.establish_connection(ENV.fetch('DATABASE_URL'))"),
};

;// CONCATENATED MODULE: ./build/clients/spring.js


const spring = {
    name: 'spring',
    aliases: ['spring-boot', 'springboot'],
    title: 'Spring Boot',
    family: 'JVM',
    reads: '`SPRING_DATASOURCE_URL`, `SPRING_DATASOURCE_USERNAME`, `SPRING_DATASOURCE_PASSWORD`; they override every `application.properties`',
    driver: 'jdbc',
    tcpOnly: true,
    pooled: '`prepareThreshold=0` in the JDBC URL (there already on Neon\u2019s pooled host)',
    variables: (spelling) => [
        ['SPRING_DATASOURCE_URL', jdbcUrl(spelling)],
        ['SPRING_DATASOURCE_USERNAME', withoutPlaceholders(spelling.connection.user)],
        ['SPRING_DATASOURCE_PASSWORD', withoutPlaceholders(spelling.connection.password ?? ''), 'secret'],
    ],
    notice: ({ connection }) => placeholderNotice('Spring', connection.password),
};

;// CONCATENATED MODULE: ./build/clients/sqlalchemy-asyncpg.js

function asyncpgUrl({ connection, own }, way) {
    const scheme = 'postgresql+asyncpg';
    const all = (0,clients_spelling/* hosts */.S)(connection, way);
    if (all.length === 1 && !(0,clients_spelling/* isSocket */.qU)(all[0]))
        return (0,clients_spelling/* url */.OZ)(connection, own, { scheme, way });
    const places = all.map((host) => ['host', (0,clients_spelling/* isSocket */.qU)(host) ? host.host : `${host.host}:${host.port}`]);
    const port = all.length === 1 ? [['port', all[0].port]] : [];
    return `${scheme}://${(0,clients_spelling/* credentials */.z3)(connection)}/${(0,clients_spelling/* encode */.lF)(connection.database)}?${(0,clients_spelling/* query */.P)([...places, ...port, ...own])}`;
}
const sqlalchemyAsyncpg = {
    name: 'sqlalchemy-asyncpg',
    aliases: ['sqlalchemy+asyncpg', 'sqlalchemy-async', 'fastapi'],
    title: 'SQLAlchemy with asyncpg',
    family: 'Python',
    reads: '`DATABASE_URL`; `PGSSLMODE` and `PGSSLROOTCERT` through asyncpg',
    readsUrl: true,
    pooled: '`prepared_statement_cache_size=0` in the URL, `connect_args={"statement_cache_size": 0}` and `NullPool`; not on Neon',
    variables: (spelling) => [
        ['DATABASE_URL', asyncpgUrl(spelling, 'given'), 'secret'],
        ['DATABASE_URL_UNPOOLED', (0,clients_spelling/* onNeon */.MB)(spelling.connection, () => asyncpgUrl(spelling, 'direct')), 'secret'],
    ],
};

;// CONCATENATED MODULE: ./build/clients/symfony.js

function symfonyUrl({ connection, own }, way) {
    const plain = (0,clients_spelling/* url */.OZ)(connection, [['sslmode', connection.sslmode], ...own], { way });
    return plain.split('%').length > 2 ? plain.replaceAll('%', '%%') : plain;
}
const symfony = {
    name: 'symfony',
    title: 'Symfony',
    family: 'PHP',
    reads: '`DATABASE_URL`, through `%env(resolve:DATABASE_URL)%`',
    readsUrl: true,
    migrates: true,
    variables: (spelling) => [
        ['DATABASE_URL', symfonyUrl(spelling, 'given'), 'secret'],
        ['DATABASE_URL_UNPOOLED', (0,clients_spelling/* onNeon */.MB)(spelling.connection, () => symfonyUrl(spelling, 'direct')), 'secret'],
    ],
    notice: (spelling) => symfonyUrl(spelling, 'given').includes('%%')
        ? '`DATABASE_URL` has every `%` doubled, as Symfony\u2019s `%env(resolve:DATABASE_URL)%` needs it: a configuration without `resolve:` must not name `symfony`.'
        : undefined,
};

;// CONCATENATED MODULE: ./build/clients/tokio-postgres.js

const tokio_postgres_MODE = {
    disable: 'disable',
    allow: 'prefer',
    prefer: 'prefer',
    require: 'require',
    'verify-ca': 'require',
    'verify-full': 'require',
};
function tokioUrl({ connection }, way) {
    const target = connection.parameters.get('target_session_attrs');
    return (0,clients_spelling/* url */.OZ)(connection, [
        ['sslmode', tokio_postgres_MODE[connection.sslmode]],
        ['options', connection.parameters.get('options')],
        ['application_name', connection.parameters.get('application_name')],
        ['target_session_attrs', target === 'read-write' || target === 'read-only' || target === 'any' ? target : undefined],
    ], { way });
}
const tokioPostgres = {
    name: 'tokio-postgres',
    aliases: ['rust-postgres', 'deadpool-postgres', 'refinery'],
    title: 'tokio-postgres',
    family: 'Rust',
    reads: '`DATABASE_URL`, when the program hands it on; verification is in the TLS connector',
    readsUrl: true,
    pooled: '`query_typed()` for a PgBouncer that does not track statements',
    variables: (spelling) => [
        ['DATABASE_URL', tokioUrl(spelling, 'given'), 'secret'],
        ['DATABASE_URL_UNPOOLED', (0,clients_spelling/* onNeon */.MB)(spelling.connection, () => tokioUrl(spelling, 'direct')), 'secret'],
    ],
};

;// CONCATENATED MODULE: ./build/clients/vercel.js


const vercel = {
    name: 'vercel',
    aliases: ['@vercel/postgres', 'vercel-postgres'],
    title: 'Vercel Postgres names',
    family: 'Node.js',
    reads: '`POSTGRES_URL`, `POSTGRES_URL_NON_POOLING`, `POSTGRES_PRISMA_URL`, `POSTGRES_HOST`, \u2026',
    variables: (spelling) => {
        const { connection } = spelling;
        const direct = (0,clients_spelling/* url */.OZ)(connection, [['sslmode', connection.sslmode]], { way: 'direct' });
        return [
            ['POSTGRES_URL', (0,clients_spelling/* url */.OZ)(connection, [['sslmode', connection.sslmode]]), 'secret'],
            ['POSTGRES_URL_NON_POOLING', direct, 'secret'],
            ['POSTGRES_PRISMA_URL', prismaUrl(spelling, 'given'), 'secret'],
            ['POSTGRES_USER', connection.user],
            ['POSTGRES_HOST', (0,clients_spelling/* hostList */.pX)(connection.hosts)],
            ['POSTGRES_PASSWORD', connection.password ?? '', 'secret'],
            ['POSTGRES_DATABASE', connection.database],
            ['PGHOST_UNPOOLED', (0,clients_spelling/* isNeon */.ts)(connection) ? (0,clients_spelling/* hostList */.pX)((0,clients_spelling/* hosts */.S)(connection, 'direct')) : ''],
        ];
    },
};

;// CONCATENATED MODULE: ./build/clients/registry.js


















const CLIENTS = [
    vercel,
    prisma,
    sqlalchemyAsyncpg,
    tokioPostgres,
    ecto,
    symfony,
    jdbc,
    spring,
    quarkus,
    flyway,
    liquibase,
    dotnet,
    laravel,
    ...SERVED,
].map(complete);
function complete(client) {
    const snippet = SNIPPETS[client.name];
    return { ...client, ...(snippet ? { snippet } : {}), owns: (parameter) => belongs(parameter, client) };
}
const TLS = /^(?:ssl|tls|direct_tls|channelBinding|requireAuth|enableChannelBinding|gssEncMode)/i;
function belongs(name, client) {
    if (TLS.test(name))
        return false;
    const names = [client.driver, client.name, ...(client.aliases ?? [])];
    return foreign/* FOREIGN */.n[name]?.clients.some((owner) => names.includes(owner)) ?? false;
}
const BY_NAME = new Map(CLIENTS.flatMap((client) => [client.name, ...(client.aliases ?? [])].map((name) => [name, client])));
const findClient = (name) => BY_NAME.get(name.trim().toLowerCase());
function readClients(text) {
    const names = text.split(/[,\n]/).flatMap((name) => name.trim() || []);
    return [...new Set(names.map((name) => findClient(name) ?? unknown(name)))];
}
function unknown(name) {
    const near = (0,nearest/* nearest */.p)(name, BY_NAME.keys());
    throw new problems/* Problem */.A('invalid-input', {
        input: 'clients',
        what: `names ${quote(name)}, which is not a client that this action knows`,
        fix: near
            ? `Write \`${near}\` if that is the client meant; docs/clients.md lists them all. A client that reads \`PG*\` or \`DATABASE_URL\` need not be named.`
            : 'Take a name from docs/clients.md. A client that reads `PG*` or `DATABASE_URL` need not be named.',
    });
}
const quote = (name) => (/^[\w@./+ -]{1,40}$/.test(name) ? `\`${name}\`` : 'something');


/***/ }),

/***/ 124:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ askedMode),
/* harmony export */   n: () => (/* binding */ FOREIGN)
/* harmony export */ });
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3750);

const OF_CLIENT = {
    prisma: `schema pgbouncer connection_limit pool_timeout socket_timeout sslaccept sslidentity statement_cache_size
    max_connection_lifetime max_idle_connection_lifetime single_use_connections`,
    symfony: `serverVersion charset driverOptions driver driverClass wrapperClass default_dbname persistent use_savepoints
    default_table_options keepReplica keepSlave`,
    rails: `prepared_statements pool advisory_locks schema_search_path variables encoding min_messages adapter checkout_timeout
    reaping_frequency idle_timeout statement_limit insert_returning migrations_paths schema_dump replica database_tasks
    query_cache min_connections max_connections keepalive max_age pool_jitter`,
    'node-postgres': `uselibpqcompat ssl query_timeout statement_timeout lock_timeout idle_in_transaction_session_timeout binary
    keepAlive keepAliveInitialDelayMillis connectionTimeoutMillis idleTimeoutMillis max min maxUses maxLifetimeSeconds
    allowExitOnIdle enableChannelBinding`,
    'postgres.js': `ssl max idle_timeout max_lifetime prepare fetch_types debug keep_alive max_pipeline publications backoff`,
    bun: 'tls ssl max idleTimeout idle_timeout connectionTimeout connection_timeout maxLifetime max_lifetime prepare',
    pgx: `default_query_exec_mode statement_cache_capacity description_cache_capacity statement_cache_mode prefer_simple_protocol
    pool_max_conns pool_min_conns pool_min_idle_conns pool_max_conn_lifetime pool_max_conn_lifetime_jitter
    pool_max_conn_idle_time pool_health_check_period krbspn`,
    'lib/pq': 'binary_parameters disable_prepared_binary_result sslinline krbspn',
    'golang-migrate': `x-migrations-table x-migrations-table-quoted x-statement-timeout x-multi-statement
    x-multi-statement-max-size`,
    jdbc: `ssl currentSchema ApplicationName prepareThreshold preparedStatementCacheQueries preparedStatementCacheSizeMiB stringtype
    reWriteBatchedInserts sslfactory sslfactoryarg sslhostnameverifier sslpasswordcallback sslResponseTimeout sslNegotiation
    socketTimeout loginTimeout connectTimeout cancelSignalTimeout tcpKeepAlive tcpNoDelay targetServerType loadBalanceHosts
    hostRecheckSeconds defaultRowFetchSize adaptiveFetch adaptiveFetchMinimum adaptiveFetchMaximum autosave cleanupSavepoints
    binaryTransfer binaryTransferEnable binaryTransferDisable preferQueryMode readOnly readOnlyMode escapeSyntaxCallMode
    gssEncMode gssUseDefaultCreds gssResponseTimeout channelBinding requireAuth assumeMinServerVersion allowEncodingChanges
    logServerErrorDetail logUnclosedConnections loggerLevel loggerFile protocolVersion receiveBufferSize sendBufferSize
    maxResultBuffer maxSendBufferSize unknownLength databaseMetadataCacheFields databaseMetadataCacheFieldsMiB
    disableColumnSanitiser socketFactory socketFactoryArg authenticationPluginClassName kerberosServerName jaasApplicationName
    jaasLogin useSpnego hideUnprivilegedObjects localSocketAddress quoteReturningIdentifiers xmlFactoryFactory PGDBNAME`,
    quarkus: 'cachePreparedStatements preparedStatementCacheMaxSize pipeliningLimit reconnectAttempts reconnectInterval',
    'sqlalchemy-asyncpg': `ssl prepared_statement_cache_size prepared_statement_name_func statement_cache_size async_fallback
    max_cached_statement_lifetime max_cacheable_statement_size command_timeout timeout direct_tls server_settings`,
    psycopg: 'prepare_threshold autocommit',
    django: `conn_max_age conn_health_checks ssl_require disable_server_side_cursors atomic_requests isolation_level
    server_side_binding assume_role`,
    ecto: 'ssl pool_size timeout prepare socket_options queue_target queue_interval ownership_timeout',
    sqlx: 'statement-cache-capacity ssl-mode ssl-root-cert ssl-ca ssl-cert ssl-key',
    'tokio-postgres': 'keepalives_retries',
    dotnet: `Pooling Timeout CommandTimeout MaxPoolSize MinPoolSize MaxAutoPrepare Multiplexing IncludeErrorDetail
    TrustServerCertificate SearchPath NoResetOnClose KeepAlive Enlist`,
    supabase: 'workaround',
    vercel: 'supa',
};
const SENDERS = ['pgx', 'lib/pq', 'postgres.js', 'bun', 'sqlalchemy-asyncpg'];
const SETTINGS = `search_path statement_timeout lock_timeout idle_in_transaction_session_timeout idle_session_timeout
  transaction_timeout timezone TimeZone datestyle DateStyle intervalstyle IntervalStyle extra_float_digits bytea_output
  default_transaction_isolation default_transaction_read_only default_transaction_deferrable client_min_messages role
  standard_conforming_strings synchronous_commit work_mem maintenance_work_mem jit geqo plan_cache_mode row_security`;
const MODES = Object.fromEntries(_connection_js__WEBPACK_IMPORTED_MODULE_0__/* .SSL_MODES */ .y.map((mode) => [mode, mode]));
const TLS = {
    ssl: { ...MODES, true: 'verify-full', 1: 'verify-full', '': 'verify-full', 'no-verify': 'require' },
    tls: { true: 'verify-full', 1: 'verify-full' },
    sslaccept: { strict: 'verify-full' },
    channelBinding: { require: 'verify-full' },
    ssl_require: { true: 'require', 1: 'require' },
    direct_tls: { true: 'require', 1: 'require' },
    'ssl-mode': MODES,
};
const FOREIGN = collect();
function collect() {
    const owners = new Map();
    const add = (client, names) => {
        for (const name of names.split(/\s+/))
            owners.set(name, [...new Set([...(owners.get(name) ?? []), client])]);
    };
    for (const [client, names] of Object.entries(OF_CLIENT))
        add(client, names);
    for (const client of SENDERS)
        add(client, SETTINGS);
    const table = Object.create(null);
    for (const [name, clients] of owners)
        table[name] = { clients, ...(TLS[name] ? { tls: TLS[name] } : {}) };
    return table;
}
const askedMode = (name, value) => {
    const modes = FOREIGN[name]?.tls;
    const key = value.toLowerCase();
    return modes && Object.hasOwn(modes, key) ? modes[key] : undefined;
};


/***/ })

};
;