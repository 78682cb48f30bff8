import type { Duplex } from 'node:stream';

/** A message of the server: its type byte as a character, and what follows the length. */
export interface Message {
  readonly type: string;
  readonly body: Buffer;
  /** The whole message as it came. */
  readonly raw: Buffer;
}

/** The server sends something that cannot be a message. `what` fits "the server does not keep to the protocol: {what}". */
export class Malformed extends Error {
  readonly what: string;
  constructor(what: string) {
    super(what);
    this.name = 'Malformed';
    this.what = what;
  }
}

/**
 * Cuts the server's bytes into messages and holds no more than `limit` bytes, whatever the server claims or sends.
 * https://www.postgresql.org/docs/current/protocol-overview.html: a type byte, a length that counts itself, the body.
 */
export class Inbox {
  limit: number;
  /** The most bytes that were ever held. */
  peak = 0;
  #held: Buffer = Buffer.alloc(0);

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Takes bytes in and gives every message that is complete now, one by one. Throws Malformed. */
  *take(bytes: Buffer): Generator<Message> {
    if (this.#held.length + bytes.length > this.limit) throw new Malformed(`it sends more than ${this.limit} bytes`);
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    this.peak = Math.max(this.peak, this.#held.length);
    while (this.#held.length >= 5) {
      const length = this.#held.readUInt32BE(1);
      const type = String.fromCharCode(this.#held[0] as number);
      if (length < 4) throw new Malformed('a message has an impossible length');
      if (length + 1 > this.limit) throw new Malformed(`it announces a message of ${length} bytes`);
      if (this.#held.length < length + 1) return;
      const raw = this.#held.subarray(0, length + 1);
      this.#held = this.#held.subarray(length + 1);
      yield { type, body: raw.subarray(5), raw };
    }
  }
}

/** Reads a body from front to back; everything that runs over its end is Malformed. */
export class Body {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  bytes(count: number): Buffer {
    if (count < 0 || count > this.left) throw new Malformed('a message is shorter than it says');
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  /** A number of fields. */
  count(): number {
    const count = this.bytes(2).readInt16BE();
    if (count < 0) throw new Malformed('a message has a negative number of fields');
    return count;
  }

  int32(): number {
    return this.bytes(4).readInt32BE();
  }

  /** A text up to its NUL. */
  text(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0) throw new Malformed('a text in a message has no end');
    const text = this.#bytes.toString('utf8', this.#at, end);
    this.#at = end + 1;
    return text;
  }

  end(): void {
    if (this.left > 0) throw new Malformed('a message is longer than its contents');
  }
}

/** The fields of an ErrorResponse or NoticeResponse, by their letters: C SQLSTATE, M message, R routine, … Throws Malformed. */
export function errorFields(body: Buffer): Map<string, string> {
  const reader = new Body(body);
  const fields = new Map<string, string>();
  for (;;) {
    const letter = reader.bytes(1).toString('latin1');
    if (letter === '\0') break;
    fields.set(letter, reader.text());
  }
  reader.end();
  return fields;
}

/** What a stage waits for on a stream: the next bytes, or how it ended. Nothing stays attached afterwards. */
export function nextChunk(stream: Duplex): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const done = (action: () => void) => () => {
      stream.off('data', onData).off('error', onError).off('end', onEnd).off('close', onEnd);
      action();
    };
    const onData = (chunk: Buffer) => {
      stream.pause();
      done(() => resolve(chunk))();
    };
    const onError = (error: Error) => done(() => reject(error))();
    const onEnd = done(() => reject(stream.errored ?? new Hangup()));
    if (stream.destroyed || stream.readableEnded) return onEnd();
    stream.on('data', onData).on('error', onError).on('end', onEnd).on('close', onEnd);
    stream.resume();
  });
}

/** The server closed the connection in an orderly way (FIN). */
export class Hangup extends Error {
  constructor() {
    super('closed');
    this.name = 'Hangup';
  }
}

/** The server answered with an ErrorResponse. */
export class Refused extends Error {
  /** Its fields by their letters. */
  readonly fields: ReadonlyMap<string, string>;

  constructor(fields: ReadonlyMap<string, string>) {
    super('refused');
    this.name = 'Refused';
    this.fields = fields;
  }
}
