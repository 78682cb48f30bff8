import type { Socket } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';
import type { Connection } from '../connection/connection.ts';
import { Problem } from '../problems/index.ts';
import { Ended } from './bound.ts';
import { type Judgement, judge } from './certificate.ts';
import { kindQuery, mismatch } from './hosts.ts';
import { login, type Session } from './login.ts';
import type { Address } from './resolve.ts';
import { issuedBySystem, roots } from './roots.ts';
import type { Found, Peer, Setting } from './setting.ts';
import { handshake, secureContext, sendsCertificate } from './tls.ts';

/*
 * What is said once the server has agreed to talk: TLS, its certificate, the login, one query. A file of its own behind import(), because
 * it loads node:tls and node:crypto: the server is at work meanwhile.
 */

/** A connection inside TLS whose certificate may be dealt with. */
export interface Secured {
  readonly stream: TLSSocket;
  readonly judgement: Judgement;
  readonly facts: Partial<Found>;
}

/** The TLS context of this probe, made once. Throws Problem of the tls stage. */
export function contextOf({ connection, contexts }: Setting, server: string): SecureContext {
  const { withSystem, made } = contexts;
  const context = made.get(withSystem) ?? secureContext(connection, roots(connection.trust, withSystem), server);
  made.set(withSystem, context);
  return context;
}

/**
 * The handshake, and what there is to say about the certificate.
 *
 * @returns nothing when it has to be done once more, with the machine's own roots
 * @throws Problem of the stages tls and certificate
 */
export async function secure(peer: Peer, socket: Socket): Promise<Secured | undefined> {
  const { setting, host, server, bound } = peer;
  const { connection, watch, contexts } = setting;
  const { trust } = connection;
  const stream = await watch.run(
    'tls',
    server,
    async () => {
      const context = contextOf(setting, server);
      return handshake(socket, context, connection, host.host, server, bound).catch((error) =>
        named(error, connection, server, 'tls'),
      );
    },
    (secured) => `${secured.getProtocol()}, ${secured.getCipher().standardName ?? secured.getCipher().name}`,
  );
  const judgement = await watch.run(
    'certificate',
    server,
    async () => {
      const judgement = await judge(stream, host.host, trust, server);
      const { orphan } = judgement;
      // Another handshake, with the machine's own roots, decides what OpenSSL says then.
      if (orphan && trust.ca === undefined && !contexts.withSystem && issuedBySystem(orphan)) return undefined;
      const objection = demanded(connection, judgement);
      if (objection) throw objection;
      return judgement;
    },
    (judgement) =>
      judgement
        ? `${judgement.facts.subject}, from ${judgement.facts.issuer}, until ${judgement.facts.validTo.toISOString().slice(0, 10)}`
        : 'once more with the system’s own CAs',
  );
  if (!judgement) {
    stream.destroy();
    contexts.withSystem = true;
    return undefined;
  }
  const facts = {
    tlsVersion: stream.getProtocol() ?? '',
    cipher: stream.getCipher().standardName ?? stream.getCipher().name,
    certificate: judgement.facts,
    wouldVerifyFull: judgement.verifyFull,
  };
  return { stream, judgement, facts };
}

/** An error of Node's or OpenSSL's, by its name for people. */
async function named(error: unknown, connection: Connection, server: string, stage: 'tls' | 'authenticate'): Promise<never> {
  if (error instanceof Problem || error instanceof Ended) throw error;
  throw (await import('./tls-problem.ts')).tlsProblem(error as Error, connection, server, stage);
}

