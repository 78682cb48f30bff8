import path from 'node:path';
import { COMMANDS, type Command, parseCommand, readLines } from './runner/commands.ts';
import { readEntries } from './runner/env-files.ts';
import { SecretMasker } from './runner/masker.ts';
import {
  type Action,
  createFolders,
  type Ended,
  type FileName,
  type Folders,
  readAction,
  runScript,
  type StepOptions,
  stepEnvironment,
} from './runner/step.ts';

export interface Annotation {
  readonly type: 'error' | 'warning' | 'notice';
  /** Masked. */
  readonly message: string;
  /** Not masked, as on GitHub. */
  readonly title: string | undefined;
  readonly properties: Readonly<Record<string, string>>;
}

export interface StepResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** `failure` also when the process succeeded and the runner could not take what it left. */
  readonly conclusion: 'success' | 'failure';
  /** What the log shows: the header, masked lines, annotations. */
  readonly log: string;
  readonly rawStdout: string;
  readonly rawStderr: string;
  readonly annotations: readonly Annotation[];
  /** What this step wrote to GITHUB_ENV, without what the runner refused. */
  readonly env: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  /** Names of the outputs that a job could not hand on, because they contain something masked. */
  readonly droppedOutputs: readonly string[];
  /** As uploaded; undefined when there is none or it is too large. */
  readonly summary: string | undefined;
  readonly state: Readonly<Record<string, string>>;
  /** In the order of registration; the job's own secrets first. */
  readonly masks: readonly string[];
  /** Every command that was obeyed, in order; those of standard error come first. */
  readonly commands: readonly Command[];
  /** The files as the step left them. */
  readonly files: Readonly<Record<FileName, Buffer>>;
  readonly folders: Folders;
  readonly ms: number;
  /** Runs the post step of this step, with its state. */
  post(extraEnvironment?: Readonly<Record<string, string>>): Promise<StepResult>;
}

export interface RunnerOptions {
  /** Values of the job's secrets: masked before the first step. */
  readonly secrets?: readonly string[];
  /** Of the workflow and the job, and set by earlier steps. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder with action.yml; the repository by default. */
  readonly action?: string;
  /** The workflow's debug logging. */
  readonly debug?: boolean;
}

const LONGEST_MESSAGE = 4096;
const ANNOTATIONS_A_TYPE = 10;
const LARGEST_SUMMARY = 1024 * 1024;

/**
 * A job on GitHub's runner: masks, commands, files and the order of things, taken from its source (actions/runner,
 * Runner.Worker). Steps of one job share masks and environment. Standard error is taken before standard output, as the
 * runner takes the lines of one batch; here the whole step is one batch, which is the worst that can happen.
 */
export class RunnerDouble {
  readonly folders: Folders = createFolders();
  readonly action: Action;
  /** Set for later steps of the job. */
  readonly env: Record<string, string>;
  readonly #masker = new SecretMasker();
  readonly #debug: boolean;

  constructor(options: RunnerOptions = {}) {
    this.action = readAction(options.action ?? path.resolve(import.meta.dirname, '../..'));
    this.env = { ...options.env };
    this.#debug = options.debug ?? false;
    for (const secret of options.secrets ?? []) this.#masker.addSecret(secret);
  }

