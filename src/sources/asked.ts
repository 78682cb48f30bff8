/** What the workflow said about its connection. */
export interface Asked {
  /** As pasted. */
  readonly connectionString: string;
  /** The parts given on their own, by libpq keyword; only those that are filled in. */
  readonly parts: ReadonlyMap<string, string>;
  /** The Neon API has as long as the probe. */
  readonly probeTimeoutMs: number;
  readonly pooled: boolean | undefined;
  readonly neon: { readonly apiKey: string; readonly projectId: string; readonly branch: string; readonly apiHost: string };
}
