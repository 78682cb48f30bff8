import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { envFile, envFilePath, readEnvFile, writeEnvFile } from '../../src/runner/env-file.ts';

const variables = new Map([
  ['PGHOST', 'ep-x.neon.tech'],
  ['PGPASSWORD', 'a$b#c'],
  ['DATABASE_URL', 'postgresql://app:a%24b%23c@ep-x.neon.tech:5432/db?sslmode=verify-full'],
]);

describe('the content', () => {
  test('holds what every reader takes alike, and names the rest', () => {
    const { content, written, leftOut } = envFile(variables);
    expect(written).toEqual(['PGHOST', 'DATABASE_URL']);
    expect(leftOut).toEqual(['PGPASSWORD']);
    expect(parseEnv(content)).toEqual({ PGHOST: variables.get('PGHOST'), DATABASE_URL: variables.get('DATABASE_URL') });
    expect(content).not.toContain('a$b');
  });

  test.each([
    'a b',
    ' a',
    'a ',
    '$',
    '"',
    "'",
    '\\',
    '#',
    '`',
    '!',
    '&',
    '*',
    '(',
    '[',
    '{',
    '|',
    '<',
    ';',
    '^',
    'é',
    '~',
    '~x',
    'a:~',
    'a=~',
    '',
  ])('leaves out %j', (value) => {
    expect(envFile(new Map([['A', value]])).leftOut).toEqual(['A']);
  });

  test('puts a URL with several parameters into single quotes, for a shell’s sake', () => {
    const url = 'postgresql://a:b@h:5432/d?sslmode=require&sslaccept=strict';
    const { content, leftOut } = envFile(new Map([['DATABASE_URL', url]]));
    expect(content).toContain(`DATABASE_URL='${url}'\n`);
    expect(parseEnv(content)).toEqual({ DATABASE_URL: url });
    expect(leftOut).toEqual([]);
  });

  test('always carries a URL, a tilde in it too', () => {
    const { content, leftOut } = envFile(new Map([['DATABASE_URL', 'postgresql://a:~b@h:5432/d']]));
    expect(content).toContain('DATABASE_URL=postgresql://a:%7Eb@h:5432/d\n');
    expect(leftOut).toEqual([]);
  });

  test('is what Node and a shell read, for all values that are written', () => {
    const shell = process.platform !== 'win32';
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^V[A-Z0-9_]{1,9}$/), fc.string({ unit: 'grapheme-ascii' }), { maxKeys: 30 }),
        (values) => {
          const { content, written } = envFile(new Map(Object.entries(values)));
          const expected = Object.fromEntries(written.map((name) => [name, values[name]]));
          expect(parseEnv(content)).toEqual(expected);
          if (!shell || written.length === 0) return;
          const print = written.map((name) => `printf '%s\\0' "$${name}"`).join('\n');
          const { stdout } = spawnSync('sh', ['-c', `${content}\n${print}`], {
            encoding: 'utf8',
            env: { HOME: '/home/of/nobody' },
          });
          expect(stdout.split('\0').slice(0, -1)).toEqual(written.map((name) => values[name]));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('is added to what stands in the file, and replaced by the next run', () => {
    const first = envFile(variables, 'OTHER="x"\r\n# mine').content;
    expect(first.startsWith('OTHER="x"\r\n# mine\n# >>> neon-connect')).toBe(true);
    const second = envFile(new Map([['PGHOST', 'other']]), `${first}LAST=1\n`).content;
    expect(parseEnv(second)).toEqual({ OTHER: 'x', PGHOST: 'other', LAST: '1' });
    expect(second.match(/neon-connect/g)).toHaveLength(2);
  });

  test.each(['PGHOST=x\n', 'A=1\n export PGHOST = x', 'PGHOST: x'])('refuses a file that sets the same name: %j', (existing) => {
    expect(() => envFile(variables, existing)).toThrow('Input `env-file` names a file that sets `PGHOST` itself.');
  });

  test.each(['#PGHOST=x\n', 'MY_PGHOST=x\n', 'PGHOSTADDR=x\n', 'PGPASSWORD=x\n'])('takes a file with %j', (existing) => {
    expect(envFile(variables, existing).content.startsWith(existing)).toBe(true);
  });

  test('refuses half a block', () => {
    const { content } = envFile(variables);
    const lines = content.trimEnd().split('\n');
    for (const half of [lines.slice(0, -1), lines.slice(1)]) {
      expect(() => envFile(variables, half.join('\n'))).toThrow('only half of the block');
    }
  });
});

describe('the place', () => {
  let root: string;
  let environment: Record<string, string>;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(path.join(tmpdir(), 'env-file-')));
    for (const folder of ['workspace/.git', 'workspace/app', 'temp', 'outside', 'workspace2'])
      mkdirSync(path.join(root, folder), { recursive: true });
    environment = { GITHUB_WORKSPACE: path.join(root, 'workspace'), RUNNER_TEMP: path.join(root, 'temp') };
    writeFileSync(path.join(root, 'outside/.env'), 'A=1\n');
    symlinkSync(path.join(root, 'outside'), path.join(root, 'workspace/link'));
    symlinkSync(path.join(root, 'outside/.env'), path.join(root, 'workspace/.env-link'));
    symlinkSync(path.join(root, 'workspace/nothing'), path.join(root, 'workspace/.dangling'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test.each([
    ['.env', 'workspace/.env'],
    ['./app/../.env.local', 'workspace/.env.local'],
    ['app/.env', 'workspace/app/.env'],
    ['../temp/.env', 'temp/.env'],
  ])('%s', (file, expected) => {
    expect(envFilePath(file, environment)).toBe(path.join(root, expected));
  });

  test.each([
    ['/', 'does not name a file'],
    ['app/', 'does not name a file'],
    ['a\0b', 'does not name a file'],
    ['a\nb', 'does not name a file'],
    ['nowhere/.env', 'does not exist'],
    ['..', 'leads out of the workspace'],
    ['../outside/.env', 'leads out of the workspace'],
    ['../workspace2/.env', 'leads out of the workspace'],
    ['/etc/passwd', 'leads out of the workspace'],
    ['link/.env', 'leads out of the workspace'],
    ['.env-link', 'names a symbolic link'],
    ['.dangling', 'names a symbolic link'],
    ['app', 'not a file'],
    ['.git/config', 'leads into `.git`'],
    ['.git', 'leads into `.git`'],
  ])('may not be %j', (file, message) => {
    expect(() => envFilePath(file, environment)).toThrow(message);
  });

  test('is written whole, for this user only, and other bytes stay as they are', () => {
    const target = envFilePath('.env', environment);
    expect(readEnvFile(target)).toBeUndefined();
    const before = Buffer.from([...Buffer.from('NAME='), 0xe9, 0xff, 0x0a]);
    writeFileSync(target, before, { mode: 0o644 });
    writeEnvFile(target, envFile(variables, readEnvFile(target)).content);
    expect(readFileSync(target).subarray(0, before.length)).toEqual(before);
    expect(readFileSync(target, 'latin1')).toContain('PGHOST=ep-x.neon.tech\n');
    if (process.platform !== 'win32') expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.dirname(target)).filter((name) => name.startsWith('.env'))).toEqual(['.env', '.env-link']);
  });

  test('is left as it was when nothing can be written', () => {
    const target = path.join(root, 'workspace/gone/.env');
    expect(() => writeEnvFile(target, 'x')).toThrow('ENOENT');
    expect(existsSync(path.dirname(target))).toBe(false);
  });
});