  /** What the log of this job would show of a text that any step prints. */
  mask(text: string): string {
    return readLines(text)
      .map((line) => this.#masker.mask(line))
      .join('\n');
  }

  dispose(): void {
    this.folders.dispose();
  }

  /** Runs the action's main script as a step. */
  async step(options: StepOptions = {}): Promise<StepResult> {
    const env = { ...this.env, ...options.env };
    const header = ['##[group]Run octo-org/neon-connect@v1'];
    const inputs = [...new Map([...this.action.inputs, ...Object.entries(options.inputs ?? {})])].filter(
      ([, value]) => value !== '',
    );
    if (inputs.length > 0) header.push('with:', ...inputs.map(([name, value]) => `  ${name}: ${value}`));
    if (Object.keys(env).length > 0) header.push('env:', ...Object.entries(env).map(([name, value]) => `  ${name}: ${value}`));
    header.push('##[endgroup]');
    return this.#run(this.action.main, header, { ...options, env });
  }

  async #run(
    script: string,
    header: readonly string[],
    options: StepOptions,
    state = new Map<string, string>(),
  ): Promise<StepResult> {
    const log: string[] = [];
    const write = (text: string): void => {
      log.push(...readLines(this.#masker.mask(text)));
    };
    header.forEach(write);
    const environment = {
      ...stepEnvironment(this.action, this.folders, options, state),
      ...(this.#debug ? { RUNNER_DEBUG: '1' } : {}),
    };
    const unexpected = Object.keys(options.inputs ?? {}).filter((name) => !this.action.inputs.has(name));
    const ended = await runScript(script, this.folders, environment, options.cancelAfterMs);
    const step = new Step(this.#masker, write, this.#debug);
    if (unexpected.length > 0) {
      step.issue(
        'warning',
        `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${[...this.action.inputs.keys()].join("', '")}']`,
      );
    }
    for (const output of [ended.stderr, ended.stdout]) for (const line of readLines(output.toString('utf8'))) step.line(line);
    return this.#finish(step, ended, log, options);
  }

  #finish(step: Step, ended: Ended, log: string[], options: StepOptions): StepResult {
    const env: Record<string, string> = {};
    for (const [name, value] of step.entries('env', ended.files.GITHUB_ENV)) {
      if (name.toUpperCase() === 'NODE_OPTIONS')
        step.issue('error', "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
      else {
        env[name] = value;
        step.debug(`${name}='${value}'`);
      }
    }
    Object.assign(this.env, env);
    const outputs = { ...step.outputs, ...Object.fromEntries(step.entries('output', ended.files.GITHUB_OUTPUT)) };
    const state = new Map([...step.state, ...step.entries('state', ended.files.GITHUB_STATE)]);
    for (const [name, value] of Object.entries(outputs)) step.debug(`Set output ${name} = ${value}`);
    for (const [name, value] of state) step.debug(`Save intra-action state ${name} = ${value}`);
    const summary = this.#summary(step, ended.files.GITHUB_STEP_SUMMARY);
    return {
      exitCode: ended.exitCode,
      signal: ended.signal,
      conclusion: ended.exitCode === 0 && !step.failed ? 'success' : 'failure',
      log: log.join('\n'),
      rawStdout: ended.stdout.toString('utf8'),
      rawStderr: ended.stderr.toString('utf8'),
      annotations: step.annotations,
      env,
      outputs,
      droppedOutputs: Object.keys(outputs).filter((name) => this.#masker.mask(outputs[name] as string) !== outputs[name]),
      summary,
      state: Object.fromEntries(state),
      masks: [...this.#masker.originals],
      commands: step.commands,
      files: ended.files,
      folders: this.folders,
      ms: ended.ms,
      post: async (extra = {}) => {
        if (this.action.post === undefined) throw new Error('action.yml names no post script');
        const env = { ...this.env, ...options.env, ...extra };
        const { cancelAfterMs: _, ...rest } = options;
        return this.#run(this.action.post, ['Post job cleanup.'], { ...rest, env }, state);
      },
    };
  }

  #summary(step: Step, file: Buffer): string | undefined {
    if (file.length === 0) return undefined;
    if (file.length > LARGEST_SUMMARY) {
      step.issue(
        'error',
        `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${Math.floor(file.length / 1024)}k.`,
      );
      return undefined;
    }
    return readLines(file.toString('utf8'))
      .map((line) => `${this.#masker.mask(line)}\n`)
      .join('');
  }
}

/** One step's commands (ActionCommandManager.cs: a new one for each step). */
class Step {
  readonly annotations: Annotation[] = [];
  readonly commands: Command[] = [];
  readonly outputs: Record<string, string> = {};
  readonly state = new Map<string, string>();
  failed = false;
  #stopToken: string | undefined;
  #echo = false;
  readonly #masker: SecretMasker;
  readonly #write: (text: string) => void;
  readonly #debugging: boolean;

  constructor(masker: SecretMasker, write: (text: string) => void, debugging: boolean) {
    this.#masker = masker;
    this.#write = write;
    this.#debugging = debugging;
  }

  debug(text: string): void {
    if (this.#debugging) this.#write(`##[debug]${text}`);
  }

  issue(type: Annotation['type'], text: string, properties: ReadonlyMap<string, string> = new Map()): void {
    const message = this.#masker.mask(text).slice(0, LONGEST_MESSAGE);
    if (this.annotations.filter((annotation) => annotation.type === type).length < ANNOTATIONS_A_TYPE) {
      this.annotations.push({ type, message, title: properties.get('title'), properties: Object.fromEntries(properties) });
    }
    if (message !== '') this.#write(`##[${type}]${message}`);
  }

  /** One line of the step's output: a command, or text for the log. */
  line(line: string): void {
    if (!this.#command(line))
      this.#write(line.replaceAll('##[start-action', '##[\\start-action').replaceAll('##[end-action', '##[\\end-action'));
  }

  #command(line: string): boolean {
    const registered = this.#stopToken === undefined ? COMMANDS : [...COMMANDS, this.#stopToken];
    const command = parseCommand(line, registered);
    if (command === undefined) return false;
    if (this.#stopToken !== undefined) {
      if (command.command !== this.#stopToken) return false;
      this.#write(line);
      this.#stopToken = undefined;
      return true;
    }
    this.commands.push(command);
    if (this.#echo && !['add-mask', 'debug', 'warning', 'error', 'notice', 'echo'].includes(command.command)) this.#write(line);
    this.#obey(command, line);
    return true;
  }

  #obey({ command, properties, data }: Command, line: string): void {
    const fail = (reason: string): void => {
      this.issue('error', `Unable to process command '${line}' successfully.`);
      this.issue('error', reason);
      this.failed = true;
    };
    switch (command) {
      case 'add-mask':
        if (data.trim() === '') this.issue('warning', "Can't add secret mask for empty string in ##[add-mask] command.");
        else {
          if (this.#echo) this.#write('::add-mask::***');
          this.#masker.addValue(data);
          for (const part of data.split(/[\r\n]/)) this.#masker.addValue(part.trim());
        }
        break;
      case 'error':
      case 'warning':
      case 'notice':
        this.issue(command, data, properties);
        break;
      case 'debug':
        this.debug(data);
        break;
      case 'group':
        this.#write(`##[group]${data}`);
        break;
      case 'endgroup':
        this.#write('##[endgroup]');
        break;
      case 'set-output':
        if (!properties.get('name')) fail("Required field 'name' is missing in ##[set-output] command.");
        else this.outputs[properties.get('name') as string] = data;
        break;
      case 'save-state':
        if (!properties.get('name')) fail("Required field 'name' is missing in ##[save-state] command.");
        else this.state.set(properties.get('name') as string, data);
        break;
      case 'set-env':
      case 'add-path':
        fail(`The \`${command}\` command is disabled.`);
        break;
      case 'echo':
        this.#echo = data.trim().toUpperCase() === 'ON';
        break;
      case 'stop-commands':
        if (data === '' || data.toLowerCase() === 'pause-logging' || COMMANDS.includes(data.toLowerCase())) {
          fail('The token used for stop-commands is not allowed.');
          break;
        }
        this.#stopToken = data;
        if (data.length > 6) this.#masker.addValue(data);
        this.#write(line);
        break;
      // add-matcher and remove-matcher change nothing that this double shows; they stand among the commands.
    }
  }

  /** The entries of a file that the step wrote; what is wrong with it fails the step. */
  entries(file: string, content: Buffer): [string, string][] {
    const { entries, error } = readEntries(content);
    if (error !== undefined) {
      this.issue('error', `Unable to process file command '${file}' successfully.`);
      this.issue('error', error);
      this.failed = true;
    }
    return entries;
  }
}

/** One step in a job of its own. The caller disposes of the job's folders by `result.folders.dispose()`. */
export const runStep = async (options: StepOptions & RunnerOptions = {}): Promise<StepResult> => {
  const { env, ...step } = options;
  return new RunnerDouble({ ...options, ...(env === undefined ? {} : { env }) }).step(step);
};
