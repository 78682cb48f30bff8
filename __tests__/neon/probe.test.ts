import type { Connection } from '../../src/connection/connection.ts';
import { probe } from '../../src/probe/probe.ts';
import type { ProbeEvent, Proof } from '../../src/probe/types.ts';
import { type DoorOptions, type Doors, openDoors, WORDS } from '../support/neon-doors.ts';
import { type Bed, shared } from '../support/postgres-bed.ts';

const PASSWORD = "npg_It's 100% a/b:c@d?e#f&g";
const USER = 'neon_probe_owner';
const DATABASE = 'neon_probe';
const HERE = 'ep-cool-name-123456';

let bed: Bed;
const opened: Doors[] = [];
const open = async (options: Partial<DoorOptions> = {}): Promise<Doors> => {
  const doors = await openDoors({ bed, endpoints: [HERE], ...options });
  opened.push(doors);
  return doors;
};

beforeAll(async () => {
  bed = await shared();
  await bed.createRole(USER, PASSWORD);
  await bed.createDatabase(DATABASE, USER);
});
afterAll(() => Promise.all(opened.map((doors) => doors.close())));

interface Asked {
  readonly host?: string;
  readonly password?: string;
  readonly database?: string;
  readonly sslmode?: Connection['sslmode'];
  readonly parameters?: Record<string, string>;
  readonly timeoutMs?: number;
}

interface Outcome {
  readonly proof?: Proof;
  readonly problem?: { code: string; stage: string; message: string; fix: string };
  readonly events: ProbeEvent[];
  readonly waits: number;
}

/** The name does not resolve here: `hostaddr` takes the place of DNS, and nothing else changes. */
async function run(doors: Doors, asked: Asked = {}): Promise<Outcome> {
  const connection: Connection = {
    hosts: [{ host: asked.host ?? doors.host(HERE), hostaddr: doors.address, port: doors.port }],
    ...{ user: USER, password: asked.password ?? PASSWORD, database: asked.database ?? DATABASE },
    ...{ sslmode: asked.sslmode ?? 'verify-full', connectTimeout: 15, trust: { ca: doors.ca } },
    ...{ parameters: new Map(Object.entries(asked.parameters ?? {})), foreign: new Map() },
  };
  const events: ProbeEvent[] = [];
  const options = { timeoutMs: asked.timeoutMs ?? 1200, signal: new AbortController().signal, random: () => 0.5 };
  const result = await probe(connection, { ...options, onEvent: (event) => void events.push(event) }).then(
    (proof) => ({ proof }),
    (problem) => ({ problem }),
  );
  return { ...result, events, waits: events.filter(({ type }) => type === 'wait').length };
}

