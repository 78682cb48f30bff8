import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, visit } from 'yaml';
import { complaintAbout } from '../../scripts/docs/names.ts';
import { complaintsAboutYaml } from '../../scripts/docs/snippets.ts';
import { findClient } from '../../src/clients/index.ts';
import { createAuthority } from '../support/certificates.ts';
import { RunnerDouble } from '../support/runner-double.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string | boolean>>;
}

/** The steps of a snippet, whether it is a whole workflow, a job or a list of steps. */
function stepsOf(yaml: string): Step[] {
  const steps: Step[] = [];
  for (const document of parseAllDocuments(yaml)) {
    visit(document, {
      Map: (_, node) => {
        const step = node.toJS(document) as Step;
        if (step.uses !== undefined || step.run !== undefined) steps.push(step);
      },
    });
  }
  return steps;
}

/** Each recipe of the README by the heading above it. */
const RECIPES = README.split(/^#{1,3} /m).flatMap((section) =>
  Array.from(section.matchAll(/^```yaml\n([\s\S]*?)^```/gm), ([, yaml]) => ({
    title: section.split('\n', 1)[0] as string,
    steps: stepsOf(yaml as string),
  })),
);

const NEON = 'ep-cool-darkness-a1b2c3d4-pooler.eu-central-1.aws.neon.tech';
let secrets: Readonly<Record<string, string>>;

beforeAll(async () => {
  secrets = {
    DATABASE_URL: `psql 'postgresql://neondb_owner:npg_Tb7KqXv2LmZ9@${NEON}/neondb?sslmode=require&channel_binding=require'\n`,
    STAGING_DATABASE_URL: `postgresql://neondb_owner:npg_Tb7KqXv2LmZ9@${NEON}/staging`,
    AUDIT_DATABASE_URL: 'postgresql://audit:Tb7KqXv2LmZ9@audit.example.com/audit',
    DATABASE_CA: (await createAuthority()).cert,
  };
});

/** Fills in `${{ … }}` as GitHub would, from the secrets and from the outputs of steps before. */
const evaluate = (text: string, outputs: ReadonlyMap<string, Readonly<Record<string, string>>>): string =>
  text.replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
    const secret = /^secrets(?:\.(\w+)|\[matrix\.database\])$/.exec(expression);
    if (secret) return secrets[secret[1] ?? 'STAGING_DATABASE_URL'] as string;
    const [, id, output] = /^steps\.(\w+)\.outputs\.([\w-]+)$/.exec(expression) ?? [];
    const value = outputs.get(id ?? '')?.[output ?? ''];
    if (value === undefined) throw new Error(`the README's expression ${expression} has no value`);
    return value;
  });

test('the README has its recipes', () => {
  expect(RECIPES.length).toBeGreaterThanOrEqual(9);
});

test.each(RECIPES)('README, $title: the committed action runs, and later steps have what they use', async ({ steps }) => {
  const runner = new RunnerDouble({ secrets: Object.values(secrets) });
  const outputs = new Map<string, Readonly<Record<string, string>>>();
  const exported: Record<string, string> = {};
  try {
    for (const step of steps) {
      if (step.uses?.includes('neon-connect')) {
        const inputs = Object.fromEntries(
          Object.entries(step.with ?? {}).map(([name, value]) => [name, evaluate(String(value), outputs)]),
        );
        // There is no server behind these secrets: the probe has suites of its own.
        const result = await runner.step({ inputs: { ...inputs, probe: 'false' } });
        expect(result.log).not.toContain('##[error]');
        expect(result.conclusion).toBe('success');
        Object.assign(exported, result.env);
        if (step.id) outputs.set(step.id, result.outputs);
      } else {
        const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, evaluate(value, outputs)]);
        const environment = { ...exported, ...Object.fromEntries(own) };
        for (const [, name] of (step.run ?? '').matchAll(/\$(\w+)/g)) expect(environment).toHaveProperty(name as string);
        const [, id, output] = /steps\.(\w+)\.outputs\.([\w-]+)/.exec(step.if ?? '') ?? [];
        if (id) expect(outputs.get(id)).toHaveProperty([output as string]);
      }
    }
  } finally {
    runner.dispose();
  }
});

test('the README says rightly which clients need not be named, and which must be', () => {
  const [, free = '', named = ''] = /^(.+?) and most others: nothing to name; (.+?) and a few more:/m.exec(README) ?? [];
  const own = (list: string) => list.split(', ').map((name) => [name, findClient(name)?.variables !== undefined]);
  expect(free.split(', ').map((name) => findClient(name))).not.toContain(undefined);
  expect(own(free).filter(([, has]) => has)).toEqual([]);
  expect(own(named).filter(([, has]) => !has)).toEqual([]);
});

describe('the check of the pages finds', () => {
  test.each([
    ['an input that does not exist', '- uses: ./\n  with:\n    conection-string: x', 'there is no input conection-string'],
    ['a client that does not exist', '- uses: ./\n  with:\n    clients: psql, prism', 'there is no client prism'],
    [
      'an output that does not exist',
      '- uses: ./\n  id: a\n- run: echo $\u007b{ steps.a.outputs.urll }}',
      'there is no output urll',
    ],
    ['another address', '- uses: somebody/neon-connect@v2', expect.stringContaining('not somebody/neon-connect@v2')],
    ['what is no YAML', 'a: [', expect.stringMatching(/^not YAML/)],
  ])('%s', (_, yaml, complaint) => {
    expect(complaintsAboutYaml(yaml)).toEqual(expect.arrayContaining([complaint]));
  });

  test.each([
    ['allowed-host', 'allowed-host is no input, output, problem or client'],
    ['allowed-host: x', 'there is no input allowed-host'],
    ['PGHOTS', 'PGHOTS is no variable that is exported'],
    ['DATABASE_URI', 'DATABASE_URI is no variable that is exported'],
    ['npm run chekc', 'there is no script chekc'],
    ['src/nowhere.ts', 'there is no src/nowhere.ts'],
    ['allowed-hosts', undefined],
    ['password-rejected', undefined],
    ['PGHOST', undefined],
    ['npm run docs', undefined],
  ])('%s', (code, complaint) => {
    expect(complaintAbout(code)).toBe(complaint);
  });
});
