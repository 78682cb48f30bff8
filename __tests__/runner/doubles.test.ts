import path from 'node:path';
import { ActDouble, parseActCommand, readActEntries } from '../support/act-double.ts';
import { parseCommand, readLines } from '../support/runner/commands.ts';
import { readEntries } from '../support/runner/env-files.ts';
import { ENCODERS, SecretMasker } from '../support/runner/masker.ts';
import { RunnerDouble, type RunnerOptions, type StepResult } from '../support/runner-double.ts';

/* The doubles are only worth what they have in common with the runners: each rule of their sources, tried on its own. */

const action = path.join(import.meta.dirname, 'actions/says');
const body = (log: string): string[] => log.split('\n').slice(log.split('\n').indexOf('##[endgroup]') + 1);

async function says(inputs: Record<string, string>, options: RunnerOptions = {}): Promise<StepResult> {
  const job = new RunnerDouble({ action, ...options });
  try {
    return await job.step({ inputs });
  } finally {
    job.dispose();
  }
}

describe('commands, as the runner reads them', () => {
  test.each<[line: string, command: string | undefined, data?: string, properties?: Record<string, string>]>([
    ['::add-mask::x', 'add-mask', 'x'],
    ['::ADD-MASK::x', 'add-mask', 'x'],
    ['  \u0085\u3000::add-mask::x', 'add-mask', 'x'],
    ['\ufeff::add-mask::x', undefined],
    ['x ::add-mask::y', undefined],
    ['::unknown::x', undefined],
    ['::add-mask:x', undefined],
    ['::add-mask::a::b', 'add-mask', 'a::b'],
    ['::add-mask::%2525%0A%0D%3A', 'add-mask', '%25\n\r%3A'],
    ['::error title=a%2Cb%3A,line=1::x', 'error', 'x', { title: 'a,b:', line: '1' }],
    ['::error title=,file=x=y::x', 'error', 'x', { file: 'x=y' }],
    ['x ##[add-mask]y', 'add-mask', 'y'],
    ['##[add-mask]a]b%5D', 'add-mask', 'a]b]'],
    ['##[error title=a;line=2]x', 'error', 'x', { title: 'a', line: '2' }],
    ['##[unknown]x', undefined],
    ['##[error', undefined],
    ['::error::x ##[set-output name=a]b', 'error', 'x ##[set-output name=a]b'],
  ])('%j', (line, ...expected) => {
    const [command, data, properties] = expected;
    const parsed = parseCommand(line);
    expect(parsed?.command).toBe(command);
    expect(parsed?.data).toBe(data);
    if (properties !== undefined) expect(Object.fromEntries(parsed?.properties ?? [])).toEqual(properties);
  });

  test('lines end at CR, LF and both', () => {
    expect(readLines('a\rb\nc\r\nd\n\ne\u0085f\n')).toEqual(['a', 'b', 'c', 'd', '', 'e\u0085f']);
    expect(readLines('')).toEqual([]);
  });
});

describe('masks, as the runner keeps them', () => {
  test.each<[encoder: string, value: string, expected: string]>([
    ['Base64StringEscape', 'user', 'dXNlcg=='],
    ['Base64StringEscapeShift1', 'user', 'c2Vy'],
    ['Base64StringEscapeShift2', 'user', 'ZXI='],
    ['Base64StringEscapeShift2', 'ab', 'YWI='],
    ['CommandLineArgumentEscape', 'a"b', 'a\\"b'],
    ['ExpressionStringEscape', "a'b", "a''b"],
    ['JsonStringEscape', 'a"\\\n\u2028é<\u0001', 'a\\"\\\\\\n\\u2028é<\\u0001'],
    ['UriDataEscape', "a b!'()*~é", 'a%20b%21%27%28%29%2A~%C3%A9'],
    ['XmlDataEscape', `<>"'&`, '&lt;&gt;&quot;&apos;&amp;'],
    ['TrimDoubleQuotes', '"1234567"', '1234567'],
    ['TrimDoubleQuotes', '"123456"', ''],
    ['PowerShellPreAmpersandEscape', 'secretpart1&secretpart2&secretpart3', 'secretpart1&secretpart2&'],
    ['PowerShellPreAmpersandEscape', 'secretpart1&+secretpart2&secretpart3', 'secretpart1&+'],
    ['PowerShellPreAmpersandEscape', 'a&b', ''],
    ['PowerShellPostAmpersandEscape', 'secretpart1&secretpart2&secretpart3', 'secretpart3'],
    ['PowerShellPostAmpersandEscape', 'secretpart1&+secretpart2&secretpart3', 'ecretpart2&secretpart3'],
    ['PowerShellPostAmpersandEscape', 'none', ''],
  ])('%s of %j', (encoder, value, expected) => {
    expect(ENCODERS[encoder]?.(value)).toBe(expected);
  });

  test('there are eleven encoders', () => {
    expect(Object.keys(ENCODERS)).toHaveLength(11);
  });

  test.each([
    ['ordinal and case-sensitive', ['abc'], 'abc ABC', '*** ABC'],
    ['overlapping and touching ones merge', ['abc', 'cde'], 'abcdeabc', '***'],
    ['one character is enough', ['e'], 'hello', 'h***llo'],
    ['itself overlapping', ['aa'], 'aaa', '***'],
  ])('%s', (_, values, text, expected) => {
    const masker = new SecretMasker();
    for (const value of values) masker.addValue(value);
    expect(masker.mask(text)).toBe(expected);
  });

  test('a secret of the job is trimmed, and so are its lines', () => {
    const masker = new SecretMasker();
    masker.addSecret(' {\n  "a": 1\n}\n');
    expect(masker.originals).toEqual(['{\n  "a": 1\n}', '{', '"a": 1', '}']);
  });
});

