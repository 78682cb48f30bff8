import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { program } from '../program.ts';

/** What both doubles share: the folders of a job, and one process of an action as a runner starts it. */

export interface Action {
  readonly root: string;
  readonly inputs: ReadonlyMap<string, string>;
  /** Path of the script that is run. */
  readonly main: string;
  readonly post: string | undefined;
}

/** Reads action.yml: the declared inputs with their defaults, and the scripts. */
export function readAction(root: string): Action {
  const known = actions.get(root) ?? parseAction(root);
  actions.set(root, known);
  return known;
}

/** Read once: a suite starts hundreds of jobs. */
const actions = new Map<string, Action>();

function parseAction(root: string): Action {
  const file = parse(readFileSync(path.join(root, 'action.yml'), 'utf8')) as {
    inputs?: Record<string, { default?: unknown } | null>;
    runs: { main: string; post?: string };
  };
  const inputs = Object.entries(file.inputs ?? {}).map(([name, input]) => [name, String(input?.default ?? '')] as const);
  const script = (name: string): string => program(path.join(root, name));
  const { main, post } = file.runs;
  return { root, inputs: new Map(inputs), main: script(main), post: post === undefined ? undefined : script(post) };
}

export interface Folders {
  readonly root: string;
  readonly temp: string;
  readonly workspace: string;
  dispose(): void;
}

export function createFolders(): Folders {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'job-')));
  const temp = path.join(root, '_temp');
  const workspace = path.join(root, 'workspace');
  mkdirSync(path.join(temp, '_runner_file_commands'), { recursive: true });
  mkdirSync(workspace);
  return { root, temp, workspace, dispose: () => rmSync(root, { recursive: true, force: true }) };
}

/** The event that starts the run; a payload that is text is written as it is, `null` leaves the file out. */
export interface EventOptions {
  readonly name?: string;
  readonly payload?: object | string | null;
  readonly actor?: string;
  readonly repository?: string;
}

export interface StepOptions {
  /** `with:` of the step. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Variables that earlier steps or the workflow have set, for this step. */
  readonly env?: Readonly<Record<string, string>>;
  readonly event?: EventOptions;
  /** Sends SIGINT after so many milliseconds, as a cancelled run does. */
  readonly cancelAfterMs?: number;
}

const FILES = {
  GITHUB_ENV: 'set_env_',
  GITHUB_OUTPUT: 'set_output_',
  GITHUB_STATE: 'save_state_',
  GITHUB_STEP_SUMMARY: 'step_summary_',
  GITHUB_PATH: 'add_path_',
};
export type FileName = keyof typeof FILES;

/** One process of a step, when it has ended. */
export interface Ended {
  /** null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly files: Readonly<Record<FileName, Buffer>>;
  readonly ms: number;
}

/** The variables by which a runner tells a step about the run; every declared input is set, also to nothing. */
export function stepEnvironment(
  action: Action,
  folders: Folders,
  options: StepOptions,
  state: ReadonlyMap<string, string> = new Map(),
): Record<string, string> {
  const event = { name: 'push', payload: {}, actor: 'octocat', repository: 'octo-org/octo-repo', ...options.event };
  const eventPath = path.join(folders.temp, '_github_workflow', `event-${randomUUID()}.json`);
  mkdirSync(path.dirname(eventPath), { recursive: true });
  if (event.payload !== null)
    writeFileSync(eventPath, typeof event.payload === 'string' ? event.payload : JSON.stringify(event.payload));
  const inputs = new Map([...action.inputs, ...Object.entries(options.inputs ?? {})]);
  return {
    PATH: process.env.PATH ?? '',
    HOME: folders.root,
    ...(process.env.SystemRoot === undefined ? {} : { SystemRoot: process.env.SystemRoot }),
    ...options.env,
    ...Object.fromEntries(Array.from(inputs, ([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value])),
    ...Object.fromEntries(Array.from(state, ([name, value]) => [`STATE_${name}`, value])),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__self',
    GITHUB_ACTION_PATH: action.root,
    GITHUB_ACTOR: event.actor,
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_JOB: 'test',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REPOSITORY: event.repository,
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '0'.repeat(40),
    GITHUB_WORKFLOW: 'test',
    GITHUB_WORKSPACE: folders.workspace,
    RUNNER_ARCH: 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'double',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: folders.temp,
    RUNNER_TOOL_CACHE: folders.root,
  };
}

/** Starts the script under this very Node, and waits for its end and for that of its pipes. */
export async function runScript(
  script: string,
  folders: Folders,
  environment: Record<string, string>,
  cancelAfterMs?: number,
): Promise<Ended> {
  const suffix = randomUUID();
  const paths = Object.fromEntries(
    Object.entries(FILES).map(([name, prefix]) => [name, path.join(folders.temp, '_runner_file_commands', prefix + suffix)]),
  ) as Record<FileName, string>;
  for (const file of Object.values(paths)) writeFileSync(file, '');
  const began = performance.now();
  const child = spawn(process.execPath, [script], {
    cwd: folders.workspace,
    env: { ...environment, ...paths },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] };
  child.stdout.on('data', (chunk: Buffer) => chunks.stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.stderr.push(chunk));
  const timer = cancelAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGINT'), cancelAfterMs);
  const [exitCode, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, sig) => resolve([code, sig]));
  });
  clearTimeout(timer);
  const files = Object.fromEntries(Object.entries(paths).map(([name, file]) => [name, readFileSync(file)])) as Record<
    FileName,
    Buffer
  >;
  return {
    exitCode,
    signal,
    stdout: Buffer.concat(chunks.stdout),
    stderr: Buffer.concat(chunks.stderr),
    files,
    ms: performance.now() - began,
  };
}
