/** What the users of a client write. Every line of it stands in the example that is run (checked by a test). */
export interface Snippet {
  readonly language: string;
  readonly code: string;
}

const js = (...lines: readonly string[]): Snippet => ({ language: 'js', code: lines.join('\n') });
const sh = (...lines: readonly string[]): Snippet => ({ language: 'sh', code: lines.join('\n') });
const python = (...lines: readonly string[]): Snippet => ({ language: 'python', code: lines.join('\n') });
const go = (...lines: readonly string[]): Snippet => ({ language: 'go', code: lines.join('\n') });
const rust = (...lines: readonly string[]): Snippet => ({ language: 'rust', code: lines.join('\n') });
const java = (...lines: readonly string[]): Snippet => ({ language: 'java', code: lines.join('\n') });
const php = (...lines: readonly string[]): Snippet => ({ language: 'php', code: lines.join('\n') });
const ruby = (...lines: readonly string[]): Snippet => ({ language: 'ruby', code: lines.join('\n') });

/** By the client's name. A client without one has no example that is run. */
export const SNIPPETS: Readonly<Record<string, Snippet>> = {
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
  'tokio-postgres': rust(
    'let url = std::env::var("DATABASE_URL")?;',
    'if let Ok(roots) = std::env::var("PGSSLROOTCERT") {',
    'let (client, connection) = tokio_postgres::connect(&url, MakeTlsConnector::new(tls.build()?)).await?;',
  ),
  diesel: rust('let mut connection = PgConnection::establish(&url)?;'),
  jdbc: java(
    'var connection = DriverManager.getConnection(',
    'System.getenv("JDBC_DATABASE_URL"),',
    'System.getenv("JDBC_DATABASE_USERNAME"),',
    'System.getenv("JDBC_DATABASE_PASSWORD"));',
  ),
  spring: java('SpringApplication.run(Application.class, args);'),
  flyway: java('var flyway = Flyway.configure().envVars().load();'),
  quarkus: java('@Inject', 'DataSource database;'),
  php: php("$db = new PDO('pgsql:');"),
  doctrine: php("$db = DriverManager::getConnection(['url' => getenv('DATABASE_URL')]);"),
  symfony: { language: 'yaml', code: 'database.url: "%env(resolve:DATABASE_URL)%"' },
  'ruby-pg': ruby('connection = PG.connect'),
  rails: ruby("ActiveRecord::Base.establish_connection(ENV.fetch('DATABASE_URL'))"),
};
