import { SHORTEST_FORM } from './forms.ts';

/** Words of templates. A mask of one would star our own sentence about it, and it protects nothing. */
const isTemplate = (text: string): boolean => {
  const lower = text.toLowerCase();
  return (
    ('<[{$*•x.…'.includes(lower.charAt(0)) && /^<.*>$|^\[.*\]$|^\{.*\}$|^\$\{?\w+\}?$|^[*•x.…]+$/.test(lower)) ||
    (ENDINGS.some((word) => lower.endsWith(word)) && /^(?:your|my|db|the)?[-_ ]?(?:pass(?:word|wd)?|pwd?|secret)$/.test(lower))
  );
};
const ENDINGS = ['password', 'passwd', 'pass', 'pw', 'pwd', 'secret'];

/** The text with its percent-encoding taken off, as far as there is one. */
export const percentDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
  }
};

/** The passwords that the part of a URL after `//` may mean: libpq's reading first, then those of a forgotten encoding. */
function userinfoSuspects(rest: string): string[] {
  const colon = rest.indexOf(':');
  if (colon < 0) return [];
  const beforeQuery = rest.search(/[?#]/) < 0 ? rest.length : rest.search(/[?#]/);
  const slash = rest.indexOf('/') < 0 ? rest.length : rest.indexOf('/');
  const ends = [
    rest.indexOf('@') < slash ? rest.indexOf('@') : -1,
    rest.lastIndexOf('@', slash - 1),
    rest.lastIndexOf('@', beforeQuery - 1),
    rest.lastIndexOf('@'),
  ].filter((end) => end > colon);
  const found = [...new Set(ends)].map((end) => rest.slice(colon + 1, end));
  // Several readings differ where `@` or `/` stand unencoded; a parser then takes a piece of the password for the host,
  // the port or the database, and a message that names those would show it.
  const whole = rest.slice(colon + 1, Math.max(rest.lastIndexOf('@', beforeQuery - 1), colon + 1));
  const pieces = whole.split(/[@/]/);
  const unencoded = pieces.length > 1 && !(pieces[0] as string).match(/^\d{1,5}$/);
  return [...found, ...(unencoded || (pieces.length > 1 && rest.indexOf('@') > slash) ? pieces : [])].filter(
    (piece, _, all) => piece.length >= SHORTEST_FORM || all.length === 1,
  );
}

/** The password of a line of `.pgpass`: a port or `*` follows its first colon, and not the `//` of a URL. */
const pgpassField = (line: string): string | undefined =>
  line.charAt(line.indexOf(':') + 1) === '/' ? undefined : /^[^:\s/=]+:(?:\d+|\*):[^:\s]+:[^:\s]+:(.+)$/.exec(line)?.[1];

/** What a field of a password is called, somewhere in its name. Tried first: most strings are URLs, which have no such field. */
const NAMES = /pass|pwd|psw|secret|api[-_]?key/;
const FIELD =
  /(?:pass(?:word|wd|phrase)?|pwd|psw|secret|api[-_]?key)["']?\s*[=:]\s*(?:'((?:\\.|''|[^'\\])*)'(?![^\s,;&)}\]])|"((?:\\.|[^"\\])*)"(?![^\s,;&)}\]])|["']?([^\s'"][^\r\n]*))/gi;

/** The same of an ADO.NET string: a quote inside quotes is doubled there. */
const ADO_FIELD = /(?:password|pwd|psw)\s*=\s*(?:"((?:[^"]|"")*)"|'((?:[^']|'')*)')/gi;

/**
 * What may be a password in a text of unknown form, so that it is masked before anybody tries to read the text: a parser's
 * complaint must not be what shows it. Guesses; none is used for anything but masking.
 *
 * @param input an input as pasted: a URL in any state, a keyword/value string, a .env block, JSON, JDBC, a bare password
 */
export function suspects(input: string): string[] {
  const text = input.slice(0, 65_536);
  const found: string[] = [];
  const add = (value: string | undefined) => {
    if (value !== undefined && value.trim() !== '') found.push(value, percentDecoded(value));
  };
  for (const line of text.split(/[\r\n]+/)) {
    // A URL ends at the quote or blank that follows it; a password with a blank or a quote in it is longer than that.
    for (const start of Array.from(line.matchAll(/\/\//g), (match) => match.index + 2).slice(0, 4)) {
      const rest = line.slice(start).replace(/["'`\s,;)]+$/, '');
      for (const reading of new Set([rest, rest.split(/["'\s]/, 1)[0] as string]))
        for (const part of userinfoSuspects(reading)) add(part);
    }
    add(pgpassField(line.trim()));
  }
  for (const [, single, double, bare] of NAMES.test(text.toLowerCase()) ? text.matchAll(FIELD) : []) {
    if (single !== undefined) {
      add(single);
      add(single.replace(/\\(.)/g, '$1'));
    }
    if (double !== undefined) {
      add(double);
      add(double.replace(/\\(.)/g, '$1'));
      add(unescapedJson(double));
    }
    if (bare !== undefined) {
      // Where an unquoted value ends depends on the form that is meant: at a blank, `&`, `;` or `,`, or with the line.
      for (const end of [/\s/, /[&\s]/, /;/, /[,}\s]/]) {
        const value = bare.split(end, 1)[0] as string;
        add(value);
        add(value.replaceAll('+', ' '));
        add(value.replace(/\\(.)/g, '$1'));
        add(value.replace(/["']$/, ''));
      }
    }
  }
  for (const [, double, single] of text.includes(';') ? text.matchAll(ADO_FIELD) : []) {
    add(double?.replaceAll('""', '"'));
    add(single?.replaceAll("''", "'"));
  }
  const word = text.trim();
  if (found.length === 0 && /^[^\s=/{}]{8,}$/.test(word) && !/^[\w-]+(?:\.[\w-]+)+(?::\d+)?$/.test(word)) add(word);
  const candidates = [...new Set(found)].filter((value) => !isTemplate(value.trim()));
  return candidates.some((value) => value.length >= SHORTEST_FORM)
    ? candidates.filter((value) => value.length >= SHORTEST_FORM)
    : candidates;
}

const unescapedJson = (inner: string): string | undefined => {
  try {
    return JSON.parse(`"${inner}"`) as string;
  } catch {
    return undefined;
  }
};
