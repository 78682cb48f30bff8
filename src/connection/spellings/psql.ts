import { COPY_AGAIN, type Given, given, type ReadAgain, refuse } from './given.ts';
import { PSQL } from './recognise.ts';

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

/**
 * Reads a psql command line: `psql 'postgresql://…'`, `psql -d …`, `PGPASSWORD=… psql -h … -U … db`.
 *
 * Quotes are taken as a POSIX shell takes them, but nothing is expanded: a `$` in a password is a `$`.
 *
 * @param text the whole command
 * @param read reads the connection string within
 */
export const readPsqlCommand = async (text: string, read: ReadAgain): Promise<Given> => {
  const prefix = PSQL.exec(text) as RegExpExecArray;
  const words = shellWords(text.slice(prefix[0].length));
  const parts = given();
  for (const assignment of shellWords(prefix[1] ?? '')) {
    if (assignment.startsWith('PGPASSWORD=')) parts.parameters.set('password', assignment.slice('PGPASSWORD='.length));
  }
  const positional: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string;
    const [name, inline] = word.startsWith('--') ? splitOnce(word) : [word.slice(0, 2), word.slice(2)];
    const keyword = OPTIONS.get(name);
    if (keyword !== undefined) {
      const value = inline || words[++index];
      if (value !== undefined) parts.parameters.set(keyword, value);
    } else if (/^(-[cfvoFPR]|--(command|file|variable|set|output))$/.test(word)) index++;
    else if (!word.startsWith('-')) positional.push(word);
  }
  // psql: the first free word is the database, the second the user; the database may be a whole connection string.
  const [first, second] = positional;
  if (first !== undefined && !parts.parameters.has('dbname')) parts.parameters.set('dbname', first);
  if (second !== undefined && !parts.parameters.has('user')) parts.parameters.set('user', second);
  const database = parts.parameters.get('dbname');
  const notices = ['`connection-string` was a `psql` command; the connection was taken out of it.'];
  if (database !== undefined && /:\/\/|=/.test(database)) {
    const inner = await read(database);
    parts.parameters.delete('dbname');
    // In psql the options stand beside the string, and the string wins (PQconnectdbParams expands dbname in place).
    for (const [keyword, value] of parts.parameters) if (!inner.parameters.has(keyword)) inner.parameters.set(keyword, value);
    return { ...inner, notices: [...notices, ...inner.notices] };
  }
  if (parts.parameters.size === 0) throw refuse('is a `psql` command that names no connection', COPY_AGAIN);
  // The same check that the values would get in a string: none here, but an empty one means "not given".
  for (const [keyword, value] of parts.parameters) if (value === '') parts.parameters.delete(keyword);
  return { ...parts, notices };
};

const splitOnce = (word: string): [string, string] => {
  const at = word.indexOf('=');
  return at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
};

/** Splits as a POSIX shell does (Shell Command Language 2.2), without expansions. An open quote runs to the end. */
const shellWords = (text: string): string[] => {
  const words: string[] = [];
  let word: string | undefined;
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
        word += text.charAt(i);
      }
    } else if (c === '\\' && i + 1 < text.length) word = (word ?? '') + text.charAt(++i);
    else if (/\s/.test(c)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + c;
  }
  if (word !== undefined) words.push(word);
  return words;
};
