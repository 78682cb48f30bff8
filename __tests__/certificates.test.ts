import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import * as tls from 'node:tls';
import { type Authority, createAuthority, type Leaf, selfSigned } from './support/certificates.ts';

const HOUR = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR);

/** What Node's TLS client says about a server that shows this certificate: `ok`, or the error's code (its text, where it has none). */
async function verdict(server: { cert: string; key: string }, ca: string, options: tls.ConnectionOptions = {}): Promise<string> {
  const listener = tls.createServer({ ...server, ciphers: 'DEFAULT:@SECLEVEL=0' }, (socket) => socket.end());
  listener.on('tlsClientError', () => {});
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  try {
    return await new Promise((resolve) => {
      const socket = tls.connect(
        { port: (listener.address() as AddressInfo).port, host: '127.0.0.1', servername: 'localhost', ca, ...options },
        () => resolve('ok'),
      );
      socket.on('error', (error: NodeJS.ErrnoException) =>
        resolve(error.code && error.code !== 'UNSPECIFIED' ? error.code : error.message),
      );
      socket.on('close', () => socket.destroy());
    });
  } finally {
    listener.close();
  }
}

describe('the certificates that the tests make mean to Node what they are meant to', () => {
  let root: Authority;
  let other: Authority;
  beforeAll(async () => {
    [root, other] = await Promise.all([createAuthority(), createAuthority({ commonName: 'Another CA' })]);
  });

  const sent = (leaf: Leaf) => ({ cert: leaf.chain, key: leaf.key });
  const cases: [string, () => Promise<string>, string][] = [
    ['a good one', async () => verdict(sent(await root.issue({ names: ['localhost'] })), root.cert), 'ok'],
    ['Ed25519', async () => verdict(sent(await root.issue({ names: ['localhost'], algorithm: 'ed25519' })), root.cert), 'ok'],
    ['RSA', async () => verdict(sent(await root.issue({ names: ['localhost'], algorithm: 'rsa-2048' })), root.cert), 'ok'],
    [
      'self-signed',
      async () => verdict(sent(await selfSigned({ names: ['localhost'] })), root.cert),
      'DEPTH_ZERO_SELF_SIGNED_CERT',
    ],
    [
      'wrong CA',
      async () => verdict(sent(await other.issue({ names: ['localhost'] })), root.cert),
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
    [
      'through an intermediate',
      async () => verdict(sent(await (await root.intermediate()).issue({ names: ['localhost'] })), root.cert),
      'ok',
    ],
    [
      'intermediate not sent',
      async () => {
        const { cert, key } = await (await root.intermediate()).issue({ names: ['localhost'] });
        return verdict({ cert, key }, root.cert);
      },
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
    [
      'another host',
      async () => verdict(sent(await root.issue({ names: ['db.example.org'] })), root.cert),
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
    ['common name only', async () => verdict(sent(await root.issue({ commonName: 'localhost' })), root.cert), 'ok'],
    [
      'wildcard',
      async () => verdict(sent(await root.issue({ names: ['*.example.org'] })), root.cert, { servername: 'db.example.org' }),
      'ok',
    ],
    [
      'wildcard, two labels',
      async () => verdict(sent(await root.issue({ names: ['*.example.org'] })), root.cert, { servername: 'a.b.example.org' }),
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
    ['IP address', async () => verdict(sent(await root.issue({ names: ['127.0.0.1'] })), root.cert, { servername: '' }), 'ok'],
    [
      'expired',
      async () => verdict(sent(await root.issue({ names: ['localhost'], notBefore: ago(48), notAfter: ago(24) })), root.cert),
      'CERT_HAS_EXPIRED',
    ],
    [
      'not yet valid',
      async () => verdict(sent(await root.issue({ names: ['localhost'], notBefore: ago(-12) })), root.cert),
      'CERT_NOT_YET_VALID',
    ],
    [
      'revoked',
      async () => {
        const leaf = await root.issue({ names: ['localhost'] });
        return verdict(sent(leaf), root.cert, { crl: await root.revoke([leaf]) });
      },
      'CERT_REVOKED',
    ],
    [
      'another one revoked',
      async () => {
        const [leaf, gone] = [await root.issue({ names: ['localhost'] }), await root.issue()];
        return verdict(sent(leaf), root.cert, { crl: await root.revoke([gone]) });
      },
      'ok',
    ],
    [
      'RSA key of 1024 bits',
      async () => verdict(sent(await root.issue({ names: ['localhost'], algorithm: 'rsa-1024' })), root.cert),
      'EE certificate key too weak',
    ],
    [
      'SHA-1 signature',
      async () => {
        const weak = await createAuthority({ algorithm: 'rsa-2048-sha1' });
        const middle = await weak.issue({ names: ['localhost'] });
        return verdict(sent(middle), weak.cert);
      },
      'CA signature digest algorithm too weak',
    ],
    [
      'client usage',
      async () => verdict(sent(await root.issue({ names: ['localhost'], usage: 'client' })), root.cert),
      'INVALID_PURPOSE',
    ],
  ];
  test.each(cases)('%s', async (_, run, expected) => {
    expect(await run()).toBe(expected);
  });
});
