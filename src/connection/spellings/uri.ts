import { ConninfoError, parseConninfo } from '../conninfo.ts';
import { COPY_AGAIN, type Given, given, refuse } from './given.ts';

/**
 * Reads libpq's two forms, the URI and the keyword/value string. What libpq does not know is set aside as `foreign`.
 *
 * @param text the string, without anything around it
 * @throws Problem `invalid-connection-string`
 */
export const readConninfo = (text: string): Given => {
  const said = given();
  try {
    for (const [keyword, value] of parseConninfo(text, (name, value) => said.foreign.set(name, value))) {
      // An empty value means "not given" in libpq, for every keyword that the step uses.
      if (value !== '') said.parameters.set(keyword, value);
    }
  } catch (error) {
    if (!(error instanceof ConninfoError)) throw error;
    throw refuse(error.what, error.fix ?? COPY_AGAIN);
  }
  const url = /^postgres(ql)?:\/\//.test(text);
  // What libpq takes for the path, as it stands in the text: an encoded %40 is meant, an `@` with a host and a path behind it is not, nor one behind an empty path segment, nor one at the start of the host, which would be an abstract socket.
  const [path, query = ''] = cut(text.replace(/^\w+:\/\//, '').replace(/^[^@/]*@/, ''), '?');
  // An `@` in a parameter that libpq does not know: no client has one there, and a password with a `?` in it does.
  const late =
    said.foreign.size > 0 &&
    query.includes('@') &&
    query.split('&').some((pair) => pair.includes('@') && said.foreign.has(cut(pair, '=')[0]));
  return { ...said, url, broken: url && (late || (path.includes('@') && /^@|\/.*@[^@/]*\/.|^[^/]*\/\/.*@/.test(path))) };
};

export const note = (said: Given, notice: string): Given => ({ ...said, notices: [notice, ...said.notices] });

/** Cuts at the first occurrence of a separator; the second half is undefined when there is none. */
export const cut = (text: string, separator: string): [string, string | undefined] => {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
};
