/**
 * `npm run licences`: what ships in dist/ has licences that let anybody ship it, and ncc has put the text of each beside the bundle.
 * Exits with 1 when a package comes in with another licence, or without its text.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Permissive licences: to be kept with the copy, and nothing more. */
const PERMISSIVE = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Unlicense']);

const root = join(import.meta.dirname, '..');
const complaints: string[] = [];
let packages = 0;

// ncc's file: for each package its name, its licence, then the text, after a blank line the next. The clean-up has no packages.
const path = 'dist/main/licenses.txt';
const lines = readFileSync(join(root, path), 'utf8').split('\n');
lines.forEach((line, index) => {
  if (!/^(?:@[\w.-]+\/)?[a-z0-9][\w.-]*$/.test(line) || (index > 0 && lines[index - 1] !== '')) return;
  packages++;
  const licence = lines[index + 1] ?? '';
  if (!PERMISSIVE.has(licence)) complaints.push(`${path}: ${line} has the licence "${licence}"`);
  if (!/copyright|permission|redistribution/i.test(lines.slice(index + 2, index + 12).join(' '))) {
    complaints.push(`${path}: the text of the licence of ${line} is missing`);
  }
});

// What the lock file says of everything that could come to be shipped.
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { dev?: true; optional?: true; license?: string; link?: true }>;
};
for (const [path, { dev, optional, license }] of Object.entries(lock.packages)) {
  if (path === '' || dev || optional) continue;
  if (license === undefined || !PERMISSIVE.has(license)) complaints.push(`${path} has the licence "${license ?? 'none'}"`);
}

for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
process.stdout.write(`${packages} packages are bundled; ${complaints.length} complaints.\n`);
if (complaints.length > 0 || packages === 0) process.exitCode = 1;
