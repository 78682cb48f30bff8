import type { Connection } from './connection/connection.ts';
import type { Given } from './connection/spellings/index.ts';
import { type GetInput, SECRET_INPUTS } from './inputs.ts';
import { conspicuous, maskSet } from './runner/masks.ts';
import { suspects } from './runner/suspects.ts';

/**
 * The masks for the inputs as they were pasted, before anybody tries to read them: a guess at the password in the string, and the
 * inputs that are secrets as they stand.
 */
export const pastedMasks = (get: GetInput): string[] => {
  const filled = SECRET_INPUTS.map((input) => [input, get(input)] as const).filter(([, text]) => text.trim() !== '');
  const of = (...names: string[]): string[] => filled.filter(([input]) => names.includes(input)).map(([, text]) => text);
  return maskSet({
    // What looks percent-encoded is a guess only where a URL may hold it: in any other text it is the password as it stands.
    passwords: [
      ...of('password', 'neon-api-key').map((text) => text.replace(/^[\r\n]+|[\r\n]+$/g, '')),
      ...of('connection-string').flatMap((text) => (text.includes('://') ? [] : suspects(text))),
    ],
    guesses: of('connection-string').flatMap((text) => (text.includes('://') ? suspects(text) : [])),
    keys: of('sslkey').filter((text) => text.includes('-----BEGIN')),
    pasted: of('connection-string'),
  });
};

/** The masks for what the string turned out to say. Its other parts are never masked: job outputs that hold a mask are dropped. */
export const saidMasks = (said: Given, overrides: ReadonlyMap<string, string>, get: GetInput): string[] => {
  const part = (keyword: string): string | undefined => overrides.get(keyword) ?? said.parameters.get(keyword);
  const secrets = SECRET_KEYWORDS.flatMap((keyword) => [said.parameters.get(keyword), overrides.get(keyword)]);
  const key = part('sslkey') ?? '';
  const user = part('user');
  // A further `@` in a URL means that libpq took the password to end too early: a piece of one or two letters would star every sentence.
  const behind = ['host', 'port', 'dbname'].map((keyword) => said.parameters.get(keyword));
  const broken = said.url && [...behind, ...said.foreign.values()].some((text) => text?.includes('@'));
  return maskSet({
    passwords: secrets.filter((secret) => secret !== undefined && !(broken && secret.length < 4)) as string[],
    keys: key.includes('-----BEGIN') ? [key] : [],
    ...(user === undefined ? {} : { user }),
    pasted: [get('connection-string')],
    plain: PLAIN_KEYWORDS.map(part).filter((value) => value !== undefined),
  });
};

/** The masks for the settled connection and the strings that will be written for it. */
export const writtenMasks = (connection: Connection, written: readonly string[]): string[] => {
  const { trust, password } = connection;
  return maskSet({
    passwords: [password, trust.passphrase].filter((secret) => secret !== undefined),
    keys: trust.key === undefined ? [] : [trust.key],
    user: connection.user,
    written,
    plain: plainParts(connection),
  });
};

/** The parts that are no secrets and must survive as outputs. */
export const plainParts = (connection: Connection): string[] => [
  ...connection.hosts.flatMap(({ host, port }) => [host, String(port)]),
  connection.user,
  connection.database,
];

/** libpq's own secrets, and the keys that can stand for a password. */
const SECRET_KEYWORDS = ['password', 'sslpassword', 'scram_client_key', 'scram_server_key', 'oauth_client_secret'];
const PLAIN_KEYWORDS = ['host', 'hostaddr', 'port', 'user', 'dbname'];

/** Sentences about a password that is masked and stars ordinary text of the log with it. */
export const maskWarnings = (connection: Connection): string[] => {
  const why = conspicuous(connection.password ?? '', plainParts(connection));
  if (why === undefined) return [];
  const reason = why === 'short' ? 'very short' : 'a common word or another part of the connection';
  return [
    `The password is ${reason}: the log shows *** wherever its letters occur, and GitHub drops job outputs that hold them.`,
  ];
};
