import { encodeBytes as encode } from '../connection/bytes.ts';

/**
 * The password's bytes as PostgreSQL's pg_saslprep (src/common/saslprep.c) leaves them: normalised by SASLprep (RFC 4013), or,
 * where SASLprep refuses it or it is no UTF-8, as they are. Server and libpq do the same, so a login works either way.
 */
export async function preparedPassword(password: string): Promise<Buffer> {
  const bytes = encode(password);
  // As many bytes as UTF-16 units: ASCII, which needs no preparation.
  if (bytes.length === password.length || !password.isWellFormed()) return bytes;
  const { saslprep } = await import('@mongodb-js/saslprep');
  try {
    const prepared = saslprep(password);
    return prepared === '' ? bytes : encode(prepared);
  } catch {
    return bytes;
  }
}
