/**
 * Builds dist/: TypeScript is compiled by tsc, whose JavaScript ncc bundles (its own TypeScript loader does not know TypeScript 7), terser
 * shortens, and what the step runs is marked for V8.
 *
 * The bundles are reproducible byte for byte: no dates, no absolute paths, the same bytes on every system.
 */
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { calledFunctions } from './called.ts';
import { compileAtOnce } from './compile-at-once.ts';
import { shorten } from './shorten.ts';

const root = join(import.meta.dirname, '..', '..');
const windows = process.platform === 'win32';
const run = (name: string, ...args: string[]): void => {
  const bin = join(root, 'node_modules', '.bin', windows ? `${name}.cmd` : name);
  execFileSync(bin, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: windows });
};

// @actions/core is flagged free of side effects, so that what nobody uses (OIDC, and with it undici) stays out of the bundle.
run('patch-package', '--error-on-fail');

for (const folder of ['build', 'dist']) rmSync(join(root, folder), { recursive: true, force: true });
run('tsc', '--project', 'tsconfig.build.json');
// Without a type, ncc takes the modules as they are and writes CommonJS, which Node starts faster than an ES module.
writeFileSync(join(root, 'build', 'package.json'), '{}\n');

for (const entry of ['main', 'cleanup']) {
  const folder = join(root, 'dist', entry);
  run('ncc', 'build', `build/${entry}.js`, '--out', `dist/${entry}`, '--target', 'es2022', '--license', 'licenses.txt');
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  for (const name of globSync('*.{js,txt}', { cwd: folder })) {
    const file = join(folder, name);
    // Some packages bring files with CR LF.
    const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
    writeFileSync(file, name.endsWith('.js') ? await shorten(text, { first: name === 'index.js' }) : text);
  }
}

// The public roots of the Node that runs actions: see src/roots.ts.
writeFileSync(join(root, 'dist', 'main', 'roots.pem'), `${rootCertificates.join('\n')}\n`);

// What is loaded when it is needed is small, and most of it is then called.
const main = join(root, 'dist', 'main');
for (const name of globSync('*.index.js', { cwd: main })) {
  const file = join(main, name);
  writeFileSync(
    file,
    compileAtOnce(readFileSync(file, 'utf8'), () => true),
  );
}
const first = join(main, 'index.js');
const called = calledFunctions(root, first);
writeFileSync(
  first,
  compileAtOnce(readFileSync(first, 'utf8'), ({ start, end }) => called.has(`${start}:${end}`)),
);
