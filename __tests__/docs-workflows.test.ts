import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '..');
const page = readFileSync(join(ROOT, 'docs', 'workflows.md'), 'utf8');
const folder = join(ROOT, 'examples', 'workflows');
const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as { inputs: object; outputs: object };

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: object;
  readonly env?: Record<string, string>;
}

interface Job {
  readonly if?: string;
  readonly steps?: Step[];
  readonly permissions?: object;
}

const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const parsed = (file: string) => parse(read(file)) as { permissions: object; jobs: Record<string, Job> };

describe.each(readdirSync(folder))('examples/workflows/%s', (file) => {
  const text = read(file);
  const workflow = parsed(file);
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps ?? []);

  test('stands in docs/workflows.md as it is', () => {
    const name = `workflow-${file.replace(/\.yml$/, '')}`;
    expect(page).toContain(
      `<!-- generated: ${name} from examples/workflows/${file} -->\n\`\`\`yaml\n${text}\`\`\`\n<!-- end of generated: ${name} -->`,
    );
  });

  test('gives every job the permissions that it needs, and no more', () => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) expect([{}, { contents: 'read' }]).toContainEqual(job.permissions);
  });

  test('puts no secret and no output into a script', () => {
    for (const { run = '' } of steps) expect(run).not.toMatch(/\$\{\{(?!\s*matrix\.)/);
  });

  test('lets no pipeline hide a failure', () => {
    // Only with `shell: bash` does GitHub set pipefail.
    for (const { run = '', shell } of steps)
      if (/(?<!\|)\|(?!\|)/.test(run)) expect({ run, shell }).toEqual({ run, shell: 'bash' });
  });

  test('names inputs and outputs that there are', () => {
    for (const step of steps.filter(({ uses }) => uses === './')) {
      for (const name of Object.keys(step.with ?? {})) expect(Object.keys(action.inputs)).toContain(name);
    }
    for (const [, name] of text.matchAll(/steps\.[\w-]+\.outputs\.([\w-]+)/g))
      expect(Object.keys(action.outputs)).toContain(name);
  });

  test('pins other actions to a commit', () => {
    for (const { uses } of steps) if (uses && !uses.startsWith('./')) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  });
});

describe.each(['preview-branch.yml', 'preview-branch-forks.yml'])('the branch of %s', (file) => {
  const { jobs } = parsed(file);

  test('is made and deleted for the pull requests of the repository itself only', () => {
    for (const name of ['create', 'delete'])
      expect(jobs[name]?.if).toContain('github.event.pull_request.head.repo.full_name == github.repository');
  });

  test('is made and deleted as in the other example', () => {
    const other = parsed('preview-branch.yml').jobs;
    for (const name of ['create', 'delete']) expect(jobs[name]).toEqual(other[name]);
  });

  test.each([
    ['create', 'the API refuses the key', 'printf 401'],
    ['create', 'nobody answers', 'printf 000; exit 7'],
    ['delete', 'the API refuses the key', 'exit 22'],
    ['delete', 'nobody answers', 'exit 7'],
    [
      'delete',
      'the branch is not deleted',
      `case "$*" in *DELETE*) exit 22;; esac; echo '{"branches": [{"id": "br-1", "name": "b"}]}'`,
    ],
  ])('fails in the job %s when %s', (name, _, curl) => {
    const [{ run = '', shell } = {} as Step] = jobs[name]?.steps ?? [];
    const bin = mkdtempSync(join(tmpdir(), 'neon-connect-script-'));
    try {
      writeFileSync(join(bin, 'curl'), `#!/bin/sh\ncat > /dev/null\n${curl}\n`, { mode: 0o755 });
      writeFileSync(join(bin, 'script.sh'), run);
      // As GitHub starts it: without a name for the shell, there is no pipefail.
      const flags = shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e'];
      const { status, stdout } = spawnSync('bash', [...flags, join(bin, 'script.sh')], {
        encoding: 'utf8',
        // bash and what the script calls may stand where the tests' own PATH does not lead.
        env: {
          PATH: [bin, process.env.PATH, '/usr/bin', '/bin'].join(delimiter),
          NEON_API_KEY: 'napi_x',
          NEON_PROJECT_ID: 'p',
          NEON_BRANCH: 'b',
        },
      });
      expect(status).toBeGreaterThan(0);
      expect(stdout).not.toMatch(/Created|Deleted|already/);
    } finally {
      rmSync(bin, { recursive: true });
    }
  });
});
