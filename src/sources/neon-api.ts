import type {
  Branch,
  BranchesResponse,
  BranchResponse,
  CursorPaginationResponse,
  DatabasesResponse,
  EndpointsResponse,
  Operation,
  OperationAction,
  OperationsResponse,
  RolePasswordResponse,
  RolesResponse,
} from '@neondatabase/api-client';
import { neonHost } from '../connection/neon-host.ts';
import { near } from '../nearest.ts';
import { Problem } from '../problems/index.ts';
import { type Access, type NeonHttp, neonHttp, type Wait } from './neon-http.ts';

export type { Wait } from './neon-http.ts';

/** What the Connection Details widget lets one choose; what is left out is taken when there is only one. */
export interface NeonRequest extends Access {
  /** A branch's name or its id (`br-…`); absent or empty: the project's default branch. */
  readonly branch?: string;
  readonly database?: string;
  /** A role of the branch. */
  readonly user?: string;
  /** `true`: the host of the connection pooler; otherwise the compute's own. */
  readonly pooled?: boolean;
  /** The password is known already: do not ask for it. */
  readonly withoutPassword?: boolean;
}

/** A connection as the API describes it: parts, not yet checked by the rules for connections. */
export interface NeonConnection {
  readonly host: string;
  readonly database: string;
  readonly user: string;
  /** Absent only for `withoutPassword`. */
  readonly password?: string;
  readonly branch: { readonly id: string; readonly name: string };
}

export interface NeonListener {
  /** Called with every secret in the moment it arrives, before anything else happens: mask it there. */
  onSecret(secret: string): void;
  onWait(wait: Wait): void;
}

/**
 * Takes a connection from the Neon API: branch, then its read-write compute, one database, one role and that role's password.
 * Waits while the branch is not ready or operations that decide about the connection still run on it.
 *
 * @throws Problem of stage `neon-api` (`cancelled` when the signal aborts), or `invalid-input`
 */
export async function takeFromNeon(request: NeonRequest, { onSecret, onWait }: NeonListener): Promise<NeonConnection> {
  const stop = new AbortController();
  const http = neonHttp({ ...request, signal: AbortSignal.any([request.signal, stop.signal]) }, onWait);
  try {
    for (let attempt = 1; ; attempt++) {
      const branch = await findBranch(http, request);
      const found = await look(http, branch);
      for (const { password } of found.roles) if (password) onSecret(password);
      const unready = whyNotReady(branch, found.operations);
      if (unready) {
        await http.pause(attempt, unready);
        continue;
      }
      const host = chooseHost(branch, found.endpoints, request.pooled ?? false);
      const database = choose(branch, DATABASE, request.database, found.databases, found.databases);
      const user = choose(branch, ROLE, request.user, found.roles, found.roles.filter(canLogIn));
      const connection = { host, database, user, branch: { id: branch.id, name: branch.name } };
      if (request.withoutPassword) return connection;
      const password = await reveal(http, branch, user);
      onSecret(password);
      return { ...connection, password };
    }
  } catch (error) {
    if (request.signal.aborted) throw new Problem('cancelled', { doing: 'asking the Neon API' }, 'neon-api');
    throw error;
  } finally {
    // Of the requests that run side by side the first problem ends them all.
    stop.abort();
  }
}

/** Everything about the branch that decides, asked for at once. */
async function look(http: NeonHttp, { id }: Branch) {
  const [endpoints, databases, roles, operations] = await Promise.all([
    http.get<EndpointsResponse>(`/branches/${id}/endpoints`, 'endpoints'),
    http.get<DatabasesResponse>(`/branches/${id}/databases`, 'databases'),
    http.get<RolesResponse>(`/branches/${id}/roles`, 'roles'),
    http.get<OperationsResponse>('/operations', 'operations', { limit: '100' }),
  ]);
  return {
    endpoints: endpoints?.endpoints ?? [],
    databases: databases?.databases ?? [],
    roles: roles?.roles ?? [],
    operations: operations?.operations.filter(({ branch_id }) => branch_id === id) ?? [],
  };
}

// ---- Which branch -----------------------------------------------------------------------------------------------------------

const BRANCH_ID = /^br-[a-z0-9-]{1,57}$/;

async function findBranch(http: NeonHttp, { projectId, branch: wanted }: NeonRequest): Promise<Branch> {
  if (wanted && BRANCH_ID.test(wanted)) {
    const found = await http.get<BranchResponse>(`/branches/${wanted}`, 'branch');
    if (found) return found.branch;
    // A name may begin like an id.
  }
  const seen: Branch[] = [];
  for await (const branch of branches(http, projectId, wanted)) {
    if (wanted ? branch.name === wanted : branch.default) return branch;
    seen.push(branch);
  }
  if (!wanted) throw notFound(`default branch in project \`${projectId}\``, 'Name a branch in `neon-branch`.');
  const names: string[] = [];
  for await (const { name } of branches(http, projectId)) names.push(name);
  throw notFound(
    `branch ${quote(wanted)} in project \`${projectId}\`${alike(wanted, names)}`,
    'Check `neon-branch`: it takes the name of a branch or its id (`br-…`); a branch must be created before a job connects to it.',
  );
}

