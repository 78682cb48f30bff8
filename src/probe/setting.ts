import type { SecureContext } from 'node:tls';
import type { Connection, Host } from '../connection/connection.ts';
import type { Bound } from './bound.ts';
import type { Target } from './hosts.ts';
import type { Address } from './resolve.ts';
import type { Lookup, Proof } from './types.ts';
import type { Watch } from './watch.ts';

/** What one successful attempt knows; the caller adds what it knows of all attempts. */
export type Found = Omit<Proof, 'attempts' | 'ms'>;

/** What stays the same for all attempts of one probe. */
export interface Setting {
  readonly connection: Connection;
  /** The bound of the whole probe. */
  readonly deadline: Bound;
  readonly watch: Watch;
  readonly random: () => number;
  readonly contexts: Contexts;
  readonly lookup: Lookup;
}

/** The TLS contexts of a probe: reading the roots is work that need not be done for every attempt. */
export interface Contexts {
  /** Set once Node's own roots turn out not to suffice and the machine's do. */
  withSystem: boolean;
  /** By `withSystem`. */
  readonly made: Map<boolean, SecureContext>;
}

/** One server that has taken the connection. */
export interface Peer {
  readonly setting: Setting;
  readonly host: Host;
  readonly address: Address;
  /** Its name for a sentence. */
  readonly server: string;
  readonly target: Target;
  readonly bound: Bound;
}
