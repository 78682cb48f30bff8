import fc from 'fast-check';

/** A login: what a person has, before any spelling. */
export interface Login {
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** Characters that some grammar on the way takes for its own: URLs, conninfo strings, shells, .env files, SQL, JSON, workflow commands. */
const SPECIAL = [...'@:/?#[]%&=+ \'"\\$`{}<>!,;|~^*()-_.0aZé€😀'];

/** Texts that something on the way may mistake: passwords, and names of roles and databases as well. None looks like a template's. */
export const PIECES: readonly string[] = [
  'plain',
  ...['with space', ' leading', 'trailing ', '  ', ' '],
  ...['@', 'a@b', '@@', ':', 'a:b:c', '/', 'a/b', '//', '?', 'a?b=c', '#', '#fragment', '&', '=', 'a=b', '+', 'a+b'],
  ...['%', '%%', '%41', '%2F', '%zz', '100%', '%00', '%u00e9', '%C3%A9'],
  ...["'", "''", "it's", '"', '"quoted"', "'single'", '\\', '\\\\', 'back\\slash', "\\'", 'end\\', '\\n', '\\x41'],
  ...[
    '$',
    '$HOME',
    '$(id) ',
    'a$\u007bHOME}',
    'a$\u007b{ secrets.X }}',
    '`id`',
    '$$',
    '!',
    '!!',
    'a!b',
    '~',
    '*',
    '[',
    ']',
    '[::1]',
    '{',
    '}',
    '{}',
  ],
  ...['<', '>', '|', ';', '; drop table x; --', ',', 'a,b', '(', ')', '^', '-', '--', '_', '.a', 'a.'],
  ...['::add-mask::x', '##[error]x', 'EOF', 'null', 'undefined', 'true', '0', '-1', '1e3'],
  ...['postgres://u:p@h:1/d?sslmode=disable', 'host=elsewhere', 'password=other', 'sslmode=disable', 'user@host'],
  ...['é', 'e\u0301', 'ü€', 'Ω', '日本語', 'пароль', 'كلمة', 'סיסמה', '한국어', '😀', '🇪🇺', '\u{10FFFF}'],
  // What SASLprep changes: blanks, characters that vanish, and what has another form under NFKC.
  ...[
    '\u00a0',
    'a\u00a0b',
    '\u3000',
    '\u200b',
    'a\u200db',
    '\u00ad x',
    '\ufeff x',
    '❤\ufe0f',
    'ª',
    'ﬁ',
    '①',
    'Å',
    'ſ',
    'ß',
    'İ',
    '𝒫𝒶𝓈𝓈',
  ],
  // What it forbids: PostgreSQL and libpq then take the password as it is.
  ...['\u2028', '\u202e', '\ue000', '\ufffd', 'אa'],
  '@:/?#[]%&=+ \'"\\$`{}<>!,;|~^*()é€😀',
];

/**
 * Passwords with which node-postgres cannot log in although libpq can. PostgreSQL takes a password as it is when SASLprep forbids it
 * (RFC 4013, 2.3 to 2.5: among others text that runs both ways, private characters, and every character newer than Unicode 3.2, such as
 * an emoji) or leaves nothing of it. pg 8.23.1 leaves these rules out and changes the password all the same (`saslprep` in its
 * lib/crypto/sasl.js). No spelling of the password helps.
 */
export const PG_CANNOT: readonly string[] = [
  ...['👩\u200d👧', '🙂\ufe0f', '😀ª', '😀e\u0301', '\ue000ª', '\ufffdª', 'אaª', 'a\u202e\u00adb'],
  ...['\u00ad', '\ufeff'],
];

/**
 * Text as PostgreSQL takes it: any Unicode but NUL, at most 63 bytes of UTF-8, never empty. Control characters are left out, because
 * the action refuses them (no line-based file carries them all).
 */
export const text: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom(...PIECES),
    fc.string({ unit: fc.constantFrom(...SPECIAL), minLength: 1, maxLength: 24 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 16 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 40 }),
  )
  .map((value) => value.replace(/\p{Cc}/gu, ''))
  .filter((value) => value !== '' && Buffer.byteLength(value) <= 63);

/** No URL names a database `.` or `..` to a reader that follows the URL standard: these are dot segments, percent-encoded as well. */
const database = text.filter((name) => name !== '.' && name !== '..');

export const login: fc.Arbitrary<Login> = fc.record({ user: text, password: text, database });
