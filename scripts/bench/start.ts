/**
 * `npm run bench:start`: what the step costs a job, as ratios against an empty Node program in the same run, so that the machine's speed
 * cancels out. `--check` exits with 1 when a budget is broken in each of three tries.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { median, table } from './figures.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MAIN = join(ROOT, 'dist', 'main', 'index.js');
const CLEANUP = join(ROOT, 'dist', 'cleanup', 'index.js');
const PEAK_MEMORY = ['--require', join(import.meta.dirname, 'peak-memory.cjs')];
const LOADED_FILES = ['--import', pathToFileURL(join(import.meta.dirname, 'loaded-files.mjs')).href];

const BUDGETS = { step: 1.45, cleanup: 1.1, bundle: 80_000 };
const RUNS = 15;
const MEMORY_RUNS = 5;
const TRIES = 3;

const { values: flags } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

/** A job of one step, as the runner sets it up: every declared input, the files for what the step hands over, a temporary folder. */
class Job {
  readonly folder = mkdtempSync(join(tmpdir(), 'bench-'));
  readonly environment: Record<string, string>;

  constructor(inputs: Record<string, string>) {
    const declared = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')).inputs as Record<string, { default?: string }>;
    const temp = join(this.folder, 'temp');
    mkdirSync(temp);
    this.environment = {
      PATH: process.env.PATH ?? '',
      HOME: this.folder,
      RUNNER_TEMP: temp,
      RUNNER_OS: 'Linux',
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REPOSITORY: 'owner/name',
      GITHUB_WORKSPACE: this.folder,
    };
    for (const [name, { default: value = '' }] of Object.entries(declared)) {
      this.environment[`INPUT_${name.toUpperCase()}`] = inputs[name] ?? value;
    }
    for (const kind of ['ENV', 'OUTPUT', 'STATE', 'PATH', 'STEP_SUMMARY']) {
      const file = join(this.folder, kind);
      writeFileSync(file, '');
      this.environment[`GITHUB_${kind}`] = file;
    }
  }

  /** What the step saved for its post step, as the runner passes it on. */
  state(): Record<string, string> {
    const entries = readFileSync(join(this.folder, 'STATE'), 'utf8').matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n\2$/gm);
    return Object.fromEntries([...entries].map(([, name, , value]) => [`STATE_${name}`, value ?? '']));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
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

const SECRET = "psql 'postgresql://app:p%40ss%2Fw0rd@db.example.com:5432/shop?sslmode=require&channel_binding=require'\n";

/** One step and its cleanup, each beside an empty program, in turn. */
function round(): { step: number; cleanup: number } {
  const job = new Job({ 'connection-string': SECRET });
  try {
    const bare = time(['-e', '0'], job.environment);
    const step = time([MAIN], job.environment);
    const bareAgain = time(['-e', '0'], job.environment);
    const cleanup = time([CLEANUP], { ...job.environment, ...job.state() });
    return { step: step / bare, cleanup: cleanup / bareAgain };
  } finally {
    job.remove();
  }
}

/** The same for the peak memory. */
function memory(): { step: number; cleanup: number } {
  const job = new Job({ 'connection-string': SECRET });
  try {
    const peak = (args: readonly string[], env = job.environment) => Number(look(PEAK_MEMORY, args, env));
    const bare = peak(['-e', '0']);
    const step = peak([MAIN]);
    return { step: step / bare, cleanup: peak([CLEANUP], { ...job.environment, ...job.state() }) / bare };
  } finally {
    job.remove();
  }
}

/** The files of dist/ that the export-only step loads. */
function loadedFiles(): string[] {
  const job = new Job({ 'connection-string': SECRET });
  try {
    const loaded = look(LOADED_FILES, [MAIN], job.environment)
      .split('\n')
      .map((url) => fileURLToPath(url));
    return loaded.filter((file) => file.startsWith(join(ROOT, 'dist')));
  } finally {
    job.remove();
  }
}

/** Measures everything once and prints it. Gives whether every budget was kept. */
function measure(): boolean {
  round();
  const rounds = Array.from({ length: RUNS }, round);
  const looks = Array.from({ length: MEMORY_RUNS }, memory);
  const files = loadedFiles();
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const step = median(rounds.map((one) => one.step));
  const cleanup = median(rounds.map((one) => one.cleanup));
  const rows = [
    { what: 'export-only step ÷ bare Node, time', is: step, budget: BUDGETS.step },
    { what: 'cleanup ÷ bare Node, time', is: cleanup, budget: BUDGETS.cleanup },
    { what: 'export-only step ÷ bare Node, peak memory', is: median(looks.map((one) => one.step)) },
    { what: 'cleanup ÷ bare Node, peak memory', is: median(looks.map((one) => one.cleanup)) },
    {
      what: `first-loaded bundle, kB (${files.length} file${files.length === 1 ? '' : 's'})`,
      is: bytes / 1000,
      budget: BUDGETS.bundle / 1000,
    },
  ];
  process.stdout.write(table(rows));
  return rows.every(({ is, budget }) => budget === undefined || is <= budget);
}

process.stdout.write(`Node ${process.version}, median of ${RUNS} interleaved runs (memory: ${MEMORY_RUNS})\n\n`);
let kept = measure();
for (let tries = 1; flags.check && !kept && tries < TRIES; tries++) {
  process.stdout.write('\nA budget was broken; others may be using this machine. Once more:\n\n');
  kept = measure();
}
if (flags.check && !kept) process.exitCode = 1;
