/**
 * libpq reads bytes, we read strings. A byte that is no UTF-8 text (`%FF` in a URI) is kept as the lone surrogate
 * U+DC80 to U+DCFF, so that nothing is lost and every string has exactly one byte form (Python's surrogateescape, PEP 383).
 */

/** One well-formed UTF-8 character (RFC 3629, section 4), or, captured, one byte that belongs to none. */
const CHARACTER =
  /[^\x80-\xff]+|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|([\x80-\xff])/g;

/** A surrogate without its other half. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The string of these bytes; bytes that are no UTF-8 become U+DC80 to U+DCFF. */
export function decodeBytes(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!text.includes('\ufffd')) return text;
  return bytes
    .toString('latin1')
    .replace(CHARACTER, (character, stray: string | undefined) =>
      stray === undefined ? Buffer.from(character, 'latin1').toString('utf8') : String.fromCharCode(0xdc00 + stray.charCodeAt(0)),
    );
}

/** The bytes of a string, U+DC80 to U+DCFF being one byte each. A string that holds another lone surrogate has none: see `hasBytes`. */
export function encodeBytes(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text, 'utf8');
  const parts: Buffer[] = [];
  let from = 0;
  for (const match of text.matchAll(LONE)) {
    parts.push(Buffer.from(text.slice(from, match.index), 'utf8'), Buffer.of(match[0].charCodeAt(0) & 0xff));
    from = match.index + 1;
  }
  return Buffer.concat([...parts, Buffer.from(text.slice(from), 'utf8')]);
}

/** Whether a string has a byte form at all: it holds no lone surrogate but those that stand for a byte. */
export const hasBytes = (text: string): boolean =>
  text.isWellFormed() || !(text.match(LONE) ?? []).some((unit) => unit < '\udc80' || unit > '\udcff');

/** The one string that stands for the same bytes: two escaped bytes side by side may have become a character. */
export const canonical = (text: string): string => (text.isWellFormed() ? text : decodeBytes(encodeBytes(text)));
