import { md5 } from './md5.ts';

/** What a form may need to know besides the secret. */
export interface FormContext {
  /** The role: PostgreSQL's md5 verifier is salted with it. */
  readonly user?: string;
}

/** One way in which programs print a secret. */
export interface Form {
  /** For docs/security.md and for test titles. */
  readonly name: string;
  readonly of: (secret: string, context: FormContext) => string | readonly string[];
}

/**
 * A secret's bytes as a server gets them. Lone surrogates U+DC80 to U+DCFF stand for single bytes that are not UTF-8
 * (Python's surrogateescape, as the connection's parser gives them); any other lone surrogate becomes U+FFFD.
 */
const bytes = (text: string): Buffer => {
  if (text.isWellFormed()) return Buffer.from(text, 'utf8');
  return Buffer.concat(
    Array.from(text, (character) => {
      const code = character.codePointAt(0) as number;
      return code >= 0xdc80 && code <= 0xdcff ? Buffer.from([code - 0xdc00]) : Buffer.from(character.toWellFormed(), 'utf8');
    }),
  );
};

/** Percent-encodes every byte but letters, digits and the characters of `keep`; a blank may have a spelling of its own. */
const percent = (secret: string, keep: string, blank = '%20'): string => {
  let text = '';
  for (const byte of bytes(secret)) {
    const character = String.fromCharCode(byte);
    if (byte < 0x80 && (/[A-Za-z0-9]/.test(character) || keep.includes(character))) text += character;
    else if (byte === 0x20) text += blank;
    else text += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
};

const lowerHex = (text: string): string => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
const bothCases = (text: string): string[] => [text, lowerHex(text)];

/** The inside of a JSON string, with the characters of `escaped` written as \uXXXX. */
const json = (secret: string, escaped: RegExp, hex: 'upper' | 'lower' = 'lower'): string =>
  JSON.stringify(secret)
    .slice(1, -1)
    .replace(escaped, (character) =>
      Array.from({ length: character.length }, (_, index) => {
        const digits = character.charCodeAt(index).toString(16).padStart(4, '0');
        return `\\u${hex === 'upper' ? digits.toUpperCase() : digits}`;
      }).join(''),
    );

/** Characters that stand for a sequence by the table; every other stays. */
const mapped = (secret: string, table: Record<string, string>): string =>
  Array.from(secret, (character) => table[character] ?? character).join('');

/**
 * The part of a base64 text that depends on the secret alone, for each of the three places at which the secret can
 * begin within a group of three bytes. Found inside the base64 of a longer text, such as a whole URL.
 */
const base64Interior = (secret: string): string[] => {
  const content = bytes(secret);
  const fragments = [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), content]).toString('base64');
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + content.length) * 8) / 6));
  });
  return fragments.filter((fragment) => fragment.length >= 8);
};

const urlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_');
const base64 = (content: Buffer): string => content.toString('base64').replace(/=+$/, '');

const UNRESERVED = '-._~';
const NON_ASCII = /[^\0-\x7f]/gu;

/** The one form that depends on more than the secret. */
const SALTED: Form = {
  name: 'PostgreSQL md5 verifier (pg_authid)',
  of: (secret, { user }) => (user === undefined ? [] : md5(Buffer.concat([bytes(secret), bytes(user)]))),
};

