/**
 * The part of `pg` that the probe uses: the class that speaks the protocol on a stream, which @types/pg describes only in part,
 * and the hash that channel binding needs. Loading these two instead of the whole package halves what it costs.
 */
declare module 'pg/lib/connection.js' {
  import type { EventEmitter } from 'node:events';

  export default class Connection extends EventEmitter {
    constructor(config: { stream: EventEmitter });
    /** Parses the messages in the stream's `data` events and emits each under its name. */
    attachListeners(stream: EventEmitter): void;
    sendSASLInitialResponseMessage(mechanism: string, initialResponse: string): void;
    sendSCRAMClientFinalMessage(message: string): void;
    query(text: string): void;
  }
}

declare module 'pg/lib/crypto/cert-signatures.js' {
  /** The WebCrypto name of the hash of a certificate's signature ("SHA-256"); throws for one that it does not know. */
  export function signatureAlgorithmHashFromCertificate(der: Buffer): string;
}
