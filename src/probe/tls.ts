import net, { type Socket } from 'node:net';
import * as tls from 'node:tls';
import type { Connection } from '../connection/connection.ts';
import { isIP } from '../connection/ip.ts';
import { revocationLists } from '../connection/revocation-lists.ts';
import { Problem } from '../problems/index.ts';
import type { Bound } from './bound.ts';

/**
 * `tls.connect` and `tls.checkServerIdentity` ask `net.isIP` whether a name is an address, and its pattern for IPv6 takes V8 seven
 * milliseconds to build: a quarter of psql's whole run. Ours gives the same answers and builds that pattern only for a text with a colon.
 */
net.isIP = isIP;

/** Everything that a handshake needs and that can be made ready while the network is busy. */
export function secureContext(connection: Connection, ca: readonly string[], server: string): tls.SecureContext {
  const { trust } = connection;
  const [least, most] = versions(connection);
  const certificate = sendsCertificate(connection);
  try {
    return tls.createSecureContext({
      ca: [...ca],
      ...(certificate ? { cert: trust.cert, key: trust.key } : {}),
      ...(certificate && trust.passphrase !== undefined ? { passphrase: trust.passphrase } : {}),
      ...(trust.crl === undefined ? {} : { crl: revocationLists(trust.crl) }),
      ...(least ? { minVersion: least } : {}),
      ...(most ? { maxVersion: most } : {}),
    });
  } catch (error) {
    // The PEM texts were checked before the probe; what is left is a key or a certificate too weak for OpenSSL.
    const { code } = error as NodeJS.ErrnoException;
    throw failed(
      server,
      `the certificates that were given cannot be used (${code ?? 'unknown reason'})`,
      'Give `sslcert`, `sslkey` and `sslrootcert` with RSA keys of 2048 bits or more, or ECDSA, signed with SHA-256.',
    );
  }
}

/** libpq's `sslcertmode`: `disable` keeps the client certificate back. */
export const sendsCertificate = ({ trust, parameters }: Connection): boolean =>
  trust.cert !== undefined && trust.key !== undefined && parameters.get('sslcertmode') !== 'disable';

/**
 * The TLS handshake. The certificate is not judged here (RFC 5280 and the name come after): it shall be known even when it is
 * refused. Nothing of ours is sent before it has been judged.
 *
 * @throws Problem of the tls stage; an error of Node's or OpenSSL's, to be named by `tlsProblem`
 */
export function handshake(
  socket: Socket,
  context: tls.SecureContext,
  connection: Connection,
  name: string,
  server: string,
  bound: Bound,
): Promise<tls.TLSSocket> {
  const { parameters } = connection;
  const direct = parameters.get('sslnegotiation') === 'direct';
  // RFC 6066, section 3: no IP addresses. libpq's `sslsni=0` sends no name at all.
  const servername = isIP(name) !== 0 || parameters.get('sslsni') === '0' ? '' : name.replace(/\.$/, '');
  return new Promise((resolve, reject) => {
    const secured = bound.add(
      tls.connect({
        socket,
        secureContext: context,
        servername,
        rejectUnauthorized: false,
        checkServerIdentity: () => undefined,
        ...(direct ? { ALPNProtocols: ['postgresql'] } : {}),
      }),
    );
    secured.on('error', reject);
    secured.once('close', () => reject(secured.errored ?? new Error('closed')));
    secured.once('secureConnect', () => {
      // PostgreSQL 17, "ALPN is mandatory with direct connections": without it something else may be answering (ALPACA).
      if (direct && secured.alpnProtocol !== 'postgresql')
        reject(
          failed(
            server,
            'it does not confirm the protocol (ALPN `postgresql`), as direct TLS demands',
            'Check host and port: something else may answer there. A server older than 17 needs `sslnegotiation=postgres`.',
          ),
        );
      else resolve(secured);
    });
  });
}

const failed = (server: string, what: string, fix: string) => new Problem('tls-handshake-failed', { server, what, fix });

const VERSIONS: readonly tls.SecureVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** libpq's `ssl_min_protocol_version` (default TLSv1.2) and `ssl_max_protocol_version`; empty is no bound, case does not count. */
export function versions({ parameters }: Connection): [tls.SecureVersion | undefined, tls.SecureVersion | undefined] {
  const read = (name: string, otherwise: string) =>
    VERSIONS.find((version) => version.toLowerCase() === (parameters.get(name) ?? otherwise).toLowerCase());
  const least = parameters.get('ssl_min_protocol_version') === '' ? 'TLSv1' : read('ssl_min_protocol_version', 'TLSv1.2');
  return [least, read('ssl_max_protocol_version', '')];
}
