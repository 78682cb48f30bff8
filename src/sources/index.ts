import { isLocal } from '../connection/hosts.ts';
import type { Given } from '../connection/spellings/given.ts';
import { given } from '../connection/spellings/given.ts';
import { read } from '../connection/spellings/index.ts';
import { unwrap } from '../connection/spellings/unwrap.ts';
import { Problem } from '../problems/index.ts';
import type { Asked } from './asked.ts';
import type { NeonListener } from './neon-api.ts';

/** What is missing when no connection was given; completes "No connection was given: …". */
export interface Missing {
  readonly missing: string;
}

/** Where the connection comes from: the string, its parts, or the Neon API; or why it is not there. */
export type Source = { readonly kind: 'string' | 'parts' | 'neon-api' } | Missing;

/**
 * Decides between the sources by what is filled in. A secret that GitHub did not hand over is an empty input, so an empty one beside
 * filled ones is "missing", not "wrong".
 *
 * @throws Problem `invalid-input` when two sources are given at once
 */
export const chooseSource = (inputs: Asked): Source => {
  const { neon, parts } = inputs;
  const hasString = unwrap(inputs.connectionString).text !== '';
  const wantsNeon = neon.apiKey !== '' || neon.projectId !== '' || neon.branch !== '';
  if (wantsNeon && (hasString || parts.has('host'))) {
    throw new Problem('invalid-input', {
      input: 'neon-api-key',
      what: `and its kin are given beside \`${hasString ? 'connection-string' : 'host'}\`, and the connection can come from one place only`,
      fix: 'Give one of them: the connection itself, or the key and project to take it from.',
    });
  }
  if (hasString) return { kind: 'string' };
  if (wantsNeon) {
    if (neon.apiKey === '') return { missing: '`neon-api-key` is empty' };
    if (neon.projectId !== '') return { kind: 'neon-api' };
    throw new Problem('invalid-input', {
      input: 'neon-project-id',
      what: 'is empty, and the Neon API needs to know the project',
      fix: 'Give the project’s id, such as cool-forest-12345678, from its Settings page; it is no secret.',
    });
  }
  const host = parts.get('host');
  if (host === undefined)
    return { missing: parts.has('password') || parts.has('user') ? '`host` is empty' : '`connection-string` is empty' };
  const needsPassword = !parts.has('sslcert') && !host.split(',').every((name) => isLocal({ host: name, port: 0 }));
  return needsPassword && !parts.has('password') ? { missing: '`password` is empty' } : { kind: 'parts' };
};

/**
 * Takes what the chosen source says.
 *
 * @param listener hears every secret of the Neon API before anything else happens, and its waits
 * @throws Problem
 */
export const take = async (
  kind: 'string' | 'parts' | 'neon-api',
  inputs: Asked,
  cancellation: { readonly signal: AbortSignal },
  listener: NeonListener,
): Promise<Given> => {
  if (kind === 'string') return await read(inputs.connectionString);
  if (kind === 'parts') return given();
  // Behind import(): most runs have no need of it.
  return (await import('./given-by-neon.ts')).givenByNeon(inputs, cancellation.signal, listener);
};
