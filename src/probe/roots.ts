import { X509Certificate } from 'node:crypto';
import * as tls from 'node:tls';
import type { Trust } from '../connection/connection.ts';
import type { Roots } from './types.ts';

/**
 * The roots that a certificate is checked against, always named in full: what earlier steps may have set (NODE_EXTRA_CA_CERTS,
 * NODE_OPTIONS with another store) must not decide whom a password goes to. A CA that was given stands alone.
 *
 * @param withSystem also the machine's own roots; reading them takes longer than a whole probe, so they come in only when
 *   Node's do not suffice
 */
export function roots(trust: Trust, withSystem: boolean): string[] {
  if (trust.ca !== undefined) return [trust.ca];
  // One text and not a list of 121: OpenSSL then reads it in half the time.
  return [tls.rootCertificates.join('\n'), ...(withSystem ? systemRoots() : [])];
}

let system: string[] | undefined;

/** The machine's own roots, read once. Node below 22.15 cannot read them. */
function systemRoots(): string[] {
  system ??= tls.getCACertificates?.('system') ?? [];
  return system;
}

/** Whether one of the machine's own roots has issued this certificate, so that a second handshake with them is worth it. */
export function issuedBySystem(top: X509Certificate): boolean {
  const issuer = top.issuer;
  return systemRoots().some((pem) => {
    try {
      const root = new X509Certificate(pem);
      return root.subject === issuer && top.checkIssued(root) && top.verify(root.publicKey);
    } catch {
      return false;
    }
  });
}

const base64 = (pem: string): string => pem.replace(/-----[^-]+-----|\s+/g, '');

/** Which of the three a verified chain ends in. */
export function whose(root: X509Certificate, trust: Trust): Roots {
  if (trust.ca !== undefined) return 'given';
  const der = root.raw.toString('base64');
  if (tls.rootCertificates.some((pem) => base64(pem) === der)) return 'bundled';
  // A chain that ends below its root: the root's name decides.
  return system ? 'system' : 'bundled';
}
