import { createPrivateKey } from 'node:crypto';
import type { Trust } from '../../src/connection/connection.ts';
import { certificateBlocks, checkCertificates } from '../../src/connection/pem.ts';
import { createAuthority, type Leaf } from '../support/certificates.ts';

/** What the rows need, made anew for each run: PEM texts by name. */
interface Material {
  readonly ca: string;
  readonly one: Leaf;
  readonly other: Leaf;
  readonly crl: string;
}

const made: Promise<Material> = createAuthority().then(async (authority) => {
  const issue = () => authority.issue({ commonName: 'app', usage: 'client' });
  const [one, other] = [await issue(), await issue()];
  return { ca: authority.cert, one, other, crl: await authority.revoke([other]) };
});

/** The same block with its first 20 letters overwritten: base64 still, DER no more. */
const garbled = (pem: string): string => pem.replace(/(-----\n).{20}/, `$1${'A'.repeat(20)}`);
const encrypted = (key: string): string =>
  createPrivateKey(key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'right' }).toString();
/** As OpenSSL before 1.0 wrote it: encryption is said in headers. */
const traditional = (key: string): string =>
  createPrivateKey(key).export({ type: 'sec1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'right' }).toString();
const relabelled = (pem: string, label: string): string => pem.replaceAll(' CERTIFICATE-', ` ${label}-`);

const ROOT = 'Give the CA certificate as PEM text (`-----BEGIN CERTIFICATE-----` …), or the path of a file that holds it.';
const CLIENT = 'Give the client certificate as PEM text, its own certificate first, then the intermediates.';
const KEY = 'Give the private key of the client certificate as PEM text.';
const PAIR = 'Give the key that the certificate was made for; when the certificate was renewed, both have to be replaced.';
const WHOLE = 'Copy the whole file into the secret, line breaks included, from `-----BEGIN` to `-----END …-----`.';
const NO_PASSPHRASE =
  'Add `sslpassword=…` to the connection string, or store the key without a passphrase (`openssl pkey -in key.pem -out plain.pem`).';
const PASSPHRASE = 'Give the passphrase that the key was encrypted with, or store the key without one.';
const LIST = 'Give the list as PEM text (`-----BEGIN X509 CRL-----` …).';

interface Row {
  readonly rule: string;
  readonly trust: (material: Material) => Trust;
  readonly fault?: { readonly keyword: string; readonly what: string; readonly fix: string };
}

/** One line a case; without a fault, TLS can use it all. */
const row = (rule: string, trust: (material: Material) => Trust, ...[keyword, what = '', fix = '']: string[]): Row => ({
  rule,
  trust,
  ...(keyword === undefined ? {} : { fault: { keyword, what, fix } }),
});

const rows: readonly Row[] = [
  // What TLS can use.
  row('nothing', () => ({})),
  row('a CA', ({ ca }) => ({ ca })),
  row('several CAs with text around them', ({ ca, one }) => ({ ca: `# ours\n${ca}\nsubject: x\n${one.cert}end` })),
  row('OpenSSL’s older label', ({ ca }) => ({ ca: relabelled(ca, 'X509 CERTIFICATE') })),
  row('a certificate and its key', ({ one }) => ({ cert: one.chain, key: one.key })),
  row('a certificate with its intermediate', ({ ca, one }) => ({ cert: one.cert + ca, key: one.key })),
  row('an encrypted key with its passphrase', ({ one }) => ({ cert: one.cert, key: encrypted(one.key), passphrase: 'right' })),
  row('OpenSSL’s older encryption', ({ one }) => ({ cert: one.cert, key: traditional(one.key), passphrase: 'right' })),
  row('a passphrase that is not needed', ({ one }) => ({ cert: one.cert, key: one.key, passphrase: 'unused' })),
  row('a key behind its parameters', ({ one }) => ({
    cert: one.cert,
    key: `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${one.key}`,
  })),
  row('a comment about encryption', ({ one }) => ({ cert: one.cert, key: `# was Proc-Type: 4,ENCRYPTED\n${one.key}` })),
  row('a revocation list', ({ crl }) => ({ crl })),
  row('two revocation lists', ({ crl }) => ({ crl: crl + crl })),
  row('everything at once', ({ ca, one, crl }) => ({ ca, cert: one.cert, key: one.key, crl })),

  // sslrootcert
  row('a CA that is no PEM', () => ({ ca: 'no certificate' }), 'sslrootcert', 'holds no certificate', ROOT),
  row('a CA that is empty', () => ({ ca: '' }), 'sslrootcert', 'holds no certificate; it is empty', ROOT),
  row('a CA of blanks', () => ({ ca: ' \n' }), 'sslrootcert', 'holds no certificate; it is empty', ROOT),
  row('a key as CA', ({ one }) => ({ ca: one.key }), 'sslrootcert', 'holds no certificate but a PRIVATE KEY', ROOT),
  row(
    'an encrypted key as CA',
    ({ one }) => ({ ca: encrypted(one.key) }),
    'sslrootcert',
    'holds no certificate but an ENCRYPTED PRIVATE KEY',
    ROOT,
  ),
  row('a list as CA', ({ crl }) => ({ ca: crl }), 'sslrootcert', 'holds no certificate but an X509 CRL', ROOT),
  row(
    'a block with another label',
    ({ ca }) => ({ ca: relabelled(ca, 'ATTRIBUTE CERTIFICATE') }),
    'sslrootcert',
    'holds no certificate but an ATTRIBUTE CERTIFICATE',
    ROOT,
  ),
  row('a label that is a text', () => ({ ca: '-----BEGIN a secret-----' }), 'sslrootcert', 'holds no certificate', ROOT),
  row('a label of 41 letters', () => ({ ca: `-----BEGIN ${'K'.repeat(41)}-----` }), 'sslrootcert', 'holds no certificate', ROOT),
  row(
    'a CA without its end',
    ({ ca }) => ({ ca: ca.slice(0, 200) }),
    'sslrootcert',
    'holds no certificate but a CERTIFICATE',
    ROOT,
  ),
  row(
    'a garbled CA',
    ({ ca }) => ({ ca: garbled(ca) }),
    'sslrootcert',
    'holds a PEM text whose certificate cannot be read',
    ROOT,
  ),
  row(
    'the second of two garbled',
    ({ ca, one }) => ({ ca: ca + garbled(one.cert) }),
    'sslrootcert',
    'holds a PEM text whose certificate number 2 cannot be read',
    ROOT,
  ),
  row(
    'the first of two garbled',
    ({ ca, one }) => ({ ca: garbled(one.cert) + ca }),
    'sslrootcert',
    'holds a PEM text whose certificate number 1 cannot be read',
    ROOT,
  ),

  // sslcert and sslkey
  row(
    'a key alone',
    ({ one }) => ({ key: one.key }),
    'sslkey',
    'was given without its certificate',
    'Give `sslcert` too, or neither.',
  ),
  row(
    'a certificate alone',
    ({ one }) => ({ cert: one.cert }),
    'sslcert',
    'was given without its key',
    'Give `sslkey`, the private key of that certificate.',
  ),
  row(
    'a key as certificate',
    ({ one }) => ({ cert: one.key, key: one.key }),
    'sslcert',
    'holds no certificate but a PRIVATE KEY',
    CLIENT,
  ),
  row('an empty certificate', ({ one }) => ({ cert: '', key: one.key }), 'sslcert', 'holds no certificate; it is empty', CLIENT),
  row(
    'a garbled certificate',
    ({ one }) => ({ cert: garbled(one.cert), key: one.key }),
    'sslcert',
    'holds a certificate that cannot be read',
    CLIENT,
  ),
  row(
    'a garbled certificate alone',
    ({ one }) => ({ cert: garbled(one.cert) }),
    'sslcert',
    'holds a certificate that cannot be read',
    CLIENT,
  ),
  row(
    'a certificate as key',
    ({ one }) => ({ cert: one.cert, key: one.cert }),
    'sslkey',
    'holds no private key but a CERTIFICATE',
    KEY,
  ),
  row('an empty key', ({ one }) => ({ cert: one.cert, key: '' }), 'sslkey', 'holds no private key; it is empty', KEY),
  row('a key that is no PEM', ({ one }) => ({ cert: one.cert, key: 'hunter2' }), 'sslkey', 'holds no private key', KEY),
  row(
    'another’s key',
    ({ one, other }) => ({ cert: one.cert, key: other.key }),
    'sslkey',
    'does not belong to the certificate in `sslcert`',
    PAIR,
  ),
  row(
    'the chain upside down: the key belongs to the first',
    ({ ca, one }) => ({ cert: ca + one.cert, key: one.key }),
    'sslkey',
    'does not belong to the certificate in `sslcert`',
    PAIR,
  ),
  row(
    'an encrypted key of another',
    ({ one, other }) => ({ cert: one.cert, key: encrypted(other.key), passphrase: 'right' }),
    'sslkey',
    'does not belong to the certificate in `sslcert`',
    PAIR,
  ),
  row(
    'an encrypted key without a passphrase',
    ({ one }) => ({ cert: one.cert, key: encrypted(one.key) }),
    'sslkey',
    'is encrypted, and no passphrase was given',
    NO_PASSPHRASE,
  ),
  row(
    'OpenSSL’s older encryption without a passphrase',
    ({ one }) => ({ cert: one.cert, key: traditional(one.key) }),
    'sslkey',
    'is encrypted, and no passphrase was given',
    NO_PASSPHRASE,
  ),
  row(
    'a wrong passphrase',
    ({ one }) => ({ cert: one.cert, key: encrypted(one.key), passphrase: 'wrong' }),
    'sslpassword',
    'does not decrypt the key in `sslkey`',
    PASSPHRASE,
  ),
  row(
    'a wrong passphrase for OpenSSL’s older encryption',
    ({ one }) => ({ cert: one.cert, key: traditional(one.key), passphrase: 'wrong' }),
    'sslpassword',
    'does not decrypt the key in `sslkey`',
    PASSPHRASE,
  ),
  row(
    'half a key',
    ({ one }) => ({ cert: one.cert, key: one.key.slice(0, 80) }),
    'sslkey',
    'holds a private key that cannot be read',
    WHOLE,
  ),
  row(
    'half a key, and a passphrase',
    ({ one }) => ({ cert: one.cert, key: one.key.slice(0, 80), passphrase: 'p' }),
    'sslkey',
    'holds a private key that cannot be read',
    WHOLE,
  ),

  // sslcrl
  row(
    'a certificate as list',
    ({ ca }) => ({ crl: ca }),
    'sslcrl',
    'holds no certificate revocation list but a CERTIFICATE',
    LIST,
  ),
  row('an empty list', () => ({ crl: '' }), 'sslcrl', 'holds no certificate revocation list; it is empty', LIST),
  row('a garbled list', ({ crl }) => ({ crl: garbled(crl) }), 'sslcrl', 'holds a revocation list that cannot be read', LIST),
  row(
    'a garbled second list',
    ({ crl }) => ({ crl: crl + garbled(crl) }),
    'sslcrl',
    'holds a revocation list that cannot be read',
    LIST,
  ),
  row(
    'a list without its end',
    ({ crl }) => ({ crl: crl.slice(0, -30) }),
    'sslcrl',
    'holds a revocation list that cannot be read',
    LIST,
  ),

  // The first fault is the one that is told.
  row('all three wrong', () => ({ ca: '', cert: '', crl: '' }), 'sslrootcert', 'holds no certificate; it is empty', ROOT),
  row('certificate and list wrong', () => ({ cert: '', crl: '' }), 'sslcert', 'holds no certificate; it is empty', CLIENT),
];

describe('certificates, keys and lists are checked before any packet', () => {
  test.each(rows)('$rule', async ({ trust, fault }) => {
    expect(checkCertificates(trust(await made))).toEqual(fault);
  });
});

describe('the certificates of a PEM text', () => {
  test.each([
    ['none', '', []],
    ['a key', '-----BEGIN PRIVATE KEY-----\nAA\n-----END PRIVATE KEY-----', []],
    ['no end', '-----BEGIN CERTIFICATE-----\nAA\n', []],
    ['another end', '-----BEGIN CERTIFICATE-----\nAA\n-----END X509 CERTIFICATE-----', []],
    [
      'every form, and nothing of what stands between',
      '1-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----2-----BEGIN X509 CERTIFICATE-----\nB\n-----END X509 CERTIFICATE-----3-----BEGIN TRUSTED CERTIFICATE-----\nC\n-----END TRUSTED CERTIFICATE-----4',
      [
        '-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----',
        '-----BEGIN X509 CERTIFICATE-----\nB\n-----END X509 CERTIFICATE-----',
        '-----BEGIN TRUSTED CERTIFICATE-----\nC\n-----END TRUSTED CERTIFICATE-----',
      ],
    ],
  ])('%s', (_, pem, blocks) => expect(certificateBlocks(pem)).toEqual(blocks));
});
