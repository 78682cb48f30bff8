import type { Column, Deviation } from './manifest.ts';

/** What became of one cell of the table. */
export interface Cell {
  /** `ok`, `red` (it does not work), `known` (red, and the example says why), `not run`. */
  readonly outcome: 'ok' | 'red' | 'known' | 'not run';
  /** What the client said, where that is not known beforehand. */
  readonly says?: string;
  readonly deviation?: Deviation;
}

/** One row of the table. */
export interface Row {
  readonly example: string;
  readonly client: string;
  readonly title: string;
  readonly version: string;
  readonly clients: readonly string[];
  readonly cells: Partial<Record<Column, Cell>>;
  /** The untracked column again, with what the program adds for such a pool; where there is something to add. */
  readonly pooledWith?: Cell;
  /** Why it could not be run on this machine. */
  readonly missing?: string;
  readonly seconds?: number;
}

/** A variable that the step never writes, and the client that fails on it. */
export interface NeverExported {
  readonly variable: string;
  readonly client: string;
  readonly version: string;
  /** What it says, or undefined when it does not fail: then the variable may be exported after all. */
  readonly says: string | undefined;
}

/** What a whole run showed; docs/clients.json is one. */
export interface Result {
  readonly postgresql: string;
  readonly pgbouncer: string;
  readonly rows: readonly Row[];
  readonly neverExported: readonly NeverExported[];
}
