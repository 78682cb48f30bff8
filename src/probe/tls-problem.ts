import type { Connection } from '../connection/connection.ts';
import { Problem, type Stage } from '../problems/index.ts';
import { sendsCertificate, versions } from './tls.ts';

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

function range(connection: Connection): string {
  const [least, most] = versions(connection);
  return most ? `${least} to ${most}` : `${least} or later`;
}