describe('files, as the runner reads them', () => {
  test.each<[content: string, entries: [string, string][], error?: string]>([
    [
      'A=1\n\nB=2',
      [
        ['A', '1'],
        ['B', '2'],
      ],
    ],
    ['A=x<<y\n', [['A', 'x<<y']]],
    ['A<<E\nx=1\n\nE2\nE', [['A', 'x=1\n\nE2']]],
    ['A<<E\nE\n', [['A', '']]],
    ['A<<E\n\nE\n', [['A', '']]],
    ['A<<E\nx\r\nE\n', [['A', 'x\r']]],
    ['A=1\r\n', [['A', '1\r']]],
    ['\ufeffA=1\n', [['A', '1']]],
    [
      'A=1\nA=2\n',
      [
        ['A', '1'],
        ['A', '2'],
      ],
    ],
    ['=1\n', [['', '1']]],
    ['A=1\nB<<E\nx\n', [['A', '1']], "Invalid value. Matching delimiter not found 'E'"],
    ['B<<E\nx', [], 'Invalid value. EOF marker missing new line.'],
    ['B<<\n', [], "Invalid format 'B<<'. Name must not be empty and delimiter must not be empty"],
    ['nonsense\nA=1\n', [], "Invalid format 'nonsense'"],
  ])('%j', (content, ...expected) => {
    const [entries, error] = expected;
    expect(readEntries(Buffer.from(content))).toEqual(error === undefined ? { entries } : { entries, error });
  });

  test('bytes that are not UTF-8 are lost', () => {
    expect(readEntries(Buffer.from([0x41, 0x3d, 0xff])).entries).toEqual([['A', '\ufffd']]);
  });
});

