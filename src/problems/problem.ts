import type { any } from './any.ts';
import type { Entry, Stage } from './entry.ts';
import type { input } from './input.ts';
import type { login } from './login.ts';
import type { neonApi } from './neon-api.ts';
import type { network } from './network.ts';
import type { tls } from './tls.ts';

/** The code of every problem that the step can name. */
export type Code = keyof (typeof input & typeof neonApi & typeof network & typeof tls & typeof login & typeof any);

/** What a problem's sentence and fix are filled with. Never a secret: a fact is printed. */
export type Facts = Readonly<Record<string, string | number>>;

/** The table of problems, once somebody has loaded it: see all.ts. */
let entries: Readonly<Record<Code, Entry>> | undefined;

/** Hands over the table. */
export const learn = (table: Readonly<Record<Code, Entry>>): void => {
  entries = table;
};

/**
 * A problem with a name: one sentence, one fix.
 *
 * Raising one costs nothing. Who reads one, its sentence, fix, title, stage or whether waiting may help, imports all.ts first: most runs have
 * no problem, and load no texts.
 *
 * @param code the problem's code
 * @param facts one value for every `{name}` in the entry's sentence and fix; an absent one is a fault of ours and throws when it is read
 * @param stage where it happened, when the entry knows several places
 * @param transient whether waiting may help, where this one case differs from the entry
 */
export class Problem extends Error {
  readonly code: Code;
  /** The server's SQLSTATE, where it refused us before it had let us in: libpq goes on elsewhere after some, and after nothing else. */
  sqlstate?: string;
  readonly #facts: Facts;
  readonly #stage: Stage | undefined;
  readonly #transient: boolean | undefined;

  constructor(code: Code, facts: Facts = {}, stage?: Stage, transient?: boolean) {
    super();
    this.name = 'Problem';
    this.code = code;
    this.#facts = facts;
    this.#stage = stage;
    this.#transient = transient;
    // The sentence. An accessor, and not on the class, because Error has a property of this name.
    Object.defineProperty(this, 'message', { get: () => fill(this.#entry.sentence, facts) });
  }

  get title(): string {
    return this.#entry.title;
  }

  get fix(): string {
    return fill(this.#entry.fix, this.#facts);
  }

  get stage(): Stage {
    return this.#stage ?? (this.#entry.stages[0] as Stage);
  }

  get transient(): boolean {
    return this.#transient ?? this.#entry.transient;
  }

  get #entry(): Entry {
    if (entries === undefined) throw new TypeError(`the text of ${this.code} was not loaded`);
    return entries[this.code];
  }
}

const fill = (template: string, facts: Facts): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const fact = facts[name];
    if (fact === undefined) throw new TypeError(`a problem's text needs the fact "${name}"`);
    return String(fact);
  });
