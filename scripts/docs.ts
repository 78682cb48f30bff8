/**
 * `npm run docs`: writes the parts of README.md and docs/ that stand between markers anew, each from the one place that knows it.
 * `npm run docs -- --check`: writes nothing, and exits with 1 when one of those parts is stale, a link leads nowhere, a snippet names an
 * input that does not exist, or a name in the text is of nothing that there is.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkPages } from './docs/check.ts';
import { fill, type Page, ROOT, readPages } from './docs/pages.ts';
import { PARTS } from './docs/parts.ts';

const { values: flags } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const complaints: string[] = [];
const pages: Page[] = [];
const used = new Set<string>();
for (const page of readPages()) {
  const text = await fill(page.text, async (name) => {
    used.add(name);
    const part = PARTS[name];
    if (part === undefined) throw new Error(`${page.path}: nothing generates the part "${name}"`);
    return part();
  });
  if (text !== page.text && flags.check) complaints.push(`${page.path}: a generated part is stale; run npm run docs`);
  if (text !== page.text && !flags.check) {
    writeFileSync(join(ROOT, page.path), text);
    process.stdout.write(`wrote ${page.path}\n`);
  }
  pages.push({ path: page.path, text });
}
for (const name of Object.keys(PARTS)) if (!used.has(name)) complaints.push(`no page has the generated part "${name}"`);
complaints.push(...checkPages(pages));

for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
process.stdout.write(complaints.length === 0 ? `${pages.length} pages are in order.\n` : `${complaints.length} complaints.\n`);
if (complaints.length > 0) process.exitCode = 1;