/** Login and query, and the goodbye. */
export async function converse(peer: Peer, stream: Socket, secured?: Secured): Promise<Found> {
  const { setting, host, address, server } = peer;
  const { connection, watch } = setting;
  const session = await watch.run(
    'authenticate',
    server,
    () => {
      demandCertificate(peer, secured);
      return login(stream, connection, {
        server,
        encrypted: secured !== undefined,
        trusted: isThisMachine(address) || (secured !== undefined && isProven(connection, secured.judgement)),
        certificateSent: secured !== undefined && sendsCertificate(connection),
        ...(secured ? { certificate: secured.judgement.der } : {}),
      }).catch((error) => named(error, connection, server, 'authenticate'));
    },
    ({ authentication, parameters }) => [authentication, parameters.get('server_version')].filter(Boolean).join(', PostgreSQL '),
  );
  await watch.run('query', server, () => query(peer, session));
  session.end();
  if (session.authentication === 'none' && connection.password !== undefined)
    watch.notice(`${server} lets user \`${connection.user}\` in without looking at the password.`);
  return {
    host: host.host,
    address: address.address.replace('\0', '@'),
    port: host.port,
    serverVersion: session.parameters.get('server_version')?.split(' ')[0]?.slice(0, 40) ?? '',
    ...secured?.facts,
    user: connection.user,
    database: connection.database,
    authentication: session.authentication,
    stages: watch.done,
  };
}

/** libpq's `sslcertmode=require`: the server has to have asked for our certificate and got it. */
function demandCertificate({ setting: { connection }, server }: Peer, secured: Secured | undefined): void {
  const missing = missingCertificate(connection, secured);
  if (missing === undefined) return;
  throw new Problem('authentication-downgrade', {
    server,
    what: `is shown no client certificate, as \`sslcertmode=require\` demands: ${missing}`,
    fix: 'Give `sslcert` and `sslkey` and an `sslmode` with TLS, and let the server ask for certificates (`ssl_ca_file`); or take `sslcertmode` out of the connection string.',
  });
}

function missingCertificate(connection: Connection, secured: Secured | undefined): string | undefined {
  if (connection.parameters.get('sslcertmode') !== 'require') return undefined;
  if (secured === undefined) return 'the connection is without TLS';
  // The algorithms that both sides can sign with come with the server's request for a certificate.
  if (secured.stream.getSharedSigalgs().length === 0) return 'the server asks for none';
  return sendsCertificate(connection) ? undefined : 'none was given';
}

/** A walsender for physical replication knows no SQL but SHOW. */
const knowsNoSql = (replication: string | undefined): boolean =>
  replication !== undefined && /^(?:t(?:r|ru|rue)?|y(?:e|es)?|on|1)$/i.test(replication);

async function query({ setting, server, target }: Peer, session: Session): Promise<void> {
  const asked = kindQuery(target, session.parameters);
  const plain = knowsNoSql(setting.connection.parameters.get('replication')) ? 'SHOW server_version' : 'SELECT 1';
  const rows = await session.query(asked ?? plain);
  const answer = rows[0]?.[0];
  if (rows.length !== 1 || (!asked && plain === 'SELECT 1' && answer !== '1'))
    throw new Problem('protocol-violation', { server, what: 'it does not answer `SELECT 1` with 1' }, 'query');
  const found = mismatch(target, session.parameters, asked ? answer : undefined);
  if (found === undefined) return;
  session.end();
  throw new Problem('session-read-only', {
    server,
    wanted: setting.connection.parameters.get('target_session_attrs') ?? target,
    found,
  });
}

/** What this connection's mode demands of the certificate. libpq checks the CA with `require` as well when one was given. */
function demanded({ sslmode, trust }: Connection, { chain, name }: Judgement): Problem | undefined {
  if (sslmode === 'verify-full') return chain ?? name;
  return sslmode === 'verify-ca' || (sslmode === 'require' && trust.ca !== undefined) ? chain : undefined;
}

/** Whether the server has shown who it is, as far as the mode asks, or further. */
function isProven({ sslmode, trust }: Connection, { chain, verifyFull }: Judgement): boolean {
  return verifyFull.ok || ((sslmode === 'verify-ca' || (sslmode === 'require' && trust.ca !== undefined)) && chain === undefined);
}

/** A Unix socket, or a loopback address: what is sent there does not leave this machine. */
const isThisMachine = ({ address, family }: Address): boolean =>
  family === 0 || address === '::1' || address.startsWith('127.') || address.toLowerCase().startsWith('::ffff:127.');
