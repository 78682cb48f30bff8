import { nearest } from '../../nearest.ts';
import { PARAMETERS } from '../parameters.ts';
import { COPY_AGAIN, type Given, given, type ReadAgain, refuse } from './given.ts';
import { keywordFor, NAMES, plain } from './names.ts';

/** Keys that hold a whole connection string, the best first. `SecretString` and `value` are what the command lines of AWS and Azure print around a secret. */
const STRINGS = [
  'uri',
  'url',
  'connection_uri',
  'connection_string',
  'database_url',
  'database_uri',
  'postgres_url',
  'postgres_uri',
  'db_url',
  'db_uri',
  'service_uri',
  'SecretString',
  'value',
].map((name) => [plain(name), name] as const);

/** What AWS and Neon put beside the connection; it says nothing about it. */
const BESIDE = new Set([
  'engine',
  'dbInstanceIdentifier',
  'dbClusterIdentifier',
  'resourceId',
  'masterarn',
  'proxy',
  'pooler_host',
]);

const KEYWORDS = PARAMETERS.map((parameter) => parameter.keyword);
const KNOWN = [...KEYWORDS, ...NAMES.keys(), ...STRINGS.map(([, name]) => name)];

/**
 * Reads a JSON object: libpq keywords, an AWS RDS secret, Neon's connection parameters, the variables of a host's command line, or
 * `uri` / `url`. The object may stand within others that hold nothing else of a connection.
 *
 * @param read reads a connection string that stands within
 */
export const readJson = async (text: string, read: ReadAgain): Promise<Given> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refuse(
      'begins like JSON but is none',
      'Check the quotes and commas, or give the connection as one postgresql:// line.',
    );
  }
  const { object, path } = asConnection(json) ?? {};
  if (object === undefined) throw refuse('is JSON, but not an object with a connection in it', COPY_AGAIN);
  if (typeof object.engine === 'string' && !/postgres|^pg$/i.test(object.engine)) {
    throw refuse('is a secret for another kind of database, by its `engine`', 'Give the secret of the Postgres database.');
  }

  const said = given();
  if (path !== '') said.notices.push(`\`connection-string\` is JSON; the connection was taken out of its key \`${path}\`.`);
  const parts = new Map<string, string>();
  const aside: string[] = [];
  // libpq's own names come first: where a host's `server` says something else beside `host`, that is no part of the connection.
  const rank = ([key]: [string, unknown]): number => (KEYWORDS.includes(key) ? 0 : 1);
  const entries = Object.entries(object).sort((a, b) => rank(a) - rank(b));
  for (const [key, value] of entries) {
    if (stringRank(key) !== undefined || BESIDE.has(key) || value === null || value === '') continue;
    const keyword = typeof value === 'object' ? undefined : keywordFor(key);
    if (keyword !== undefined && [undefined, String(value)].includes(parts.get(keyword))) parts.set(keyword, String(value));
    else if (key === 'ssl' && value === true) parts.set('sslmode', 'require');
    else aside.push(key);
  }

  const whole = wholeString(object);
  const inner = whole === undefined ? { ...given(), parameters: parts } : await read(whole);
  for (const [keyword, value] of parts) {
    const other = inner.parameters.get(keyword);
    if (other !== undefined && other !== value) {
      throw refuse(
        `is JSON that says two different things about \`${keyword}\``,
        'Leave one of them out: the URL’s or the key’s.',
      );
    }
    inner.parameters.set(keyword, value);
  }
  refuseMisspelt(object, aside, inner);
  if (inner.parameters.size === 0) throw refuse('is a JSON object without a connection in it', COPY_AGAIN);
  return { ...inner, notices: [...said.notices, ...leftAside(aside), ...inner.notices] };
};

/** A key that nobody knows and that is nearly the name of a part that is missing. */
const refuseMisspelt = (object: Json, aside: readonly string[], said: Given): void => {
  for (const key of aside) {
    if (typeof object[key] === 'object') continue;
    const near = nearest(key, KNOWN);
    const meant = near === undefined ? undefined : keywordFor(near);
    if (near === undefined || (meant === undefined ? said.parameters.has('host') : said.parameters.has(meant))) continue;
    // Everything has a name; beside a host it may be the database's.
    if (plain(key) === 'name' && !said.parameters.has('host')) continue;
    throw refuse(`is JSON with the key \`${name(key)}\`, which nobody knows`, `Did you mean \`${near}\`?`);
  }
};

