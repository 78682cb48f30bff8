import { now } from '../clock.ts';
import type { Problem, Stage } from '../problems/index.ts';
import type { ProbeEvent } from './types.ts';

/** Follows the stages: which one is under way, how long each took, and who hears of it. */
export class Watch {
  attempt = 0;
  /** The stage under way, or the last one. */
  stage: Stage = 'resolve';
  server = '';
  /** The stages of this try that are done. */
  done: { stage: Stage; ms: number }[] = [];
  readonly #onEvent: (event: ProbeEvent) => void;
  #since = 0;
  #open = false;

  constructor(onEvent: (event: ProbeEvent) => void) {
    this.#onEvent = onEvent;
  }

  begin(): void {
    this.attempt += 1;
    this.#onEvent({ type: 'attempt', attempt: this.attempt });
  }

  /** Milliseconds that the stage under way has taken. */
  get elapsed(): number {
    return now() - this.#since;
  }

  /** Does the work of a stage. `detail` says in a few words what came out of it. A failure is reported by `fail`. */
  async run<T>(stage: Stage, server: string, work: () => T | Promise<T>, detail: (result: T) => string = () => ''): Promise<T> {
    this.stage = stage;
    this.server = server;
    this.#since = now();
    this.#open = true;
    this.#onEvent({ type: 'stage-start', attempt: this.attempt, stage, server });
    const result = await work();
    const ms = this.elapsed;
    this.#open = false;
    this.done.push({ stage, ms });
    this.#onEvent({ type: 'stage-end', attempt: this.attempt, stage, server, ms, detail: detail(result) });
    return result;
  }

  /** Reports how the stage under way failed, once. */
  fail(problem: Problem): void {
    if (!this.#open) return;
    this.#open = false;
    this.#onEvent({
      type: 'failure',
      attempt: this.attempt,
      stage: problem.stage,
      server: this.server,
      ms: this.elapsed,
      problem,
    });
  }

  wait(ms: number, leftMs: number, problem: Problem): void {
    this.#onEvent({ type: 'wait', attempt: this.attempt, ms, leftMs, problem });
  }

  notice(text: string): void {
    this.#onEvent({ type: 'notice', text });
  }
}
