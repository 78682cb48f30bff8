/**
 * `npm run test:workflows`: runs the files of examples/workflows/ unchanged in nektos/act, against PostgreSQL behind doubles of Neon's
 * doors and of Neon's API, and searches the logs for every form of every secret.
 *
 * It needs Linux and root, for a mount namespace of its own: in there, and nowhere else, Neon's host names lead to this machine and
 * the system trusts the doors' CA. The workflows themselves run as an ordinary user. `.ci/workflows` installs what is missing.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect as dial } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { createServer as createTlsServer } from 'node:tls';
import { createAuthority } from '../__tests__/support/certificates.ts';
import { makeBranch, startNeonApi } from '../__tests__/support/neon-api-double.ts';
import { openDoors } from '../__tests__/support/neon-doors.ts';
import { startPooler } from '../__tests__/support/pooler.ts';
import { start } from '../__tests__/support/postgres-bed.ts';
import { forms } from '../src/runner/forms.ts';

const ROOT = dirname(import.meta.dirname);
const CACHE = join(ROOT, '.cache', 'workflows');
const ACT = [process.env.ACT, join(CACHE, 'bin', 'act')].find((path) => path && existsSync(path));
/** Who the workflows run as: nobody, by number. */
const USER = 65534;

/** Characters that break a URL, a shell, JSON, percent-decoding or a mask; no `::`, which act itself cannot mask. */
const PASSWORD = `npg_p@ss/w%41rd+(1)&"x'\\$HOME=é`;
const AUDIT_PASSWORD = 'npg_Tb7KqXv2LmZ9';
const API_KEY = 'napi_9x2k4m6q8s0u1w3y5a7c9e1g3i5k7m9o1q3s5u7w9y';

