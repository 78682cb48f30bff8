import { type KeyObject, X509Certificate } from 'node:crypto';
import type { Trust } from '../connection/connection.ts';
import { isIP } from '../connection/ip.ts';
import { certificateBlocks } from '../connection/pem.ts';
import { Problem } from '../problems/index.ts';
import { distinguishedName } from './distinguished-name.ts';
import { quotable } from './quotable.ts';

/** OpenSSL's verification errors (x509_vfy.h, as Node spells them) and what they mean to a person. */
export function chainProblem(error: string, chain: readonly X509Certificate[], trust: Trust, server: string): Problem {
  const leaf = chain[0] as X509Certificate;
  const subject = distinguishedName(leaf.subject);
  const invalid = (what: string, hint = '') => new Problem('certificate-invalid', { server, subject, what, hint });
  switch (error) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return new Problem('certificate-self-signed', { server, subject });
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return unknownCa((chain.at(-1) as X509Certificate).subject, trust, server);
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE': {
      const top = chain.at(-1) as X509Certificate;
      return chain.length === 1 && looksIncomplete(leaf, trust)
        ? new Problem('certificate-chain-incomplete', { server, issuer: distinguishedName(leaf.issuer) })
        : unknownCa(top.issuer, trust, server);
    }
    case 'CERT_HAS_EXPIRED': {
      const now = new Date();
      const expired = chain.find(({ validTo }) => new Date(validTo) < now) ?? leaf;
      return new Problem('certificate-expired', {
        server,
        subject: distinguishedName(expired.subject),
        date: day(expired.validTo),
        now: moment(now),
      });
    }
    case 'CERT_NOT_YET_VALID': {
      const now = new Date();
      const early = chain.find(({ validFrom }) => new Date(validFrom) > now) ?? leaf;
      return new Problem('certificate-not-yet-valid', {
        server,
        subject: distinguishedName(early.subject),
        date: moment(new Date(early.validFrom)),
        now: moment(now),
      });
    }
    case 'CERT_REVOKED':
      return new Problem('certificate-revoked', { server, subject });
    case 'UNABLE_TO_GET_CRL':
      return invalid(
        '`sslcrl` holds no list of its issuer',
        ' Or give lists of every issuer in the chain as `sslcrl`, one behind the other.',
      );
    case 'CRL_HAS_EXPIRED':
      return invalid('the revocation list in `sslcrl` is out of date', ' Or fetch the current list from the CA.');
    case 'CRL_NOT_YET_VALID':
    case 'CRL_SIGNATURE_FAILURE':
    case 'UNABLE_TO_DECRYPT_CRL_SIGNATURE':
      return invalid('the revocation list in `sslcrl` is not valid', ' Or fetch the current list from the CA.');
    case 'INVALID_PURPOSE':
      return invalid('it is not made for a server');
    case 'INVALID_CA':
    case 'PATH_LENGTH_EXCEEDED':
      return invalid('a certificate in its chain is not allowed to issue others');
    case 'CERT_SIGNATURE_FAILURE':
      return invalid('a signature in its chain is wrong');
    case 'CERT_CHAIN_TOO_LONG':
      return invalid('its chain is too long');
  }
  return invalid(weakness(chain) ?? `OpenSSL says ${/^[A-Z_ a-z-]{1,80}$/.test(error) ? error : 'no more'}`);
}

const unknownCa = (issuer: string, trust: Trust, server: string) =>
  new Problem('certificate-unknown-ca', {
    server,
    issuer: distinguishedName(issuer),
    roots: trust.ca === undefined ? 'the CAs that this machine trusts' : 'the CAs in `sslrootcert`',
  });

/**
 * A lone certificate whose issuer is missing can mean two things: the CA is unknown, or there is an intermediate in between that
 * the server does not send. Signs of the second: the certificate says where its issuer's can be fetched, as public CAs do; the
 * issuer calls itself an intermediate; or it belongs to the same organisation as a CA that was given.
 */
function looksIncomplete(leaf: X509Certificate, trust: Trust): boolean {
  if (/CA Issuers/.test(leaf.infoAccess ?? '')) return true;
  if (/intermediate|issuing|subordinate|\bsub[- ]?ca\b/i.test(leaf.issuer)) return true;
  const organisation = organisationOf(leaf.issuer);
  const given = certificateBlocks(trust.ca ?? '').map((pem) => new X509Certificate(pem).subject);
  // The same name with another key is a CA that was renewed; and OpenSSL's example organisation stands in everybody's.
  if (!organisation || given.includes(leaf.issuer) || organisation === 'Internet Widgits Pty Ltd') return false;
  return given.some((subject) => organisationOf(subject) === organisation);
}

const organisationOf = (name: string): string | undefined => /^O=(.+)$/m.exec(name)?.[1];

/** What OpenSSL's security level objects to without a code of its own (Node gives "UNSPECIFIED"). */
function weakness(chain: readonly X509Certificate[]): string | undefined {
  for (const certificate of chain) {
    let key: KeyObject;
    try {
      key = certificate.publicKey;
    } catch {
      return 'its key is of a kind that OpenSSL does not know';
    }
    const bits = key.asymmetricKeyDetails?.modulusLength;
    if (bits !== undefined && bits < 2048) return `a key of ${bits} bits is too weak`;
    const algorithm = (certificate as { signatureAlgorithm?: string }).signatureAlgorithm ?? '';
    if (/sha1|md5/i.test(algorithm)) return `its signature (${algorithm}) is too weak`;
  }
  return undefined;
}

/**
 * A certificate for other names.
 *
 * @param name the host, without the root's dot
 */
export function nameProblem(leaf: X509Certificate, name: string, server: string): Problem {
  const names = (leaf.subjectAltName ?? '')
    .split(', ')
    .filter((entry) => /^(DNS|IP Address):/.test(entry))
    .map((entry) => entry.replace(/^(DNS|IP Address):/, ''));
  const common = /^CN=(.+)$/m.exec(leaf.subject)?.[1];
  // A common name counts only where there are no alternative names, and never for an IP address.
  const counted = names.length > 0 ? names : common && !isIP(name) ? [common] : [];
  const shown = counted.slice(0, 5).map((entry) => `\`${quotable(entry, [], 80)}\``);
  if (counted.length > 5) shown.push(`${counted.length - 5} more`);
  const what =
    shown.length > 0 ? shown.join(', ') : common ? `\`${quotable(common, [], 80)}\` (as a common name only)` : 'no name at all';
  return new Problem('certificate-hostname-mismatch', { server, host: name, names: what });
}

const moment = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
const day = (date: string): string => moment(new Date(date));
