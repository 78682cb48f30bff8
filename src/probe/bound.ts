import { now } from '../clock.ts';

/** Why a bound ended: its own time was over, that of a bound around it, or somebody cancelled. */
export class Ended extends Error {
  readonly why: 'time' | 'cancelled';
  readonly bound: Bound | undefined;

  constructor(why: 'time' | 'cancelled', bound?: Bound) {
    super(why);
    this.name = 'Ended';
    this.why = why;
    this.bound = bound;
  }
}

/** Something that can be thrown away at once: a socket. */
interface Closable {
  destroy(): unknown;
}

/** What a bound lies in: the bound around it, or the caller's signal. */
type Around = Bound | AbortSignal;

/**
 * A span of time inside which work is done: when it is over, or when the bound around it ends, everything that is registered
 * in it is destroyed, and everything that waits in it rejects with `Ended`. What cannot be cancelled (a look-up of a name) is
 * simply no longer waited for.
 *
 * Not an AbortController, whose events cost more than all else here.
 */
export class Bound {
  readonly #open = new Set<Closable>();
  readonly #listeners = new Set<(reason: Ended) => void>();
  readonly #leave: () => void;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #endsAt: number;
  #reason: Ended | undefined;

  /**
   * @param around when it ends, this one does
   * @param milliseconds how long it lasts; Infinity for no limit of its own
   */
  constructor(around: Around, milliseconds: number) {
    this.#endsAt = now() + milliseconds;
    this.#leave = follow(around, (reason) => this.#end(reason));
    // setTimeout takes 2^31 - 1 at most, 24 days; longer is no limit.
    if (!this.ended && milliseconds < 2 ** 31)
      this.#timer = setTimeout(() => this.#end(new Ended('time', this)), Math.max(0, milliseconds));
  }

  get ended(): boolean {
    return this.#reason !== undefined;
  }

  /** Milliseconds that remain. */
  get left(): number {
    return Math.max(0, this.#endsAt - now());
  }

  /** Calls the listener when the bound ends, at once when it has. Gives what takes the listener away. */
  onEnd(listener: (reason: Ended) => void): () => void {
    if (this.#reason !== undefined) listener(this.#reason);
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Registers a socket, so that it is destroyed when the bound ends; at once when it has ended. */
  add<T extends Closable>(socket: T): T {
    if (this.#reason !== undefined) {
      socket.destroy();
      throw this.#reason;
    }
    this.#open.add(socket);
    return socket;
  }

  /** The result of the work, or a rejection with `Ended` when the bound ends first. */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const leave = this.onEnd(reject);
      work.then(resolve, reject).finally(leave);
    });
  }

  /** Waits; rejects with `Ended` when the bound ends first. */
  sleep(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const slept = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
    return this.race(slept).finally(() => clearTimeout(timer));
  }

  /** Ends the bound: nothing of it stays open, no timer keeps the process alive. */
  close(): void {
    this.#end(new Ended('cancelled', this));
  }

  #end(reason: Ended): void {
    clearTimeout(this.#timer);
    this.#leave?.();
    this.#reason ??= reason;
    for (const listener of this.#listeners) listener(this.#reason);
    this.#listeners.clear();
    // Not from inside a callback of the socket's own: Node 24 crashes when a TLS socket's inner socket is destroyed in the middle
    // of its handshake. The last one first, because it may be wrapped around those before.
    const sockets = [...this.#open].reverse();
    this.#open.clear();
    if (sockets.length > 0)
      setImmediate(() => {
        for (const socket of sockets) socket.destroy();
      });
  }
}

/** Calls the listener when what is around ends, at once when it has. Gives what takes the listener away. */
function follow(around: Around, listener: (reason: Ended) => void): () => void {
  if (around instanceof Bound) return around.onEnd(listener);
  const cancelled = () => listener(new Ended('cancelled'));
  if (around.aborted) cancelled();
  else around.addEventListener('abort', cancelled, { once: true });
  return () => around.removeEventListener('abort', cancelled);
}
