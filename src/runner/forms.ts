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

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Percent-encodes every byte but letters, digits and the characters of `keep`; a blank may have a spelling of its own. */
const percent = (secret: string, keep: string, blank = '%20'): string => {
  const kept = ALPHANUMERIC + keep;
  let text = '';
  for (const byte of bytes(secret)) {
    const character = String.fromCharCode(byte);
    if (kept.includes(character)) text += character;
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
export const base64Interior = (secret: string): string[] => {
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

/** Forms that leave letters, digits, `_`, `.` and `-` as they are. A secret that has nothing else, as those that Neon makes, is spared them. */
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

  {
    name: 'percent-encoded, inside the base64 of a URL',
    of: (s) => base64Interior(percent(s, UNRESERVED)).flatMap((part) => [part, urlSafe(part)]),
  },
  { name: 'percent-encoded, in the hexadecimal of a URL', of: (s) => bytes(percent(s, UNRESERVED)).toString('hex') },
];

/** Forms that change every secret. */
const BYTE_FORMS: readonly Form[] = [
  { name: 'base64', of: (s) => [base64(bytes(s)), urlSafe(base64(bytes(s)))] },
  { name: 'base64 with the newline of echo', of: (s) => [base64(bytes(`${s}\n`)), urlSafe(base64(bytes(`${s}\n`)))] },
  { name: 'base64 inside a longer base64', of: (s) => base64Interior(s).flatMap((part) => [part, urlSafe(part)]) },
  { name: 'hexadecimal', of: (s) => [bytes(s).toString('hex'), bytes(s).toString('hex').toUpperCase()] },
  SALTED,
];

/**
 * Every form in which this step or a likely client prints a secret. The runner derives some by itself (R
 * src/Sdk/DTLogging/Logging/ValueEncoders.cs in actions/runner); they stand here too, because other runners derive none
 * and because the log's writer redacts with this list.
 */
export const FORMS: readonly Form[] = [...TEXT_FORMS, ...BYTE_FORMS];

/** Forms shorter than this would star harmless text everywhere; only the secret itself may be shorter. */
export const SHORTEST_FORM = 4;

const usable = (form: string, secret: string): boolean =>
  form.trim() !== '' && (form.length >= SHORTEST_FORM || form === secret || form === secret.trim());

/** Longest first, because a runner that masks one string after the other would otherwise break the longer one. */
export const longestFirst = (values: Iterable<string>): string[] => [...new Set(values)].sort((a, b) => b.length - a.length);

/**
 * Every form of one secret, longest first, without doubles, none empty, none shorter than four characters but the secret
 * itself. An empty or blank secret has none: a runner refuses such a mask.
 */
export function forms(secret: string, context: FormContext = {}): string[] {
  if (secret.trim() === '') return [];
  const key = JSON.stringify([secret, context.user]);
  const known = KNOWN.get(key);
  if (known !== undefined) return known;
  const found = longestFirst(
    context.user === undefined ? plainForms(secret) : [...forms(secret), ...[SALTED.of(secret, context)].flat()],
  );
  KNOWN.set(key, found);
  return found;
}

/** The guess that is masked before reading is nearly always the password that is read, and that is the one of the settled connection. */
const KNOWN = new Map<string, string[]>();

const plainForms = (secret: string): string[] =>
  [secret, ...(/^[\w.-]+$/.test(secret) ? BYTE_FORMS : FORMS).flatMap((form) => form.of(secret, {}))].filter((form) =>
    usable(form, secret),
  );
