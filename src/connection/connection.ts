/** The modes of libpq's `sslmode`, weakest first. */
export const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof SSL_MODES)[number];

/** One host of the connection. `hostaddr` replaces the look-up of the name; the name still counts for TLS. */
export interface Host {
  /** A DNS name, an IP address without brackets, or (starting with `/` or `@`) a Unix socket's directory. */
  readonly host: string;
  readonly hostaddr?: string;
  /** 1 to 65535. */
  readonly port: number;
}

/** What TLS needs besides the mode: PEM texts, read and checked already. */
export interface Trust {
  /** The CA that was given. It then stands alone. Absent: Node's bundled roots and the system's. */
  readonly ca?: string;
  /** A client certificate and its key, always together. The key is a secret. */
  readonly cert?: string;
  readonly key?: string;
  /** Passphrase of the key (libpq's `sslpassword`). A secret. */
  readonly passphrase?: string;
  readonly crl?: string;
}

/**
 * A connection, settled: every rule of the design has been applied and nothing about it changes any more.
 * It knows nothing of GitHub; the clients and the probe take it as it is.
 */
export interface Connection {
  readonly hosts: readonly [Host, ...Host[]];
  readonly user: string;
  /** Absent only where a client certificate is given or the server is this machine's own. */
  readonly password?: string;
  readonly database: string;
  readonly sslmode: SslMode;
  /** Seconds for one attempt; 0 waits for ever, as in libpq. */
  readonly connectTimeout: number;
  readonly trust: Trust;
  /**
   * Every other libpq keyword that was given, as given: `options`, `application_name`, `target_session_attrs`,
   * `channel_binding`, `require_auth`, `sslnegotiation`, `load_balance_hosts`, …
   */
  readonly parameters: ReadonlyMap<string, string>;
  /** Parameters of clients (Prisma's `schema`, …): not libpq's, kept for the client whose they are. */
  readonly foreign: ReadonlyMap<string, string>;
}
