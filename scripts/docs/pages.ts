import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

export interface Page {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Every Markdown page of the repository that git knows or would add. */
export const readPages = (): Page[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((path) => path !== '' && !path.startsWith('dist/'))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

const MARKED = /(<!-- generated: ([\w-]+)[^\n]*-->\n)[\s\S]*?(<!-- end of generated: \2 -->)/g;

/** Replaces what stands between `<!-- generated: NAME … -->` and `<!-- end of generated: NAME -->`. */
export async function fill(text: string, part: (name: string) => Promise<string>): Promise<string> {
  const made = new Map<string, string>();
  for (const [, , name] of text.matchAll(MARKED)) made.set(name as string, await part(name as string));
  return text.replace(MARKED, (_, begin: string, name: string, end: string) => `${begin}${made.get(name)?.trim()}\n${end}`);
}

/** A Markdown table. `|` in a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
