import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type NeonConnection, type NeonRequest, takeFromNeon, type Wait } from '../../src/sources/neon-api.ts';
import { selfSigned } from '../support/certificates.ts';
import {
  broken,
  cutOff,
  type DoubleOptions,
  type Fault,
  hangUp,
  html,
  json,
  makeBranch,
  makeOperation,
  type NeonApiDouble,
  redirect,
  refuse,
  silence,
  startNeonApi,
  trickle,
} from '../support/neon-api-double.ts';

const KEY = 'napi_1234567890abcdefghijklmnopqrstuvwxyz';
const OTHER_KEY = 'napi_for_another_project';
const PASSWORD = 'npg_Tr1ck/y@pass:word';

const main = makeBranch('main', { isDefault: true });
const preview = makeBranch('preview/pr-17', { host: 'ep-young-leaf-1-pooler.c-2.eu-central-1.aws.neon.tech' });
const two = makeBranch('two', { databases: ['app', 'audit'], roles: { app_owner: 'a-secret', reader: 'b-secret' } });

/** In `double`: what the server holds. In `faults`: what the first requests of a name get. In `request`: what is asked for. */
interface Case {
  readonly it: string;
  readonly double?: Partial<DoubleOptions>;
  readonly faults?: Record<string, Fault[]>;
  readonly request?: Partial<NeonRequest>;
  /** The problem's code, or the parts of the connection that matter. */
  readonly gives: string | Partial<NeonConnection>;
  /** Words that the sentence or the fix must hold. */
  readonly says?: string | RegExp;
  /** How often it waits before it tries again; a range where the deadline ends it. */
  readonly waits?: number | 'some';
  /** Seconds that it takes, from and to. */
  readonly seconds?: [from: number, to: number];
}

const times = (count: number, fault: Fault): Fault[] => Array.from({ length: count }, () => fault);
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString();
const endless = (fault: Fault): Record<string, Fault[]> => ({ listProjectBranches: times(500, fault) });
const branches = [main, preview, two];