/** Forms that leave letters, digits and `_` as they are. A secret that has nothing else, as those that Neon makes, is spared them. */
const TEXT_FORMS: readonly Form[] = [
  { name: 'raw', of: (s) => s },
  { name: 'trimmed', of: (s) => s.trim() },
  { name: 'each line', of: (s) => s.split(/[\r\n]+/).map((line) => line.trim()) },

  { name: 'percent-encoded: JavaScript encodeURIComponent', of: (s) => bothCases(percent(s, "-_.!~*'()")) },
  { name: 'percent-encoded: RFC 3986, as this step writes it', of: (s) => bothCases(percent(s, UNRESERVED)) },
  {
    name: 'percent-encoded twice',
    of: (s) => [UNRESERVED, "-_.!~*'()"].flatMap((keep) => bothCases(percent(s, keep)).map((once) => percent(once, keep))),
  },
  { name: 'percent-encoded: JavaScript encodeURI', of: (s) => bothCases(percent(s, "-_.!~*'();,/?:@&=+$#")) },
  { name: 'percent-encoded: WHATWG URL password', of: (s) => bothCases(percent(s, "-._~!$%&'()*+,")) },
  { name: 'percent-encoded: Python quote', of: (s) => bothCases(percent(s, `${UNRESERVED}/`)) },
  { name: 'percent-encoded: Go url.UserPassword', of: (s) => bothCases(percent(s, `${UNRESERVED}$&+,;=`)) },
  { name: 'percent-encoded: RFC 3986 sub-delims kept', of: (s) => bothCases(percent(s, `${UNRESERVED}!$&'()*+,;=`)) },
  { name: 'form-encoded: URLSearchParams, Java URLEncoder', of: (s) => bothCases(percent(s, '*-._', '+')) },
  { name: 'form-encoded: Python quote_plus, Go QueryEscape', of: (s) => bothCases(percent(s, UNRESERVED, '+')) },

  { name: 'JSON', of: (s) => json(s, /(?!)/g) },
  { name: 'JSON: ASCII only (Python, Ruby)', of: (s) => json(s, NON_ASCII) },
  { name: 'JSON: HTML-safe (Go, Rails)', of: (s) => json(s, /[<>&\u2028\u2029]/g) },
  { name: 'JSON: PHP', of: (s) => [NON_ASCII, /(?!)/g].map((escaped) => json(s, escaped).replaceAll('/', '\\/')) },
  {
    name: 'JSON: System.Text.Json',
    of: (s) => Array.from(s, (c) => (c === '"' ? '\\u0022' : json(c, /[<>&'+`]|[^\0-\x7e]/gu, 'upper'))).join(''),
  },
  { name: 'JSON inside JSON', of: (s) => json(json(s, /(?!)/g), /(?!)/g) },

  { name: 'libpq keyword/value, C, JavaScript, Python: quote and backslash escaped', of: (s) => s.replace(/['\\]/g, '\\$&') },
  { name: 'backslash doubled', of: (s) => s.replaceAll('\\', '\\\\') },
  { name: 'double quotes escaped', of: (s) => s.replaceAll('"', '\\"') },
  { name: 'double quotes doubled: CSV, ADO.NET, PowerShell', of: (s) => s.replaceAll('"', '""') },
  { name: 'quotes doubled: SQL, YAML, workflow expressions', of: (s) => s.replaceAll("'", "''") },
  { name: '.pgpass', of: (s) => s.replace(/[:\\]/g, '\\$&') },
  { name: "shell: '\\''", of: (s) => s.replaceAll("'", `'\\''`) },
  { name: `shell: '"'"'`, of: (s) => s.replaceAll("'", `'"'"'`) },
  { name: 'shell: double-quoted', of: (s) => s.replace(/["$`\\]/g, '\\$&') },
  { name: 'shell: printf %q', of: (s) => s.replace(/[^A-Za-z0-9_@%+=:,./\u0080-\u{10ffff}-]/gu, '\\$&').replace(/^~/, '\\~') },
  { name: 'HTML', of: (s) => mapped(s, { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }) },
  { name: 'HTML: Go', of: (s) => mapped(s, { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }) },
  { name: 'HTML: Python', of: (s) => mapped(s, { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' }) },
  { name: 'XML', of: (s) => mapped(s, { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }) },
];

/** Forms that change every secret. */
const BYTE_FORMS: readonly Form[] = [
  { name: 'base64', of: (s) => [base64(bytes(s)), urlSafe(base64(bytes(s)))] },
  { name: 'base64 with the newline of echo', of: (s) => [base64(bytes(`${s}\n`)), urlSafe(base64(bytes(`${s}\n`)))] },
  { name: 'base64 inside a longer base64', of: (s) => base64Interior(s).flatMap((part) => [part, urlSafe(part)]) },
  {
    name: 'percent-encoded, inside the base64 of a URL',
    of: (s) => base64Interior(percent(s, UNRESERVED)).flatMap((part) => [part, urlSafe(part)]),
  },
  { name: 'hexadecimal', of: (s) => [bytes(s).toString('hex'), bytes(s).toString('hex').toUpperCase()] },
  {
    name: 'percent-encoded, in the hexadecimal of a URL',
    of: (s) => bytes(percent(s, UNRESERVED)).toString('hex'),
  },
  SALTED,
];

/**
 * Every form in which this step or a likely client prints a secret. The runner derives some by itself (R
 * src/Sdk/DTLogging/Logging/ValueEncoders.cs in actions/runner); they stand here too, because other runners derive none
 * and because the log's writer redacts with this list.
 */
export const FORMS: readonly Form[] = [...TEXT_FORMS, ...BYTE_FORMS];

/** Forms shorter than this would star harmless text everywhere; only the secret itself may be shorter. */
const SHORTEST_FORM = 4;

const usable = (form: string, secret: string): boolean =>
  form.trim() !== '' && (form.length >= SHORTEST_FORM || form === secret || form === secret.trim());

/** Longest first, because a runner that masks one string after the other would otherwise break the longer one. */
const longestFirst = (values: Iterable<string>): string[] => [...new Set(values)].sort((a, b) => b.length - a.length);

/**
 * Every form of one secret, longest first, without doubles, none empty, none shorter than four characters but the secret
 * itself. An empty or blank secret has none: a runner refuses such a mask.
 */
export function forms(secret: string, context: FormContext = {}): string[] {
  if (secret.trim() === '') return [];
  const known = KNOWN.get(secret);
  // The guess that is masked before reading is nearly always the password that is read: only the form with the role is new.
  if (known !== undefined)
    return context.user === undefined ? known : longestFirst([...known, ...[SALTED.of(secret, context)].flat()]);
  const rows = /^\w+$/.test(secret) ? BYTE_FORMS : FORMS;
  const found = longestFirst([secret, ...rows.flatMap((form) => form.of(secret, {}))].filter((form) => usable(form, secret)));
  KNOWN.set(secret, found);
  return forms(secret, context);
}

const KNOWN = new Map<string, string[]>();

/**
 * The body lines of a private key, which are what has to be masked of it: BEGIN and END lines and the headers of old
 * encrypted keys are the same in every key. Takes the text also with its newlines written as `\n` or flattened to blanks.
 */
export function keyLines(pem: string): string[] {
  return pem
    .replace(/\\r|\\n/g, '\n')
    .replace(/-----[^-\r\n]*-----/g, '\n')
    .replace(/^(?:Proc-Type|DEK-Info):.*$/gm, '\n')
    .split(/\s+/)
    .filter((line) => line.length >= 8);
}

/** What the step holds and must not print. */
export interface Secrets {
  /** Passwords, the passphrase of a client key, API keys: every form of each is masked. */
  readonly passwords?: readonly string[];
  /** What `suspects` found: the same forms, but of a guess that is percent-encoded only what a longer text can hide. */
  readonly guesses?: readonly string[];
  /** PEM texts of private keys: their body lines are masked. */
  readonly keys?: readonly string[];
  /** The role, for the md5 form. */
  readonly user?: string;
  /** Strings that the step writes and that hold a secret: URLs, DSNs, JDBC, a .pgpass line. */
  readonly written?: readonly string[];
  /** Inputs as they were pasted. Only lines that hold a secret are masked: `{` or `PGUSER=app` never is. */
  readonly pasted?: readonly string[];
  /** Host, port, user, database: never masked, since the runner drops every job output that holds a masked value. */
  readonly plain?: readonly string[];
}

/**
 * The masks for all secrets of a step, in the order in which to register them.
 *
 * @returns longest first, none empty, no doubles. A value of `plain` is among them only when it is a password itself:
 *   see `conspicuous`
 */
export function maskSet(secrets: Secrets): string[] {
  const { passwords = [], guesses = [], keys = [], user, written = [], pasted = [], plain = [] } = secrets;
  const context = user === undefined ? {} : { user };
  // Where a guess is the encoded form of another, that one is the password; a password may look percent-encoded itself.
  const isEncoded = (guess: string): boolean => percentDecoded(guess) !== guess && guesses.includes(percentDecoded(guess));
  const secret = [
    ...passwords.flatMap((password) => forms(password, context)),
    ...guesses.flatMap((guess) => (isEncoded(guess) ? [guess, ...base64Interior(guess)] : forms(guess, context))),
    ...keys.flatMap(keyLines),
  ];
  const holding = (text: string): boolean => secret.some((form) => text.includes(form));
  const lines = pasted.flatMap((text) => text.replace(/^\ufeff/, '').split(/[\r\n]+/)).flatMap((line) => [line, line.trim()]);
  const isPassword = new Set([...passwords, ...guesses].flatMap((password) => [password, password.trim()]));
  const isPlain = new Set(plain);
  return longestFirst([...secret, ...[...written, ...lines].filter(holding)]).filter(
    (mask) => mask.trim() !== '' && (isPassword.has(mask) || !isPlain.has(mask)),
  );
}

/**
 * Is a mask of this password going to hide ordinary text as well? It is registered all the same, and a warning says so.
 *
 * @returns the reason to put into the warning, or undefined
 */
export function conspicuous(password: string, plain: readonly string[] = []): 'short' | 'common' | undefined {
  const text = password.trim();
  if (text === '') return undefined;
  if (plain.includes(text) || COMMON.has(text.toLowerCase())) return 'common';
  return text.length < 8 ? 'short' : undefined;
}

const COMMON = new Set(['postgres', 'postgresql', 'password', 'database', 'localhost', 'connection', 'username']);

/** Words of templates. A mask of one would star our own sentence about it, and it protects nothing. */
const isTemplate = (text: string): boolean =>
  /^<.*>$|^\[.*\]$|^\{.*\}$|^\$\{?\w+\}?$|^[*•x.…]+$|^(?:your|my|db|the)?[-_ ]?(?:password|passwd|pass|pw|pwd|secret)$/i.test(
    text,
  );

const percentDecoded = (text: string): string => {
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

const FIELD =
  /(?:pass(?:word|wd|phrase)?|pwd|secret|api[-_]?key)["']?\s*[=:]\s*(?:'((?:\\.|''|[^'\\])*)'(?![^\s,;&)}\]])|"((?:\\.|[^"\\])*)"(?![^\s,;&)}\]])|["']?([^\s'"][^\r\n]*))/gi;

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
    const pgpass = /^[^:\s/=]+:(?:\d+|\*):[^:\s]+:[^:\s]+:(.+)$/.exec(line.trim());
    add(pgpass?.[1]);
  }
  for (const [, single, double, bare] of text.matchAll(FIELD)) {
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
