/**
 * `npm run bench:start`: what the step costs a job, as ratios against an empty Node program in the same run, so that the machine's speed
 * cancels out. `--check` exits with 1 when a budget is broken in each of five tries.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type StepJob, stepJob } from '../step-job.ts';
import { median, table } from './figures.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MAIN = join(ROOT, 'dist', 'main', 'index.js');
const CLEANUP = join(ROOT, 'dist', 'cleanup', 'index.js');
const USAGE = ['--require', join(import.meta.dirname, 'usage.cjs')];
const LOADED_FILES = ['--import', pathToFileURL(join(import.meta.dirname, 'loaded-files.mjs')).href];

const BUDGETS = { step: 1.45, cleanup: 1.1, bundle: 80_000 };
const RUNS = 15;
const TRIES = 5;

const { values: flags } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

/** Does something in a job of its own. */
function inJob<T>(use: (job: StepJob) => T): T {
  const job = stepJob(ROOT);
  try {
    return use(job);
  } finally {
    job.folders.dispose();
  }
}

/** Runs a program with the Node that runs this one and gives the milliseconds from start to end. */
function time(args: readonly string[], env: Record<string, string>): number {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  const took = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return took;
}

/** Runs it with a look inside, and gives what that wrote. */
function look(inside: readonly string[], args: readonly string[], env: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const report = join(folder, 'report');
    time([...inside, ...args], { ...env, BENCH_REPORT: report });
    return readFileSync(report, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One step and its cleanup, each beside an empty program, in turn. */
const round = () =>
  inJob((job) => {
    const bare = time(['-e', '0'], job.environment);
    const step = time([MAIN], job.environment);
    const bareAgain = time(['-e', '0'], job.environment);
    return { step: step / bare, cleanup: time([CLEANUP], job.after()) / bareAgain };
  });

/** The same for what they use: processor time, which neighbours on the machine disturb less, and peak memory. */
const usage = () =>
  inJob((job) => {
    const used = (args: readonly string[], env: Record<string, string>) =>
      JSON.parse(look(USAGE, args, env)) as { memory: number; cpu: number };
    const bare = used(['-e', '0'], job.environment);
    const over = ({ memory, cpu }: typeof bare) => ({ memory: memory / bare.memory, cpu: cpu / bare.cpu });
    return { step: over(used([MAIN], job.environment)), cleanup: over(used([CLEANUP], job.after())) };
  });

/** The files of dist/ that the export-only step loads. */
const loadedFiles = () =>
  inJob((job) =>
    look(LOADED_FILES, [MAIN], job.environment)
      .split('\n')
      .map((url) => fileURLToPath(url))
      .filter((file) => file.startsWith(join(ROOT, 'dist'))),
  );

/** Measures everything once and prints it. Gives whether every budget was kept. */
function measure(): boolean {
  round();
  const rounds = Array.from({ length: RUNS }, round);
  const usages = Array.from({ length: RUNS }, usage);
  const files = loadedFiles();
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const rows = [
    { what: 'export-only step ÷ bare Node, time', is: median(rounds.map(({ step }) => step)), budget: BUDGETS.step },
    { what: 'export-only step ÷ bare Node, processor time', is: median(usages.map(({ step }) => step.cpu)) },
    { what: 'export-only step ÷ bare Node, peak memory', is: median(usages.map(({ step }) => step.memory)) },
    { what: 'cleanup ÷ bare Node, time', is: median(rounds.map(({ cleanup }) => cleanup)), budget: BUDGETS.cleanup },
    { what: 'cleanup ÷ bare Node, processor time', is: median(usages.map(({ cleanup }) => cleanup.cpu)) },
    { what: 'cleanup ÷ bare Node, peak memory', is: median(usages.map(({ cleanup }) => cleanup.memory)) },
    {
      what: `first-loaded bundle, kB (${files.map((file) => basename(file)).join(' + ')})`,
      is: bytes / 1000,
      budget: BUDGETS.bundle / 1000,
    },
  ];
  process.stdout.write(table(rows));
  return rows.every(({ is, budget }) => budget === undefined || is <= budget);
}

process.stdout.write(`Node ${process.version}, median of ${RUNS} interleaved runs\n\n`);
let kept = measure();
for (let tries = 1; flags.check && !kept && tries < TRIES; tries++) {
  process.stdout.write('\nA budget was broken; others may be using this machine. Once more:\n\n');
  kept = measure();
}
if (flags.check && !kept) process.exitCode = 1;
