import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** A program of this repository as a test starts it. `npm run coverage` puts one in its place that does the same and counts what it runs. */
export function program(file: string): string {
  const counting = process.env.NEON_CONNECT_PROGRAMS;
  if (counting === undefined) return file;
  const copy = path.join(counting, path.relative(root, file).replace(/\.ts$/, '.js'));
  return existsSync(copy) ? copy : file;
}