describe('the probe at Neon’s doors', () => {
  test.each<[how: string, asked: Asked, authentication: string]>([
    ['as Neon’s own string asks', { parameters: { channel_binding: 'require' } }, 'scram-sha-256-plus'],
    ['without channel binding', { parameters: { channel_binding: 'disable' } }, 'scram-sha-256'],
    ['with TLS at once', { parameters: { sslnegotiation: 'direct' } }, 'scram-sha-256-plus'],
    ['with the endpoint named twice', { parameters: { options: `endpoint=${HERE}` } }, 'scram-sha-256-plus'],
    ['with a setting', { parameters: { options: '-c work_mem=8MB' } }, 'scram-sha-256-plus'],
  ])('gets in %s', async (_, asked, authentication) => {
    const doors = await open();
    const { proof, problem } = await run(doors, asked);
    expect(problem).toBeUndefined();
    expect(proof).toMatchObject({
      host: doors.host(HERE),
      user: USER,
      database: DATABASE,
      authentication,
      tlsVersion: 'TLSv1.3',
    });
    expect(doors.passages).toMatchObject([{ endpoint: HERE, direct: asked.parameters?.sslnegotiation === 'direct' }]);
  });

  test('gets in on the pooled name', async () => {
    const doors = await open();
    expect((await run(doors, { host: doors.host(HERE, true) })).proof).toMatchObject({ attempts: 1 });
    expect(doors.passages).toMatchObject([{ pooled: true }]);
  });

  test('wakes a sleeping compute, which holds the login back meanwhile', async () => {
    const doors = await open({ asleep: { ms: 1000 } });
    const { proof } = await run(doors, { timeoutMs: 10_000 });
    expect(proof?.attempts).toBe(1);
    expect(proof?.stages.find(({ stage }) => stage === 'authenticate')?.ms).toBeGreaterThan(900);
  });

  test('wakes one whose door refuses meanwhile, and tells every wait', async () => {
    const doors = await open({ asleep: { ms: 1500, refuses: true } });
    const { proof, events, waits } = await run(doors, { timeoutMs: 20_000 });
    expect(proof?.attempts).toBeGreaterThan(1);
    expect(waits).toBe((proof?.attempts ?? 0) - 1);
    expect(proof?.ms).toBeGreaterThan(1400);
    const failures = events.filter((event) => event.type === 'failure');
    expect(failures.map(({ problem }) => problem.code)).toEqual(failures.map(() => 'endpoint-unavailable'));
  });

  /** What the doors say → the code, and whether the probe tries again. The column on the right is where Neon's source has the text. */
  const REFUSALS: [words: string, code: string, again: boolean, source: string][] = [
    [WORDS.ip('203.0.113.7'), 'ip-not-allowed', false, 'auth/mod.rs IpAddressNotAllowed'],
    [WORDS.network, 'ip-not-allowed', false, 'auth/mod.rs NetworkNotAllowed'],
    [WORDS.tooMany, 'rate-limited', true, 'auth/mod.rs TooManyConnections'],
    [WORDS.tooManyAttempts, 'rate-limited', true, 'control_plane/errors.rs TooManyConnections'],
    [WORDS.permit, 'rate-limited', true, 'control_plane/errors.rs TooManyConnectionAttempts'],
    [WORDS.compute, 'endpoint-unavailable', true, 'compute/mod.rs COULD_NOT_CONNECT'],
    [WORDS.failed, 'endpoint-unavailable', true, 'control_plane/errors.rs REQUEST_FAILED'],
    [WORDS.notFound, 'endpoint-not-found', false, 'control_plane/messages.rs NOT_FOUND'],
    [WORDS.disabled, 'endpoint-unavailable', false, 'control_plane/messages.rs NOT_ACCEPTABLE'],
    [WORDS.unavailable, 'endpoint-unavailable', true, 'control_plane/messages.rs LOCKED'],
    [WORDS.activeEndpoints, 'quota-exceeded', false, 'Neon’s page of connection errors'],
    [WORDS.quota, 'quota-exceeded', false, 'control_plane/messages.rs ComputeTimeQuotaExceeded'],
    [WORDS.operations, 'endpoint-unavailable', true, 'control_plane/messages.rs RunningOperations'],
    [WORDS.protected, 'role-not-permitted', false, 'control_plane/messages.rs RoleProtected'],
    // The compute's own errors come in the same form: stream.rs throw_error keeps the text and drops the SQLSTATE.
    ['permission denied for database "app"', 'permission-denied', false, 'PostgreSQL, utils/init/postinit.c'],
    ['sorry, too many clients already', 'too-many-connections', true, 'PostgreSQL, storage/lmgr/proc.c'],
    ['the database system is starting up', 'server-unavailable', true, 'PostgreSQL, tcop/backend_startup.c'],
    ['role "app" is not permitted to log in', 'role-not-permitted', false, 'PostgreSQL, utils/init/miscinit.c'],
  ];
  describe.each([false, true])('refused after the login: %s', (late) => {
    test.each(REFUSALS)('%s → %s, tries again: %s', async (text, code, again) => {
      const doors = await open();
      doors.refuse(HERE, { text, late });
      const { problem, events, waits } = await run(doors, { timeoutMs: again ? 1500 : 5000 });
      // At the deadline it is the last problem that counts.
      expect(events.filter(({ type }) => type === 'failure')[0]).toMatchObject({ problem: { code } });
      expect(problem).toMatchObject(
        again ? { code: expect.stringMatching(`^(${code}|deadline-exceeded)$`) } : { code, stage: 'authenticate' },
      );
      if (again) expect(waits).toBeGreaterThan(0);
      else expect(waits).toBe(0);
    });
  });

  test.each<[why: string, asked: (doors: Doors) => Asked, code: string]>([
    ['an endpoint that is not there', (doors) => ({ host: doors.host('ep-gone-1') }), 'endpoint-not-found'],
    ['a wrong password', () => ({ password: 'wrong' }), 'password-rejected'],
    ['a database that is not there', () => ({ database: 'nowhere' }), 'database-not-found'],
    ['an option beside another name', () => ({ parameters: { options: 'endpoint=ep-other-1' } }), 'endpoint-id-missing'],
    [
      'the pooled name with the direct one’s option',
      (doors) => ({ host: doors.host(HERE, true), parameters: { options: `endpoint=${HERE}` } }),
      'endpoint-id-missing',
    ],
    [
      'a setting on the pooled name',
      (doors) => ({ host: doors.host(HERE, true), parameters: { options: '-c search_path=app' } }),
      'startup-parameter-rejected',
    ],
    ['no TLS', () => ({ sslmode: 'disable' }), 'no-hba-entry'],
  ])('names %s', async (_, asked, code) => {
    const doors = await open();
    const { problem, waits } = await run(doors, asked(doors));
    expect(problem).toMatchObject({ code });
    expect(waits).toBe(0);
    expect(`${problem?.message} ${problem?.fix}`).not.toContain('wrong');
  });

  test('an address instead of a name: the password does not go to a server that asks for it in clear, unverified', async () => {
    const doors = await open();
    const { problem } = await run(doors, { host: '127.0.0.1', sslmode: 'require' });
    expect(problem).toMatchObject({ code: expect.stringMatching(/^(endpoint-id-missing|authentication-downgrade)$/) });
  });
});
