import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { certificateBlocks } from '../../src/connection/pem.ts';
import { ActDouble } from '../support/act-double.ts';
import { createAuthority } from '../support/certificates.ts';
import type { StepOptions } from '../support/runner/step.ts';
import { RunnerDouble, type StepResult } from '../support/runner-double.ts';
import { COMMON, ENCODED, encrypted, type Material, PASSWORD, SCENARIOS, type Scenario, url } from './scenarios.ts';

/* The committed step from its inputs to what the job has after it: one job a scenario. */

let material: Material;
beforeAll(async () => {
  const authority = await createAuthority();
  material = { authority, client: await authority.issue({ usage: 'client', commonName: 'app' }) };
});

const GIVEN = `postgresql://app:${ENCODED}@db.example.org/shop`;
const string = { 'connection-string': GIVEN };
const windows = process.platform === 'win32';

/** Runs the work in a job of its own. */
async function inJob<Result>(work: (job: RunnerDouble) => Promise<Result>): Promise<Result> {
  const job = new RunnerDouble();
  try {
    return await work(job);
  } finally {
    job.dispose();
  }
}
const step = (options: StepOptions): Promise<StepResult> => inJob((job) => job.step(options));

/** The job's private folder, by its one name. */
const settled = (variables: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      value.replace(/^\S*[\\/]neon-connect-[0-9a-z]+-[0-9a-z]+[\\/]/, 'PRIVATE/'),
    ]),
  );

const expectedOf = ({ variables, changes }: Scenario): Record<string, string> =>
  (variables ??
    Object.fromEntries(Object.entries({ ...COMMON, ...changes }).filter(([, value]) => value !== undefined))) as Record<
    string,
    string
  >;

const OUTPUTS: Record<string, string> = {
  host: 'PGHOST',
  port: 'PGPORT',
  database: 'PGDATABASE',
  user: 'PGUSER',
  password: 'PGPASSWORD',
  sslmode: 'PGSSLMODE',
  'database-url': 'DATABASE_URL',
};

/** The outputs that follow from the variables. */
const outputsOf = (scenario: Scenario): Record<string, string> => {
  const expected = expectedOf(scenario);
  const prefixed = Object.keys(expected).some((name) => name.startsWith('AUDIT_'));
  const from = scenario.variables === undefined ? expected : COMMON;
  const parts = Object.entries(OUTPUTS).flatMap(([output, name]) => (from[name] === undefined ? [] : [[output, from[name]]]));
  const names = Object.keys(expected).map((name) => name);
  return {
    available: 'true',
    ...Object.fromEntries(parts),
    exported: prefixed ? names.join(',') : expect.any(String),
    ...scenario.outputs,
  };
};

describe('what a job has after the step', () => {
  test.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))('%s', async (_, scenario) => {
    const inputs = typeof scenario.inputs === 'function' ? scenario.inputs(material) : scenario.inputs;
    const result = await step({ inputs, ...(scenario.env ? { env: scenario.env } : {}) });
    expect(result.annotations.filter(({ type }) => type === 'error')).toEqual([]);
    expect(settled(result.env)).toEqual(expectedOf(scenario));
    expect(result.outputs).toEqual(outputsOf(scenario));
    if (scenario.variables === undefined) expect(result.outputs.exported?.split(',')).toEqual(Object.keys(result.env));
    const notices = result.annotations.filter(({ type }) => type === 'notice').map(({ message }) => message);
    expect(notices).toEqual((scenario.notices ?? []).map((part) => expect.stringContaining(part)));
    expect({ exit: result.exitCode, stderr: result.rawStderr }).toEqual({ exit: 0, stderr: '' });
  });

  test.each(SCENARIOS.filter((_, index) => index % 6 === 0).map((scenario) => [scenario.name, scenario] as const))(
    'the same under act: %s',
    async (_, scenario) => {
      const job = new ActDouble();
      try {
        const inputs = typeof scenario.inputs === 'function' ? scenario.inputs(material) : scenario.inputs;
        const result = await job.step({ inputs, ...(scenario.env ? { env: scenario.env } : {}) });
        expect(settled(result.env)).toEqual(expectedOf(scenario));
        expect(result.outputs).toEqual(outputsOf(scenario));
        expect(result.conclusion).toBe('success');
      } finally {
        job.dispose();
      }
    },
  );
});

