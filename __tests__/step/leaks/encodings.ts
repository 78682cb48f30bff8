import { createHash } from 'node:crypto';
import { escape as queryEscape } from 'node:querystring';
import { inspect } from 'node:util';
import { stringify as yaml } from 'yaml';
import { FORMS } from '../../../src/runner/forms.ts';

/*
 * How a secret may look when a program prints it. Beside the step's own list stands one that shares no line with it: the platform's own
 * encoders wherever there is one, so that a form that the step forgets is noticed.
 */

const inUrl = (set: (url: URL) => void, part: (url: URL) => string): string => {
  const url = new URL('postgresql://app@db.example.org/shop');
  set(url);
  return part(url);
};

const replaced = (text: string, table: Readonly<Record<string, string>>): string =>
  Array.from(text, (character) => table[character] ?? character).join('');

const utf16 = (character: string, spell: (hex: string) => string): string =>
  Array.from({ length: character.length }, (_, index) => spell(character.charCodeAt(index).toString(16).padStart(4, '0'))).join(
    '',
  );

/** Cut to what depends on the secret alone: whole groups of three bytes that hold nothing else. */
const within = (text: string, before: number, length: number): string => {
  const [from, to] = [Math.ceil((before * 4) / 3), Math.floor(((before + length) * 4) / 3)];
  return text.slice(from, to);
};

const base64Around = (before: string, secret: string, after: string): string =>
  within(Buffer.from(before + secret + after).toString('base64'), Buffer.byteLength(before), Buffer.byteLength(secret));

const OWN: readonly (readonly [name: string, print: (secret: string, user: string) => string])[] = [
  ['as it is', (s) => s],
  ['trimmed', (s) => s.trim()],
  ['encodeURIComponent', (s) => encodeURIComponent(s)],
  ['encodeURIComponent, lower case', (s) => encodeURIComponent(s).replace(/%../g, (code) => code.toLowerCase())],
  ['encodeURIComponent twice', (s) => encodeURIComponent(encodeURIComponent(s))],
  ['encodeURI', (s) => encodeURI(s)],
  ['querystring.escape', (s) => queryEscape(s)],
  ['URLSearchParams', (s) => new URLSearchParams([['', s]]).toString().slice(1)],
  [
    'URL.password',
    (s) =>
      inUrl(
        (url) => Object.assign(url, { password: s }),
        (url) => url.password,
      ),
  ],
  [
    'URL.searchParams',
    (s) =>
      inUrl(
        (url) => url.searchParams.set('password', s),
        (url) => url.search.slice('?password='.length),
      ),
  ],
  [
    'every byte',
    (s) =>
      Buffer.from(s)
        .toString('hex')
        .replace(/../g, (hex) =>
          /^(3[0-9]|[46][1-9a-f]|[57][0-9a]|2[de]|5f|7e)$/.test(hex) ? Buffer.from(hex, 'hex').toString() : `%${hex}`,
        ),
  ],
  ['JSON.stringify', (s) => JSON.stringify(s).slice(1, -1)],
  ['JSON.stringify twice', (s) => JSON.stringify(JSON.stringify(s)).slice(3, -3)],
  [
    'JSON in ASCII',
    (s) =>
      JSON.stringify(s)
        .slice(1, -1)
        .replace(/[^\0-\x7f]/g, (c) => utf16(c, (hex) => `\\u${hex}`)),
  ],
  ['JSON with slashes escaped', (s) => JSON.stringify(s).slice(1, -1).replaceAll('/', '\\/')],
  [
    'JSON safe in HTML',
    (s) =>
      replaced(JSON.stringify(s).slice(1, -1), {
        '<': '\\u003c',
        '>': '\\u003e',
        '&': '\\u0026',
        '\u2028': '\\u2028',
        '\u2029': '\\u2029',
      }),
  ],
  ['util.inspect', (s) => inspect(s).slice(1, -1)],
  ['util.inspect in an object', (s) => inspect({ s }, { breakLength: Number.POSITIVE_INFINITY }).slice(6, -3)],
  ['YAML', (s) => yaml(s, { lineWidth: 0, defaultStringType: 'QUOTE_SINGLE' }).trimEnd().slice(1, -1)],
  ['YAML in double quotes', (s) => yaml(s, { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE' }).trimEnd().slice(1, -1)],
  ['CSV', (s) => s.replaceAll('"', '""')],
  ['SQL literal', (s) => s.replaceAll("'", "''")],
  ['conninfo', (s) => s.replace(/([\\'])/g, '\\$1')],
  ['.pgpass', (s) => s.replace(/([\\:])/g, '\\$1')],
  ['sh', (s) => s.split("'").join(`'\\''`)],
  ['sh, as shlex.quote', (s) => s.split("'").join(`'"'"'`)],
  ['sh in double quotes', (s) => s.replace(/([$`"\\])/g, '\\$1')],
  ['HTML', (s) => replaced(s, { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })],
  ['XML', (s) => replaced(s, { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' })],
  ['base64', (s) => Buffer.from(s).toString('base64')],
  ['base64url', (s) => Buffer.from(s).toString('base64url')],
  ['base64 of user:password', (s, user) => base64Around(`${user}:`, s, '')],
  ['base64 in JSON', (s) => base64Around('{"password":"', s, '"}')],
  ['base64 one further', (s) => base64Around('{"password": "', s, '"}')],
  [
    'base64 of a URL',
    (s, user) =>
      base64Around(
        `postgresql://${user}:`,
        encodeURIComponent(s).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
        '@db',
      ),
  ],
  ['hex', (s) => Buffer.from(s).toString('hex')],
  ['HEX', (s) => Buffer.from(s).toString('hex').toUpperCase()],
  [
    'md5 of pg_authid',
    (s, user) =>
      createHash('md5')
        .update(s + user)
        .digest('hex'),
  ],
];

/** A form of two or three characters that is not the secret itself says nothing about it, and stands in every log. */
export const SHORTEST = 4;
/** Base64 of fewer characters is no more than four characters of the secret: nobody masks that, and it may be any word. */
const SHORTEST_BASE64 = 8;

/** A form by which the secret could be known, and where it comes from. */
export interface Encoding {
  readonly name: string;
  readonly text: string;
}

/**
 * Everything that must not be seen of a secret: itself, trimmed or not, of any length; every form of four characters and more; base64 of
 * eight and more.
 */
export const encodings = (secret: string, user: string): Encoding[] => {
  const step = FORMS.flatMap(({ name, of }) => [of(secret, { user })].flat().map((text) => ({ name: `form "${name}"`, text })));
  const own = OWN.map(([name, print]) => ({ name, text: print(secret, user) }));
  const seen = new Set<string>();
  return [...step, ...own].filter(({ name, text }) => {
    const itself = text === secret || text === secret.trim();
    const telling = text.length >= (name.includes('base64') ? SHORTEST_BASE64 : SHORTEST);
    if (text.trim() === '' || !(itself || telling) || seen.has(text)) return false;
    seen.add(text);
    return true;
  });
};
