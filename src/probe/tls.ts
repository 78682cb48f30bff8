import net, { type Socket } from 'node:net';
import * as tls from 'node:tls';
import type { Connection } from '../connection/connection.ts';
import { isIP } from '../connection/ip.ts';
import { Problem, type Stage } from '../problems/probe.ts';
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
      ...(trust.crl === undefined ? {} : { crl: trust.crl }),
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
 * @throws Problem of the tls stage
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
    secured.on('error', (error) => reject(tlsProblem(error, connection, server, 'tls')));
    secured.once('close', () => reject(tlsProblem(secured.errored ?? new Error('closed'), connection, server, 'tls')));
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

const failed = (server: string, what: string, fix: string, stage: Stage = 'tls') =>
  new Problem('tls-handshake-failed', { server, what, fix }, stage);

/**
 * Names an error of OpenSSL or Node on a TLS connection. With TLS 1.3 the server's verdict on the client's certificate comes
 * after the handshake has ended for us, so the login uses this too.
 */
export function tlsProblem(error: Error, connection: Connection, server: string, stage: Stage): Problem {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const text = `${code} ${error.message}`.replaceAll('_', ' ').toLowerCase();
  const has = (pattern: RegExp) => pattern.test(text);
  if (has(/before secure tls connection|^ closed$/))
    return new Problem('connection-closed', { server, when: 'during the TLS handshake' }, 'tls');
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return new Problem(
      'connection-reset',
      { server, when: stage === 'tls' ? 'during the TLS handshake' : 'during the login' },
      stage,
    );
  if (has(/protocol version|unsupported protocol|version too low|no protocols available|alert number 70\b/))
    return new Problem('tls-version', { server, range: range(connection) });
  const alert = /alert number (\d+)/.exec(text)?.[1];
  const aboutCertificate =
    has(
      /alert (unknown ca|bad certificate|unsupported certificate|certificate (revoked|expired|unknown|required)|access denied|decrypt error)/,
    ) || ['42', '43', '44', '45', '46', '48', '49', '51', '116'].includes(alert ?? '');
  if (aboutCertificate) {
    const { user } = connection;
    if (!sendsCertificate(connection))
      return new Problem('client-certificate-required', { server, user, none: 'none was given' }, stage);
    return new Problem('client-certificate-rejected', { server, what: verdict(text, alert) }, stage);
  }
  if (has(/alert unrecognized name|alert number 112\b/))
    return failed(
      server,
      'it does not know the host name that it was asked for (SNI)',
      'Use the host name that the server or proxy is known by.',
      stage,
    );
  if (has(/no application protocol|alert number 120\b/))
    return failed(
      server,
      'it does not know the protocol `postgresql` (ALPN)',
      'Check host and port: direct TLS needs PostgreSQL 17 or later. Older servers need `sslnegotiation=postgres`.',
      stage,
    );
  if (has(/handshake failure|no shared cipher|no cipher|alert number (40|71)\b/))
    return failed(
      server,
      'the two sides have no cipher in common',
      'Let the server use current ciphers (`ssl_ciphers`, a certificate with an RSA key of 2048 bits or an ECDSA key).',
      stage,
    );
  if (
    has(
      /wrong version number|packet length too long|http request|unknown protocol|bad record type|record layer|unexpected message|decode error|bad extension|illegal parameter|length mismatch/,
    )
  )
    return failed(
      server,
      'what it sends is no TLS',
      'Check the port, and what stands between the runner and the server: it agreed to TLS and then spoke something else.',
      stage,
    );
  const reason =
    /ssl routines:[^:]*:([a-z0-9 /-]{3,60})/.exec(text)?.[1] ??
    (/^[a-z0-9 ]{3,60}$/.test(code.replaceAll('_', ' ').toLowerCase()) ? code : 'unknown reason');
  return failed(
    server,
    `OpenSSL says “${reason}”`,
    'Look into the server’s log at this minute: it names the reason from its side.',
    stage,
  );
}

function verdict(text: string, alert: string | undefined): string {
  if (/unknown ca/.test(text) || alert === '48') return ': it does not know the CA that issued it';
  if (/expired/.test(text) || alert === '45') return ': it has expired';
  if (/revoked/.test(text) || alert === '44') return ': it has been revoked';
  return '';
}

const VERSIONS: readonly tls.SecureVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** libpq's `ssl_min_protocol_version` (default TLSv1.2) and `ssl_max_protocol_version`; empty is no bound, case does not count. */
function versions({ parameters }: Connection): [tls.SecureVersion | undefined, tls.SecureVersion | undefined] {
  const read = (name: string, otherwise: string) =>
    VERSIONS.find((version) => version.toLowerCase() === (parameters.get(name) ?? otherwise).toLowerCase());
  const least = parameters.get('ssl_min_protocol_version') === '' ? 'TLSv1' : read('ssl_min_protocol_version', 'TLSv1.2');
  return [least, read('ssl_max_protocol_version', '')];
}

function range(connection: Connection): string {
  const [least, most] = versions(connection);
  return most ? `${least} to ${most}` : `${least} or later`;
}
