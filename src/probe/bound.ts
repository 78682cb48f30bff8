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

/**
 * A span of time inside which work is done: when it is over, or when the bound around it ends, everything that is registered
 * in it is destroyed, and everything that waits in it rejects with `Ended`. What cannot be cancelled (a look-up of a name) is
 * simply no longer waited for.
 */
export class Bound {
  readonly #controller = new AbortController();
  readonly #open = new Set<Closable>();
  readonly #leave: () => void;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #endsAt: number;

  /**
   * @param parent the signal of the bound around this one, or the caller's
   * @param milliseconds how long it lasts; Infinity for no limit of its own
   */
  constructor(parent: AbortSignal, milliseconds: number) {
    this.#endsAt = now() + milliseconds;
    const reason = () => (parent.reason instanceof Ended ? parent.reason : new Ended('cancelled'));
    const follow = () => this.#end(reason());
    parent.addEventListener('abort', follow, { once: true });
    this.#leave = () => parent.removeEventListener('abort', follow);
    if (parent.aborted) this.#end(reason());
    // setTimeout takes 2^31 - 1 at most, 24 days; longer is no limit.
    else if (milliseconds < 2 ** 31)
      this.#timer = setTimeout(() => this.#end(new Ended('time', this)), Math.max(0, milliseconds));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Milliseconds that remain. */
  get left(): number {
    return Math.max(0, this.#endsAt - now());
  }

  /** Registers a socket, so that it is destroyed when the bound ends; at once when it has ended. */
  add<T extends Closable>(socket: T): T {
    if (this.signal.aborted) {
      socket.destroy();
      throw this.signal.reason;
    }
    this.#open.add(socket);
    return socket;
  }

  /** The result of the work, or a rejection with `Ended` when the bound ends first. */
  race<T>(work: Promise<T>): Promise<T> {
    const { signal } = this;
    return new Promise<T>((resolve, reject) => {
      const stop = () => reject(signal.reason);
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
      work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
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
    if (!this.signal.aborted) this.#controller.abort(reason);
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
