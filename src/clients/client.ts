import type { Spelling } from './spelling.ts';

/** The languages and families by which the clients are listed. */
export const FAMILIES = ['libpq', 'Node.js', 'Python', 'JVM', 'Ruby', 'PHP', 'Go', 'Rust', '.NET', 'Elixir', '.env'] as const;
export type Family = (typeof FAMILIES)[number];

/** One variable and its value, marked when the value holds the password, alone or inside a longer string. */
export type Variable = readonly [name: string, value: string, secret?: 'secret'];

/** What is known of one client. Adding a client is adding one of these to the registry, and an example. */
export interface Client {
  /** As `clients` takes it: lower case. */
  readonly name: string;
  /** Other names by which people look for it; taken in `clients` as well. */
  readonly aliases?: readonly string[];
  /** As its own documentation writes it. */
  readonly title: string;
  readonly family: Family;
  /** What it reads of the job's environment; for the table in docs/clients.md. */
  readonly reads: string;
  /** It takes its connection from `DATABASE_URL`, so it minds which form that variable has. */
  readonly readsUrl?: true;
  /** The client whose foreign parameters (connection/foreign.ts) it understands too: the driver below it. */
  readonly driver?: string;
  /** It migrates, or holds locks for a session: Neon's pooled host does not serve it, the direct one does. */
  readonly migrates?: true;
  /** It speaks TCP only: a Unix socket cannot be said to it. */
  readonly tcpOnly?: true;
  /** What its users add when they connect through PgBouncer in transaction mode. Absent: nothing. */
  readonly pooled?: string;
  /** What its users write, for the job summary: the heart of the example that is run in examples/. */
  readonly snippet?: { readonly language: string; readonly code: string };
  /**
   * The variables that it needs beyond the common set. One that the common set has too takes this value instead. A variable with an
   * empty value is not written.
   */
  readonly variables?: (spelling: Spelling) => readonly Variable[];
  /** One sentence about something in this very connection that its user must know, or undefined. Never a secret in it. */
  readonly notice?: (spelling: Spelling) => string | undefined;
}

/** A client of the registry, which also knows whose the parameters of URLs are. */
export interface KnownClient extends Client {
  /** Is this foreign parameter one of the client's own, or of the driver below it? */
  owns(parameter: string): boolean;
}
