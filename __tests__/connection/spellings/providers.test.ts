// Behind import() in the step. Loaded here before the tests begin, so that mutation testing counts every test for its tables.
import '../../../src/connection/spellings/others.ts';
import type { Connection } from '../../../src/connection/connection.ts';
import { settle } from '../../../src/connection/settle.ts';
import { read } from '../../../src/connection/spellings/index.ts';
import { refusalOf, SECRET } from '../../support/refusal.ts';

const P = SECRET;
/** What `${{ … }}` is without being one here. */
const expression = (inside: string): string => ['$', `{{${inside}}}`].join('');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const json = (value: unknown): string => JSON.stringify(value, null, 2);

const SUPABASE = 'aws-0-eu-central-1.pooler.supabase.com';
const RDS = 'mydb.c9akciq32.eu-west-1.rds.amazonaws.com';
const AZURE = 'mydb.postgres.database.azure.com';
const SOCKET = '/cloudsql/proj:europe-west1:inst';
const HEROKU = 'ec2-3-224-1-2.compute-1.amazonaws.com';
const RAILWAY = 'roundhouse.proxy.rlwy.net';
const OCEAN = 'db-postgresql-fra1-1-do-user-1-0.c.db.ondigitalocean.com';
const AIVEN = 'pg-1a2b-myproj.a.aivencloud.com';
const TIGER = 'abc123.xyz.tsdb.cloud.timescale.com';
const COCKROACH = 'my-cluster-1234.5xj.gcp-europe-west1.cockroachlabs.cloud';
const YUGABYTE = 'eu-west-1.abc-123.aws.ybdb.io';
const TOKEN = `${RDS}:5432/?Action=connect&DBUser=app&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F20260101%2Feu-west-1&X-Amz-Expires=900&X-Amz-Signature=${P}`;
const URL_ = `postgresql://app:${P}@db.example.org/shop`;
const CNPG = {
  dbname: 'app',
  host: 'c-rw.default',
  password: P,
  port: '5432',
  uri: `postgresql://app:${P}@c-rw.default:5432/app`,
  user: 'app',
  username: 'app',
};
const encoded = Object.fromEntries(Object.entries(CNPG).map(([key, value]) => [key, base64(value)]));

/**
 * What a provider's console, command line or page gives to copy, and what has to come of it.
 *
 * `comes`: `user@host:port/database sslmode`, with what is kept for one client or for the probe behind it; or what the refusal says and
 * what helps. `more`: the password where it is another one, or the refusal's code where it is another one.
 */
type Row = readonly [what: string, text: string, comes: string | RegExp, more?: string];

