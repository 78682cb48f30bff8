import { nearest } from '../../nearest.ts';
import { PARAMETERS } from '../parameters.ts';
import { COPY_AGAIN, type Given, given, type ReadAgain, refuse } from './given.ts';

/** Other people's names for libpq's keywords: AWS RDS, Neon's connection parameters, ORMs. */
const NAMES = new Map([
  ['username', 'user'],
  ['role', 'user'],
  ['database', 'dbname'],
  ['db', 'dbname'],
  ['db_name', 'dbname'],
  ['hostname', 'host'],
  ['server', 'host'],
  ['pass', 'password'],
]);

/** Keys that hold a whole connection string, the best first. */
const STRINGS = [
  'uri',
  'url',
  'connection_uri',
  'connection_string',
  'connectionString',
  'connectionUri',
  'database_url',
  'DATABASE_URL',
];

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

/**
 * Reads a JSON object: libpq keywords, an AWS RDS secret, Neon's connection parameters, or `uri` / `url`.
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
  const object = asConnection(json);
  if (object === undefined) throw refuse('is JSON, but not an object with a connection in it', COPY_AGAIN);
  if (typeof object.engine === 'string' && !/postgres/i.test(object.engine)) {
    throw refuse('is a secret for another kind of database, by its `engine`', 'Give the secret of the Postgres database.');
  }

  const said = given();
  const parts = new Map<string, string>();
  const known = PARAMETERS.map((parameter) => parameter.keyword);
  for (const [key, value] of Object.entries(object)) {
    if (STRINGS.includes(key) || BESIDE.has(key) || value === null || value === '') continue;
    if (typeof value === 'object') {
      said.notices.push(`\`connection-string\` is JSON; its key \`${name(key)}\` is no part of a connection and was left aside.`);
      continue;
    }
    const keyword = NAMES.get(key) ?? key;
    if (known.includes(keyword)) parts.set(keyword, String(value));
    else if (key === 'ssl' && value === true) parts.set('sslmode', 'require');
    else {
      const near = nearest(key, [...known, ...NAMES.keys(), ...STRINGS]);
      if (near !== undefined)
        throw refuse(`is JSON with the key \`${name(key)}\`, which nobody knows`, `Did you mean \`${near}\`?`);
      said.notices.push(`\`connection-string\` is JSON; its key \`${name(key)}\` is no part of a connection and was left aside.`);
    }
  }

  const whole = STRINGS.map((key) => object[key]).find((value) => typeof value === 'string' && value !== '');
  if (typeof whole !== 'string') {
    if (parts.size === 0) throw refuse('is a JSON object without a connection in it', COPY_AGAIN);
    return { ...said, parameters: parts };
  }
  const inner = await read(whole);
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
  return { ...inner, notices: [...said.notices, ...inner.notices] };
};

type Json = Record<string, unknown>;

const isObject = (json: unknown): json is Json => typeof json === 'object' && json !== null && !Array.isArray(json);

/** The object that holds the connection: itself, the only entry of a list, or inside Neon's `connection_uris` / `connection_parameters`. */
const asConnection = (json: unknown): Json | undefined => {
  if (Array.isArray(json)) return json.length === 1 ? asConnection(json[0]) : undefined;
  if (!isObject(json)) return undefined;
  if (Array.isArray(json.connection_uris)) return asConnection(json.connection_uris);
  if (isObject(json.connection_parameters)) return { ...json.connection_parameters, connection_uri: json.connection_uri };
  return json;
};

/** A key may be anything: only a plain name is shown. */
const name = (key: string): string => (/^[\w.-]{1,40}$/.test(key) ? key : '…');
