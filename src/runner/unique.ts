/**
 * A name that nothing on this machine has yet. Not a secret: whoever creates a file of that name does it exclusively, and a delimiter is
 * compared with the values that it separates. So it need not be random, and node:crypto, which costs a fifth of a bare Node's start,
 * is not loaded for it.
 */
export const unique = (): string => `${process.pid.toString(36)}-${process.hrtime.bigint().toString(36)}`;
