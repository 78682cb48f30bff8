import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '..');
const page = readFileSync(join(ROOT, 'docs', 'workflows.md'), 'utf8');
const folder = join(ROOT, 'examples', 'workflows');
const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as { inputs: object; outputs: object };

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: object;
  readonly env?: Record<string, string>;
}

describe.each(readdirSync(folder))('examples/workflows/%s', (file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  const workflow = parse(text) as { permissions: object; jobs: Record<string, { steps?: Step[]; permissions?: object }> };
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
