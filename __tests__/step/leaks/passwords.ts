import fc from 'fast-check';
import { text } from '../../support/nasty.ts';

/** A password, and what it is called in a report of a leak. */
export interface Password {
  readonly label: string;
  readonly secret: string;
}

const hand = (group: string, ...secrets: string[]): Password[] =>
  secrets.map((secret, index) => ({ label: `${group} ${index + 1}`, secret }));

const long = (piece: string, bytes: number): string => piece.repeat(Math.ceil(bytes / Buffer.byteLength(piece)));

/** Passwords that a person, a generator or an attacker may choose. Long enough to be found again in a log, but for the short ones. */
const CHOSEN: readonly Password[] = [
  ...hand(
    'plain',
    'npg_Ab3dEf5Gh7Jk',
    'correct-horse-battery-staple',
    '0123456789',
    '00000000',
    'S3CRETS3CRET',
    'aGVsbG8gd29ybGQ=',
  ),
  ...hand(
    'quotes',
    "it's 'quoted'",
    '"double" quoted',
    `both'and"quotes`,
    '`id -un`',
    "'wrapped'",
    '"wrapped-in-quotes"',
    "trailing'",
  ),
  ...hand('backslashes', 'back\\slash\\es', 'ends-with\\', '\\\\unc\\share', 'C:\\new\\table', '\\x41\\u0041', "\\'quoted\\'"),
  ...hand(
    'percent signs',
    '100%percent',
    '%41%42%43%44',
    '%0A%0D%25ab',
    'abc%0Adef',
    '%2525twice',
    '%zz%not%hex',
    '%%%%%%',
    'a%00b%ffc',
    '%u00e9%u20ac',
  ),
  ...hand(
    'colons',
    '::add-mask::x',
    '::set-output name=a::b',
    'a::b::c',
    '::::',
    ':starts',
    'ends:',
    '::error::boom',
    'a::b]c::d]e',
    '::stop-commands::abcdefg',
  ),
  ...hand(
    'brackets',
    'a]b]c]d',
    '##[add-mask]x',
    '##[error]boom',
    'x ##[set-output name=a]b',
    '##[group]x]y',
    '[::1]:5432',
    ']]]]]]',
  ),
  ...hand(
    'expressions',
    '$\u007b{ secrets.X }}-tail',
    'a$\u007b{ github.token }}b',
    '$HOME/$(id)',
    '$\u007bPATH}-x',
    '$$1234$$',
    '{{ x }}{{ y }}',
  ),
  ...hand(
    'blanks',
    ' leading-blank',
    'trailing-blank ',
    '  both sides  ',
    'a  b  c  d',
    '\u00a0nbsp-around\u00a0',
    '\u3000ideographic',
  ),
  ...hand('plus signs', 'a+b+c+d', '++++++', '+plus &+amp', 'a +b %2B', 'first&+second-part', 'left&right&more'),
  ...hand(
    'URL characters',
    'p@ss@word',
    'a/b/c/d',
    'q?x=1&y=2',
    'frag#ment#s',
    '@:/?#[]@',
    'user:pass@host:1/db',
    '//double//',
    'a;b,c=d',
    '@@@@@',
    '12345/x@y',
    '99999@host/db',
  ),
  ...hand(
    'Unicode',
    'pässwörd-ß',
    'пароль-секрет',
    '密码密码密码',
    'パスワード！',
    '비밀번호-ab',
    'Ω≈ç√∫˜µ≤',
    'é\u0301\u0302combining',
    'e\u0301e\u0301e\u0301',
    '𝒫𝒶𝓈𝓈𝓌𝑜𝓇𝒹',
    '😀😃😄😁',
    '👩\u200d👧\u200d👦-fam',
    '\u{10ffff}\u{10fffe}',
    'İstanbul-ıi',
    'ﬁﬂ-ligature',
  ),
  ...hand(
    'right to left',
    'كلمة-السر',
    'סיסמה-סודית',
    'abc\u202edef\u202cghi',
    '\u2066isolate\u2069x',
    'zero\u200bwidth\u200bword',
    '\ufeffbom-first',
    'soft\u00adhyphen\u00adword',
    'line\u2028sep\u2029para',
  ),
  ...hand('JSON-ish', '{"password":"x"}', '["a","b"]', '{"a":', '\\"escaped\\"', 'null,null', '","user":"evil'),
  ...hand('stars', 'a***b***c', '**bold**', '*a*b*c*'),
  ...hand('escapes', '\\u001b[31mred', '\\033[0m\\e[1m', '[31mred[0m', '\\r\\n\\t\\0'),
  ...hand(
    'markup',
    '<script>alert(1)</script>',
    '<b>&amp;</b>',
    '&lt;&gt;&#39;',
    '# heading',
    '[a](http://x.example)',
    '| a | b |',
    '![i](x)',
    '<!-- c -->',
    '```fence```',
    '@octo-org/team',
    '</code></table>',
  ),
  ...hand('shell', '; rm -rf x', '$(reboot)&&', '|| true #', '!history!', '~root/x', 'a\\ b\\ c', '>out 2>&1', '*?[a-z]{1,2}'),
  ...hand('SQL', "'; drop table x; --", "E'\\\\x'", "''''''''", '"";""', '$tag$body$tag$'),
  ...hand('keyword/value', 'host=elsewhere', 'x password=y', "a' host='b", 'sslmode=disable', "' user='other"),
  ...hand('repeated', 'aaaaaaaaaaaa', 'abababababab', '\\\\\\\\\\\\\\\\', "''''''''''", 'é'.repeat(12), '😀'.repeat(8)),
  ...hand(
    'like something else',
    'postgresql://u:p@h/d',
    'ghp_0123456789abcdefABCDEF',
    'ghadelimiter_1',
    'EOF_EOF_EOF',
    'neon-connect',
    'sslmode',
    'md5d41d8cd98f00b204e9800998ecf8427e',
    'SCRAM-SHA-256$4096:a$b:c',
  ),
  ...hand('long', long('Zx9-long_', 600), long("p@ss'\\%", 700), long('長い', 600), long('=+/', 300), long('😀 é"', 2000)),
  // The user, the host and the database of the runs, words of every log, and letters that are everywhere.
  ...hand(
    'another part',
    'app',
    'shop',
    'db.example.org',
    'postgres',
    'postgresql',
    'password1',
    'verify-full',
    '5432',
    'true',
    'input',
    'connection',
  ),
  ...hand(
    'short',
    'a',
    'e',
    'E',
    '1',
    '/',
    ':',
    '%',
    '*',
    '"',
    "'",
    '\\',
    '@',
    '+',
    'é',
    '😀',
    'ab',
    '::',
    '%4',
    '**',
    ']]',
    '  x',
    'abc',
    'the',
    'a%b',
    "'''",
    '€€€',
  ),
];

/** Refused by the step, since no file of lines carries them; then nothing of them may be seen either. */
export const CONTROLS: readonly Password[] = hand(
  'control characters',
  'line one\nline two',
  'carriage\rreturn-here',
  'crlf\r\nin-the-middle',
  'tab\tin-between',
  '\u001b[31mred-alert\u001b[0m',
  'bell\u0007and\u0008back',
  'next\u0085line-here',
  'delete\u007fchar-here',
  'c1\u009bcontrol-here',
  '::add-mask::a\n::set-output name=b::c',
);

/** The same every time: the seed is fixed. */
const generated = fc
  .sample(text, { seed: 20_240_601, numRuns: 40 })
  .map((secret, index) => ({ label: `generated ${index + 1}`, secret }));

/** Every password once; none blank, since an empty mask is one that a runner refuses, and blanks are no secret. */
export const PASSWORDS: readonly Password[] = [
  ...new Map(
    [...CHOSEN, ...generated]
      .filter(({ secret }) => secret.trim() !== '')
      .map((password) => [password.secret, password] as const),
  ).values(),
  ...CONTROLS,
];
