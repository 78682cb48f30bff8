import type { Connection, Host } from '../connection/connection.ts';
import { neonHost } from '../connection/neon-host.ts';

/** Absolute paths of the files that hold what TLS needs, written for this job. */
export interface Files {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly crl?: string;
}

/** Which of a Neon host's two forms a URL names: the one that was given, or the direct one. */
export type Way = 'given' | 'direct';

/** What a client's file gets to spell its variables from. */
export interface Spelling {
  readonly connection: Connection;
  readonly files: Files;
  /** The parameters of this client alone that came with the connection string (Prisma's `schema`, …). */
  readonly own: ReadonlyMap<string, string>;
}

/**
 * Percent-encodes every byte but `A–Z a–z 0–9 - . _ ~`: the one encoding that every client read back the same way. A lone
 * surrogate U+DC80…U+DCFF stands for a byte that was no UTF-8 (PEP 383) and becomes that byte again.
 */
export const encode = (text: string): string =>
  text.isWellFormed()
    ? encodeURIComponent(text).replace(/[!'()*]/g, (character) => percent(character.charCodeAt(0)))
    : Array.from(text, stray).join('');

const percent = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** A character of a text that is not well-formed. */
const stray = (character: string): string =>
  character >= '\udc80' && character <= '\udcff' ? percent(character.charCodeAt(0) - 0xdc00) : encode(character.toWellFormed());

/** The parameters of a URL, not yet encoded. Those without a value are left out, because each client fails on some empty one. */
export type Parameters = Iterable<readonly [name: string, value: string | number | undefined]>;

/** `a=1&b=2`, with the values encoded. */
export const query = (parameters: Parameters): string =>
  [...parameters]
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${encode(String(value))}`)
    .join('&');

/** What we say, and of a client's own parameters those about which we say nothing. */
export function beside(ours: readonly (readonly [string, string | number | undefined])[], own: Spelling['own']): Parameters {
  const said = new Set(ours.map(([name]) => name));
  return [...ours, ...[...own].filter(([name]) => !said.has(name))];
}

/** A Unix socket's directory, or (with `@`) an abstract one, as libpq tells them from names. */
export const isSocket = (host: Host): boolean => host.host.startsWith('/') || host.host.startsWith('@');

/** The hosts of one way: as given, or with every Neon host in its direct form. */
export const hosts = (connection: Connection, way: Way = 'given'): readonly Host[] =>
  way === 'given'
    ? connection.hosts
    : connection.hosts.map((host) => ({ ...host, host: neonHost(host.host)?.direct ?? host.host }));

/** True when at least one host is a Neon endpoint, so that there is a pooled and a direct form. */
export const isNeon = (connection: Connection): boolean => connection.hosts.some(({ host }) => neonHost(host) !== undefined);

/** The same URL with the direct hosts, where there is such a form; else nothing, so that its variable is not written. */
export const onNeon = (connection: Connection, spell: () => string): string => (isNeon(connection) ? spell() : '');

/**
 * The three variables that hold a URL, in one client's spelling. All of them or none: a job that is told to take the direct one must not
 * find the spelling of others there, which that client may take for a weaker connection.
 */
export const databaseUrls = (
  connection: Connection,
  spell: (way: Way) => string,
): (readonly [name: string, value: string, secret: 'secret'])[] => {
  const direct = onNeon(connection, () => spell('direct'));
  return [
    ['DATABASE_URL', spell('given'), 'secret'],
    ['DATABASE_URL_UNPOOLED', direct, 'secret'],
    ['DIRECT_URL', direct, 'secret'],
  ];
};

/** True when at least one host leads through Neon's pooler. */
export const isPooled = (connection: Connection): boolean => connection.hosts.some(({ host }) => neonHost(host)?.isPooled);

/** `host:port` as a URL has it: IPv6 in brackets, a socket's path percent-encoded. */
export const authority = (host: Host): string =>
  `${host.host.includes(':') && !isSocket(host) ? `[${encode(host.host).replaceAll('%3A', ':')}]` : encode(host.host)}:${host.port}`;

/** `PGHOST`: the hosts as libpq lists them. */
export const hostList = (all: readonly Host[]): string => all.map(({ host }) => host).join(',');

/** `PGPORT`: one port where all hosts have the same, which libpq takes for each of them, else one for each host. */
export const portList = (all: readonly Host[]): string => {
  const ports = all.map(({ port }) => port);
  return new Set(ports).size === 1 ? String(ports[0]) : ports.join(',');
};

/** `user:password@`, or `user@` where there is no password: a URL with an empty password is refused by some client. */
export const credentials = ({ user, password }: Connection): string =>
  password ? `${encode(user)}:${encode(password)}@` : `${encode(user)}@`;

/**
 * A URL of libpq's form (`PQconninfoParse`, several hosts separated by commas) with the scheme and the parameters that one client
 * wants.
 *
 * @param parameters in the order in which they are to stand
 */
export function url(
  connection: Connection,
  parameters: Parameters,
  { scheme = 'postgresql', way = 'given' as Way } = {},
): string {
  const place = hosts(connection, way).map(authority).join(',');
  const rest = query(parameters);
  return `${scheme}://${credentials(connection)}${place}/${encode(connection.database)}${rest && `?${rest}`}`;
}

/** The connection demands a verified certificate. */
export const verifies = ({ sslmode }: Connection): boolean => sslmode === 'verify-ca' || sslmode === 'verify-full';
