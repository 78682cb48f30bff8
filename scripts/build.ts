/**
 * Builds dist/: TypeScript is compiled by tsc, and the JavaScript bundled by ncc, whose own TypeScript loader does not know TypeScript 7.
 *
 * The bundles are reproducible byte for byte: no dates, no absolute paths. The first-loaded one is minified, for its budget.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';

const root = join(import.meta.dirname, '..');
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
  run(
    'ncc',
    'build',
    `build/${entry}.js`,
    '--out',
    `dist/${entry}`,
    '--target',
    'es2022',
    '--minify',
    '--license',
    'licenses.txt',
  );
}

for (const entry of ['main', 'cleanup']) writeFileSync(join(root, 'dist', entry, 'package.json'), '{ "type": "commonjs" }\n');

// The public roots of the Node that runs actions: see src/roots.ts.
writeFileSync(join(root, 'dist', 'main', 'roots.pem'), `${rootCertificates.join('\n')}\n`);

// The same bytes on every system: some packages bring files with CR LF. And nothing but ASCII: V8 reads such a source as one byte a
// character, which takes a third less time. What is escaped stands in strings, templates and patterns, where the escape means the same.
const ascii = (source: string): string =>
  source.replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
for (const entry of readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath, entry.name);
  const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  writeFileSync(path, path.endsWith('.js') ? ascii(text) : text);
}
