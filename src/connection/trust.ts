import { Problem } from '../problems/index.ts';
import type { Trust } from './connection.ts';

/** Reads a text file; throws Node's error when it cannot. The only effect of this room, handed in from the edge. */
export type ReadFile = (path: string) => string;

/** The keywords that name files, and what the Trust calls their content. */
const FILES = [
  ['sslrootcert', 'ca'],
  ['sslcert', 'cert'],
  ['sslkey', 'key'],
  ['sslcrl', 'crl'],
] as const;

/** May the value be a PEM text, which has lines and is long? */
export const holdsPem = (keyword: string, value: string): boolean =>
  value.includes('-----BEGIN') && FILES.some(([known]) => known === keyword);

/**
 * Reads what `sslrootcert`, `sslcert`, `sslkey` and `sslcrl` hold, PEM text or a path, and checks that they are certificates that belong
 * together. No other file is ever read.
 *
 * @param parameters libpq keyword to value
 * @throws Problem `invalid-input`, before any packet is sent
 */
export const readTrust = async (parameters: ReadonlyMap<string, string>, readFile: ReadFile): Promise<Trust> => {
  const trust: Record<string, string> = {};
  for (const [keyword, part] of FILES) {
    const value = parameters.get(keyword);
    // `system` (libpq 16) means the public roots, which are used anyhow when no CA is given.
    if (value === undefined || (keyword === 'sslrootcert' && value === 'system')) continue;
    trust[part] = value.includes('-----BEGIN') ? unfold(value) : readPem(keyword, value, readFile);
  }
  const passphrase = parameters.get('sslpassword');
  if (passphrase !== undefined) trust.passphrase = passphrase;
  if (Object.keys(trust).length === 0) return trust;
  // Behind import(): it loads node:tls, which most runs have no need of.
  const wrong = (await import('./pem.ts')).checkCertificates(trust);
  if (wrong !== undefined) throw new Problem('invalid-input', { input: wrong.keyword, what: wrong.what, fix: wrong.fix });
  return trust;
};

const readPem = (input: string, path: string, readFile: ReadFile): string => {
  let text: string;
  try {
    text = readFile(path);
  } catch {
    if (/^(?:~|\$|%\w+%)/.test(path)) {
      throw new Problem('invalid-input', {
        input,
        what: 'names a file by `~` or a variable, which nothing but a shell fills in',
        fix: `Give the PEM text itself through the input \`${input}\` (a secret can hold it, with its lines), or a path that exists at this step${input === 'sslrootcert' ? '; where the provider’s CA is a public one, take it out' : ''}.`,
      });
    }
    throw new Problem('invalid-input', {
      input,
      what: 'is neither PEM text nor the path of a file that can be read',
      fix: 'Give the PEM text itself (a secret can hold it, with its lines), or a path that exists at this step: check out the repository first.',
    });
  }
  if (!text.includes('-----BEGIN')) {
    throw new Problem('invalid-input', {
      input,
      what: 'names a file that holds no PEM',
      fix: 'Give a file with -----BEGIN …----- lines.',
    });
  }
  return text;
};

/** Secrets that passed through JSON or one-line stores have `\n` where lines ended. */
const unfold = (pem: string): string => `${pem.replaceAll('\\r', '').replaceAll('\\n', '\n').trim()}\n`;
