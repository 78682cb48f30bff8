/** Where in a connection string something is wrong. */
export type Part = 'user' | 'password' | 'host' | 'port' | 'dbname' | 'query' | 'keyword' | 'value' | 'text';

/** A string that libpq refuses. No text of it holds anything of the string: libpq's own messages quote passwords. */
export class ConninfoError extends Error {
  /** Fits "`connection-string` {what}." */
  readonly what: string;
  /** A sentence that says what to do. */
  readonly fix: string;
  readonly part: Part;

  constructor(part: Part, what: string, fix: string) {
    super(`The connection string ${what}.`);
    this.name = 'ConninfoError';
    this.part = part;
    this.what = what;
    this.fix = fix;
  }
}
