import { decodeBytes } from './bytes.ts';
import { ConninfoError, type Part } from './conninfo-error.ts';

/** How an error names the part of a URI it is about. */
const NAMES = {
  user: 'its user name',
  password: 'its password',
  host: 'its host',
  port: 'its port',
  dbname: 'its database name',
  keyword: 'the name of a query parameter',
  value: 'the value of a query parameter',
} as const satisfies Partial<Record<Part, string>>;

/**
 * Decodes one part of a connection URI as libpq's conninfo_uri_decode does: `%` and two hexadecimal digits are one byte,
 * blanks at both ends are dropped (since 18), blanks inside are an error, `+` is a plus sign.
 *
 * @param text the part as written
 * @param part names it in the error
 * @throws ConninfoError on a broken or forbidden percent sequence, or a blank inside
 */
export function decodePercent(text: string, part: keyof typeof NAMES): string {
  if (!/[ %]/.test(text)) return text;
  const trimmed = text.replace(/^ +/, '').replace(/(?<! ) +$/, '');
  const name = NAMES[part];
  const raw = part === 'password' ? ', or give the password as it is through the input `password`' : '';
  if (/%(?![0-9a-fA-F]{2})/.test(trimmed)) {
    throw new ConninfoError(
      part,
      `has a \`%\` in ${name} that does not begin a percent-encoded byte`,
      `Write a \`%\` that stands for itself as \`%25\`${raw}.`,
    );
  }
  if (trimmed.includes('%00')) {
    throw new ConninfoError(part, `has \`%00\` in ${name}, a byte that Postgres cannot take anywhere`, 'Take it out.');
  }
  if (trimmed.includes(' ')) {
    throw new ConninfoError(
      part,
      `has a blank inside ${name}`,
      `Write a blank that belongs there as \`%20\`${raw}; if two things were pasted one after the other, keep one of them.`,
    );
  }
  return trimmed.replace(/(?:%[0-9a-fA-F]{2})+/g, (bytes) => decodeBytes(Buffer.from(bytes.replaceAll('%', ''), 'hex')));
}
