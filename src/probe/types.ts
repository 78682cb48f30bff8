import type { Code, Problem, Stage } from '../problems/index.ts';

/** All addresses of a name, in the order in which they are to be tried. */
export type Lookup = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

/** What the probe is told besides the connection. */
export interface ProbeOptions {
  /** Milliseconds for everything: every attempt, every wait, DNS included. */
  readonly timeoutMs: number;
  /** Aborted when the step is cancelled (SIGINT, SIGTERM): the probe then closes its sockets and throws `cancelled` at once. */
  readonly signal: AbortSignal;
  /** Hears what happens while it happens. Must not throw. */
  onEvent(event: ProbeEvent): void;
  /** The source of chance for the waits, 0 ≤ x < 1. Default Math.random; tests give their own. */
  readonly random?: () => number;
  /** How long to wait after so many failed attempts, in milliseconds. Default: exponential backoff with full jitter. */
  readonly wait?: (failures: number, problem: Problem, random: () => number) => number;
  /** Looks a name up in place of the system's resolver. Rejects with the codes of node:dns. */
  readonly lookup?: Lookup;
}

/** What happens, in order. `server` is a name for a person, such as "`db.example.com` port 5432". Texts hold no secret. */
export type ProbeEvent =
  /** A new attempt over all hosts begins; the first has number 1. */
  | { readonly type: 'attempt'; readonly attempt: number }
  | { readonly type: 'stage-start'; readonly attempt: number; readonly stage: Stage; readonly server: string }
  /** The stage is done. `detail` is what came out of it ("TLS 1.3, …"), or empty. */
  | {
      readonly type: 'stage-end';
      readonly attempt: number;
      readonly stage: Stage;
      readonly server: string;
      readonly ms: number;
      readonly detail: string;
    }
  /** The stage failed: for this host at least. Another host or another attempt may follow. */
  | {
      readonly type: 'failure';
      readonly attempt: number;
      readonly stage: Stage;
      readonly server: string;
      readonly ms: number;
      readonly problem: Problem;
    }
  /** The next attempt follows after `ms`, because of `problem`; `leftMs` remain until the deadline. */
  | { readonly type: 'wait'; readonly attempt: number; readonly ms: number; readonly leftMs: number; readonly problem: Problem }
  /** Something worth knowing that is no failure: a fallback to plaintext, no password asked for, … One sentence. */
  | { readonly type: 'notice'; readonly text: string };

/** Which roots a certificate was checked against: Node's bundled ones, the machine's, or the CA that was given. */
export type Roots = 'bundled' | 'system' | 'given';

/** Whether `sslmode=verify-full` would accept the server, whatever the mode is now. */
export type VerifyFull =
  | { readonly ok: true; readonly with: Roots }
  | { readonly ok: false; readonly code: Code; readonly reason: string };

export interface CertificateFacts {
  /** Distinguished names on one line, as far as they go: "CN=db.example.com, O=Example". */
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: Date;
  readonly validTo: Date;
}

/** What a successful probe found. */
export interface Proof {
  readonly host: string;
  /** The IP address, or the path of the Unix socket. */
  readonly address: string;
  readonly port: number;
  /** As the server says it ("17.4"), or empty when it (a proxy) does not say. */
  readonly serverVersion: string;
  /** "TLSv1.3"; absent without TLS. */
  readonly tlsVersion?: string;
  readonly cipher?: string;
  readonly certificate?: CertificateFacts;
  readonly wouldVerifyFull?: VerifyFull;
  readonly user: string;
  readonly database: string;
  /** How the server made sure who we are: `scram-sha-256-plus`, `scram-sha-256`, `md5`, `password` or `none`. */
  readonly authentication: string;
  /** The stages of the attempt that worked, on the host that worked, in milliseconds. */
  readonly stages: readonly { readonly stage: Stage; readonly ms: number }[];
  readonly attempts: number;
  /** Milliseconds from the start of the probe, waits included. */
  readonly ms: number;
}