describe('the files of a job', () => {
  test('public roots: many certificates, for this user only, removed by the post step', () =>
    inJob(async (job) => {
      const result = await job.step({ inputs: string });
      const file = result.env.PGSSLROOTCERT as string;
      expect(certificateBlocks(readFileSync(file, 'utf8')).length).toBeGreaterThan(100);
      expect(path.dirname(path.dirname(file))).toBe(job.folders.temp);
      if (!windows) expect([statSync(file).mode & 0o777, statSync(path.dirname(file)).mode & 0o777]).toEqual([0o600, 0o700]);
      const post = await result.post();
      expect({ exit: post.exitCode, out: post.rawStdout, err: post.rawStderr }).toEqual({ exit: 0, out: '', err: '' });
      expect(existsSync(path.dirname(file))).toBe(false);
    }));

  test('a CA that was given stands alone', () =>
    inJob(async (job) => {
      const { env } = await job.step({ inputs: { ...string, sslrootcert: material.authority.cert } });
      expect(env.NODE_EXTRA_CA_CERTS).toBe(env.PGSSLROOTCERT);
      const blocks = certificateBlocks(readFileSync(env.PGSSLROOTCERT as string, 'utf8'));
      expect(blocks.map((block) => new X509Certificate(block).fingerprint256)).toEqual([
        new X509Certificate(material.authority.cert).fingerprint256,
      ]);
    }));

  test('a CA by its path in the workspace', () =>
    inJob(async (job) => {
      writeFileSync(path.join(job.folders.workspace, 'ca.pem'), material.authority.cert);
      const { env } = await job.step({ inputs: { ...string, sslrootcert: 'ca.pem' } });
      expect(readFileSync(env.PGSSLROOTCERT as string, 'utf8')).toBe(material.authority.cert);
      expect(path.dirname(env.PGSSLROOTCERT as string)).not.toBe(job.folders.workspace);
    }));

  test('a CA file of 2,000 certificates', () =>
    inJob(async (job) => {
      const many = `${material.authority.cert.trim()}\n`.repeat(2000);
      writeFileSync(path.join(job.folders.workspace, 'ca.pem'), many);
      const { env, exitCode } = await job.step({ inputs: { ...string, sslrootcert: 'ca.pem' } });
      expect(exitCode).toBe(0);
      expect(readFileSync(env.PGSSLROOTCERT as string, 'utf8')).toBe(many);
    }));

  test.each([false, true])('a client certificate; its key with a passphrase: %s', (withPassphrase) =>
    inJob(async (job) => {
      const { client } = material;
      const sslkey = withPassphrase ? encrypted(client.key, 'open-Sesame-77') : client.key;
      const result = await job.step({
        inputs: {
          'connection-string': withPassphrase ? `${GIVEN}?sslpassword=open-Sesame-77` : GIVEN,
          sslcert: client.cert,
          sslkey,
        },
      });
      const { PGSSLCERT = '', PGSSLKEY = '' } = result.env;
      const written = readFileSync(PGSSLKEY, 'utf8');
      // Readable without a passphrase, and the same key.
      expect(new X509Certificate(readFileSync(PGSSLCERT)).checkPrivateKey(createPrivateKey(written))).toBe(true);
      if (!windows) expect([statSync(PGSSLKEY).mode & 0o777, statSync(PGSSLCERT).mode & 0o777]).toEqual([0o600, 0o600]);
      // A later step that prints the key, either way it is written, shows nothing of it; nor the passphrase.
      const body = [...written.split('\n'), ...sslkey.split('\n')].filter((line) => line !== '' && !line.startsWith('-----'));
      for (const line of [...body, 'open-Sesame-77'].slice(0, withPassphrase ? undefined : -1))
        expect(job.mask(line)).toBe('***');
      expect(Object.values(result.env).join('\n')).not.toContain('Sesame');
    }),
  );
});

