import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual, X509Certificate } from 'node:crypto';

/**
 * SCRAM-SHA-256 (RFC 5802, RFC 7677) as a proxy in the middle needs it: it plays the server towards the client, learns the client's
 * key from a right proof, and plays the client towards the real server with that key. It never learns the password.
 */

/** What PostgreSQL keeps of a password: `SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>`. */
export interface Verifier {
  readonly iterations: number;
  readonly salt: string;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

export function parseVerifier(rolpassword: string): Verifier {
  const match = /^SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):(.+)$/.exec(rolpassword);
  if (!match) throw new Error('not a SCRAM verifier');
  const [, iterations, salt, stored, server] = match as unknown as [string, string, string, string, string];
  return {
    iterations: Number(iterations),
    salt,
    storedKey: Buffer.from(stored, 'base64'),
    serverKey: Buffer.from(server, 'base64'),
  };
}

/** A verifier that no password fits, for roles that do not exist: the exchange must look the same. */
export const noVerifier = (): Verifier => ({
  iterations: 4096,
  salt: randomBytes(16).toString('base64'),
  storedKey: randomBytes(32),
  serverKey: randomBytes(32),
});

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (data: Buffer): Buffer => createHash('sha256').update(data).digest();
const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, index) => byte ^ (b[index] as number)));
const field = (message: string, name: string): string => new RegExp(`(?:^|,)${name}=([^,]*)`).exec(message)?.[1] ?? '';

/** `tls-server-end-point` (RFC 5929, 4.1) of a certificate signed with SHA-256. */
export const endPoint = (pem: string): Buffer => sha256(new X509Certificate(pem).raw);

/** The server's half. */
export class ScramServer {
  readonly #verifier: Verifier;
  readonly #binding: Buffer | undefined;
  #header = '';
  #bare = '';
  #first = '';

  constructor(verifier: Verifier, binding: Buffer | undefined) {
    this.#verifier = verifier;
    this.#binding = binding;
  }

  /** Takes client-first-message, gives server-first-message. */
  first(clientFirst: string): string {
    const match = /^([nyp][^,]*,[^,]*,)(.*)$/.exec(clientFirst);
    if (!match) throw new Error('not a client-first-message');
    [, this.#header = '', this.#bare = ''] = match;
    const { salt, iterations } = this.#verifier;
    this.#first = `r=${field(this.#bare, 'r')}${randomBytes(18).toString('base64')},s=${salt},i=${iterations}`;
    return this.#first;
  }

  /** Takes client-final-message; gives server-final-message and the client's key, or why not. */
  final(clientFinal: string): { message: string; clientKey: Buffer } | 'wrong password' | 'wrong channel' {
    const bound = this.#header.startsWith('p=') ? (this.#binding ?? Buffer.alloc(0)) : Buffer.alloc(0);
    const channel = Buffer.concat([Buffer.from(this.#header), bound]).toString('base64');
    if (field(clientFinal, 'c') !== channel) return 'wrong channel';
    const proof = Buffer.from(field(clientFinal, 'p'), 'base64');
    const message = `${this.#bare},${this.#first},${clientFinal.slice(0, clientFinal.lastIndexOf(',p='))}`;
    const { storedKey, serverKey } = this.#verifier;
    if (proof.length !== storedKey.length) return 'wrong password';
    const clientKey = xor(proof, hmac(storedKey, message));
    if (!timingSafeEqual(sha256(clientKey), storedKey)) return 'wrong password';
    return { message: `v=${hmac(serverKey, message).toString('base64')}`, clientKey };
  }
}

/** The client's key of a password that was sent in clear; undefined when the password is wrong. */
export function clientKeyOf(password: string, { salt, iterations, storedKey }: Verifier): Buffer | undefined {
  const salted = pbkdf2Sync(password.normalize('NFKC'), Buffer.from(salt, 'base64'), iterations, 32, 'sha256');
  const clientKey = hmac(salted, 'Client Key');
  return timingSafeEqual(sha256(clientKey), storedKey) ? clientKey : undefined;
}

/** The client's half, with the key in place of the password. */
export class ScramClient {
  readonly #clientKey: Buffer;
  readonly #bare = `n=,r=${randomBytes(18).toString('base64')}`;

  constructor(clientKey: Buffer) {
    this.#clientKey = clientKey;
  }

  first(): string {
    return `n,,${this.#bare}`;
  }

  final(serverFirst: string): string {
    const withoutProof = `c=biws,r=${field(serverFirst, 'r')}`;
    const signature = hmac(sha256(this.#clientKey), `${this.#bare},${serverFirst},${withoutProof}`);
    return `${withoutProof},p=${xor(this.#clientKey, signature).toString('base64')}`;
  }
}
