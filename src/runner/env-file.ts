import { closeSync, fchmodSync, lstatSync, openSync, readFileSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../problems/index.ts';
import { unique } from './unique.ts';

const BEGIN = '# >>> neon-connect: written by the action, replaced by the next run';
const END = '# <<< neon-connect';

/** What became of the variables that were to go into the `.env` file. */
export interface EnvFile {
  /** The whole content of the file. */
  readonly content: string;
  readonly written: readonly string[];
  /** Names whose values no unquoted line can carry for every reader; they are named in a notice and left out. */
  readonly leftOut: readonly string[];
}

/**
 * A value that dotenv, @next/env, python-dotenv, Symfony, phpdotenv, godotenv, Docker and a shell all read alike without
 * quotes. No quoting serves all of them: `'a$b'` is expanded by @next/env, `"a\$b"` keeps its backslash in dotenv. The tilde
 * is fine but where a shell expands it.
 */
const isPlain = (value: string): boolean => /^[A-Za-z0-9_.,:/@%+=?~-]+$/.test(value) && !/(?:^|[:=])~/.test(value);

/** URLs spell a tilde either way, and the escape is read alike everywhere. */
const spelt = (value: string): string => (/^[a-z][a-z0-9+.-]*:\/\//.test(value) ? value.replaceAll('~', '%7E') : value);

const INVALID = { input: 'env-file' };

/**
 * The content of the `.env` file: what stands in it already, with our block replaced or added at the end.
 *
 * @param existing the file's content so far, undefined when there is none
 * @throws Problem invalid-input when the rest of the file sets one of our names too (which of the two counts differs from
 *   reader to reader), or when half of our block is in it
 */
export function envFile(variables: ReadonlyMap<string, string>, existing?: string): EnvFile {
  const lines: string[] = [];
  const written: string[] = [];
  const leftOut: string[] = [];
  for (const [name, raw] of variables) {
    const value = spelt(raw);
    // A `&` ends a shell's command. Single quotes keep it, and all but Docker's --env-file take them off again.
    const line = isPlain(value) ? value : isPlain(value.replaceAll('&', '')) ? `'${value}'` : undefined;
    if (line === undefined) leftOut.push(name);
    else {
      lines.push(`${name}=${line}`);
      written.push(name);
    }
  }
  const rest = withoutBlock(existing ?? '');
  const taken = written.filter((name) => new RegExp(`^\\s*(?:export\\s+)?${name}\\s*[=:]`, 'm').test(rest));
  if (taken.length > 0) {
    throw new Problem('invalid-input', {
      ...INVALID,
      what: `names a file that sets ${taken.map((name) => `\`${name}\``).join(', ')} itself`,
      fix: 'Remove those lines from the file, or name another file, such as `.env.local`.',
    });
  }
  const gap = rest === '' || rest.endsWith('\n') ? '' : '\n';
  return { content: `${rest}${gap}${[BEGIN, ...lines, END].join('\n')}\n`, written, leftOut };
}

function withoutBlock(content: string): string {
  const begin = content.indexOf(BEGIN);
  const end = content.indexOf(END, Math.max(begin, 0));
  if (begin < 0 && end < 0) return content;
  if (begin < 0 || end < 0) {
    throw new Problem('invalid-input', {
      ...INVALID,
      what: 'names a file in which only half of the block of an earlier run is left',
      fix: `Remove the line that begins with \`${begin < 0 ? END : BEGIN.slice(0, 18)}\` and what belongs to it, or name another file.`,
    });
  }
  const after = content.indexOf('\n', end);
  return content.slice(0, begin) + (after < 0 ? '' : content.slice(after + 1));
}

/**
 * Where the file is to be: inside GITHUB_WORKSPACE or RUNNER_TEMP, in a folder that exists, no symbolic link on the way
 * out of there, and not a link itself.
 *
 * @param file the input `env-file`; a relative path begins at the workspace
 * @throws Problem invalid-input
 */
export function envFilePath(file: string, environment: NodeJS.ProcessEnv = process.env): string {
  const refuse = (what: string, fix: string): never => {
    throw new Problem('invalid-input', { ...INVALID, what, fix });
  };
  const workspace = environment.GITHUB_WORKSPACE || process.cwd();
  const absolute = path.resolve(workspace, file);
  if (/[\0\r\n]/.test(file) || /[/\\]$/.test(file)) refuse('does not name a file', 'Give a path such as `.env`.');
  const real = (folder: string): string | undefined => {
    try {
      return realpathSync(folder);
    } catch {
      return undefined;
    }
  };
  const folder = real(path.dirname(absolute));
  if (folder === undefined)
    return refuse('names a file in a folder that does not exist', 'Create the folder in an earlier step.');
  const roots = [workspace, environment.RUNNER_TEMP].map((root) => (root ? real(root) : undefined));
  if (!roots.some((root) => root !== undefined && (folder === root || folder.startsWith(root + path.sep)))) {
    refuse('leads out of the workspace', 'Give a path inside the workspace, or inside `runner.temp`.');
  }
  const within = (name: string): boolean => folder.split(path.sep).includes(name) || path.basename(absolute) === name;
  if (within('.git')) refuse('leads into `.git`', 'Give a path such as `.env`.');
  const target = path.join(folder, path.basename(absolute));
  const stat = lstatSync(target, { throwIfNoEntry: false });
  if (stat?.isSymbolicLink()) refuse('names a symbolic link', 'Name the file itself.');
  if (stat !== undefined && !stat.isFile()) refuse('names something that is not a file', 'Give a path such as `.env`.');
  return target;
}

/**
 * Reads what is in the file, or undefined. Bytes that are not UTF-8 are kept: the text is one character a byte until
 * writeEnvFile writes it.
 */
export const readEnvFile = (target: string): string | undefined =>
  lstatSync(target, { throwIfNoEntry: false }) === undefined ? undefined : readFileSync(target, 'latin1');

/** Puts the new content in place in one step, readable by this user only; whoever reads sees the old file or the new one. */
export function writeEnvFile(target: string, content: string): void {
  const fresh = `${target}.${unique()}`;
  const file = openSync(fresh, 'wx', 0o600);
  try {
    fchmodSync(file, 0o600);
    writeSync(file, Buffer.from(content, 'latin1'));
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  renameSync(fresh, target);
}
