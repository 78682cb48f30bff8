import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { KEYWORD_VALUE_CASES } from '../connection/cases/keyword-value.ts';
import { POSTGRESQL_URI_CASES } from '../connection/cases/postgresql-uri.ts';
import { URI_CASES } from '../connection/cases/uri.ts';
import { libpq } from '../support/libpq.ts';
import { program } from '../support/program.ts';
import { testWithLibpq } from '../support/with-libpq.ts';

const COMMAND = program(resolve('src/explain.ts'));

type Answer = { parameters?: Record<string, string>; problem?: { code: string; message: string } };

/** Runs the command as a person does, and gives one answer for each line. */
function explain(input: string | Buffer): Answer[] {
  const run = spawnSync(process.execPath, [COMMAND, '--jsonl'], { input, encoding: 'utf8', maxBuffer: 1e9 });
  expect([run.status, run.stderr]).toEqual([0, '']);
  expect(run.stdout === '' || run.stdout.endsWith('\n')).toBe(true);
  return run.stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Answer);
}

const encode = (texts: readonly string[]): string => texts.map((text) => `${JSON.stringify(text)}\n`).join('');
const INVALID = { problem: { code: 'invalid-connection-string', message: expect.any(String) } };
const NOT_JSON = { problem: { code: 'invalid-input', message: expect.stringContaining('one JSON-encoded string a line') } };

const TEXTS = [...POSTGRESQL_URI_CASES, ...URI_CASES, ...KEYWORD_VALUE_CASES].map(([text]) => text);

testWithLibpq('every case comes out as libpq’s PQconninfoParse gives it, in one run and in order', () => {
  const expected = TEXTS.map((text) => {
    const answer = libpq().parse(text);
    return typeof answer === 'string' ? INVALID : { parameters: Object.fromEntries(answer) };
  });
  expect(explain(encode(TEXTS))).toEqual(expected);
});

test('a line that is no JSON string is answered too, and the run goes on', () => {
  const lines = ['17', 'null', '["postgresql://h"]', '{"host":"h"}', 'postgresql://h', '"unfinished', '', '"a" "b"', '"host=h"'];
  expect(explain(lines.join('\n'))).toEqual([...Array(8).fill(NOT_JSON), { parameters: { host: 'h' } }]);
});

test('nothing in, nothing out', () => expect(explain('')).toEqual([]));

test('lines end at a line feed only', () => {
  expect(explain('"password=a\u2028b"\r\n"password=a\u0085b"\n')).toEqual([
    { parameters: { password: 'a\u2028b' } },
    { parameters: { password: 'a\u0085b' } },
  ]);
});

test('bytes that are no UTF-8 come out as PEP 383 writes them', () => {
  expect(explain(Buffer.from('"postgresql://u:%ff@h"\n"user=\xe9"\n', 'latin1'))).toEqual([
    { parameters: { user: 'u', password: '\udcff', host: 'h' } },
    { parameters: { user: '\udce9' } },
  ]);
});

test('no message shows anything of its string', () => {
  const texts = [
    'postgresql://u:s3cr%t@h',
    'postgresql://u:p@h?s3cret',
    's3cret',
    "password='s3cret",
    's3cret=x',
    'postgresql://h?s3cret=x',
  ];
  const answers = explain(`${encode(texts)}s3cret\n["s3cret"]\n`);
  expect(answers.every(({ problem }) => problem)).toBe(true);
  expect(JSON.stringify(answers)).not.toContain('s3cr');
});

test('a long line and many lines go through', () => {
  const long = 'x'.repeat(3_000_000);
  const many = Array.from({ length: 20_000 }, (_, i) => `postgresql://u${i}@h/d`);
  const answers = explain(encode([`password='${long}'`, ...many]));
  expect(answers[0]?.parameters?.password?.length).toBe(long.length);
  expect(answers).toHaveLength(20_001);
  expect(answers.at(-1)).toEqual({ parameters: { user: 'u19999', host: 'h', dbname: 'd' } });
});

test('whoever reads may stop early, as `head` does', async () => {
  const run = spawn(process.execPath, [COMMAND, '--jsonl'], { stdio: 'pipe' });
  let complained = '';
  run.stderr.on('data', (data) => (complained += data));
  run.stdin.on('error', () => {}).end(encode(Array.from({ length: 50_000 }, (_, i) => `postgresql://u${i}@h/d`)));
  run.stdout.once('data', () => run.stdout.destroy());
  const [status] = await once(run, 'close');
  expect([status, complained]).toEqual([0, '']);
});
