import { appendFileSync } from 'node:fs';
import { unique } from './unique.ts';

/**
 * Linux takes no longer string into a process's environment (MAX_ARG_STRLEN, 32 pages): `NAME=VALUE` and its NUL. One that
 * is longer makes every later step of the job fail to start.
 */
export const LONGEST_ENTRY = 131_072;

/**
 * The text that adds these entries to GITHUB_ENV, GITHUB_OUTPUT or GITHUB_STATE: for each `NAME<<DELIMITER`, the value,
 * `DELIMITER` (actions/runner, src/Runner.Worker/FileCommandManager.cs, EnvFileKeyValuePairs). No blank line, which
 * nektos/act refuses.
 *
 * @param delimiter only for tests; one that no value holds by default
 * @throws TypeError naming the entry, never its value, when one cannot be carried unchanged: NUL or CR in it, a lone
 *   surrogate, a name that is empty or holds `=`, `<<` or a line end, a value that is too long for an environment
 */
export function entriesText(entries: ReadonlyMap<string, string>, delimiter = `ghadelimiter_${unique()}`): string {
  let text = '';
  for (const [name, value] of entries) {
    if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) throw new TypeError('the name of an entry is not one that every runner reads');
    if (value.includes('\0')) throw new TypeError(`${name} holds a NUL character`);
    if (value.includes('\r')) throw new TypeError(`${name} holds a carriage return, which not every runner keeps`);
    if (/^\n/.test(value)) throw new TypeError(`${name} begins with a newline, which not every runner keeps`);
    if (!value.isWellFormed()) throw new TypeError(`${name} holds half a character, which no file can carry`);
    if (Buffer.byteLength(`${name}=${value}`) + 1 > LONGEST_ENTRY) throw new TypeError(`${name} is too long for an environment`);
    if (value.includes(delimiter) || name.includes(delimiter)) throw new TypeError(`${name} holds the delimiter`);
    text += `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
  }
  return text;
}

/** What a step leaves behind for the job. */
export interface Job {
  /** For later steps; none may be empty, since many clients take an empty variable for a value. */
  readonly variables?: ReadonlyMap<string, string>;
  readonly outputs?: ReadonlyMap<string, string>;
  /** For the post step, which reads them as `STATE_…`. */
  readonly state?: ReadonlyMap<string, string>;
  /** Markdown for the job's page. */
  readonly summary?: string;
}

/**
 * Writes everything to the job: one append for each file, and only after every entry has been checked, so that a failure
 * leaves no half-set job. The runner reads the files when the step has ended, also when it failed.
 *
 * @param environment where the runner named its files: GITHUB_ENV, GITHUB_OUTPUT, GITHUB_STATE, GITHUB_STEP_SUMMARY
 * @throws TypeError as entriesText, also for an empty variable; Error when the runner named no file
 */
export function writeJob(job: Job, environment: NodeJS.ProcessEnv = process.env): void {
  for (const [name, value] of job.variables ?? []) if (value === '') throw new TypeError(`${name} would be empty`);
  const texts: [file: string, text: string][] = [
    ['GITHUB_STATE', entriesText(job.state ?? new Map())],
    ['GITHUB_STEP_SUMMARY', job.summary ?? ''],
    ['GITHUB_OUTPUT', entriesText(job.outputs ?? new Map())],
    ['GITHUB_ENV', entriesText(job.variables ?? new Map())],
  ];
  const needed = texts.filter(([file, text]) => text !== '' && (file !== 'GITHUB_STEP_SUMMARY' || environment[file]));
  for (const [file] of needed) if (!environment[file]) throw new Error(`the runner did not name a file in ${file}`);
  for (const [file, text] of needed) appendFileSync(environment[file] as string, text);
}
