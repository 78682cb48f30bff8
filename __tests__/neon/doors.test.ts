import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { variables } from '../../src/clients/variables.ts';
import type { Connection } from '../../src/connection/connection.ts';
import { type DoorOptions, type Doors, openDoors, WORDS } from '../support/neon-doors.ts';
import { type Bed, shared } from '../support/postgres-bed.ts';

const PASSWORD = "npg_It's 100% a/b:c@d?e#f&g";
const USER = 'neon_doors_owner';
const DATABASE = 'neon_doors';
const HERE = 'ep-cool-name-123456';

let bed: Bed;
let doors: Doors;
const others: Doors[] = [];

beforeAll(async () => {
  bed = await shared();
  await bed.createRole(USER, PASSWORD);
  await bed.createDatabase(DATABASE, USER);
  doors = await openDoors({ bed, endpoints: [HERE] });
});
afterAll(async () => {
  for (const one of [doors, ...others]) await one?.close();
});

const another = async (options: Partial<DoorOptions>): Promise<Doors> => {
  const opened = await openDoors({ bed, endpoints: [HERE], ...options });
  others.push(opened);
  return opened;
};

interface Caller {
  readonly at?: Doors;
  /** The name that TLS asks for; absent: none. */
  readonly sni?: string | undefined;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly options?: string;
  readonly binding?: boolean;
  readonly tls?: boolean;
}

