import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 30:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 799:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  x1: () => (/* reexport */ clientNotices),
  $r: () => (/* reexport */ findClient),
  pH: () => (/* reexport */ readClients),
  VY: () => (/* reexport */ secretsIn),
  Ee: () => (/* reexport */ variables)
});

// UNUSED EXPORTS: CLIENTS, FAMILIES

// EXTERNAL MODULE: ./build/nearest.js
var nearest = __nccwpck_require__(658);
// EXTERNAL MODULE: ./build/problems/index.js + 7 modules
var problems = __nccwpck_require__(98);
// EXTERNAL MODULE: ./build/connection/neon-host.js
var neon_host = __nccwpck_require__(840);
;// CONCATENATED MODULE: ./build/clients/spelling.js

function encode(text) {
    let out = '';
    for (const char of text) {
        const code = char.codePointAt(0);
        if (/[A-Za-z0-9._~-]/.test(char))
            out += char;
        else if (code >= 0xdc80 && code <= 0xdcff)
            out += percent(code - 0xdc00);
        else
            for (const byte of new TextEncoder().encode(char))
                out += percent(byte);
    }
    return out;
}
const percent = (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
const query = (parameters) => [...parameters]
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${encode(String(value))}`)
    .join('&');
function beside(ours, own) {
    const said = new Set(ours.map(([name]) => name));
    return [...ours, ...[...own].filter(([name]) => !said.has(name))];
}
const isSocket = (host) => host.host.startsWith('/') || host.host.startsWith('@');
const hosts = (connection, way = 'given') => way === 'given'
    ? connection.hosts
    : connection.hosts.map((host) => ({ ...host, host: (0,neon_host/* neonHost */.h)(host.host)?.direct ?? host.host }));
const isNeon = (connection) => connection.hosts.some(({ host }) => (0,neon_host/* neonHost */.h)(host) !== undefined);
const onNeon = (connection, spell) => (isNeon(connection) ? spell() : '');
const isPooled = (connection) => connection.hosts.some(({ host }) => (0,neon_host/* neonHost */.h)(host)?.isPooled);
const authority = (host) => `${host.host.includes(':') && !isSocket(host) ? `[${encode(host.host).replaceAll('%3A', ':')}]` : encode(host.host)}:${host.port}`;
const hostList = (all) => all.map(({ host }) => host).join(',');
const portList = (all) => {
    const ports = all.map(({ port }) => port);
    return new Set(ports).size === 1 ? String(ports[0]) : ports.join(',');
};
const credentials = ({ user, password }) => password ? `${encode(user)}:${encode(password)}@` : `${encode(user)}@`;
function url(connection, parameters, { scheme = 'postgresql', way = 'given' } = {}) {
    const place = hosts(connection, way).map(authority).join(',');
    const rest = query(parameters);
    return `${scheme}://${credentials(connection)}${place}/${encode(connection.database)}${rest && `?${rest}`}`;
}
const verifies = ({ sslmode }) => sslmode === 'verify-ca' || sslmode === 'verify-full';

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
            [
                'Host',
                several
                    ? connection.hosts.map((host) => (isSocket(host) ? host.host : `${host.host}:${host.port}`)).join(',')
                    : first.host,
            ],
            several ? undefined : ['Port', String(first.port)],
            ['Database', quoted(connection.database)],
            ['Username', quoted(connection.user)],
            connection.password ? ['Password', quoted(connection.password)] : undefined,
            ['SSL Mode', MODE[connection.sslmode]],
            verifies(connection) && files.ca ? ['Root Certificate', quoted(files.ca)] : undefined,
            ['Timeout', String(connection.connectTimeout)],
        ];
        return [
            ['ConnectionStrings__DefaultConnection', pairs.flatMap((pair) => (pair ? [pair.join('=')] : [])).join(';'), 'secret'],
        ];
    },
};

;// CONCATENATED MODULE: ./build/clients/ecto.js

const encrypts = ({ connection: { sslmode } }) => ['require', 'verify-ca', 'verify-full'].includes(sslmode);
const ectoUrl = (spelling, way) => url(spelling.connection, [['ssl', encrypts(spelling) ? 'true' : undefined], ...spelling.own], { scheme: 'ecto', way });
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
        ['DATABASE_URL_UNPOOLED', onNeon(spelling.connection, () => ectoUrl(spelling, 'direct')), 'secret'],
    ],
    notice: (spelling) => encrypts(spelling) && spelling.connection.trust.ca
        ? 'Ecto’s URL cannot name a private CA: put `ssl: [cacertfile: System.get_env("PGSSLROOTCERT")]` into the repository’s configuration.'
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
function jdbcUrl({ connection, files, own }) {
    const { parameters } = connection;
    const place = connection.hosts.map(authority).join(',');
    const ours = [
        ['sslmode', connection.sslmode],
        ['sslrootcert', verifies(connection) ? files.ca : undefined],
        ['sslcert', files.cert],
        ['sslkey', files.key],
        ['connectTimeout', connection.connectTimeout],
        ['ApplicationName', parameters.get('application_name')],
        ['options', parameters.get('options')],
        ['targetServerType', SERVER_TYPE[parameters.get('target_session_attrs') ?? '']],
        ['prepareThreshold', own.get('prepareThreshold') ?? (isPooled(connection) ? 0 : undefined)],
    ];
    return `jdbc:postgresql://${place}/${encode(connection.database)}?${query(beside(ours, own))}`;
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
        ['FLYWAY_URL', jdbcUrl(spelling)],
        ['FLYWAY_USER', spelling.connection.user],
        ['FLYWAY_PASSWORD', spelling.connection.password ?? '', 'secret'],
    ],
};

;// CONCATENATED MODULE: ./build/clients/jdbc.js

const POOLED = '`prepareThreshold=0` in the JDBC URL (there already on Neon’s pooled host)';
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
    pooled: '`DB_POOLED=true` and the `DB_DIRECT_*` names (Laravel 13; there already on Neon’s pooled host); before that `PDO::ATTR_EMULATE_PREPARES`',
    variables: (spelling) => {
        const { connection } = spelling;
        const parts = (prefix, way) => [
            [`${prefix}_HOST`, hostList(hosts(connection, way))],
            [`${prefix}_PORT`, portList(connection.hosts)],
            [`${prefix}_USERNAME`, connection.user],
            [`${prefix}_PASSWORD`, connection.password ?? '', 'secret'],
            [`${prefix}_SSLMODE`, connection.sslmode],
        ];
        return [
            ['DB_CONNECTION', 'pgsql'],
            ['DB_URL', urlSurvives(spelling) ? url(connection, [['sslmode', connection.sslmode]]) : '', 'secret'],
            ['DB_DATABASE', connection.database],
            ...parts('DB', 'given'),
            ...(isPooled(connection) ? [['DB_POOLED', 'true'], ...parts('DB_DIRECT', 'direct')] : []),
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
        ['LIQUIBASE_COMMAND_URL', jdbcUrl(spelling)],
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
    return url(connection, beside([
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

;// CONCATENATED MODULE: ./build/clients/quarkus.js


const quarkus = {
    name: 'quarkus',
    title: 'Quarkus',
    family: 'JVM',
    reads: '`QUARKUS_DATASOURCE_JDBC_URL` (or `_REACTIVE_URL`), `QUARKUS_DATASOURCE_USERNAME`, `QUARKUS_DATASOURCE_PASSWORD`; a URL turns Dev Services off',
    driver: 'jdbc',
    tcpOnly: true,
    pooled: '`prepareThreshold=0` in the JDBC URL (there already on Neon’s pooled host)',
    variables: (spelling) => {
        const { connection } = spelling;
        const place = connection.hosts.map(authority).join(',');
        return [
            ['QUARKUS_DATASOURCE_JDBC_URL', jdbcUrl(spelling)],
            [
                'QUARKUS_DATASOURCE_REACTIVE_URL',
                `postgresql://${place}/${encode(connection.database)}?${query([['sslmode', connection.sslmode]])}`,
            ],
            ['QUARKUS_DATASOURCE_USERNAME', connection.user],
            ['QUARKUS_DATASOURCE_PASSWORD', connection.password ?? '', 'secret'],
        ];
    },
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
        reads: 'hands the job’s variables on to the driver; `.env` files never override them',
    },
    {
        name: 'drizzle',
        driver: 'node-postgres',
        aliases: ['drizzle-orm'],
        title: 'Drizzle',
        family: 'Node.js',
        reads: 'as its driver',
        readsUrl: true,
    },
    {
        name: 'drizzle-kit',
        title: 'Drizzle Kit',
        family: 'Node.js',
        reads: 'what `drizzle.config.ts` hands on: `DATABASE_URL`',
        readsUrl: true,
        migrates: true,
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
    { name: 'go', aliases: ['golang', 'database/sql'], title: 'Go', family: 'Go', reads: 'as its driver: pgx or lib/pq' },
    {
        name: 'pgx',
        aliases: ['jackc/pgx', 'sqlc'],
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

;// CONCATENATED MODULE: ./build/clients/spring.js

const spring = {
    name: 'spring',
    aliases: ['spring-boot', 'springboot'],
    title: 'Spring Boot',
    family: 'JVM',
    reads: '`SPRING_DATASOURCE_URL`, `SPRING_DATASOURCE_USERNAME`, `SPRING_DATASOURCE_PASSWORD`; they override every `application.properties`',
    driver: 'jdbc',
    tcpOnly: true,
    pooled: '`prepareThreshold=0` in the JDBC URL (there already on Neon’s pooled host)',
    variables: (spelling) => [
        ['SPRING_DATASOURCE_URL', jdbcUrl(spelling)],
        ['SPRING_DATASOURCE_USERNAME', spelling.connection.user],
        ['SPRING_DATASOURCE_PASSWORD', spelling.connection.password ?? '', 'secret'],
    ],
};

;// CONCATENATED MODULE: ./build/clients/sqlalchemy-asyncpg.js

function asyncpgUrl({ connection, own }, way) {
    const scheme = 'postgresql+asyncpg';
    const all = hosts(connection, way);
    if (all.length === 1 && !isSocket(all[0]))
        return url(connection, own, { scheme, way });
    const places = all.map((host) => ['host', isSocket(host) ? host.host : `${host.host}:${host.port}`]);
    const port = all.length === 1 ? [['port', all[0].port]] : [];
    return `${scheme}://${credentials(connection)}/${encode(connection.database)}?${query([...places, ...port, ...own])}`;
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
        ['DATABASE_URL_UNPOOLED', onNeon(spelling.connection, () => asyncpgUrl(spelling, 'direct')), 'secret'],
    ],
};

;// CONCATENATED MODULE: ./build/clients/symfony.js

function symfonyUrl({ connection, own }, way) {
    const plain = url(connection, [['sslmode', connection.sslmode], ...own], { way });
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
        ['DATABASE_URL_UNPOOLED', onNeon(spelling.connection, () => symfonyUrl(spelling, 'direct')), 'secret'],
    ],
    notice: (spelling) => symfonyUrl(spelling, 'given').includes('%%')
        ? '`DATABASE_URL` has every `%` doubled, as Symfony’s `%env(resolve:DATABASE_URL)%` needs it: a configuration without `resolve:` must not name `symfony`.'
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
    return url(connection, [
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
    variables: (spelling) => [
        ['DATABASE_URL', tokioUrl(spelling, 'given'), 'secret'],
        ['DATABASE_URL_UNPOOLED', onNeon(spelling.connection, () => tokioUrl(spelling, 'direct')), 'secret'],
    ],
};

;// CONCATENATED MODULE: ./build/clients/vercel.js


const vercel = {
    name: 'vercel',
    aliases: ['@vercel/postgres', 'vercel-postgres'],
    title: 'Vercel Postgres names',
    family: 'Node.js',
    reads: '`POSTGRES_URL`, `POSTGRES_URL_NON_POOLING`, `POSTGRES_PRISMA_URL`, `POSTGRES_HOST`, …',
    variables: (spelling) => {
        const { connection } = spelling;
        const direct = url(connection, [['sslmode', connection.sslmode]], { way: 'direct' });
        return [
            ['POSTGRES_URL', url(connection, [['sslmode', connection.sslmode]]), 'secret'],
            ['POSTGRES_URL_NON_POOLING', direct, 'secret'],
            ['POSTGRES_PRISMA_URL', prismaUrl(spelling, 'given'), 'secret'],
            ['POSTGRES_USER', connection.user],
            ['POSTGRES_HOST', hostList(connection.hosts)],
            ['POSTGRES_PASSWORD', connection.password ?? '', 'secret'],
            ['POSTGRES_DATABASE', connection.database],
            ['PGHOST_UNPOOLED', isNeon(connection) ? hostList(hosts(connection, 'direct')) : ''],
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
];
const BY_NAME = new Map(CLIENTS.flatMap((client) => [client.name, ...(client.aliases ?? [])].map((name) => [name, client])));
const findClient = (name) => BY_NAME.get(name.trim().toLowerCase());
function readClients(text) {
    const names = text.split(/[,\n]/).flatMap((name) => name.trim() || []);
    return [...new Set(names.map((name) => (findClient(name) ?? unknown(name)).name))];
}
function unknown(name) {
    const near = (0,nearest/* nearest */.p)(name, BY_NAME.keys());
    throw new problems/* Problem */.AF('invalid-input', {
        input: 'clients',
        what: `names ${quote(name)}, which is not a client that this action knows`,
        fix: near
            ? `Write \`${near}\` if that is the client meant; docs/clients.md lists them all. A client that reads \`PG*\` or \`DATABASE_URL\` need not be named.`
            : 'Take a name from docs/clients.md. A client that reads `PG*` or `DATABASE_URL` need not be named.',
    });
}
const quote = (name) => (/^[\w@./+ -]{1,40}$/.test(name) ? `\`${name}\`` : 'something');

// EXTERNAL MODULE: ./build/connection/foreign.js
var foreign = __nccwpck_require__(45);
// EXTERNAL MODULE: ./build/connection/parameters.js
var parameters = __nccwpck_require__(685);
;// CONCATENATED MODULE: ./build/clients/common.js


const CARRIED = parameters/* PARAMETERS */.z7.filter(({ keyword, export: when }) => when === 'when-given' && keyword !== 'sslcert' && keyword !== 'sslkey');
function common(connection, files) {
    const { sslmode } = connection;
    const tls = [
        ['PGSSLMODE', sslmode],
        ['PGSSL', sslmode === 'disable' ? '' : sslmode],
        ['PGSSLROOTCERT', verifies(connection) ? (files.ca ?? '') : ''],
        ['NODE_EXTRA_CA_CERTS', connection.trust.ca === undefined ? '' : (files.ca ?? '')],
        ['PGSSLCERT', files.cert ?? ''],
        ['PGSSLKEY', files.key ?? ''],
    ];
    const direct = onNeon(connection, () => url(connection, [['sslmode', sslmode]], { way: 'direct' }));
    return [
        ['PGHOST', hostList(connection.hosts)],
        ['PGPORT', portList(connection.hosts)],
        ['PGUSER', connection.user],
        ['PGPASSWORD', connection.password ?? '', 'secret'],
        ['PGDATABASE', connection.database],
        ...tls,
        ...CARRIED.flatMap(({ keyword, env }) => (env ? [[env, connection.parameters.get(keyword) ?? '']] : [])),
        ['PGCONNECT_TIMEOUT', String(connection.connectTimeout)],
        ['DATABASE_URL', url(connection, [['sslmode', sslmode]]), 'secret'],
        ['DATABASE_URL_UNPOOLED', direct, 'secret'],
        ['DIRECT_URL', direct, 'secret'],
    ];
}

;// CONCATENATED MODULE: ./build/clients/variables.js





const variables = (connection, files, names = [], options = {}) => new Map(spellAll(connection, files, names, options).map(([name, value]) => [name, value]));
const secretsIn = (connection, files, names = []) => connection.password
    ? [...new Set(spellAll(connection, files, names, {}).flatMap(([, value, secret]) => (secret ? [value] : [])))]
    : [];
function spellAll(connection, files, names, { channelBinding }) {
    const set = new Map();
    for (const variable of common(connection, files))
        set.set(variable[0], variable);
    const binding = connection.parameters.get('channel_binding');
    if (channelBinding && binding)
        set.set('PGCHANNELBINDING', ['PGCHANNELBINDING', binding]);
    const owners = new Map();
    for (const client of names.map(known)) {
        if (client.tcpOnly && connection.hosts.some(isSocket))
            throw noSocket(client);
        for (const variable of ownVariables(spelling(connection, files, client), client)) {
            const [name, value] = variable;
            const owner = owners.get(name);
            if (owner && set.get(name)?.[1] !== value)
                throw new problems/* Problem */.AF('client-conflict', { first: owner.name, second: client.name, variable: name });
            owners.set(name, client);
            set.set(name, variable);
        }
    }
    return [...set.values()].filter(([, value]) => value !== '');
}
function ownVariables(from, client) {
    if (client.variables)
        return client.variables(from);
    if (!client.readsUrl || from.own.size === 0)
        return [];
    const { connection, own } = from;
    const spell = (way) => url(connection, [['sslmode', connection.sslmode], ...own], { way });
    const direct = onNeon(connection, () => spell('direct'));
    return [
        ['DATABASE_URL', spell('given'), 'secret'],
        ['DATABASE_URL_UNPOOLED', direct, 'secret'],
        ['DIRECT_URL', direct, 'secret'],
    ];
}
function clientNotices(connection, files, names) {
    const clients = names.map(known);
    const form = clients.find((client) => ownVariables(spelling(connection, files, client), client).some(([name]) => name === 'DATABASE_URL'));
    return clients.flatMap((client) => {
        const said = client.notice?.(spelling(connection, files, client));
        return [
            ...(client.migrates && isPooled(connection) ? [overPooler(client)] : []),
            ...(form && form !== client && client.readsUrl ? [otherForm(form, client)] : []),
            ...(said ? [said] : []),
        ];
    });
}
const overPooler = ({ name }) => `\`${name}\` needs the direct host, and this connection goes through Neon’s pooler: set \`pooled: false\`, or let it use \`DATABASE_URL_UNPOOLED\`.`;
const otherForm = (form, { name }) => `\`DATABASE_URL\` has the form that \`${form.name}\` needs, and \`${name}\` may not read it: give that client the \`PG*\` variables.`;
const spelling = (connection, files, client) => ({
    connection,
    files,
    own: new Map([...connection.foreign].filter(([name]) => belongs(name, client))),
});
const TLS = /^(?:ssl|tls|direct_tls|channelBinding|requireAuth|enableChannelBinding|gssEncMode)/i;
const belongs = (name, client) => !TLS.test(name) && foreign/* FOREIGN */.n[name]?.clients.some((owner) => owner === client.driver || findClient(owner) === client) === true;
function known(name) {
    const client = findClient(name);
    if (!client)
        throw new TypeError('clients are read by readClients() first');
    return client;
}
const noSocket = ({ name }) => new problems/* Problem */.AF('invalid-input', {
    input: 'clients',
    what: `names \`${name}\`, which cannot use the Unix socket that the connection names`,
    fix: 'Give a host name and a port.',
});

;// CONCATENATED MODULE: ./build/clients/index.js





/***/ }),

/***/ 282:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ canonical),
/* harmony export */   MW: () => (/* binding */ encodeBytes),
/* harmony export */   gI: () => (/* binding */ hasBytes),
/* harmony export */   yj: () => (/* binding */ decodeBytes)
/* harmony export */ });
const CHARACTER = /[^\x80-\xff]+|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|([\x80-\xff])/g;
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
function decodeBytes(bytes) {
    const text = bytes.toString('utf8');
    if (!text.includes('\ufffd'))
        return text;
    return bytes
        .toString('latin1')
        .replace(CHARACTER, (character, stray) => stray === undefined ? Buffer.from(character, 'latin1').toString('utf8') : String.fromCharCode(0xdc00 + stray.charCodeAt(0)));
}
function encodeBytes(text) {
    if (text.isWellFormed())
        return Buffer.from(text, 'utf8');
    const parts = [];
    let from = 0;
    for (const match of text.matchAll(LONE)) {
        parts.push(Buffer.from(text.slice(from, match.index), 'utf8'), Buffer.of(match[0].charCodeAt(0) & 0xff));
        from = match.index + 1;
    }
    return Buffer.concat([...parts, Buffer.from(text.slice(from), 'utf8')]);
}
const hasBytes = (text) => text.isWellFormed() || !(text.match(LONE) ?? []).some((unit) => unit < '\udc80' || unit > '\udcff');
const canonical = (text) => (text.isWellFormed() ? text : decodeBytes(encodeBytes(text)));


/***/ }),

/***/ 33:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ SSL_MODES)
/* harmony export */ });
const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];


/***/ }),

/***/ 45:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ askedMode),
/* harmony export */   n: () => (/* binding */ FOREIGN)
/* harmony export */ });
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(33);

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


/***/ }),

/***/ 118:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ep: () => (/* binding */ pairHosts),
/* harmony export */   IX: () => (/* binding */ isLocal),
/* harmony export */   zA: () => (/* binding */ ENCODE)
/* harmony export */ });
/* unused harmony export isSocket */
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(30);
/* harmony import */ var _problems_index_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(98);


const isSocket = (host) => host.startsWith('/') || host.startsWith('@');
const isLocal = ({ host, hostaddr }) => {
    if (isSocket(host))
        return true;
    const address = hostaddr ?? host;
    const family = (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(address.replace(/%.*$/, ''));
    if (family === 4)
        return address.startsWith('127.');
    if (family === 6)
        return address === '::1' || /^(::ffff:)?127\./.test(address) || /^(0+:){7}0*1$/.test(address);
    const name = host.toLowerCase().replace(/\.$/, '');
    return name === 'localhost' || name.endsWith('.localhost') || !name.includes('.');
};
const pairHosts = (parameters, looksUnencoded) => {
    const names = list(parameters.get('host'));
    const addresses = list(parameters.get('hostaddr'));
    const ports = list(parameters.get('port'));
    const count = Math.max(names.length, addresses.length);
    const hosts = Array.from({ length: count }, (_, index) => {
        const hostaddr = addresses[index] || undefined;
        const host = names[index] || hostaddr;
        if (host === undefined)
            throw refuse('has an empty host among its hosts', 'Take the comma out, or put the missing host there.');
        checkHost(host, looksUnencoded);
        const port = Number((ports.length > 1 ? ports[index] : ports[0]) || '5432');
        return { host, port, ...(hostaddr !== undefined && hostaddr !== host ? { hostaddr } : {}) };
    });
    return hosts;
};
const list = (value) => (value === undefined ? [] : value.split(','));
const checkHost = (host, looksUnencoded) => {
    if (isSocket(host) || (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host.replace(/%[\w.-]+$/, '')) !== 0)
        return;
    if (/^[\p{L}\p{N}_]([\p{L}\p{N}_.-]*[\p{L}\p{N}_])?\.?$/u.test(host) && !host.includes('..') && host.length <= 253)
        return;
    throw looksUnencoded ? refuse('has a host with characters that no host name has', ENCODE) : invalidHost();
};
const invalidHost = () => new _problems_index_js__WEBPACK_IMPORTED_MODULE_1__/* .Problem */ .AF('invalid-input', {
    input: 'host',
    what: 'is not a host name, an IP address or a socket directory',
    fix: 'Give the bare host, without scheme, user, port or slashes; the port has an input of its own.',
});
const ENCODE = 'The password probably holds one of `@ : / ? # %` unencoded: write them as %40 %3A %2F %3F %23 %25, or give the password through the `password` input, which takes it raw.';
const refuse = (what, fix) => new _problems_index_js__WEBPACK_IMPORTED_MODULE_1__/* .Problem */ .AF('invalid-connection-string', { what, fix });


/***/ }),

