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
import { planPrivateFolder } from '../../src/runner/private-files.ts';
import { removePrivateFiles } from '../../src/runner/remove-private-files.ts';

let root: string;
let temp: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'private-')));
  temp = path.join(root, '_temp');
  mkdirSync(temp);
});
afterEach(() => rmSync(root, { recursive: true }));

const plan = () => {
  const environment: Record<string, string> = { RUNNER_TEMP: temp };
  const folder = planPrivateFolder(temp, (name, value) => {
    // Before the folder exists: one that is interrupted right after leaves nothing that nobody removes.
    expect(existsSync(value)).toBe(false);
    environment[`STATE_${name}`] = value;
  });
  return { folder, environment };
};

test('nothing is on disk, and no state saved, before the first file', () => {
  const { folder, environment } = plan();
  expect(folder.pathOf('ca.pem').startsWith(temp + path.sep)).toBe(true);
  expect(readdirSync(temp)).toEqual([]);
  expect(Object.keys(environment)).toEqual(['RUNNER_TEMP']);
});

test('only this user can read the folder and its files', () => {
  const { folder } = plan();
  folder.write('ca.pem', 'text\n');
  const file = folder.pathOf('ca.pem');
  expect(readFileSync(file, 'utf8')).toBe('text\n');
  if (process.platform !== 'win32') {
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  }
});

test('a file is never written over, and never outside', () => {
  const { folder } = plan();
  folder.write('ca.pem', 'one');
  expect(() => folder.write('ca.pem', 'two')).toThrow('EEXIST');
  symlinkSync(path.join(root, 'elsewhere'), folder.pathOf('planted'));
  expect(() => folder.write('planted', 'two')).toThrow('EEXIST');
  folder.write('../../key.pem', 'x');
  expect(readFileSync(folder.pathOf('key.pem'), 'utf8')).toBe('x');
  expect(readdirSync(root)).toEqual(['_temp']);
});

test('two in one job do not meet', () => {
  expect(plan().folder.pathOf('x')).not.toBe(plan().folder.pathOf('x'));
});

test('a job without RUNNER_TEMP has none', () => {
  expect(() => planPrivateFolder('', () => {}).write('ca.pem', 'x')).toThrow('RUNNER_TEMP');
});

describe('the post step', () => {
  test('removes what this step made, and once', () => {
    const { folder, environment } = plan();
    folder.write('key.pem', 'x');
    expect(removePrivateFiles(environment)).toBe(true);
    expect(readdirSync(temp)).toEqual([]);
    expect(removePrivateFiles(environment)).toBe(false);
  });

  test('works where RUNNER_TEMP is reached by a link', () => {
    const { folder, environment } = plan();
    folder.write('key.pem', 'x');
    const link = path.join(root, 'link');
    symlinkSync(temp, link);
    expect(removePrivateFiles({ ...environment, RUNNER_TEMP: link })).toBe(true);
    expect(existsSync(folder.pathOf('key.pem'))).toBe(false);
  });

  test('does not follow a link inside', () => {
    const { folder, environment } = plan();
    folder.write('key.pem', 'x');
    const other = path.join(root, 'other');
    mkdirSync(other);
    writeFileSync(path.join(other, 'kept'), '');
    symlinkSync(other, folder.pathOf('link'));
    expect(removePrivateFiles(environment)).toBe(true);
    expect(existsSync(path.join(other, 'kept'))).toBe(true);
  });

  const NAME = 'neon-connect-0123-456789abc';
  test('removes a folder of the name that the cases below give to other things', () => {
    mkdirSync(path.join(temp, NAME));
    expect(removePrivateFiles({ STATE_folder: path.join(temp, NAME), RUNNER_TEMP: temp })).toBe(true);
  });

  test.each<[string, (root: string, temp: string) => Record<string, string>]>([
    ['no state', (_, RUNNER_TEMP) => ({ RUNNER_TEMP })],
    ['no RUNNER_TEMP', (_, folder) => ({ STATE_folder: path.join(folder, NAME) })],
    ['an empty state', (_, RUNNER_TEMP) => ({ STATE_folder: '', RUNNER_TEMP })],
    ['another name', (_, RUNNER_TEMP) => ({ STATE_folder: path.join(RUNNER_TEMP, 'other'), RUNNER_TEMP })],
    ['RUNNER_TEMP itself', (_, RUNNER_TEMP) => ({ STATE_folder: RUNNER_TEMP, RUNNER_TEMP })],
    ['our name outside', (folder, RUNNER_TEMP) => ({ STATE_folder: path.join(folder, NAME), RUNNER_TEMP })],
    ['our name further in', (_, RUNNER_TEMP) => ({ STATE_folder: path.join(RUNNER_TEMP, 'other', NAME), RUNNER_TEMP })],
    ['our name by way of ..', (_, RUNNER_TEMP) => ({ STATE_folder: `${RUNNER_TEMP}/../${NAME}`, RUNNER_TEMP })],
    ['a link to the outside', (_, RUNNER_TEMP) => ({ STATE_folder: path.join(RUNNER_TEMP, NAME), RUNNER_TEMP })],
    ['a file', (_, RUNNER_TEMP) => ({ STATE_folder: path.join(RUNNER_TEMP, NAME.replace('0123', '3210')), RUNNER_TEMP })],
    ['what is not there', (_, RUNNER_TEMP) => ({ STATE_folder: path.join(RUNNER_TEMP, NAME.replace('0', '1')), RUNNER_TEMP })],
  ])('leaves everything alone with %s', (_, environment) => {
    for (const folder of [path.join(root, NAME), path.join(temp, 'other', NAME)]) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, 'kept'), '');
    }
    symlinkSync(path.join(root, NAME), path.join(temp, NAME));
    writeFileSync(path.join(temp, NAME.replace('0123', '3210')), '');
    const before = readdirSync(root, { recursive: true });
    expect(removePrivateFiles(environment(root, temp))).toBe(false);
    expect(readdirSync(root, { recursive: true })).toEqual(before);
  });
});