const cases: Case[] = [
  // ---- what is chosen
  {
    it: 'the default branch',
    gives: { host: 'ep-main-752733.us-east-2.aws.neon.tech', database: 'neondb', user: 'neondb_owner', password: PASSWORD },
  },
  {
    it: 'the default branch, on the second page',
    double: { branches: [two, preview, main], pageSize: 2 },
    gives: { branch: { id: main.branch.id, name: 'main' } },
  },
  { it: 'pooled', request: { pooled: true }, gives: { host: 'ep-main-752733-pooler.us-east-2.aws.neon.tech' } },
  {
    it: 'a branch by name',
    request: { branch: 'preview/pr-17' },
    gives: { branch: { id: preview.branch.id, name: 'preview/pr-17' }, host: 'ep-young-leaf-1.c-2.eu-central-1.aws.neon.tech' },
  },
  {
    it: 'a branch by name, pooled',
    request: { branch: 'preview/pr-17', pooled: true },
    gives: { host: 'ep-young-leaf-1-pooler.c-2.eu-central-1.aws.neon.tech' },
  },
  {
    it: 'a branch by id',
    request: { branch: preview.branch.id },
    gives: { branch: { id: preview.branch.id, name: 'preview/pr-17' } },
  },
  {
    it: 'a branch whose name looks like an id',
    double: { branches: [main, makeBranch('br-hotfix-1')] },
    request: { branch: 'br-hotfix-1' },
    gives: { branch: { id: 'br-br-hotfix-1-497520', name: 'br-hotfix-1' } },
  },
  {
    it: 'a branch whose name holds another’s',
    double: { branches: [makeBranch('dev2'), makeBranch('dev'), main] },
    request: { branch: 'dev' },
    gives: { branch: { id: 'br-dev-497520', name: 'dev' } },
  },
  {
    it: 'a branch among thousands',
    double: { branches: [...Array.from({ length: 2500 }, (_, n) => makeBranch(`b${n}`)), main], pageSize: 1000 },
    request: { branch: 'b2499' },
    gives: { branch: { id: 'br-b2499-497520', name: 'b2499' } },
  },
  {
    it: 'one of two databases and roles, named',
    request: { branch: 'two', database: 'audit', user: 'reader' },
    gives: { database: 'audit', user: 'reader', password: 'b-secret' },
  },
  {
    it: 'a role whose name needs encoding',
    double: { branches: [makeBranch('main', { isDefault: true, roles: { 'a/b c?': 'x-secret' } })] },
    gives: { user: 'a/b c?', password: 'x-secret' },
  },
  {
    it: 'the only role that can log in',
    double: { branches: [withRoles(main, [{ protected: true }, { authentication_method: 'no_login' }])] },
    gives: { user: 'neondb_owner' },
  },
  {
    it: 'an archived branch: slow, but usable',
    double: { branches: [makeBranch('main', { isDefault: true, state: 'archived' })] },
    gives: { user: 'neondb_owner' },
  },
  { it: 'without the password', request: { withoutPassword: true }, gives: { user: 'neondb_owner' } },

  // ---- what fails at once
  {
    it: 'a wrong key',
    request: { apiKey: 'napi_wrong' },
    gives: 'neon-unauthorized',
    says: /HTTP 401.*key in the Neon console/s,
  },
  { it: 'a key of another project', request: { apiKey: OTHER_KEY }, gives: 'neon-unauthorized', says: 'HTTP 403' },
  {
    it: 'no such project',
    request: { projectId: 'misty-rain-000000' },
    gives: 'neon-not-found',
    says: /project `misty-rain-000000`.*neon-project-id/s,
  },
  {
    it: 'no such branch, but a near one',
    request: { branch: 'preview/pr-71' },
    gives: 'neon-not-found',
    says: 'branch `preview/pr-71` in project `shiny-wind-028834`; near it: `preview/pr-17`',
  },
  {
    it: 'no such branch, and nothing near',
    request: { branch: 'production' },
    gives: 'neon-not-found',
    says: 'there is `main`, `preview/pr-17`, `two`',
  },
  { it: 'no such branch id', request: { branch: 'br-gone-1' }, gives: 'neon-not-found', says: '`br-gone-1`' },
  { it: 'no default branch', double: { branches: [two] }, gives: 'neon-not-found', says: 'default branch' },
  {
    it: 'two databases',
    request: { branch: 'two' },
    gives: 'neon-ambiguous',
    says: /several databases: `app`, `audit`\..*input `database`/s,
  },
  {
    it: 'two roles',
    request: { branch: 'two', database: 'app' },
    gives: 'neon-ambiguous',
    says: /several roles: `app_owner`, `reader`\..*input `user`/s,
  },
  {
    it: 'no such database',
    request: { database: 'neonbd' },
    gives: 'neon-not-found',
    says: 'database `neonbd` on branch `main`; near it: `neondb`',
  },
  {
    it: 'no such role',
    request: { user: 'owner' },
    gives: 'neon-not-found',
    says: 'role `owner` on branch `main`; there is `neondb_owner`',
  },
  {
    it: 'no database at all',
    double: { branches: [makeBranch('main', { isDefault: true, databases: [] })] },
    gives: 'neon-not-found',
    says: 'database on branch',
  },
  {
    it: 'no compute',
    double: { branches: [makeBranch('main', { isDefault: true, host: '' })] },
    gives: 'neon-not-found',
    says: 'read-write compute on branch `main`',
  },
  {
    it: 'only a read-only compute',
    double: { branches: [makeBranch('main', { isDefault: true, endpoint: { type: 'read_only' as never } })] },
    gives: 'neon-not-found',
    says: 'read-write compute',
  },
  {
    it: 'a disabled compute',
    double: { branches: [makeBranch('main', { isDefault: true, endpoint: { disabled: true } })] },
    gives: 'neon-unavailable',
    says: /compute of branch `main` is disabled.*Enable/s,
  },
  {
    it: 'passwords that are not stored (412)',
    double: { branches: [makeBranch('main', { isDefault: true, roles: { neondb_owner: undefined } })] },
    gives: 'neon-not-found',
    says: 'password of role `neondb_owner`',
  },
  {
    it: 'pooled, for a host that is not Neon’s',
    double: { branches: [makeBranch('main', { isDefault: true, host: 'db.example.com' })] },
    request: { pooled: true },
    gives: 'pooled-unsupported',
    says: 'db.example.com',
  },
  {
    it: 'a bad request (400)',
    faults: endless(refuse(400)),
    gives: 'neon-unavailable',
    says: 'refused the request (HTTP 400, request ',
  },
  {
    it: 'a web page instead of JSON',
    faults: endless(html(200)),
    gives: 'neon-unavailable',
    says: /web page instead of JSON \(HTTP 200\).*neon-api-host/s,
  },
  { it: 'a web page instead of “not found”', faults: endless(html(404)), gives: 'neon-unavailable', says: 'web page' },
  { it: 'a sign-in page in the API’s place', faults: endless(html(403)), gives: 'neon-unavailable', says: 'web page' },
  {
    it: 'JSON of something else',
    faults: endless(json(200, { ok: true })),
    gives: 'neon-unavailable',
    says: 'without “branches”',
  },
  {
    it: 'a JSON text that is no object',
    faults: { listProjectBranches: [json(200, 'fine')] },
    gives: { database: 'neondb' },
    waits: 1,
  },
  {
    it: 'an answer without end',
    faults: endless((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(Buffer.alloc(17 * 2 ** 20, ' '));
    }),
    gives: 'neon-unavailable',
    says: /sent more than 16 MiB.*neon-api-host/s,
  },
  {
    it: 'many names, none near',
    double: { branches: [main, ...Array.from({ length: 12 }, (_, n) => makeBranch(`zz${n}`))] },
    request: { branch: 'preview/pr-99' },
    gives: 'neon-not-found',
    says: /branch `preview\/pr-99` in project `[^`]+`\.$/m,
  },
  {
    it: 'a dozen databases, none named',
    double: {
      branches: [
        makeBranch('main', { isDefault: true, databases: Array.from({ length: 12 }, (_, n) => `${'d'.repeat(110)}${n}`) }),
      ],
    },
    gives: 'neon-ambiguous',
    says: /`d{99}…` and 2 more/,
  },
  {
    it: 'a host that is not Neon’s',
    double: { branches: [makeBranch('main', { isDefault: true, host: 'db.example.com' })] },
    gives: { host: 'db.example.com' },
  },
  {
    it: 'a branch of which nothing is known any more',
    faults: {
      listProjectBranchEndpoints: times(2, refuse(404)),
      listProjectBranchDatabases: times(2, refuse(404)),
      listProjectBranchRoles: times(2, refuse(404)),
      listProjectOperations: times(2, refuse(404)),
    },
    gives: 'neon-not-found',
    says: 'read-write compute',
  },
  ...[301, 302, 303, 307, 308].map(
    (status): Case => ({
      it: `a redirect (${status})`,
      faults: endless(redirect(status, 'https://elsewhere.example/')),
      gives: 'neon-unavailable',
      says: `redirect (HTTP ${status})`,
    }),
  ),

  // ---- what passes
  {
    it: 'locked twice, then well (423)',
    faults: { listProjectBranches: times(2, refuse(423)) },
    gives: { user: 'neondb_owner' },
    waits: 2,
  },
  {
    it: 'conflict once, then well (409)',
    faults: { listProjectBranchRoles: [refuse(409)] },
    gives: { user: 'neondb_owner' },
    waits: 1,
  },
  {
    it: 'rate-limited, Retry-After in seconds (429)',
    faults: { getProjectBranchRolePassword: [refuse(429, { 'retry-after': '1' })] },
    gives: { password: PASSWORD },
    waits: 1,
    seconds: [1, 6],
  },
  {
    it: 'unavailable, Retry-After as a date (503)',
    faults: {
      listProjectBranchDatabases: [(response, request) => refuse(503, { 'retry-after': inSeconds(2) })(response, request)],
    },
    gives: { database: 'neondb' },
    waits: 1,
    seconds: [1.5, 8],
  },
  {
    it: 'Retry-After in the past',
    faults: { listProjectBranches: [refuse(503, { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' })] },
    gives: { database: 'neondb' },
    waits: 1,
  },
  {
    it: 'Retry-After that means nothing',
    faults: { listProjectBranches: [refuse(503, { 'retry-after': 'soon' })] },
    gives: { database: 'neondb' },
    waits: 1,
  },
  { it: '500, then well', faults: { listProjectBranchEndpoints: [refuse(500)] }, gives: { database: 'neondb' }, waits: 1 },
  {
    it: 'a gateway’s error page, then well (502)',
    faults: { listProjectBranches: [html(502)] },
    gives: { database: 'neondb' },
    waits: 1,
  },
  {
    it: '504 and 524, then well',
    faults: { listProjectBranches: [html(504), html(524)] },
    gives: { database: 'neondb' },
    waits: 2,
  },
  { it: 'cut off, then well', faults: { listProjectBranches: [cutOff] }, gives: { database: 'neondb' }, waits: 1 },
  { it: 'half a JSON, then well', faults: { listProjectBranches: [broken] }, gives: { database: 'neondb' }, waits: 1 },
  { it: 'hung up, then well', faults: { listProjectBranches: [hangUp] }, gives: { database: 'neondb' }, waits: 1 },
  {
    it: 'slow, then well',
    faults: { listProjectBranches: [silence] },
    request: { attemptMs: 300 },
    gives: { database: 'neondb' },
    waits: 1,
    seconds: [0.3, 6],
  },
  {
    it: 'a body that trickles, then well',
    faults: { listProjectBranches: [trickle] },
    request: { attemptMs: 300 },
    gives: { database: 'neondb' },
    waits: 1,
    seconds: [0.3, 6],
  },
  ...['create_branch', 'create_compute', 'start_compute', 'apply_config', 'timeline_unarchive'].map(
    (action): Case => ({
      it: `an operation that never ends (${action})`,
      double: { operations: [makeOperation(main.branch.id, action)] },
      gives: 'neon-unavailable',
      says: `running operations (${action})`,
      waits: 'some',
    }),
  ),
  {
    it: 'an operation that is about to be scheduled',
    double: { operations: [makeOperation(main.branch.id, 'apply_config', 'scheduling')] },
    gives: 'neon-unavailable',
    waits: 'some',
  },
  {
    it: 'an operation that ended badly',
    double: { operations: [makeOperation(main.branch.id, 'apply_config', 'failed')] },
    gives: { database: 'neondb' },
  },
  {
    it: 'an operation that does not matter to a client',
    double: { operations: [makeOperation(main.branch.id, 'suspend_compute')] },
    gives: { database: 'neondb' },
  },
  {
    it: 'an operation on another branch',
    double: { operations: [makeOperation(two.branch.id, 'create_branch')] },
    gives: { database: 'neondb' },
  },
  {
    it: 'a branch that stays in creation',
    double: { branches: [makeBranch('main', { isDefault: true, state: 'init' })] },
    gives: 'neon-unavailable',
    says: 'still being created',
    waits: 'some',
  },
  {
    it: 'a branch that stays in reset',
    double: { branches: [makeBranch('main', { isDefault: true, state: 'resetting' })] },
    gives: 'neon-unavailable',
    says: 'still being reset',
    waits: 'some',
  },

  // ---- what lasts longer than the deadline
  {
    it: 'locked for ever (423)',
    faults: endless(refuse(423)),
    gives: 'neon-unavailable',
    says: 'locked by running operations (HTTP 423',
    waits: 'some',
  },
  {
    it: 'rate-limited for ever (429)',
    faults: endless(refuse(429)),
    gives: 'neon-rate-limited',
    says: 'HTTP 429',
    waits: 'some',
  },
  {
    it: 'rate-limited for longer than there is time',
    faults: endless(refuse(429, { 'retry-after': '3600' })),
    gives: 'neon-rate-limited',
    says: 'asks to wait 3600 s more',
    waits: 0,
    seconds: [0, 5],
  },
  {
    it: 'under maintenance for longer than there is time',
    faults: endless(refuse(503, { 'retry-after': '3600' })),
    gives: 'neon-unavailable',
    says: 'asks to wait 3600 s more',
    waits: 0,
    seconds: [0, 5],
  },
  {
    it: '500 for ever',
    faults: endless(refuse(500)),
    gives: 'neon-unavailable',
    says: 'HTTP 500, request ',
    waits: 'some',
  },
  {
    it: 'silence for ever',
    faults: endless(silence),
    gives: 'neon-unavailable',
    says: /did not answer within [\d.]+ s, still after [\d.]+ s/,
    waits: 0,
    request: { deadlineMs: 1000 },
    seconds: [0.9, 6],
  },
  {
    it: 'cut off for ever',
    faults: endless(cutOff),
    gives: 'neon-unavailable',
    says: 'before its answer was complete',
    waits: 'some',
  },
];

/** More roles beside the branch's own, none of which a job can use. */
function withRoles(branch: typeof main, more: Partial<(typeof main)['roles'][number]>[]): typeof main {
  const [first] = branch.roles;
  return {
    ...branch,
    roles: [...branch.roles, ...more.map((role, index) => ({ ...first, name: `system_${index}`, ...role }))] as never,
  };
}

interface Run {
  readonly connection?: NeonConnection;
  readonly problem?: { code: string; message: string; fix: string };
  readonly waits: Wait[];
  readonly secrets: string[];
  readonly seconds: number;
}

async function run(api: NeonApiDouble, request: Partial<NeonRequest> = {}): Promise<Run> {
  const waits: Wait[] = [];
  const secrets: string[] = [];
  const started = performance.now();
  const whole: NeonRequest = {
    apiKey: KEY,
    projectId: api.projectId,
    apiHost: api.url,
    // Ample: what has to be quick is said case by case, and machines are slow at times.
    deadlineMs: 20_000,
    signal: new AbortController().signal,
    backoff: { baseMs: 40, capMs: 400 },
    ...request,
  };
  const listener = { onSecret: (secret: string) => void secrets.push(secret), onWait: (wait: Wait) => void waits.push(wait) };
  const result = await takeFromNeon(whole, listener).then(
    (connection) => ({ connection }),
    (problem) => ({ problem }),
  );
  return { ...result, waits, secrets, seconds: (performance.now() - started) / 1000 };
}

let api: NeonApiDouble;
const open = async (options: Partial<DoubleOptions> = {}): Promise<NeonApiDouble> => {
  api = await startNeonApi({ apiKey: KEY, otherKey: OTHER_KEY, branches: [...branches], ...options });
  return api;
};
afterEach(() => api?.close());

describe('the Neon API', () => {
  test.each(cases)(
    '$it → $gives',
    async ({ double, faults, request, gives, says, waits = 0, seconds = waits === 'some' ? [0.05, 5] : [0, 5] }) => {
      await open(double);
      for (const [operation, list] of Object.entries(faults ?? {})) api.fail(operation, ...list);

      const { connection, problem, ...rest } = await run(api, { ...(waits === 'some' && { deadlineMs: 600 }), ...request });

      if (typeof gives === 'string')
        expect(problem).toMatchObject({
          name: 'Problem',
          code: gives,
          stage: gives === 'pooled-unsupported' ? 'input' : 'neon-api',
        });
      else expect(connection).toMatchObject(gives);
      if (says) expect(`${problem?.message}\n${problem?.fix}`).toMatch(says);
      if (waits === 'some') expect(rest.waits.length).toBeGreaterThan(0);
      else expect(rest.waits).toHaveLength(waits);
      expect(rest.seconds).toBeGreaterThanOrEqual(seconds[0]);
      expect(rest.seconds).toBeLessThan(seconds[1]);
      // Every request, and every answer of the double that no test put there, is as Neon's description says.
      expect(api.complaints).toEqual([]);
      expect(rest.secrets).toEqual(connection?.password === undefined ? [] : [connection.password]);
      expect(`${problem?.message}\n${problem?.fix}\n${JSON.stringify(rest.waits)}`).not.toContain(KEY);
    },
  );

  test('waits for a branch that another job is just creating, then connects', async () => {
    await open({ create: { host: (endpoint) => `${endpoint}.us-east-2.aws.neon.tech`, runsMs: 1000 } });
    const answer = await fetch(`${api.url}/projects/${api.projectId}/branches`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ branch: { name: 'preview/pr-18' }, endpoints: [{ type: 'read_write' }] }),
    });
    expect(answer.status).toBe(201);

    const { connection, waits } = await run(api, { branch: 'preview/pr-18' });

    expect(connection).toMatchObject({ branch: { name: 'preview/pr-18' }, database: 'neondb', password: PASSWORD });
    expect(waits.length).toBeGreaterThan(0);
    expect(waits[0]?.what).toBe('says that the branch still has running operations (start_compute)');
    expect(api.complaints).toEqual([]);
  });

  test('a secret that comes with another answer is handed over as well', async () => {
    await open({ branches: [withRoles(main, [{ protected: true, password: 'of a system role' }])] });
    expect((await run(api)).secrets).toEqual(['of a system role', PASSWORD]);
  });

  test('the key never follows a redirect, not even to the same host', async () => {
    const elsewhere = await startNeonApi({ apiKey: KEY, branches });
    await open();
    for (const target of [elsewhere.url, api.url]) {
      api.fail('listProjectBranches', redirect(307, `${target}/projects/${api.projectId}/branches`));
      expect((await run(api)).problem?.code).toBe('neon-unavailable');
    }
    await elsewhere.close();
    expect(elsewhere.seen).toEqual([]);
    expect(api.seen).toHaveLength(2);
  });

  test('the waits grow, spread by chance, and every one is told before it begins', async () => {
    await open();
    api.fail('listProjectBranches', ...times(6, refuse(503)));
    const { connection, waits } = await run(api, { deadlineMs: 20_000, backoff: { baseMs: 20, capMs: 160 } });
    expect(connection?.database).toBe('neondb');
    const bounds = [20, 40, 80, 160, 160, 160];
    for (const [index, { delayMs }] of waits.entries()) expect(delayMs).toBeLessThanOrEqual(bounds[index] as number);
    expect(new Set(waits.map(({ delayMs }) => delayMs)).size).toBeGreaterThan(2);
  });

  test('a cancelled job stops at once, in a request and in a wait', async () => {
    await open();
    for (const fault of [silence, refuse(429, { 'retry-after': '20' })]) {
      const controller = new AbortController();
      api.fail('listProjectBranches', fault);
      setTimeout(() => controller.abort(), 200);
      const { problem, seconds } = await run(api, { signal: controller.signal, deadlineMs: 60_000 });
      expect(problem).toMatchObject({ code: 'cancelled', stage: 'neon-api' });
      expect(seconds).toBeLessThan(10);
    }
  });

  test('the requests side by side end with the first problem', async () => {
    await open();
    api.fail('listProjectBranchRoles', refuse(400));
    api.fail('listProjectBranchEndpoints', silence);
    const { problem, seconds } = await run(api);
    expect(problem?.code).toBe('neon-unavailable');
    expect(seconds).toBeLessThan(10);
  });

  test('nobody listens', async () => {
    await open();
    const { url } = api;
    await api.close();
    const { problem, waits } = await run(api, { apiHost: url, deadlineMs: 500 });
    expect(problem).toMatchObject({
      code: 'neon-unavailable',
      message: expect.stringContaining('cannot be reached (ECONNREFUSED), still after'),
    });
    expect(waits.length).toBeGreaterThan(0);
  });
});

describe('what is refused before the key goes anywhere', () => {
  test.each<[request: Partial<NeonRequest>, input: string, says: string]>([
    [{ apiHost: 'console.neon.tech' }, 'neon-api-host', 'is not a URL'],
    [{ apiHost: 'http://console.neon.tech/api/v2' }, 'neon-api-host', 'in the clear'],
    [{ apiHost: 'http://localhost.example.com/api/v2' }, 'neon-api-host', 'in the clear'],
    [{ apiHost: 'http://127.0.0.1.example.com/' }, 'neon-api-host', 'in the clear'],
    [{ apiHost: 'ftp://127.0.0.1/' }, 'neon-api-host', 'https://'],
    [{ apiHost: 'https://user:pass@console.neon.tech/api/v2' }, 'neon-api-host', 'an address alone'],
    [{ apiHost: 'https://console.neon.tech/api/v2?x=1' }, 'neon-api-host', 'an address alone'],
    [{ apiKey: 'napi_with\nline' }, 'neon-api-key', 'line break'],
    [{ apiKey: 'napi_with blank' }, 'neon-api-key', 'blank'],
    [{ apiKey: 'napi_ümlaut' }, 'neon-api-key', 'no API key has'],
    [{ apiKey: '' }, 'neon-api-key', 'no API key has'],
    [{ projectId: '../users/me' }, 'neon-project-id', 'not the id'],
    [{ projectId: 'Shiny Wind' }, 'neon-project-id', 'not the id'],
    [{ projectId: '' }, 'neon-project-id', 'not the id'],
  ])('%j', async (request, input, says) => {
    const asked: unknown[] = [];
    await open();
    const { problem } = await run(api, { ...request, fetch: async (url) => asked.push(url) as never });
    expect(problem).toMatchObject({ code: 'invalid-input', message: expect.stringContaining(`\`${input}\``) });
    expect(problem?.message).toContain(says);
    expect(problem?.message).not.toMatch(/napi_|pass@/);
    expect(asked).toEqual([]);
  });
});

