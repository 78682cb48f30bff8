import { base64Interior, forms, longestFirst } from './forms.ts';
import { percentDecoded } from './suspects.ts';

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
