import { ConninfoError } from './conninfo-error.ts';
import { decodePercent } from './percent.ts';

const SCHEMES = ['postgresql://', 'postgres://'];

/** Takes one keyword and its decoded value; what it does with unknown ones is its own affair. */
export type Store = (keyword: string, value: string) => void;

/** Does libpq read this string as a URI (uri_prefix_length)? Case counts, and nothing may stand before the scheme. */
export const isUri = (text: string): boolean => SCHEMES.some((scheme) => text.startsWith(scheme));

/**
 * Reads `postgresql://[user[:password]@][host][:port][,…][/dbname][?keyword=value[&…]]` as libpq's
 * conninfo_uri_parse_options does, left to right, so that later parts (the query) override earlier ones.
 *
 * @param uri begins with one of the two schemes
 * @param store is told every part that is not empty, in the order of the string
 * @throws ConninfoError where libpq fails
 */
export function parseUri(uri: string, store: Store): void {
  const start = uri.indexOf('://') + 3;
  const at = storeCredentials(uri, start, store);
  const hosts = readHosts(uri, at);
  if (hosts.host) store('host', decodePercent(hosts.host, 'host'));
  if (hosts.port) store('port', decodePercent(hosts.port, 'port'));

  let end = hosts.end;
  if (uri[end] === '/') {
    const from = end + 1;
    end = until(uri, from, '?');
    if (end > from) store('dbname', decodePercent(uri.slice(from, end), 'dbname'));
  }
  storeQuery(uri.slice(end + 1), store);
}

/** Everything up to the first `@` is user and password, unless a `/` comes earlier. Gives where the hosts begin. */
function storeCredentials(uri: string, start: number, store: Store): number {
  const end = until(uri, start, '@/');
  if (uri[end] !== '@') return start;
  const colon = until(uri, start, ':@');
  if (colon > start) store('user', decodePercent(uri.slice(start, colon), 'user'));
  if (colon + 1 < end) store('password', decodePercent(uri.slice(colon + 1, end), 'password'));
  return end + 1;
}

/** Hosts and ports are collected as two lists with commas, still encoded: that is the form of libpq's `host` and `port`. */
function readHosts(uri: string, start: number): { host: string; port: string; end: number } {
  let host = '';
  let port = '';
  let at = start;
  for (;;) {
    if (uri[at] === '[') {
      const close = uri.indexOf(']', at);
      if (close < 0) throw new ConninfoError('host', 'has a `[` before its host without the `]` after it', BRACKETS);
      if (close === at + 1) throw new ConninfoError('host', 'has nothing between the `[` and `]` of its host', BRACKETS);
      host += uri.slice(at + 1, close);
      at = close + 1;
      if (until(uri, at, ':/?,') > at) {
        throw new ConninfoError(
          'host',
          'has something else than a port, a database or a query after the `]` of its host',
          BRACKETS,
        );
      }
    } else {
      const end = until(uri, at, ':/?,');
      host += uri.slice(at, end);
      at = end;
    }
    if (uri[at] === ':') {
      const end = until(uri, at + 1, '/?,');
      port += uri.slice(at + 1, end);
      at = end;
    }
    if (uri[at] !== ',') return { host, port, end: at };
    host += ',';
    port += ',';
    at += 1;
  }
}

const BRACKETS =
  'Brackets are for IPv6 addresses: `[2001:db8::1]:5432`. If they belong to the password, write `[` as `%5B` and `]` as `%5D`.';

/** One `&` at the very end is nothing; anywhere else an empty pair is an error (conninfo_uri_parse_params). */
function storeQuery(query: string, store: Store): void {
  const pairs = query.split('&');
  if (pairs.at(-1) === '') pairs.pop();
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 0) {
      throw new ConninfoError(
        'query',
        'has a query parameter without a `=`',
        'Parameters are `name=value`, joined by `&`. A `?` or `&` of the password is written `%3F` or `%26`.',
      );
    }
    if (pair.lastIndexOf('=') > equals) {
      throw new ConninfoError(
        'query',
        'has a second `=` in a query parameter',
        'Write a `=` that belongs to a value as `%3D`: `options=endpoint%3D…`.',
      );
    }
    const name = decodePercent(pair.slice(0, equals), 'keyword');
    const content = decodePercent(pair.slice(equals + 1), 'value');
    // JDBC's spelling, which libpq knows in URIs only and only as exactly `true`.
    if (name === 'ssl' && content === 'true') store('sslmode', 'require');
    else store(name, content);
  }
}

/** Where the first of these characters stands at or after `from`; the end when there is none. */
function until(text: string, from: number, stops: string): number {
  let at = from;
  // `charAt` gives '' at the end, which every string includes: it stops there as C does at the NUL.
  while (!stops.includes(text.charAt(at))) at += 1;
  return at;
}
