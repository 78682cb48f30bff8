import { COPY_AGAIN, type Given, type ReadAgain, refuse } from './given.ts';
import { isEnvBlock, isJdbc, isJson, isPsqlCommand, isYaml, mayBeMistaken, schemeOf } from './recognise.ts';
import { unwrap } from './unwrap.ts';
import { readConninfo } from './uri.ts';

export type { Given } from './given.ts';

/**
 * Reads a connection in any spelling that people paste: what libpq takes, with libpq's meaning, and what stands around it in real life.
 *
 * @param text as it came, not even trimmed
 * @returns what was said; nothing is guessed and no password is repaired
 * @throws Problem `invalid-connection-string`, whose text shows no value
 */
export const read = (text: string): Promise<Given> => readNested(text, 0);

const readNested = async (pasted: string, depth: number): Promise<Given> => {
  const { text, notices } = unwrap(pasted);
  const said = await dispatch(text, (inner) => {
    if (depth > 3) throw refuse('is wrapped in itself too often', COPY_AGAIN);
    return readNested(inner, depth + 1);
  });
  return { ...said, notices: [...notices, ...said.notices] };
};

/** libpq's own forms are what most people have; the others are loaded when one is recognised. */
const dispatch = async (text: string, again: ReadAgain): Promise<Given> => {
  if (mayBeMistaken(text)) (await import('./mistakes.ts')).refuseMistakes(text);
  if (isJson(text)) return (await import('./json.ts')).readJson(text, again);
  if (isPsqlCommand(text)) return (await import('./psql.ts')).readPsqlCommand(text, again);
  if (isJdbc(text)) return (await import('./jdbc.ts')).readJdbc(text);
  const scheme = schemeOf(text);
  if (scheme !== undefined) {
    return /^postgres(ql)?:/.test(text) ? readConninfo(text) : (await import('./schemes.ts')).readOtherScheme(text, scheme);
  }
  if (isEnvBlock(text)) return (await import('./env-block.ts')).readEnvBlock(text, again);
  if (isYaml(text)) {
    throw refuse(
      'looks like YAML',
      'Give one line that begins with postgresql://, or each part through its own input: `host`, `user`, `password`, `database`.',
    );
  }
  // With one slash it is a misspelt scheme, not a user and a password.
  if (/^\/\/|^(?!postgres(?:ql)?:\/)[^\s=:/@]+:[^\s@]*@[^\s@/]+\//.test(text)) {
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