test('a certificate that nobody vouches for is refused, whatever an earlier step has put into the environment', async () => {
  const { chain, key } = await selfSigned({ names: ['localhost'] });
  const seen: unknown[] = [];
  const server = createServer({ cert: chain, key }, (request, response) => {
    seen.push(request.headers.authorization);
    response.end('{}');
  }).listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // A process of its own: Jest's has a copy of the environment, which Node's TLS does not look at.
  const program = `
    import './src/problems/all.ts';
    import { takeFromNeon } from './src/sources/neon-api.ts';
    const request = { apiKey: '${KEY}', projectId: 'p', apiHost: 'https://localhost:${port}/api/v2', deadlineMs: 5000 };
    const problem = await takeFromNeon({ ...request, signal: new AbortController().signal }, { onSecret() {}, onWait() {} }).catch((error) => error);
    console.log(JSON.stringify({ code: problem.code, message: problem.message }));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { PATH: process.env.PATH, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let complained = '';
  child.stdout.on('data', (data) => (printed += data));
  child.stderr.on('data', (data) => (complained += data));
  await once(child, 'close');
  server.close();
  expect(complained).toBe('');
  expect(JSON.parse(printed)).toEqual({
    code: 'neon-unavailable',
    message: 'The Neon API cannot be trusted: its certificate was refused (DEPTH_ZERO_SELF_SIGNED_CERT).',
  });
  expect(seen).toEqual([]);
});
