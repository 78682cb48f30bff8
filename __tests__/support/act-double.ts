import path from 'node:path';
import {
  type Action,
  createFolders,
  type Folders,
  readAction,
  runScript,
  type StepOptions,
  stepEnvironment,
} from './runner/step.ts';

/*
 * A job under nektos/act, taken from its source (pkg/runner/{command,logger,step}.go, pkg/container/parse_env_file.go,
 * pkg/common/line_writer.go): exact masks only, one after the other, and a log that shows variables, outputs and summary.
 */

const GITHUB_COMMAND = /^::([^ ]+)( (.+))?::([^\r\n]*)[\r\n]+$/;
const AZURE_COMMAND = /^##\[([^ ]+)( (.+))?\]([^\r\n]*)[\r\n]+$/;

/** One obeyed command; act obeys unknown ones too, by printing them. */
export interface ActCommand {
  readonly command: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

const decoded = (text: string, codes: readonly (readonly [string, string])[]): string =>
  codes.reduce((result, [code, character]) => result.replaceAll(code, character), text);

const DATA = [
  ['%25', '%'],
  ['%0D', '\r'],
  ['%0A', '\n'],
] as const;
const PROPERTY = [...DATA, ['%3A', ':'], ['%2C', ',']] as const;

/** The order in which act decodes is that of a Go map, which is random: a fair shuffle. */
const shuffled = <Item>(items: readonly Item[]): Item[] =>
  items
    .map((item) => [Math.random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);

/** @param line with its line end, as act's line writer hands it over */
export function parseActCommand(line: string): ActCommand | undefined {
  const github = GITHUB_COMMAND.exec(line);
  const match = github ?? AZURE_COMMAND.exec(line);
  if (match === null) return undefined;
  const properties = new Map<string, string>();
  for (const pair of (match[3] ?? '').split(github === null ? ';' : ',')) {
    const parts = pair.split('=');
    if (parts.length === 2) properties.set(parts[0] as string, decoded(parts[1] as string, shuffled(PROPERTY)));
  }
  return { command: match[1] as string, properties, data: decoded(match[4] as string, shuffled(DATA)) };
}

/** Go's bufio.ScanLines: a line ends at LF, one CR before it is dropped. */
const scanLines = (text: string): string[] => {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.replace(/\r$/, ''));
};

/** act's reading of the files of a step: a blank line is an error, and the first empty lines of a value are lost. */
export function readActEntries(content: Buffer): { entries: [name: string, value: string][]; error?: string } {
  const lines = scanLines(content.toString('utf8').replace(/^\ufeff/, ''));
  const entries: [string, string][] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as string;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) entries.push([line.slice(0, equals), line.slice(equals + 1)]);
    else if (heredoc >= 0) {
      const delimiter = line.slice(heredoc + 2);
      let value = '';
      for (index++; index < lines.length && lines[index] !== delimiter; index++)
        value += (value === '' ? '' : '\n') + lines[index];
      if (index >= lines.length)
        return { entries, error: `invalid format delimiter '${delimiter}' not found before end of file` };
      entries.push([line.slice(0, heredoc), value]);
    } else return { entries, error: `invalid format '${line}', expected a line with '=' or '<<'` };
  }
  return { entries };
}

export interface ActResult {
  readonly exitCode: number | null;
  readonly conclusion: 'success' | 'failure';
  /** What act prints: the step's output, its variables, outputs and summary, masked. */
  readonly log: string;
  readonly rawStdout: string;
  readonly rawStderr: string;
  readonly env: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly masks: readonly string[];
  readonly commands: readonly ActCommand[];
  readonly folders: Folders;
  post(): Promise<ActResult>;
}

export interface ActOptions {
  /** `-s`: masked from the start, whole strings only. */
  readonly secrets?: readonly string[];
  readonly action?: string;
}

export class ActDouble {
  readonly folders: Folders = createFolders();
  readonly action: Action;
  readonly #secrets: readonly string[];
  readonly #masks: string[] = [];

  constructor(options: ActOptions = {}) {
    this.action = readAction(options.action ?? path.resolve(import.meta.dirname, '../..'));
    this.#secrets = options.secrets ?? [];
  }

