import { Problem } from '../problems/index.ts';

/**
 * Whether the run was cancelled. The runner sends SIGINT, and SIGTERM 7.5 s later (actions/runner, ProcessInvoker.cs).
 *
 * The signal for those who wait is made when the first of them asks: building an AbortController costs a fiftieth of a bare Node's start,
 * and a step that neither probes nor asks the Neon API never waits.
 */
export class Cancellation {
  #controller: AbortController | undefined;
  #problem: Problem | undefined;

  constructor() {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => this.#cancel());
  }

  /** Aborted with the problem `cancelled` when the run is. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#problem !== undefined) this.#controller.abort(this.#problem);
    return this.#controller.signal;
  }

  /** @throws Problem `cancelled` */
  check(): void {
    if (this.#problem !== undefined) throw this.#problem;
  }

  #cancel(): void {
    this.#problem = new Problem('cancelled', { doing: 'still preparing' });
    this.#controller?.abort(this.#problem);
  }
}
