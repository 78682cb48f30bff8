/**
 * `npm run coverage`: which lines and branches of src/ the tests reach, wherever it runs: inside Jest, and in the programs that the tests
 * start, which are those of dist/ built once more with counters. The report is printed, and written to coverage/.
 *
 * Arguments are Jest’s: `npm run coverage -- --testPathPatterns __tests__/step/`. With `--check` first, exits with 1 below the figures here.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import istanbul, { type CoverageMapData, type FileCoverageData } from 'istanbul-lib-coverage';
import report from 'istanbul-lib-report';
import reports from 'istanbul-reports';
import { buildPrograms } from './coverage/programs.ts';

const AT_LEAST = { lines: 97, branches: 92 } as const;

const root = join(import.meta.dirname, '..');
const work = join(root, '.cache', 'coverage');
const [programs, counts, dir] = [join(work, 'programs'), join(work, 'counts'), join(root, 'coverage')];
for (const folder of [work, dir]) rmSync(folder, { recursive: true, force: true });
mkdirSync(counts, { recursive: true });

const check = process.argv[2] === '--check';
const empty = buildPrograms(root, programs, counts);
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/jest/bin/jest.js'),
    '--config',
    join(root, 'jest.coverage.config.js'),
    ...process.argv.slice(check ? 3 : 2),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, NEON_CONNECT_PROGRAMS: programs } },
);

const total = istanbul.createCoverageMap(empty);
total.merge(JSON.parse(readFileSync(join(work, 'jest', 'coverage-final.json'), 'utf8')) as CoverageMapData);
for (const name of readdirSync(counts)) {
  const text = readFileSync(join(counts, name), 'utf8');
  // Without its end: killed while it wrote.
  if (!text.endsWith('\n')) continue;
  // The programs leave the numbers; the places that they belong to are the same for all.
  for (const [path, numbers] of Object.entries(JSON.parse(text) as Record<string, FileCoverageData>))
    total.addFileCoverage({ ...(empty[path] as FileCoverageData), ...numbers });
}

const context = report.createContext({
  dir,
  sourceFinder: (path) => readFileSync(join(root, path), 'utf8'),
  coverageMap: total,
  defaultSummarizer: 'nested',
});
for (const name of ['text', 'json-summary', 'lcov', 'json'] as const) reports.create(name).execute(context);

const summary = total.getCoverageSummary();
const short = (Object.keys(AT_LEAST) as (keyof typeof AT_LEAST)[]).filter((what) => summary[what].pct < AT_LEAST[what]);
for (const what of short) process.stdout.write(`${summary[what].pct} % of ${what}: less than ${AT_LEAST[what]} %\n`);
process.exitCode = status !== 0 || (check && short.length > 0) ? 1 : 0;