// biome-ignore format: a table, one case a line
const ROWS: readonly Row[] = [
  ['Supabase, direct', `postgresql://postgres:${P}@db.abcdefghijklmnopqrst.supabase.co:5432/postgres`, 'postgres@db.abcdefghijklmnopqrst.supabase.co:5432/postgres verify-full'],
  ['Supabase, session pooler', `postgresql://postgres.abcdef:${P}@${SUPABASE}:5432/postgres`, `postgres.abcdef@${SUPABASE}:5432/postgres verify-full`],
  ['Supabase, Prisma’s block', `# Connect to Supabase via connection pooling\nDATABASE_URL="postgresql://postgres.abcdef:${P}@${SUPABASE}:6543/postgres?pgbouncer=true"\n\n# Direct connection to the database. Used for migrations\nDIRECT_URL="postgresql://postgres.abcdef:${P}@${SUPABASE}:5432/postgres"\n        `, `postgres.abcdef@${SUPABASE}:6543/postgres verify-full pgbouncer`],
  ['Supabase, Python’s block', `user=postgres.abcdef \npassword=${P}\nhost=${SUPABASE}\nport=6543\ndbname=postgres`, `postgres.abcdef@${SUPABASE}:6543/postgres verify-full`],
  ['Supabase, JDBC', `jdbc:postgresql://${SUPABASE}:5432/postgres?user=postgres.abcdef&password=${P}`, `postgres.abcdef@${SUPABASE}:5432/postgres verify-full`],
  ['Supabase, its command line’s variables', `ANON_KEY="eyJ.x.y"\nAPI_URL="http://127.0.0.1:54321"\nDB_URL="postgresql://postgres:${P}@127.0.0.1:54322/postgres"\nGRAPHQL_URL="http://127.0.0.1:54321/graphql/v1"`, 'postgres@127.0.0.1:54322/postgres disable'],
  ['Supabase, the same as JSON', json({ ANON_KEY: 'eyJ.x.y', API_URL: 'http://127.0.0.1:54321', DB_URL: `postgresql://postgres:${P}@127.0.0.1:54322/postgres` }), 'postgres@127.0.0.1:54322/postgres disable'],
  ['Supabase, the same as a table', `         API URL: http://127.0.0.1:54321\n          DB URL: postgresql://postgres:${P}@127.0.0.1:54322/postgres`, /other text around its postgresql:\/\/ URL.*the URL alone/],
  ['Supabase, its brackets kept', `postgresql://postgres:[${P}]@db.abcdef.supabase.co:5432/postgres`, 'postgres@db.abcdef.supabase.co:5432/postgres verify-full', `[${P}]`],
  ['Supabase, its template', 'postgresql://postgres.abcdef:[YOUR-PASSWORD]@db.abcdef.supabase.co:5432/postgres', /placeholder in its password/, 'placeholder-value'],
  ['Supabase, Python’s template', `user=postgres.abcdef\npassword=[YOUR-PASSWORD]\nhost=${SUPABASE}\nport=6543\ndbname=postgres`, /placeholder in its password/, 'placeholder-value'],
  ['Supabase, psql, which asks for the password', `psql -h ${SUPABASE} -p 6543 -d postgres -U postgres.abcdef`, /password is empty.*`password` input/],
  ['Supabase, .NET', json({ ConnectionStrings: { DefaultConnection: `User Id=postgres.abcdef;Password=${P};Server=${SUPABASE};Port=5432;Database=postgres` } }), `postgres.abcdef@${SUPABASE}:5432/postgres verify-full`],
  ['Supabase, the project’s address', 'https://abcdef.supabase.co', /web page/],

  ['Vercel, with Supabase’s parameters', `POSTGRES_URL="postgres://postgres.abc:${P}@${SUPABASE}:6543/postgres?sslmode=require&supa=base-pooler.x"\nPOSTGRES_USER="postgres"\nPOSTGRES_HOST="db.abc.supabase.co"\nPOSTGRES_PASSWORD="${P}"\nSUPABASE_URL="https://abc.supabase.co"`, `postgres.abc@${SUPABASE}:6543/postgres require supa`],
  ['Vercel, the parts alone', `POSTGRES_USER="default"\nPOSTGRES_HOST="db.example.org"\nPOSTGRES_PASSWORD="${P}"\nPOSTGRES_DATABASE="verceldb"`, 'default@db.example.org:5432/verceldb verify-full'],
  ['Vercel, with a prefix of one’s own', `STORAGE_URL="${URL_}"\nSTORAGE_URL_UNPOOLED="postgresql://app:${P}@direct.example.org/shop"`, /several URLs.*STORAGE_URL, STORAGE_URL_UNPOOLED/],

  ['RDS, a secret', json({ username: 'app', password: P, engine: 'postgres', host: RDS, port: 5432, dbname: 'shop', dbInstanceIdentifier: 'mydb', masterarn: 'arn:aws:x' }), `app@${RDS}:5432/shop verify-full`],
  ['RDS, a secret as the command line prints it', json({ ARN: 'arn:aws:x', Name: 'prod/db', SecretString: JSON.stringify({ username: 'app', password: P, engine: 'postgres', host: RDS, port: 5432, dbname: 'shop' }), VersionStages: ['AWSCURRENT'] }), `app@${RDS}:5432/shop verify-full`],
  ['RDS, a secret that RDS manages', json({ username: 'postgres', password: P }), /names no host.*`host` input/],
  ['RDS, a secret without a database', json({ username: 'app', password: P, engine: 'postgres', host: RDS, port: 5432 }), /names no database.*`database` input/],
  ['RDS, Systems Manager', json({ Parameter: { Name: '/db', Type: 'SecureString', Value: URL_, Version: 1 } }), 'app@db.example.org:5432/shop verify-full'],
  ['RDS, a generated password with signs', `postgresql://postgres:<Ab:#${P}|q)@${RDS}:5432/shop`, `postgres@${RDS}:5432/shop verify-full`, `<Ab:#${P}|q)`],
  ['RDS, a token in a psql command', `psql "host=${RDS} port=5432 sslmode=verify-full dbname=shop user=app password=${TOKEN}"`, `app@${RDS}:5432/shop verify-full`, TOKEN],
  ['RDS, a token, encoded', `postgresql://app:${encodeURIComponent(TOKEN)}@${RDS}:5432/shop?sslmode=require`, `app@${RDS}:5432/shop require`, TOKEN],
  ['RDS, a token as it is', `postgresql://app:${TOKEN}@${RDS}:5432/shop`, /parameter that nobody knows.*percent-encode the password/],
  ['RDS, a token alone', TOKEN, /token for logging in at AWS.*Give it as `password`/],
  ['RDS, the wrapper’s URL', `jdbc:aws-wrapper:postgresql://${RDS}:5432/shop?user=app&password=${P}`, `app@${RDS}:5432/shop verify-full`],
  ['RDS, several hosts', `postgresql://app:${P}@a.example.org:5432,b.example.org:5432/shop?target_session_attrs=read-write`, 'app@a.example.org:5432,b.example.org:5432/shop verify-full target_session_attrs=read-write'],

  ['Azure, JDBC', `jdbc:postgresql://${AZURE}:5432/shop?user=app&password=${P}&sslmode=require`, `app@${AZURE}:5432/shop require`],
  ['Azure, libpq, with the user of a single server', `host=${AZURE} port=5432 dbname=shop user=app@mydb password=${P} sslmode=require`, `app@mydb@${AZURE}:5432/shop require`],
  ['Azure, psql', `psql "host=${AZURE} port=5432 dbname=shop user=app password=${P} sslmode=require"`, `app@${AZURE}:5432/shop require`],
  ['Azure, the user of a single server in a URL', `postgres://app%40mydb:${P}@${AZURE}:5432/shop?sslmode=require`, `app@mydb@${AZURE}:5432/shop require`],
  ['Azure, the same, not encoded', `postgres://app@mydb:${P}@${AZURE}:5432/shop?sslmode=require`, /a user such as `name@server`.*%40/],
  ['Azure, the environment', `export PGHOST=${AZURE}\nexport PGUSER=app\nexport PGPORT=5432\nexport PGDATABASE=postgres\nexport PGPASSWORD="${P}" `, `app@${AZURE}:5432/postgres verify-full`],
  ['Azure, Service Connector’s parts', `AZURE_POSTGRESQL_HOST=${AZURE}\nAZURE_POSTGRESQL_PORT=5432\nAZURE_POSTGRESQL_DATABASE=shop\nAZURE_POSTGRESQL_USER=app\nAZURE_POSTGRESQL_PASSWORD=${P}\nAZURE_POSTGRESQL_SSL=true`, `app@${AZURE}:5432/shop verify-full`],
  ['Azure, Service Connector’s string', `AZURE_POSTGRESQL_CONNECTIONSTRING=dbname=shop host=${AZURE} port=5432 sslmode=require user=app password=${P}`, `app@${AZURE}:5432/shop require`],
  ['Azure, what its command line prints of a new server', json({ connectionString: `postgresql://app:${P}@${AZURE}/flexibleserverdb?sslmode=require`, databaseName: 'flexibleserverdb', firewallName: 'x', host: AZURE, id: '/x', password: P, username: 'app', version: '16' }), `app@${AZURE}:5432/flexibleserverdb require`],
  ['Azure, a Key Vault secret', json({ attributes: { enabled: true }, id: 'https://v.vault.azure.net/secrets/x', name: 'x', value: URL_ }), 'app@db.example.org:5432/shop verify-full'],
  ['Azure, all strings at once', json({ connectionStrings: { 'ado.net': `Server=${AZURE};Password=${P};`, psql_cmd: `postgresql://app:${P}@${AZURE}/postgres` } }), /JSON object without a connection/],
  ['Azure, the templates', `host=${AZURE} port=5432 dbname={your_database} user=app password={your_password} sslmode=require`, /placeholder in its password/, 'placeholder-value'],
  ['Azure, JDBC’s template', `jdbc:postgresql://${AZURE}:5432/{your_database}?user=app&password=${P}&sslmode=require`, /placeholder in its database/, 'placeholder-value'],
  ['Azure, ADO.NET', `Server=${AZURE};Database=shop;Port=5432;User Id=app;Password=${P};Ssl Mode=Require;`, `app@${AZURE}:5432/shop require`],
  ['Azure, ADO.NET of a web app', `Database=shop; Data Source=${AZURE}; User Id=app; Password=${P}`, `app@${AZURE}:5432/shop verify-full`],
  ['Azure, ADO.NET in a variable', `AZURE_POSTGRESQL_CONNECTIONSTRING=Server=${AZURE};Database=shop;User Id=app;Password=${P};`, `app@${AZURE}:5432/shop verify-full`],
  ['Azure, ADO.NET in a .NET variable', `ConnectionStrings__Default=Server=${AZURE};Database=shop;User Id=app;Password=${P};`, `app@${AZURE}:5432/shop verify-full`],
  ['Azure, ODBC', `Driver={PostgreSQL Unicode};Server=${AZURE};Database=shop;Uid=app;Pwd=${P};`, /ODBC.*its own input/],
  ['Azure, Python', `cnx = psycopg2.connect(user="app", password="${P}", host="${AZURE}", port=5432, database="shop")`, /piece of a program.*its own input/],
  ['Azure, Node.js', `var config = {host:"${AZURE}", user:"app", password:"${P}", database:"shop", port:5432};`, /piece of a program/],
  ['Azure, Ruby', `connection = PG::Connection.new(user => "app", password => "${P}", host => "${AZURE}")`, /piece of a program/],

  ['Cloud SQL, a socket in the query', `postgresql://app:${P}@/shop?host=${SOCKET}`, `app@${SOCKET}:5432/shop disable`],
  ['Cloud SQL, a socket, encoded', `postgres://app:${P}@${encodeURIComponent(SOCKET)}/shop`, `app@${SOCKET}:5432/shop disable`],
  ['Cloud SQL, Prisma', `postgresql://app:${P}@localhost/shop?host=${SOCKET}`, `app@${SOCKET}:5432/shop disable`],
  ['Cloud SQL, Go, with a name that libpq does not know', `user=app password=${P} database=shop host=${SOCKET}`, `app@${SOCKET}:5432/shop disable`],
  ['Cloud SQL, knex', json({ client: 'pg', connection: { user: 'app', password: P, database: 'shop', host: SOCKET } }), `app@${SOCKET}:5432/shop disable`],
  ['Cloud SQL, the proxy', `postgresql://app:${P}@127.0.0.1:5432/shop`, 'app@127.0.0.1:5432/shop disable'],
  ['Cloud SQL, JDBC’s socket factory', `jdbc:postgresql:///shop?cloudSqlInstance=proj:europe-west1:inst&socketFactory=com.google.cloud.sql.postgres.SocketFactory&user=app&password=${P}`, /names no host.*`host` input/],
  ['Cloud SQL, an instance for the host', `postgresql://app:${P}@proj:europe-west1:inst/shop`, /port must be a number.*Correct `port`/],
  ['Cloud SQL, the variables of its samples', `INSTANCE_CONNECTION_NAME=proj:europe-west1:inst\nDB_USER=app\nDB_PASS=${P}\nDB_NAME=shop`, /names no host.*`host` input/],
  ['Cloud SQL, psql with files', `psql "sslmode=verify-ca sslrootcert=server-ca.pem sslcert=client-cert.pem sslkey=client-key.pem hostaddr=192.0.2.3 user=app dbname=shop"`, /neither PEM text nor the path.*Give the PEM text/, 'invalid-input'],
  ['AlloyDB, a private address', `postgresql://postgres:${P}@10.1.2.3:5432/postgres`, 'postgres@10.1.2.3:5432/postgres verify-full'],

  ['Heroku', `postgres://u1abc:p${P}@${HEROKU}:5432/d1abc`, `u1abc@${HEROKU}:5432/d1abc verify-full`, `p${P}`],
  ['Heroku, config', `DATABASE_URL: postgres://u1abc:${P}@${HEROKU}:5432/d1abc`, `u1abc@${HEROKU}:5432/d1abc verify-full`],
  ['Heroku, config for a shell', `DATABASE_URL='postgres://u1abc:${P}@${HEROKU}:5432/d1abc'\nHEROKU_POSTGRESQL_PINK_URL='postgres://u2:x@${HEROKU}:5432/d2'`, `u1abc@${HEROKU}:5432/d1abc verify-full`],
  ['Heroku, one colour', `HEROKU_POSTGRESQL_PINK_URL=postgres://u1abc:${P}@${HEROKU}:5432/d1abc`, `u1abc@${HEROKU}:5432/d1abc verify-full`],
  ['Heroku, two colours', `HEROKU_POSTGRESQL_PINK_URL=postgres://u1:${P}@${HEROKU}/d1\nHEROKU_POSTGRESQL_TEAL_URL=postgres://u2:${P}@${HEROKU}/d2`, /several URLs.*PINK_URL.*TEAL_URL.*the line of the connection that is meant/],
  ['Heroku, config as JSON', json({ DATABASE_URL: `postgres://u1abc:${P}@${HEROKU}:5432/d1abc`, HEROKU_POSTGRESQL_PINK_URL: 'x', SECRET_KEY_BASE: 'x' }), `u1abc@${HEROKU}:5432/d1abc verify-full`],
  ['Heroku, config with its title', `=== my-app Config Vars\n\nDATABASE_URL: postgres://u1abc:${P}@${HEROKU}:5432/d1abc`, /a line that is not `NAME=value`.*Take it out/],
  ['Heroku, the info string', `"dbname=d1abc host=${HEROKU} port=5432 user=u1abc password=${P} sslmode=require"`, `u1abc@${HEROKU}:5432/d1abc require`],
  ['Heroku, the credentials’ page', `Connection info string:\n   "dbname=d1abc host=${HEROKU} user=u1abc password=${P}"\nConnection URL:\n   postgres://u1abc:${P}@${HEROKU}:5432/d1abc`, /other text around/],

  ['Render, external', `postgresql://app:${P}@dpg-abc123-a.oregon-postgres.render.com/shop`, 'app@dpg-abc123-a.oregon-postgres.render.com:5432/shop verify-full'],
  ['Render, psql', `PGPASSWORD=${P} psql -h dpg-abc123-a.oregon-postgres.render.com -U app shop`, 'app@dpg-abc123-a.oregon-postgres.render.com:5432/shop verify-full'],
  ['Render, internal', `postgresql://app:${P}@dpg-abc123-a/shop`, 'app@dpg-abc123-a:5432/shop disable'],

  ['Railway, public', `postgresql://postgres:${P}@${RAILWAY}:12345/railway`, `postgres@${RAILWAY}:12345/railway verify-full`],
  ['Railway, the public variable', `DATABASE_PUBLIC_URL=postgresql://postgres:${P}@${RAILWAY}:12345/railway`, `postgres@${RAILWAY}:12345/railway verify-full`],
  ['Railway, psql', `PGPASSWORD=${P} psql -h ${RAILWAY} -U postgres -p 12345 -d railway`, `postgres@${RAILWAY}:12345/railway verify-full`],
  ['Railway, the raw editor', `DATABASE_PUBLIC_URL="postgresql://postgres:${P}@${RAILWAY}:12345/railway"\nDATABASE_URL="postgresql://postgres:${P}@postgres.railway.internal:5432/railway"\nPGDATA="/var"\nPGDATABASE="railway"\nPGHOST="postgres.railway.internal"\nPGPASSWORD="${P}"\nPGPORT="5432"\nPGUSER="postgres"\nPOSTGRES_USER="postgres"`, 'postgres@postgres.railway.internal:5432/railway verify-full'],
  ['Railway, its command line’s JSON', json({ DATABASE_PUBLIC_URL: 'x', DATABASE_URL: `postgresql://postgres:${P}@postgres.railway.internal:5432/railway`, PGDATA: '/var', PGDATABASE: 'railway', PGHOST: 'postgres.railway.internal', PGPASSWORD: P, PGPORT: '5432', PGUSER: 'postgres' }), 'postgres@postgres.railway.internal:5432/railway verify-full'],
  ['Railway, a reference', expression('Postgres.DATABASE_URL'), /expression.*Put the value itself/],
  ['Railway, references in a URL', `postgresql://${expression('PGUSER')}:${expression('PGPASSWORD')}@${RAILWAY}:1/railway`, /placeholder in its password/, 'placeholder-value'],
  ['Railway, references in the raw editor', `PGHOST="${expression('RAILWAY_PRIVATE_DOMAIN')}"\nPGPASSWORD="${P}"\nPGUSER="${expression('POSTGRES_USER')}"`, /expression.*Put the value itself/],

  ['Fly, attached', `postgres://my_app:${P}@my-db.flycast:5432/my_app?sslmode=disable`, 'my_app@my-db.flycast:5432/my_app disable'],
  ['Fly, managed', `postgresql://fly-user:${P}@pgbouncer.abc123.flympg.net/fly-db`, 'fly-user@pgbouncer.abc123.flympg.net:5432/fly-db verify-full'],
  ['Fly, without a database', `postgres://postgres:${P}@top2.nearest.of.my-db.internal:5432`, /names no database/],
  ['Fly, what attaching prints', `The following secret was added to my-app:\n  DATABASE_URL=postgres://my_app:${P}@my-db.flycast:5432/my_app?sslmode=disable`, /a line that is not `NAME=value`.*only the line/],
  ['Fly, what creating prints', `  Username:    postgres\n  Password:    ${P}\n  Hostname:    my-db.internal\n  Connection string: postgres://postgres:${P}@my-db.flycast:5432`, /other text around/],

  ['DigitalOcean, a URL', `postgresql://doadmin:AVNS_${P}@${OCEAN}:25060/defaultdb?sslmode=require`, `doadmin@${OCEAN}:25060/defaultdb require`, `AVNS_${P}`],
  ['DigitalOcean, the parameters', `username = doadmin\npassword = ${P}\nhost = ${OCEAN}\nport = 25060\ndatabase = defaultdb\nsslmode = require`, `doadmin@${OCEAN}:25060/defaultdb require`],
  ['DigitalOcean, the flags', `PGPASSWORD=${P} psql -U doadmin -h ${OCEAN} -p 25060 -d defaultdb --set=sslmode=require`, `doadmin@${OCEAN}:25060/defaultdb verify-full`],
  ['DigitalOcean, doctl’s connection', json({ protocol: 'postgresql', uri: `postgresql://doadmin:${P}@${OCEAN}:25060/defaultdb?sslmode=require`, database: 'defaultdb', host: OCEAN, port: 25060, user: 'doadmin', password: P, ssl: true }), `doadmin@${OCEAN}:25060/defaultdb require`],
  ['DigitalOcean, doctl’s list', json([{ id: '9cc1', name: 'db', engine: 'pg', connection: { host: OCEAN, password: P }, private_connection: { host: OCEAN, password: P } }]), /several connections in it \(`connection`, `private_connection`\)/],
  ['DigitalOcean, doctl’s table', `URI    Database    Host\npostgresql://doadmin:${P}@${OCEAN}:25060/defaultdb?sslmode=require    defaultdb    ${OCEAN}`, /other text around/],
  ['DigitalOcean, the password not shown', `postgresql://doadmin:show-password@${OCEAN}:25060/defaultdb?sslmode=require`, /placeholder in its password/, 'placeholder-value'],
  ['DigitalOcean, the password hidden', `postgresql://doadmin:<hidden>@${OCEAN}:25060/defaultdb?sslmode=require`, /placeholder in its password/, 'placeholder-value'],
  ['DigitalOcean, a binding', ['$', '{db.DATABASE_URL}'].join(''), /name of a variable.*Store the value/],

  ['Aiven, a URL', `postgres://avnadmin:AVNS_${P}@${AIVEN}:12691/defaultdb?sslmode=require`, `avnadmin@${AIVEN}:12691/defaultdb require`, `AVNS_${P}`],
  ['Aiven, the password not shown', `postgres://CLICK_TO:REVEAL_PASSWORD@${AIVEN}:12691/defaultdb?sslmode=require`, /placeholder in its password/, 'placeholder-value'],
  ['Aiven, avn service get', json({ service_uri: `postgres://avnadmin:${P}@${AIVEN}:12691/defaultdb?sslmode=require`, service_uri_params: { dbname: 'defaultdb', host: AIVEN, password: P, port: '12691', sslmode: 'require', user: 'avnadmin' }, state: 'RUNNING' }), `avnadmin@${AIVEN}:12691/defaultdb require`],
  ['Aiven, the operator', `PGHOST=${AIVEN}\nPGPORT=12691\nPGDATABASE=defaultdb\nPGUSER=avnadmin\nPGPASSWORD=${P}\nPGSSLMODE=require\nDATABASE_URI=postgres://avnadmin:${P}@${AIVEN}:12691/defaultdb?sslmode=require`, `avnadmin@${AIVEN}:12691/defaultdb require`],
  ['Aiven, the operator’s newer names', `POSTGRESQL_HOST=${AIVEN}\nPOSTGRESQL_PORT=12691\nPOSTGRESQL_DATABASE=defaultdb\nPOSTGRESQL_USER=avnadmin\nPOSTGRESQL_PASSWORD=${P}\nPOSTGRESQL_SSLMODE=require`, `avnadmin@${AIVEN}:12691/defaultdb require`],
  ['OVH, the template', `postgres://<username>:<password>@postgresql-1a2b-o3c4.database.cloud.ovh.net:20184/defaultdb?sslmode=require`, /placeholder in its password/, 'placeholder-value'],

  ['Crunchy Bridge', `psql postgres://postgres:${P}@p.abcdef.db.postgresbridge.com:5432/postgres`, 'postgres@p.abcdef.db.postgresbridge.com:5432/postgres verify-full'],
  ['Crunchy’s operator, decoded', json({ dbname: 'hippo', host: 'hippo-primary.pgo.svc', 'jdbc-uri': 'jdbc:x', password: P, port: '5432', uri: `postgresql://hippo:${P}@hippo-primary.pgo.svc:5432/hippo`, user: 'hippo', verifier: 'SCRAM-SHA-256$x' }), 'hippo@hippo-primary.pgo.svc:5432/hippo verify-full'],
  ['Tiger, its file', `TIMESCALE_SERVICE_URL=postgres://tsdbadmin:${P}@${TIGER}:33203/tsdb?sslmode=require\nPGPASSWORD=${P}\nPGUSER=tsdbadmin\nPGDATABASE=tsdb\nPGHOST=${TIGER}\nPGPORT=33203\nPGSSLMODE=require`, `tsdbadmin@${TIGER}:33203/tsdb require`],
  ['Tiger, psql', `psql "postgres://tsdbadmin:${P}@${TIGER}:33203/tsdb?sslmode=require"`, `tsdbadmin@${TIGER}:33203/tsdb require`],

  ['CockroachDB', `postgresql://app:${P}@${COCKROACH}:26257/defaultdb?sslmode=verify-full`, `app@${COCKROACH}:26257/defaultdb verify-full`],
  ['CockroachDB, the cluster in options', `postgresql://app:${P}@free-tier.cockroachlabs.cloud:26257/defaultdb?sslmode=verify-full&options=--cluster%3Dmy-cluster-1234`, 'app@free-tier.cockroachlabs.cloud:26257/defaultdb verify-full options=--cluster=my-cluster-1234'],
  ['CockroachDB, the same, not encoded', `postgresql://app:${P}@free-tier.cockroachlabs.cloud:26257/defaultdb?options=--cluster=my-cluster-1234`, /second `=`.*%3D/],
  ['CockroachDB, the system’s roots', `postgresql://app:${P}@${COCKROACH}:26257/defaultdb?sslmode=verify-full&sslrootcert=system`, `app@${COCKROACH}:26257/defaultdb verify-full`],
  ['CockroachDB, a file of the home folder', `postgresql://app:${P}@${COCKROACH}:26257/defaultdb?sslmode=verify-full&sslrootcert=$HOME/.postgresql/root.crt`, /nothing but a shell.*input `sslrootcert`.*take it out/, 'invalid-input'],
  ['CockroachDB, the same on Windows', `postgresql://app:${P}@${COCKROACH}:26257/defaultdb?sslmode=verify-full&sslrootcert=$env:appdata/.postgresql/root.crt`, /nothing but a shell.*input `sslrootcert`/, 'invalid-input'],
  ['CockroachDB, the template', `postgresql://app:<ENTER-SQL-USER-PASSWORD>@${COCKROACH}:26257/defaultdb?sslmode=verify-full`, /placeholder in its password/, 'placeholder-value'],
  ['CockroachDB, its client’s command', `cockroach sql --url "postgresql://app:${P}@${COCKROACH}:26257/defaultdb?sslmode=verify-full"`, /other text around/],
  ['YugabyteDB, with what its drivers know', `postgresql://yugabyte:${P}@127.0.0.1:5433/yugabyte?load_balance=true`, 'yugabyte@127.0.0.1:5433/yugabyte disable load_balance'],
  ['YugabyteDB, its own JDBC', `jdbc:yugabytedb://${YUGABYTE}:5433/yugabyte?user=admin&password=${P}&load-balance=true`, `admin@${YUGABYTE}:5433/yugabyte verify-full load-balance`],
  ['YugabyteDB, its template for the CA', `postgresql://admin:${P}@${YUGABYTE}:5433/yugabyte?ssl=true&sslmode=verify-full&sslrootcert=root.crt`, /neither PEM text nor the path/, 'invalid-input'],

  ['Nile', `postgres://018ad484-0d52-7274-8639-057814be60c3:${P}@us-west-2.db.thenile.dev/customerdb`, '018ad484-0d52-7274-8639-057814be60c3@us-west-2.db.thenile.dev:5432/customerdb verify-full'],
  ['Xata, a branch in the database', `postgresql://ws123:xau_${P}@us-east-1.sql.xata.sh:5432/shop:main?sslmode=require`, 'ws123@us-east-1.sql.xata.sh:5432/shop:main require', `xau_${P}`],
  ['Prisma Postgres', `DATABASE_URL="postgres://abc:sk_${P}@db.prisma.io:5432/postgres?sslmode=require"\nPRISMA_DATABASE_URL="prisma+postgres://accelerate.prisma-data.net/?api_key=eyJ"`, 'abc@db.prisma.io:5432/postgres require', `sk_${P}`],
  ['Prisma Postgres, Accelerate before the direct URL', `DATABASE_URL="prisma+postgres://accelerate.prisma-data.net/?api_key=eyJ"\nDIRECT_URL="postgres://abc:sk_${P}@db.prisma.io:5432/postgres?sslmode=require"`, 'abc@db.prisma.io:5432/postgres require', `sk_${P}`],
  ['Prisma Postgres, pooled', `postgres://abc:sk_${P}@pooled.db.prisma.io:5432/postgres?sslmode=require&pool=true`, 'abc@pooled.db.prisma.io:5432/postgres require pool', `sk_${P}`],
  ['Prisma Accelerate', `DATABASE_URL="prisma+postgres://accelerate.prisma-data.net/?api_key=eyJ${P}"`, /Prisma Accelerate.*`DIRECT_URL`/],
  ['PlanetScale', `postgresql://pscale_api_abc.def:pscale_pw_${P}@us-east-4.pg.psdb.cloud:5432/postgres?sslmode=verify-full&sslrootcert=system`, 'pscale_api_abc.def@us-east-4.pg.psdb.cloud:5432/postgres verify-full', `pscale_pw_${P}`],
  ['PlanetScale, psql', `psql 'host=us-east-4.pg.psdb.cloud port=5432 user=pscale_api_abc.def password=${P} dbname=postgres sslnegotiation=direct sslmode=verify-full sslrootcert=system'`, 'pscale_api_abc.def@us-east-4.pg.psdb.cloud:5432/postgres verify-full sslnegotiation=direct'],
  ['PlanetScale, parts', `DATABASE_HOST=us-east-4.pg.psdb.cloud\nDATABASE_PORT=5432\nDATABASE_NAME=postgres\nDATABASE_USERNAME=pscale_api_abc.def\nDATABASE_PASSWORD=${P}`, 'pscale_api_abc.def@us-east-4.pg.psdb.cloud:5432/postgres verify-full'],
  ['Koyeb, which has Neon’s option', `postgres://koyeb-adm:${P}@ep-shiny-cell-123456.eu-central-1.pg.koyeb.app/koyebdb?options=endpoint%3Dep-shiny-cell-123456`, 'koyeb-adm@ep-shiny-cell-123456.eu-central-1.pg.koyeb.app:5432/koyebdb verify-full options=endpoint=ep-shiny-cell-123456'],
  ['Koyeb, parts', `DATABASE_HOST=ep-shiny.eu-central-1.pg.koyeb.app\nDATABASE_USER=koyeb-adm\nDATABASE_PASSWORD=${P}\nDATABASE_NAME=koyebdb`, 'koyeb-adm@ep-shiny.eu-central-1.pg.koyeb.app:5432/koyebdb verify-full'],
  ['Scaleway, serverless', `postgres://uuid-a-b:${P}@uuid.pg.sdb.fr-par.scw.cloud:5432/shop?sslmode=require`, 'uuid-a-b@uuid.pg.sdb.fr-par.scw.cloud:5432/shop require'],
  ['Scalingo', `postgres://app:${P}@abc.postgresql.a.osc-fr1.scalingo-dbs.com:30000/app?sslmode=prefer`, 'app@abc.postgresql.a.osc-fr1.scalingo-dbs.com:30000/app prefer'],
  ['Clever Cloud, two URLs', `POSTGRESQL_ADDON_URI=postgresql://u:${P}@b.example.org:5432/b\nPOSTGRESQL_ADDON_DIRECT_URI=postgresql://u:${P}@c.example.org:5432/b`, /several URLs/],
  ['Clever Cloud, parts', `POSTGRESQL_ADDON_HOST=b.example.org\nPOSTGRESQL_ADDON_PASSWORD=${P}\nPOSTGRESQL_ADDON_DB=b\nPOSTGRESQL_ADDON_USER=u`, 'u@b.example.org:5432/b verify-full'],
  ['Cloud Foundry, a service key', json({ host: 'h.example.com', jdbcUrl: 'jdbc:x', name: 'cf_63', password: P, port: 5432, uri: `postgresql://app:${P}@h.example.com:5432/cf_63`, username: 'app' }), 'app@h.example.com:5432/cf_63 verify-full'],
  ['Cloud Foundry, VCAP_SERVICES', json({ 'postgresql-db': [{ label: 'postgresql-db', credentials: { dbname: 'shop', hostname: 'h.example.com', password: P, port: '5432', username: 'app' } }] }), 'app@h.example.com:5432/shop verify-full'],

  ['CloudNativePG, a URL', CNPG.uri, 'app@c-rw.default:5432/app verify-full'],
  ['CloudNativePG, decoded', json(CNPG), 'app@c-rw.default:5432/app verify-full'],
  ['CloudNativePG, decoded, with the host’s short name beside', json({ ...CNPG, host: 'c-rw' }), /two different things about `host`.*Leave one/],
  ['CloudNativePG, JDBC', `jdbc:postgresql://c-rw.default:5432/app?password=${P}&user=app`, 'app@c-rw.default:5432/app verify-full'],
  ['CloudNativePG, pgpass', `c-rw.default:5432:app:app:${P}\n`, 'app@c-rw.default:5432/app verify-full'],
  ['CloudNativePG, a value not decoded', base64(CNPG.uri), /base64-encoded.*decoded string/],
  ['CloudNativePG, JDBC not decoded', base64(`jdbc:postgresql://c-rw.default:5432/app?password=${P}&user=app`), /base64-encoded.*decoded string/],
  ['CloudNativePG, the data not decoded', json(encoded), /base64-encoded.*decoded string/],
  ['Kubernetes, a Secret as JSON', json({ apiVersion: 'v1', kind: 'Secret', data: encoded }), /Kubernetes Secret.*base64 -d/],
  ['Kubernetes, a Secret as YAML', `apiVersion: v1\ndata:\n  password: ${encoded.password}\n  uri: ${encoded.uri}\nkind: Secret\nmetadata:\n  name: c-app`, /Kubernetes Secret.*base64 -d/],
  ['Kubernetes, a Secret with its strings', `apiVersion: v1\nkind: Secret\nstringData:\n  DATABASE_URL: ${URL_}`, /YAML.*postgresql:\/\//],
  ['Zalando, user and password', json({ kind: 'Secret', data: { username: base64('app'), password: base64(P) } }), /Kubernetes Secret/],
  ['Crossplane', json({ endpoint: RDS, port: '5432', username: 'app', password: P }), /names no host.*`host` input/],
  ['a service binding', json({ type: 'postgresql', provider: 'aws', host: RDS, port: '5432', username: 'app', password: P, database: 'shop' }), `app@${RDS}:5432/shop verify-full`],
  ['Vault, key and value', json({ request_id: 'x', data: { data: { username: 'app', password: P, host: RDS, dbname: 'shop' }, metadata: { version: 1 } } }), `app@${RDS}:5432/shop verify-full`],
  ['Vault, a login', json({ request_id: 'x', lease_id: 'y', data: { password: P, username: 'v-token-app-x' } }), /names no host.*`host` input/],
  ['Terraform, an output', `database_url = "${URL_}"`, 'app@db.example.org:5432/shop verify-full'],
  ['Terraform, outputs', `db_host = "${RDS}"\ndb_password = "${P}"\ndb_port = 5432\ndb_user = "app"\ndb_name = "shop"`, `app@${RDS}:5432/shop verify-full`],
  ['Terraform, outputs as JSON', json({ db_host: { sensitive: false, type: 'string', value: RDS }, db_password: { sensitive: true, type: 'string', value: P }, db_username: { value: 'app' }, db_name: { value: 'shop' } }), `app@${RDS}:5432/shop verify-full`],
  ['Google’s Secret Manager, not decoded', json({ name: 'projects/1/secrets/x/versions/1', payload: { data: base64(URL_) } }), /JSON object without a connection/],

  ['the postgres image, its variables', `POSTGRES_USER=app\nPOSTGRES_PASSWORD=${P}\nPOSTGRES_DB=shop`, /names no host.*`host` input/],
  ['the postgres image, in compose', `environment:\n  POSTGRES_USER: app\n  POSTGRES_PASSWORD: ${P}\n  POSTGRES_DB: shop`, /YAML/],
  ['the postgres image and a host', `POSTGRES_HOST=localhost\nPOSTGRES_PORT=5433\nPOSTGRES_USER=app\nPOSTGRES_PASSWORD=${P}\nPOSTGRES_DB=shop`, 'app@localhost:5433/shop disable'],
  ['a service container', `postgres://postgres:${P}@postgres:5432/postgres`, 'postgres@postgres:5432/postgres disable'],
  ['a service container, a port of an expression', `postgres://postgres:${P}@localhost:${expression(' job.services.postgres.ports[5432] ')}/postgres`, /GitHub expression/],
  ['Testcontainers, a running one', `jdbc:postgresql://localhost:49153/test?loggerLevel=OFF&user=test&password=${P}`, 'test@localhost:49153/test disable loggerLevel'],
  ['Testcontainers, its own URL', 'jdbc:tc:postgresql:16:///shop?TC_DAEMON=true', /Testcontainers.*running server/],

  ['Laravel', `DB_CONNECTION=pgsql\nDB_HOST=db.example.org\nDB_PORT=5432\nDB_DATABASE=shop\nDB_USERNAME=app\nDB_PASSWORD=${P}`, 'app@db.example.org:5432/shop verify-full'],
  ['Symfony', `DATABASE_URL="postgresql://app:${P}@127.0.0.1:5432/app?serverVersion=16&charset=utf8"`, 'app@127.0.0.1:5432/app disable serverVersion charset'],
  ['Spring, variables', `SPRING_DATASOURCE_URL=jdbc:postgresql://db.example.org:5432/shop\nSPRING_DATASOURCE_USERNAME=app\nSPRING_DATASOURCE_PASSWORD=${P}`, 'app@db.example.org:5432/shop verify-full'],
  ['Spring, properties', `spring.datasource.url=jdbc:postgresql://db.example.org:5432/shop\nspring.datasource.username=app\nspring.datasource.password=${P}`, 'app@db.example.org:5432/shop verify-full'],
  ['Spring, YAML', `spring:\n  datasource:\n    url: jdbc:postgresql://db.example.org:5432/shop\n    username: app\n    password: ${P}`, /YAML/],
  ['R2DBC', `r2dbc:postgresql://app:${P}@db.example.org:5432/shop`, 'app@db.example.org:5432/shop verify-full'],
  ['R2DBC’s pool', `r2dbc:pool:postgresql://app:${P}@db.example.org:5432/shop`, 'app@db.example.org:5432/shop verify-full'],
  ['Quarkus', `quarkus.datasource.jdbc.url=jdbc:postgresql://db.example.org:5432/shop\nquarkus.datasource.username=app\nquarkus.datasource.password=${P}`, 'app@db.example.org:5432/shop verify-full'],
  ['JDBC with semicolons', `jdbc:postgresql://db.example.org:5432/shop;user=app;password=${P}`, /a `;` where.*Write `\?`/],
  ['JDBC of Redshift', `jdbc:redshift://c.example.org:5439/dev?password=${P}`, /jdbc: URL of another database/],
  ['Rails', `production:\n  adapter: postgresql\n  host: db.example.org\n  username: app\n  password: ${P}\n  database: shop`, /YAML/],
  ['Django', `DATABASES = {\n    'default': {\n        'ENGINE': 'django.db.backends.postgresql',\n        'PASSWORD': '${P}',\n        'HOST': 'db.example.org',\n    }\n}`, /piece of a program|not `NAME=value`/],
  ['Django, as JSON', json({ ENGINE: 'django.db.backends.postgresql', NAME: 'shop', USER: 'app', PASSWORD: P, HOST: 'db.example.org', PORT: '5432' }), /`NAME`.*`dbname`/],
  ['SQLAlchemy', `create_engine("postgresql+psycopg2://app:${P}@db.example.org/shop")`, /piece of a program/],
  ['SQLAlchemy, as it prints a URL', 'postgresql+psycopg2://app:***@db.example.org/shop', /placeholder in its password/, 'placeholder-value'],
  ['Ecto', `config :my_app, MyApp.Repo,\n  username: "app",\n  password: "${P}",\n  hostname: "db.example.org"`, /piece of a program/],
  ['GORM', `host=localhost user=gorm password=${P} dbname=gorm port=9920 sslmode=disable TimeZone=Asia/Shanghai`, 'gorm@localhost:9920/gorm disable TimeZone'],
  ['PDO', `pgsql:host=db.example.org;port=5432;dbname=shop;user=app;password=${P}`, /DSN of a library.*its own input/],
  ['DBI', `dbi:Pg:dbname=shop;host=db.example.org;password=${P}`, /DSN of a library/],
  ['Sequelize', json({ production: { username: 'app', password: P, database: 'shop', host: 'db.example.org', dialect: 'postgres' } }), 'app@db.example.org:5432/shop verify-full'],
  ['TypeORM', json({ type: 'postgres', host: 'db.example.org', port: 5432, username: 'app', password: P, database: 'shop', synchronize: true }), 'app@db.example.org:5432/shop verify-full'],
  ['node-postgres', json({ connectionString: URL_, ssl: { rejectUnauthorized: false } }), 'app@db.example.org:5432/shop verify-full'],

  ['TablePlus', `${URL_}?statusColor=007F3D&env=production&name=shop&tLSMode=0&usePrivateKey=false&safeModeLevel=0&advancedSafeModeLevel=0&driverVersion=0&lazyload=false`, 'app@db.example.org:5432/shop verify-full statusColor env name tLSMode usePrivateKey safeModeLevel advancedSafeModeLevel driverVersion lazyload'],
  ['DBeaver', 'jdbc:postgresql://db.example.org:5432/shop', /names no user/],
  ['a line of .pgpass', `db.example.org:5433:shop:app:${P}`, 'app@db.example.org:5433/shop verify-full'],
  ['a line of .pgpass, escaped', `db.example.org:5433:shop:app:a\\:b\\\\${P}`, 'app@db.example.org:5433/shop verify-full', `a:b\\${P}`],
  ['a line of .pgpass for every database', `db.example.org:*:*:app:${P}`, /names no database/],
  ['pg_service.conf', `[prod]\n# the shop\nhost=db.example.org\nport=5433\nuser=app\npassword=a b'${P}\ndbname=shop`, 'app@db.example.org:5433/shop verify-full', `a b'${P}`],
  ['a file of settings', `[postgresql]\r\nhost = db.example.org\r\nuser = app\r\npassword = ${P}\r\ndatabase = shop\r\nsslmode =\r\n`, 'app@db.example.org:5432/shop verify-full'],
  ['two sections', `[one]\nhost=h\npassword=${P}\n[two]\nhost=i`, /several sections/],
  ['a section with more than pairs', `[one]\nhost=h\n${P}`, /line that is not `name=value`/],
  ['pg_dump', `pg_dump "${URL_}" -f x.dump`, /other text around/],
  ['docker run', `docker run -it --rm postgres psql '${URL_}'`, /other text around/],
  ['angle brackets', `<${URL_}>`, /other text around/],
  ['a fence of Markdown', `\`\`\`\n${URL_}\n\`\`\``, /other text around/],
  ['an invisible character behind it', `${URL_}\u200b\n`, 'app@db.example.org:5432/shop verify-full'],
];

/** In the same words as the table's. */
const shown = ({ hosts, user, database, sslmode, parameters, foreign }: Connection): string => {
  const more = [...[...parameters].map(([keyword, value]) => `${keyword}=${value}`), ...foreign.keys()];
  const servers = hosts.map(({ host, port }) => `${host}:${port}`).join(',');
  return [`${user}@${servers}/${database}`, sslmode, ...more].join(' ');
};

test.each(ROWS.map(([what, text, comes, more]) => ({ what, text, comes, more })))('$what', async ({ text, comes, more }) => {
  const connect = async () =>
    settle(await read(text), { parameters: new Map(), defaults: new Map([['connect_timeout', '15']]) }, () => {
      throw new Error('no such file');
    });
  if (comes instanceof RegExp) {
    const refused = await refusalOf(connect);
    expect(refused?.code).toBe(more ?? 'invalid-connection-string');
    expect(`${refused?.message} ${refused?.fix}`).toMatch(comes);
    expect(`${refused?.message} ${refused?.fix}`).not.toContain(SECRET);
    return;
  }
  const { connection, notices } = await connect();
  expect(shown(connection)).toBe(comes);
  expect(connection.password).toBe(more ?? SECRET);
  expect(notices.join(' ')).not.toContain(SECRET);
});
