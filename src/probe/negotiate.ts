import type { Duplex } from 'node:stream';
import { Problem } from '../problems/index.ts';
import { Hangup, nextChunk } from './messages.ts';

/** SSLRequest: length 8, code 1234 · 2^16 + 5679 (https://www.postgresql.org/docs/current/protocol-message-formats.html). */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
const LIMIT = 65_536;
/** libpq's MAX_ERRLEN: a longer "length" is no length but the text of a server older than protocol 3. */
const MAX_ERROR = 30_000;

/**
 * Asks for TLS on a fresh connection.
 *
 * @param server its name for the sentences
 * @param meanwhile called when the question has left: time for work that does not need the answer
 * @returns true when the server is ready for the handshake, false when it offers no TLS
 * @throws Problem of the negotiate stage
 */
export async function negotiate(
  stream: Duplex,
  server: string,
  secrets: readonly (string | undefined)[],
  meanwhile: () => void = () => {},
): Promise<boolean> {
  stream.write(SSL_REQUEST);
  const answering = chunk(stream, server);
  meanwhile();
  let answer = await answering;
  const first = answer[0];
  // One chunk with more behind the `S` is what libpq refuses as well (CVE-2021-23222): those bytes would be read as if encrypted.
  if (first === 0x53 /* S */ || first === 0x4e /* N */) {
    if (answer.length === 1) return first === 0x53;
    const what = await foreign(answer);
    if (what) throw new Problem('not-postgres', { server, what });
    throw new Problem('plaintext-injection', { server });
  }
  if (first !== 0x45 /* E */)
    throw new Problem('not-postgres', {
      server,
      what: (await foreign(answer)) ?? 'its answer is not one of the three that exist',
    });
  // An error instead of an answer. It comes unencrypted, so nothing in it can be trusted (CVE-2024-10977).
  while (answer.length < 5 || !complete(answer)) {
    if (answer.length >= LIMIT) throw new Problem('not-postgres', { server, what: 'it answers with an endless error' });
    try {
      answer = Buffer.concat([answer, await nextChunk(stream)]);
    } catch {
      break;
    }
  }
  throw (await import('./server-error.ts')).refusalDuringNegotiation(answer, server, secrets);
}

/** A version 3 ErrorResponse is complete at its length; an older one at its NUL. */
function complete(answer: Buffer): boolean {
  const length = answer.readUInt32BE(1);
  return length >= 8 && length <= MAX_ERROR ? answer.length > length : answer.includes(0, 1);
}

async function chunk(stream: Duplex, server: string): Promise<Buffer> {
  try {
    return await nextChunk(stream);
  } catch (error) {
    if (error instanceof Hangup)
      throw new Problem('connection-closed', { server, when: 'when it was asked for TLS' }, 'negotiate');
    throw new Problem('connection-reset', { server, when: 'when TLS was asked for' }, 'negotiate');
  }
}

/** What else answers there, when its first bytes say so. */
const foreign = async (answer: Buffer): Promise<string | undefined> => (await import('./foreign-server.ts')).foreign(answer);
