import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import GithubSlugger from 'github-slugger';
import type { Code, Html, Nodes, Root } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { CLIENTS } from '../../src/clients/index.ts';
import { PROBLEMS } from '../../src/problems/all.ts';
import { complaintAbout } from './names.ts';
import { type Page, ROOT } from './pages.ts';
import { complaintsAboutYaml } from './snippets.ts';

const markdown = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter);

/**
 * Reads every page as GitHub would, and compares it with the repository.
 *
 * @returns one line for each complaint: page, line, and what is wrong
 */
export function checkPages(pages: readonly Page[]): string[] {
  const trees = new Map(pages.map(({ path, text }) => [path, markdown.parse(text)]));
  const anchors = new Map([...trees].map(([path, tree]) => [path, anchorsOf(tree)]));
  const complaints: string[] = [];
  for (const [path, tree] of trees) {
    const complain = (node: Nodes, what: string) => complaints.push(`${path}:${node.position?.start.line}: ${what}`);
    visit(tree, (node, index, parent) => {
      if (node.type === 'link' || node.type === 'image' || node.type === 'definition') {
        const what = wrongLink(path, node.url, anchors);
        if (what) complain(node, what);
      } else if (node.type === 'html') {
        for (const [, url] of node.value.matchAll(/\b(?:src|srcset|href)="([^"]+)"/g)) {
          const what = wrongLink(path, url as string, anchors);
          if (what) complain(node, what);
        }
      } else if (node.type === 'inlineCode') {
        const what = complaintAbout(node.value);
        if (what) complain(node, what);
      } else if (node.type === 'code') {
        for (const what of wrongSnippet(node, parent?.children[(index ?? 0) - 1])) complain(node, what);
      }
    });
  }
  return [...complaints, ...missingClients(trees.get('docs/clients.md')), ...untestedCodes()];
}

/** The anchors that GitHub gives to a page's headings, and those set by hand. */
function anchorsOf(tree: Root): Set<string> {
  const slugger = new GithubSlugger();
  const found = new Set<string>();
  visit(tree, (node) => {
    if (node.type === 'heading') found.add(slugger.slug(textOf(node)));
    else if (node.type === 'html') for (const [, id] of node.value.matchAll(/\b(?:id|name)="([^"]+)"/g)) found.add(id as string);
  });
  return found;
}

function wrongLink(from: string, url: string, anchors: ReadonlyMap<string, ReadonlySet<string>>): string | undefined {
  if (/^[a-z]+:/i.test(url))
    return /^https:\/\/\S+$/.test(url) && URL.canParse(url) ? undefined : `${url} is not an https address`;
  const [file = '', anchor] = url.split('#');
  const target = file === '' ? from : posix.normalize(posix.join(dirname(from), file));
  // `../../security/advisories/new` and its kin lead to GitHub’s own pages of the repository.
  if (target.startsWith('..'))
    return /^(?:\.\.\/)+(?:security|issues|discussions|actions|releases)\b/.test(target)
      ? undefined
      : `${url} leads out of the repository`;
  if (!existsSync(join(ROOT, target))) return `${url}: there is no ${target}`;
  if (anchor !== undefined && !anchors.get(target)?.has(anchor)) return `${url}: ${target} has no heading #${anchor}`;
  return undefined;
}

const SCRIPTS = Object.keys(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts as Record<string, string>);

/** A fenced block: YAML is read, commands are scripts of package.json; anything else says in a comment before it what checks it. */
function wrongSnippet({ lang, value }: Code, before: Nodes | undefined): string[] {
  if (lang === 'yaml') return complaintsAboutYaml(value);
  if (lang === 'mermaid') return [];
  const marked = /^<!-- (?:checked by: (\S+)|not run: .+) -->$/.exec(((before as Html | undefined)?.value ?? '').trim());
  if (marked) return marked[1] && !existsSync(join(ROOT, marked[1])) ? [`there is no ${marked[1]}`] : [];
  if (lang !== 'console' && lang !== 'bash') return ['a snippet that nothing checks: say so in a comment before it'];
  return value.split(/\n|&&/).flatMap((command) => {
    const [, script] = /^\s*npm (?:run )?([\w:-]+)(?: .*)?$/.exec(command) ?? [];
    return script === 'ci' || (script && SCRIPTS.includes(script)) ? [] : [`nothing runs the command "${command.trim()}"`];
  });
}

function missingClients(tree: Root | undefined): string[] {
  if (tree === undefined) return ['there is no docs/clients.md'];
  const named = new Set<string>();
  visit(tree, 'inlineCode', ({ value }) => void named.add(value));
  return CLIENTS.filter(({ name }) => !named.has(name)).map(({ name }) => `docs/clients.md: the client \`${name}\` is not named`);
}

/** Codes that no test comes to. */
function untestedCodes(): string[] {
  const folder = join(ROOT, '__tests__');
  const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(folder, path), 'utf8'))
    .join('\n');
  return Object.keys(PROBLEMS)
    .filter((code) => !new RegExp(`['"\`]${code}['"\`]|\\b${code}:`).test(tests))
    .map((code) => `__tests__: no test comes to the problem \`${code}\``);
}
