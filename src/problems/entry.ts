/**
 * The stages of the step, in the order in which they happen. Everything that lists stages reads this.
 * `resolve` to `query` are the probe's; the first two come before any packet to the server.
 */
export const STAGES = [
  'input',
  'neon-api',
  'resolve',
  'connect',
  'negotiate',
  'tls',
  'certificate',
  'authenticate',
  'query',
] as const;
export type Stage = (typeof STAGES)[number];

/** What is known of one problem before it happens. Plain data, so that docs/problems.md is generated from it. */
export interface Entry {
  /** Where it can happen; the first is assumed unless the place that raises it says otherwise. */
  readonly stages: readonly Stage[];
  /** May waiting help? Then the probe tries again until its deadline. */
  readonly transient: boolean;
  /** A constant: annotation titles are not masked by the runner, so nothing of the job may stand in them. */
  readonly title: string;
  /** One sentence, with `{facts}` to fill in. */
  readonly sentence: string;
  /** What to do, with `{facts}` to fill in. */
  readonly fix: string;
  /** For docs/problems.md: how it usually comes about, one cause a line. */
  readonly causes: readonly string[];
  /** For docs/problems.md, where the fix depends on the cause: what to do, one line for each cause. */
  readonly fixes?: readonly string[];
}

/** Checks the table's form and keeps its codes as literal types. */
export const entries = <Code extends string>(table: Record<Code, Entry>): Record<Code, Entry> => table;