/** The project's branches, page after page; with `search`, those whose name or id holds it. */
async function* branches(http: NeonHttp, projectId: string, search?: string): AsyncGenerator<Branch> {
  for (let cursor = '', pages = 0; pages < MOST_PAGES; pages++) {
    const page = await http.get<BranchesResponse & CursorPaginationResponse>('/branches', 'branches', {
      limit: '1000',
      ...(search && { search }),
      ...(cursor && { cursor }),
    });
    if (!page) {
      throw notFound(
        `project \`${projectId}\` that this key can see`,
        'Check `neon-project-id`, and that the key of `neon-api-key` belongs to the project’s account or organisation.',
      );
    }
    yield* page.branches;
    const next = page.pagination?.next;
    if (!next || next === cursor || page.branches.length === 0) return;
    cursor = next;
  }
}

const MOST_PAGES = 100;

// ---- Whether it is ready ----------------------------------------------------------------------------------------------------

/** Operations that change what is asked here, or without whose end a connection fails. The others do not matter to a client. */
const DECISIVE: ReadonlySet<`${OperationAction}`> = new Set([
  'create_branch',
  'create_timeline',
  'create_compute',
  'start_compute',
  'apply_config',
  'apply_schema_from_branch',
  'timeline_unarchive',
  'sync_dbs_and_roles_from_compute',
]);

function whyNotReady({ current_state }: Branch, operations: readonly Operation[]): string | undefined {
  // The API description: not available for querying yet. `archived` is, only slowly.
  if (current_state === 'init') return 'says that the branch is still being created';
  if (current_state === 'resetting') return 'says that the branch is still being reset';
  const running = operations.find(({ status, action }) => UNFINISHED.has(status) && DECISIVE.has(action));
  return running && `says that the branch still has running operations (${running.action})`;
}

const UNFINISHED: ReadonlySet<string> = new Set(['scheduling', 'running', 'cancelling']);

// ---- Which compute, database and role ---------------------------------------------------------------------------------------

function chooseHost({ name }: Branch, endpoints: EndpointsResponse['endpoints'], pooled: boolean): string {
  const compute = endpoints.find(({ type }) => type === 'read_write');
  if (!compute)
    throw notFound(
      `read-write compute on branch ${quote(name)}`,
      'Add a compute to the branch: without one nothing can connect.',
    );
  if (compute.disabled) {
    const what = `says that the compute of branch ${quote(name)} is disabled`;
    throw new Problem('neon-unavailable', {
      what,
      fix: 'Enable the compute in the Neon console: a connection cannot wake a disabled one.',
    });
  }
  const forms = neonHost(compute.host);
  if (!pooled) return forms?.direct ?? compute.host;
  if (!forms) throw new Problem('pooled-unsupported', { host: compute.host });
  return forms.pooled;
}

/** System roles, and roles that have no password, are not for a job. */
const canLogIn = ({ protected: system, authentication_method: method }: RolesResponse['roles'][number]): boolean =>
  !system && (method === undefined || method === 'password');

interface Kind {
  readonly one: string;
  readonly several: string;
  readonly input: string;
}
const DATABASE: Kind = { one: 'database', several: 'databases', input: 'database' };
const ROLE: Kind = { one: 'role', several: 'roles', input: 'user' };

/** The named one when it is there, else the only one that can be meant. */
function choose(branch: Branch, kind: Kind, wanted: string | undefined, all: readonly Named[], usable: readonly Named[]): string {
  const names = all.map(({ name }) => name);
  if (wanted && names.includes(wanted)) return wanted;
  if (wanted) {
    const what = `${kind.one} ${quote(wanted)} on branch ${quote(branch.name)}${alike(wanted, names)}`;
    throw notFound(what, `Check input \`${kind.input}\`: names are case-sensitive.`);
  }
  const [only, ...more] = usable.map(({ name }) => name);
  if (only === undefined) {
    throw notFound(`${kind.one} on branch ${quote(branch.name)}`, `Create a ${kind.one} on the branch, or take another branch.`);
  }
  if (more.length > 0) {
    throw new Problem('neon-ambiguous', {
      branch: plain(branch.name),
      kind: kind.several,
      names: list([only, ...more]),
      input: kind.input,
    });
  }
  return only;
}

interface Named {
  readonly name: string;
}

async function reveal(http: NeonHttp, branch: Branch, role: string): Promise<string> {
  const path = `/branches/${branch.id}/roles/${encodeURIComponent(role)}/reveal_password`;
  const answer = await http.get<RolePasswordResponse>(path, 'password');
  if (answer?.password) return answer.password;
  throw notFound(
    `password of role ${quote(role)} on branch ${quote(branch.name)}`,
    'Reset the role’s password in the Neon console, or give it in the `password` input.',
  );
}

// ---- Words ------------------------------------------------------------------------------------------------------------------

const notFound = (what: string, fix: string): Problem => new Problem('neon-not-found', { what, fix });

/** Names come from outside: they are data, cut to what a sentence can hold. */
const plain = (name: string): string => (name.length > 100 ? `${name.slice(0, 99)}…` : name).replaceAll('`', "'");
const quote = (name: string): string => `\`${plain(name)}\``;

function list(names: readonly string[], most = 10): string {
  const shown = names.slice(0, most).map(quote).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** Near names first; else what there is, when that is little. */
function alike(wanted: string, names: readonly string[]): string {
  const meant = near(wanted, names, 3);
  if (meant.length > 0) return `; near it: ${list(meant)}`;
  return names.length > 0 && names.length <= 10 ? `; there is ${list(names)}` : '';
}
