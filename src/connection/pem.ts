import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { Trust } from './connection.ts';
import { revocationLists } from './revocation-lists.ts';

/** What is wrong with one of the PEM texts: the keyword it came from, what it is, what to do. No text of the PEM in it. */
export interface PemFault {
  readonly keyword: 'sslrootcert' | 'sslcert' | 'sslkey' | 'sslpassword' | 'sslcrl';
  /** Fits "Input `{keyword}` {what}." */
  readonly what: string;
  readonly fix: string;
}

/**
 * Checks certificates, key and revocation list before any packet is sent, so that a mistake in a secret is not reported as a
 * fault of the server. It loads node:tls: import it only when there is something to check.
 *
 * @param trust PEM texts as read from the inputs; `passphrase` in clear
 * @returns the first fault, or undefined when TLS can use them all
 */
export function checkCertificates(trust: Trust): PemFault | undefined {
  return checkRoots(trust.ca) ?? checkClient(trust) ?? checkRevocations(trust.crl);
}

/** Every certificate block of a PEM text, also OpenSSL's older and trusted forms. Text around the blocks is ignored, as OpenSSL does. */
export function certificateBlocks(pem: string): string[] {
  return pem.match(/-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----[\s\S]*?-----END \1-----/g) ?? [];
}

function checkRoots(ca: string | undefined): PemFault | undefined {
  if (ca === undefined) return undefined;
  const fix = 'Give the CA certificate as PEM text (`-----BEGIN CERTIFICATE-----` …), or the path of a file that holds it.';
  const blocks = certificateBlocks(ca);
  if (blocks.length === 0) return { keyword: 'sslrootcert', what: `holds no certificate${instead(ca)}`, fix };
  for (const [index, block] of blocks.entries()) {
    const certificate = readCertificate(block);
    const which = blocks.length > 1 ? `whose certificate number ${index + 1}` : 'whose certificate';
    if (!certificate) return { keyword: 'sslrootcert', what: `holds a PEM text ${which} cannot be read`, fix };
  }
  return undefined;
}

function checkClient({ cert, key, passphrase }: Trust): PemFault | undefined {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined)
    return { keyword: 'sslkey', what: 'was given without its certificate', fix: 'Give `sslcert` too, or neither.' };
  const first = certificateBlocks(cert)[0];
  const certificate = first === undefined ? undefined : readCertificate(first);
  if (!certificate)
    return {
      keyword: 'sslcert',
      what: first === undefined ? `holds no certificate${instead(cert)}` : 'holds a certificate that cannot be read',
      fix: 'Give the client certificate as PEM text, its own certificate first, then the intermediates.',
    };
  if (key === undefined)
    return { keyword: 'sslcert', what: 'was given without its key', fix: 'Give `sslkey`, the private key of that certificate.' };
  const read = readKey(key, passphrase);
  if ('keyword' in read) return read;
  if (!certificate.checkPrivateKey(read))
    return {
      keyword: 'sslkey',
      what: 'does not belong to the certificate in `sslcert`',
      fix: 'Give the key that the certificate was made for; when the certificate was renewed, both have to be replaced.',
    };
  return undefined;
}

function readKey(pem: string, passphrase: string | undefined): KeyObject | PemFault {
  const encrypted = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(pem);
  if (encrypted && passphrase === undefined)
    return {
      keyword: 'sslkey',
      what: 'is encrypted, and no passphrase was given',
      fix: 'Add `sslpassword=…` to the connection string, or store the key without a passphrase (`openssl pkey -in key.pem -out plain.pem`).',
    };
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem))
    return {
      keyword: 'sslkey',
      what: `holds no private key${instead(pem)}`,
      fix: 'Give the private key of the client certificate as PEM text.',
    };
  try {
    return createPrivateKey(passphrase === undefined ? pem : { key: pem, passphrase });
  } catch {
    if (encrypted)
      return {
        keyword: 'sslpassword',
        what: 'does not decrypt the key in `sslkey`',
        fix: 'Give the passphrase that the key was encrypted with, or store the key without one.',
      };
    return {
      keyword: 'sslkey',
      what: 'holds a private key that cannot be read',
      fix: 'Copy the whole file into the secret, line breaks included, from `-----BEGIN` to `-----END …-----`.',
    };
  }
}

function checkRevocations(crl: string | undefined): PemFault | undefined {
  if (crl === undefined) return undefined;
  const fault: PemFault = {
    keyword: 'sslcrl',
    what: `holds no certificate revocation list${instead(crl)}`,
    fix: 'Give the list as PEM text (`-----BEGIN X509 CRL-----` …).',
  };
  const begun = crl.split('-----BEGIN X509 CRL-----').length - 1;
  if (begun === 0) return fault;
  const lists = revocationLists(crl);
  try {
    createSecureContext({ crl: lists });
    if (lists.length === begun) return undefined;
  } catch {
    // The same as a list without an end.
  }
  return { ...fault, what: 'holds a revocation list that cannot be read' };
}

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** Names the kind of PEM block that stands there instead, never its content. */
function instead(text: string): string {
  const found = /-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(text)?.[1];
  if (found) return ` but ${/^[AEIOUX]/.test(found) ? 'an' : 'a'} ${found}`;
  return text.trim() === '' ? '; it is empty' : '';
}
