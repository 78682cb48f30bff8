import { isEnvBlock, readEnvBlock } from './env-block.ts';
import { COPY_AGAIN, type Given, refuse } from './given.ts';
import { readJdbc } from './jdbc.ts';
import { isJson, readJson } from './json.ts';
import { isPsqlCommand, readPsqlCommand } from './psql.ts';
import { unwrap } from './unwrap.ts';
import { readConninfo, readOtherScheme, schemeOf } from './uri.ts';

export type { Given } from './given.ts';

/**
 * Reads a connection in any spelling that people paste: what libpq takes, with libpq's meaning, and what stands around it in real life.
 *
 * @param text as it came, not even trimmed
 * @returns what was said; nothing is guessed and no password is repaired
 * @throws Problem `invalid-connection-string`, whose text shows no value
 */
export const read = (text: string): Given => readNested(text, 0);

const readNested = (pasted: string, depth: number): Given => {
  const { text, notices } = unwrap(pasted);
  const said = dispatch(text, (inner) => {
    if (depth > 3) throw refuse('is wrapped in itself too often', COPY_AGAIN);
    return readNested(inner, depth + 1);
  });
  return { ...said, notices: [...notices, ...said.notices] };
};

const dispatch = (text: string, again: (inner: string) => Given): Given => {
  if (isJson(text)) return readJson(text, again);
  if (isPsqlCommand(text)) return readPsqlCommand(text, again);
  if (/^jdbc:/i.test(text)) return readJdbc(text);
  const scheme = schemeOf(text);
  if (scheme !== undefined) {
    return /^postgres(ql)?:/.test(text) ? readConninfo(text) : readOtherScheme(text, scheme);
  }
  if (isEnvBlock(text)) return readEnvBlock(text, again);
  if (/^\/\/|^[^\s=:/@]+:[^\s@]*@[^\s@/]+\//.test(text)) {
    throw refuse('has no scheme', 'Put postgresql:// in front of it.');
  }
  // Not every key=value string with a semicolon: a quoted password may hold one.
  if (/^[\w ]+=[^\s;'"]*;/.test(text) && /(^|;)\s*(Host|Server|Data Source)\s*=/i.test(text)) {
    throw refuse(
      'is an ADO.NET string (with semicolons)',
      'Give the postgresql:// form; the client `dotnet` writes the ADO.NET form for later steps.',
    );
  }
  if (!text.includes('=')) throw refuse('is neither a postgresql:// URL nor key=value pairs', COPY_AGAIN);
  return readConninfo(text);
};