  dispose(): void {
    this.folders.dispose();
  }

  /** strings.ReplaceAll of one value after the other (logger.go, valueMasker). */
  mask(text: string): string {
    return [...this.#secrets, ...this.#masks].reduce(
      (masked, value) => (value === '' ? masked : masked.replaceAll(value, '***')),
      text,
    );
  }

  async step(options: StepOptions = {}): Promise<ActResult> {
    return this.#run(this.action.main, 'Main', options, new Map());
  }

  async #run(script: string, stage: string, options: StepOptions, earlier: ReadonlyMap<string, string>): Promise<ActResult> {
    const log: string[] = [];
    const write = (text: string): void => {
      log.push(this.mask(text).replace(/\n$/, ''));
    };
    const commands: ActCommand[] = [];
    write(`⭐ Run ${stage} octo-org/neon-connect@v1`);
    const environment = { ...stepEnvironment(this.action, this.folders, options, earlier), ACT: 'true' };
    const ended = await runScript(script, this.folders, environment, options.cancelAfterMs);
    const state = new Map(earlier);
    const outputs: Record<string, string> = {};
    const env: Record<string, string> = {};
    let stopped: string | undefined;
    // act has one terminal for both streams; standard error first is the worst order.
    for (const stream of [ended.stderr, ended.stdout]) {
      for (const line of stream
        .toString('utf8')
        .split(/(?<=\n)/)
        .filter((each) => each !== '')) {
        const command = line.endsWith('\n') ? parseActCommand(line) : undefined;
        if (command === undefined) write(`  | ${line}`);
        else if (stopped !== undefined && command.command !== stopped) write(`  ⚙  ${line}`);
        else {
          commands.push(command);
          const name = command.properties.get('name') ?? '';
          if (command.command === stopped) stopped = undefined;
          else if (command.command === 'stop-commands') stopped = command.data;
          else if (command.command === 'add-mask') this.#masks.push(command.data);
          else if (command.command === 'save-state') state.set(name, command.data);
          else if (command.command === 'set-output') outputs[name] = command.data;
          if (command.command === 'add-mask') write('  ⚙  ***');
          else if (command.command === 'set-output') write(`  ⚙  ::set-output:: ${name}=${command.data}`);
          else if (command.command === 'add-matcher') write(`  ❓ add-matcher ${command.data}`);
          else if (command.command !== 'debug') write(`  ❓  ${line}`);
        }
      }
    }
    const errors: string[] = [];
    const entries = (file: Buffer): [string, string][] => {
      const read = readActEntries(file);
      if (read.error !== undefined) errors.push(read.error);
      // act takes the entries of a broken file for none at all.
      return read.error === undefined ? read.entries : [];
    };
    for (const [name, value] of entries(ended.files.GITHUB_ENV)) {
      env[name] = value;
      write(`  ⚙  ::set-env:: ${name}=${value}`);
    }
    for (const [name, value] of entries(ended.files.GITHUB_STATE)) state.set(name, value);
    for (const [name, value] of entries(ended.files.GITHUB_OUTPUT)) {
      outputs[name] = value;
      write(`  ⚙  ::set-output:: ${name}=${value}`);
    }
    const summary = ended.files.GITHUB_STEP_SUMMARY.toString('utf8');
    if (summary !== '') write(`  ⚙  Summary - ${summary}`);
    errors.forEach(write);
    return {
      exitCode: ended.exitCode,
      conclusion: ended.exitCode === 0 && errors.length === 0 ? 'success' : 'failure',
      log: log.join('\n'),
      rawStdout: ended.stdout.toString('utf8'),
      rawStderr: ended.stderr.toString('utf8'),
      env,
      outputs,
      state: Object.fromEntries(state),
      summary,
      masks: [...this.#masks],
      commands,
      folders: this.folders,
      post: async () => {
        if (this.action.post === undefined) throw new Error('action.yml names no post script');
        return this.#run(this.action.post, 'Post', { ...options, env: { ...options.env, ...env } }, state);
      },
    };
  }
}
