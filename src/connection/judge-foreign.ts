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
    const isKnown = FOREIGN[name] !== undefined && (isPasswordFirst(said) || !ONLY_IN_URLS.has(name));
    if (!isKnown && !PARAMETERS.some(({ keyword }) => keyword === name)) throw unknown(name, said);
    const atLeast = askedMode(name, value);
    return atLeast === undefined ? [] : [{ name, atLeast, why: 'asks for TLS' }];
  });

/** Words that stand in a URL's query; behind a password, a blank or a `&` of it may have brought them about. */
const ONLY_IN_URLS = new Set(['name', 'env', 'environment']);

/** Does the password stand before the host, so that no `&`, `=` or blank of it can have ended it? */
const isPasswordFirst = ({ parameters, url }: Given): boolean => {
  const keywords = [...parameters.keys()];
  return url && keywords.indexOf('password') < keywords.indexOf('host');
};

const unknown = (name: string, said: Given): Problem => {
  const { parameters, foreign } = said;
  // A piece of a broken password may stand here: the name is shown only where the rest of the string is whole.
  const texts = [...parameters.values(), ...foreign.keys(), ...foreign.values()];
  const whole = isPasswordFirst(said) && parameters.has('user') && !texts.some((text) => text.includes('@'));
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