/** Logs in with node-postgres; gives who one is there, or the error. */
async function call({ at = doors, user = USER, password = PASSWORD, database = DATABASE, tls = true, ...more }: Caller = {}) {
  const sni = 'sni' in more ? more.sni : at.host(HERE);
  const client = new pg.Client({
    ...{ host: at.address, port: at.port, user, password, database, enableChannelBinding: more.binding ?? true },
    ...(more.options !== undefined && { options: more.options }),
    ssl: tls && { ca: at.ca, servername: sni ?? '', checkServerIdentity: () => undefined },
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query(
      "select current_user::text as user, current_database()::text as database, current_setting('application_name') as application",
    );
    return rows[0] as { user: string; database: string };
  } catch (error) {
    const { message, code, severity } = error as pg.DatabaseError;
    return { message, code, severity };
  } finally {
    await client.end().catch(() => {});
  }
}

const told = (message: string) => ({ message, code: 'XX000', severity: 'ERROR' });

describe('Neon’s doors, doubled', () => {
  test.each<[how: string, caller: () => Caller, passage: Partial<Doors['passages'][number]>]>([
    ['by SNI, with channel binding', () => ({}), { endpoint: HERE, pooled: false, mechanism: 'SCRAM-SHA-256-PLUS' }],
    ['by SNI, without', () => ({ binding: false }), { mechanism: 'SCRAM-SHA-256' }],
    ['on the pooled name', () => ({ sni: doors.host(HERE, true) }), { endpoint: HERE, pooled: true }],
    ['by options=endpoint', () => ({ sni: undefined, options: `endpoint=${HERE}` }), { endpoint: HERE }],
    ['by options=project, the old name', () => ({ sni: 'localhost', options: `project=${HERE}` }), { endpoint: HERE }],
    ['by both, which agree', () => ({ options: `endpoint=${HERE}` }), { endpoint: HERE }],
    [
      'with the endpoint in the password',
      () => ({ sni: undefined, password: `endpoint=${HERE};${PASSWORD}` }),
      { mechanism: 'password' },
    ],
    ['and so with a dollar sign', () => ({ sni: undefined, password: `project=${HERE}$${PASSWORD}` }), { mechanism: 'password' }],
    ['with a setting on the direct name', () => ({ options: '-c work_mem=8MB' }), { endpoint: HERE }],
  ])('lets in %s', async (_, caller, passage) => {
    expect(await call(caller())).toMatchObject({ user: USER, database: DATABASE });
    expect(doors.passages.at(-1)).toMatchObject(passage);
  });

  test.each<[why: string, caller: () => Caller, words: string]>([
    ['neither SNI nor option', () => ({ sni: undefined }), WORDS.noEndpoint],
    ['a name outside of the domain', () => ({ sni: 'localhost' }), WORDS.noEndpoint],
    ['an option beside another name', () => ({ options: 'endpoint=ep-other-1' }), WORDS.inconsistent(HERE, 'ep-other-1')],
    [
      'an option without -pooler beside the pooled name',
      () => ({ sni: doors.host(HERE, true), options: `endpoint=${HERE}` }),
      WORDS.inconsistent(`${HERE}-pooler`, HERE),
    ],
    ['a malformed id', () => ({ sni: undefined, options: 'endpoint=ep_x' }), WORDS.malformed('ep_x')],
    ['an endpoint that is not there', () => ({ sni: doors.host('ep-gone-1') }), WORDS.notFound],
    ['a wrong password', () => ({ password: 'wrong' }), WORDS.password(USER)],
    ['a role that is not there', () => ({ user: 'nobody_here' }), WORDS.password('nobody_here')],
    ['a wrong password, without channel binding', () => ({ password: 'wrong', binding: false }), WORDS.password(USER)],
    ['a database that is not there', () => ({ database: 'nowhere' }), 'database "nowhere" does not exist'],
    ['no TLS', () => ({ tls: false }), WORDS.insecure],
    [
      'a setting on the pooled name',
      () => ({ sni: doors.host(HERE, true), options: '-c search_path=app' }),
      WORDS.startup('search_path'),
    ],
  ])('refuses %s', async (_, caller, words) => {
    expect(await call(caller())).toEqual(told(words));
  });

  test.each([true, false])('refuses in the words that it is told, late: %s', async (late) => {
    const own = await another({});
    own.refuse(HERE, { text: WORDS.tooMany, late, times: 2 });
    expect([await call({ at: own }), await call({ at: own }), await call({ at: own })]).toMatchObject([
      told(WORDS.tooMany),
      told(WORDS.tooMany),
      { user: USER },
    ]);
  });

  test('holds a login back until the compute is awake', async () => {
    const own = await another({ asleep: { ms: 2000 } });
    const timed = async () => {
      const started = performance.now();
      expect(await call({ at: own })).toMatchObject({ user: USER });
      return performance.now() - started;
    };
    expect(await timed()).toBeGreaterThan(2000);
    expect(await timed()).toBeLessThan(2000);
  });

  test('or refuses it until then', async () => {
    const own = await another({ asleep: { ms: 700, refuses: true } });
    expect(await call({ at: own })).toEqual(told(WORDS.compute));
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(await call({ at: own })).toMatchObject({ user: USER });
  });
});

describe('the serverless driver, with the DATABASE_URL that is exported', () => {
  const folder = mkdtempSync(join(tmpdir(), 'neon-connect-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The driver's own defaults, but for what this machine lacks: the names in DNS, and port 443. */
  const PROGRAM = `
    import dns from 'node:dns';
    import { neon, neonConfig, Pool } from '@neondatabase/serverless';
    const { lookup } = dns;
    dns.lookup = (name, options, back) => lookup(name.endsWith('.neon.tech') ? '127.0.0.1' : name, options, back);
    const { PORT, WAY, DATABASE_URL } = process.env;
    const { fetchEndpoint, wsProxy } = neonConfig;
    neonConfig.fetchEndpoint = (...host) => fetchEndpoint(...host).replace('/sql', ':' + PORT + '/sql');
    neonConfig.wsProxy = (host) => host + ':' + PORT + '/v2';
    const text = 'select current_user::text as user, current_database()::text as database, 1 + 1 as two';
    try {
      if (WAY === 'http') console.log(JSON.stringify((await neon(DATABASE_URL).query(text))[0]));
      if (WAY === 'transaction') {
        const sql = neon(DATABASE_URL);
        console.log(JSON.stringify((await sql.transaction([sql.query('select 1'), sql.query(text)]))[1][0]));
      }
      if (WAY === 'websocket') {
        const pool = new Pool({ connectionString: DATABASE_URL });
        console.log(JSON.stringify((await pool.query(text)).rows[0]));
        await pool.end();
      }
    } catch (error) {
      console.log(JSON.stringify({ error: error.message }));
    }`;

  async function run(way: string, database_url: string): Promise<unknown> {
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, doors.ca);
    const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
      cwd: process.cwd(),
      env: {
        PATH: process.env.PATH,
        NODE_EXTRA_CA_CERTS: ca,
        PORT: String(doors.httpsPort),
        WAY: way,
        DATABASE_URL: database_url,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout?.on('data', (data) => (out += data));
    child.stderr?.on('data', (data) => (err += data));
    await once(child, 'close');
    if (!out) throw new Error(err);
    return JSON.parse(out);
  }

  const url = (pooled: boolean, password = PASSWORD): string => {
    const connection: Connection = {
      hosts: [{ host: doors.host(HERE, pooled), port: 5432 }],
      ...{ user: USER, password, database: DATABASE, sslmode: 'verify-full', connectTimeout: 15 },
      ...{ trust: {}, parameters: new Map(), foreign: new Map() },
    };
    return variables(connection, { ca: join(folder, 'ca.pem') }).get('DATABASE_URL') as string;
  };

  test.each([
    ['http', false],
    ['http', true],
    ['transaction', false],
    ['websocket', false],
    ['websocket', true],
  ])('over %s, pooled: %s', async (way, pooled) => {
    expect(await run(way, url(pooled))).toEqual({ user: USER, database: DATABASE, two: 2 });
    expect(doors.passages.at(-1)).toMatchObject({ door: way === 'websocket' ? 'websocket' : 'http', endpoint: HERE, pooled });
  });

  test.each(['http', 'websocket'])('over %s with a wrong password', async (way) => {
    expect(await run(way, url(false, 'wrong'))).toEqual({ error: expect.stringContaining(WORDS.password(USER)) });
  });
});
