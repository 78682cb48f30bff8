import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  AnnotationData,
  Branch,
  BranchCreateRequest,
  BranchResponse,
  Database,
  DatabasesResponse,
  Endpoint,
  EndpointsResponse,
  GeneralError,
  Operation,
  OperationsResponse,
  Role,
  RolesResponse,
} from '@neondatabase/api-client';
import { type Judgement, judge } from './neon-api-description.ts';

/** One branch with everything on it. */
export interface DoubleBranch {
  readonly branch: Branch;
  readonly endpoints: readonly Endpoint[];
  readonly databases: readonly Database[];
  readonly roles: readonly (Role & { readonly secret?: string })[];
}

/** A request as it arrived. */
export interface Seen {
  readonly method: string;
  /** The description's name of it, such as `listProjectBranches`. */
  readonly operation: string | undefined;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly at: number;
}

/** What one request gets instead of the real answer. */
export type Fault = (response: ServerResponse, request: IncomingMessage) => void;

export interface NeonApiDouble {
  /** `http://127.0.0.1:PORT/api/v2` */
  readonly url: string;
  readonly projectId: string;
  readonly branches: DoubleBranch[];
  readonly operations: Operation[];
  readonly seen: Seen[];
  /** What the published description has against the requests and against the double's own answers. Must stay empty. */
  readonly complaints: string[];
  /** The next requests of this name get these faults, one each; the ones after that are answered as usual. */
  fail(operation: string, ...faults: Fault[]): void;
  close(): Promise<void>;
}

export interface DoubleOptions {
  readonly apiKey: string;
  /** A key that is right, but not for the project. */
  readonly otherKey?: string;
  readonly projectId?: string;
  readonly branches?: DoubleBranch[];
  readonly operations?: Operation[];
  /** Branches on one page, when the request does not ask for fewer. */
  readonly pageSize?: number;
  /** How a branch that is created comes to be: its host, and for how many milliseconds its operations run. */
  readonly create?: { readonly host: (endpoint: string) => string; readonly runsMs: number };
  readonly port?: number;
}

const AT = '2026-09-01T12:00:00Z';
const PROJECT = 'shiny-wind-028834';

/** A branch as the API would describe it, from what a test cares for. */
export function makeBranch(
  name: string,
  {
    id = `br-${name.replace(/[^a-z0-9]/g, '-')}-497520`,
    host = `ep-${name.replace(/[^a-z0-9]/g, '-')}-752733.us-east-2.aws.neon.tech`,
    databases = ['neondb'],
    roles = { neondb_owner: 'npg_Tr1ck/y@pass:word' } as Record<string, string | undefined>,
    state = 'ready',
    isDefault = false,
    projectId = PROJECT,
    endpoint = {} as Partial<Endpoint>,
  } = {},
): DoubleBranch {
  const place = { project_id: projectId, branch_id: id };
  const made = { created_at: AT, updated_at: AT };
  return {
    branch: {
      id,
      project_id: projectId,
      name,
      current_state: state,
      state_changed_at: AT,
      creation_source: 'console',
      ...made,
      default: isDefault,
      protected: false,
      cpu_used_sec: 0,
      active_time_seconds: 0,
      compute_time_seconds: 0,
      written_data_bytes: 0,
      data_transfer_bytes: 0,
    },
    endpoints: host
      ? [
          {
            host,
            id: host.split('.')[0] as string,
            ...place,
            region_id: 'aws-us-east-2',
            autoscaling_limit_min_cu: 0.25,
            autoscaling_limit_max_cu: 2,
            // The package's enums exist only when its code is loaded; these are their values.
            type: 'read_write' as Endpoint['type'],
            current_state: 'idle' as Endpoint['current_state'],
            pooler_enabled: false,
            pooler_mode: 'transaction' as Endpoint['pooler_mode'],
            disabled: false,
            passwordless_access: true,
            creation_source: 'console',
            ...made,
            settings: { pg_settings: {} },
            proxy_host: host.split('.').slice(1).join('.') || host,
            suspend_timeout_seconds: 0,
            provisioner: 'k8s-neonvm',
            ...endpoint,
          },
        ]
      : [],
    databases: databases.map((database, index) => ({
      id: 834686 + index,
      branch_id: id,
      name: database,
      owner_name: Object.keys(roles)[0] ?? 'neondb_owner',
      ...made,
    })),
    roles: Object.entries(roles).map(([role, secret]) => ({
      branch_id: id,
      name: role,
      protected: false,
      authentication_method: 'password',
      ...made,
      ...(secret !== undefined && { secret }),
    })),
  };
}

