import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CoverageMapData } from 'istanbul-lib-coverage';
import { instrument } from './instrument.ts';
import { javascript } from './javascript.ts';

/** What the tests start as a program of its own, and runs code of src/: the two bundles, the command, the actions of the tests. */
const BUNDLES = ['main', 'cleanup'];
const SOURCES = ['src/**/*.ts', '__tests__/runner/actions/*/*.ts'];
const ENTRIES = ['src/explain.js', '__tests__/runner/actions/*/*.js'];

/**
 * Says what was counted when the process ends, also by process.exit(). One that is killed says nothing. Not by one of the calls that a
 * test watches for what the step writes.
 */
const tally = (folder: string): string => `process.on('exit', () => {
  const counts = Object.entries(globalThis.__coverage__ ?? {}).map(([path, { s, f, b }]) => [path, { s, f, b }]);
  const { openSync, writevSync } = process.getBuiltinModule('node:fs');
  const file = ${JSON.stringify(`${folder}/`)} + process.getBuiltinModule('node:crypto').randomUUID() + '.json';
  writevSync(openSync(file, 'wx'), [Buffer.from(JSON.stringify(Object.fromEntries(counts)) + '\\n')]);
});
`;

/**
 * Copies the programs of this repository into a folder, each under its own path (a .ts as .js), with counters in what comes from src/.
 * Built like dist/ (scripts/build.ts), and not minified.
 *
 * @param counts where each process leaves what it counted
 * @returns all of src/, nothing of it counted yet
 */
export function buildPrograms(root: string, folder: string, counts: string): CoverageMapData {
  const windows = process.platform === 'win32';
  const run = (name: string, ...args: string[]): void => {
    const bin = join(root, 'node_modules', '.bin', windows ? `${name}.cmd` : name);
    execFileSync(bin, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: windows });
  };
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };

  rmSync(folder, { recursive: true, force: true });
  const empty: CoverageMapData = {};
  for (const name of globSync(SOURCES, { cwd: root }).filter((each) => !each.endsWith('.d.ts'))) {
    const file = join(root, name);
    let code = readFileSync(file, 'utf8');
    if (name.startsWith('src')) {
      const counted = instrument(code, file);
      empty[counted.empty.path] = counted.empty;
      code = counted.code;
    }
    write(join(folder, name.replace(/\.ts$/, '.js')), javascript(code, file, 'es6'));
  }

  const type = join(folder, 'package.json');
  writeFileSync(type, '{}\n');
  run('patch-package', '--error-on-fail');
  for (const name of BUNDLES) {
    const out = join(folder, 'dist', name);
    run('ncc', 'build', join(folder, 'src', `${name}.js`), '--out', out, '--target', 'es2022');
    const file = join(out, 'index.js');
    writeFileSync(file, tally(counts) + readFileSync(file, 'utf8'));
    writeFileSync(join(out, 'package.json'), '{ "type": "commonjs" }\n');
  }
  cpSync(join(root, 'dist/main/roots.pem'), join(folder, 'dist/main/roots.pem'));
  writeFileSync(type, '{ "type": "module" }\n');
  for (const name of globSync(ENTRIES, { cwd: folder })) {
    const file = join(folder, name);
    writeFileSync(file, tally(counts) + readFileSync(file, 'utf8'));
  }
  return empty;
}
