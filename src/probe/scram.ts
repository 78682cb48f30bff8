import { createHmac, hash, pbkdf2, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Malformed } from './messages.ts';

/** The usual number takes a millisecond or two: less than to start Node's thread pool. More must not keep the deadline waiting. */
const derive = (password: Buffer, salt: Buffer, iterations: number): Promise<Buffer> | Buffer =>
  iterations <= 10_000
    ? pbkdf2Sync(password, salt, iterations, 32, 'sha256')
    : promisify(pbkdf2)(password, salt, iterations, 32, 'sha256');
const hmac = (key: Buffer, text: string | Buffer) => createHmac('sha256', key).update(text).digest();
const sha256 = (bytes: Buffer) => hash('sha256', bytes, 'buffer');

/** The server wants so many iterations that the login would take longer than it is worth. */
export class TooManyIterations extends Error {
  readonly iterations: number;
  constructor(iterations: number) {
    super('too many iterations');
    this.iterations = iterations;
  }
}
/** So few iterations that whoever gets our proof can guess the password quickly. */
export class TooFewIterations extends Error {
  readonly iterations: number;
  constructor(iterations: number) {
    super('too few iterations');
    this.iterations = iterations;
  }
}

/** libpq has no limit and can be kept busy for minutes; a million takes about half a second. pg refuses more than 100,000. */
export const MOST_ITERATIONS = 1_000_000;
/** RFC 7677, section 4: at least 4096. PostgreSQL's default. */
export const LEAST_ITERATIONS = 4096;

export interface ScramOptions {
  /** Normalised already (RFC 4013), as bytes. */
  readonly password: Buffer;
  /** libpq's `scram_client_key`: what the password would be made into for our proof. */
  readonly clientKey?: Buffer;
  /** libpq's `scram_server_key`: what the password would be made into to check the server's. */
  readonly serverKey?: Buffer;
  /** The hash of the server's certificate (RFC 5929, tls-server-end-point): the exchange is bound to this TLS connection. */
  readonly endPoint?: Buffer;
  /** Over TLS, able to bind, and the server did not offer it: says so, which a man in the middle cannot forge. */
  readonly couldBind: boolean;
  /** Refuse fewer iterations than RFC 7677 wants: for a server that has not proved who it is. */
  readonly strict: boolean;
  /** For tests: the exchange of RFC 7677 is fixed by its nonce. */
  readonly nonce?: string;
}

/**
 * One SCRAM-SHA-256 login (RFC 5802, RFC 7677), with or without channel binding, and with the check of the server's proof.
 * Written here and not taken from `pg`, because libpq's rules decide what a login needs: pg reads the password differently
 * where SASLprep refuses it, and its WebCrypto start-up alone takes a tenth of the probe's time.
 */
export class Scram {
  readonly #options: ScramOptions;
  readonly #header: string;
  readonly #first: string;
  readonly #nonce: string;
  #serverSignature: Buffer | undefined;

  constructor(options: ScramOptions) {
    this.#options = options;
    this.#nonce = options.nonce ?? randomBytes(18).toString('base64');
    this.#header = options.endPoint ? 'p=tls-server-end-point,,' : options.couldBind ? 'y,,' : 'n,,';
    // PostgreSQL takes the user from the startup packet and ignores this one; libpq leaves it empty.
    this.#first = `n=,r=${this.#nonce}`;
  }

  /** The mechanism's name on the wire. */
  get mechanism(): 'SCRAM-SHA-256-PLUS' | 'SCRAM-SHA-256' {
    return this.#options.endPoint ? 'SCRAM-SHA-256-PLUS' : 'SCRAM-SHA-256';
  }

  /** client-first-message */
  first(): string {
    return this.#header + this.#first;
  }

  /** client-final-message for the server's first. Throws Malformed, TooManyIterations, TooFewIterations. */
  async final(serverFirst: string): Promise<string> {
    const { nonce, salt, iterations } = this.#parse(serverFirst);
    if (iterations > MOST_ITERATIONS) throw new TooManyIterations(iterations);
    if (this.#options.strict && iterations < LEAST_ITERATIONS) throw new TooFewIterations(iterations);
    const binding = Buffer.concat([Buffer.from(this.#header), this.#options.endPoint ?? Buffer.alloc(0)]).toString('base64');
    const withoutProof = `c=${binding},r=${nonce}`;
    const exchange = `${this.#first},${serverFirst},${withoutProof}`;
    const salted = await derive(this.#options.password, salt, iterations);
    const clientKey = this.#options.clientKey ?? hmac(salted, 'Client Key');
    const signature = hmac(sha256(clientKey), exchange);
    this.#serverSignature = hmac(this.#options.serverKey ?? hmac(salted, 'Server Key'), exchange);
    const proof = clientKey.map((byte, index) => byte ^ (signature[index] as number));
    return `${withoutProof},p=${Buffer.from(proof).toString('base64')}`;
  }

  /** Checks the server-final-message: only a server that knows the password's verifier can make it. */
  proves(serverFinal: string): boolean {
    const match = /^v=([A-Za-z0-9+/]+={0,2})(?:,|$)/.exec(serverFinal);
    const expected = this.#serverSignature;
    if (!match || !expected) return false;
    const signature = Buffer.from(match[1] as string, 'base64');
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  }

  #parse(message: string): { nonce: string; salt: Buffer; iterations: number } {
    // reserved-mext (m=…) must make us fail; extensions may follow the iteration count.
    const match =
      /^r=([\x21-\x2b\x2d-\x7e]+),s=((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?),i=([1-9]\d{0,9})(?:,.*)?$/s.exec(
        message,
      );
    if (!match) throw new Malformed('its first SCRAM message makes no sense');
    const [, nonce, salt, iterations] = match as unknown as [string, string, string, string];
    if (!nonce.startsWith(this.#nonce) || nonce.length === this.#nonce.length)
      throw new Malformed('its SCRAM nonce does not continue ours');
    if (salt === '') throw new Malformed('its SCRAM message has no salt');
    return { nonce, salt: Buffer.from(salt, 'base64'), iterations: Number(iterations) };
  }
}
