import { X509Certificate } from 'node:crypto';
import { checkServerIdentity, type DetailedPeerCertificate, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { Trust } from '../connection/connection.ts';
import { Problem } from '../problems/index.ts';
import { distinguishedName } from './distinguished-name.ts';
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
 * checkServerIdentity (RFC 6125), which then agrees with libpq's rules but for oddities.
 *
 * @param host the name that the certificate has to be for
 * @param server its name for the sentences
 */
export async function judge(socket: TLSSocket, host: string, trust: Trust, server: string): Promise<Judgement> {
  // Not getPeerX509Certificate: in Node 24 it empties what getPeerCertificate gives afterwards, and crashes the process at its end.
  // The whole chain only where there is something to find in it: reading it takes a while.
  const peer = socket.getPeerCertificate(Boolean(socket.authorizationError) || trust.ca === undefined);
  const [leaf, ...above] = chainOf(peer as DetailedPeerCertificate);
  if (!leaf) {
    await import('../problems/all.ts');
    const chain = new Problem('certificate-invalid', { server, subject: 'none', what: 'it sent none', hint: '' });
    const none = { subject: '', issuer: '', validFrom: new Date(0), validTo: new Date(0) };
    return { facts: none, der: Buffer.alloc(0), chain, verifyFull: { ok: false, code: chain.code, reason: chain.message } };
  }
  const all = [leaf, ...above];
  const top = all.at(-1) as X509Certificate;
  const error = socket.authorizationError as unknown as string | undefined | null;
  const named = host.replace(/\.$/, '');
  const otherName = checkServerIdentity(named, withWholeWildcards(peer)) !== undefined;
  // Behind import(): what is wrong with certificates is long to tell, and most have nothing.
  const problems = error || otherName ? await import('./certificate-problem.ts') : undefined;
  if (problems !== undefined) await import('../problems/all.ts');
  const chain = error ? problems?.chainProblem(String(error), all, trust, server) : undefined;
  const name = otherName ? problems?.nameProblem(leaf, named, server) : undefined;
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

/**
 * A wildcard is a whole label: Node takes `db*.example.com` for `db1.example.com` as well, which libpq does not and RFC 9525 forbids.
 * What is left of such names fits no host.
 */
function withWholeWildcards(peer: PeerCertificate): PeerCertificate {
  const literally = (names: string) => (names.includes('*') ? names.replace(/(?<!^|:)\*|\*(?!\.)/g, '?') : names);
  const common = [peer.subject?.CN ?? []].flat().map(literally);
  return {
    ...peer,
    subject: { ...peer.subject, CN: common as unknown as string },
    subjectaltname: literally(peer.subjectaltname ?? ''),
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
