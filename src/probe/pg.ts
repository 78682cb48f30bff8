/** The two parts of `pg` that the probe needs, in one file to load: while it loads, the server is at work on the startup packet. */
export { default as PgConnection } from 'pg/lib/connection.js';
export { signatureAlgorithmHashFromCertificate } from 'pg/lib/crypto/cert-signatures.js';