/***/ 840:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ neonHost)
/* harmony export */ });
const DOMAIN = /^\.((?:[a-z0-9-]+\.)*)neon\.(?:tech|build)\.?$/i;
const ENDPOINT = /^ep-[a-z0-9-]*[a-z0-9]$/i;
const POOLER = /-pooler$/i;
const WEB = new Set(['apirest', 'apiauth', 'neonauth']);
function neonHost(host) {
    const dot = host.indexOf('.');
    if (dot < 0)
        return undefined;
    const label = host.slice(0, dot);
    const rest = host.slice(dot);
    const domain = DOMAIN.exec(rest);
    const endpoint = label.replace(POOLER, '');
    if (!domain || !ENDPOINT.test(endpoint))
        return undefined;
    const place = domain[1].toLowerCase().split('.').slice(0, -1);
    if (place.some((part) => WEB.has(part)))
        return undefined;
    const isPooled = endpoint !== label;
    return {
        endpoint: endpoint.toLowerCase(),
        region: region(place),
        pooled: isPooled ? host : `${endpoint}-pooler${rest}`,
        direct: `${endpoint}${rest}`,
        isPooled,
    };
}
function region(place) {
    const [name, cloud, ...more] = /^c-\d+$/.test(place[0] ?? '') ? place.slice(1) : place;
    return name && cloud && more.length === 0 ? `${cloud}-${name}` : place.join('.');
}


/***/ }),

/***/ 685:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   l7: () => (/* binding */ LIBPQ),
/* harmony export */   pu: () => (/* binding */ findParameter),
/* harmony export */   z7: () => (/* binding */ PARAMETERS)
/* harmony export */ });
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(33);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(247);


const LIBPQ = 18;
const PLANTED = 'reads the connection from a file that an earlier step or the checked-out code could have put there';
const ROWS = [
    ['service', 'PGSERVICE', 'never', null, { refused: PLANTED }],
    ['servicefile', 'PGSERVICEFILE', 'never', 19, { refused: PLANTED }],
    ['user', 'PGUSER', 'always'],
    ['password', 'PGPASSWORD', 'always', null, { secret: true }],
    ['passfile', 'PGPASSFILE', 'never', null, { refused: PLANTED.replace('connection', 'password') }],
    ['channel_binding', 'PGCHANNELBINDING', 'own-input', null, { check: (0,_values_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('disable', 'prefer', 'require') }],
    ['connect_timeout', 'PGCONNECT_TIMEOUT', 'always', null, { check: _values_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd }],
    ['dbname', 'PGDATABASE', 'always'],
    ['host', 'PGHOST', 'always'],
    ['hostaddr', 'PGHOSTADDR', 'never', null, { check: _values_js__WEBPACK_IMPORTED_MODULE_0__/* .eachAddress */ .Yj }],
    ['port', 'PGPORT', 'always', null, { check: _values_js__WEBPACK_IMPORTED_MODULE_0__/* .eachPort */ .dH }],
    ['client_encoding', 'PGCLIENTENCODING', 'never'],
    ['options', 'PGOPTIONS', 'when-given'],
    ['application_name', 'PGAPPNAME', 'when-given'],
    ['fallback_application_name', null, 'never'],
    ['keepalives', null, 'never', null, { check: _values_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd }],
    ['keepalives_idle', null, 'never', null, { check: _values_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd }],
    ['keepalives_interval', null, 'never', null, { check: _values_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd }],
    ['keepalives_count', null, 'never', null, { check: _values_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd }],
    ['tcp_user_timeout', null, 'never', null, { check: _values_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd }],
    ['sslmode', 'PGSSLMODE', 'always', null, { check: (0,_values_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)(..._connection_js__WEBPACK_IMPORTED_MODULE_1__/* .SSL_MODES */ .y) }],
    ['sslnegotiation', 'PGSSLNEGOTIATION', 'never', 17, { check: (0,_values_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('postgres', 'direct') }],
    ['sslcompression', 'PGSSLCOMPRESSION', 'never'],
    ['sslcert', 'PGSSLCERT', 'when-given'],
    ['sslkey', 'PGSSLKEY', 'when-given'],
    ['sslcertmode', 'PGSSLCERTMODE', 'never', 16, { check: (0,_values_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('disable', 'allow', 'require') }],
    ['sslpassword', null, 'never', null, { secret: true }],
    ['sslrootcert', 'PGSSLROOTCERT', 'verify-only'],
    ['sslcrl', 'PGSSLCRL', 'never'],
    ['sslcrldir', 'PGSSLCRLDIR', 'never', null, { refused: 'names a folder of files; give one file through `sslcrl`' }],
    ['sslsni', 'PGSSLSNI', 'never'],
    ['requirepeer', 'PGREQUIREPEER', 'never'],
    ['require_auth', 'PGREQUIREAUTH', 'never', 16, { check: _values_js__WEBPACK_IMPORTED_MODULE_0__/* .requireAuth */ .oC }],
    ['min_protocol_version', 'PGMINPROTOCOLVERSION', 'never', 18, { check: _values_js__WEBPACK_IMPORTED_MODULE_0__/* .protocolVersion */ .Xg }],
    ['max_protocol_version', 'PGMAXPROTOCOLVERSION', 'never', 18, { check: _values_js__WEBPACK_IMPORTED_MODULE_0__/* .protocolVersion */ .Xg }],
    ['ssl_min_protocol_version', 'PGSSLMINPROTOCOLVERSION', 'never', null, { check: _values_js__WEBPACK_IMPORTED_MODULE_0__/* .tlsVersion */ .u9 }],
    ['ssl_max_protocol_version', 'PGSSLMAXPROTOCOLVERSION', 'never', null, { check: _values_js__WEBPACK_IMPORTED_MODULE_0__/* .tlsVersion */ .u9 }],
    ['gssencmode', 'PGGSSENCMODE', 'never', null, { check: (0,_values_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('disable', 'prefer', 'require') }],
    ['krbsrvname', 'PGKRBSRVNAME', 'never'],
    ['gsslib', 'PGGSSLIB', 'never'],
    ['gssdelegation', 'PGGSSDELEGATION', 'never', 16],
    ['replication', null, 'never'],
    ['target_session_attrs', 'PGTARGETSESSIONATTRS', 'when-given', null, {
            check: (0,_values_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby'),
        }],
    ['load_balance_hosts', 'PGLOADBALANCEHOSTS', 'never', 16, { check: (0,_values_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('disable', 'random') }],
    ['scram_client_key', null, 'never', 18, { secret: true, check: _values_js__WEBPACK_IMPORTED_MODULE_0__/* .base64Key */ .F_ }],
    ['scram_server_key', null, 'never', 18, { secret: true, check: _values_js__WEBPACK_IMPORTED_MODULE_0__/* .base64Key */ .F_ }],
    ['oauth_issuer', null, 'never', 18],
    ['oauth_client_id', null, 'never', 18],
    ['oauth_client_secret', null, 'never', 18, { secret: true }],
    ['oauth_scope', null, 'never', 18],
    ['oauth_ca_file', 'PGOAUTHCAFILE', 'never', 19],
    ['sslkeylogfile', null, 'never', 18, { refused: 'writes the keys of the encryption to a file' }],
];
const PARAMETERS = ROWS.map(([keyword, env, exported, since, more]) => ({
    keyword,
    ...(env === null ? {} : { env }),
    since: since ?? 15,
    export: exported,
    ...more,
}));
const BY_KEYWORD = new Map(PARAMETERS.map((parameter) => [parameter.keyword, parameter]));
const findParameter = (keyword) => BY_KEYWORD.get(keyword);


/***/ }),

/***/ 164:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  G: () => (/* binding */ settle)
});

// UNUSED EXPORTS: inputName

// EXTERNAL MODULE: ./build/nearest.js
var nearest = __nccwpck_require__(658);
// EXTERNAL MODULE: ./build/problems/index.js + 7 modules
var problems = __nccwpck_require__(98);
// EXTERNAL MODULE: ./build/connection/connection.js
var connection_connection = __nccwpck_require__(33);
// EXTERNAL MODULE: ./build/connection/foreign.js
var connection_foreign = __nccwpck_require__(45);
// EXTERNAL MODULE: ./build/connection/hosts.js
var connection_hosts = __nccwpck_require__(118);
// EXTERNAL MODULE: ./build/connection/neon-host.js
var neon_host = __nccwpck_require__(840);
// EXTERNAL MODULE: ./build/connection/parameters.js
var connection_parameters = __nccwpck_require__(685);
;// CONCATENATED MODULE: ./build/connection/placeholder.js
const SHAPES = [
    /^<[^<>]*>$/,
    /^\[[A-Z][A-Z _-]*\]$/i,
    /^\$\{[A-Za-z_]\w*\}$/,
    /^\$\([A-Za-z_]\w*\)$/,
    /^\$\{\{.*\}\}$/,
    /^\{\{?[\w\s.-]+\}?\}$/,
    /^%[A-Z_]+%$/,
    /^(\*{3,}|•{3,}|x{4,}|X{4,}|\.{3}|…)$/,
    /^(your|my|the)[-_ ]?(own[-_ ]?)?(db|database|postgres|neon|secret)?[-_ ]?(password|passwd|user(name)?|role|host(name)?|database|db(name)?)([-_ ]?here)?$/i,
    /^(change|replace)[-_ ]?(me|this)$/i,
];
const GENERIC_USER = /^(user|username|db_?user|role)$/i;
const GENERIC_PASSWORD = /^(password|pass|passwd|pwd|secret|db_?password|mypassword)$/i;
const GENERIC_HOST = /^(host|hostname|db_?host|server|your[-_]?host(name)?)$/i;
const findPlaceholder = (parameters, local) => {
    for (const keyword of ['password', 'user', 'host', 'dbname']) {
        const value = parameters.get(keyword);
        if (value !== undefined && SHAPES.some((shape) => shape.test(value)))
            return keyword;
    }
    const user = parameters.get('user') ?? '';
    const password = parameters.get('password') ?? '';
    const host = parameters.get('host') ?? '';
    if (GENERIC_HOST.test(host) && GENERIC_USER.test(user))
        return 'host';
    if (GENERIC_USER.test(user) && GENERIC_PASSWORD.test(password) && !local)
        return 'password';
    if (password === 'AbC123dEf')
        return 'password';
    return undefined;
};

;// CONCATENATED MODULE: ./build/connection/sslmode.js


const rank = (mode) => connection_connection/* SSL_MODES */.y.indexOf(mode);
const settleSslMode = ({ input, parameters, foreign, local }) => {
    if (input !== undefined)
        return { mode: input, notices: [] };
    const notices = [];
    const said = parameters.get('sslmode');
    const demands = findDemands(parameters, foreign);
    let mode = said ?? (local && !parameters.has('sslrootcert') ? 'disable' : 'verify-full');
    if (mode === 'allow') {
        mode = 'prefer';
        notices.push('`sslmode=allow` is not known to all clients; `prefer` is used, which tries TLS first and is never weaker.');
    }
    for (const { name, atLeast, why } of demands) {
        if (rank(mode) >= rank(atLeast))
            continue;
        mode = atLeast;
        notices.push(`\`${name}\` ${why}, so sslmode is \`${atLeast}\`; the input \`sslmode\` overrides this.`);
    }
    return { mode, notices };
};
const findDemands = (parameters, foreign) => {
    const demands = [];
    if (parameters.get('channel_binding') === 'require') {
        const why = 'asks for protection against a man in the middle, which not every client can be told that way';
        demands.push({ name: 'channel_binding=require', atLeast: 'verify-full', why });
    }
    if (parameters.get('sslmode') === 'require' && parameters.has('sslrootcert')) {
        demands.push({ name: 'sslrootcert', atLeast: 'verify-ca', why: 'makes libpq check the CA under `sslmode=require`' });
    }
    for (const [name, value] of foreign) {
        const atLeast = (0,connection_foreign/* askedMode */.E)(name, value);
        if (atLeast === undefined)
            continue;
        demands.push({ name, atLeast, why: 'asks for TLS' });
    }
    return demands;
};

;// CONCATENATED MODULE: ./build/connection/trust.js

const FILES = [
    ['sslrootcert', 'ca'],
    ['sslcert', 'cert'],
    ['sslkey', 'key'],
    ['sslcrl', 'crl'],
];
const readTrust = async (parameters, readFile) => {
    const trust = {};
    for (const [keyword, part] of FILES) {
        const value = parameters.get(keyword);
        if (value === undefined || (keyword === 'sslrootcert' && value === 'system'))
            continue;
        trust[part] = value.includes('-----BEGIN') ? unfold(value) : readPem(keyword, value, readFile);
    }
    const passphrase = parameters.get('sslpassword');
    if (passphrase !== undefined)
        trust.passphrase = passphrase;
    if (Object.keys(trust).length === 0)
        return trust;
    const wrong = (await __nccwpck_require__.e(/* import() */ 467).then(__nccwpck_require__.bind(__nccwpck_require__, 467))).checkCertificates(trust);
    if (wrong !== undefined)
        throw new problems/* Problem */.AF('invalid-input', { input: wrong.keyword, what: wrong.what, fix: wrong.fix });
    return trust;
};
const readPem = (input, path, readFile) => {
    let text;
    try {
        text = readFile(path);
    }
    catch {
        throw new problems/* Problem */.AF('invalid-input', {
            input,
            what: 'is neither PEM text nor the path of a file that can be read',
            fix: 'Give the PEM text itself (a secret can hold it, with its lines), or a path that exists at this step: check out the repository first.',
        });
    }
    if (!text.includes('-----BEGIN')) {
        throw new problems/* Problem */.AF('invalid-input', {
            input,
            what: 'names a file that holds no PEM',
            fix: 'Give a file with -----BEGIN …----- lines.',
        });
    }
    return text;
};
const unfold = (pem) => `${pem.replaceAll('\\r', '').replaceAll('\\n', '\n').trim()}\n`;

// EXTERNAL MODULE: ./build/connection/bytes.js
var bytes = __nccwpck_require__(282);
// EXTERNAL MODULE: ./build/connection/values.js
var values = __nccwpck_require__(247);
;// CONCATENATED MODULE: ./build/connection/validate.js



function checkParameters(parameters) {
    for (const { keyword, check, since } of connection_parameters/* PARAMETERS */.z7) {
        const value = parameters.get(keyword);
        if (value === undefined || since > connection_parameters/* LIBPQ */.l7)
            continue;
        const what = check?.(value);
        if (what)
            return { keyword, what };
    }
    for (const rule of [hostCounts, portCounts, socketPaths, systemRoots, directTls, tlsRange, protocolRange]) {
        const fault = rule(parameters);
        if (fault)
            return fault;
    }
    return undefined;
}
const given = (parameters, keyword) => (parameters.get(keyword) || undefined)?.split(',');
function hostCounts(parameters) {
    const hosts = given(parameters, 'host');
    const addresses = given(parameters, 'hostaddr');
    if (!hosts || !addresses || hosts.length === addresses.length)
        return undefined;
    return {
        keyword: 'hostaddr',
        what: `lists ${addresses.length} addresses for ${hosts.length} hosts`,
        fix: 'Give one address for each host, in the same order.',
    };
}
function portCounts(parameters) {
    const ports = given(parameters, 'port');
    const hosts = given(parameters, 'hostaddr') ?? given(parameters, 'host') ?? [''];
    if (!ports || ports.length === 1 || ports.length === hosts.length)
        return undefined;
    return {
        keyword: 'port',
        what: `lists ${ports.length} ports for ${hosts.length} ${hosts.length === 1 ? 'host' : 'hosts'}`,
        fix: 'Give one port for all hosts, or one for each in the same order.',
    };
}
const SOCKET_PATH = 107;
function socketPaths(parameters) {
    const addresses = given(parameters, 'hostaddr') ?? [];
    const ports = given(parameters, 'port') ?? [''];
    const tooLong = (given(parameters, 'host') ?? []).some((host, i) => {
        if (addresses[i] || !/^[/@]/.test(host))
            return false;
        const port = Number((ports.length === 1 ? ports[0] : ports[i]) || 5432);
        return (0,bytes/* encodeBytes */.MW)(`${host}/.s.PGSQL.${port}`).length > SOCKET_PATH;
    });
    if (!tooLong)
        return undefined;
    return { keyword: 'host', what: `gives a socket whose path is longer than ${SOCKET_PATH} bytes`, fix: 'Use a shorter folder.' };
}
function systemRoots(parameters) {
    const sslmode = parameters.get('sslmode') ?? 'verify-full';
    if (parameters.get('sslrootcert') !== 'system' || sslmode === 'verify-full')
        return undefined;
    return {
        keyword: 'sslmode',
        what: 'is too weak beside `sslrootcert=system`, which goes with `verify-full` only',
        fix: 'Use `sslmode=verify-full`.',
    };
}
function directTls(parameters) {
    if (parameters.get('sslnegotiation') !== 'direct')
        return undefined;
    const fallback = parameters.get('sslrootcert') === 'system' ? 'verify-full' : 'prefer';
    if (/^[rv]/.test(parameters.get('sslmode') ?? fallback))
        return undefined;
    return {
        keyword: 'sslnegotiation',
        what: 'must not be `direct` unless `sslmode` is `require` or stronger',
        fix: 'Use `sslmode=verify-full`.',
    };
}
function tlsRange(parameters) {
    const least = parameters.get('ssl_min_protocol_version') ?? 'TLSv1.2';
    const most = parameters.get('ssl_max_protocol_version') ?? '';
    if (!least || !most || values/* TLS_VERSIONS */.Mk.indexOf(least.toLowerCase()) <= values/* TLS_VERSIONS */.Mk.indexOf(most.toLowerCase()))
        return undefined;
    return { keyword: 'ssl_max_protocol_version', what: 'is below `ssl_min_protocol_version`, which is TLSv1.2 when not given' };
}
function protocolRange(parameters) {
    const order = ['3.0', '3.2', 'latest'];
    const least = parameters.get('min_protocol_version');
    const most = parameters.get('max_protocol_version');
    if (!least || !most || order.indexOf(least) <= order.indexOf(most) || most === '3.2')
        return undefined;
    return { keyword: 'max_protocol_version', what: 'is below `min_protocol_version`' };
}

;// CONCATENATED MODULE: ./build/connection/settle.js











const inputName = (keyword) => (keyword === 'dbname' ? 'database' : keyword.replaceAll('_', '-'));
const settle = async (said, overrides, readFile) => {
    const notices = [...said.notices];
    const parameters = merge(said, overrides, notices);
    const from = (keyword) => (overrides.parameters.has(keyword) ? 'input' : 'string');
    refuseFiles(said, parameters);
    refuseUnknown(said);
    checkTexts(parameters, from);
    const unencoded = said.url && from('host') === 'string';
    const placeholder = findPlaceholder(parameters, (0,connection_hosts/* isLocal */.IX)({ host: parameters.get('host') ?? '', port: 0 }));
    if (placeholder !== undefined) {
        const where = from(placeholder) === 'input' ? `Input \`${inputName(placeholder)}\`` : '`connection-string`';
        throw new problems/* Problem */.AF('placeholder-value', { where, part: inputName(placeholder) });
    }
    requireParts(parameters, unencoded);
    const wrong = checkParameters(parameters);
    if (wrong !== undefined) {
        const fix = wrong.fix ?? (unencoded && wrong.keyword === 'port' ? connection_hosts/* ENCODE */.zA : `Correct \`${inputName(wrong.keyword)}\`, or take it out.`);
        throw refuse(wrong.keyword, from(wrong.keyword), wrong.what, fix);
    }
    const hosts = choosePooled((0,connection_hosts/* pairHosts */.Ep)(parameters, unencoded), overrides.pooled);
    const local = hosts.every(connection_hosts/* isLocal */.IX);
    if (!parameters.has('password') && !parameters.has('sslcert') && !local) {
        throw refuse('password', from('password'), 'is empty', 'Give the password: in the string, or raw through the `password` input. If it comes from a secret, check that this job is handed it.');
    }
    const input = overrides.parameters.get('sslmode');
    const { mode, notices: modeNotices } = settleSslMode({ input, parameters, foreign: said.foreign, local });
    notices.push(...modeNotices, ...dropEndpointOption(parameters, hosts, from('options')));
    const connection = {
        hosts,
        user: parameters.get('user'),
        ...(parameters.has('password') ? { password: parameters.get('password') } : {}),
        database: parameters.get('dbname'),
        sslmode: mode,
        connectTimeout: Math.max(0, Number(parameters.get('connect_timeout'))),
        trust: await readTrust(parameters, readFile),
        parameters: new Map([...parameters].filter(([keyword]) => !SETTLED.has(keyword))),
        foreign: said.foreign,
    };
    notices.push(...remarks(connection, overrides));
    return { connection, notices };
};
const SETTLED = new Set('host hostaddr port user password dbname sslmode connect_timeout sslrootcert sslcert sslkey sslpassword sslcrl'.split(' '));
const merge = (said, overrides, notices) => {
    const parameters = new Map([...overrides.defaults, ...said.parameters, ...overrides.parameters]);
    const overridden = [...overrides.parameters.keys()].filter((keyword) => {
        const before = said.parameters.get(keyword);
        return before !== undefined && before !== overrides.parameters.get(keyword);
    });
    if (overridden.length > 0) {
        notices.push(`The inputs override these parts of \`connection-string\`: ${overridden.map(inputName).join(', ')}.`);
    }
    if (overrides.parameters.has('host')) {
        parameters.delete('hostaddr');
        if (!overrides.parameters.has('port') && (parameters.get('port') ?? '').includes(','))
            parameters.delete('port');
    }
    return parameters;
};
const refuseUnknown = ({ parameters, foreign }) => {
    for (const name of foreign.keys()) {
        if (connection_foreign/* FOREIGN */.n[name] !== undefined || connection_parameters/* PARAMETERS */.z7.some(({ keyword }) => keyword === name))
            continue;
        const whole = parameters.has('user') &&
            ![...parameters.values(), ...foreign.keys(), ...foreign.values()].some((text) => text.includes('@'));
        const near = (0,nearest/* nearest */.p)(name, [...connection_parameters/* PARAMETERS */.z7.map((parameter) => parameter.keyword), ...Object.keys(connection_foreign/* FOREIGN */.n)]);
        throw new problems/* Problem */.AF('invalid-connection-string', {
            what: whole && /^[\w.-]{1,40}$/.test(name)
                ? `has the parameter \`${name}\`, which nobody knows`
                : 'has a parameter that nobody knows',
            fix: near === undefined
                ? 'Take it out; if it belongs to the password, percent-encode the password.'
                : `Did you mean \`${near}\`?`,
        });
    }
};
const refuseFiles = ({ foreign }, parameters) => {
    for (const { keyword, refused } of connection_parameters/* PARAMETERS */.z7) {
        if (refused === undefined || !(parameters.has(keyword) || foreign.has(keyword)))
            continue;
        throw new problems/* Problem */.AF('invalid-connection-string', {
            what: `has \`${keyword}\`, which ${refused}`,
            fix: `Take \`${keyword}\` out and give what it stands for in the string itself.`,
        });
    }
};
const MAX_BYTES = 8192;
const checkTexts = (parameters, from) => {
    for (const [keyword, value] of parameters) {
        if (/^ssl(rootcert|cert|key|crl)$/.test(keyword) && value.includes('-----BEGIN'))
            continue;
        const complain = (what, fix) => refuse(keyword, from(keyword), what, fix);
        if (/\p{Cc}/u.test(value)) {
            throw complain('holds a line break or another control character', 'Store the value again as one line, without a line break in it or after it.');
        }
        if (!value.isWellFormed())
            throw complain('holds bytes that are not UTF-8', 'Percent-encode the value’s UTF-8 bytes.');
        if (Buffer.byteLength(value) > MAX_BYTES)
            throw complain('is longer than 8 KiB', 'Check what was pasted: no part of a connection is that long.');
    }
};
const requireParts = (parameters, url) => {
    if (url && !parameters.has('user') && (parameters.get('dbname') ?? '').includes('@')) {
        throw new problems/* Problem */.AF('invalid-connection-string', { what: 'has a `/` before its `@`, where a URL’s host ends', fix: connection_hosts/* ENCODE */.zA });
    }
    for (const keyword of ['host', 'user', 'dbname']) {
        if (parameters.has(keyword) || (keyword === 'host' && parameters.has('hostaddr')))
            continue;
        const part = inputName(keyword);
        throw new problems/* Problem */.AF('invalid-connection-string', {
            what: `names no ${part}`,
            fix: `Add the ${part} to the string (postgresql://user:password@host/database), or give it through the \`${part}\` input.`,
        });
    }
};
const refuse = (keyword, from, what, fix) => from === 'input'
    ? new problems/* Problem */.AF('invalid-input', { input: inputName(keyword), what, fix })
    : new problems/* Problem */.AF('invalid-connection-string', {
        what: `has a part that cannot be used: its ${PLAIN.get(keyword) ?? `\`${keyword}\``} ${what}`,
        fix,
    });
const PLAIN = new Map(['host', 'port', 'user', 'password'].map((keyword) => [keyword, keyword])).set('dbname', 'database');
const choosePooled = (hosts, pooled) => {
    if (pooled === undefined)
        return hosts;
    return hosts.map((given) => {
        const neon = (0,neon_host/* neonHost */.h)(given.host);
        if (neon === undefined)
            throw new problems/* Problem */.AF('pooled-unsupported', { host: given.host });
        return { ...given, host: pooled ? neon.pooled : neon.direct };
    });
};
const dropEndpointOption = (parameters, hosts, from) => {
    const options = parameters.get('options');
    if (options === undefined || from === 'input' || !hosts.some(({ host }) => (0,neon_host/* neonHost */.h)(host)))
        return [];
    const rest = options.replace(/(^|\s)(?:endpoint|project)(?:=|%3[Dd])\S+/g, '').trim();
    if (rest === options)
        return [];
    if (rest === '')
        parameters.delete('options');
    else
        parameters.set('options', rest);
    return [
        '`options=endpoint=…` is only for clients that send no SNI and was left out; give it through the `options` input to keep it.',
    ];
};
const remarks = (connection, overrides) => {
    const notices = [];
    const kept = [...connection.parameters.keys()].filter((keyword) => {
        const parameter = connection_parameters/* PARAMETERS */.z7.find((known) => known.keyword === keyword);
        return parameter?.export === 'never' && !overrides.parameters.has(keyword) && keyword !== 'channel_binding';
    });
    if (connection.hosts.some(({ hostaddr }) => hostaddr !== undefined))
        kept.push('hostaddr');
    if (kept.length > 0) {
        notices.push(`Only the probe uses ${kept.map((keyword) => `\`${keyword}\``).join(', ')}: not every client can be told, so it is not exported.`);
    }
    if (connection.foreign.size > 0) {
        const names = [...connection.foreign.keys()].map((name) => `\`${name}\``).join(', ');
        notices.push(`${names} in \`connection-string\` ${connection.foreign.size > 1 ? 'are' : 'is'} for one client only and left out of the shared DATABASE_URL.`);
    }
    if (connection.hosts.length > 1) {
        notices.push('Several hosts: clients on libpq, JDBC, pgx and postgres.js try each; node-postgres knows only one.');
    }
    if (!connection_connection/* SSL_MODES */.y.slice(connection_connection/* SSL_MODES */.y.indexOf('require')).includes(connection.sslmode) && !connection.hosts.every(connection_hosts/* isLocal */.IX)) {
        notices.push(`sslmode is \`${connection.sslmode}\`: whoever stands between can read everything. \`verify-full\` is safe.`);
    }
    return notices;
};


