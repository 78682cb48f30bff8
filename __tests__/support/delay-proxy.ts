import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire of some length between a client and a server on this machine, that counts the round trips. */
export interface DelayProxy {
  readonly port: number;
  /** How often a client spoke after the server had, since the last reset: each is a round trip, as is the connection itself. */
  roundTrips: number;
  stop(): void;
}

/**
 * @param target the server's port on 127.0.0.1
 * @param roundTripMs how long a byte takes there and another back
 */
export async function delayProxy(target: number, roundTripMs: number): Promise<DelayProxy> {
  const sockets = new Set<Socket>();
  const proxy = { port: 0, roundTrips: 0, stop: () => {} };
  const server = createServer((client) => {
    const upstream = connect({ port: target, host: '127.0.0.1', noDelay: true });
    client.setNoDelay(true);
    proxy.roundTrips += 1;
    let clientSpeaks = false;
    const later = (action: () => void) => setTimeout(action, roundTripMs / 2);
    for (const [from, to, isClient] of [
      [client, upstream, true],
      [upstream, client, false],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => {
        if (isClient && !clientSpeaks) proxy.roundTrips += 1;
        clientSpeaks = isClient;
        later(() => to.writable && to.write(chunk));
      });
      from.on('end', () => later(() => to.end()));
      from.on('error', () => to.destroy());
      from.on('close', () => sockets.delete(from));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy.port = (server.address() as AddressInfo).port;
  proxy.stop = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return proxy;
}
