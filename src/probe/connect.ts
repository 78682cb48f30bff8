import { connect as open, type Socket } from 'node:net';
import { Problem } from '../problems/index.ts';
import type { Bound } from './bound.ts';
import { label } from './label.ts';
import type { Address } from './resolve.ts';

/** RFC 8305, section 8: the recommended delay between two attempts to connect. */
const ATTEMPT_DELAY_MS = 250;

export interface Connected {
  readonly socket: Socket;
  readonly address: Address;
}

/** RFC 8305, section 4: families take turns, so that one dead family costs one delay and not one for each address. */
export function interleave(addresses: readonly Address[]): Address[] {
  const first = addresses[0]?.family;
  const same = addresses.filter(({ family }) => family === first);
  const other = addresses.filter(({ family }) => family !== first);
  return same.flatMap((address, index) => [address, ...(other[index] ? [other[index]] : [])]).concat(other.slice(same.length));
}

/**
 * Connects to whichever address answers first (Happy Eyeballs, RFC 8305): the next one is tried after 250 ms, or as soon as
 * the one before has failed.
 *
 * @throws Problem of the connect stage, when every address has failed
 */
export function connect(
  host: { readonly host: string; readonly port: number },
  addresses: readonly Address[],
  bound: Bound,
): Promise<Connected> {
  const waiting = interleave(addresses);
  const sockets = new Set<Socket>();
  const failures: { address: Address; code: string }[] = [];
  let timer: NodeJS.Timeout | undefined;
  const racing = new Promise<Connected>((resolve, reject) => {
    let settled = false;
    const settle = (action: () => void, winner?: Socket) => {
      settled = true;
      clearTimeout(timer);
      for (const socket of sockets) if (socket !== winner) socket.destroy();
      action();
    };
    const fail = (address: Address, error: NodeJS.ErrnoException) => {
      if (settled) return;
      failures.push({ address, code: error.code ?? '' });
      if (failures.length === addresses.length) settle(() => reject(refusal(host, failures)));
      else next();
    };
    const next = () => {
      clearTimeout(timer);
      const address = waiting.shift();
      if (!address || settled || bound.ended) return;
      let socket: Socket;
      try {
        socket = bound.add(
          address.family === 0
            ? open({ path: address.address })
            : open({ host: address.address, port: host.port, noDelay: true }),
        );
      } catch (error) {
        // A path that is too long, for instance, is refused before there is a socket.
        fail(address, error as NodeJS.ErrnoException);
        return;
      }
      sockets.add(socket);
      // It stays for the socket's life: an error between two stages must not be uncaught; the next stage finds `errored`.
      socket.on('error', (error) => fail(address, error));
      socket.once('connect', () => {
        if (!settled) settle(() => resolve({ socket, address }), socket);
      });
      if (waiting.length > 0) timer = setTimeout(next, ATTEMPT_DELAY_MS);
    };
    next();
  });
  return bound.race(racing).finally(() => clearTimeout(timer));
}

/** Which of several failures to name: the one that says most about the server. */
const ORDER = ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EACCES', 'ETIMEDOUT'];

function refusal(host: { host: string; port: number }, failures: readonly { address: Address; code: string }[]): Problem {
  const rank = (code: string) => (ORDER.indexOf(code) + ORDER.length + 1) % (ORDER.length + 1);
  const [worst] = failures.toSorted((a, b) => rank(a.code) - rank(b.code));
  const { address, code } = worst as { address: Address; code: string };
  const server = label(host, address);
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOENT':
    case 'EINVAL':
      return new Problem('connection-refused', { server });
    case 'ECONNRESET':
    case 'EPIPE':
      return new Problem('connection-reset', { server, when: 'before a word was said' }, 'connect');
    case 'ETIMEDOUT':
      return new Problem('connect-timeout', { server, waited: 'until the system gave up' });
  }
  if (code === 'EACCES' || code === 'EPERM')
    return new Problem(
      'network-unreachable',
      {
        server,
        why: ': this machine forbids the connection',
        fix: 'Look at the firewall of this runner, and for a Unix socket at the rights of its directory.',
      },
      'connect',
      false,
    );
  const onlyV6 = failures.every(({ address }) => address.family === 6);
  return new Problem('network-unreachable', {
    server,
    why: onlyV6 ? ': the host has only an IPv6 address, and this runner has no IPv6' : '',
    fix: onlyV6
      ? 'GitHub’s own runners have no IPv6: use the provider’s IPv4 address or its pooler, or a runner of your own with IPv6.'
      : 'Check the host; if it is a private address, use a runner inside that network.',
  });
}