/***/ }),

/***/ 247:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F_: () => (/* binding */ base64Key),
/* harmony export */   Mk: () => (/* binding */ TLS_VERSIONS),
/* harmony export */   Xg: () => (/* binding */ protocolVersion),
/* harmony export */   Yj: () => (/* binding */ eachAddress),
/* harmony export */   dH: () => (/* binding */ eachPort),
/* harmony export */   nd: () => (/* binding */ integer),
/* harmony export */   oC: () => (/* binding */ requireAuth),
/* harmony export */   u9: () => (/* binding */ tlsVersion),
/* harmony export */   yL: () => (/* binding */ oneOf)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(30);

const oneOf = (...words) => (value) => words.includes(value) ? undefined : `must be ${list(words)}`;
const list = (words) => words
    .map((word) => `\`${word}\``)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');
function parseInteger(text) {
    if (!/^[ \t\n\v\f\r]*[+-]?[0-9]+[ \t\n\v\f\r]*$/.test(text))
        return Number.NaN;
    const number = Number(text);
    return number >= -(2 ** 31) && number < 2 ** 31 ? number : Number.NaN;
}
const integer = (value) => (Number.isNaN(parseInteger(value)) ? 'must be a whole number' : undefined);
const eachPort = (value) => value.split(',').every((port) => port === '' || (parseInteger(port) >= 1 && parseInteger(port) <= 65535))
    ? undefined
    : 'must be a number from 1 to 65535';
const eachAddress = (value) => value.split(',').every((address) => address === '' || (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIPv6)(address) || isIPv4(address))
    ? undefined
    : 'must be an IP address; a name belongs into `host`';
function isIPv4(address) {
    const parts = address.split('.');
    if (parts.length > 4 || !parts.every((part) => /^(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/.test(part)))
        return false;
    const numbers = parts.map((part) => (/^0[0-7]/.test(part) ? Number.parseInt(part, 8) : Number(part)));
    return numbers.every((number, i) => number < (i === parts.length - 1 ? 256 ** (5 - parts.length) : 256));
}
const protocolVersion = oneOf('3.0', '3.2', 'latest');
const TLS_VERSIONS = ['tlsv1', 'tlsv1.1', 'tlsv1.2', 'tlsv1.3'];
const tlsVersion = (value) => value === '' || TLS_VERSIONS.includes(value.toLowerCase())
    ? undefined
    : `must be ${list(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'])}`;
const METHODS = ['password', 'md5', 'gss', 'sspi', 'scram-sha-256', 'oauth', 'none'];
const requireAuth = (value) => {
    if (value === '')
        return undefined;
    const entries = value.split(',');
    const names = entries.map((entry) => entry.replace(/^!/, ''));
    if (names.some((name) => !METHODS.includes(name)))
        return `must be a list of ${list(METHODS)}, or of such names with \`!\` before each`;
    if (new Set(names).size < names.length)
        return 'names a method twice';
    if (new Set(entries.map((entry) => entry.startsWith('!'))).size > 1)
        return 'mixes methods with and without `!`';
    return undefined;
};
const base64Key = (value) => (/^[A-Za-z0-9+/]{43}=$/.test(value) ? undefined : 'must be 32 bytes in base64');


/***/ }),

/***/ 459:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ plan)
});

// EXTERNAL MODULE: ./build/clients/index.js + 19 modules
var build_clients = __nccwpck_require__(799);
// EXTERNAL MODULE: ./build/connection/neon-host.js
var neon_host = __nccwpck_require__(840);
// EXTERNAL MODULE: ./build/problems/index.js + 7 modules
var problems = __nccwpck_require__(98);
;// CONCATENATED MODULE: ./build/runner/variable-names.js

const RESERVED_NAMES = [
    ...['PATH', 'HOME', 'SHELL', 'IFS', 'ENV', 'CDPATH', 'TMPDIR', 'BASH_*', 'PS4', 'PROMPT_COMMAND', 'LD_*', 'DYLD_*'],
    ...['NODE_*', 'NPM_*', 'PYTHON*', 'PERL5*', 'RUBY*', 'GEM_*', 'BUNDLE_*', 'GIT_*', 'SSH_*', 'DOCKER_*'],
    ...['JAVA_TOOL_OPTIONS', '_JAVA_OPTIONS', 'JDK_JAVA_OPTIONS', 'CLASSPATH', 'GOFLAGS', 'RUSTC_*', 'CARGO_*'],
    ...['GITHUB_*', 'RUNNER_*', 'ACTIONS_*', 'INPUT_*', 'STATE_*', 'CI', 'SSL_CERT_*', 'OPENSSL_*', '*_PROXY'],
    ...['PGOPTIONS', 'PGSERVICE', 'PGSERVICEFILE', 'PGPASSFILE', 'PGSYSCONFDIR', 'PGHOSTADDR', 'PGSSLROOTCERT'],
];
const isReserved = (name) => RESERVED_NAMES.some((entry) => {
    if (entry.startsWith('*'))
        return name.endsWith(entry.slice(1));
    return entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : name === entry;
});
function prefixed(variables, prefix) {
    if (prefix === '')
        return new Map(variables);
    if (!/^[A-Z][A-Z0-9_]{0,63}$/.test(prefix)) {
        throw new problems/* Problem */.AF('invalid-input', {
            input: 'env-prefix',
            what: 'is not an upper-case letter followed by at most 63 upper-case letters, digits or `_`',
            fix: 'Use a prefix such as `ANALYTICS_`.',
        });
    }
    const result = new Map(Array.from(variables, ([name, value]) => [prefix + name, value]));
    const reserved = [...result.keys()].find(isReserved);
    if (reserved !== undefined) {
        throw new problems/* Problem */.AF('invalid-input', {
            input: 'env-prefix',
            what: `would set \`${reserved}\`, a name by which other programs are steered`,
            fix: 'Use another prefix, such as the name of what the database holds.',
        });
    }
    return result;
}

;// CONCATENATED MODULE: ./build/export.js



const plan = (connection, files, inputs) => {
    const clients = (0,build_clients/* readClients */.pH)(inputs.clients.join('\n'));
    const spelt = (0,build_clients/* variables */.Ee)(connection, files, clients, { channelBinding: inputs.parts.has('channel_binding') });
    const all = prefixed(spelt, inputs.envPrefix);
    const outputs = outputsOf(connection, files, clients, spelt);
    outputs.set('exported', (inputs.exportEnv || inputs.envFile !== '' ? [...all.keys()] : []).join(','));
    const urls = [...outputs].filter(([name]) => name.startsWith('database-url')).map(([, url]) => url);
    return {
        variables: inputs.exportEnv ? all : new Map(),
        all,
        outputs,
        secrets: connection.password === undefined ? [] : [...new Set([...(0,build_clients/* secretsIn */.VY)(connection, files, clients), ...urls])],
        clients,
        notices: (0,build_clients/* clientNotices */.x1)(connection, files, clients),
    };
};
const outputsOf = (connection, files, clients, spelt) => {
    const outputs = new Map([
        ['available', 'true'],
        ['database-url', spelt.get('DATABASE_URL')],
    ]);
    for (const way of ['pooled', 'direct']) {
        const hosts = connection.hosts.map((given) => ({ ...given, host: (0,neon_host/* neonHost */.h)(given.host)?.[way] ?? given.host }));
        if (!connection.hosts.some(({ host }) => (0,neon_host/* neonHost */.h)(host)))
            continue;
        const url = (0,build_clients/* variables */.Ee)({ ...connection, hosts: hosts }, files, clients).get('DATABASE_URL');
        outputs.set(way === 'pooled' ? 'database-url-pooled' : 'database-url-unpooled', url);
    }
    const part = (output, variable) => {
        const value = spelt.get(variable);
        if (value !== undefined)
            outputs.set(output, value);
    };
    part('host', 'PGHOST');
    part('port', 'PGPORT');
    part('database', 'PGDATABASE');
    part('user', 'PGUSER');
    part('password', 'PGPASSWORD');
    part('sslmode', 'PGSSLMODE');
    return outputs;
};


/***/ }),

/***/ 508:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ guard)
/* harmony export */ });
/* harmony import */ var _problems_index_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(98);

const guard = (connection, allowed) => {
    const hosts = allowed.hosts.map((glob) => matcher(glob.toLowerCase()));
    for (const { host } of connection.hosts) {
        if (hosts.length > 0 && !hosts.some((matches) => matches(host.toLowerCase())))
            throw new _problems_index_js__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .AF('host-not-allowed', { host });
    }
    const databases = allowed.databases.map(matcher);
    const { database } = connection;
    if (databases.length > 0 && !databases.some((matches) => matches(database)))
        throw new _problems_index_js__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .AF('database-not-allowed', { database });
};
const matcher = (glob) => {
    const pattern = glob
        .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.');
    const expression = new RegExp(`^${pattern}$`, 'su');
    return (text) => expression.test(text);
};


/***/ }),

/***/ 175:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FB: () => (/* binding */ overridesOf),
/* harmony export */   Ko: () => (/* binding */ readInputs),
/* harmony export */   pH: () => (/* binding */ SECRET_INPUTS)
/* harmony export */ });
/* harmony import */ var _connection_connection_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(33);
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(658);
/* harmony import */ var _problems_index_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(98);



const PARTS = [
    ['host', 'host'],
    ['port', 'port'],
    ['database', 'dbname'],
    ['user', 'user'],
    ['password', 'password'],
    ['sslmode', 'sslmode'],
    ['sslrootcert', 'sslrootcert'],
    ['sslcert', 'sslcert'],
    ['sslkey', 'sslkey'],
    ['channel-binding', 'channel_binding'],
    ['options', 'options'],
    ['application-name', 'application_name'],
];
const SECRET_INPUTS = ['connection-string', 'password', 'sslkey', 'neon-api-key'];
const CONNECT_TIMEOUT = '15';
const MAX_PROBE_SECONDS = 24 * 60 * 60;
const readInputs = (get) => {
    const trimmed = (name) => get(name)
        .replace(/^\uFEFF/, '')
        .trim();
    const notices = [];
    const parts = new Map();
    for (const [input, keyword] of PARTS) {
        const value = input === 'password' ? rawPassword(get(input), notices) : trimmed(input);
        if (value !== '')
            parts.set(keyword, value);
    }
    oneOf('sslmode', parts.get('sslmode') ?? '', _connection_connection_js__WEBPACK_IMPORTED_MODULE_1__/* .SSL_MODES */ .y.filter((mode) => mode !== 'allow'));
    oneOf('channel-binding', parts.get('channel_binding') ?? '', ['require', 'prefer', 'disable']);
    const connectTimeout = trimmed('connect-timeout') || CONNECT_TIMEOUT;
    seconds('connect-timeout', connectTimeout, 0, 2_147_483_647);
    if (connectTimeout !== CONNECT_TIMEOUT)
        parts.set('connect_timeout', connectTimeout);
    const pooled = trimmed('pooled');
    return {
        connectionString: get('connection-string'),
        parts,
        connectTimeout,
        pooled: pooled === '' ? undefined : boolean('pooled', pooled),
        neon: {
            apiKey: trimmed('neon-api-key'),
            projectId: trimmed('neon-project-id'),
            branch: trimmed('neon-branch'),
            apiHost: trimmed('neon-api-host'),
        },
        clients: list(trimmed('clients')),
        exportEnv: boolean('export-env', trimmed('export-env') || 'true'),
        envPrefix: trimmed('env-prefix'),
        envFile: trimmed('env-file'),
        allowedHosts: list(trimmed('allowed-hosts')),
        allowedDatabases: list(trimmed('allowed-databases')),
        onMissing: oneOf('on-missing', trimmed('on-missing') || 'fail', ['fail', 'skip']),
        allowUntrustedEvents: boolean('allow-untrusted-events', trimmed('allow-untrusted-events') || 'false'),
        probe: boolean('probe', trimmed('probe') || 'false'),
        probeTimeoutMs: seconds('probe-timeout', trimmed('probe-timeout') || '60', 1, MAX_PROBE_SECONDS) * 1000,
        notices,
    };
};
const overridesOf = (inputs) => ({
    parameters: inputs.parts,
    defaults: new Map([['connect_timeout', inputs.connectTimeout]]),
    pooled: inputs.pooled,
});
const rawPassword = (value, notices) => {
    const password = value.replace(/[\r\n]+$/, '').replace(/^[\r\n]+/, '');
    if (password !== value)
        notices.push('Input `password` had a line end around it; taken off.');
    if (password !== password.trim() && password.trim() !== '') {
        notices.push('Input `password` begins or ends with a blank, which was kept.');
    }
    return password.trim() === '' ? '' : password;
};
const list = (value) => [...new Set(value.split(/[\n\r,]+/).map((entry) => entry.trim()))].filter((entry) => entry !== '');
const oneOf = (input, value, allowed) => {
    if (value === '' || allowed.includes(value))
        return value;
    const near = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_2__/* .nearest */ .p)(value.toLowerCase().replaceAll('_', '-'), allowed);
    throw new _problems_index_js__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .AF('invalid-input', {
        input,
        what: `is not one of ${allowed.join(', ')}`,
        fix: near === undefined ? `Write one of ${allowed.join(', ')}.` : `Did you mean \`${near}\`?`,
    });
};
const boolean = (input, value) => {
    if (/^(true|True|TRUE)$/.test(value))
        return true;
    if (/^(false|False|FALSE)$/.test(value))
        return false;
    throw new _problems_index_js__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .AF('invalid-input', { input, what: 'is neither true nor false', fix: 'Write true or false.' });
};
const seconds = (input, value, least, most) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most)
        return number;
    throw new _problems_index_js__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .AF('invalid-input', {
        input,
        what: `is not a whole number of seconds from ${least} to ${most}`,
        fix: /^\d+\s*(ms|m|min|s|sec|seconds|h)$/i.test(value)
            ? 'Write the seconds alone, without a unit.'
            : 'Write the seconds as digits, such as 15.',
    });
};


/***/ }),

/***/ 479:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_13__ = __nccwpck_require__(49);
/* harmony import */ var _connection_settle_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(164);
/* harmony import */ var _export_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(459);
/* harmony import */ var _guards_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(508);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(175);
/* harmony import */ var _problems_index_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(98);
/* harmony import */ var _runner_event_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(371);
/* harmony import */ var _runner_hand_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(505);
/* harmony import */ var _runner_log_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(793);
/* harmony import */ var _runner_masks_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(790);
/* harmony import */ var _runner_report_js__WEBPACK_IMPORTED_MODULE_10__ = __nccwpck_require__(89);
/* harmony import */ var _secrets_js__WEBPACK_IMPORTED_MODULE_11__ = __nccwpck_require__(9);
/* harmony import */ var _sources_index_js__WEBPACK_IMPORTED_MODULE_12__ = __nccwpck_require__(305);