const enter = (): never => {
  const missing = [
    !ACT && 'act',
    process.getuid?.() !== 0 && 'root',
    ...['psql', 'jq', 'curl', 'git', 'unshare', 'setpriv', 'mount'].filter(
      (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0,
    ),
  ].filter(Boolean);
  if (missing.length > 0) {
    console.error(`Missing: ${missing.join(', ')}. Run .ci/workflows, which installs what it can, as root.`);
    process.exit(1);
  }
  const inside = spawnSync(
    'unshare',
    ['--mount', '--propagation', 'private', process.execPath, import.meta.filename, '--inside', ...process.argv.slice(2)],
    {
      stdio: 'inherit',
    },
  );
  process.exit(inside.status ?? 1);
};
if (!process.argv.includes('--inside')) enter();
/** Can everybody walk into this folder? */
function reachable(folder: string): boolean {
  const open = (statSync(folder).mode & 0o001) !== 0;
  return open && (dirname(folder) === folder || reachable(dirname(folder)));
}

/** Workflow files on the command line, with or without `.yml`: only those. */
const only = process.argv
  .slice(2)
  .filter((argument) => !argument.startsWith('--'))
  .map((name) => `${basename(name, '.yml')}.yml`);
for (const file of only)
  if (!existsSync(join(ROOT, 'examples', 'workflows', file))) throw new Error(`examples/workflows/ has no ${file}.`);

const work = mkdtempSync(join(tmpdir(), 'neon-connect-workflows-'));
chmodSync(work, 0o755);
const closing: (() => unknown)[] = [() => rmSync(work, { recursive: true, force: true })];

/** A file of this machine, replaced for this process and its children only. */
function overlay(path: string, content: string): (more: string) => void {
  const copy = join(work, path.replaceAll('/', '_'));
  writeFileSync(copy, content, { mode: 0o644 });
  const { status } = spawnSync('mount', ['--bind', copy, path], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`cannot replace ${path}`);
  return (more) => appendFileSync(copy, more);
}

// ---- Neon, doubled ----------------------------------------------------------------------------------------------------------

const bed = await start({ remove: [] });
closing.unshift(() => bed.stop());
await bed.createRole('neondb_owner', PASSWORD);
await bed.createRole('audit_owner', AUDIT_PASSWORD);
await bed.createDatabase('neondb', 'neondb_owner');
await bed.createDatabase('audit', 'audit_owner');

const address = `127.77.${process.pid % 250}.1`;
const addHost = overlay('/etc/hosts', readFileSync('/etc/hosts', 'utf8'));
const DOMAIN = 'us-east-2.aws.neon.tech';
const endpoints: string[] = [];
const addEndpoint = (endpoint: string): string => {
  endpoints.push(endpoint);
  addHost(`${address} ${endpoint}.${DOMAIN} ${endpoint}-pooler.${DOMAIN}\n`);
  return `${endpoint}.${DOMAIN}`;
};
addHost(`${address} api.${DOMAIN}\n`);
const appHost = addEndpoint('ep-cool-name-123456');
const auditHost = addEndpoint('ep-dark-audit-654321');

const pooler = await startPooler(bed, ['neondb_owner', 'audit_owner']);
if (pooler) closing.unshift(() => pooler.stop());
const authority = await createAuthority();
const doors = await openDoors({
  ...{ authority, bed, endpoints, domain: DOMAIN, asleep: { ms: 1500 }, listen: { address, port: 5432, https: 443 } },
  ...(pooler && { pooler }),
});
closing.unshift(() => doors.close());
const bundle = '/etc/ssl/certs/ca-certificates.crt';
overlay(bundle, `${readFileSync(bundle, 'utf8')}\n${doors.ca}`);
const caFile = join(work, 'ca.pem');
// What this machine itself trusts stays trusted: packages are installed through it.
const trusted = process.env.NODE_EXTRA_CA_CERTS ? readFileSync(process.env.NODE_EXTRA_CA_CERTS, 'utf8') : '';
writeFileSync(caFile, `${trusted}\n${doors.ca}`, { mode: 0o644 });

const api = await startNeonApi({
  apiKey: API_KEY,
  branches: [makeBranch('main', { isDefault: true, host: appHost, roles: { neondb_owner: PASSWORD } })],
  // Longer than the next job needs to begin: it has to wait.
  create: { host: addEndpoint, runsMs: 10_000 },
});
closing.unshift(() => api.close());

// The API's own name leads to the double too, so that the examples need not name another.
const API_HOST = 'console.neon.tech';
const apiAddress = `127.77.${process.pid % 250}.2`;
addHost(`${apiAddress} ${API_HOST}\n`);
const certificate = await authority.issue({ names: [API_HOST] });
const apiDoor = createTlsServer({ key: certificate.key, cert: certificate.chain }, (client) => {
  const inside = dial(Number(new URL(api.url).port), '127.0.0.1');
  client.on('error', () => inside.destroy()).on('close', () => inside.destroy());
  inside.on('error', () => client.destroy());
  client.pipe(inside).pipe(client);
});
await once(apiDoor.listen(443, apiAddress), 'listening');
closing.unshift(() => void apiDoor.close());

// ---- The repository, as a checkout would have it -----------------------------------------------------------------------------

const repository = join(work, 'repository');
const git = (...args: string[]): string => {
  const run = spawnSync('git', ['-c', 'safe.directory=*', ...args], { cwd: repository, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`git ${args[0]}: ${run.stderr}`);
  return run.stdout;
};
mkdirSync(join(repository, '.github', 'workflows'), { recursive: true });
const listed = spawnSync('git', ['-c', 'safe.directory=*', 'ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).stdout.split('\0');
for (const file of listed.filter((name) => name && !name.startsWith('.github/') && existsSync(join(ROOT, name)))) {
  cpSync(join(ROOT, file), join(repository, file));
}
const examples = join(ROOT, 'examples', 'workflows');
for (const file of readdirSync(examples)) cpSync(join(examples, file), join(repository, '.github', 'workflows', file));
git('init', '--quiet', '--initial-branch=main');
git('add', '--all');
git('-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--message=A checkout');
git('remote', 'add', 'origin', 'https://github.com/octo-org/app.git');

// Node 24 first, then what a runner's image has.
const bin = join(work, 'bin');
mkdirSync(bin);
cpSync(process.execPath, join(bin, 'node'));
// A copy: the repository may lie in a folder that is closed to others.
cpSync(ACT as string, join(bin, 'act'));
// What the jobs download is kept for the next run, where they can reach the repository's folder.
const home = join(reachable(ROOT) ? CACHE : work, 'home');
mkdirSync(home, { recursive: true });
spawnSync('chown', ['-R', `${USER}:${USER}`, home, repository]);

// ---- Runs -------------------------------------------------------------------------------------------------------------------

interface Scenario {
  readonly file: string;
  readonly what: string;
  readonly event?: [name: string, payload: object];
  /** Absent: all of them. */
  readonly secrets?: Record<string, string>;
  /** The result of every job that must run. */
  readonly jobs: Record<string, 'success' | 'failure'>;
  /** What the log must hold. */
  readonly says?: (string | RegExp)[];
  /** What must hold afterwards; gives what does not. */
  readonly after?: () => string | undefined;
}

const encoded = (password: string): string =>
  encodeURIComponent(password).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const SECRETS = {
  DATABASE_URL: `postgresql://neondb_owner:${encoded(PASSWORD)}@${appHost}/neondb?sslmode=require&channel_binding=require`,
  AUDIT_DATABASE_URL: `postgresql://audit_owner:${AUDIT_PASSWORD}@${auditHost}/audit?sslmode=require`,
  NEON_API_KEY: API_KEY,
};

const REPOSITORY = { full_name: 'octo-org/app', fork: false };
const pullRequest = (action: string, head: object | null = REPOSITORY): [string, object] => [
  'pull_request',
  {
    action,
    number: 17,
    pull_request: {
      number: 17,
      user: { login: 'octocat' },
      head: { ref: 'feature', sha: '0'.repeat(40), repo: head },
      base: { ref: 'main', sha: '1'.repeat(40), repo: REPOSITORY },
    },
    repository: REPOSITORY,
    sender: { login: 'octocat' },
  },
];
/** Where a fork's pull request comes from. */
const FORK = { full_name: 'mallory/app', fork: true };
/** Given to a run whose requests the API must refuse. */
const BAD_KEY = { NEON_API_KEY: 'napi_0revoked0revoked0revoked0revoked0revoked0' };
const branchIs = (there: boolean) => (): string | undefined =>
  api.branches.some(({ branch }) => branch.name === 'preview/pr-17') === there
    ? undefined
    : `the branch is ${there ? 'gone' : 'still there'}`;
/** Did the API refuse the bad key, and is the branch still as it was? The log is not asked: it once lacked the last line of a step that failed. */
const refused = (there: boolean) => (): string | undefined =>
  api.seen.some(({ authorization }) => authorization === `Bearer ${BAD_KEY.NEON_API_KEY}`)
    ? branchIs(there)()
    : 'the API was not asked with the bad key';
const went = (endpoint: string, pooled: boolean, door = 'tls') =>
  doors.passages.some((passage) => passage.endpoint === endpoint && passage.pooled === pooled && passage.door === door);

const scenarios: Scenario[] = [
  {
    ...{ file: 'one-step.yml', what: 'push', jobs: { test: 'success' } },
    says: ['neondb_owner | neondb', /authenticate +\d+ ms +scram-sha-256-plus/, 'Reached PostgreSQL'],
  },
  { file: 'outputs-only.yml', what: 'push', jobs: { test: 'success' }, says: ['neondb_owner | neondb'] },
  { file: 'several-databases.yml', what: 'push', jobs: { copy: 'success' }, says: ['(3 rows)'] },
  {
    ...{ file: 'client-matrix.yml', what: 'push' },
    jobs: { psql: 'success', 'node-postgres': 'success', 'neon-serverless': 'success', psycopg: 'success', pgx: 'success' },
    after: () =>
      went('ep-cool-name-123456', false, 'http') && went('ep-cool-name-123456', false, 'websocket')
        ? undefined
        : 'the serverless driver did not come',
  },
  {
    ...{ file: 'reusable-caller.yml', what: 'push' },
    jobs: { check: 'success', report: 'success' },
    says: [`Checked database neondb on ${appHost}`],
  },
  {
    ...{ file: 'reusable-caller.yml', what: 'pull request from a fork', secrets: {} },
    event: pullRequest('opened', FORK),
    jobs: { check: 'success' },
    says: [/Skipped, as .on-missing: skip. asks/],
  },
  {
    ...{ file: 'reusable-caller.yml', what: 'push without its secret', secrets: {} },
    jobs: { check: 'failure' },
    says: [/`connection-string` is empty/],
  },
  {
    ...{ file: 'preview-branch.yml', what: 'pull request opened', event: pullRequest('opened') },
    jobs: { create: 'success', migrate: 'success', test: 'success' },
    says: [
      'Created preview/pr-17',
      /The Neon API says that the branch still has running operations/,
      'CREATE TABLE',
      'INSERT 0 1',
    ],
    after: () => branchIs(true)() ?? (doors.passages.some(({ pooled }) => pooled) ? undefined : 'nobody came to the pooled name'),
  },
  {
    ...{ file: 'preview-branch.yml', what: 'pull request changed', event: pullRequest('synchronize') },
    jobs: { create: 'success', migrate: 'success', test: 'success' },
    says: ['preview/pr-17 is there already'],
    after: branchIs(true),
  },
  {
    ...{ file: 'preview-branch.yml', what: 'pull request closed, with a key that is refused', secrets: BAD_KEY },
    event: pullRequest('closed'),
    jobs: { delete: 'failure' },
    after: refused(true),
  },
  {
    ...{ file: 'preview-branch.yml', what: 'pull request closed', event: pullRequest('closed') },
    jobs: { delete: 'success' },
    says: ['Deleted preview/pr-17'],
    after: branchIs(false),
  },
  {
    ...{ file: 'preview-branch.yml', what: 'pull request closed, and the branch is gone', event: pullRequest('closed') },
    jobs: { delete: 'success' },
    says: ['preview/pr-17 is gone already'],
  },
  {
    ...{ file: 'preview-branch.yml', what: 'pull request opened, with a key that is refused', secrets: BAD_KEY },
    event: pullRequest('opened'),
    jobs: { create: 'failure' },
    after: refused(false),
  },
  ...['opened', 'closed'].map((action) => ({
    ...{ file: 'preview-branch.yml', what: `pull request from a fork ${action}`, secrets: {} },
    event: pullRequest(action, FORK),
    jobs: {},
    after: branchIs(false),
  })),
  {
    ...{ file: 'preview-branch-forks.yml', what: 'pull request opened', event: pullRequest('opened') },
    jobs: { create: 'success', test: 'success' },
    says: ['Created preview/pr-17', 'CREATE TABLE', 'neondb_owner | neondb', 'INSERT 0 1'],
    after: () => {
      const { id = '' } = api.branches.find(({ branch }) => branch.name === 'preview/pr-17')?.endpoints[0] ?? {};
      return went(id, false) && went(id, true) ? undefined : 'the branch was not reached by both of its names';
    },
  },
  {
    ...{ file: 'preview-branch-forks.yml', what: 'pull request closed, with a key that is refused', secrets: BAD_KEY },
    event: pullRequest('closed'),
    jobs: { delete: 'failure' },
    after: refused(true),
  },
  {
    ...{ file: 'preview-branch-forks.yml', what: 'pull request closed', event: pullRequest('closed') },
    jobs: { delete: 'success' },
    says: ['Deleted preview/pr-17'],
    after: branchIs(false),
  },
  {
    ...{ file: 'preview-branch-forks.yml', what: 'pull request opened, with a key that is refused', secrets: BAD_KEY },
    event: pullRequest('opened'),
    jobs: { create: 'failure' },
    after: refused(false),
  },
  {
    ...{ file: 'preview-branch-forks.yml', what: 'pull request from a fork', secrets: {} },
    event: pullRequest('opened', FORK),
    jobs: { test: 'success' },
    says: ['CREATE TABLE', 'tester | postgres', 'INSERT 0 1'],
  },
  {
    ...{ file: 'preview-branch-forks.yml', what: 'pull request from a fork closed', secrets: {} },
    event: pullRequest('closed', FORK),
    jobs: {},
  },
];

async function run({ file, event = ['push', { repository: REPOSITORY }], secrets = SECRETS }: Scenario) {
  const given = (name: string, lines: Record<string, string>): string => {
    const path = join(work, name);
    writeFileSync(
      path,
      Object.entries(lines)
        .map(([key, value]) => `${key}=${JSON.stringify(value)}\n`)
        .join(''),
      { mode: 0o600 },
    );
    chownSync(path, USER, USER);
    return path;
  };
  const eventFile = join(work, 'event.json');
  writeFileSync(eventFile, JSON.stringify(event[1]), { mode: 0o644 });
  const path = [bin, ...(process.env.PATH ?? '').split(':').filter((folder) => !folder.startsWith('/root'))].join(':');
  const child = spawn(
    'setpriv',
    [
      ...[`--reuid=${USER}`, `--regid=${USER}`, '--clear-groups', '--', join(bin, 'act')],
      ...[event[0], '--workflows', `.github/workflows/${file}`, '--eventpath', eventFile, '--concurrent-jobs', '2'],
      ...['--platform', 'ubuntu-latest=-self-hosted', '--pull=false', '--action-offline-mode', '--no-cache-server'],
      ...['--env-file', '/dev/null', '--secret-file', given('secrets', secrets)],
      ...['--var-file', given('vars', { NEON_PROJECT_ID: api.projectId })],
    ],
    {
      cwd: repository,
      env: {
        ...{ PATH: path, HOME: home, LANG: 'C.UTF-8', USER: 'runner', NODE_EXTRA_CA_CERTS: caFile, GOFLAGS: '-buildvcs=false' },
        // act runs steps in a terminal, where psql would wait for somebody to page.
        PAGER: 'cat',
        ...Object.fromEntries(
          Object.entries(process.env).filter(([name]) => /^(?:PIP_|GOPROXY$|GOSUMDB$|https?_proxy$|no_proxy$)/i.test(name)),
        ),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => void lines.push(line));
  await once(child, 'close');
  const jobs: Record<string, string> = {};
  for (const line of lines) {
    // [One step/test] 🏁  Job succeeded; a called workflow's job has more slashes.
    const [, job = '', result] = /^\[(?:[^\]]+\/)?([^\]/]+?) *\] +🏁 +Job (succeeded|failed)/u.exec(line) ?? [];
    // A matrix adds a number.
    if (job) jobs[job.replace(/-\d+$/, '')] = result === 'succeeded' ? 'success' : 'failure';
  }
  return { log: lines.join('\n'), jobs };
}

/** Where a form of a secret stands in what was printed; each by the name of the secret, never by its text. */
function leaks(text: string): string[] {
  const found: string[] = [];
  const secrets = { password: PASSWORD, 'audit password': AUDIT_PASSWORD, 'API key': API_KEY, ...SECRETS };
  for (const [name, secret] of Object.entries(secrets)) {
    for (const form of forms(secret, { user: name === 'audit password' ? 'audit_owner' : 'neondb_owner' })) {
      if (form.length < 4) continue;
      for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
        const line = text.slice(text.lastIndexOf('\n', at) + 1, text.indexOf('\n', at) >>> 0);
        found.push(`${name}: ${line.replaceAll(form, '<<HERE>>').slice(0, 300)}`);
      }
    }
  }
  return [...new Set(found)];
}

// The search itself must be able to find something.
if (leaks(`x=${encoded(PASSWORD)}`).length === 0 || leaks(Buffer.from(API_KEY).toString('base64')).length === 0) {
  throw new Error('the search for secrets finds nothing');
}

let failed = 0;
let searched = 0;
try {
  for (const scenario of scenarios) {
    if (only.length > 0 && !only.includes(scenario.file)) continue;
    const started = performance.now();
    api.seen.splice(0);
    const { log, jobs } = await run(scenario);
    const wrong: string[] = [];
    for (const [job, result] of Object.entries(scenario.jobs)) {
      if (jobs[job] !== result) wrong.push(`job ${job}: ${jobs[job] ?? 'did not run'} instead of ${result}`);
    }
    for (const job of Object.keys(jobs)) if (!(job in scenario.jobs)) wrong.push(`job ${job} ran: ${jobs[job]}`);
    for (const said of scenario.says ?? []) {
      // psql's columns are padded.
      if (!(typeof said === 'string' ? log.replace(/ +/g, ' ').includes(said) : said.test(log)))
        wrong.push(`the log does not say ${said}`);
    }
    const after = scenario.after?.();
    if (after) wrong.push(after);
    wrong.push(...leaks(log).map((leak) => `leak: ${leak}`), ...api.complaints.splice(0).map((complaint) => `API: ${complaint}`));
    searched += log.length;
    const results = Object.entries(jobs)
      .map(([job, result]) => `${job} ${result}`)
      .join(', ');
    console.log(
      `${wrong.length === 0 ? '✓' : '✗'} ${scenario.file} (${scenario.what}): ${results}; ${((performance.now() - started) / 1000).toFixed(1)} s`,
    );
    for (const line of wrong) console.log(`    ${line}`);
    if (wrong.length > 0) {
      failed += 1;
      if (process.argv.includes('--log') && leaks(log).length === 0) console.log(log);
    }
  }
} finally {
  for (const close of closing) await close();
}
console.log(
  `${failed === 0 ? 'All workflows passed' : `${failed} failed`}; ${searched} characters of log searched for secrets; pooler: ${pooler ? 'PgBouncer' : 'none'}`,
);
process.exitCode = failed === 0 ? 0 : 1;