describe('the post step touches nothing that this step did not make', () => {
  const POST: readonly (readonly [name: string, plant: (job: RunnerDouble) => Record<string, string>])[] = [
    ['no state at all', () => ({})],
    ['a folder of somebody else', (job) => ({ STATE_folder: job.folders.workspace })],
    [
      'a folder with our kind of name, elsewhere',
      (job) => ({ STATE_folder: path.join(job.folders.workspace, 'neon-connect-1-1') }),
    ],
    ['RUNNER_TEMP itself', (job) => ({ STATE_folder: job.folders.temp })],
    ['a way out of RUNNER_TEMP', (job) => ({ STATE_folder: `${job.folders.temp}/../workspace/neon-connect-1-1` })],
    ['a link in RUNNER_TEMP', (job) => ({ STATE_folder: path.join(job.folders.temp, 'neon-connect-2-2') })],
  ];
  test.each(POST)('%s', (_, plant) =>
    inJob(async (job) => {
      mkdirSync(path.join(job.folders.workspace, 'neon-connect-1-1'));
      writeFileSync(path.join(job.folders.workspace, 'neon-connect-1-1', 'kept'), 'x');
      symlinkSync(
        path.join(job.folders.workspace, 'neon-connect-1-1'),
        path.join(job.folders.temp, 'neon-connect-2-2'),
        'junction',
      );
      const result = await job.step({ inputs: { ...string, sslmode: 'require' } });
      expect(result.state).toEqual({});
      const post = await result.post(plant(job));
      expect({ exit: post.exitCode, out: post.rawStdout, err: post.rawStderr }).toEqual({ exit: 0, out: '', err: '' });
      expect(readFileSync(path.join(job.folders.workspace, 'neon-connect-1-1', 'kept'), 'utf8')).toBe('x');
      expect(existsSync(job.folders.temp)).toBe(true);
    }),
  );
});

describe('env-file', () => {
  const write = (existing: string | undefined, inputs: Record<string, string> = {}) =>
    inJob(async (job) => {
      const file = path.join(job.folders.workspace, '.env');
      if (existing !== undefined) writeFileSync(file, existing);
      const result = await job.step({ inputs: { ...string, sslmode: 'require', 'env-file': '.env', ...inputs } });
      const content = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
      const mode = content === undefined || windows ? 0o600 : statSync(file).mode & 0o777;
      return { result, content, mode, left: readdirSync(job.folders.workspace) };
    });
  const BLOCK = `# >>> neon-connect: written by the action, replaced by the next run
PGHOST=db.example.org
PGPORT=5432
PGUSER=app
PGPASSWORD=${PASSWORD}
PGDATABASE=shop
PGSSLMODE=require
PGSSL=require
PGCONNECT_TIMEOUT=15
DATABASE_URL=${url(undefined, 'require')}
# <<< neon-connect
`;
  test.each<[name: string, existing: string | undefined, content: string]>([
    ['a new file', undefined, BLOCK],
    ['an empty file', '', BLOCK],
    ['a file without a line end', 'A=1', `A=1\n${BLOCK}`],
    ['the block of an earlier run', `A=1\n${BLOCK.replace('5432', '1')}B=2\n`, `A=1\nB=2\n${BLOCK}`],
    ['names that only look alike', '#PGHOST=x\nMY_PGHOST=x\nPGHOSTS=x\n', `#PGHOST=x\nMY_PGHOST=x\nPGHOSTS=x\n${BLOCK}`],
  ])('%s', async (_, existing, content) => {
    const written = await write(existing);
    expect(written.content).toBe(content);
    expect(written.mode).toBe(0o600);
    expect(written.left).toEqual(['.env']);
    expect(Object.keys(written.result.env)).toContain('DATABASE_URL');
  });

  test('alone, with export-env: false', async () => {
    const { result, content } = await write(undefined, { 'export-env': 'false' });
    expect(content).toBe(BLOCK);
    expect(result.env).toEqual({});
    expect(result.outputs.exported).toBe(
      'PGHOST,PGPORT,PGUSER,PGPASSWORD,PGDATABASE,PGSSLMODE,PGSSL,PGCONNECT_TIMEOUT,DATABASE_URL',
    );
  });

  test.each([
    ['a name of ours stands in the file', 'export PGHOST=x\n', 'sets `PGHOST` itself'],
    ['half of our block is left', '# >>> neon-connect: written by the action, replaced by the next run\n', 'half of the block'],
  ])('refused when %s', async (_, existing, says) => {
    const { result, content, left } = await write(existing);
    expect(result.outputs).toEqual({ problem: 'invalid-input', stage: 'input' });
    expect(result.annotations.at(-1)?.message).toContain(says);
    expect(result.env).toEqual({});
    expect(content).toBe(existing);
    expect(left).toEqual(['.env']);
  });

  test('a value that no line can carry is left out, and named', async () => {
    const { result, content } = await write(undefined, { password: `it's $HOME "x"`, 'application-name': 'two words' });
    expect(content).toContain('DATABASE_URL=postgresql://app:it%27s%20%24HOME%20%22x%22@');
    expect(content).not.toMatch(/PGPASSWORD|PGAPPNAME/);
    expect(result.annotations.map(({ message }) => message).join('\n')).toContain('to every reader: PGPASSWORD, PGAPPNAME.');
    expect(result.env.PGPASSWORD).toBe(`it's $HOME "x"`);
  });
});