const leftAside = (keys: readonly string[]): string[] => {
  if (keys.length === 0) return [];
  const shown = keys.slice(0, 8).map((key) => `\`${name(key)}\``);
  if (keys.length > shown.length) shown.push(`${keys.length - shown.length} more`);
  const what =
    keys.length === 1
      ? `its key ${shown} is no part of a connection and was`
      : `its keys ${shown.join(', ')} are no part of a connection and were`;
  return [`\`connection-string\` is JSON; ${what} left aside.`];
};

type Json = Record<string, unknown>;

const isObject = (json: unknown): json is Json => typeof json === 'object' && json !== null && !Array.isArray(json);
const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== '';

const stringRank = (key: string): number | undefined => {
  const at = STRINGS.findIndex(([known]) => known === plain(key));
  return at < 0 ? undefined : at;
};

/** The whole connection string that stands under the best of the keys for one. */
const wholeString = (object: Json): string | undefined =>
  Object.entries(object)
    .map(([key, value]) => ({ rank: stringRank(key), value }))
    .filter((entry): entry is { rank: number; value: string } => entry.rank !== undefined && isFilled(entry.value))
    .sort((a, b) => a.rank - b.rank)[0]?.value;

/** Deep enough for every service's answer, and shallow enough for any text. */
const DEEPEST = 8;

interface Found {
  readonly object: Json;
  /** The keys that lead to it, with dots between; empty where Neon's and everybody's own forms have it. */
  readonly path: string;
}

/**
 * The object that holds the connection: itself, the only entry of a list, inside Neon's `connection_uris` / `connection_parameters`, or the
 * only one among its values.
 */
const asConnection = (json: unknown, depth = 0): Found | undefined => {
  if (depth > DEEPEST) return undefined;
  if (Array.isArray(json)) return json.length === 1 ? asConnection(json[0], depth + 1) : undefined;
  if (!isObject(json)) return undefined;
  if (json.kind === 'Secret' && isObject(json.data)) throw refuse(...KUBERNETES);
  if (Array.isArray(json.connection_uris)) return asConnection(json.connection_uris, depth + 1);
  if (isObject(json.connection_parameters)) {
    return { object: { ...json.connection_parameters, connection_uri: json.connection_uri }, path: '' };
  }
  if (isObject(json.ConnectionStrings)) return { object: { url: onlyString(json.ConnectionStrings) }, path: 'ConnectionStrings' };
  const object = withoutTypes(json);
  const isHere = Object.entries(object).some(
    ([key, value]) =>
      !BESIDE.has(key) && typeof value !== 'object' && value !== '' && (keywordFor(key) ?? stringRank(key)) !== undefined,
  );
  if (isHere) return { object, path: '' };
  const within = Object.entries(object).flatMap(([key, value]) => {
    const found = asConnection(value, depth + 1);
    return found === undefined ? [] : [{ key: name(key), found }];
  });
  if (within.length > 1) throw several(within.map(({ key }) => key));
  const [only] = within;
  if (only !== undefined) return { ...only.found, path: [only.key, only.found.path].filter(Boolean).join('.') };
  return depth === 0 ? { object, path: '' } : undefined;
};

const several = (keys: readonly string[]) =>
  refuse(
    `is JSON with several connections in it (${keys.map((key) => `\`${key}\``).join(', ')})`,
    'Give only the one that is meant.',
  );

/** `{"name": {"value": …}}`, as `terraform output -json` prints every output. */
const withoutTypes = (json: Json): Json => {
  const entries = Object.entries(json);
  const isTyped = entries.length > 0 && entries.every(([, entry]) => isObject(entry) && 'value' in entry);
  return isTyped ? Object.fromEntries(entries.map(([key, entry]) => [key, (entry as Json).value])) : json;
};

/** The one string of .NET's `ConnectionStrings`. */
const onlyString = (strings: Json): unknown => {
  const filled = Object.keys(strings).filter((key) => isFilled(strings[key]));
  if (filled.length > 1) throw several(filled.map(name));
  return strings[filled[0] ?? ''];
};

const KUBERNETES = [
  'is a Kubernetes Secret, whose values are base64-encoded',
  "Store the decoded value of its `uri`, or give each part through its own input: `kubectl get secret … -o jsonpath='{.data.uri}' | base64 -d` prints it.",
] as const;

/** A key may be anything: only a plain name is shown. */
const name = (key: string): string => (/^[\w.-]{1,40}$/.test(key) ? key : '…');
