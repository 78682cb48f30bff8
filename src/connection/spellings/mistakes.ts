import type { Problem } from '../../problems/index.ts';
import { ownScheme } from '../hosts.ts';
import { EXPRESSION, refuse } from './given.ts';
import { cut } from './uri.ts';

/**
 * What people paste in place of a connection, or with something in it that cannot be meant although libpq might take it. Loaded when
 * the text looks like one of these (recognise.ts, `mayBeMistaken`).
 *
 * @throws Problem `invalid-connection-string`, whose text shows no value
 */
export const refuseMistakes = (text: string): void => {
  for (const [shape, what, fix] of TEXTS) if (shape.test(text)) throw refuse(what, fix);
  const [opening] = OPENING.exec(text) ?? [];
  if ((opening === undefined ? BARE_EXPRESSION : GITHUB).test(text)) throw refuse(...EXPRESSION);
  const mistake = opening === undefined ? undefined : mistakeInUrl(text.slice(opening.length));
  if (mistake !== undefined) throw mistake;
};

const TEXTS: readonly (readonly [shape: RegExp, what: string, fix: string])[] = [
  [
    /^\$(?:env:)?(?:[A-Z][A-Z\d_]*|\{[A-Za-z][\w.-]*\})$/,
    'is the name of a variable, which nothing replaces by its value',
    'Store the value of the variable, which begins with postgresql://.',
  ],
  [
    /^(?:secrets|vars|env)\.[A-Za-z_]\w*$/,
    'is the name of a secret or variable, not its value',
    `In the workflow, write the name between \`\${{\` and \`}}\`; inside a secret, store the value, which begins with postgresql://.`,
  ],
  [
    /^napi_[A-Za-z\d]+$/,
    'is a Neon API key, not a connection string',
    'Give it as `neon-api-key`, with `neon-project-id` beside it, and leave `connection-string` empty.',
  ],
  [
    /^(?:cG9zdGdyZX|amRiYzpwb3N0)[\w+/=\s-]*$/,
    'looks base64-encoded',
    'Store the decoded string, which begins with postgresql://.',
  ],
];

const GITHUB = /\$\{\{\s*[a-z][\w-]*[.[(].{0,200}?\}\}/is;
/** At the start of the text or of a value that is not in quotes: a quoted value and one of JSON may be a password, which can be anything. */
const BARE_EXPRESSION = new RegExp(
  `^(?:\\w+\\s*=\\s*(?:(?:[^'\\s]\\S*|'(?:[^'\\\\]|\\\\.)*')\\s+\\w+\\s*=\\s*)*)?${GITHUB.source}`,
  'is',
);

/** The schemes of URLs that are Postgres's by somebody's name for it (schemes.ts, jdbc.ts). */
const OPENING = /^(?:jdbc:)?(?:postg|pgsql|pdo|psql|ecto|psycopg)[\w+.-]*:\/\//i;
const TWO = /[\r\n][^\r\n]*postgres(?:ql)?:\/\/|[ \t]["'`]?postgres(?:ql)?:\/\//i;
/** Schemes that stand before a host; a service container may have most other names, and an empty port behind it. */
const BEFORE_HOST = /^((?:jdbc:)?(?:https?|tcp|tls|ssl|postgres(?:ql)?)):\/\/|^(https?):\//i;

/** @param rest a URL without its scheme */
const mistakeInUrl = (rest: string): Problem | undefined => {
  // As libpq cuts: user and password end at the first `@`, unless a `/` comes earlier.
  const behind = rest.replace(/^[^@/]*@/, '');
  const login = behind !== rest;
  const [address, query = ''] = cut(behind, '?');
  if (TWO.test(rest) || holdsUrl(address, login) || query.split('&').some(runsIntoUrl)) {
    return refuse('holds two connection strings', 'Keep one of them.');
  }
  // With a further `@`, this is the rest of a password that was not percent-encoded.
  if (login && address.includes('@')) return undefined;
  const [, scheme, short] = BEFORE_HOST.exec(address) ?? [];
  if (scheme !== undefined || short !== undefined) return ownScheme(scheme === undefined ? `${short}:/` : `${scheme}://`);
  if (!/^[^/@]*\/\/[^@]*$/.test(address)) return undefined;
  return refuse(
    'has a second `/` before its database name',
    'Put one `/` between the host and the database; a `/` that belongs to the name is written `%2F`.',
  );
};

/** Does another URL begin behind the first one's host, or in place of it and with a user of its own? What follows a `:` may be a password. */
const holdsUrl = (address: string, login: boolean): boolean =>
  /^[^/]*\/.*(?<!:)postgres(?:ql)?:\/\//is.test(address) ||
  (login ? /^[^/]*postgres(?:ql)?:\/\/[^/]*@/i : /^[^/]*[^/:]postgres(?:ql)?:\/\/[^/]*@/i).test(address);

/** A value may be a URL or end in one where it is free text; `sslmode=requirepostgresql://user@…` is two strings in a row. */
const runsIntoUrl = (pair: string): boolean =>
  !/^(?:fallback_)?(?:application_name|options)=/.test(pair) && /(?<!=|%[\da-f]{2})postgres(?:ql)?:\/\/[^/?&]*@/i.test(pair);
