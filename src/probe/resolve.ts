import type { Host } from '../connection/connection.ts';
import { isIP } from '../connection/ip.ts';
import { Problem } from '../problems/index.ts';
import type { Lookup } from './types.ts';

/** One place to connect to: an IP address and a port, or a Unix socket. */
export interface Address {
  readonly address: string;
  /** 0 for a Unix socket. */
  readonly family: 0 | 4 | 6;
}

/** libpq's rule: a host that starts with `/` is a directory of Unix sockets, with `@` one in the abstract namespace. */
export const isUnixSocket = (host: string): boolean => host.startsWith('/') || host.startsWith('@');

/** The system's resolver: getaddrinfo. Loaded only for a name: it costs a twentieth of a whole probe. */
export const lookup: Lookup = async (host) => {
  const dns = await import('node:dns/promises');
  return dns.lookup(host, { all: true, order: 'verbatim' });
};

/**
 * All addresses of a host, in the resolver's order (RFC 6724).
 *
 * @throws Problem host-not-found, dns-unavailable
 */
export async function resolve({ host, hostaddr, port }: Host, lookup: Lookup): Promise<readonly [Address, ...Address[]]> {
  if (hostaddr === undefined && isUnixSocket(host)) {
    // node:net spells the abstract namespace with a NUL where libpq has `@`.
    const path = `${host}/.s.PGSQL.${port}`;
    return [{ address: path.startsWith('@') ? `\0${path.slice(1)}` : path, family: 0 }];
  }
  const name = hostaddr ?? host;
  const family = isIP(name);
  if (family === 4 || family === 6) return [{ address: name, family }];
  try {
    const found = await lookup(name);
    const [first, ...rest] = found.map(({ address, family }): Address => ({ address, family: family === 6 ? 6 : 4 }));
    if (first) return [first, ...rest];
  } catch (error) {
    // EAI_AGAIN: the resolver gave no answer. EAI_FAIL, EAI_SYSTEM and so on: it is broken. The rest: there is no such name.
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['EAI_AGAIN', 'EAI_FAIL', 'EAI_MEMORY', 'EAI_SYSTEM', 'ETIMEOUT'].includes(code))
      throw new Problem('dns-unavailable', { host, waited: '' });
  }
  throw new Problem('host-not-found', { host });
}
