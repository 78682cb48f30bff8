import { nearest } from '../nearest.ts';
import { Problem } from '../problems/index.ts';
import { askedMode, FOREIGN } from './foreign.ts';
import { PARAMETERS } from './parameters.ts';
import type { Given } from './spellings/given.ts';
import type { Demand } from './sslmode.ts';

/**
 * Judges the parameters that libpq does not know. What no client of the table knows either is a misspelling, or the rest of a password.
 *
 * @returns what the known ones ask of TLS
 * @throws Problem `invalid-connection-string`
 */
export const judgeForeign = (said: Given): Demand[] =>
  [...said.foreign].flatMap(([name, value]): Demand[] => {
    const isKnown = FOREIGN[name] !== undefined && (said.url || !ONLY_IN_URLS.has(name));
    if (!isKnown && !PARAMETERS.some(({ keyword }) => keyword === name)) throw unknown(name, said);
    const atLeast = askedMode(name, value);
    return atLeast === undefined ? [] : [{ name, atLeast, why: 'asks for TLS' }];
  });

/** Words of a URL's query that stand in key=value pairs only where a password with a blank in it has been cut. */
const ONLY_IN_URLS = new Set(['name', 'env', 'environment']);

const unknown = (name: string, { parameters, foreign, url }: Given): Problem => {
  // A piece of a broken password may stand here: the name is shown only where the rest of the string is whole, and the password stands
  // before the host, so that no `&`, `=` or blank of it can have ended it.
  const texts = [...parameters.values(), ...foreign.keys(), ...foreign.values()];
  const keywords = [...parameters.keys()];
  const passwordFirst = url && keywords.indexOf('password') < keywords.indexOf('host');
  const whole = passwordFirst && parameters.has('user') && !texts.some((text) => text.includes('@'));
  const near = nearest(name, [
    ...PARAMETERS.map(({ keyword }) => keyword),
    ...Object.keys(FOREIGN).filter((known) => !ONLY_IN_URLS.has(known)),
  ]);
  return new Problem('invalid-connection-string', {
    what:
      whole && /^[\w.-]{1,40}$/.test(name)
        ? `has the parameter \`${name}\`, which nobody knows`
        : 'has a parameter that nobody knows',
    fix:
      near === undefined
        ? 'Take it out; if it belongs to the password, percent-encode the password.'
        : `Did you mean \`${near}\`?`,
  });
};
