import { isIP } from './ip.ts';

/** Says what is wrong with a value, without showing it: fits "`sslmode` {…}.", or is undefined when nothing is. */
export type Check = (value: string) => string | undefined;

/** Exactly one of these words, in this case. */
export const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value) ? undefined : `must be ${list(words)}`;

/** `a`, `b` or `c`, each in backticks. */
const list = (words: readonly string[]): string =>
  words
    .map((word) => `\`${word}\``)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');

/** A C int as pqParseIntParam reads it: blanks around it and a sign are allowed. NaN when it is none. */
function parseInteger(text: string): number {
  if (!/^[ \t\n\v\f\r]*[+-]?[0-9]+[ \t\n\v\f\r]*$/.test(text)) return Number.NaN;
  const number = Number(text);
  return number >= -(2 ** 31) && number < 2 ** 31 ? number : Number.NaN;
}

/** libpq looks at these only when it uses them; a value that would fail then fails now. */
export const integer: Check = (value) => (Number.isNaN(parseInteger(value)) ? 'must be a whole number' : undefined);

/** One port for all hosts, or one for each; an empty one is the default. */
export const eachPort: Check = (value) =>
  value.split(',').every((port) => port === '' || (parseInteger(port) >= 1 && parseInteger(port) <= 65535))
    ? undefined
    : 'must be a number from 1 to 65535';

/** Addresses as getaddrinfo takes them without a look-up (AI_NUMERICHOST); an empty one falls back on `host`. */
export const eachAddress: Check = (value) =>
  value.split(',').every((address) => address === '' || isIP(address) === 6 || isIPv4(address))
    ? undefined
    : 'must be an IP address; a name belongs into `host`';

/** inet_aton: one to four numbers, decimal, octal or hexadecimal, of which the last fills what remains of the four bytes. */
function isIPv4(address: string): boolean {
  const parts = address.split('.');
  if (parts.length > 4 || !parts.every((part) => /^(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/.test(part))) return false;
  const numbers = parts.map((part) => (/^0[0-7]/.test(part) ? Number.parseInt(part, 8) : Number(part)));
  return numbers.every((number, i) => number < (i === parts.length - 1 ? 256 ** (5 - parts.length) : 256));
}

/** A protocol version of the server, since 18. */
export const protocolVersion: Check = oneOf('3.0', '3.2', 'latest');

export const TLS_VERSIONS = ['tlsv1', 'tlsv1.1', 'tlsv1.2', 'tlsv1.3'];

/** Empty is no bound at all; case does not count (sslVerifyProtocolVersion). */
export const tlsVersion: Check = (value) =>
  value === '' || TLS_VERSIONS.includes(value.toLowerCase())
    ? undefined
    : `must be ${list(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'])}`;

const METHODS = ['password', 'md5', 'gss', 'sspi', 'scram-sha-256', 'oauth', 'none'];

/** A list of methods, either all plain or all with `!`, none of them twice. Empty means any method. */
export const requireAuth: Check = (value) => {
  if (value === '') return undefined;
  const entries = value.split(',');
  const names = entries.map((entry) => entry.replace(/^!/, ''));
  if (names.some((name) => !METHODS.includes(name)))
    return `must be a list of ${list(METHODS)}, or of such names with \`!\` before each`;
  if (new Set(names).size < names.length) return 'names a method twice';
  if (new Set(entries.map((entry) => entry.startsWith('!'))).size > 1) return 'mixes methods with and without `!`';
  return undefined;
};

/** 32 bytes in base64 (SCRAM_MAX_KEY_LEN), without blanks; the last digit's two spare bits are not looked at. */
export const base64Key: Check = (value) => (/^[A-Za-z0-9+/]{43}=$/.test(value) ? undefined : 'must be 32 bytes in base64');
