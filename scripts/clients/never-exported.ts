import { join } from 'node:path';
import { exec } from './exec.ts';
import { examples } from './manifest.ts';
import { path, version, workplace } from './prepare.ts';
import type { NeverExported } from './result.ts';

/**
 * Variables that libpq reads and the step never writes, each with a client that fails on it. No later step can unset a variable, so
 * one of these would break that client for the rest of the job.
 */
const TRIES = [
  { variable: 'PGHOSTADDR', value: '127.0.0.1', example: 'lib-pq-1.10' },
  { variable: 'PGSERVICEFILE', value: '/dev/null', example: 'lib-pq-1.10' },
  { variable: 'PGCHANNELBINDING', value: 'prefer', example: 'lib-pq' },
  { variable: 'PGREQUIREAUTH', value: 'scram-sha-256', example: 'lib-pq' },
  { variable: 'PGGSSENCMODE', value: 'disable', example: 'lib-pq' },
  { variable: 'PGSSLCERTMODE', value: 'allow', example: 'lib-pq' },
  { variable: 'PGSSLCRL', value: '/dev/null', example: 'lib-pq' },
] as const;

/**
 * Adds each of the variables to an environment with which lib/pq connects.
 *
 * @param env what the step exported
 */
export async function tryNeverExported(root: string, env: Readonly<Record<string, string>>): Promise<NeverExported[]> {
  const known = examples(root);
  const results: NeverExported[] = [];
  for (const { variable, value, example } of TRIES) {
    const [program] = known.find(({ name }) => name === example)?.programs ?? [];
    if (!program) throw new Error(`There is no example ${example}.`);
    const cwd = join(workplace(root), example);
    const ran = await exec(program.run, { cwd, env: { PATH: path(root), ...env, [variable]: value } });
    const line = `${ran.err}\n${ran.out}`.split('\n').find((text) => text.includes('not supported'));
    results.push({
      variable,
      client: 'lib/pq',
      version: await version(root, example, program),
      says: ran.code === 0 ? undefined : (line ?? ran.err.split('\n')[0])?.replace(/^\d{4}\S+ \S+ /, '').slice(0, 160),
    });
  }
  return results;
}
