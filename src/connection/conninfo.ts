import { nearest } from '../nearest.ts';
import { canonical, hasBytes } from './bytes.ts';
import { ConninfoError } from './conninfo-error.ts';
import { parseKeywordValue } from './keyword-value.ts';
import { findParameter, LIBPQ, PARAMETERS } from './parameters.ts';
import { isUri, parseUri } from './uri.ts';

export { ConninfoError, type Part } from './conninfo-error.ts';

/**
 * Reads a connection string exactly as PostgreSQL 18's PQconninfoParse: a URI when it begins with `postgresql://` or
 * `postgres://`, else keyword/value. No default, no environment, no policy.
 *
 * A NUL, which ends a C string, and a lone surrogate, which has no bytes, are refused: libpq could not be given them.
 *
 * @param text the string, nothing trimmed
 * @param onUnknown is handed every keyword that libpq 18 does not know, with its decoded value; without it such a keyword is an error
 * @returns libpq keyword → value; bytes that are no UTF-8 stand as U+DC80 to U+DCFF (see bytes.ts)
 * @throws ConninfoError
 */
export function parseConninfo(text: string, onUnknown?: (keyword: string, value: string) => void): Map<string, string> {
  if (text.includes('\0')) {
    throw new ConninfoError(
      'text',
      'holds a NUL character, where every Postgres client would cut it off',
      'Copy it again, as text.',
    );
  }
  if (!hasBytes(text)) {
    throw new ConninfoError(
      'text',
      'holds half a character (a lone surrogate), which has no UTF-8 form',
      'Copy it again, as text.',
    );
  }
  const values = new Map<string, string>();
  const store = (given: string, content: string): void => {
    const [keyword, value] = replaceAlias(canonical(given), canonical(content));
    if ((findParameter(keyword)?.since ?? Number.POSITIVE_INFINITY) <= LIBPQ) values.set(keyword, value);
    else if (onUnknown && keyword !== '') onUnknown(keyword, value);
    else throw unknownKeyword(keyword);
  };
  if (isUri(text)) parseUri(text, store);
  else parseKeywordValue(text, store);
  return values;
}

/** The old name for two values of sslmode (conninfo_storeval). */
const replaceAlias = (keyword: string, value: string): readonly [string, string] =>
  keyword === 'requiressl' ? ['sslmode', value.startsWith('1') ? 'require' : 'prefer'] : [keyword, value];

/** The keyword itself is not shown: in a string that broke at an unencoded character it is a piece of the password. */
function unknownKeyword(keyword: string): ConninfoError {
  if (keyword === '') {
    return new ConninfoError('keyword', 'has a parameter without a name', 'Parameters are `name=value`.');
  }
  const known = PARAMETERS.filter(({ since }) => since <= LIBPQ).map((parameter) => parameter.keyword);
  const near = nearest(keyword, known);
  return new ConninfoError(
    'keyword',
    `has a parameter that libpq ${LIBPQ} does not know${near ? ` (the nearest it knows is \`${near}\`)` : ''}`,
    near ? `Write \`${near}\`, or take the parameter out.` : 'Take the parameter out.',
  );
}
