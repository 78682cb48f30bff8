import { Problem } from '../../problems/index.ts';

/** What a text said, before any rule of ours: libpq keywords, parameters of clients, and what was unusual about the spelling. */
export interface Given {
  /** libpq keyword to value, as PQconninfoParse would give them. An absent part is absent, never empty. */
  readonly parameters: Map<string, string>;
  /** Parameters that libpq does not know, by the name they had. */
  readonly foreign: Map<string, string>;
  /** Was it a URL? Then a part that cannot be may be the rest of a password that was not percent-encoded. */
  readonly url: boolean;
  /** A URL whose path goes on with `@host/…`: an unencoded `@` and `/` of a password have cut it in the wrong places. */
  readonly broken: boolean;
  /** Sentences for the log: what was unusual and how it was understood. No values in them. */
  readonly notices: string[];
}

export const given = (): Given => ({ parameters: new Map(), foreign: new Map(), notices: [], url: false, broken: false });

/**
 * @param what completes "`connection-string` …", shows no value
 * @param fix what to do, a sentence
 */
export const refuse = (what: string, fix: string): Problem => new Problem('invalid-connection-string', { what, fix });

/** The fix that helps nearly always. */
export const COPY_AGAIN =
  'Copy the connection string again, as one line that begins with postgresql://; on Neon, press Connect and then Copy snippet.';

/** The way out that needs no other spelling, and no encoding of the password. */
export const BY_PARTS =
  'Give one line that begins with postgresql://, or each part through its own input: `host`, `user`, `password`, `database`.';

/** `${{ secrets.X }}` stands in the text as it is. */
export const EXPRESSION = [
  'holds a GitHub expression, which is not evaluated inside a secret',
  'Put the value itself there, or give the parts as inputs: `host`, `user`, `password`, `database`.',
] as const;

/** Reads a connection string that stands inside another text: a variable's value, a key of JSON, a word of a command. */
export type ReadAgain = (inner: string) => Promise<Given>;
