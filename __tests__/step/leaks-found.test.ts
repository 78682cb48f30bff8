import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { leaks, twinOf } from './leaks/check.ts';
import { type Path, USER } from './leaks/paths.ts';
import { RUNNERS, type RunnerName, run } from './leaks/run.ts';

/*
 * The test of the test: the committed bundle, broken on purpose in one place, and what the search for leaks says about it.
 */

const root = path.resolve(import.meta.dirname, '../..');
const PASSWORD = `p@ss:w'rd "x"/é\\z`;
const options: Path['options'] = (password) => ({
  inputs: { host: 'db.example.org', user: USER, database: 'shop', password },
});

/** A copy of the action whose bundle is changed. */
function doctored(change: (bundle: string) => string): { folder: string; dispose: () => void } {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'doctored-')));
  cpSync(path.join(root, 'action.yml'), path.join(folder, 'action.yml'));
  cpSync(path.join(root, 'dist'), path.join(folder, 'dist'), { recursive: true });
  const file = path.join(folder, 'dist/main/index.js');
  const bundle = readFileSync(file, 'utf8');
  const changed = change(bundle);
  if (changed === bundle) throw new Error('the bundle has no such place');
  writeFileSync(file, changed);
  return { folder, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

/** One of the step's forms is empty. */
const withoutForm =
  (name: string) =>
  (bundle: string): string =>
    bundle.replace(`name:${JSON.stringify(name)},of:`, (found) => found.replace(/of:$/, 'of:()=>[],no:'));

/** Code that runs in the step's process, before it. In its reach: `password`, `write`, and `onMask`, which takes the masks out of its hands. */
const beside =
  (code: string) =>
  (bundle: string): string =>
    `{
const fs = process.getBuiltinModule('node:fs');
const { appendFileSync, writeSync } = fs;
const password = process.env.INPUT_PASSWORD;
const write = (text) => writeSync(1, text);
const onMask = (take) => {
  fs.writeSync = (file, bytes, ...rest) => {
    if (file !== 1 || !/^(::|##.)add-mask/.test(bytes)) return writeSync(file, bytes, ...rest);
    take(String(bytes));
    return bytes.length;
  };
};
${code}
}
${bundle}`;
/** … and at its end. */
const atTheEnd = (code: string): ((bundle: string) => string) => beside(`process.on('exit', () => { ${code} });`);

const BREAKS: readonly (readonly [name: string, change: (bundle: string) => string, says: RegExp])[] = [
  ['the form "hexadecimal" is not masked', withoutForm('hexadecimal'), /^a later step shows form "hexadecimal"$/],
  ['the form for .pgpass is not masked', withoutForm('.pgpass'), /^a later step shows form "\.pgpass"$/],
  [
    'the form for pg_authid is not masked',
    withoutForm('PostgreSQL md5 verifier (pg_authid)'),
    /^a later step shows form "PostgreSQL md5/,
  ],
  [
    'the masks come last',
    beside('const held = []; onMask((text) => held.push(text)); process.on("exit", () => held.forEach(write));'),
    /^a mask comes after another line$/,
  ],
  ['the masks come after a line with the password', beside('write(`reading ${password}\\n`);'), /^the log shows form "raw"$/],
  ['no mask is said', beside('onMask(() => {});'), /^a later step shows form "raw"$/],
  [
    'the password is printed, and only the runner masks it',
    atTheEnd('write(`with ${password}\\n`);'),
    /^standard output shows form "raw"$/,
  ],
  [
    'its base64 is printed in a notice',
    atTheEnd('write(`::notice::${Buffer.from(password).toString("base64")}\\n`);'),
    /^standard output shows form "base64"$/,
  ],
  [
    'the title of an annotation holds it',
    atTheEnd('write(`::notice title=${password}::x\\n`);'),
    /title that is no constant|^standard output shows/,
  ],
  ['it is on standard error', atTheEnd('process.stderr.write(password);'), /^something is on standard error$/],
  [
    'another output holds it',
    atTheEnd('appendFileSync(process.env.GITHUB_OUTPUT, `note=${password}\\n`);'),
    /^outputs note holds form "raw"$/,
  ],
  [
    'another variable holds it',
    atTheEnd('appendFileSync(process.env.GITHUB_ENV, `NOTE=${encodeURIComponent(password)}\\n`);'),
    /^env NOTE holds form "percent-encoded/,
  ],
  [
    'the state of the post step holds it',
    atTheEnd('appendFileSync(process.env.GITHUB_STATE, `note=${password}\\n`);'),
    /^state note holds form "raw"$/,
  ],
  [
    'the summary holds it',
    atTheEnd('appendFileSync(process.env.GITHUB_STEP_SUMMARY, `<p>${password}</p>\\n`);'),
    /^the summary as written holds form "raw"$/,
  ],
  ['the runner is told to do something', atTheEnd('write("::set-output name=x::y\\n");'), /^the runner was told to set-output$/],
];

const judge = async (runner: RunnerName, action: string): Promise<string[]> => {
  const ordinary = await run(runner, options('Unremarkable-7Zq4Wm1K', 0));
  const result = await run(runner, options(PASSWORD, 0), action);
  expect(result.exitCode).toBe(0);
  return leaks(result, { secret: PASSWORD, user: USER, ordinary, known: 'read' });
};

/** A password that cuts a URL in the wrong places: its pieces are the last letters of words that the step says anyway. */
const CUT = 'a@host/word?name=Zx9-tail';
const url: Path['options'] = (password) => ({
  inputs: { 'connection-string': `postgresql://app:${password}@db.example.org/shop` },
});
const alone: Path['options'] = (password) => ({ inputs: { 'connection-string': password } });
/** In reach of the code: the pieces, by the order in which they stand in the URL. */
const withPieces = (code: string): ((bundle: string) => string) =>
  atTheEnd(`const pieces = process.env['INPUT_CONNECTION-STRING'].split(/[@:/?=]+/).slice(2); ${code}`);

const CUT_BREAKS: readonly (readonly [name: string, change: (bundle: string) => string, says: RegExp])[] = [
  ['the host is named', withPieces('write(`::error::its host ${pieces[1]} is unknown\\n`);'), /^standard output shows a piece/],
  ['the database is named', withPieces('write(`no database ${pieces[2]} there\\n`);'), /^standard output shows a piece/],
  ['the parameter is named', withPieces('write(`Did you mean \\`${pieces[3]}\\`?\\n`);'), /^standard output shows a piece/],
  ['a value is quoted', withPieces('write(`The password is ${pieces[4]}: quoted\\n`);'), /^standard output shows a piece/],
  ['a line is nothing but a piece', withPieces('write(`${pieces[2]}\\n`);'), /^standard output shows a piece/],
  [
    'the summary holds a piece',
    withPieces('appendFileSync(process.env.GITHUB_STEP_SUMMARY, `<p><code>${pieces[2]}</code></p>\\n`);'),
    /^the summary as written holds a piece of it$/,
  ],
];

/** @param options `twinIn`: the action that gets the twin, where the code prints the same whatever the password is */
const judgeCut = async (
  runner: RunnerName,
  action: string,
  options: { password?: string; given?: Path['options']; twinIn?: string } = {},
): Promise<string[]> => {
  const { password = CUT, given = url, twinIn = action } = options;
  const of = (secret: string, where: string): ReturnType<typeof run> => run(runner, given(secret, 0), where);
  const others = { ordinary: await of('Unremarkable-7Zq4Wm1K', root), twin: await of(twinOf(password), twinIn) };
  return leaks(await of(password, action), { secret: password, user: USER, ...others, known: 'unknown', broken: true });
};

describe.each(RUNNERS)('of a text that the password breaks, under %s’s runner', (runner) => {
  // Each of these passwords has pieces or forms that stand in the very sentence that it brings about.
  test.each([
    ['a URL', CUT, url],
    ['a slash', '/', url],
    ['an at sign', '@', url],
    ['words between blanks', 'x password=y', url],
    ['a word alone', 'input', alone],
    [
      'a keyword of its own',
      '::set-output name=a::b',
      (password: string) => ({
        inputs: { 'connection-string': `host=db.example.org password=${password} user=app dbname=shop` },
      }),
    ],
  ] as const)('nothing is found in the bundle as it is: %s', async (_, password, given) => {
    expect(await judgeCut(runner, root, { password, given })).toEqual([]);
  });

  test.each(CUT_BREAKS)('it is found when %s', async (_, change, says) => {
    const { folder, dispose } = doctored(change);
    try {
      expect(await judgeCut(runner, folder)).toContainEqual(expect.stringMatching(says));
    } finally {
      dispose();
    }
  });

  test('it is found when a word that stands in a sentence anyway is printed', async () => {
    const { folder, dispose } = doctored(atTheEnd("write(`stage ${process.env['INPUT_CONNECTION-STRING']} of it\\n`);"));
    try {
      expect(await judgeCut(runner, folder, { password: 'input', given: alone })).toContainEqual(
        expect.stringMatching(/^standard output shows form "raw"$/),
      );
    } finally {
      dispose();
    }
  });

  test.each([
    ['/', '%252F'],
    ['@', '%2540'],
  ])('it is found when %s is printed as %s', async (password, form) => {
    const { folder, dispose } = doctored(atTheEnd(`write(${JSON.stringify(`the rest is ${form}, it says\n`)});`));
    try {
      expect(await judgeCut(runner, folder, { password, twinIn: root })).toContainEqual(
        expect.stringMatching(/^standard output shows form "percent-encoded twice"$/),
      );
    } finally {
      dispose();
    }
  });
});

test.each([
  ['p@ss/w0rd', 'q@tt/x1se'],
  ['%4f%zz', '%5a%gg'],
  ['密码 x', 'жж y'],
  ['/', 'Qz/zQ'],
  ['::::', 'Qz::::zQ'],
])('%s has a twin with nothing of it but its shape', (secret, twin) => {
  expect(twinOf(secret)).toBe(twin);
});

describe.each(RUNNERS)('under %s’s runner', (runner) => {
  test('nothing is found in the bundle as it is', async () => {
    expect(await judge(runner, root)).toEqual([]);
  });

  test.each(BREAKS)('it is found when %s', async (_, change, says) => {
    const { folder, dispose } = doctored(change);
    try {
      expect(await judge(runner, folder)).toContainEqual(expect.stringMatching(says));
    } finally {
      dispose();
    }
  });
});
