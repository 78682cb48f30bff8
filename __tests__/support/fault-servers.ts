import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import * as tls from 'node:tls';

/** One connection of a client to a fake server: reads by the byte, writes whatever it likes, may turn to TLS. */
export class Guest {
  #stream: Socket;
  /** Everything that came, decrypted where it came through TLS. */
  received: Buffer = Buffer.alloc(0);
  #read = 0;
  readonly #waiting = new Set<() => void>();
  #ended = false;
  #listener: (chunk: Buffer) => void;

  constructor(socket: Socket) {
    this.#stream = socket;
    this.#listener = (chunk) => {
      this.received = Buffer.concat([this.received, chunk]);
      this.#wake();
    };
    this.#listen();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  #listen(): void {
    const end = () => {
      this.#ended = true;
      this.#wake();
    };
    this.#stream.on('data', this.#listener).on('error', end).on('close', end).on('end', end);
  }

  /** The next so many bytes; rejects when the client hangs up first. */
  async read(count: number): Promise<Buffer> {
    while (this.received.length - this.#read < count) {
      if (this.#ended) throw new Error('the client hung up');
      await this.#change();
    }
    this.#read += count;
    return this.received.subarray(this.#read - count, this.#read);
  }

  /** A packet without a type: SSLRequest, startup. */
  async packet(): Promise<Buffer> {
    const length = (await this.read(4)).readUInt32BE();
    return this.read(length - 4);
  }

  /** A message with its type. */
  async message(): Promise<{ type: string; body: Buffer }> {
    const header = await this.read(5);
    return { type: header.toString('latin1', 0, 1), body: await this.read(header.readUInt32BE(1) - 4) };
  }

  write(bytes: Buffer | string): void {
    if (this.#stream.writable) this.#stream.write(bytes);
  }

  end(): void {
    this.#stream.end();
  }

  /** RST in place of FIN. */
  reset(): void {
    this.#stream.resetAndDestroy();
  }

  destroy(): void {
    this.#stream.destroy();
  }

  /** Waits until the client has gone. */
  async gone(): Promise<void> {
    while (!this.#ended) await this.#change();
  }

  /** Does the server's side of a handshake. What is read from now on came through TLS. */
  async secure(options: tls.TLSSocketOptions): Promise<void> {
    const inner = this.#stream;
    inner.off('data', this.#listener);
    const rest = this.received.subarray(this.#read);
    if (rest.length > 0) inner.unshift(rest);
    this.received = this.received.subarray(0, this.#read);
    const secured = new tls.TLSSocket(inner, { isServer: true, ...options });
    this.#stream = secured;
    this.#listen();
    await new Promise<void>((resolve, reject) => {
      secured.once('secure', resolve);
      secured.once('close', () => reject(new Error('the client hung up')));
    });
  }
}

export type Script = (guest: Guest) => Promise<unknown> | unknown;

export interface Fake {
  readonly port: number;
  readonly guests: readonly Guest[];
  stop(): Promise<void>;
}

/** A server on a free loopback port that plays the script with each client. A script that fails is a client that hung up. */
export async function fake(script: Script, host = '127.0.0.1'): Promise<Fake> {
  const guests: Guest[] = [];
  const server: Server = createServer((socket) => {
    const guest = new Guest(socket);
    guests.push(guest);
    Promise.resolve()
      .then(() => script(guest))
      .catch(() => guest.destroy());
  });
  server.listen(0, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    guests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const guest of guests) guest.destroy();
      }),
  };
}

const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

/** A message of the server: type, length, body. */
export const message = (type: string, ...parts: (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
};

/** Messages of a PostgreSQL server, as bytes. */
export const say = {
  ok: message('R', int32(0)),
  authentication: (request: number, ...parts: (Buffer | string)[]) => message('R', int32(request), ...parts),
  cleartext: message('R', int32(3)),
  md5: message('R', int32(5), Buffer.from([1, 2, 3, 4])),
  sasl: (...mechanisms: string[]) => message('R', int32(10), ...mechanisms.map((name) => `${name}\0`), '\0'),
  saslContinue: (data: string) => message('R', int32(11), data),
  saslFinal: (data: string) => message('R', int32(12), data),
  error: (sqlstate: string, text: string, fields: Record<string, string> = {}) =>
    message(
      'E',
      ...Object.entries({ S: 'FATAL', V: 'FATAL', C: sqlstate, M: text, ...fields }).map(([k, v]) => `${k}${v}\0`),
      '\0',
    ),
  notice: (text: string) => message('N', `SNOTICE\0C00000\0M${text}\0\0`),
  parameter: (name: string, value: string) => message('S', `${name}\0${value}\0`),
  key: message('K', int32(42), int32(4711)),
  ready: message('Z', 'I'),
  /** The answer to `SELECT 1`. */
  one: Buffer.concat([
    message(
      'T',
      Buffer.from([0, 1]),
      '?column?\0',
      Buffer.alloc(4),
      Buffer.alloc(2),
      int32(23),
      Buffer.from([0, 4]),
      int32(-1),
      Buffer.alloc(2),
    ),
    message('D', Buffer.from([0, 1]), int32(1), '1'),
    message('C', 'SELECT 1\0'),
    message('Z', 'I'),
  ]),
  row: (value: string) =>
    Buffer.concat([
      message(
        'T',
        Buffer.from([0, 1]),
        'value\0',
        Buffer.alloc(4),
        Buffer.alloc(2),
        int32(25),
        Buffer.from([0xff, 0xff]),
        int32(-1),
        Buffer.alloc(2),
      ),
      message('D', Buffer.from([0, 1]), int32(value.length), value),
      message('C', 'SELECT 1\0'),
      message('Z', 'I'),
    ]),
  negotiate: (version: number, ...options: string[]) =>
    message('v', int32(version), int32(options.length), ...options.map((o) => `${o}\0`)),
};

/** What a server says after the login, up to ReadyForQuery. */
export const welcome = (parameters: Record<string, string> = {}): Buffer =>
  Buffer.concat([
    say.ok,
    ...Object.entries({ server_version: '18.4', in_hot_standby: 'off', default_transaction_read_only: 'off', ...parameters }).map(
      ([name, value]) => say.parameter(name, value),
    ),
    say.key,
    say.ready,
  ]);

/** Scripts are made of steps, which are scripts themselves. */
export const play =
  (...steps: readonly Script[]): Script =>
  async (guest) => {
    for (const step of steps) await step(guest);
  };

/** Takes a packet without a type: SSLRequest, startup packet. */
export const packet: Script = (guest) => guest.packet();
/** Takes a message. */
export const heard: Script = (guest) => guest.message();
export const sends =
  (bytes: Buffer | string): Script =>
  (guest) =>
    guest.write(bytes);
export const closes: Script = (guest) => guest.end();
export const resets: Script = (guest) => guest.reset();
/** Says nothing more, until the client goes. */
export const silence: Script = (guest) => guest.gone();
/** Does its side of a TLS handshake. */
export const handshake =
  (options: () => tls.TLSSocketOptions): Script =>
  (guest) =>
    guest.secure(options());
/** Lets the client in and answers its first query. */
export const serves = (parameters: Record<string, string> = {}): Script =>
  play(sends(welcome(parameters)), heard, sends(say.one), silence);
/** Begins a SCRAM login as a server does, up to the client's proof. */
export const scram =
  (iterations: number): Script =>
  async (guest) => {
    guest.write(say.sasl('SCRAM-SHA-256'));
    const { body } = await guest.message();
    const nonce = /r=([^,]+)$/.exec(body.toString())?.[1];
    guest.write(say.saslContinue(`r=${nonce}server,s=c2FsdHNhbHRzYWx0,i=${iterations}`));
  };
