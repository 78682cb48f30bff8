import { COPY_AGAIN, type Given, type ReadAgain, refuse } from './given.ts';
import { isEnvBlock, isJdbc, isJson, isKeyValue, isPsqlCommand, mayBeMistaken, schemeOf } from './recognise.ts';
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
  if (!isKeyValue(text)) return (await import('./others.ts')).readOther(text);
  const said = readConninfo(text);
  return said.foreign.size === 0 ? said : (await import('./names.ts')).renamed(said);
};
