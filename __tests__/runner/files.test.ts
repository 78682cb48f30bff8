import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { entriesText, LONGEST_ENTRY, writeJob } from '../../src/runner/files.ts';
import { prefixed, RESERVED_NAMES } from '../../src/runner/variable-names.ts';
import { readActEntries } from '../support/act-double.ts';
import { readEntries } from '../support/runner/env-files.ts';

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,20}$/);
const value = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('a', '=', '<', '<<', '\n', 'EOF', 'ghadelimiter_', ' ', '\ufeff', 'é', '😀') }),
  )
  .filter((text) => text.isWellFormed() && !/[\0\r]|^\n/.test(text));

describe('entries of a file', () => {
  test.each([
    ['GitHub’s runner', readEntries],
    ['nektos/act', readActEntries],
  ])('are read back equal by %s, whatever they hold', (_, read) => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key }), (entries) => {
        expect(read(Buffer.from(entriesText(new Map(entries))))).toEqual({ entries });
      }),
      { numRuns: 1_000 },
    );
  });

  test('have this form', () => {
    expect(
      entriesText(
        new Map([
          ['A', '1'],
          ['B', 'x\ny'],
        ]),
        'END',
      ),
    ).toBe('A<<END\n1\nEND\nB<<END\nx\ny\nEND\n');
    expect(entriesText(new Map())).toBe('');
  });

  test.each([
    ['a name with =', 'A=B', 'x', 'the name'],
    ['a name with <<', 'A<<B', 'x', 'the name'],
    ['an empty name', '', 'x', 'the name'],
    ['a name with a newline', 'A\nB', 'x', 'the name'],
    ['NUL', 'A', 'secret\0', 'A holds a NUL'],
    ['CR', 'A', 'secret\r', 'A holds a carriage return'],
    ['a leading newline', 'A', '\nsecret', 'A begins with a newline'],
    ['half a character', 'A', 'secret\ud800', 'A holds half a character'],
    ['the delimiter', 'A', 'secretEND', 'A holds the delimiter'],
    ['too much', 'A', 's'.repeat(LONGEST_ENTRY - 2), 'A is too long'],
    ['too much in bytes', 'A', 'é'.repeat(LONGEST_ENTRY / 2), 'A is too long'],
  ])('are refused with %s, and the value is not named', (_, key, text, message) => {
    const refused = (): string => entriesText(new Map([[key, text]]), 'END');
    expect(refused).toThrow(message);
    expect(refused).not.toThrow(/secret/);
  });

  test('take the longest value that a process can be given', () => {
    expect(entriesText(new Map([['A', 's'.repeat(LONGEST_ENTRY - 3)]]))).toContain('ssss');
  });
});

describe('what a step leaves for the job', () => {
  let folder: string;
  let environment: Record<string, string>;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'files-'));
    environment = Object.fromEntries(
      ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'].map((file) => [file, path.join(folder, file)]),
    );
    for (const file of Object.values(environment)) writeFileSync(file, '');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const written = (): string[] => Object.values(environment).filter((file) => readFileSync(file).length > 0);

  test('is appended to every file', () => {
    writeFileSync(environment.GITHUB_ENV as string, 'EARLIER=1\n');
    writeJob(
      { variables: new Map([['A', '1']]), outputs: new Map([['b', '']]), state: new Map([['c', '3']]), summary: '# d\n' },
      environment,
    );
    const entries = (file: string) => readEntries(readFileSync(environment[file] as string)).entries;
    expect(entries('GITHUB_ENV')).toEqual([
      ['EARLIER', '1'],
      ['A', '1'],
    ]);
    expect(entries('GITHUB_OUTPUT')).toEqual([['b', '']]);
    expect(entries('GITHUB_STATE')).toEqual([['c', '3']]);
    expect(readFileSync(environment.GITHUB_STEP_SUMMARY as string, 'utf8')).toBe('# d\n');
  });

  test.each([
    ['an empty variable', { variables: new Map([['A', '']]), outputs: new Map([['b', '2']]) }],
    ['a bad output', { variables: new Map([['A', '1']]), outputs: new Map([['b', '\0']]) }],
    ['a bad state', { variables: new Map([['A', '1']]), state: new Map([['b', '\r']]), summary: 'x' }],
  ])('is nothing at all with %s', (_, job) => {
    expect(() => writeJob(job, environment)).toThrow(TypeError);
    expect(written()).toEqual([]);
  });

  test('is nothing at all where the runner named no file; a summary alone may be missing', () => {
    const { GITHUB_OUTPUT: _, GITHUB_STEP_SUMMARY: __, ...rest } = environment;
    expect(() => writeJob({ variables: new Map([['A', '1']]), outputs: new Map([['b', '2']]) }, rest)).toThrow('GITHUB_OUTPUT');
    expect(written()).toEqual([]);
    writeJob({ variables: new Map([['A', '1']]), summary: 'x' }, rest);
    expect(written()).toEqual([environment.GITHUB_ENV]);
  });
});

describe('a prefix for the names', () => {
  const common = new Map(['PGHOST', 'PGPASSWORD', 'DATABASE_URL', 'PATH', 'URL_PROXY'].map((each) => [each, each]));

  test('stands before every name', () => {
    expect([...prefixed(new Map([['PGHOST', 'h']]), 'ANALYTICS_')]).toEqual([['ANALYTICS_PGHOST', 'h']]);
    expect([...prefixed(new Map([['PGHOST', 'h']]), 'X')]).toEqual([['XPGHOST', 'h']]);
  });

  test('that is empty changes nothing and forbids nothing', () => {
    expect(prefixed(common, '')).toEqual(common);
  });

  test.each(['x', 'x_', '_X', '1X', 'X-', 'X Y', 'X\n', 'É', `X${'A'.repeat(64)}`, 'X='])('may not be %j', (prefix) => {
    expect(() => prefixed(new Map([['PGHOST', 'h']]), prefix)).toThrow('Input `env-prefix` is not an upper-case letter');
  });

  test.each([
    'NODE_',
    'LD_',
    'DYLD_',
    'GITHUB_',
    'RUNNER_',
    'ACTIONS_',
    'INPUT_',
    'STATE_',
    'BASH_',
    'GIT_',
    'NPM_',
    'PYTHON',
    'RUBY',
  ])('may not make names that steer other programs: %s', (prefix) => {
    expect(() => prefixed(new Map([['PGHOST', 'h']]), prefix)).toThrow(`would set \`${prefix}PGHOST\``);
  });

  test('may not complete a name to one of them', () => {
    expect(() => prefixed(new Map([['ATH', 'h']]), 'P')).toThrow('`PATH`');
    expect(() => prefixed(new Map([['PROXY', 'h']]), 'HTTPS_')).toThrow('`HTTPS_PROXY`');
    expect(() => prefixed(new Map([['OPTIONS', 'h']]), 'PG')).toThrow('`PGOPTIONS`');
  });

  test('is checked against a list without doubles', () => {
    expect(RESERVED_NAMES).toEqual([...new Set(RESERVED_NAMES)]);
  });
});
