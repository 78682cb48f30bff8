import 'reflect-metadata';
import { randomBytes, type webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

/** What signs: the usual one first. RSA of 1024 bits and SHA-1 are here because a verifier has to refuse them. */
const ALGORITHMS = {
  'ecdsa-p256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  ed25519: { name: 'Ed25519' },
  'rsa-2048': rsa(2048, 'SHA-256'),
  'rsa-1024': rsa(1024, 'SHA-256'),
  'rsa-2048-sha1': rsa(2048, 'SHA-1'),
} as const;

export type Algorithm = keyof typeof ALGORITHMS;

function rsa(modulusLength: number, hash: string) {
  return { name: 'RSASSA-PKCS1-v1_5', modulusLength, publicExponent: new Uint8Array([1, 0, 1]), hash };
}

/** What every certificate may be told. */
export interface CommonOptions {
  /** Default `ecdsa-p256`. The algorithm of the key; a certificate's signature follows its issuer's. */
  algorithm?: Algorithm;
  /** Default: an hour ago. */
  notBefore?: Date;
  /** Default: in a day. */
  notAfter?: Date;
}

export interface LeafOptions extends CommonOptions {
  /** DNS names (wildcards too) and IP addresses for the subject alternative names. None: the certificate has no such extension. */
  names?: readonly string[];
  /** The subject's common name. Default: the first of `names`. For a client certificate: the role. */
  commonName?: string;
  /** Default `server`. */
  usage?: 'server' | 'client';
}

/** A certificate with its key. */
export interface Leaf {
  /** PEM: the certificate alone. */
  readonly cert: string;
  /** PEM: the certificate and the intermediates above it, as a server should send them. */
  readonly chain: string;
  /** PEM (PKCS #8), without a passphrase. */
  readonly key: string;
  /** Hexadecimal, as a revocation list names it. */
  readonly serial: string;
}

/** A throw-away certificate authority. Its key lives in memory only. */
export interface Authority {
  /** PEM: its own certificate, what a client trusts (`sslrootcert`). */
  readonly cert: string;
  /** Issues a server or client certificate. */
  issue(options?: LeafOptions): Promise<Leaf>;
  /** Makes an authority below this one. */
  intermediate(options?: CommonOptions & { commonName?: string }): Promise<Authority>;
  /** PEM: the list that revokes these certificates; an empty list is valid too. */
  revoke(leaves: readonly Leaf[]): Promise<string>;
}

const HOUR = 3_600_000;

interface Issuer {
  readonly certificate: x509.X509Certificate;
  readonly key: webcrypto.CryptoKey;
  readonly algorithm: Algorithm;
  /** PEM of the intermediates from this issuer upwards, without the root. */
  readonly above: string;
}

/** Makes a root authority. */
export async function createAuthority(options: CommonOptions & { commonName?: string } = {}): Promise<Authority> {
  const algorithm = options.algorithm ?? 'ecdsa-p256';
  const keys = await generate(algorithm);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...common(options),
    name: subject(options.commonName ?? 'Throw-away test CA'),
    keys,
    signingAlgorithm: ALGORITHMS[algorithm],
    extensions: await authorityExtensions(keys.publicKey),
  });
  return authority({ certificate, key: keys.privateKey, algorithm, above: '' });
}

/** A server certificate that nobody else signed. */
export async function selfSigned(options: LeafOptions = {}): Promise<Leaf> {
  const algorithm = options.algorithm ?? 'ecdsa-p256';
  const keys = await generate(algorithm);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...common(options),
    name: leafSubject(options),
    keys,
    signingAlgorithm: ALGORITHMS[algorithm],
    extensions: await leafExtensions(options, keys.publicKey),
  });
  return leaf(certificate, keys, '');
}

function authority(issuer: Issuer): Authority {
  const sign = {
    issuer: issuer.certificate.subjectName.toJSON(),
    signingKey: issuer.key,
    signingAlgorithm: ALGORITHMS[issuer.algorithm],
  };
  const identifier = () => x509.AuthorityKeyIdentifierExtension.create(issuer.certificate.publicKey);
  return {
    cert: pem(issuer.certificate),
    async issue(options = {}) {
      const keys = await generate(options.algorithm ?? 'ecdsa-p256');
      const certificate = await x509.X509CertificateGenerator.create({
        ...common(options),
        ...sign,
        subject: leafSubject(options),
        publicKey: keys.publicKey,
        extensions: [...(await leafExtensions(options, keys.publicKey)), await identifier()],
      });
      return leaf(certificate, keys, issuer.above);
    },
    async intermediate(options = {}) {
      const algorithm = options.algorithm ?? 'ecdsa-p256';
      const keys = await generate(algorithm);
      const certificate = await x509.X509CertificateGenerator.create({
        ...common(options),
        ...sign,
        subject: subject(options.commonName ?? 'Throw-away intermediate CA'),
        publicKey: keys.publicKey,
        extensions: [...(await authorityExtensions(keys.publicKey)), await identifier()],
      });
      return authority({ certificate, key: keys.privateKey, algorithm, above: pem(certificate) + issuer.above });
    },
    async revoke(leaves) {
      const list = await x509.X509CrlGenerator.create({
        ...sign,
        thisUpdate: new Date(Date.now() - HOUR),
        nextUpdate: new Date(Date.now() + 24 * HOUR),
        entries: leaves.map(({ serial }) => ({ serialNumber: serial, revocationDate: new Date(Date.now() - HOUR) })),
      });
      return `${x509.PemConverter.encode(list.rawData, 'X509 CRL')}\n`;
    },
  };
}

function generate(algorithm: Algorithm): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHMS[algorithm], true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;
}

function common(options: CommonOptions) {
  return {
    // The first bit stays clear: a serial number is a positive integer (RFC 5280, 4.1.2.2).
    serialNumber: `01${randomBytes(15).toString('hex')}`,
    notBefore: options.notBefore ?? new Date(Date.now() - HOUR),
    notAfter: options.notAfter ?? new Date(Date.now() + 24 * HOUR),
  };
}

function subject(commonName: string): x509.JsonName {
  return [{ CN: [commonName] }];
}

function leafSubject({ commonName, names }: LeafOptions): x509.JsonName {
  return subject(commonName ?? names?.[0] ?? 'localhost');
}

async function authorityExtensions(key: webcrypto.CryptoKey): Promise<x509.Extension[]> {
  return [
    new x509.BasicConstraintsExtension(true, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    await x509.SubjectKeyIdentifierExtension.create(key),
  ];
}

async function leafExtensions(
  { names = [], usage = 'server' }: LeafOptions,
  key: webcrypto.CryptoKey,
): Promise<x509.Extension[]> {
  const extensions: x509.Extension[] = [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[usage === 'server' ? 'serverAuth' : 'clientAuth']]),
    await x509.SubjectKeyIdentifierExtension.create(key),
  ];
  if (names.length > 0) {
    extensions.push(
      new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value }))),
    );
  }
  return extensions;
}

async function leaf(certificate: x509.X509Certificate, keys: webcrypto.CryptoKeyPair, above: string): Promise<Leaf> {
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    cert: pem(certificate),
    chain: pem(certificate) + above,
    key: `${x509.PemConverter.encode(key, 'PRIVATE KEY')}\n`,
    serial: certificate.serialNumber,
  };
}

function pem(data: { toString(format: 'pem'): string }): string {
  return `${data.toString('pem')}\n`;
}
