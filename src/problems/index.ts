import { any } from './any.ts';
import type { Entry, Stage } from './entry.ts';
import { input } from './input.ts';
import { login } from './login.ts';
import { neonApi } from './neon-api.ts';
import { network } from './network.ts';
import { tls } from './tls.ts';

export { type Entry, STAGES, type Stage } from './entry.ts';

/** Every problem that the step can name, by code: one file a room of stages, merged here and nowhere else. */
export const PROBLEMS = { ...input, ...neonApi, ...network, ...tls, ...login, ...any };

export type Code = keyof typeof PROBLEMS;

/** What a problem's sentence and fix are filled with. Never a secret: a fact is printed. */
export type Facts = Readonly<Record<string, string | number>>;

/**
 * A problem with a name: one sentence, one fix.
 *
 * @param code the problem's code, a key of PROBLEMS
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
    const entry: Entry = PROBLEMS[code];
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
