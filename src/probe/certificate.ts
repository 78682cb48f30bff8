import { type KeyObject, X509Certificate } from 'node:crypto';
import { checkServerIdentity, type DetailedPeerCertificate, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { Trust } from '../connection/connection.ts';
import { isIP } from '../connection/ip.ts';
import { certificateBlocks } from '../connection/pem.ts';
import { Problem } from '../problems/probe.ts';
import { quotable } from './quotable.ts';
import { whose } from './roots.ts';
import type { CertificateFacts, VerifyFull } from './types.ts';

/** What there is to say about the server's certificate, whether it is demanded or not. */
export interface Judgement {
  readonly facts: CertificateFacts;
  /** DER, for channel binding. */
  readonly der: Buffer;
  /** What `verify-ca` would object to. */
  readonly chain?: Problem;
  /** What `verify-full` would object to besides. */
  readonly name?: Problem;
  readonly verifyFull: VerifyFull;
  /** The last certificate of the chain that was built, for a second look with more roots; only when its issuer was not found. */
  readonly orphan?: X509Certificate;
}

/**
 * Judges the certificate of a finished handshake: the chain by what OpenSSL found (RFC 5280), the name by Node's
 * checkServerIdentity (RFC 6125), which agrees with libpq's rules but for oddities.
 *
 * @param host the name that the certificate has to be for
 * @param server its name for the sentences
 */
export function judge(socket: TLSSocket, host: string, trust: Trust, server: string): Judgement {
  // Not getPeerX509Certificate: in Node 24 it empties what getPeerCertificate gives afterwards, and crashes the process at its end.
  // The whole chain only where there is something to find in it: reading it takes a while.
  const peer = socket.getPeerCertificate(Boolean(socket.authorizationError) || trust.ca === undefined);
  const [leaf, ...above] = chainOf(peer as DetailedPeerCertificate);
  if (!leaf) {
    const chain = new Problem('certificate-invalid', { server, subject: 'none', what: 'it sent none', hint: '' });
    const none = { subject: '', issuer: '', validFrom: new Date(0), validTo: new Date(0) };
    return { facts: none, der: Buffer.alloc(0), chain, verifyFull: { ok: false, code: chain.code, reason: chain.message } };
  }
  const all = [leaf, ...above];
  const top = all.at(-1) as X509Certificate;
  const error = socket.authorizationError as unknown as string | undefined | null;
  const chain = error ? chainProblem(String(error), all, trust, server) : undefined;
  const name = nameProblem(peer, leaf, host, server);
  const objection = chain ?? name;
  return {
    facts: {
      subject: distinguishedName(leaf.subject),
      issuer: distinguishedName(leaf.issuer),
      validFrom: new Date(leaf.validFrom),
      validTo: new Date(leaf.validTo),
    },
    der: leaf.raw,
    ...(chain ? { chain } : {}),
    ...(name ? { name } : {}),
    verifyFull: objection
      ? { ok: false, code: objection.code, reason: objection.message }
      : { ok: true, with: whose(top, trust) },
    ...(chain && ['certificate-unknown-ca', 'certificate-chain-incomplete', 'certificate-self-signed'].includes(chain.code)
      ? { orphan: top }
      : {}),
  };
}

/** From the server's own certificate upwards, as far as OpenSSL could link them; empty when the server sent none. */
function chainOf(peer: DetailedPeerCertificate): X509Certificate[] {
  const chain: X509Certificate[] = [];
  // A root names itself as its issuer.
  for (let next: DetailedPeerCertificate | undefined = peer; next?.raw && chain.length < 20; next = next.issuerCertificate) {
    if (chain.some(({ raw }) => raw.equals(next?.raw as Buffer))) break;
    chain.push(new X509Certificate(next.raw));
  }
  return chain;
}

/** OpenSSL's verification errors (x509_vfy.h, as Node spells them) and what they mean to a person. */
function chainProblem(error: string, chain: readonly X509Certificate[], trust: Trust, server: string): Problem {
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

function nameProblem(peer: PeerCertificate, leaf: X509Certificate, host: string, server: string): Problem | undefined {
  const name = host.replace(/\.$/, '');
  if (!checkServerIdentity(name, peer)) return undefined;
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

/** "CN=db.example.com, O=Example": Node puts each part on a line of its own. Certificates are data from outside. */
const distinguishedName = (name: string): string => quotable((name ?? '').split('\n').join(', '), [], 120) || 'no name';

const moment = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
const day = (date: string): string => moment(new Date(date));
