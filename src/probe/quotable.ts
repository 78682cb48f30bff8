import { encodeBytes } from '../connection/bytes.ts';
import { unicode } from '../unicode.ts';

/**
 * Texts of the server are data from outside: one line, no control or invisible formatting characters, cut, and nothing at all
 * when it repeats the password.
 *
 * @param secrets what must not stand in it
 * @returns a text that can stand in a sentence
 */
export function quotable(text: string, secrets: readonly (string | undefined)[], length = 200): string {
  const line = text.replace(/^[ -~]*$/.test(text) ? / +/g : unseen(), ' ').trim();
  const spellings = secrets.flatMap((secret) =>
    secret
      ? [
          secret,
          encodeURIComponent(secret.toWellFormed()),
          Buffer.from(encodeBytes(secret)).toString('base64'),
          Buffer.from(encodeBytes(secret)).toString('hex'),
        ]
      : [],
  );
  if (spellings.some((spelling) => line.includes(spelling) || text.includes(spelling)))
    return '(not shown: it repeats a secret of this connection)';
  return line.length > length ? `${line.slice(0, length)}…` : line;
}

/** What ends a line, is not seen, or means nothing to anybody; and blanks. Few texts have more than blanks of it. */
const unseen = (): RegExp => new RegExp(`[${unicode('Cc', 'Cf', 'Co', 'Cs', 'Zl', 'Zp')}\\s]+`, 'gu');
