/**
 * libpq reads bytes, we read strings. A byte that is no UTF-8 text (`%FF` in a URI) is kept as the lone surrogate
 * U+DC80 to U+DCFF, so that nothing is lost and every string has exactly one byte form (Python's surrogateescape, PEP 383).
 */

/** One well-formed UTF-8 character beyond ASCII (RFC 3629, section 4), or, captured, one byte that belongs to none. */
const CHARACTER =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|([\x80-\xff])/g;

/** With the flag `u` a surrogate is matched only without its other half. */
const STRAY = /([\udc80-\udcff])/u;
const NO_BYTE = /[\ud800-\udc7f\udd00-\udfff]/u;

/** The string of these bytes; bytes that are no UTF-8 become U+DC80 to U+DCFF. */
export const decodeBytes = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replace(CHARACTER, (character, stray: string | undefined) =>
      stray === undefined ? Buffer.from(character, 'latin1').toString() : String.fromCharCode(0xdc00 + stray.charCodeAt(0)),
    );

/** The bytes of a string, U+DC80 to U+DCFF being one byte each. A string that holds another lone surrogate has none: see `hasBytes`. */
export function encodeBytes(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text);
  return Buffer.concat(
    text.split(STRAY).map((part, i) => (i % 2 === 0 ? Buffer.from(part) : Buffer.of(part.charCodeAt(0) & 0xff))),
  );
}

/** Whether a string has a byte form at all: it holds no lone surrogate but those that stand for a byte. */
export const hasBytes = (text: string): boolean => text.isWellFormed() || !NO_BYTE.test(text);

/** The one string that stands for the same bytes: two escaped bytes side by side may have become a character. */
export const canonical = (text: string): string => (text.isWellFormed() ? text : decodeBytes(encodeBytes(text)));