describe('nothing is written before everything has passed', () => {
  /** Loaded into the step's process: notes every write, and lets it happen. */
  const SPY = `const fs = require('node:fs');
const { appendFileSync } = fs;
let inside = false;
for (const name of ['appendFileSync', 'writeFileSync', 'writeSync', 'mkdirSync', 'renameSync']) {
  const real = fs[name];
  fs[name] = (...parameters) => {
    if (inside) return real(...parameters);
    inside = true;
    try {
      const [target, content] = parameters;
      const what = target === 1 ? String(content).split('::')[1]?.split(' ')[0] ?? 'log' : require('node:path').basename(String(target));
      appendFileSync(process.env.SPY_LOG, name + ' ' + what + '\\n');
      return real(...parameters);
    } finally {
      inside = false;
    }
  };
}
`;
  const spied = (inputs: Record<string, string>) =>
    inJob(async (job) => {
      const [spy, log] = [path.join(job.folders.root, 'spy.cjs'), path.join(job.folders.root, 'spy.log')];
      writeFileSync(spy, SPY);
      writeFileSync(log, '');
      const result = await job.step({ inputs, env: { NODE_OPTIONS: `--require=${JSON.stringify(spy)}`, SPY_LOG: log } });
      const writes = readFileSync(log, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) =>
          line.replace(/(set_env|set_output|save_state|step_summary)_\S+/, '$1').replace(/neon-connect-\S+/, 'PRIVATE'),
        );
      return { result, writes: writes.filter((line) => line !== 'writeSync add-mask') };
    });

  test('one append for each of the runner’s files, after the last notice, the state first', async () => {
    const { writes, result } = await spied({
      ...string,
      port: '5433',
      'connection-string': `${GIVEN}?schema=x`,
      'env-file': '.env',
    });
    expect(result.exitCode).toBe(0);
    expect(writes).toEqual([
      'writeSync notice',
      'appendFileSync save_state',
      'mkdirSync PRIVATE',
      // Node's roots, the system's roots, the `.env` file.
      expect.stringMatching(/^writeFileSync \d+$/),
      expect.stringMatching(/^writeFileSync \d+$/),
      expect.stringMatching(/^writeSync \d+$/),
      expect.stringMatching(/^renameSync \.env\./),
      'appendFileSync step_summary',
      'appendFileSync set_output',
      'appendFileSync set_env',
      'writeSync log',
    ]);
  });

  test('a step that fails at its last check writes its problem alone', async () => {
    const { writes } = await spied({ ...string, 'env-file': 'no/such/folder/.env' });
    expect(writes).toEqual(['writeSync error', 'appendFileSync step_summary', 'appendFileSync set_output']);
  });
});

