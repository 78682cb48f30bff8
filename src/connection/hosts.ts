import { Problem } from '../problems/index.ts';
import { unicode } from '../unicode.ts';
import type { Host } from './connection.ts';
import { isIP } from './ip.ts';

/** A Unix socket: a directory, or `@` for an abstract one (libpq's is_unixsock_path). */
export const isSocket = (host: string): boolean => host.startsWith('/') || host.startsWith('@');

/**
 * Is the server this machine's own, or a service container of the job? A loopback address, `localhost`, a single-label name, a Unix socket.
 * There TLS is not usual, and nobody stands between. Both the name, which is what clients are handed, and the address have to be.
 */
export const isLocal = ({ host, hostaddr }: Host): boolean => isSocket(host) || [host, hostaddr ?? host].every(isLocalName);

const isLocalName = (host: string): boolean => {
  const address = host.replace(/%.*$/, '');
  const family = isIP(address);
  if (family === 4) return address.startsWith('127.');
  if (family === 6) return address === '::1' || /^(::ffff:)?127\./.test(address) || /^(0+:){7}0*1$/.test(address);
  const name = host.toLowerCase().replace(/\.$/, '');
  return name === 'localhost' || name.endsWith('.localhost') || !name.includes('.');
};

/** Who said the host: the step's own input, a URL, or a string that is none. */
export type HostSource = 'input' | 'url' | 'string';

/**
 * Pairs libpq's comma-separated `host`, `hostaddr` and `port` (fe-connect.c, pqConnectOptions2).
 *
 * @param parameters checked already: the lists have equal lengths, or one port serves all
 * @param source names what is to be corrected; in a URL, a host that cannot be one may be the rest of a password
 * @throws Problem naming what is wrong, without the value
 */
export const pairHosts = (parameters: ReadonlyMap<string, string>, source: HostSource): [Host, ...Host[]] => {
  const names = list(parameters.get('host'));
  const addresses = list(parameters.get('hostaddr'));
  const ports = list(parameters.get('port'));
  const count = Math.max(names.length, addresses.length);
  const hosts = Array.from({ length: count }, (_, index): Host => {
    const hostaddr = addresses[index] || undefined;
    const host = names[index] || hostaddr;
    if (host === undefined)
      throw refuse('has an empty host among its hosts', 'Take the comma out, or put the missing host there.');
    checkHost(host, source);
    const port = Number((ports.length > 1 ? ports[index] : ports[0]) || '5432');
    return { host, port, ...(hostaddr !== undefined && hostaddr !== host ? { hostaddr } : {}) };
  });
  return hosts as [Host, ...Host[]];
};

const list = (value: string | undefined): string[] => (value === undefined ? [] : value.split(','));

/** DNS labels (RFC 1123), with the underscores of Docker's names, or an IP address, or a socket directory. */
const checkHost = (host: string, source: HostSource): void => {
  if (isSocket(host) || isIP(host.replace(/%[\w.-]+$/, '')) !== 0) return;
  const name = /[^\0-\x7f]/.test(host) ? host.replace(new RegExp(`[${unicode('L', 'N')}]`, 'gu'), 'x') : host;
  if (/^\w([\w.-]*\w)?\.?$/.test(name) && !name.includes('..') && name.length <= 253) return;
  throw invalidHost(host, source);
};

const invalidHost = (host: string, source: HostSource): Problem => {
  if (source === 'input') {
    return new Problem('invalid-input', {
      input: 'host',
      what: 'is not a host name, an IP address or a socket directory',
      fix: 'Give the bare host, without scheme, user, port or slashes; the port has an input of its own.',
    });
  }
  const [scheme] = /^(?:https?|tcp|postgres(?:ql)?):\/\//i.exec(host) ?? [];
  if (scheme !== undefined) return ownScheme(scheme);
  if (source === 'url') return refuse('has a host with characters that no host name has', ENCODE);
  return refuse(
    'has a host that is not a host name, an IP address or a socket directory',
    'Give the bare host there, without scheme, user, port or slashes; the port is a part of its own, `port`.',
  );
};

/** @param scheme with its `://`, one of a few that are known, so that it shows nothing of a password */
export const ownScheme = (scheme: string): Problem =>
  refuse(
    'has an address with a scheme of its own where its host belongs',
    `Remove \`${scheme.toLowerCase()}\` from before the host.`,
  );

/** Both ways out when a URL's password was pasted without encoding. */
export const ENCODE =
  'The password, or a user such as `name@server`, probably holds one of `@ : / ? # %` unencoded: write them as %40 %3A %2F %3F %23 %25, or give the password through the `password` input, which takes it raw.';

const refuse = (what: string, fix: string): Problem => new Problem('invalid-connection-string', { what, fix });
