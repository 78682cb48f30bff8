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

/**
 * The entries by code. Each file of entries is entered by the door of the room that needs it (index.ts, neon-api's, probe.ts), so that
 * a run loads no texts of stages that it never comes to; all.ts has them all.
 */
const TABLE = new Map<string, Entry>();

/** Enters a file of entries. Entering it again changes nothing. */
export const enter = (entries: Readonly<Record<string, Entry>>): void => {
  for (const [code, entry] of Object.entries(entries)) TABLE.set(code, entry);
};

/**
 * A problem with a name: one sentence, one fix.
 *
 * @param code the problem's code
 * @param facts one value for every `{name}` in the entry's sentence and fix; an absent one is a fault of ours and throws
 * @param stage where it happened, when the entry knows several places
 * @param transient whether waiting may help, where this one case differs from the entry
 */
export class Problem extends Error {
  readonly code: Code;
  readonly stage: Stage;
  readonly fix: string;
  readonly transient: boolean;
  readonly title: string;

  constructor(code: Code, facts: Facts = {}, stage?: Stage, transient?: boolean) {
    const entry = TABLE.get(code);
    if (entry === undefined) throw new TypeError(`the entry of ${code} was not loaded`);
    super(fill(entry.sentence, facts));
    this.name = 'Problem';
    this.code = code;
    this.stage = stage ?? (entry.stages[0] as Stage);
    this.fix = fill(entry.fix, facts);
    this.transient = transient ?? entry.transient;
    this.title = entry.title;
  }
}

const fill = (template: string, facts: Facts): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const fact = facts[name];
    if (fact === undefined) throw new TypeError(`a problem's text needs the fact "${name}"`);
    return String(fact);
  });
