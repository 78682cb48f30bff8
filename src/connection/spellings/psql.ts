import { PARAMETERS } from '../parameters.ts';
import { COPY_AGAIN, EXPRESSION, type Given, given, type ReadAgain, refuse } from './given.ts';
import { PSQL } from './recognise.ts';
import { cut } from './uri.ts';

/** psql's options that say where to connect, by letter and name, and the keyword that each sets (psql(1)). */
const OPTIONS = new Map([
  ['-h', 'host'],
  ['--host', 'host'],
  ['-p', 'port'],
  ['--port', 'port'],
  ['-U', 'user'],
  ['--username', 'user'],
  ['-d', 'dbname'],
  ['--dbname', 'dbname'],
]);

/** Its other options with an argument. */
const OTHERS =
  /^(?:-[cfFLoPRTv]|--(?:command|field-separator|file|log-file|output|pset|record-separator|set|table-attr|variable))$/;

/**
 * Reads a psql command line: `psql 'postgresql://…'`, `psql -d …`, `PGPASSWORD=… psql -h … -U … db`.
 *
 * Quotes are taken as a POSIX shell takes them. Nothing is expanded, so a variable that the shell would fill in is refused.
 *
 * @param text the whole command
 * @param read reads the connection string within
 */
export const readPsqlCommand = async (text: string, read: ReadAgain): Promise<Given> => {
  const prefix = PSQL.exec(text) as RegExpExecArray;
  const words = shellWords(text.slice(prefix[0].length));
  const parts = new Map<string, string>();
  const free: Word[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as Word;
    const { name, inline } = option(word.text);
    const keyword = OPTIONS.get(name);
    if (keyword !== undefined || OTHERS.test(name)) {
      const value = inline === undefined ? words[++index] : { ...word, text: inline };
      if (keyword !== undefined && value !== undefined) parts.set(keyword, literal(value));
    } else if (!word.text.startsWith('-')) free.push(word);
  }
  // psql: the first free word is the database, the next the user, where no option has named them; the database may be a whole string.
  for (const word of free) {
    const keyword = ['dbname', 'user'].find((name) => !parts.has(name));
    if (keyword !== undefined) parts.set(keyword, literal(word));
  }
  const database = parts.get('dbname') ?? '';
  const isString = /:\/\/|=/.test(database);
  if (isString) parts.delete('dbname');
  const said = isString ? await read(database) : given();
  // In psql the options stand beside the string, and the string wins (PQconnectdbParams expands dbname in place); last comes the
  // environment. An empty value means "not given".
  for (const [keyword, value] of [...parts, ...environment(prefix[1] ?? '')]) {
    if (value !== '' && !said.parameters.has(keyword)) said.parameters.set(keyword, value);
  }
  if (said.parameters.size === 0) throw refuse('is a `psql` command that names no connection', COPY_AGAIN);
  return { ...said, notices: ['`connection-string` was a `psql` command; the connection was taken out of it.', ...said.notices] };
};

/** The variables before the command, by the keyword that libpq takes each for. */
const environment = (assignments: string): [keyword: string, value: string][] =>
  shellWords(assignments).flatMap((assignment) => {
    const [name, value = ''] = cut(assignment.text, '=');
    const parameter = PARAMETERS.find(({ env }) => env === name);
    return parameter === undefined ? [] : [[parameter.keyword, literal({ ...assignment, text: value })]];
  });

/** An option's name and the argument that stands in the same word, as getopt reads them: `--host=h`, `-hh`, `-Atc` with `c` alone. */
const option = (word: string): { name: string; inline: string | undefined } => {
  if (word.startsWith('--')) {
    const [name, inline] = cut(word, '=');
    return { name, inline };
  }
  const [, letter = '', inline = ''] = /^-[^cdfFhLopPRTUv]*([cdfFhLopPRTUv])(.*)$/s.exec(word) ?? [];
  return { name: `-${letter}`, inline: inline === '' ? undefined : inline };
};

interface Word {
  readonly text: string;
  /** What a shell, or GitHub, would have filled in and nobody does here. A variable's name may be a piece of a password, and is not kept. */
  readonly unfilled: readonly [what: string, fix: string] | undefined;
}

/** A word that is a part of the connection: what it says must stand in it. */
const literal = ({ text, unfilled }: Word): string => {
  if (unfilled === undefined) return text;
  throw refuse(...unfilled);
};

const VARIABLE = [
  'is a `psql` command that holds a shell variable, which only a shell fills in',
  'Put the value itself there; a `$` that belongs to a value is taken as it is inside single quotes.',
] as const;

/** What begins here outside of single quotes and would have been filled in. */
const unfilledAt = (text: string, at: number): Word['unfilled'] => {
  if (text.startsWith('${' + '{', at)) return EXPRESSION;
  return /^\$[A-Za-z_{]/.test(text.slice(at, at + 2)) ? VARIABLE : undefined;
};

/** Splits as a POSIX shell does (Shell Command Language 2.2), without expansions. An open quote runs to the end. */
const shellWords = (text: string): Word[] => {
  const words: Word[] = [];
  let word: string | undefined;
  let unfilled: Word['unfilled'];
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === "'") {
      const end = text.indexOf("'", i + 1);
      word = (word ?? '') + text.slice(i + 1, end < 0 ? undefined : end);
      i = end < 0 ? text.length : end;
    } else if (c === '"') {
      word ??= '';
      for (i++; i < text.length && text.charAt(i) !== '"'; i++) {
        if (text.charAt(i) === '\\' && '$`"\\'.includes(text.charAt(i + 1))) i++;
        else unfilled ??= unfilledAt(text, i);
        word += text.charAt(i);
      }
    } else if (c === '\\' && i + 1 < text.length) word = (word ?? '') + text.charAt(++i);
    else if (/\s/.test(c)) {
      if (word !== undefined) words.push({ text: word, unfilled });
      word = undefined;
      unfilled = undefined;
    } else {
      unfilled ??= unfilledAt(text, i);
      word = (word ?? '') + c;
    }
  }
  if (word !== undefined) words.push({ text: word, unfilled });
  return words;
};