describe('a log that does not take what is written', () => {
  /** Loaded into the step's process: standard output fails in this way, as often as is said. */
  const failing = (code: string, times: number): string => `const fs = require('node:fs');
const { writeSync } = fs;
let left = ${times};
fs.writeSync = (file, ...rest) => {
  if (file !== 1 || left-- <= 0) return writeSync(file, ...rest);
  throw Object.assign(new Error('write'), { code: ${JSON.stringify(code)} });
};
`;
  const run = (code: string, times: number) =>
    inJob(async (job) => {
      const preload = path.join(job.folders.root, 'failing.cjs');
      writeFileSync(preload, failing(code, times));
      return job.step({ inputs: string, env: { NODE_OPTIONS: `--require=${JSON.stringify(preload)}` } });
    });

  test('a pipe that is full: the step waits, and nothing is lost', async () => {
    const result = await run('EAGAIN', 3);
    expect(settled(result.env)).toEqual(COMMON);
    expect(result.rawStdout).toBe((await step({ inputs: string })).rawStdout);
  });

  test('nobody reads: the job gets its variables all the same', async () => {
    const result = await run('EPIPE', 1e9);
    expect(result.exitCode).toBe(0);
    expect(settled(result.env)).toEqual(COMMON);
    expect(result.rawStdout).toBe('');
  });

  test('a broken one, before the masks: nothing is set', async () => {
    const result = await run('EIO', 1);
    expect(result.exitCode).toBe(1);
    expect(result.env).toEqual({});
    expect(result.annotations).toEqual([expect.objectContaining({ message: expect.stringContaining('(EIO)') })]);
  });
});

test.each([
  [
    'of a release',
    { GITHUB_ACTION_REPOSITORY: 'octo-org/neon-connect', GITHUB_ACTION_REF: 'v1.2.3' },
    'https://github.com/octo-org/neon-connect/blob/v1.2.3/docs/problems.md#invalid-input',
  ],
  ['of this repository', {}, '(docs/problems.md#invalid-input)'],
  ['that is no name', { GITHUB_ACTION_REPOSITORY: 'a/b/c?', GITHUB_ACTION_REF: 'v1' }, '(docs/problems.md#invalid-input)'],
])('a problem names its page: %s', async (_, env, says) => {
  const result = await step({ inputs: { ...string, probe: 'perhaps' }, env });
  expect(result.annotations.at(-1)?.message).toContain(says);
});

describe('a cancelled step', () => {
  // From before Node has started to after the end, in steps of 10 ms.
  const times = Array.from({ length: 14 }, (_, index) => 5 + index * 10);
  test.each(times)('after %i ms: all or nothing', (cancelAfterMs) =>
    inJob(async (job) => {
      const result = await job.step({ inputs: string, cancelAfterMs });
      expect(result.annotations.filter(({ message }) => message.includes('file command'))).toEqual([]);
      const all = Object.keys(result.env).length > 0;
      if (all) {
        expect(settled(result.env)).toEqual(COMMON);
        expect(existsSync(result.env.PGSSLROOTCERT as string)).toBe(true);
      } else expect(Object.keys(result.outputs).filter((name) => name !== 'problem' && name !== 'stage')).toEqual([]);
      expect(result.rawStderr).toBe('');
      await result.post();
      expect(readdirSync(job.folders.temp).filter((name) => name.startsWith('neon-connect-'))).toEqual([]);
    }),
  );

  test('during the probe: nothing is set, and the log says so', async () => {
    const result = await step({
      inputs: { ...string, host: '127.0.0.1', port: '1', probe: 'true', 'probe-timeout': '30' },
      cancelAfterMs: 1500,
    });
    expect({ env: result.env, outputs: result.outputs, summary: result.summary }).toEqual({
      env: {},
      outputs: {},
      summary: undefined,
    });
    expect(result.annotations.at(-1)?.title).toBe('The step was cancelled');
    expect(result.exitCode).toBe(1);
    expect(result.ms).toBeLessThan(15_000);
  });
});