const get = (name) => _actions_core__WEBPACK_IMPORTED_MODULE_13__/* .getInput */ .V4(name, { trimWhitespace: false });
const step = async (signal) => {
    (0,_runner_log_js__WEBPACK_IMPORTED_MODULE_8__/* .mask */ .dK)((0,_secrets_js__WEBPACK_IMPORTED_MODULE_11__/* .pastedMasks */ .l2)(get));
    const inputs = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .readInputs */ .Ko)(get);
    if (!inputs.allowUntrustedEvents)
        await (0,_runner_event_js__WEBPACK_IMPORTED_MODULE_6__/* .refuseUntrusted */ .zd)();
    const source = (0,_sources_index_js__WEBPACK_IMPORTED_MODULE_12__/* .chooseSource */ .L)(inputs);
    if ('missing' in source) {
        const { what, fix } = (0,_runner_event_js__WEBPACK_IMPORTED_MODULE_6__/* .reasonForNone */ .wE)(await (0,_runner_event_js__WEBPACK_IMPORTED_MODULE_6__/* .readEvent */ .j_)());
        const reason = { what: `${source.missing}: ${what}`, fix };
        if (inputs.onMissing === 'skip')
            return (0,_runner_hand_js__WEBPACK_IMPORTED_MODULE_7__/* .skip */ .iv)(reason);
        throw new _problems_index_js__WEBPACK_IMPORTED_MODULE_5__/* .Problem */ .AF('missing-connection', reason);
    }
    const said = await (0,_sources_index_js__WEBPACK_IMPORTED_MODULE_12__/* .take */ .s)(source.kind, inputs, signal, {
        onSecret: (secret) => (0,_runner_log_js__WEBPACK_IMPORTED_MODULE_8__/* .mask */ .dK)((0,_runner_masks_js__WEBPACK_IMPORTED_MODULE_9__/* .forms */ .uO)(secret)),
        onWait: ({ what, delayMs }) => (0,_runner_log_js__WEBPACK_IMPORTED_MODULE_8__/* .info */ .pq)(`The Neon API ${what}; trying again in ${Math.round(delayMs)} ms`),
    });
    (0,_runner_log_js__WEBPACK_IMPORTED_MODULE_8__/* .mask */ .dK)((0,_secrets_js__WEBPACK_IMPORTED_MODULE_11__/* .saidMasks */ .jD)(said, inputs.parts, get));
    const { connection, notices } = await (0,_connection_settle_js__WEBPACK_IMPORTED_MODULE_1__/* .settle */ .G)(said, (0,_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .overridesOf */ .FB)(inputs), (path) => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8'));
    const files = (0,_runner_hand_js__WEBPACK_IMPORTED_MODULE_7__/* .planFiles */ .jP)(connection);
    const exported = (0,_export_js__WEBPACK_IMPORTED_MODULE_2__/* .plan */ .e)(connection, files.paths, inputs);
    (0,_runner_log_js__WEBPACK_IMPORTED_MODULE_8__/* .mask */ .dK)((0,_secrets_js__WEBPACK_IMPORTED_MODULE_11__/* .writtenMasks */ .nj)(connection, exported.secrets));
    for (const text of [...inputs.notices, ...notices, ...exported.notices, ...(0,_secrets_js__WEBPACK_IMPORTED_MODULE_11__/* .maskWarnings */ .yq)(connection)])
        (0,_runner_log_js__WEBPACK_IMPORTED_MODULE_8__/* .notice */ .lm)(text);
    (0,_guards_js__WEBPACK_IMPORTED_MODULE_3__/* .guard */ .a)(connection, { hosts: inputs.allowedHosts, databases: inputs.allowedDatabases });
    const writeEnvFile = (0,_runner_hand_js__WEBPACK_IMPORTED_MODULE_7__/* .planEnvFile */ .F3)(inputs.envFile, exported.all);
    await (0,_runner_hand_js__WEBPACK_IMPORTED_MODULE_7__/* .hand */ .sD)(connection, exported, files, writeEnvFile, undefined);
};
const cancelled = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'])
    process.once(name, () => cancelled.abort());
process.exitCode = await step(cancelled.signal).then(() => 0, (error) => (0,_runner_report_js__WEBPACK_IMPORTED_MODULE_10__/* .report */ .z)(error));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 658:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ near),
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
const nearest = (word, candidates) => near(word, candidates, 1)[0];
function near(word, candidates, most) {
    const found = [];
    for (const candidate of candidates) {
        const allowed = Math.min(3, Math.floor(Math.max(candidate.length, 3) / 3));
        if (Math.abs(candidate.length - word.length) > allowed)
            continue;
        const distance = editDistance(plain(word), plain(candidate));
        if (distance <= allowed)
            found.push({ candidate, distance });
    }
    return found
        .sort((a, b) => a.distance - b.distance)
        .slice(0, most)
        .map(({ candidate }) => candidate);
}
const plain = (word) => word.toLowerCase().replaceAll('-', '_');
function editDistance(a, b) {
    let before = [];
    let last = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (let i = 1; i <= a.length; i += 1) {
        const row = [i];
        for (let j = 1; j <= b.length; j += 1) {
            const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
            const swapped = i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
            let least = (last[j - 1] ?? 0) + (same ? 0 : 1);
            for (const other of [last[j], row[j - 1], swapped ? before[j - 2] : undefined]) {
                if (other !== undefined && other + 1 < least)
                    least = other + 1;
            }
            row[j] = least;
        }
        [before, last] = [last, row];
    }
    return last[b.length] ?? 0;
}


/***/ }),

/***/ 98:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  AF: () => (/* binding */ Problem)
});

// UNUSED EXPORTS: PROBLEMS, STAGES

;// CONCATENATED MODULE: ./build/problems/entry.js
const STAGES = [
    'input',
    'neon-api',
    'resolve',
    'connect',
    'negotiate',
    'tls',
    'certificate',
    'authenticate',
    'query',
];
const entries = (table) => table;

;// CONCATENATED MODULE: ./build/problems/any.js

const any = entries({
    'deadline-exceeded': {
        stages: STAGES,
        transient: false,
        title: 'The time for the probe is over',
        sentence: 'The probe ran out of time after {seconds} s, {last}.',
        fix: '{fix}',
        causes: [
            'A server that takes longer to get ready than `probe-timeout` allows.',
            'A server that accepted the connection and never finished the login.',
        ],
    },
    cancelled: {
        stages: STAGES,
        transient: false,
        title: 'The step was cancelled',
        sentence: 'The step was cancelled while the probe was {doing}.',
        fix: 'Nothing to do: the workflow run was cancelled, and nothing has been written to the job.',
        causes: ['The workflow run or the job was cancelled, or its time limit passed.'],
    },
});

;// CONCATENATED MODULE: ./build/problems/input.js

const input = entries({
    'missing-connection': {
        stages: ['input'],
        transient: false,
        title: 'No database connection was given',
        sentence: 'No connection was given: {what}.',
        fix: '{fix}',
        causes: [
            'A pull request from a fork or from Dependabot: GitHub hands those runs no secrets.',
            'A reusable workflow whose caller did not pass the secret on.',
            'A job without the `environment:` that holds the secret.',
            'A misspelt secret name: GitHub gives an empty value for a secret that does not exist.',
        ],
    },
    'invalid-connection-string': {
        stages: ['input'],
        transient: false,
        title: 'The connection string cannot be used',
        sentence: '`connection-string` {what}.',
        fix: '{fix}',
        causes: [
            'A character of the password that means something in a URL (`@ : / % # ?`) was not percent-encoded.',
            'The string was cut, joined from parts of which one was empty, or is not a Postgres connection at all.',
        ],
    },
    'placeholder-value': {
        stages: ['input'],
        transient: false,
        title: 'The connection is still a template',
        sentence: '{where} still holds a placeholder in its {part}.',
        fix: 'Put the real value into the secret; on Neon, press Connect and copy the string with the password shown.',
        causes: ['An example from a page or a README was stored as the secret.'],
    },
    'invalid-input': {
        stages: ['input'],
        transient: false,
        title: 'An input cannot be used',
        sentence: 'Input `{input}` {what}.',
        fix: '{fix}',
        causes: ['A value that is not one of those allowed, or two inputs that exclude each other.'],
    },
    'host-not-allowed': {
        stages: ['input'],
        transient: false,
        title: 'This host is not allowed here',
        sentence: 'The connection goes to host `{host}`, which `allowed-hosts` does not allow.',
        fix: 'Give this job the secret of the right database, or add the host to `allowed-hosts` if it is meant.',
        causes: ['The secret of another environment reached this job: `allowed-hosts` stopped it.'],
    },
    'database-not-allowed': {
        stages: ['input'],
        transient: false,
        title: 'This database is not allowed here',
        sentence: 'The connection goes to database `{database}`, which `allowed-databases` does not allow.',
        fix: 'Give this job the secret of the right database, or add the name to `allowed-databases` if it is meant.',
        causes: ['The secret of another environment reached this job: `allowed-databases` stopped it.'],
    },
    'untrusted-event': {
        stages: ['input'],
        transient: false,
        title: 'A fork’s code must not get this connection',
        sentence: 'This run was started by `{event}` {why}, so code from outside may run beside the secret.',
        fix: 'Use `pull_request` instead; or set `allow-untrusted-events: true` if no code of the fork runs in this job.',
        causes: ['`pull_request_target` and `workflow_run` hand the repository’s secrets to a run that a fork can start.'],
    },
    'client-conflict': {
        stages: ['input'],
        transient: false,
        title: 'Two clients need different variables',
        sentence: 'Input `clients` names `{first}` and `{second}`, which need different values of `{variable}`.',
        fix: 'Use the action twice, each with one of the clients, in different jobs or with `env-prefix` for one of them.',
        causes: ['One variable can hold only one spelling.'],
    },
    'pooled-unsupported': {
        stages: ['input'],
        transient: false,
        title: 'This host has no pooled form',
        sentence: 'Input `pooled` was given, but `{host}` is not a Neon host, so it has no pooled or direct form.',
        fix: 'Leave `pooled` empty and give the host that is wanted.',
        causes: ['Only Neon hosts have a `-pooler` form beside the direct one.'],
    },
});

;// CONCATENATED MODULE: ./build/problems/login.js

const login = entries({
    'password-rejected': {
        stages: ['authenticate'],
        transient: false,
        title: 'The password was rejected',
        sentence: '{server} rejects the password of user `{user}` (or has no such user: servers do not tell which).',
        fix: 'Copy user and password anew into the secret, and check that they belong to this host and branch. If the password has special characters, percent-encode them in a URL, or use the `password` input, which takes it raw.',
        causes: [
            'The password was changed or reset, or belongs to another branch, project or environment.',
            'The user does not exist here, has no password, or its password has expired.',
            'Special characters of the password were not percent-encoded, or were encoded where they must be raw.',
        ],
    },
    'password-missing': {
        stages: ['authenticate'],
        transient: false,
        title: 'The server asks for a password',
        sentence: '{server} asks user `{user}` for a password, and none was given.',
        fix: 'Add the password to the connection string, or give the `password` input.',
        causes: ['A URL without a password, or a secret that came out empty.'],
    },
    'role-not-permitted': {
        stages: ['authenticate'],
        transient: false,
        title: 'This user may not log in',
        sentence: 'User `{user}` may not log in to {server}{why}.',
        fix: 'Check the user name. The role must exist and have LOGIN (`ALTER ROLE … LOGIN`); on Neon use the role of your project, such as `neondb_owner`, not a system role.',
        causes: [
            'The role does not exist, is a group without LOGIN, or is protected by the provider.',
            'The server asks the operating system who you are (`peer`, `ident`), and that is another user.',
        ],
    },
    'no-hba-entry': {
        stages: ['authenticate'],
        transient: false,
        title: 'The server’s access rules refuse this connection',
        sentence: 'The access rules of {server} refuse user `{user}` on database `{database}` from this address {encryption}.',
        fix: '{fix}',
        causes: [
            'The server takes TLS connections only, and `sslmode` is `disable` (or the other way round).',
            '`pg_hba.conf` has no line for this address, user and database, or a `reject` line.',
            'A firewall rule of the provider that works through `pg_hba.conf` (Azure, Heroku, Aiven).',
        ],
    },
    'client-certificate-required': {
        stages: ['authenticate'],
        transient: false,
        title: 'The server wants a client certificate',
        sentence: '{server} lets user `{user}` in only with a client certificate, and {none}.',
        fix: 'Give `sslcert` and `sslkey`: a certificate for this user, issued by the CA that the server trusts, and its key.',
        causes: ['`pg_hba.conf` demands `cert` or `clientcert=verify-full` for this connection.'],
    },
    'authentication-unsupported': {
        stages: ['authenticate'],
        transient: false,
        title: 'The server asks for a login that cannot be done here',
        sentence: '{server} asks user `{user}` for {method}, which this step cannot do.',
        fix: 'Let the server accept SCRAM for this user (`scram-sha-256` in `pg_hba.conf`), which every client can do.',
        causes: [
            'Kerberos (GSSAPI), SSPI or OAuth in `pg_hba.conf`.',
            'A SCRAM iteration count so high that a login would take seconds.',
            'A method newer than this action.',
        ],
    },
    'authentication-downgrade': {
        stages: ['authenticate'],
        transient: false,
        title: 'The server asks for a weaker login than is safe',
        sentence: '{server} {what}; nothing secret was sent.',
        fix: '{fix}',
        causes: [
            'A man in the middle that wants the password in clear, or lets you in without proving itself.',
            'A server that is set up for `password`, `md5` or `trust`, against a connection that demands more (`require_auth`, `channel_binding`).',
        ],
    },
    'channel-binding-unavailable': {
        stages: ['authenticate'],
        transient: false,
        title: 'Channel binding is demanded, and the server does not offer it',
        sentence: 'The connection demands channel binding, and {server} {what}.',
        fix: 'Behind a pooler (PgBouncer and others) there is no channel binding: use the direct host, or remove `channel_binding=require` and set `sslmode: verify-full`, which protects as well.',
        causes: [
            'A pooler or proxy that ends TLS itself.',
            'A server that stores the password as md5, or is asked without TLS.',
            'A man in the middle.',
        ],
    },
    'database-not-found': {
        stages: ['authenticate'],
        transient: false,
        title: 'The database does not exist',
        sentence: '{server} has no database `{database}`.',
        fix: 'Check the name (upper and lower case count), or create it: `CREATE DATABASE`. On Neon look whether the branch has it.',
        causes: [
            'A typing error, or a name that was left out: the user’s name is then taken.',
            'A branch or server that was made anew.',
        ],
    },
    'permission-denied': {
        stages: ['authenticate', 'query'],
        transient: false,
        title: 'This user may not use the database',
        sentence: 'User `{user}` may not connect to database `{database}` on {server}.',
        fix: 'Let the owner run `GRANT CONNECT ON DATABASE … TO …`, and check that the database accepts connections at all (`datallowconn`).',
        causes: [
            '`CONNECT` was revoked from PUBLIC and not granted to this role.',
            'A template database, or one that is closed to connections.',
        ],
    },
    'too-many-connections': {
        stages: ['authenticate', 'negotiate'],
        transient: true,
        title: 'The server has no free connection',
        sentence: '{server} has no free connection left{forwhom}.',
        fix: 'Use the pooled host (`pooled: true` on Neon), run fewer jobs at once (`concurrency:`), or raise the limit (`max_connections`, `CONNECTION LIMIT`).',
        causes: [
            'Many parallel jobs, or an application with a large pool, on the same server.',
            'A low `CONNECTION LIMIT` of the role or database; a pooler at its `max_client_conn`.',
        ],
    },
    'server-unavailable': {
        stages: ['authenticate', 'negotiate', 'query'],
        transient: true,
        title: 'The server cannot serve yet',
        sentence: '{server} answers, but {why}.',
        fix: 'Usually waiting helps: the step tries again until `probe-timeout`. If that was not enough, raise it, and look into the server’s log.',
        causes: [
            'The server is starting, shutting down, recovering, or a standby that takes no connections.',
            'A pooler that cannot reach the server behind it.',
            'A server that is out of memory, disk or processes.',
        ],
    },
    'connection-terminated': {
        stages: ['authenticate', 'query'],
        transient: true,
        title: 'The server ended the connection',
        sentence: '{server} ended the connection {when}.',
        fix: 'Another try usually helps. If it stays so, the server’s log says why the session was ended (restart, crash, an administrator, a time limit).',
        causes: [
            'The server or, on Neon, the compute was restarted or suspended.',
            'An administrator or a time limit (`authentication_timeout`, a pooler’s `client_login_timeout`) ended the session.',
        ],
    },
    'startup-parameter-rejected': {
        stages: ['authenticate'],
        transient: false,
        title: 'The server does not accept a parameter',
        sentence: '{server} does not accept a parameter of the connection{what}.',
        fix: 'Remove it from the connection string or from `options`. Poolers take few of them: use the direct host (on Neon `pooled: false`), or `ALTER ROLE … SET` at the server.',
        causes: [
            '`options=-c …` or `search_path` over a pooler.',
            'A parameter of a client library in the connection string that reaches the server.',
            'A misspelt setting in `options`, or a value that it does not allow; Neon’s `options=endpoint=…` on another server.',
        ],
    },
    'endpoint-not-found': {
        stages: ['authenticate'],
        transient: false,
        title: 'The provider does not know this endpoint',
        sentence: 'The proxy at {server} does not know the endpoint or tenant of this connection.',
        fix: 'Copy the connection string anew from the provider’s console: the branch or its compute was probably deleted. On Supabase the user behind the pooler is `postgres.<project>`.',
        causes: ['A deleted branch, endpoint or project.', 'The wrong region’s pooler host, or a user without the project’s name.'],
    },
    'endpoint-unavailable': {
        stages: ['authenticate'],
        transient: true,
        title: 'The compute behind the proxy is not ready',
        sentence: 'The proxy at {server} answers, but {why}.',
        fix: 'Usually waiting helps: the step tries again until `probe-timeout`. If that was not enough, look at the compute in the provider’s console and at its status page.',
        causes: [
            'A compute that is waking, restarting or being moved.',
            'A branch that is still being created.',
            'A compute that somebody, or the provider, disabled: waiting does not help then, and the step does not wait.',
        ],
    },
    'endpoint-id-missing': {
        stages: ['authenticate'],
        transient: false,
        title: 'The proxy cannot tell which endpoint is meant',
        sentence: 'The proxy at {server} cannot tell from the connection which endpoint is meant{why}.',
        fix: 'Use the host name as Neon shows it (`ep-….neon.tech`), not an IP address or an alias, and leave `sslsni` on. If `options=endpoint=…` is set, it must equal the first part of the host.',
        causes: [
            'The host is an IP address or a CNAME, so the name that TLS sends (SNI) is not Neon’s.',
            'An `endpoint` option that differs from the host.',
        ],
    },
    'ip-not-allowed': {
        stages: ['authenticate'],
        transient: false,
        title: 'The IP allow list does not have this runner',
        sentence: '{server} does not allow connections from this runner’s IP address.',
        fix: 'Add the runner’s address to the allow list in the provider’s console. GitHub’s own runners change theirs all the time: use a runner with a fixed address, or a branch without the list.',
        causes: ['Neon’s IP Allow, or a like list of another provider.'],
    },
    'quota-exceeded': {
        stages: ['authenticate'],
        transient: false,
        title: 'The plan’s quota is used up',
        sentence: 'The provider refuses the connection to {server}, because {what}.',
        fix: 'Upgrade the plan, or wait for the next billing period; for a limit on active computes suspend or delete some.',
        causes: ['Compute time, data transfer, storage or the number of active computes is over the plan’s limit.'],
    },
    'rate-limited': {
        stages: ['authenticate'],
        transient: true,
        title: 'The proxy limits the rate of connections',
        sentence: 'The proxy at {server} refuses the connection because too many are being opened.',
        fix: 'Run fewer jobs at once (`concurrency:`), and use a pool in each of them.',
        causes: ['Many jobs or retries that connect in the same moment.'],
    },
    'protocol-violation': {
        stages: ['authenticate', 'query'],
        transient: false,
        title: 'The server does not keep to the protocol',
        sentence: '{server} does not keep to the PostgreSQL protocol: {what}.',
        fix: 'Check that host and port are those of a PostgreSQL server; if they are, a proxy in between is broken or too old.',
        causes: [
            'A broken proxy, or something else that looks like PostgreSQL at first.',
            'A SCRAM answer that does not prove that the server knows the password.',
        ],
    },
    'query-failed': {
        stages: ['query'],
        transient: false,
        title: 'The first query failed',
        sentence: 'The login to {server} works, but the query `SELECT 1` failed{text}.',
        fix: 'Look up the error in the server’s log; settings of the role or database (`ALTER ROLE … SET`) and a pooler in front are the usual places.',
        causes: ['A pooler that could not get a server connection.', 'A server that is damaged or out of resources.'],
    },
    'query-timeout': {
        stages: ['query'],
        transient: true,
        title: 'The first query took too long',
        sentence: 'The login to {server} works, but `SELECT 1` was not answered{waited}.',
        fix: 'The server is overloaded or a pooler has no free server connection: try again later, or look at `statement_timeout` if it was set very low.',
        causes: [
            'A pooler whose server connections are all busy.',
            'A `statement_timeout` of a few milliseconds.',
            'An overloaded server.',
        ],
    },
    'session-read-only': {
        stages: ['query'],
        transient: true,
        title: 'No server of the wanted kind',
        sentence: 'The connection demands `target_session_attrs={wanted}`, and {server} is {found}.',
        fix: 'Give the host of the primary (or of the kind that is wanted) or list all hosts; or remove `target_session_attrs`. During a failover waiting helps.',
        causes: [
            'The host is a read replica or a standby.',
            'The server or role is set to read-only transactions.',
            'A failover in progress.',
        ],
    },
});

;// CONCATENATED MODULE: ./build/problems/neon-api.js

const neonApi = entries({
    'neon-unauthorized': {
        stages: ['neon-api'],
        transient: false,
        title: 'The Neon API refused the key',
        sentence: 'The Neon API refused the key of `neon-api-key` for project `{project}` (HTTP {status}).',
        fix: 'Create a key in the Neon console, for the organisation or for this project, and store it as the secret that `neon-api-key` takes.',
        causes: [
            'The key was revoked, cut when it was copied, or belongs to another account.',
            'The key is limited to another project.',
            'A connection string or a password was given in place of an API key.',
        ],
    },
    'neon-not-found': {
        stages: ['neon-api'],
        transient: false,
        title: 'Neon does not have what was asked for',
        sentence: 'Neon has no {what}.',
        fix: '{fix}',
        causes: [
            'A misspelt project id, branch, database or role.',
            'The branch was deleted, or is not created yet: a job that connects must wait for the job that creates it.',
            'The key cannot see the project: the API then answers as if there were none.',
            'The branch has no read-write compute, or the project does not store passwords.',
        ],
    },
    'neon-ambiguous': {
        stages: ['neon-api'],
        transient: false,
        title: 'Several on this Neon branch could be meant',
        sentence: 'Branch `{branch}` has several {kind}: {names}.',
        fix: 'Name the one that is wanted in input `{input}`.',
        causes: ['A branch with one database and one role needs no choice; with several, the step does not guess.'],
    },
    'neon-rate-limited': {
        stages: ['neon-api'],
        transient: true,
        title: 'The Neon API limits the rate of requests',
        sentence: 'The Neon API still answered “too many requests” (HTTP 429) after {seconds} s{asked}.',
        fix: 'Run fewer jobs at once that use this account’s keys, or run this one again later.',
        causes: ['Many jobs or tools use the API at the same time: its limits count for the whole account.'],
    },
    'neon-unavailable': {
        stages: ['neon-api'],
        transient: true,
        title: 'The Neon API did not give a usable answer',
        sentence: 'The Neon API {what}.',
        fix: '{fix}',
        causes: [
            'An outage, or a network that does not let this runner reach the API.',
            'Operations on the branch that take longer than the time given.',
            'Something else answers in the API’s place: a proxy, a sign-in page, or a wrong `neon-api-host`.',
        ],
    },
});

;// CONCATENATED MODULE: ./build/problems/network.js

