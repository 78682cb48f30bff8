import path from 'node:path';
import { ActDouble } from '../support/act-double.ts';
import { RunnerDouble, type StepResult } from '../support/runner-double.ts';

const action = path.join(import.meta.dirname, 'actions/log');
const calls = (list: unknown[][]): { inputs: { calls: string } } => ({ inputs: { calls: JSON.stringify(list) } });

/** The log without its header, which shows the input and so, here, everything. */
const body = (log: string): string[] => log.split('\n').slice(log.split('\n').indexOf('##[endgroup]') + 1);

const onGitHub = async (list: unknown[][]): Promise<StepResult> => {
  const job = new RunnerDouble({ action });
  try {
    return await job.step(calls(list));
  } finally {
    job.dispose();
  }
};

const underAct = async (list: unknown[][]) => {
  const job = new ActDouble({ action });
  try {
    return await job.step(calls(list));
  } finally {
    job.dispose();
  }
};

test('what the writer prints is what the runner shows, in order', async () => {
  const result = await onGitHub([
    ['info', 'one'],
    ['group', 'Proving the connection'],
    ['notice', 'two', 'A title'],
    ['warning', 'three'],
    ['error', { title: 'The title', message: 'four: 100% of it, a:b,c' }],
  ]);
  expect(result.exitCode).toBe(0);
  expect(result.rawStderr).toBe('');
  expect(body(result.log)).toEqual([
    'one',
    '##[group]Proving the connection',
    'inside',
    '##[endgroup]',
    '##[notice]two',
    '##[warning]three',
    '##[error]four: 100% of it, a:b,c',
  ]);
  expect(result.annotations.map(({ type, title }) => [type, title])).toEqual([
    ['notice', 'A title'],
    ['warning', undefined],
    ['error', 'The title'],
  ]);
});

test('masks are registered once, as they are, and blank ones are not', async () => {
  const masks = ['with % and %0A and %250D', 'two\nlines', ' blanks ', 'a::b', ']', '::', '##[error]x'];
  const result = await onGitHub([
    ['mask', ['', ' ', '\n', ...masks, ...masks]],
    ['mask', masks],
  ]);
  expect(result.commands.map(({ command, data }) => [command, data])).toEqual(masks.map((mask) => ['add-mask', mask]));
  expect(result.annotations).toEqual([]);
});

test('a text from outside is no command, and is cut', async () => {
  const evil = [
    '::add-mask::e',
    'x\r::error::fake',
    'x ##[set-output name=a]b',
    '\u0085::stop-commands::token',
    '\u200b::group::x',
  ];
  const result = await onGitHub([
    ...evil.flatMap((text) => [
      ['info', text],
      ['notice', text],
      ['group', text],
    ]),
    ['quote', `\u202e${'x'.repeat(300)}`],
  ]);
  expect(result.commands.map(({ command }) => command)).toEqual(evil.flatMap(() => ['notice', 'group', 'endgroup']));
  expect(result.outputs).toEqual({});
  expect(result.masks).toEqual([]);
  expect(body(result.log).at(-1)).toBe(`quote gives \\u{202e}${'x'.repeat(192)}…`);
});

test('the writer redacts by itself, also where a runner has no masks', async () => {
  const secret = 's3::cret##[x\u202e';
  const result = await onGitHub([
    ['mask', [secret, `s3%3A%3Acret`]],
    ['info', `a ${secret} b`],
    ['error', { title: 'T', message: `a s3%3A%3Acret b` }],
    ['group', secret],
    ['quote', `${'x'.repeat(195)}${secret}`],
  ]);
  expect(result.rawStdout.split('\n').slice(2)).toEqual([
    'a *** b',
    '::error title=T::a *** b',
    '::group::***',
    'inside',
    '::endgroup::',
    `quote gives ${'x'.repeat(195)}***`,
    '',
  ]);
});

test('a message longer than an annotation takes is cut', async () => {
  const result = await onGitHub([['notice', 'x'.repeat(5000)]]);
  expect(result.annotations[0]?.message).toBe(`${'x'.repeat(4000)}…`);
});

describe('under nektos/act', () => {
  const MASKS: [name: string, mask: string][] = [
    ['letters', 's3cret-value'],
    ['colons', 's3::cret'],
    ['a colon in front', ':s3cret'],
    ['brackets', 's3[cret]'],
    ['percent', 's3%cret%41%25'],
    ['an escape of act’s own', 's3cret%0Avalue%0D'],
    ['blanks', ' s3 cret '],
    ['a URL', 'postgresql://u:s3cret@[::1/db'],
  ];
  let result: Awaited<ReturnType<typeof underAct>>;
  beforeAll(async () => {
    const inPieces = 'left::x]right::y]z';
    result = await underAct([
      ['mask', [...MASKS.map(([, mask]) => mask), inPieces]],
      ['info', 'the end'],
    ]);
  });

  test.each(MASKS)('a mask with %s is registered as it is', (_, mask) => {
    expect(result.masks).toContain(mask);
  });

  test('a mask that act cannot take whole is registered in pieces', () => {
    expect(result.masks).toEqual(expect.arrayContaining(['left::x', 'right::y']));
  });

  test('no line shows a mask', () => {
    expect(result.log.split('\n').filter((line) => !/^ {2}⚙ {2}\*\*\*$|^⭐/.test(line))).toEqual(['  | the end']);
  });
});
