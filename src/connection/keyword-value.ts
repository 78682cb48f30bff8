import { ConninfoError } from './conninfo-error.ts';
import type { Store } from './uri.ts';

/** C's isspace in the C locale; JavaScript's `\s` is far wider. */
const BLANKS = ' \t\n\v\f\r';

/**
 * Reads `keyword = value keyword = 'quoted value' …` as libpq's conninfo_parse does. `\` takes the next character as it is,
 * quoted or not; a quote counts only as the first character of a value; an empty unquoted value takes the next pair for its own.
 *
 * @param store is told every pair in the order of the string
 * @throws ConninfoError where libpq fails
 */
export function parseKeywordValue(text: string, store: Store): void {
  let at = skipBlanks(text, 0);
  while (at < text.length) {
    const start = at;
    while (text[at] !== '=' && !isBlank(text, at)) at += 1;
    const keyword = text.slice(start, at);
    at = skipBlanks(text, at);
    if (text[at] !== '=') {
      throw new ConninfoError(
        'text',
        'is neither a `postgresql://` URL nor pairs of `keyword=value`: a word stands without a `=`',
        'Copy the whole string again: it begins with `postgresql://`. In the `keyword=value` form a value with blanks is put in single quotes.',
      );
    }
    at = skipBlanks(text, at + 1);
    const { value, end } = text[at] === "'" ? quoted(text, at + 1) : unquoted(text, at);
    store(keyword, value);
    at = skipBlanks(text, end);
  }
}

/** The end counts as one too: `charAt` gives '' there, which every string includes. */
const isBlank = (text: string, at: number): boolean => BLANKS.includes(text.charAt(at));

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text, at)) at += 1;
  return at;
}

/** Up to the next blank. A backslash that is the very last character vanishes. */
function unquoted(text: string, from: number): { value: string; end: number } {
  let value = '';
  let at = from;
  for (; !isBlank(text, at); at += 1) {
    if (text[at] === '\\') at += 1;
    value += text.charAt(at);
  }
  return { value, end: at };
}

/** Up to the next quote that has no backslash before it; a pair may follow without a blank. */
function quoted(text: string, from: number): { value: string; end: number } {
  let value = '';
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "'") return { value, end: at + 1 };
    if (text[at] === '\\') at += 1;
    value += text.charAt(at);
  }
  throw new ConninfoError(
    'value',
    'has a single quote that is never closed',
    "Close it; inside a quoted value a quote is written `\\'` and a backslash `\\\\`.",
  );
}