const network = entries({
    'host-not-found': {
        stages: ['resolve'],
        transient: false,
        title: 'The host name does not exist',
        sentence: 'The host `{host}` does not exist in DNS.',
        fix: 'Compare the host with the one your provider shows, letter by letter, and check that the database still exists (on Neon: its branch). For a service container use `localhost` and its mapped port, or its key under `services:` when the job itself runs in a container.',
        causes: [
            'A typing error in the host, or a database (on Neon: a branch) that has been deleted.',
            'A raw `@` or `/` in the password: what follows it is then read as the host.',
            'The name of a service container, in a job that does not itself run in a container.',
            'A private name that only resolves inside a company’s network.',
        ],
    },
    'dns-unavailable': {
        stages: ['resolve'],
        transient: true,
        title: 'The name server did not answer',
        sentence: 'The name server gave no answer for the host `{host}`{waited}.',
        fix: 'Run the job again; if it stays so, the runner’s DNS is at fault: on a self-hosted runner look at its resolver, or give the address as `hostaddr` in the connection string.',
        causes: ['A name server that is down, overloaded, or not reachable from the runner.', 'A firewall that drops DNS packets.'],
    },
    'connection-refused': {
        stages: ['connect'],
        transient: true,
        title: 'Nothing listens at this address',
        sentence: 'Nothing accepts connections at {server}.',
        fix: 'Check host and port. If the server is a service container, give it a health check (`--health-cmd pg_isready`) and map its port, so that the step starts after it is up.',
        causes: [
            'The server is not started yet, or has stopped.',
            'A wrong port, or a service container whose port is not mapped (`ports: [5432:5432]`).',
            'The server listens on another address only (`listen_addresses`), or there is no such Unix socket.',
        ],
    },
    'connect-timeout': {
        stages: ['connect'],
        transient: true,
        title: 'The server did not answer',
        sentence: 'No answer came from {server} {waited}.',
        fix: 'A firewall most likely drops the packets: allow the runner’s address there, or use a runner inside that network. Check host and port too.',
        causes: [
            'A firewall, a security group or an IP allow list that drops packets silently.',
            'A private address that cannot be reached from the runner.',
            'A machine that is switched off.',
        ],
    },
    'network-unreachable': {
        stages: ['connect'],
        transient: true,
        title: 'There is no way to this address',
        sentence: 'The network has no way to {server}{why}.',
        fix: '{fix}',
        causes: [
            'The host has only an IPv6 address, and GitHub’s own runners have no IPv6: use the provider’s IPv4 address or its pooler.',
            'A private address outside this runner’s network, or a firewall that rejects the connection.',
        ],
    },
    'connection-reset': {
        stages: ['connect', 'negotiate', 'tls', 'authenticate', 'query'],
        transient: true,
        title: 'The connection was cut',
        sentence: 'The connection to {server} was cut (reset) {when}.',
        fix: 'Usually the server is just starting or restarting, and another try helps; if it stays so, look into the log of the server or of the proxy or firewall in front of it.',
        causes: [
            'A container whose port is open while the server inside is not ready.',
            'A server process that crashed, or was restarted.',
            'A firewall or load balancer that does not like the protocol.',
        ],
    },
    'tls-not-supported': {
        stages: ['negotiate'],
        transient: false,
        title: 'The server does not offer TLS',
        sentence: '{server} does not offer TLS, and `sslmode={sslmode}` demands it.',
        fix: 'Switch TLS on at the server (`ssl = on`). Only for a database that is reached over no foreign network, such as a service container, set `sslmode: disable`.',
        causes: [
            'The official postgres image and most service containers have no TLS.',
            'A pooler or a tunnel in front of the server that was set up without TLS.',
            'Somebody on the way removes TLS.',
        ],
    },
    'not-postgres': {
        stages: ['negotiate'],
        transient: false,
        title: 'Something else answers at this address',
        sentence: '{server} does not speak the PostgreSQL protocol: {what}.',
        fix: 'Check host and port: PostgreSQL usually listens on 5432, poolers often on 6432 or 6543.',
        causes: [
            'The port of another service: a web server, SSH, MySQL.',
            'A port that expects TLS from the first byte: add `sslnegotiation=direct` to the connection string if the server is PostgreSQL 17 or later.',
        ],
    },
    'server-rejected-connection': {
        stages: ['negotiate', 'authenticate'],
        transient: false,
        title: 'The server refuses the connection',
        sentence: '{server} answered with an error instead of accepting the connection{text}.',
        fix: 'Look up the error in the server’s log at this minute; it stands there in full.',
        causes: [
            'A server or proxy that is not able or not willing to serve, for a reason of its own.',
            'A login event trigger that raised an error.',
        ],
    },
    'plaintext-injection': {
        stages: ['negotiate'],
        transient: false,
        title: 'Bytes were smuggled in before TLS began',
        sentence: '{server} sent unencrypted bytes after agreeing to TLS, where none may be.',
        fix: 'Do not send a password over this path. Find out what stands between the runner and the server: this is what a man in the middle does (CVE-2021-23222).',
        causes: ['A man in the middle that puts bytes into the stream before it is encrypted.', 'A badly broken proxy.'],
    },
    'connection-closed': {
        stages: ['negotiate', 'tls'],
        transient: false,
        title: 'The server hung up',
        sentence: '{server} closed the connection {when}, without a word.',
        fix: 'Check the port. If it expects TLS from the first byte, add `sslnegotiation=direct`; if a proxy or port forwarding stands in front, check that the server behind it is up.',
        causes: [
            'A port that expects TLS at once (HTTPS, or a proxy for `sslnegotiation=direct`).',
            'A container’s published port, with nothing listening behind it yet.',
            'A proxy that knows no such host name (SNI), or a server older than 17 that was asked for direct TLS.',
        ],
    },
    'negotiate-timeout': {
        stages: ['negotiate'],
        transient: true,
        title: 'The server accepted the connection and then kept silent',
        sentence: '{server} accepted the connection and then said nothing for {seconds} s.',
        fix: 'Check the port first: something else may listen there. If it is the right one, the server or the proxy in front of it hangs or is overloaded.',
        causes: [
            'Another service that waits for its client to speak.',
            'A load balancer without a healthy server behind it, or a server that is out of processes.',
        ],
    },
});

;// CONCATENATED MODULE: ./build/problems/tls.js

const clientCertificate = {
    title: 'The client certificate was refused',
    causes: [
        'The certificate was issued by a CA that the server does not know (`ssl_ca_file`).',
        'The certificate has expired or was revoked.',
        'The name in it (CN) is not the user, and no `pg_ident.conf` mapping allows it.',
    ],
};
const tls = entries({
    'tls-version': {
        stages: ['tls'],
        transient: false,
        title: 'No common TLS version',
        sentence: 'No TLS version suits both sides: {server} and this step, which takes {range}.',
        fix: 'Allow TLS 1.2 or later at the server (`ssl_min_protocol_version`, `ssl_max_protocol_version`), or change those two parameters of the connection if they were set.',
        causes: [
            'A server, or an appliance in front of it, that only knows TLS 1.0 or 1.1.',
            '`ssl_min_protocol_version` of the connection set above what the server has.',
        ],
    },
    'tls-handshake-failed': {
        stages: ['tls'],
        transient: false,
        title: 'The TLS handshake failed',
        sentence: 'The TLS handshake with {server} failed: {what}.',
        fix: '{fix}',
        causes: [
            'No cipher that both sides accept: old servers and appliances.',
            'Something that is not TLS answers after the server agreed to it.',
            'With `sslnegotiation=direct`: a server that does not confirm the protocol (ALPN `postgresql`).',
        ],
    },
    'client-certificate-rejected': {
        stages: ['tls', 'authenticate'],
        transient: false,
        title: clientCertificate.title,
        sentence: '{server} refuses the client certificate{what}.',
        fix: 'Issue a certificate for this user from the CA that the server trusts, and give it as `sslcert` with its key as `sslkey`.',
        causes: clientCertificate.causes,
    },
    'tls-timeout': {
        stages: ['tls'],
        transient: true,
        title: 'The TLS handshake did not end',
        sentence: '{server} did not finish the TLS handshake within {seconds} s.',
        fix: 'Try again; if it stays so, look at the server and at what stands in front of it: packets of the handshake get lost (often a too large MTU on a VPN).',
        causes: ['A server under heavy load.', 'A firewall or VPN that drops large packets.'],
    },
    'certificate-self-signed': {
        stages: ['certificate'],
        transient: false,
        title: 'The server’s certificate is self-signed',
        sentence: 'The certificate of {server} is signed by nobody but itself (subject {subject}).',
        fix: 'Give exactly this certificate as `sslrootcert`, so that it is trusted and no other; or let the server use one from a CA.',
        causes: ['A server with a home-made certificate (Debian’s “snakeoil”, a container’s own).', 'A man in the middle.'],
    },
    'certificate-unknown-ca': {
        stages: ['certificate'],
        transient: false,
        title: 'The certificate’s CA is not known',
        sentence: 'The certificate of {server} was issued by {issuer}, which is not among {roots}.',
        fix: 'Give the CA certificate of your provider or company as `sslrootcert` (PEM text or a path). If `sslrootcert` was given, it is the CA of another server.',
        causes: [
            'A private CA: Amazon RDS, Google Cloud SQL, Azure, Supabase, Aiven and companies use their own; it can be downloaded from them.',
            'A CA that was renewed since it was stored as a secret.',
            'A man in the middle.',
        ],
    },
    'certificate-chain-incomplete': {
        stages: ['certificate'],
        transient: false,
        title: 'The server does not send its whole certificate chain',
        sentence: '{server} sends its own certificate without the intermediate one that issued it ({issuer}).',
        fix: 'Put the intermediate certificate behind the server’s own in its `ssl_cert_file`; or, where the server is not yours, add the intermediate to `sslrootcert`.',
        causes: ['The server’s `ssl_cert_file` holds only its own certificate.'],
    },
    'certificate-hostname-mismatch': {
        stages: ['certificate'],
        transient: false,
        title: 'The certificate is for another name',
        sentence: 'The certificate of {server} is for {names}, not for `{host}`.',
        fix: 'Use one of the names in the certificate as the host (with `hostaddr` for the address, if the name does not resolve here), or have the certificate issued for this name. `sslmode: verify-ca` would check the CA and leave out the name.',
        causes: [
            'The host is given as an IP address or an alias.',
            'A tunnel or a proxy: the name is `localhost`, the certificate is the server’s.',
            'A man in the middle.',
        ],
    },
    'certificate-expired': {
        stages: ['certificate'],
        transient: false,
        title: 'The server’s certificate has expired',
        sentence: 'A certificate of {server} ({subject}) expired on {date}.',
        fix: 'Renew the certificate at the server and reload it. If it looks valid, check the clock of this runner: it says {now}.',
        causes: ['Nobody renewed it, or the server was not reloaded afterwards.', 'A runner whose clock is wrong.'],
    },
    'certificate-not-yet-valid': {
        stages: ['certificate'],
        transient: false,
        title: 'The server’s certificate is not valid yet',
        sentence: 'A certificate of {server} ({subject}) is valid only from {date}.',
        fix: 'Check the clocks: this runner’s says {now}. If it is right, the certificate was issued with a wrong start date.',
        causes: ['A runner, or a CA, whose clock is wrong.'],
    },
    'certificate-revoked': {
        stages: ['certificate'],
        transient: false,
        title: 'The server’s certificate has been revoked',
        sentence: 'The certificate of {server} ({subject}) is on the revocation list in `sslcrl`.',
        fix: 'Do not connect: its key may be in foreign hands. Give the server a new certificate.',
        causes: ['The CA withdrew the certificate.'],
    },
    'certificate-invalid': {
        stages: ['certificate'],
        transient: false,
        title: 'The server’s certificate is not acceptable',
        sentence: 'The certificate of {server} ({subject}) cannot be accepted: {what}.',
        fix: 'Have the certificate issued anew: RSA of 2048 bits or more or ECDSA, signed with SHA-256, for server authentication. {hint}',
        causes: [
            'A key or a signature that is too weak (RSA of 1024 bits, SHA-1).',
            'A certificate that is made for something else, or whose issuer is no CA.',
            'A revocation list in `sslcrl` that does not cover the issuer, or is out of date.',
        ],
    },
});

;// CONCATENATED MODULE: ./build/problems/index.js







const PROBLEMS = { ...input, ...neonApi, ...network, ...tls, ...login, ...any };
class Problem extends Error {
    code;
    stage;
    fix;
    transient;
    title;
    constructor(code, facts = {}, stage, transient) {
        const entry = PROBLEMS[code];
        super(fill(entry.sentence, facts));
        this.name = 'Problem';
        this.code = code;
        this.stage = stage ?? entry.stages[0];
        this.fix = fill(entry.fix, facts);
        this.transient = transient ?? entry.transient;
        this.title = entry.title;
    }
}
const fill = (template, facts) => template.replace(/\{(\w+)\}/g, (_, name) => {
    const fact = facts[name];
    if (fact === undefined)
        throw new TypeError(`a problem's text needs the fact "${name}"`);
    return String(fact);
});


/***/ }),

/***/ 371:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   j_: () => (/* binding */ readEvent),
/* harmony export */   wE: () => (/* binding */ reasonForNone),
/* harmony export */   zd: () => (/* binding */ refuseUntrusted)
/* harmony export */ });
/* unused harmony exports RISKY_EVENTS, untrusted */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24);
/* harmony import */ var _problems_index_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(98);


const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value) => (typeof value === 'string' && value !== '' ? value : undefined);
const at = (payload, ...keys) => keys.reduce((value, key) => (isObject(value) ? value[key] : undefined), payload);
function origin(payload) {
    const pull = at(payload, 'pull_request');
    const run = at(payload, 'workflow_run');
    const head = isObject(pull) ? at(pull, 'head', 'repo') : at(run, 'head_repository');
    const base = text(isObject(pull) ? at(pull, 'base', 'repo', 'full_name') : at(payload, 'repository', 'full_name'));
    if (base === undefined || (!isObject(pull) && !isObject(run)))
        return undefined;
    if (head === null)
        return { fork: true, deleted: true };
    const name = text(at(head, 'full_name'));
    return name === undefined ? undefined : { fork: name.toLowerCase() !== base.toLowerCase(), deleted: false };
}
const WITHOUT_SECRETS = ['pull_request', 'pull_request_review', 'pull_request_review_comment'];
const WITHOUT_SECRETS_FOR_DEPENDABOT = [
    ...WITHOUT_SECRETS,
    'push',
    'create',
    'deployment',
    'deployment_status',
    'pull_request_target',
];
const DEPENDABOT = 'dependabot[bot]';
const SKIP = 'set `on-missing: skip` and let later steps ask for `available`';
function reasonForNone(event) {
    const byDependabot = event.actor === DEPENDABOT || at(event.payload, 'pull_request', 'user', 'login') === DEPENDABOT;
    if (WITHOUT_SECRETS.includes(event.name) && origin(event.payload)?.fork) {
        return {
            cause: 'fork',
            what: 'GitHub hands no secrets to a run that a pull request from a fork started',
            fix: `Let the step run only where there is a secret: ${SKIP}; or give such runs a database of their own, for example a service container.`,
        };
    }
    if (WITHOUT_SECRETS_FOR_DEPENDABOT.includes(event.name) && byDependabot) {
        return {
            cause: 'dependabot',
            what: 'GitHub hands Dependabot’s runs none of the repository’s Actions secrets',
            fix: `Add the secret under Settings → Secrets and variables → Dependabot too; or ${SKIP}.`,
        };
    }
    return {
        cause: 'unknown',
        what: 'the secret is empty in this run',
        fix: 'Look at the name of the secret (GitHub gives an empty value for one that does not exist), at `environment:` of the job ' +
            'if the secret belongs to an environment, and, in a reusable workflow, at `secrets:` of its caller, which has to pass it ' +
            'on or to say `secrets: inherit`.',
    };
}
const RISKY_EVENTS = ['pull_request_target', 'workflow_run'];
function untrusted(event) {
    if (!RISKY_EVENTS.includes(event.name))
        return undefined;
    const from = origin(event.payload);
    if (from === undefined)
        return 'and its event does not say whose code it is about';
    if (!from.fork)
        return undefined;
    return from.deleted ? 'for a fork that has been deleted since' : 'for the code of a fork';
}
async function readEvent(environment = process.env) {
    const bare = { name: environment.GITHUB_EVENT_NAME ?? '', actor: environment.GITHUB_ACTOR ?? '' };
    try {
        if (!isObject(JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(environment.GITHUB_EVENT_PATH ?? '', 'utf8'))))
            return bare;
        const { context } = await __nccwpck_require__.e(/* import() */ 942).then(__nccwpck_require__.bind(__nccwpck_require__, 942));
        return { ...bare, payload: context.payload };
    }
    catch {
        return bare;
    }
}
async function refuseUntrusted(environment = process.env) {
    const event = environment.GITHUB_EVENT_NAME ?? '';
    if (!RISKY_EVENTS.includes(event))
        return;
    const why = untrusted(await readEvent(environment));
    if (why !== undefined)
        throw new _problems_index_js__WEBPACK_IMPORTED_MODULE_1__/* .Problem */ .AF('untrusted-event', { event, why });
}


/***/ }),

/***/ 704:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Pg: () => (/* binding */ writeJob)
/* harmony export */ });
/* unused harmony exports LONGEST_ENTRY, entriesText */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(24);


const LONGEST_ENTRY = 131_072;
function entriesText(entries, delimiter = `ghadelimiter_${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`) {
    let text = '';
    for (const [name, value] of entries) {
        if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name))
            throw new TypeError('the name of an entry is not one that every runner reads');
        if (value.includes('\0'))
            throw new TypeError(`${name} holds a NUL character`);
        if (value.includes('\r'))
            throw new TypeError(`${name} holds a carriage return, which not every runner keeps`);
        if (/^\n/.test(value))
            throw new TypeError(`${name} begins with a newline, which not every runner keeps`);
        if (!value.isWellFormed())
            throw new TypeError(`${name} holds half a character, which no file can carry`);
        if (Buffer.byteLength(`${name}=${value}`) + 1 > LONGEST_ENTRY)
            throw new TypeError(`${name} is too long for an environment`);
        if (value.includes(delimiter) || name.includes(delimiter))
            throw new TypeError(`${name} holds the delimiter`);
        text += `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
    }
    return text;
}
function writeJob(job, environment = process.env) {
    for (const [name, value] of job.variables ?? [])
        if (value === '')
            throw new TypeError(`${name} would be empty`);
    const texts = [
        ['GITHUB_STATE', entriesText(job.state ?? new Map())],
        ['GITHUB_STEP_SUMMARY', job.summary ?? ''],
        ['GITHUB_OUTPUT', entriesText(job.outputs ?? new Map())],
        ['GITHUB_ENV', entriesText(job.variables ?? new Map())],
    ];
    const needed = texts.filter(([file, text]) => text !== '' && (file !== 'GITHUB_STEP_SUMMARY' || environment[file]));
    for (const [file] of needed)
        if (!environment[file])
            throw new Error(`the runner did not name a file in ${file}`);
    for (const [file, text] of needed)
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.appendFileSync)(environment[file], text);
}


/***/ }),

/***/ 505:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  sD: () => (/* binding */ hand),
  F3: () => (/* binding */ planEnvFile),
  jP: () => (/* binding */ planFiles),
  iv: () => (/* binding */ skip)
});

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 5 modules
var core = __nccwpck_require__(49);
// EXTERNAL MODULE: ./build/clients/index.js + 19 modules
var clients = __nccwpck_require__(799);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./build/roots.js


const SYSTEM_BUNDLES = [
    '/etc/ssl/certs/ca-certificates.crt',
    '/etc/pki/tls/certs/ca-bundle.crt',
    '/etc/ssl/ca-bundle.pem',
    '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
    '/etc/ssl/cert.pem',
];
const publicRoots = async () => `${bundledRoots()}\n${await systemRoots()}`;
const bundledRoots = () => (0,external_node_fs_.readFileSync)((0,external_node_path_namespaceObject.join)(import.meta.dirname, 'roots.pem'), 'utf8');
const systemRoots = async () => {
    if (process.platform !== 'linux')
        return (await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 692, 19))).getCACertificates('system').join('\n');
    for (const path of SYSTEM_BUNDLES) {
        try {
            return (0,external_node_fs_.readFileSync)(path, 'utf8');
        }
        catch {
        }
    }
    return '';
};

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
// EXTERNAL MODULE: ./build/problems/index.js + 7 modules
var problems = __nccwpck_require__(98);
;// CONCATENATED MODULE: ./build/runner/env-file.js




const BEGIN = '# >>> neon-connect: written by the action, replaced by the next run';
const END = '# <<< neon-connect';
const isPlain = (value) => /^[A-Za-z0-9_.,:/@%+=?~-]+$/.test(value) && !/(?:^|[:=])~/.test(value);
const spelt = (value) => (/^[a-z][a-z0-9+.-]*:\/\//.test(value) ? value.replaceAll('~', '%7E') : value);
const INVALID = { input: 'env-file' };
function envFile(variables, existing) {
    const lines = [];
    const written = [];
    const leftOut = [];
    for (const [name, raw] of variables) {
        const value = spelt(raw);
        if (isPlain(value)) {
            lines.push(`${name}=${value}`);
            written.push(name);
        }
        else
            leftOut.push(name);
    }
    const rest = withoutBlock(existing ?? '');
    const taken = written.filter((name) => new RegExp(`^\\s*(?:export\\s+)?${name}\\s*[=:]`, 'm').test(rest));
    if (taken.length > 0) {
        throw new problems/* Problem */.AF('invalid-input', {
            ...INVALID,
            what: `names a file that sets ${taken.map((name) => `\`${name}\``).join(', ')} itself`,
            fix: 'Remove those lines from the file, or name another file, such as `.env.local`.',
        });
    }
    const gap = rest === '' || rest.endsWith('\n') ? '' : '\n';
    return { content: `${rest}${gap}${[BEGIN, ...lines, END].join('\n')}\n`, written, leftOut };
}
function withoutBlock(content) {
    const begin = content.indexOf(BEGIN);
    const end = content.indexOf(END, Math.max(begin, 0));
    if (begin < 0 && end < 0)
        return content;
    if (begin < 0 || end < 0) {
        throw new problems/* Problem */.AF('invalid-input', {
            ...INVALID,
            what: 'names a file in which only half of the block of an earlier run is left',
            fix: `Remove the line that begins with \`${begin < 0 ? END : BEGIN.slice(0, 18)}\` and what belongs to it, or name another file.`,
        });
    }
    const after = content.indexOf('\n', end);
    return content.slice(0, begin) + (after < 0 ? '' : content.slice(after + 1));
}
function envFilePath(file, environment = process.env) {
    const refuse = (what, fix) => {
        throw new problems/* Problem */.AF('invalid-input', { ...INVALID, what, fix });
    };
    const workspace = environment.GITHUB_WORKSPACE || process.cwd();
    const absolute = external_node_path_namespaceObject.resolve(workspace, file);
    if (/[\0\r\n]/.test(file) || /[/\\]$/.test(file))
        refuse('does not name a file', 'Give a path such as `.env`.');
    const real = (folder) => {
        try {
            return (0,external_node_fs_.realpathSync)(folder);
        }
        catch {
            return undefined;
        }
    };
    const folder = real(external_node_path_namespaceObject.dirname(absolute));
    if (folder === undefined)
        return refuse('names a file in a folder that does not exist', 'Create the folder in an earlier step.');
    const roots = [workspace, environment.RUNNER_TEMP].map((root) => (root ? real(root) : undefined));
    if (!roots.some((root) => root !== undefined && (folder === root || folder.startsWith(root + external_node_path_namespaceObject.sep)))) {
        refuse('leads out of the workspace', 'Give a path inside the workspace, or inside `runner.temp`.');
    }
    const within = (name) => folder.split(external_node_path_namespaceObject.sep).includes(name) || external_node_path_namespaceObject.basename(absolute) === name;
    if (within('.git'))
        refuse('leads into `.git`', 'Give a path such as `.env`.');
    const target = external_node_path_namespaceObject.join(folder, external_node_path_namespaceObject.basename(absolute));
    const stat = (0,external_node_fs_.lstatSync)(target, { throwIfNoEntry: false });
    if (stat?.isSymbolicLink())
        refuse('names a symbolic link', 'Name the file itself.');
    if (stat !== undefined && !stat.isFile())
        refuse('names something that is not a file', 'Give a path such as `.env`.');
    return target;
}
const readEnvFile = (target) => (0,external_node_fs_.lstatSync)(target, { throwIfNoEntry: false }) === undefined ? undefined : (0,external_node_fs_.readFileSync)(target, 'latin1');
function writeEnvFile(target, content) {
    const fresh = `${target}.${(0,external_node_crypto_.randomUUID)()}`;
    const file = (0,external_node_fs_.openSync)(fresh, 'wx', 0o600);
    try {
        (0,external_node_fs_.fchmodSync)(file, 0o600);
        (0,external_node_fs_.writeSync)(file, Buffer.from(content, 'latin1'));
    }
    catch (error) {
        (0,external_node_fs_.rmSync)(fresh, { force: true });
        throw error;
    }
    finally {
        (0,external_node_fs_.closeSync)(file);
    }
    (0,external_node_fs_.renameSync)(fresh, target);
}

