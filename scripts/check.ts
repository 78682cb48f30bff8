/**
 * `npm run check`: what has to hold before a commit goes anywhere, the quick things first. Every part runs, whatever the others say; the
 * last lines say which failed. `npm run check -- NAME …` runs only those named.
 */
import { spawnSync } from 'node:child_process';
import { styleText } from 'node:util';

/** Name, and the script of package.json with its arguments. The tests here are those that need no server: `npm test` runs all. */
const CHECKS: Readonly<Record<string, readonly string[]>> = {
  types: ['types'],
  lint: ['lint'],
  imports: ['deps'],
  licences: ['licences'],
  docs: ['docs', '--', '--check'],
  units: [
    'test',
    '--',
    '--silent',
    '--testPathPatterns',
    '__tests__/(?:connection|clients|docs|explain|runner|sources)/',
    '__tests__/(?:backoff|clock|nearest)',
  ],
  dist: ['check:dist'],
  budgets: ['bench:start', '--', '--check'],
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in CHECKS));
if (unknown.length > 0) {
  process.stdout.write(`There is no check ${unknown.join(', ')}: ${Object.keys(CHECKS).join(', ')}\n`);
  process.exit(2);
}

const started = performance.now();
const failed: string[] = [];
for (const [name, script] of Object.entries(CHECKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const start = performance.now();
  process.stdout.write(`${styleText('bold', name)}\n`);
  const { status } = spawnSync('npm', ['run', '--silent', ...script], { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) failed.push(name);
  const verdict = status === 0 ? styleText('green', 'passed') : styleText('red', 'FAILED');
  process.stdout.write(`${verdict} ${name}, ${((performance.now() - start) / 1000).toFixed(1)} s\n\n`);
}
process.stdout.write(
  `${failed.length === 0 ? 'All is well' : `Failed: ${failed.join(', ')}`}, ${((performance.now() - started) / 1000).toFixed(0)} s\n`,
);
if (failed.length > 0) process.exitCode = 1;
