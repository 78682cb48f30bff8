/**
 * The bytes of a text of the connection. The connection's parser keeps bytes that are no UTF-8 as lone surrogates U+DC80 to
 * U+DCFF (PEP 383): they become those bytes again.
 */
export function encode(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text, 'utf8');
  const parts: Buffer[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    const escaped = code >= 0xdc80 && code <= 0xdcff;
    parts.push(escaped ? Buffer.from([code - 0xdc00]) : Buffer.from(character, 'utf8'));
  }
  return Buffer.concat(parts);
}

/**
 * Texts of the server are data from outside: one line, no control or invisible formatting characters, cut, and nothing at all
 * when it repeats the password.
 *
 * @param secrets what must not stand in it
 * @returns a text that can stand in a sentence
 */
export function quotable(text: string, secrets: readonly (string | undefined)[], length = 200): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const spellings = secrets.flatMap((secret) =>
    secret
      ? [secret, encodeURIComponent(secret.toWellFormed()), encode(secret).toString('base64'), encode(secret).toString('hex')]
      : [],
  );
  if (spellings.some((spelling) => line.includes(spelling) || text.includes(spelling)))
    return '(not shown: it repeats a secret of this connection)';
  return line.length > length ? `${line.slice(0, length)}…` : line;
}