// EXTERNAL MODULE: ./build/runner/files.js
var runner_files = __nccwpck_require__(704);
// EXTERNAL MODULE: ./build/runner/log.js
var log = __nccwpck_require__(793);
;// CONCATENATED MODULE: ./build/runner/remove-private-files.js


const FOLDER_PREFIX = 'neon-connect-';
const FOLDER_STATE = 'folder';
const FOLDER_NAME = /^neon-connect-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
function removePrivateFiles(environment) {
    const folder = environment[`STATE_${FOLDER_STATE}`] ?? '';
    const temp = environment.RUNNER_TEMP ?? '';
    if (folder === '' || temp === '' || !FOLDER_NAME.test(path.basename(folder)))
        return false;
    try {
        const isOurs = path.join(realpathSync(temp), path.basename(folder)) === realpathSync(folder) && lstatSync(folder).isDirectory();
        if (!isOurs)
            return false;
        rmSync(folder, { recursive: true, force: true });
        return true;
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./build/runner/private-files.js




function planPrivateFolder(temp, saveState) {
    const folder = external_node_path_namespaceObject.join(temp === '' ? '' : (0,external_node_fs_.realpathSync)(temp), FOLDER_PREFIX + (0,external_node_crypto_.randomUUID)());
    let made = false;
    const make = () => {
        if (temp === '')
            throw new Error('the runner did not name a folder in RUNNER_TEMP');
        saveState(FOLDER_STATE, folder);
        (0,external_node_fs_.mkdirSync)(folder, { mode: 0o700 });
        made = true;
    };
    const pathOf = (name) => external_node_path_namespaceObject.join(folder, external_node_path_namespaceObject.basename(name));
    return {
        pathOf,
        write(name, content) {
            if (!made)
                make();
            (0,external_node_fs_.writeFileSync)(pathOf(name), content, { mode: 0o600, flag: 'wx' });
        },
    };
}

// EXTERNAL MODULE: ./build/runner/summary.js
var summary = __nccwpck_require__(115);
;// CONCATENATED MODULE: ./build/runner/hand.js








const planFiles = (connection, temp = process.env.RUNNER_TEMP ?? '') => {
    const folder = planPrivateFolder(temp, core/* saveState */.LZ);
    const { trust, sslmode } = connection;
    const paths = {
        ...(trust.ca !== undefined || sslmode.startsWith('verify-') ? { ca: folder.pathOf('ca.pem') } : {}),
        ...(trust.cert === undefined ? {} : { cert: folder.pathOf('client.pem') }),
        ...(trust.key === undefined ? {} : { key: folder.pathOf('client.key') }),
    };
    return { folder, paths };
};
const writeFiles = async ({ trust }, { folder, paths }) => {
    if (paths.ca !== undefined)
        folder.write('ca.pem', trust.ca ?? (await publicRoots()));
    if (paths.cert !== undefined)
        folder.write('client.pem', trust.cert);
    if (paths.key !== undefined)
        folder.write('client.key', await plainKey(trust.key, trust.passphrase));
};
const plainKey = async (key, passphrase) => {
    if (passphrase === undefined)
        return key;
    const { createPrivateKey } = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 598, 19));
    return createPrivateKey({ key, passphrase }).export({ type: 'pkcs8', format: 'pem' });
};
const planEnvFile = (file, variables) => {
    if (file === '')
        return () => { };
    const target = envFilePath(file);
    const { content, leftOut } = envFile(variables, readEnvFile(target));
    return () => {
        writeEnvFile(target, content);
        if (leftOut.length === 0)
            return;
        log/* notice */.lm(`Left out of \`env-file\`, because no line of a .env file can carry their values to every reader: ${leftOut.join(', ')}.`);
    };
};
const hand = async (connection, exported, files, writeEnv, proof) => {
    const outputs = new Map([...exported.outputs, ...proofOutputs(proof)]);
    await writeFiles(connection, files);
    writeEnv();
    (0,runner_files/* writeJob */.Pg)({ variables: exported.variables, outputs, summary: log/* withoutSecrets */.cT(summaryOf(connection, exported, proof)) });
    const names = [...exported.variables.keys()];
    log/* info */.pq(names.length > 0 ? `Exported ${names.join(', ')}.` : 'Nothing exported, as `export-env: false` asks; the outputs are set.');
};
const proofOutputs = (proof) => proof === undefined
    ? []
    : [
        ['probe-ms', String(Math.round(proof.ms))],
        ['server-version', proof.serverVersion],
        ['tls-version', proof.tlsVersion ?? ''],
    ];
const summaryOf = (connection, exported, proof) => (0,summary/* summary */.z)([
    (0,summary/* heading */.R_)(proof === undefined ? 'Postgres connection exported' : `Reached PostgreSQL ${proof.serverVersion}`.trim()),
    (0,summary/* connectionTable */.JX)(connection),
    ...(proof === undefined ? [] : [(0,summary/* factTable */.Bu)(proofFacts(proof)), (0,summary/* stagePicture */.BK)(proof.stages)]),
    (0,summary/* exportedNames */.UA)([...exported.variables.keys()]),
    ...exported.clients.flatMap((name) => {
        const client = (0,clients/* findClient */.$r)(name);
        return client?.snippet === undefined ? [] : [(0,summary/* snippet */.Bd)(client.title, client.snippet.code, client.snippet.language)];
    }),
]);
const proofFacts = ({ tlsVersion, certificate, address, attempts }) => [
    ['Address', address],
    ['TLS', tlsVersion ?? 'none'],
    ...(certificate === undefined
        ? []
        : [
            ['Certificate of', certificate.subject],
            ['Issued by', certificate.issuer],
            ['Valid until', certificate.validTo.toISOString().slice(0, 10)],
        ]),
    ...(attempts > 1 ? [['Attempts', String(attempts)]] : []),
];
const skip = (reason) => {
    log/* notice */.lm(`Skipped, as \`on-missing: skip\` asks: ${reason.what}. The output \`available\` is false.`);
    (0,runner_files/* writeJob */.Pg)({
        outputs: new Map([['available', 'false']]),
        summary: (0,summary/* summary */.z)([(0,summary/* heading */.R_)('No Postgres connection in this run'), `<p>Skipped, as <code>on-missing: skip</code> asks.</p>`]),
    });
};


/***/ }),

/***/ 793:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   cT: () => (/* binding */ withoutSecrets),
/* harmony export */   dK: () => (/* binding */ mask),
/* harmony export */   lm: () => (/* binding */ notice),
/* harmony export */   pq: () => (/* binding */ info),
/* harmony export */   z3: () => (/* binding */ error)
/* harmony export */ });
/* unused harmony exports clean, quote, warning, group */
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(49);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(912);


const LONGEST_MESSAGE = 4000;
const LONGEST_QUOTE = 200;
const masks = new Set();
const isAct = () => process.env.ACT === 'true';
function mask(values) {
    for (const value of values) {
        if (value.trim() === '' || masks.has(value))
            continue;
        masks.add(value);
        if (isAct())
            maskUnderAct(value);
        else
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setSecret */ .Pq(value);
    }
}
function maskUnderAct(value) {
    const colons = `:${value}`.includes('::');
    for (let again = /%0[AD]/.test(value) ? 16 : 1; again > 0; again--) {
        if (!colons)
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setSecret */ .Pq(value);
        else if (!value.includes(']'))
            write(`##[add-mask]${escapeData(value)}`);
    }
    if (colons && value.includes(']'))
        mask(value.split(']').filter((piece) => piece.length >= 4));
}
const escapeData = (text) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const write = (line) => {
    process.stdout.write(`${line}\n`);
};
const clean = (text) => (0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .redact */ .E$)((0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .neutralise */ .$0)((0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .redact */ .E$)(text, masks)), masks);
const quote = (text) => cut(clean(text), LONGEST_QUOTE);
const withoutSecrets = (text) => (0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .redact */ .E$)(text, masks);
const message = (text) => (0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .cut */ .Jj)(clean(text), LONGEST_MESSAGE);
const info = (text) => write(message(text));
const notice = (text, title) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .notice */ .lm(message(text), title === undefined ? {} : { title });
const warning = (text, title) => core.warning(message(text), title === undefined ? {} : { title });
const error = (problem) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .error */ .z3(message(problem.message), { title: problem.title });
async function group(title, work) {
    core.startGroup(message(title));
    try {
        return await work();
    }
    finally {
        core.endGroup();
    }
}


/***/ }),

/***/ 790:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Uf: () => (/* binding */ conspicuous),
/* harmony export */   jo: () => (/* binding */ maskSet),
/* harmony export */   uO: () => (/* binding */ forms),
/* harmony export */   zA: () => (/* binding */ suspects)
/* harmony export */ });
/* unused harmony exports FORMS, keyLines */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(598);