describe('a step on GitHub’s runner', () => {
  test('has every declared input, the names in upper case, blanks as underscores, and a clean environment', async () => {
    const { rawStdout } = await says({ stdout: '{environment}', 'with a blank': 'x' }, { env: { FROM_JOB: 'y' } });
    const environment = JSON.parse(rawStdout) as Record<string, string>;
    expect(environment).toMatchObject({
      INPUT_WITH_A_BLANK: 'x',
      'INPUT_POST-SAYS': '',
      'INPUT_EXIT-CODE': '0',
      FROM_JOB: 'y',
      CI: 'true',
    });
    expect(Object.keys(environment).filter((name) => /^(?:JEST|npm_|NODE_)/.test(name))).toEqual([]);
  });

  test('is announced with its inputs and the job’s variables, before its masks exist', async () => {
    const { log } = await says(
      { stdout: '::add-mask::s3cret\n', GITHUB_ENV: '' },
      { env: { KNOWN: 'one', LATER: 's3cret' }, secrets: ['one'] },
    );
    expect(log.split('\n')).toEqual(
      expect.arrayContaining([
        'with:',
        '  stdout: ::add-mask::s3cret',
        '  exit-code: 0',
        'env:',
        '  KNOWN: ***',
        '  LATER: s3cret',
      ]),
    );
    expect(log).not.toContain('  GITHUB_ENV:');
  });

  test('is warned of inputs that are not declared', async () => {
    const { annotations } = await says({ nonsense: 'x' });
    expect(annotations[0]?.message).toMatch(/^Unexpected input\(s\) 'nonsense', valid inputs are \['stdout', /);
  });

  test('has standard error read before standard output, so that a mask comes too late for it', async () => {
    const { log } = await says({ stdout: '::add-mask::s3cret\nout s3cret\n', stderr: 'err s3cret\n' });
    expect(body(log)).toEqual(['err s3cret', 'out ***']);
  });

  test('has masks for each line, and none for a blank', async () => {
    const { masks, annotations, log } = await says({ stdout: '::add-mask:: a %0A b\n::add-mask:: \na b\n' });
    expect(masks).toEqual([' a \n b', 'a', 'b']);
    expect(annotations.map(({ message }) => message)).toEqual([
      expect.stringContaining("C***n't ***dd secret m***sk for empty string"),
    ]);
    expect(body(log).at(-1)).toBe('*** ***');
  });

  test('has messages masked, and titles not', async () => {
    const { annotations } = await says({ stdout: '::add-mask::s3cret\n::error title=s3cret::s3cret!\n' });
    expect(annotations).toMatchObject([{ type: 'error', message: '***!', title: 's3cret' }]);
  });

  test('has ten annotations of a type, cut at 4096 characters', async () => {
    const { annotations } = await says({ stdout: `${`::notice::${'x'.repeat(5000)}\n`.repeat(12)}::warning::y\n` });
    expect(annotations.map(({ message }) => message.length)).toEqual([...Array<number>(10).fill(4096), 1]);
  });

  test('can stop commands, masks too', async () => {
    const { masks, commands, log } = await says({
      stdout: '::stop-commands::pause-token\n::add-mask::s3cret\n::error::x\n::pause-token::\n::add-mask::other\n',
    });
    expect(masks).toEqual(['pause-token', 'other']);
    expect(commands.map(({ command }) => command)).toEqual(['stop-commands', 'add-mask']);
    expect(body(log)).toEqual(['::stop-commands::***', '::add-mask::s3cret', '::error::x', '::***::']);
  });

  test.each(['', 'error', 'pause-logging'])('fails with the token %j for stop-commands', async (token) => {
    expect((await says({ stdout: `::stop-commands::${token}\n` })).conclusion).toBe('failure');
  });

  test.each(['::set-env name=A::x', '::add-path::/x'])('fails with %s', async (line) => {
    const { conclusion, exitCode, env } = await says({ stdout: `${line}\n` });
    expect([conclusion, exitCode, env]).toEqual(['failure', 0, {}]);
  });

  test('sets outputs and state by commands too', async () => {
    const { outputs, state } = await says({ stdout: '::set-output name=a::1\n::save-state name=b::2\n' });
    expect([outputs, state]).toEqual([{ a: '1' }, { b: '2' }]);
  });

  test('fails with a broken file, whose line the log shows', async () => {
    const result = await says({ GITHUB_ENV: 'A=1\nnonsense\nB=2\n' });
    expect(result.conclusion).toBe('failure');
    expect(result.env).toEqual({ A: '1' });
    expect(result.annotations.map(({ message }) => message)).toEqual([
      "Unable to process file command 'env' successfully.",
      "Invalid format 'nonsense'",
    ]);
  });

  test('may not set NODE_OPTIONS', async () => {
    const { env, annotations, conclusion } = await says({ GITHUB_ENV: 'node_options=--require x\nA=1\n' });
    expect(env).toEqual({ A: '1' });
    expect(annotations[0]?.message).toContain("Can't store NODE_OPTIONS");
    expect(conclusion).toBe('success');
  });

  test('hands on no output that holds a mask, in any form', async () => {
    const { outputs, droppedOutputs } = await says({
      stdout: '::add-mask::postgres\n',
      GITHUB_OUTPUT: 'a=postgres\nb=x-postgres-y\nc=other\nd=cG9zdGdyZXM=\n',
    });
    expect(Object.keys(outputs)).toEqual(['a', 'b', 'c', 'd']);
    expect(droppedOutputs).toEqual(['a', 'b', 'd']);
  });

  test('has its summary masked line by line, and none above 1 MiB', async () => {
    expect((await says({ stdout: '::add-mask::s3cret\n', GITHUB_STEP_SUMMARY: '# s3cret\r\nb' })).summary).toBe('# ***\nb\n');
    expect((await says({})).summary).toBeUndefined();
  });

  test('prints what it writes when debugging, masked', async () => {
    const { log } = await says(
      { stdout: '::add-mask::s3cret\n', GITHUB_ENV: 'A=s3cret\n', GITHUB_OUTPUT: 'b=c\n' },
      { debug: true },
    );
    expect(body(log)).toEqual(["##[debug]A='***'", '##[debug]Set output b = c']);
  });

  test('leaves masks and variables to later steps, and state to its post step alone', async () => {
    const job = new RunnerDouble({ action, env: { STATE_kept: 'planted' } });
    try {
      const first = await job.step({
        inputs: { GITHUB_STATE: 'kept=1\n', GITHUB_ENV: 'A=s3cret\n', stdout: '::add-mask::s3cret\n', 'post-says': 'x' },
      });
      const second = await job.step({ inputs: { stdout: '{environment}', 'post-says': 'y' } });
      expect(JSON.parse(second.rawStdout)).toMatchObject({ A: 's3cret', STATE_kept: 'planted' });
      expect(second.log).toContain('  A: ***');
      expect((await first.post()).log).toBe('Post job cleanup.\npost: x 1');
      expect((await second.post()).log).toBe('Post job cleanup.\npost: y planted');
    } finally {
      job.dispose();
    }
  });

  test('fails by its exit code', async () => {
    expect(await says({ 'exit-code': '3' })).toMatchObject({ exitCode: 3, conclusion: 'failure' });
  });
});

describe('commands, as nektos/act reads them', () => {
  test.each<[line: string, command: string | undefined, data?: string]>([
    ['::add-mask::x\n', 'add-mask', 'x'],
    ['::add-mask::a::b\n', 'add-mask::a', 'b'],
    ['::add-mask:::x\n', 'add-mask:', 'x'],
    [' ::add-mask::x\n', undefined],
    ['::add-mask::x', undefined],
    ['##[add-mask]a::b\n', 'add-mask', 'a::b'],
    ['##[add-mask]a]b\n', 'add-mask]a', 'b'],
    ['x ##[add-mask]y\n', undefined],
    ['::error title=x::a b::c\n', 'error', 'c'],
    ['::add-mask::%2525\n', 'add-mask', '%25'],
  ])('%j', (line, ...expected) => {
    const [command, data] = expected;
    expect(parseActCommand(line)?.command).toBe(command);
    expect(parseActCommand(line)?.data).toBe(data);
  });

  test('decodes in random order', () => {
    const seen = new Set(Array.from({ length: 200 }, () => parseActCommand('::add-mask::%250A\n')?.data));
    expect(seen).toEqual(new Set(['%0A', '\n']));
  });
});

test.each<[content: string, entries: [string, string][], error?: string]>([
  [
    'A=1\nB<<E\nx\ny\nE\n',
    [
      ['A', '1'],
      ['B', 'x\ny'],
    ],
  ],
  ['A<<E\n\n\nx\n\nE\n', [['A', 'x\n']]],
  ['A=1\r\n', [['A', '1']]],
  ['A=1\n\nB=2\n', [['A', '1']], "invalid format '', expected a line with '=' or '<<'"],
  ['A<<E\nx\n', [], "invalid format delimiter 'E' not found before end of file"],
])('files, as nektos/act reads them: %j', (content, ...expected) => {
  const [entries, error] = expected;
  expect(readActEntries(Buffer.from(content))).toEqual(error === undefined ? { entries } : { entries, error });
});

test('a step under nektos/act shows its variables, outputs and summary, with exact masks only, in their order', async () => {
  const job = new ActDouble({ action, secrets: ['whole'] });
  try {
    const inputs = {
      stdout: '::add-mask::abc\n::add-mask::abcdef\nprinted abcdef whole YWJj\n',
      GITHUB_ENV: 'A=abc\n',
      GITHUB_OUTPUT: 'b=abcdef\n',
      GITHUB_STATE: 'kept=1\n',
      GITHUB_STEP_SUMMARY: '# abc\nx\n',
      'post-says': 'x',
    };
    const result = await job.step({ inputs });
    expect(result.log.split('\n')).toEqual([
      '⭐ Run Main octo-org/neon-connect@v1',
      '  ⚙  ***',
      '  ⚙  ***',
      '  | printed ***def *** YWJj',
      '  ⚙  ::set-env:: A=***',
      '  ⚙  ::set-output:: b=***def',
      '  ⚙  Summary - # ***',
      'x',
    ]);
    expect([result.env, result.outputs, result.masks]).toEqual([{ A: 'abc' }, { b: 'abcdef' }, ['abc', 'abcdef']]);
    expect((await result.post()).log).toContain('post: x 1');
  } finally {
    job.dispose();
  }
});
