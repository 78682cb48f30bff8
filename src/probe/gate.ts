import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { Body, errorFields, Hangup, Inbox, Malformed, type Message } from './messages.ts';

/** Nothing needs more before the login is done; libpq's own limits are 2,000 bytes a request and 30,000 an error. */
export const LIMIT_BEFORE_LOGIN = 65_536;
/** What a login's parameters and one small row may take. */
const LIMIT_AFTER_LOGIN = 1_048_576;

/**
 * Stands between the server and `pg`: only whole, well-formed messages that the conversation allows come through, one at a
 * time. `pg` throws out of reach on login requests that it does not know, waits for ever for the end of a text, and hands a
 * cleartext password to whoever asks; so it never sees what could make it do so.
 *
 * It is the `stream` of a pg Connection: it emits `data` and forwards what is written.
 */
export class Gate extends EventEmitter {
  readonly inbox = new Inbox(LIMIT_BEFORE_LOGIN);
  readonly #stream: Duplex;
  readonly #judge: (message: Message) => boolean;
  readonly #fail: (error: unknown) => void;
  #closed = false;
  #beforeLogin = 0;
  #loggedIn = false;

  /**
   * @param stream the connection, secured where it has to be
   * @param judge decides each message: true passes it to pg, false keeps it; throws to end the conversation
   * @param fail hears how the conversation failed, once
   */
  constructor(stream: Duplex, judge: (message: Message) => boolean, fail: (error: unknown) => void) {
    super();
    this.#stream = stream;
    this.#judge = judge;
    this.#fail = fail;
    const onEnd = () => this.#stop(stream.errored ?? new Hangup());
    stream.on('error', (error) => this.#stop(error));
    stream
      .on('data', (chunk: Buffer) => this.#receive(chunk))
      .on('end', onEnd)
      .on('close', onEnd);
    if (stream.destroyed || stream.readableEnded) queueMicrotask(onEnd);
    else stream.resume();
  }

  get writable(): boolean {
    return !this.#closed && this.#stream.writable;
  }

  write(bytes: Buffer): boolean {
    return this.writable && this.#stream.write(bytes);
  }

  /** From AuthenticationOk on the server may send more at once. */
  loggedIn(): void {
    this.#loggedIn = true;
    this.inbox.limit = LIMIT_AFTER_LOGIN;
  }

  /** Stops listening; what still comes is thrown away. */
  close(): void {
    this.#closed = true;
  }

  #receive(chunk: Buffer): void {
    if (this.#closed) return;
    try {
      // Notices without end fill no buffer, and are no login either.
      if (!this.#loggedIn) this.#beforeLogin += chunk.length;
      if (this.#beforeLogin > LIMIT_BEFORE_LOGIN) throw new Malformed('it sends and sends and never lets us in');
      for (const message of this.inbox.take(chunk)) {
        checkForm(message);
        if (this.#judge(message)) this.emit('data', message.raw);
        if (this.#closed) return;
      }
    } catch (error) {
      this.#stop(error);
    }
  }

  #stop(error: unknown): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#fail(error);
  }
}

/** Checks a body against its message's format (protocol-message-formats.html), so that pg's parser cannot run astray. */
function checkForm({ type, body }: Message): void {
  const reader = new Body(body);
  switch (type) {
    case 'R':
      checkAuthentication(reader);
      return;
    case 'E':
    case 'N':
      errorFields(body);
      return;
    case 'S':
      reader.text();
      reader.text();
      break;
    case 'K':
      reader.int32();
      // Protocol 3.0: four bytes; 3.2: up to 256.
      if (reader.left < 4 || reader.left > 256) throw new Malformed('its cancel key has an impossible length');
      return;
    case 'Z':
      if (!'ITE'.includes(reader.bytes(1).toString('latin1'))) throw new Malformed('it is ready in a state that does not exist');
      break;
    case 'T':
      for (let fields = reader.count(); fields > 0; fields--) {
        reader.text();
        reader.bytes(18);
      }
      break;
    case 'D':
      for (let fields = reader.count(); fields > 0; fields--) {
        const length = reader.int32();
        if (length !== -1) reader.bytes(length);
      }
      break;
    case 'C':
      reader.text();
      break;
    case 'A':
      reader.int32();
      reader.text();
      reader.text();
      break;
    case 'I':
      break;
    case 'v':
      reader.int32();
      for (let names = reader.int32(); names > 0; names--) reader.text();
      break;
    default:
      throw new Malformed('it sends a message of a kind that has no place here');
  }
  reader.end();
}

function checkAuthentication(reader: Body): void {
  const request = reader.int32();
  if (request === 5) reader.bytes(4);
  if (request === 10) {
    let name: string;
    do name = reader.text();
    while (name !== '');
  }
  // 8, 11 and 12 carry data that is judged where it is used; 7 and 9 are refused before that.
  if (request === 0 || request === 3 || request === 5 || request === 10) reader.end();
}