const bytes = (text) => {
    if (text.isWellFormed())
        return Buffer.from(text, 'utf8');
    return Buffer.concat(Array.from(text, (character) => {
        const code = character.codePointAt(0);
        return code >= 0xdc80 && code <= 0xdcff ? Buffer.from([code - 0xdc00]) : Buffer.from(character.toWellFormed(), 'utf8');
    }));
};
const percent = (secret, keep, blank = '%20') => {
    let text = '';
    for (const byte of bytes(secret)) {
        const character = String.fromCharCode(byte);
        if (byte < 0x80 && (/[A-Za-z0-9]/.test(character) || keep.includes(character)))
            text += character;
        else if (byte === 0x20)
            text += blank;
        else
            text += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    }
    return text;
};
const lowerHex = (text) => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
const bothCases = (text) => [text, lowerHex(text)];
const json = (secret, escaped, hex = 'lower') => JSON.stringify(secret)
    .slice(1, -1)
    .replace(escaped, (character) => Array.from({ length: character.length }, (_, index) => {
    const digits = character.charCodeAt(index).toString(16).padStart(4, '0');
    return `\\u${hex === 'upper' ? digits.toUpperCase() : digits}`;
}).join(''));
const mapped = (secret, table) => Array.from(secret, (character) => table[character] ?? character).join('');
const base64Interior = (secret) => {
    const content = bytes(secret);
    const fragments = [0, 1, 2].map((before) => {
        const encoded = Buffer.concat([Buffer.alloc(before), content]).toString('base64');
        return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + content.length) * 8) / 6));
    });
    return fragments.filter((fragment) => fragment.length >= 8);
};
const urlSafe = (base64) => base64.replaceAll('+', '-').replaceAll('/', '_');
const base64 = (content) => content.toString('base64').replace(/=+$/, '');
const UNRESERVED = '-._~';
const NON_ASCII = /[^\0-\x7f]/gu;
const FORMS = [
    { name: 'raw', of: (s) => s },
    { name: 'trimmed', of: (s) => s.trim() },
    { name: 'each line', of: (s) => s.split(/[\r\n]+/).map((line) => line.trim()) },
    { name: 'percent-encoded: JavaScript encodeURIComponent', of: (s) => bothCases(percent(s, "-_.!~*'()")) },
    { name: 'percent-encoded: RFC 3986, as this step writes it', of: (s) => bothCases(percent(s, UNRESERVED)) },
    { name: 'percent-encoded twice', of: (s) => bothCases(percent(s, UNRESERVED)).map((once) => percent(once, UNRESERVED)) },
    { name: 'percent-encoded: JavaScript encodeURI', of: (s) => bothCases(percent(s, "-_.!~*'();,/?:@&=+$#")) },
    { name: 'percent-encoded: WHATWG URL password', of: (s) => bothCases(percent(s, "-._~!$%&'()*+,")) },
    { name: 'percent-encoded: Python quote', of: (s) => bothCases(percent(s, `${UNRESERVED}/`)) },
    { name: 'percent-encoded: Go url.UserPassword', of: (s) => bothCases(percent(s, `${UNRESERVED}$&+,;=`)) },
    { name: 'percent-encoded: RFC 3986 sub-delims kept', of: (s) => bothCases(percent(s, `${UNRESERVED}!$&'()*+,;=`)) },
    { name: 'form-encoded: URLSearchParams, Java URLEncoder', of: (s) => bothCases(percent(s, '*-._', '+')) },
    { name: 'form-encoded: Python quote_plus, Go QueryEscape', of: (s) => bothCases(percent(s, UNRESERVED, '+')) },
    { name: 'JSON', of: (s) => json(s, /(?!)/g) },
    { name: 'JSON: ASCII only (Python, Ruby)', of: (s) => json(s, NON_ASCII) },
    { name: 'JSON: HTML-safe (Go, Rails)', of: (s) => json(s, /[<>&\u2028\u2029]/g) },
    { name: 'JSON: PHP', of: (s) => json(s, NON_ASCII).replaceAll('/', '\\/') },
    {
        name: 'JSON: System.Text.Json',
        of: (s) => Array.from(s, (c) => (c === '"' ? '\\u0022' : json(c, /[<>&'+`]|[^\0-\x7e]/gu, 'upper'))).join(''),
    },
    { name: 'JSON inside JSON', of: (s) => json(json(s, /(?!)/g), /(?!)/g) },
    { name: 'libpq keyword/value, C, JavaScript, Python: quote and backslash escaped', of: (s) => s.replace(/['\\]/g, '\\$&') },
    { name: 'backslash doubled', of: (s) => s.replaceAll('\\', '\\\\') },
    { name: 'double quotes escaped', of: (s) => s.replaceAll('"', '\\"') },
    { name: 'quotes doubled: SQL, YAML, workflow expressions', of: (s) => s.replaceAll("'", "''") },
    { name: '.pgpass', of: (s) => s.replace(/[:\\]/g, '\\$&') },
    { name: "shell: '\\''", of: (s) => s.replaceAll("'", `'\\''`) },
    { name: `shell: '"'"'`, of: (s) => s.replaceAll("'", `'"'"'`) },
    { name: 'shell: double-quoted', of: (s) => s.replace(/["$`\\]/g, '\\$&') },
    { name: 'shell: printf %q', of: (s) => s.replace(/[^A-Za-z0-9_@%+=:,./\u0080-\u{10ffff}-]/gu, '\\$&').replace(/^~/, '\\~') },
    { name: 'HTML', of: (s) => mapped(s, { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }) },
    { name: 'HTML: Go', of: (s) => mapped(s, { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }) },
    { name: 'HTML: Python', of: (s) => mapped(s, { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' }) },
    { name: 'XML', of: (s) => mapped(s, { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }) },
    { name: 'base64', of: (s) => [base64(bytes(s)), urlSafe(base64(bytes(s)))] },
    { name: 'base64 with the newline of echo', of: (s) => [base64(bytes(`${s}\n`)), urlSafe(base64(bytes(`${s}\n`)))] },
    { name: 'base64 inside a longer base64', of: (s) => base64Interior(s).flatMap((part) => [part, urlSafe(part)]) },
    {
        name: 'percent-encoded, inside the base64 of a URL',
        of: (s) => base64Interior(percent(s, UNRESERVED)).flatMap((part) => [part, urlSafe(part)]),
    },
    { name: 'hexadecimal', of: (s) => [bytes(s).toString('hex'), bytes(s).toString('hex').toUpperCase()] },
    {
        name: 'percent-encoded, in the hexadecimal of a URL',
        of: (s) => bytes(percent(s, UNRESERVED)).toString('hex'),
    },
    {
        name: 'PostgreSQL md5 verifier (pg_authid)',
        of: (s, { user }) => (user === undefined ? [] : (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('md5').update(bytes(s)).update(bytes(user)).digest('hex')),
    },
];
const SHORTEST_FORM = 4;
const usable = (form, secret) => form.trim() !== '' && (form.length >= SHORTEST_FORM || form === secret || form === secret.trim());
const longestFirst = (values) => [...new Set(values)].sort((a, b) => b.length - a.length);
function forms(secret, context = {}) {
    if (secret.trim() === '')
        return [];
    return longestFirst(FORMS.flatMap((form) => form.of(secret, context)).filter((form) => usable(form, secret)));
}
function keyLines(pem) {
    return pem
        .replace(/\\r|\\n/g, '\n')
        .replace(/-----[^-\r\n]*-----/g, '\n')
        .replace(/^(?:Proc-Type|DEK-Info):.*$/gm, '\n')
        .split(/\s+/)
        .filter((line) => line.length >= 8);
}
function maskSet(secrets) {
    const { passwords = [], guesses = [], keys = [], user, written = [], pasted = [], plain = [] } = secrets;
    const context = user === undefined ? {} : { user };
    const secret = [
        ...passwords.flatMap((password) => forms(password, context)),
        ...guesses.flatMap((guess) => (percentDecoded(guess) === guess ? forms(guess, context) : [guess, ...base64Interior(guess)])),
        ...keys.flatMap(keyLines),
    ];
    const holding = (text) => secret.some((form) => text.includes(form));
    const lines = pasted.flatMap((text) => text.replace(/^\ufeff/, '').split(/[\r\n]+/)).flatMap((line) => [line, line.trim()]);
    const isPassword = new Set([...passwords, ...guesses].flatMap((password) => [password, password.trim()]));
    const isPlain = new Set(plain);
    return longestFirst([...secret, ...[...written, ...lines].filter(holding)]).filter((mask) => mask.trim() !== '' && (isPassword.has(mask) || !isPlain.has(mask)));
}
function conspicuous(password, plain = []) {
    const text = password.trim();
    if (text === '')
        return undefined;
    if (plain.includes(text) || COMMON.has(text.toLowerCase()))
        return 'common';
    return text.length < 8 ? 'short' : undefined;
}
const COMMON = new Set(['postgres', 'postgresql', 'password', 'database', 'localhost', 'connection', 'username']);
const isTemplate = (text) => /^<.*>$|^\[.*\]$|^\{.*\}$|^\$\{?\w+\}?$|^[*•x.…]+$|^(?:your|my|db|the)?[-_ ]?(?:password|passwd|pass|pw|pwd|secret)$/i.test(text);
const percentDecoded = (text) => {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
    }
};
function userinfoSuspects(rest) {
    const colon = rest.indexOf(':');
    if (colon < 0)
        return [];
    const beforeQuery = rest.search(/[?#]/) < 0 ? rest.length : rest.search(/[?#]/);
    const slash = rest.indexOf('/') < 0 ? rest.length : rest.indexOf('/');
    const ends = [
        rest.indexOf('@') < slash ? rest.indexOf('@') : -1,
        rest.lastIndexOf('@', slash - 1),
        rest.lastIndexOf('@', beforeQuery - 1),
        rest.lastIndexOf('@'),
    ].filter((end) => end > colon);
    const found = [...new Set(ends)].map((end) => rest.slice(colon + 1, end));
    const whole = rest.slice(colon + 1, Math.max(rest.lastIndexOf('@', beforeQuery - 1), colon + 1));
    const pieces = whole.split(/[@/]/);
    const unencoded = pieces.length > 1 && !pieces[0].match(/^\d{1,5}$/);
    return [...found, ...(unencoded || (pieces.length > 1 && rest.indexOf('@') > slash) ? pieces : [])].filter((piece, _, all) => piece.length >= SHORTEST_FORM || all.length === 1);
}
const FIELD = /(?:pass(?:word|wd|phrase)?|pwd|secret|api[-_]?key)["']?\s*[=:]\s*(?:'((?:\\.|''|[^'\\])*)'|"((?:\\.|[^"\\])*)"|["']?([^\s'"][^\r\n]*))/gi;
function suspects(input) {
    const text = input.slice(0, 65_536);
    const found = [];
    const add = (value) => {
        if (value !== undefined && value.trim() !== '')
            found.push(value, percentDecoded(value));
    };
    for (const line of text.split(/[\r\n]+/)) {
        for (const start of Array.from(line.matchAll(/\/\//g), (match) => match.index + 2).slice(0, 4)) {
            const rest = line.slice(start).replace(/["'`\s,;)]+$/, '');
            for (const reading of new Set([rest, rest.split(/["'\s]/, 1)[0]]))
                for (const part of userinfoSuspects(reading))
                    add(part);
        }
        const pgpass = /^[^:\s/=]+:(?:\d+|\*):[^:\s]+:[^:\s]+:(.+)$/.exec(line.trim());
        add(pgpass?.[1]);
    }
    for (const [, single, double, bare] of text.matchAll(FIELD)) {
        if (single !== undefined) {
            add(single);
            add(single.replace(/\\(.)/g, '$1'));
        }
        if (double !== undefined) {
            add(double);
            add(double.replace(/\\(.)/g, '$1'));
            add(unescapedJson(double));
        }
        if (bare !== undefined) {
            for (const end of [/\s/, /[&\s]/, /;/, /[,}\s]/]) {
                const value = bare.split(end, 1)[0];
                add(value);
                add(value.replaceAll('+', ' '));
                add(value.replace(/\\(.)/g, '$1'));
                add(value.replace(/["']$/, ''));
            }
        }
    }
    const word = text.trim();
    if (found.length === 0 && /^[^\s=/{}]{8,}$/.test(word) && !/^[\w-]+(?:\.[\w-]+)+(?::\d+)?$/.test(word))
        add(word);
    const candidates = [...new Set(found)].filter((value) => !isTemplate(value.trim()));
    return candidates.some((value) => value.length >= SHORTEST_FORM)
        ? candidates.filter((value) => value.length >= SHORTEST_FORM)
        : candidates;
}
const unescapedJson = (inner) => {
    try {
        return JSON.parse(`"${inner}"`);
    }
    catch {
        return undefined;
    }
};


/***/ }),

/***/ 89:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ report)
/* harmony export */ });
/* harmony import */ var _problems_index_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(98);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(704);
/* harmony import */ var _log_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(793);
/* harmony import */ var _summary_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(115);




const report = (error, environment = process.env) => {
    const docs = problemsPage(environment);
    if (!(error instanceof _problems_index_js__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .AF)) {
        const kind = error instanceof Error ? (error.code ?? error.name) : typeof error;
        const message = `Neon Connect failed in a way that it does not know (${kind.replace(/[^\w.-]/g, '')}). Please report it: that is a fault of the action.`;
        _log_js__WEBPACK_IMPORTED_MODULE_2__/* .error */ .z3({ title: 'Neon Connect failed', message });
        return 1;
    }
    const { title, message, fix, code, stage } = error;
    _log_js__WEBPACK_IMPORTED_MODULE_2__/* .error */ .z3({ title, message: `${message} ${fix} (${docs}#${code})` });
    const text = (0,_summary_js__WEBPACK_IMPORTED_MODULE_3__/* .summary */ .z)([
        (0,_summary_js__WEBPACK_IMPORTED_MODULE_3__/* .problemSection */ .BX)({ title, message: _log_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutSecrets */ .cT(message), fix: _log_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutSecrets */ .cT(fix), code, stage }, docs),
    ]);
    try {
        const outputs = new Map([
            ['problem', code],
            ['stage', stage],
        ]);
        (0,_files_js__WEBPACK_IMPORTED_MODULE_1__/* .writeJob */ .Pg)({ outputs, summary: text }, environment);
    }
    catch {
    }
    return 1;
};
const problemsPage = (environment) => {
    const repository = environment.GITHUB_ACTION_REPOSITORY ?? '';
    const ref = environment.GITHUB_ACTION_REF ?? '';
    const server = environment.GITHUB_SERVER_URL ?? '';
    const known = /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref) && /^https:\/\/[\w.:-]+$/.test(server);
    return known ? `${server}/${repository}/blob/${ref}/docs/problems.md` : 'docs/problems.md';
};


/***/ }),

/***/ 115:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   BK: () => (/* binding */ stagePicture),
/* harmony export */   BX: () => (/* binding */ problemSection),
/* harmony export */   Bd: () => (/* binding */ snippet),
/* harmony export */   Bu: () => (/* binding */ factTable),
/* harmony export */   JX: () => (/* binding */ connectionTable),
/* harmony export */   R_: () => (/* binding */ heading),
/* harmony export */   UA: () => (/* binding */ exportedNames),
/* harmony export */   z: () => (/* binding */ summary)
/* harmony export */ });
/* unused harmony exports html, code */
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(912);

const LARGEST_SUMMARY = 1024 * 1024;
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const html = (text) => (0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutUnseen */ .zG)(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
const code = (text) => `<code>${html(text)}</code>`;
const sentence = (text) => html(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll('`', '&#96;');
const row = (cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const table = (rows) => `<table>\n${rows.map(row).join('\n')}\n</table>`;
const heading = (text) => `<h3>${html(text)}</h3>`;
function connectionTable({ hosts, user, database, sslmode }) {
    return table([
        ...hosts.map(({ host, port }, index) => [
            hosts.length === 1 ? 'Host' : `Host ${index + 1}`,
            `${code(host)} ${host.startsWith('/') || host.startsWith('@') ? 'socket of port' : 'port'} ${code(String(port))}`,
        ]),
        ['Database', code(database)],
        ['User', code(user)],
        ['TLS', code(`sslmode=${sslmode}`)],
    ]);
}
const factTable = (facts) => table(Array.from(facts, ([name, value]) => [html(name), code(value)]));
const exportedNames = (names) => names.length === 0
    ? '<p>No variables were exported: <code>export-env</code> is <code>false</code>.</p>'
    : `<p>Later steps have ${names.map(code).join(' ')}</p>`;
function snippet(client, source, language = '') {
    const longest = Math.max(2, ...Array.from(source.matchAll(/`+/g), ([ticks]) => ticks.length));
    const fence = '`'.repeat(longest + 1);
    const body = source
        .replace(/\r\n?/g, '\n')
        .split('\n')
        .map((line) => (0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutUnseen */ .zG)(line.replaceAll('\t', '  ')))
        .join('\n')
        .trimEnd();
    return `<details><summary>${html(client)}</summary>\n\n${fence}${/^[\w+-]*$/.test(language) ? language : ''}\n${body}\n${fence}\n\n</details>`;
}
function stagePicture(timings) {
    const width = 40;
    const total = timings.reduce((sum, { ms }) => sum + Math.max(ms, 0), 0);
    let before = 0;
    const rows = timings.map(({ stage, ms }) => {
        const cell = (time) => (total === 0 ? 0 : Math.min(width - 1, Math.floor((time / total) * width)));
        const start = cell(before);
        before += Math.max(ms, 0);
        const length = Math.max(1, (total === 0 ? 0 : Math.min(width, Math.round((before / total) * width))) - start);
        const bar = `${'·'.repeat(start)}${'█'.repeat(length)}${'·'.repeat(Math.max(0, width - start - length))}`;
        return [html(stage), code(bar), `${formatMs(ms)}&nbsp;ms`];
    });
    return table([...rows, ['in all', '', `${formatMs(total)}&nbsp;ms`]]);
}
const formatMs = (ms) => (ms < 10 ? ms.toFixed(1) : String(Math.round(ms)));
function problemSection(problem, docs) {
    return [
        heading(problem.title),
        `<p>${sentence(problem.message)}</p>`,
        `<p><b>What to do:</b> ${sentence(problem.fix)}</p>`,
        `<p>Problem <a href="${html(`${docs}#${problem.code}`)}">${html(problem.code)}</a>, stage ${html(problem.stage)}.</p>`,
    ].join('\n');
}
function summary(sections) {
    const left = '<p>More did not fit into the summary.</p>\n';
    let text = '';
    for (const section of sections) {
        const next = `${text}${section}\n\n`;
        if (Buffer.byteLength(next) + Buffer.byteLength(left) > LARGEST_SUMMARY)
            return text + left;
        text = next;
    }
    return text;
}


/***/ }),

/***/ 912:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $0: () => (/* binding */ neutralise),
/* harmony export */   E$: () => (/* binding */ redact),
/* harmony export */   Jj: () => (/* binding */ cut),
/* harmony export */   zG: () => (/* binding */ withoutUnseen)
/* harmony export */ });
function redact(text, masks) {
    const found = [];
    for (const mask of masks) {
        if (mask === '')
            continue;
        for (let at = text.indexOf(mask); at >= 0; at = text.indexOf(mask, at + 1))
            found.push([at, at + mask.length]);
    }
    found.sort(([a], [b]) => a - b);
    let result = '';
    let done = 0;
    for (let index = 0; index < found.length;) {
        const [start] = found[index];
        let end = start;
        for (; index < found.length && found[index][0] <= Math.max(end, start); index++) {
            end = Math.max(end, found[index][1]);
        }
        result += `${text.slice(done, start)}***`;
        done = end;
    }
    return result + text.slice(done);
}
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const visible = (character) => {
    const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
    return short[character] ?? `\\u{${character.codePointAt(0).toString(16)}}`;
};
const withoutUnseen = (text) => text.replace(UNSEEN, visible);
function neutralise(text) {
    return withoutUnseen(text)
        .replace(/#(?=#\[)/g, '# ')
        .replace(/(\[[0-9A-Fa-f:.]{2,45}\])|:(?=:)/g, (_, address) => address ?? ': ');
}
function cut(text, length) {
    if (text.length <= length)
        return text;
    const characters = Array.from(text.slice(0, length * 2 + 2));
    return characters.length <= length ? text : `${characters.slice(0, length).join('')}…`;
}


/***/ }),

/***/ 9:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   jD: () => (/* binding */ saidMasks),
/* harmony export */   l2: () => (/* binding */ pastedMasks),
/* harmony export */   nj: () => (/* binding */ writtenMasks),
/* harmony export */   yq: () => (/* binding */ maskWarnings)
/* harmony export */ });
/* unused harmony export plainParts */
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(175);
/* harmony import */ var _runner_masks_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(790);


const pastedMasks = (get) => {
    const filled = _inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .SECRET_INPUTS */ .pH.map((input) => [input, get(input)]).filter(([, text]) => text.trim() !== '');
    const of = (...names) => filled.filter(([input]) => names.includes(input)).map(([, text]) => text);
    return (0,_runner_masks_js__WEBPACK_IMPORTED_MODULE_1__/* .maskSet */ .jo)({
        passwords: of('password', 'neon-api-key').map((text) => text.replace(/^[\r\n]+|[\r\n]+$/g, '')),
        guesses: of('connection-string').flatMap(_runner_masks_js__WEBPACK_IMPORTED_MODULE_1__/* .suspects */ .zA),
        keys: of('sslkey').filter((text) => text.includes('-----BEGIN')),
        pasted: of('connection-string'),
    });
};
const saidMasks = (said, overrides, get) => {
    const part = (keyword) => overrides.get(keyword) ?? said.parameters.get(keyword);
    const secrets = SECRET_KEYWORDS.flatMap((keyword) => [said.parameters.get(keyword), overrides.get(keyword)]);
    const key = part('sslkey') ?? '';
    const user = part('user');
    return (0,_runner_masks_js__WEBPACK_IMPORTED_MODULE_1__/* .maskSet */ .jo)({
        passwords: secrets.filter((secret) => secret !== undefined),
        keys: key.includes('-----BEGIN') ? [key] : [],
        ...(user === undefined ? {} : { user }),
        pasted: [get('connection-string')],
        plain: PLAIN_KEYWORDS.map(part).filter((value) => value !== undefined),
    });
};
const writtenMasks = (connection, written) => {
    const { trust, password } = connection;
    return (0,_runner_masks_js__WEBPACK_IMPORTED_MODULE_1__/* .maskSet */ .jo)({
        passwords: [password, trust.passphrase].filter((secret) => secret !== undefined),
        keys: trust.key === undefined ? [] : [trust.key],
        user: connection.user,
        written,
        plain: plainParts(connection),
    });
};
const plainParts = (connection) => [
    ...connection.hosts.flatMap(({ host, port }) => [host, String(port)]),
    connection.user,
    connection.database,
];
const SECRET_KEYWORDS = ['password', 'sslpassword', 'scram_client_key', 'scram_server_key', 'oauth_client_secret'];
const PLAIN_KEYWORDS = ['host', 'hostaddr', 'port', 'user', 'dbname'];
const maskWarnings = (connection) => {
    const why = (0,_runner_masks_js__WEBPACK_IMPORTED_MODULE_1__/* .conspicuous */ .Uf)(connection.password ?? '', plainParts(connection));
    if (why === undefined)
        return [];
    const reason = why === 'short' ? 'very short' : 'a common word or another part of the connection';
    return [
        `The password is ${reason}: the log shows *** wherever its letters occur, and GitHub drops job outputs that hold them.`,
    ];
};


/***/ }),

/***/ 305:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  L: () => (/* binding */ chooseSource),
  s: () => (/* binding */ take)
});

// EXTERNAL MODULE: ./build/connection/hosts.js
var hosts = __nccwpck_require__(118);
// EXTERNAL MODULE: ./build/problems/index.js + 7 modules
var problems = __nccwpck_require__(98);
;// CONCATENATED MODULE: ./build/connection/spellings/given.js

const given = () => ({ parameters: new Map(), foreign: new Map(), notices: [], url: false });
const refuse = (what, fix) => new problems/* Problem */.AF('invalid-connection-string', { what, fix });
const COPY_AGAIN = 'Copy the connection string again, as one line that begins with postgresql://; on Neon, press Connect and then Copy snippet.';

// EXTERNAL MODULE: ./build/connection/parameters.js
var parameters = __nccwpck_require__(685);
;// CONCATENATED MODULE: ./build/connection/spellings/env-block.js


const URLS = ['DATABASE_URL', 'POSTGRES_URL', 'DATABASE_URL_UNPOOLED', 'DIRECT_URL', 'POSTGRES_URL_NON_POOLING'];
const LINE = /^\s*(?:export\s+|set\s+|setx\s+|-\s+)?(?:\$env:)?([A-Za-z_][A-Za-z\d_]*)\s*(?:=|:(?=\s))\s*(.*)$/;
const ENVIRONMENT = new Map(parameters/* PARAMETERS */.z7.flatMap((parameter) => (parameter.env ? [[parameter.env, parameter.keyword]] : [])));
const isUrl = (value) => /^["'`]?\s*(?:postgres|jdbc:postgres|psql\s)/i.test(value);
const isEnvBlock = (text) => text.split(/\r\n|\r|\n/).some((line) => {
    const [, name = '', value = ''] = LINE.exec(line) ?? [];
    return /^[A-Z_][A-Z\d_]+$/.test(name) || (/url|dsn|connection/i.test(name) && isUrl(value));
});
const readEnvBlock = (text, read) => {
    const variables = new Map();
    for (const line of text.split(/\r\n|\r|\n/)) {
        if (/^\s*(#.*)?$/.test(line))
            continue;
        const [, name, value] = LINE.exec(line) ?? [];
        if (name === undefined || value === undefined)
            throw refuse('has a line that is not `NAME=value` among lines that are', COPY_AGAIN);
        variables.set(name, unquote(value.trim()));
    }
    const parts = given();
    for (const [name, value] of variables) {
        const keyword = ENVIRONMENT.get(name);
        if (keyword !== undefined && value !== '')
            parts.parameters.set(keyword, value);
    }
    const urlName = chooseUrl(variables, parts.parameters.size > 0);
    const left = [...variables.keys()].filter((name) => name !== urlName && !ENVIRONMENT.has(name));
    const notices = [
        `\`connection-string\` was a list of variables; ${urlName === undefined ? 'the PG* ones were' : `\`${urlName}\` was`} taken.`,
        ...(left.length > 0 && urlName === undefined ? [`Left aside in \`connection-string\`: ${left.join(', ')}.`] : []),
    ];
    if (urlName === undefined) {
        if (parts.parameters.size === 0)
            throw refuse('assigns variables, but none that holds a Postgres connection', COPY_AGAIN);
        return { ...parts, notices };
    }
    const said = read(variables.get(urlName));
    for (const [keyword, value] of parts.parameters) {
        const other = said.parameters.get(keyword);
        if (other !== undefined && other !== value) {
            throw refuse(`says two different things about \`${keyword}\`, in \`${urlName}\` and beside it`, 'Leave one of them out.');
        }
        said.parameters.set(keyword, value);
    }
    return { ...said, notices: [...notices, ...said.notices] };
};
const chooseUrl = (variables, hasParts) => {
    const filled = [...variables].filter(([, value]) => value !== '');
    const best = URLS.find((url) => filled.some(([name]) => name === url));
    if (best !== undefined)
        return best;
    const others = filled
        .filter(([name, value]) => isUrl(value) || (!hasParts && /(URL|URI|DSN)$/i.test(name)))
        .map(([name]) => name);
    if (others.length > 1 && !hasParts) {
        throw refuse(`assigns several URLs (${others.join(', ')}) and none is called DATABASE_URL`, 'Give only the line of the connection that is meant.');
    }
    return hasParts ? undefined : others[0];
};
const unquote = (value) => {
    const text = value.replace(/;$/, '');
    const quote = text.charAt(0);
    if (quote !== '"' && quote !== "'" && quote !== '`')
        return value;
    return text.length > 1 && text.endsWith(quote) ? text.slice(1, -1) : value;
};

// EXTERNAL MODULE: ./build/nearest.js
var nearest = __nccwpck_require__(658);
// EXTERNAL MODULE: ./build/connection/bytes.js
var connection_bytes = __nccwpck_require__(282);
;// CONCATENATED MODULE: ./build/connection/conninfo-error.js
class ConninfoError extends Error {
    what;
    fix;
    part;
    constructor(part, what, fix) {
        super(`The connection string ${what}.`);
        this.name = 'ConninfoError';
        this.part = part;
        this.what = what;
        this.fix = fix;
    }
}

;// CONCATENATED MODULE: ./build/connection/keyword-value.js

const BLANKS = ' \t\n\v\f\r';
function parseKeywordValue(text, store) {
    let at = skipBlanks(text, 0);
    while (at < text.length) {
        const start = at;
        while (at < text.length && text[at] !== '=' && !isBlank(text, at))
            at += 1;
        const keyword = text.slice(start, at);
        at = skipBlanks(text, at);
        if (text[at] !== '=') {
            throw new ConninfoError('text', 'is neither a `postgresql://` URL nor pairs of `keyword=value`: a word stands without a `=`', 'Copy the whole string again: it begins with `postgresql://`. In the `keyword=value` form a value with blanks is put in single quotes.');
        }
        at = skipBlanks(text, at + 1);
        const { value, end } = text[at] === "'" ? quoted(text, at + 1) : unquoted(text, at);
        store(keyword, value);
        at = skipBlanks(text, end);
    }
}
const isBlank = (text, at) => BLANKS.includes(text.charAt(at));
function skipBlanks(text, from) {
    let at = from;
    while (at < text.length && isBlank(text, at))
        at += 1;
    return at;
}
function unquoted(text, from) {
    let value = '';
    let at = from;
    for (; at < text.length && !isBlank(text, at); at += 1) {
        if (text[at] === '\\')
            at += 1;
        value += text.charAt(at);
    }
    return { value, end: at };
}
function quoted(text, from) {
    let value = '';
    for (let at = from; at < text.length; at += 1) {
        if (text[at] === "'")
            return { value, end: at + 1 };
        if (text[at] === '\\')
            at += 1;
        value += text.charAt(at);
    }
    throw new ConninfoError('value', 'has a single quote that is never closed', "Close it; inside a quoted value a quote is written `\\'` and a backslash `\\\\`.");
}

;// CONCATENATED MODULE: ./build/connection/percent.js


const NAMES = {
    user: 'its user name',
    password: 'its password',
    host: 'its host',
    port: 'its port',
    dbname: 'its database name',
    keyword: 'the name of a query parameter',
    value: 'the value of a query parameter',
};
function decodePercent(text, part) {
    const trimmed = text.replace(/^ +/, '').replace(/(?<! ) +$/, '');
    const name = NAMES[part] ?? 'one part';
    const raw = part === 'password' ? ', or give the password as it is through the input `password`' : '';
    if (/%(?![0-9a-fA-F]{2})/.test(trimmed)) {
        throw new ConninfoError(part, `has a \`%\` in ${name} that does not begin a percent-encoded byte`, `Write a \`%\` that stands for itself as \`%25\`${raw}.`);
    }
    if (trimmed.includes('%00')) {
        throw new ConninfoError(part, `has \`%00\` in ${name}, a byte that Postgres cannot take anywhere`, 'Take it out.');
    }
    if (trimmed.includes(' ')) {
        throw new ConninfoError(part, `has a blank inside ${name}`, `Write a blank that belongs there as \`%20\`${raw}; if two things were pasted one after the other, keep one of them.`);
    }
    if (!trimmed.includes('%'))
        return trimmed;
    return trimmed.replace(/(?:%[0-9a-fA-F]{2})+/g, (bytes) => (0,connection_bytes/* decodeBytes */.yj)(Buffer.from(bytes.replaceAll('%', ''), 'hex')));
}

;// CONCATENATED MODULE: ./build/connection/uri.js


const SCHEMES = ['postgresql://', 'postgres://'];
const isUri = (text) => SCHEMES.some((scheme) => text.startsWith(scheme));
function parseUri(uri, store) {
    const start = uri.indexOf('://') + 3;
    const at = storeCredentials(uri, start, store);
    const hosts = readHosts(uri, at);
    if (hosts.host)
        store('host', decodePercent(hosts.host, 'host'));
    if (hosts.port)
        store('port', decodePercent(hosts.port, 'port'));
    let end = hosts.end;
    if (uri[end] === '/') {
        const from = end + 1;
        end = until(uri, from, '?');
        if (end > from)
            store('dbname', decodePercent(uri.slice(from, end), 'dbname'));
    }
    storeQuery(uri.slice(end + 1), store);
}
function storeCredentials(uri, start, store) {
    const end = until(uri, start, '@/');
    if (uri[end] !== '@')
        return start;
    const colon = until(uri, start, ':@');
    if (colon > start)
        store('user', decodePercent(uri.slice(start, colon), 'user'));
    if (colon + 1 < end)
        store('password', decodePercent(uri.slice(colon + 1, end), 'password'));
    return end + 1;
}
function readHosts(uri, start) {
    let host = '';
    let port = '';
    let at = start;
    for (;;) {
        if (uri[at] === '[') {
            const close = uri.indexOf(']', at);
            if (close < 0)
                throw new ConninfoError('host', 'has a `[` before its host without the `]` after it', BRACKETS);
            if (close === at + 1)
                throw new ConninfoError('host', 'has nothing between the `[` and `]` of its host', BRACKETS);
            host += uri.slice(at + 1, close);
            at = close + 1;
            if (at < uri.length && !':/?,'.includes(uri.charAt(at))) {
                throw new ConninfoError('host', 'has something else than a port, a database or a query after the `]` of its host', BRACKETS);
            }
        }
        else {
            const end = until(uri, at, ':/?,');
            host += uri.slice(at, end);
            at = end;
        }
        if (uri[at] === ':') {
            const end = until(uri, at + 1, '/?,');
            port += uri.slice(at + 1, end);
            at = end;
        }
        if (uri[at] !== ',')
            return { host, port, end: at };
        host += ',';
        port += ',';
        at += 1;
    }
}
const BRACKETS = 'Brackets are for IPv6 addresses: `[2001:db8::1]:5432`. If they belong to the password, write `[` as `%5B` and `]` as `%5D`.';
function storeQuery(query, store) {
    const pairs = query.split('&');
    if (pairs.at(-1) === '')
        pairs.pop();
    for (const pair of pairs) {
        const [keyword = '', value, surplus] = pair.split('=', 3);
        if (value === undefined) {
            throw new ConninfoError('query', 'has a query parameter without a `=`', 'Parameters are `name=value`, joined by `&`. A `?` or `&` of the password is written `%3F` or `%26`.');
        }
        if (surplus !== undefined) {
            throw new ConninfoError('query', 'has a second `=` in a query parameter', 'Write a `=` that belongs to a value as `%3D`: `options=endpoint%3D…`.');
        }
        const name = decodePercent(keyword, 'keyword');
        const content = decodePercent(value, 'value');
        if (name === 'ssl' && content === 'true')
            store('sslmode', 'require');
        else
            store(name, content);
    }
}
function until(text, from, stops) {
    let at = from;
    while (at < text.length && !stops.includes(text.charAt(at)))
        at += 1;
    return at;
}

;// CONCATENATED MODULE: ./build/connection/conninfo.js







function parseConninfo(text, onUnknown) {
    if (text.includes('\0')) {
        throw new ConninfoError('text', 'holds a NUL character, where every Postgres client would cut it off', 'Copy it again, as text.');
    }
    if (!(0,connection_bytes/* hasBytes */.gI)(text)) {
        throw new ConninfoError('text', 'holds half a character (a lone surrogate), which has no UTF-8 form', 'Copy it again, as text.');
    }
    const values = new Map();
    const store = (given, content) => {
        const [keyword, value] = replaceAlias((0,connection_bytes/* canonical */.$N)(given), (0,connection_bytes/* canonical */.$N)(content));
        if (((0,parameters/* findParameter */.pu)(keyword)?.since ?? Number.POSITIVE_INFINITY) <= parameters/* LIBPQ */.l7)
            values.set(keyword, value);
        else if (onUnknown && keyword !== '')
            onUnknown(keyword, value);
        else
            throw unknownKeyword(keyword);
    };
    if (isUri(text))
        parseUri(text, store);
    else
        parseKeywordValue(text, store);
    return values;
}
const replaceAlias = (keyword, value) => keyword === 'requiressl' ? ['sslmode', value.startsWith('1') ? 'require' : 'prefer'] : [keyword, value];
function unknownKeyword(keyword) {
    if (keyword === '') {
        return new ConninfoError('keyword', 'has a parameter without a name', 'Parameters are `name=value`.');
    }
    const known = parameters/* PARAMETERS */.z7.filter(({ since }) => since <= parameters/* LIBPQ */.l7).map((parameter) => parameter.keyword);
    const near = (0,nearest/* nearest */.p)(keyword, known);
    return new ConninfoError('keyword', `has a parameter that libpq ${parameters/* LIBPQ */.l7} does not know${near ? ` (the nearest it knows is \`${near}\`)` : ''}`, near ? `Write \`${near}\`, or take the parameter out.` : 'Take the parameter out.');
}

;// CONCATENATED MODULE: ./build/connection/spellings/uri.js


const readConninfo = (text) => {
    const said = given();
    try {
        for (const [keyword, value] of parseConninfo(text, (name, value) => said.foreign.set(name, value))) {
            if (value !== '')
                said.parameters.set(keyword, value);
        }
    }
    catch (error) {
        if (!(error instanceof ConninfoError))
            throw error;
        throw refuse(error.what, error.fix ?? COPY_AGAIN);
    }
    return { ...said, url: text.startsWith('postgres') && text.includes('://') };
};
const uri_SCHEMES = new Map([
    ['pgsql', 'PHP’s'],
    ['pdo-pgsql', 'Doctrine’s'],
    ['pdo_pgsql', 'Doctrine’s'],
    ['postgis', 'GeoDjango’s'],
    ['psql', 'django-environ’s'],
    ['ecto', 'Ecto’s'],
    ['psycopg2', 'a library’s'],
]);
const SCHEME = /^([a-z][a-z\d.+_-]*):\/\//i;
const schemeOf = (text) => SCHEME.exec(text)?.[1]?.toLowerCase();
const readOtherScheme = (text, scheme) => {
    const rest = text.slice(scheme.length);
    const driver = /^postgres(?:ql)?\+([a-z\d_]+)$/.exec(scheme)?.[1];
    if (driver !== undefined) {
        const [before, query] = cut(rest, '?');
        const said = readConninfo(`postgresql${before}${query === undefined ? '' : `?${query.replaceAll('+', '%20')}`}`);
        return note(said, `\`connection-string\` names the driver \`${driver}\`, as SQLAlchemy writes it; read as postgresql://.`);
    }
    if (scheme === 'postgres' || scheme === 'postgresql') {
        return note(readConninfo(`${scheme}${rest}`), '`connection-string` has its scheme in capitals, which libpq refuses; read as postgresql://.');
    }
    const owner = uri_SCHEMES.get(scheme);
    if (owner !== undefined) {
        return note(readConninfo(`postgresql${rest}`), `\`connection-string\` begins with ${owner} \`${scheme}://\`; read as postgresql://.`);
    }
    throw refuse(...OTHER(scheme));
};
const OTHER = (scheme) => {
    if (/^prisma(\+postgres)?$/.test(scheme)) {
        return [
            'is an address of Prisma Accelerate, which is a proxy for Prisma alone and no Postgres connection',
            'Give the database’s own postgresql:// string, the one that `DIRECT_URL` holds.',
        ];
    }
    if (/^https?$/.test(scheme))
        return ['is the address of a web page, not of a database', COPY_AGAIN];
    if (/^(mysql|mariadb|mongodb(\+srv)?|redis|rediss|sqlserver|mssql|sqlite|file|libsql|cockroachdb)$/.test(scheme)) {
        return [
            `begins with \`${scheme}://\`, which is another kind of database`,
            'Give the secret that holds the Postgres connection.',
        ];
    }
    return ['begins with a scheme that is not Postgres’s', COPY_AGAIN];
};
const note = (said, notice) => ({ ...said, notices: [notice, ...said.notices] });
const cut = (text, separator) => {
    const at = text.indexOf(separator);
    return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
};

;// CONCATENATED MODULE: ./build/connection/spellings/jdbc.js


const jdbc_NAMES = new Map([
    ['user', 'user'],
    ['password', 'password'],
    ['sslmode', 'sslmode'],
    ['sslrootcert', 'sslrootcert'],
    ['sslcert', 'sslcert'],
    ['sslkey', 'sslkey'],
    ['sslpassword', 'sslpassword'],
    ['sslNegotiation', 'sslnegotiation'],
    ['channelBinding', 'channel_binding'],
    ['requireAuth', 'require_auth'],
    ['gssEncMode', 'gssencmode'],
    ['options', 'options'],
    ['ApplicationName', 'application_name'],
    ['connectTimeout', 'connect_timeout'],
    ['PGHOST', 'host'],
    ['PGPORT', 'port'],
    ['PGDBNAME', 'dbname'],
]);
const SERVER_TYPES = new Map([
    ['any', 'any'],
    ['master', 'primary'],
    ['primary', 'primary'],
    ['slave', 'standby'],
    ['secondary', 'standby'],
    ['preferSlave', 'prefer-standby'],
    ['preferSecondary', 'prefer-standby'],
]);
const readJdbc = (text) => {
    const [address, query] = cut(text.slice('jdbc:'.length), '?');
    if (!/^postgresql:/.test(address)) {
        throw refuse('is a jdbc: URL of another database', 'Give the URL that begins with jdbc:postgresql:// or postgresql://.');
    }
    const said = address.startsWith('postgresql://') ? readConninfo(address) : given();
    for (const pair of (query ?? '').split('&')) {
        if (pair === '')
            continue;
        const [name, raw] = cut(pair, '=');
        const value = decodeForm(raw ?? '');
        const keyword = jdbc_NAMES.get(name);
        if (keyword !== undefined && value === '')
            continue;
        if (keyword !== undefined)
            said.parameters.set(keyword, value);
        else if (name === 'targetServerType' && SERVER_TYPES.has(value)) {
            said.parameters.set('target_session_attrs', SERVER_TYPES.get(value));
        }
        else
            said.foreign.set(name, value);
    }
    const notices = [`\`connection-string\` is a jdbc: URL; read as postgresql://.`];
    if (address.includes('@'))
        notices.push('Its `user:password@` is not read by pgJDBC itself; name the client `jdbc` to get a URL that is.');
    return notices.reduceRight(note, said);
};
const decodeForm = (text) => {
    try {
        return decodeURIComponent(text.replaceAll('+', '%20'));
    }
    catch {
        throw refuse('has a `%` in its query that is not followed by two hexadecimal digits', 'Write a `%` that is meant as itself as %25.');
    }
};

;// CONCATENATED MODULE: ./build/connection/spellings/json.js



const json_NAMES = new Map([
    ['username', 'user'],
    ['role', 'user'],
    ['database', 'dbname'],
    ['db', 'dbname'],
    ['db_name', 'dbname'],
    ['hostname', 'host'],
    ['server', 'host'],
    ['pass', 'password'],
]);
const STRINGS = [
    'uri',
    'url',
    'connection_uri',
    'connection_string',
    'connectionString',
    'connectionUri',
    'database_url',
    'DATABASE_URL',
];
const BESIDE = new Set([
    'engine',
    'dbInstanceIdentifier',
    'dbClusterIdentifier',
    'resourceId',
    'masterarn',
    'proxy',
    'pooler_host',
]);
const isJson = (text) => text.startsWith('{') || text.startsWith('[');
const readJson = (text, read) => {
    let json;
    try {
        json = JSON.parse(text);
    }
    catch {
        throw refuse('begins like JSON but is none', 'Check the quotes and commas, or give the connection as one postgresql:// line.');
    }
    const object = asConnection(json);
    if (object === undefined)
        throw refuse('is JSON, but not an object with a connection in it', COPY_AGAIN);
    if (typeof object.engine === 'string' && !/postgres/i.test(object.engine)) {
        throw refuse('is a secret for another kind of database, by its `engine`', 'Give the secret of the Postgres database.');
    }
    const said = given();
    const parts = new Map();
    const known = parameters/* PARAMETERS */.z7.map((parameter) => parameter.keyword);
    for (const [key, value] of Object.entries(object)) {
        if (STRINGS.includes(key) || BESIDE.has(key) || value === null || value === '')
            continue;
        if (typeof value === 'object') {
            said.notices.push(`\`connection-string\` is JSON; its key \`${json_name(key)}\` is no part of a connection and was left aside.`);
            continue;
        }
        const keyword = json_NAMES.get(key) ?? key;
        if (known.includes(keyword))
            parts.set(keyword, String(value));
        else if (key === 'ssl' && value === true)
            parts.set('sslmode', 'require');
        else {
            const near = (0,nearest/* nearest */.p)(key, [...known, ...json_NAMES.keys(), ...STRINGS]);
            if (near !== undefined)
                throw refuse(`is JSON with the key \`${json_name(key)}\`, which nobody knows`, `Did you mean \`${near}\`?`);
            said.notices.push(`\`connection-string\` is JSON; its key \`${json_name(key)}\` is no part of a connection and was left aside.`);
        }
    }
    const whole = STRINGS.map((key) => object[key]).find((value) => typeof value === 'string' && value !== '');
    if (typeof whole !== 'string') {
        if (parts.size === 0)
            throw refuse('is a JSON object without a connection in it', COPY_AGAIN);
        return { ...said, parameters: parts };
    }
    const inner = read(whole);
    for (const [keyword, value] of parts) {
        const other = inner.parameters.get(keyword);
        if (other !== undefined && other !== value) {
            throw refuse(`is JSON that says two different things about \`${keyword}\``, 'Leave one of them out: the URL’s or the key’s.');
        }
        inner.parameters.set(keyword, value);
    }
    return { ...inner, notices: [...said.notices, ...inner.notices] };
};
const isObject = (json) => typeof json === 'object' && json !== null && !Array.isArray(json);
const asConnection = (json) => {
    if (Array.isArray(json))
        return json.length === 1 ? asConnection(json[0]) : undefined;
    if (!isObject(json))
        return undefined;
    if (Array.isArray(json.connection_uris))
        return asConnection(json.connection_uris);
    if (isObject(json.connection_parameters))
        return { ...json.connection_parameters, connection_uri: json.connection_uri };
    return json;
};
const json_name = (key) => (/^[\w.-]{1,40}$/.test(key) ? key : '…');

;// CONCATENATED MODULE: ./build/connection/spellings/psql.js

const OPTIONS = new Map([
    ['-h', 'host'],
    ['--host', 'host'],
    ['-p', 'port'],
    ['--port', 'port'],
    ['-U', 'user'],
    ['--username', 'user'],
    ['-d', 'dbname'],
    ['--dbname', 'dbname'],
]);
const COMMAND = /^(?:\$\s+)?((?:[A-Z_][A-Z\d_]*=(?:'[^']*'|"[^"]*"|[^\s'"]*)\s+)*)(?:\S*\/)?psql(?:\.exe)?\s+(?=\S)/;
const isPsqlCommand = (text) => COMMAND.test(text);
const readPsqlCommand = (text, read) => {
    const prefix = COMMAND.exec(text);
    const words = shellWords(text.slice(prefix[0].length));
    const parts = given();
    for (const assignment of shellWords(prefix[1] ?? '')) {
        if (assignment.startsWith('PGPASSWORD='))
            parts.parameters.set('password', assignment.slice('PGPASSWORD='.length));
    }
    const positional = [];
    for (let index = 0; index < words.length; index++) {
        const word = words[index];
        const [name, inline] = word.startsWith('--') ? splitOnce(word) : [word.slice(0, 2), word.slice(2)];
        const keyword = OPTIONS.get(name);
        if (keyword !== undefined) {
            const value = inline || words[++index];
            if (value !== undefined)
                parts.parameters.set(keyword, value);
        }
        else if (/^(-[cfvoFPR]|--(command|file|variable|set|output))$/.test(word))
            index++;
        else if (!word.startsWith('-'))
            positional.push(word);
    }
    const [first, second] = positional;
    if (first !== undefined && !parts.parameters.has('dbname'))
        parts.parameters.set('dbname', first);
    if (second !== undefined && !parts.parameters.has('user'))
        parts.parameters.set('user', second);
    const database = parts.parameters.get('dbname');
    const notices = ['`connection-string` was a `psql` command; the connection was taken out of it.'];
    if (database !== undefined && /:\/\/|=/.test(database)) {
        const inner = read(database);
        parts.parameters.delete('dbname');
        for (const [keyword, value] of parts.parameters)
            if (!inner.parameters.has(keyword))
                inner.parameters.set(keyword, value);
        return { ...inner, notices: [...notices, ...inner.notices] };
    }
    if (parts.parameters.size === 0)
        throw refuse('is a `psql` command that names no connection', COPY_AGAIN);
    for (const [keyword, value] of parts.parameters)
        if (value === '')
            parts.parameters.delete(keyword);
    return { ...parts, notices };
};
const splitOnce = (word) => {
    const at = word.indexOf('=');
    return at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
};
const shellWords = (text) => {
    const words = [];
    let word;
    for (let i = 0; i < text.length; i++) {
        const c = text.charAt(i);
        if (c === "'") {
            const end = text.indexOf("'", i + 1);
            word = (word ?? '') + text.slice(i + 1, end < 0 ? undefined : end);
            i = end < 0 ? text.length : end;
        }
        else if (c === '"') {
            word ??= '';
            for (i++; i < text.length && text.charAt(i) !== '"'; i++) {
                if (text.charAt(i) === '\\' && '$`"\\'.includes(text.charAt(i + 1)))
                    i++;
                word += text.charAt(i);
            }
        }
        else if (c === '\\' && i + 1 < text.length)
            word = (word ?? '') + text.charAt(++i);
        else if (/\s/.test(c)) {
            if (word !== undefined)
                words.push(word);
            word = undefined;
        }
        else
            word = (word ?? '') + c;
    }
    if (word !== undefined)
        words.push(word);
    return words;
};

;// CONCATENATED MODULE: ./build/connection/spellings/unwrap.js
const QUOTES = new Map([
    ["'", "'"],
    ['"', '"'],
    ['`', '`'],
    ['“', '”'],
    ['‘', '’'],
    ['«', '»'],
]);
const unwrap = (text) => {
    const notices = [];
    let inside = text;
    const take = (shorter, what) => {
        if (shorter === inside)
            return;
        inside = shorter;
        notices.push(`\`connection-string\` had ${what}; taken off.`);
    };
    take(inside.replace(/^\uFEFF+/, ''), 'a byte order mark at its start');
    take(inside.replace(/[\r\n]+\s*$/, ''), 'a line end after it');
    take(inside.trim(), 'blanks around it');
    const close = QUOTES.get(inside.charAt(0));
    if (close !== undefined && inside.length > 1 && inside.endsWith(close)) {
        const within = inside.slice(1, -1);
        if (!within.includes(close) || /^\s*[a-z][a-z+\d]*:/i.test(within))
            take(within.trim(), 'quotes around it');
    }
    return { text: inside, notices };
};

;// CONCATENATED MODULE: ./build/connection/spellings/index.js







const read = (text) => readNested(text, 0);
const readNested = (pasted, depth) => {
    const { text, notices } = unwrap(pasted);
    const said = dispatch(text, (inner) => {
        if (depth > 3)
            throw refuse('is wrapped in itself too often', COPY_AGAIN);
        return readNested(inner, depth + 1);
    });
    return { ...said, notices: [...notices, ...said.notices] };
};
const dispatch = (text, again) => {
    if (isJson(text))
        return readJson(text, again);
    if (isPsqlCommand(text))
        return readPsqlCommand(text, again);
    if (/^jdbc:/i.test(text))
        return readJdbc(text);
    const scheme = schemeOf(text);
    if (scheme !== undefined) {
        return /^postgres(ql)?:/.test(text) ? readConninfo(text) : readOtherScheme(text, scheme);
    }
    if (isEnvBlock(text))
        return readEnvBlock(text, again);
    if (/^\/\/|^[^\s=:/@]+:[^\s@]*@[^\s@/]+\//.test(text)) {
        throw refuse('has no scheme', 'Put postgresql:// in front of it.');
    }
    if (/^[\w ]+=[^\s;'"]*;/.test(text) && /(^|;)\s*(Host|Server|Data Source)\s*=/i.test(text)) {
        throw refuse('is an ADO.NET string (with semicolons)', 'Give the postgresql:// form; the client `dotnet` writes the ADO.NET form for later steps.');
    }
    if (!text.includes('='))
        throw refuse('is neither a postgresql:// URL nor key=value pairs', COPY_AGAIN);
    return readConninfo(text);
};

;// CONCATENATED MODULE: ./build/sources/index.js





const chooseSource = (inputs) => {
    const { neon, parts } = inputs;
    const hasString = unwrap(inputs.connectionString).text !== '';
    const wantsNeon = neon.apiKey !== '' || neon.projectId !== '' || neon.branch !== '';
    if (wantsNeon && (hasString || parts.has('host'))) {
        throw new problems/* Problem */.AF('invalid-input', {
            input: 'neon-api-key',
            what: `and its kin are given beside \`${hasString ? 'connection-string' : 'host'}\`, and the connection can come from one place only`,
            fix: 'Give one of them: the connection itself, or the key and project to take it from.',
        });
    }
    if (hasString)
        return { kind: 'string' };
    if (wantsNeon) {
        if (neon.apiKey === '')
            return { missing: '`neon-api-key` is empty' };
        if (neon.projectId !== '')
            return { kind: 'neon-api' };
        throw new problems/* Problem */.AF('invalid-input', {
            input: 'neon-project-id',
            what: 'is empty, and the Neon API needs to know the project',
            fix: 'Give the project’s id, such as cool-forest-12345678, from its Settings page; it is no secret.',
        });
    }
    const host = parts.get('host');
    if (host === undefined)
        return { missing: parts.has('password') || parts.has('user') ? '`host` is empty' : '`connection-string` is empty' };
    const needsPassword = !parts.has('sslcert') && !host.split(',').every((name) => (0,hosts/* isLocal */.IX)({ host: name, port: 0 }));
    return needsPassword && !parts.has('password') ? { missing: '`password` is empty' } : { kind: 'parts' };
};
const take = async (kind, inputs, signal, listener) => {
    if (kind === 'string')
        return read(inputs.connectionString);
    if (kind === 'parts')
        return given();
    const { takeFromNeon } = await __nccwpck_require__.e(/* import() */ 684).then(__nccwpck_require__.bind(__nccwpck_require__, 684));
    const { neon, parts, pooled } = inputs;
    const found = await takeFromNeon({
        apiKey: neon.apiKey,
        projectId: neon.projectId,
        branch: neon.branch,
        apiHost: neon.apiHost,
        deadlineMs: inputs.probeTimeoutMs,
        signal,
        ...(parts.has('dbname') ? { database: parts.get('dbname') } : {}),
        ...(parts.has('user') ? { user: parts.get('user') } : {}),
        ...(pooled === undefined ? {} : { pooled }),
        withoutPassword: parts.has('password'),
    }, listener);
    const said = given();
    said.parameters.set('host', found.host).set('dbname', found.database).set('user', found.user);
    if (found.password !== undefined)
        said.parameters.set('password', found.password);
    return said;
};


/***/ }),

/***/ 49:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  z3: () => (/* binding */ error),
  V4: () => (/* binding */ getInput),
  lm: () => (/* binding */ notice),
  LZ: () => (/* binding */ saveState),
  Pq: () => (/* binding */ setSecret)
});

// UNUSED EXPORTS: ExitCode, addPath, debug, endGroup, exportVariable, getBooleanInput, getIDToken, getMultilineInput, getState, group, info, isDebug, markdownSummary, platform, setCommandEcho, setFailed, setOutput, startGroup, summary, toPlatformPath, toPosixPath, toWin32Path, warning

// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function utils_toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(896);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = utils_toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
    }
    process.stdout.write(os.EOL);
    issueCommand('set-output', { name }, toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function debug(message) {
    issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + os.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return __awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return file_command_issueFileCommand('STATE', file_command_prepareKeyValueMessage(name, value));
    }
    command_issueCommand('save-state', { name }, utils_toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return __awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(479);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