describe('a runner that is not as usual', () => {
  test('NODE_DEBUG, DEBUG and the workflow’s debug logging show no password', () =>
    inJob(async () => {
      const job = new RunnerDouble({ debug: true });
      try {
        const result = await job.step({
          inputs: string,
          env: { NODE_DEBUG: '*', DEBUG: '*', ACTIONS_STEP_DEBUG: 'true' },
        });
        expect(settled(result.env)).toEqual(COMMON);
        expect(`${result.rawStderr}${result.log.split('##[endgroup]')[1]}`).not.toContain(PASSWORD);
        expect(result.rawStderr).not.toContain(ENCODED);
      } finally {
        job.dispose();
      }
    }));

  test.each(['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE'])('without %s it says so, and sets nothing', async (name) => {
    const { result, files } = await without(name);
    expect(result.status).toBe(1);
    expect(result.stdout).toMatch(/^::error title=/m);
    expect(result.stderr).toBe('');
    expect(printed(result.stdout)).not.toContain(PASSWORD);
    expect(files.GITHUB_ENV ?? '').toBe('');
  });

  test('without GITHUB_STEP_SUMMARY it does without', async () => {
    const { result, files } = await without('GITHUB_STEP_SUMMARY');
    expect(result.status).toBe(0);
    expect(files.GITHUB_ENV).toContain('DATABASE_URL<<');
  });

  test('without RUNNER_TEMP it says so where a file is needed, and sets nothing', async () => {
    const { result, files } = await without('RUNNER_TEMP');
    expect(result.status).toBe(1);
    expect(result.stdout).toMatch(/^::error title=/m);
    expect(files.GITHUB_ENV).toBe('');
  });

  test('without RUNNER_TEMP it needs none where certificates are not checked', async () => {
    const { result, files } = await without('RUNNER_TEMP', { INPUT_SSLMODE: 'require' });
    expect(result.status).toBe(0);
    expect(files.GITHUB_ENV).toContain('DATABASE_URL<<');
  });

  test('a workspace in which nothing can be written', () =>
    inJob(async (job) => {
      chmodSync(job.folders.workspace, 0o500);
      const result = await job.step({ inputs: string });
      chmodSync(job.folders.workspace, 0o700);
      expect(settled(result.env)).toEqual(COMMON);
      expect(readdirSync(job.folders.workspace)).toEqual([]);
    }));

  test('a RUNNER_TEMP behind a symbolic link', () =>
    inJob(async (job) => {
      const link = path.join(job.folders.root, 'linked');
      symlinkSync(job.folders.temp, link, 'junction');
      const { result, files } = await without('nothing', { RUNNER_TEMP: link });
      expect(result.status).toBe(0);
      expect(files.GITHUB_ENV).toContain('ca.pem');
    }));

  const printed = (stdout: string): string =>
    stdout
      .split('\n')
      .filter((line) => !line.startsWith('::add-mask::'))
      .join('\n');

  /** The bundle by itself, with one of the runner's variables taken away. */
  const without = (name: string, more: Record<string, string> = {}) =>
    inJob(async (job) => {
      const names = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'];
      const paths = Object.fromEntries(names.map((file) => [file, path.join(job.folders.root, file)]));
      for (const file of Object.values(paths)) writeFileSync(file, '');
      const env: Record<string, string> = {
        ...(process.env.SystemRoot === undefined ? {} : { SystemRoot: process.env.SystemRoot }),
        ...paths,
        RUNNER_TEMP: job.folders.temp,
        'INPUT_CONNECTION-STRING': GIVEN,
        ...more,
      };
      delete env[name];
      const result = { status: 0, stdout: '', stderr: '' };
      try {
        result.stdout = execFileSync(process.execPath, [job.action.main], {
          env,
          cwd: job.folders.workspace,
          encoding: 'utf8',
          stdio: 'pipe',
        });
      } catch (error) {
        Object.assign(result, error);
      }
      const files = Object.fromEntries(names.map((file) => [file, readFileSync(paths[file] as string, 'utf8')]));
      return { result, files };
    });
});
