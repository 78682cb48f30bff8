import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import GithubSlugger from 'github-slugger';
import type { Code, Nodes, Root } from 'mdast';
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
        for (const what of wrongSnippet(path, node, parent?.children[(index ?? 0) - 1])) complain(node, what);
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

/**
 * A fenced block: YAML is read, commands are scripts of package.json, and what follows the link to a file stands in that file. Anything else
 * says in a comment before it why it is not checked.
 */
function wrongSnippet(path: string, { lang, value }: Code, before: Nodes | undefined): string[] {
  if (lang === 'yaml') return complaintsAboutYaml(value);
  if (lang === 'mermaid' || (before?.type === 'html' && /^<!-- not run: .+ -->$/.test(before.value))) return [];
  const file =
    before?.type === 'paragraph' && before.children.length === 1 && before.children.find((child) => child.type === 'link');
  if (file) {
    const target = posix.normalize(posix.join(dirname(path), file.url));
    return existsSync(join(ROOT, target)) && readFileSync(join(ROOT, target), 'utf8').includes(value)
      ? []
      : [`the snippet does not stand in ${target}`];
  }
  if (lang !== 'console' && lang !== 'sh') return ['a snippet that nothing checks: say so in a comment before it'];
  return value
    .split(/\n|&&/)
    .map((command) => command.replace(/\s+#.*/, '').trim())
    .filter((command) => command !== '' && !isCommand(command))
    .map((command) => `nothing runs the command "${command}"`);
}

function isCommand(command: string): boolean {
  const [, script] = /^npm (?:run )?([\w:-]+)(?: .*)?$/.exec(command) ?? [];
  return (
    script === 'ci' ||
    (script !== undefined && SCRIPTS.includes(script)) ||
    (/^\.ci\/[\w-]+$/.test(command) && existsSync(join(ROOT, command)))
  );
}

/** Clients that the table does not lead to. */
function missingClients(tree: Root | undefined): string[] {
  const links = new Set<string>();
  if (tree) visit(tree, 'link', ({ url }) => void links.add(url));
  return CLIENTS.filter(({ name }) => !links.has(`clients/${name}.md`)).map(
    ({ name }) =>
      `docs/clients.md: the client \`${name}\` is not there; \`npm run test:clients -- --only ${name} --docs\` runs its example and writes its page`,
  );
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