/** An operation of a branch, running unless said otherwise. */
export const makeOperation = (branchId: string, action: string, status = 'running'): Operation => ({
  id: randomUUID(),
  project_id: PROJECT,
  branch_id: branchId,
  action: action as Operation['action'],
  status: status as Operation['status'],
  failures_count: 0,
  created_at: AT,
  updated_at: AT,
  total_duration_ms: 100,
});

/**
 * A double of the Neon API: a server on this machine that answers as Neon's published description says. Every request and every
 * answer is checked against that description.
 */
export async function startNeonApi(options: DoubleOptions): Promise<NeonApiDouble> {
  const { apiKey, projectId = PROJECT, pageSize = 100, operations = [] } = options;
  const branches = options.branches ?? [makeBranch('main', { isDefault: true })];
  const faults = new Map<string, Fault[]>();
  const seen: Seen[] = [];
  const complaints: string[] = [];

  const server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => {
      complaints.push(`the double failed: ${error instanceof Error ? error.stack : error}`);
      response.destroy();
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const { authorization } = request.headers;
    const url = new URL((request.url ?? '').replace(/^\/api\/v2/, ''), 'http://double.invalid');
    const read = await new Response(request as unknown as ReadableStream).text();
    const body: unknown = read ? JSON.parse(read) : undefined;
    const judgement = judge(method, url, body);
    const { operation } = judgement;
    seen.push({ method, operation, path: url.pathname, authorization, at: performance.now() });
    if (!request.url?.startsWith('/api/v2/')) complaints.push(`outside of /api/v2: ${request.url}`);
    for (const fault of judgement.faults) complaints.push(`${method} ${request.url}: ${fault}`);

    const fault = faults.get(operation ?? '')?.shift();
    if (fault) return fault(response, request);
    const answer = reply(judgement, url, authorization, body);
    for (const complaint of judgement.answer(answer.status, answer.body))
      complaints.push(`${operation} ${answer.status}: ${complaint}`);
    json(answer.status, answer.body)(response, request);
  }

  interface Answer {
    readonly status: number;
    readonly body?: unknown;
  }

  function reply(
    { operation, path, faults: wrong }: Judgement,
    url: URL,
    authorization: string | undefined,
    body: unknown,
  ): Answer {
    if (authorization === `Bearer ${options.otherKey}` && options.otherKey)
      return error(403, 'the key is not allowed to access this project');
    if (authorization !== `Bearer ${apiKey}`) return error(401, 'supplied credentials do not pass authentication');
    if (!operation || wrong.length > 0) return error(operation ? 400 : 404, 'not a request of this API');
    if (path.project_id !== projectId) return error(404, 'project not found');
    if (operation === 'listProjectBranches') return page(url);
    if (operation === 'createProjectBranch') return create(body);
    if (operation === 'listProjectOperations')
      return { status: 200, body: { operations: [...operations].reverse(), pagination: { cursor: AT } } };
    const found = branches.find(({ branch }) => branch.id === path.branch_id);
    if (!found) return operation === 'deleteProjectBranch' ? { status: 204 } : error(404, 'branch not found');
    switch (operation) {
      case 'getProjectBranch':
        return { status: 200, body: { branch: found.branch, annotation: annotation(found.branch) } };
      case 'deleteProjectBranch':
        branches.splice(branches.indexOf(found), 1);
        return { status: 200, body: { branch: found.branch, operations: [] } };
      case 'listProjectBranchEndpoints':
        return { status: 200, body: { endpoints: found.endpoints } };
      case 'listProjectBranchDatabases':
        return { status: 200, body: { databases: found.databases } };
      case 'listProjectBranchRoles':
        return { status: 200, body: { roles: found.roles.map(withoutSecret) } };
      case 'getProjectBranchRolePassword': {
        const role = found.roles.find(({ name }) => name === path.role_name);
        if (!role) return error(404, 'role not found');
        return role.secret === undefined
          ? error(412, 'cannot reveal password, storing passwords is disabled')
          : { status: 200, body: { password: role.secret } };
      }
      default:
        return error(404, `the double has no ${operation}`);
    }
  }

  /** Branches, newest change first, filtered and in pages; the cursor is opaque to the client. */
  function page(url: URL): Answer {
    const search = url.searchParams.get('search') ?? '';
    const start = Number(Buffer.from(url.searchParams.get('cursor') ?? '', 'base64').toString() || 0);
    const size = Math.min(Number(url.searchParams.get('limit') ?? pageSize), pageSize);
    const all = branches.map(({ branch }) => branch).filter(({ name, id }) => name.includes(search) || id.includes(search));
    const more = start + size < all.length;
    const next = Buffer.from(String(start + size)).toString('base64');
    const pagination = { sort_by: 'updated_at', sort_order: 'desc', ...(more && { next }) };
    return { status: 200, body: { branches: all.slice(start, start + size), pagination, annotations: {} } };
  }

  function create(body: unknown): Answer {
    const { branch: asked, endpoints = [] } = (body ?? {}) as BranchCreateRequest;
    const name = asked?.name ?? `br-${randomUUID()}`;
    if (branches.some(({ branch }) => branch.name === name)) return error(409, 'branch already exists');
    const parent = branches.find(({ branch }) =>
      asked?.parent_id ? branch.id === asked.parent_id : branch.default,
    ) as DoubleBranch;
    const suffix = randomUUID().slice(0, 8);
    const endpoint = `ep-young-leaf-${suffix}`;
    const { host, runsMs } = options.create ?? { host: (id: string) => `${id}.us-east-2.aws.neon.tech`, runsMs: 0 };
    const made = makeBranch(name, {
      id: `br-young-leaf-${suffix}`,
      projectId,
      host: endpoints.length > 0 ? host(endpoint) : '',
      databases: parent.databases.map((database) => database.name),
      roles: Object.fromEntries(parent.roles.map((role) => [role.name, role.secret])),
    });
    branches.push(made);
    const started = ['create_branch', 'start_compute'].map((action) => makeOperation(made.branch.id, action));
    operations.push(...started);
    setTimeout(() => {
      for (const operation of started)
        operations[operations.indexOf(operation)] = { ...operation, status: 'finished' as Operation['status'] };
    }, runsMs).unref();
    const answer: BranchResponse & EndpointsResponse & DatabasesResponse & RolesResponse & OperationsResponse = {
      branch: made.branch,
      endpoints: [...made.endpoints],
      databases: [...made.databases],
      roles: made.roles.map(withoutSecret),
      operations: started,
    };
    return { status: 201, body: answer };
  }

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2`,
    projectId,
    branches,
    operations,
    seen,
    complaints,
    fail: (operation, ...list) => void faults.set(operation, [...(faults.get(operation) ?? []), ...list]),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Nothing is noted about the branch. */
const annotation = ({ id }: Branch): AnnotationData => ({
  object: { type: 'console/branch', id },
  value: {},
  created_at: AT,
  updated_at: AT,
});

const withoutSecret = ({ secret: _, ...role }: DoubleBranch['roles'][number]): Role => role;

// ---- Answers ----------------------------------------------------------------------------------------------------------------

const error = (status: number, message: string) => ({
  status,
  body: { request_id: randomUUID(), code: '', message } satisfies GeneralError,
});

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Fault =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
  };

/** An error in the API's own form. */
export const refuse = (status: number, headers: Record<string, string> = {}): Fault =>
  json(
    status,
    error(status, 'project already has running conflicting operations, scheduling of new ones is prohibited').body,
    headers,
  );

export const html =
  (status: number): Fault =>
  (response) => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><title>Sign in</title>');
  };

export const redirect =
  (status: number, location: string): Fault =>
  (response) => {
    response.writeHead(status, { location });
    response.end();
  };

/** Never answers. */
export const silence: Fault = () => undefined;

/** Promises more than it sends, then hangs up. */
export const cutOff: Fault = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"branches": [{"id": "br-');
  setTimeout(() => response.destroy(), 10);
};

/** Hangs up without a word. */
export const hangUp: Fault = (response) => void response.destroy();

/** Says that it is JSON, and is not. */
export const broken: Fault = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"branches": [{"id": "br-');
};

/** Sends its answer's head at once and the body one byte a second. */
export const trickle: Fault = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
};
