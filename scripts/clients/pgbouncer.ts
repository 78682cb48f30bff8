import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exec } from './exec.ts';

/** A PgBouncer that can keep track of prepared statements (`max_prepared_statements`), as Neon’s pooler does: 1.21 or later. */
export interface PgBouncer {
  readonly program: string;
  readonly version: string;
}

const PATH = `${process.env.PATH}:/usr/sbin`;

/**
 * The PgBouncer to use: the one that the environment names in NEON_CONNECT_PGBOUNCER, the one that `.ci/pgbouncer` brought, or the machine’s own.
 *
 * @returns why there is none, where there is none that will do
 */
export async function findPgBouncer(root: string): Promise<PgBouncer | string> {
  const brought = join(root, '.cache', 'pgbouncer', 'pgbouncer');
  const program = process.env.NEON_CONNECT_PGBOUNCER ?? (existsSync(brought) ? brought : 'pgbouncer');
  const { out } = await exec([program, '--version'], { cwd: root, env: { PATH } });
  const [, version, minor] = /PgBouncer (1\.(\d+)(?:\.\d+)*)/.exec(out) ?? [];
  if (version === undefined) return 'PgBouncer is not installed: run `.ci/clients`';
  if (Number(minor) < 21)
    return `PgBouncer ${version} does not track prepared statements, 1.21 and later can: run \`.ci/pgbouncer\``;
  return { program, version };
}
