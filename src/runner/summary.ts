import type { Connection } from '../connection/connection.ts';
import { withoutUnseen } from './text.ts';

/*
 * Everything but the fences is written as HTML blocks without a blank line in them: Markdown is not read inside those, so
 * that `&`, `<`, `>` and quotes are all there is to escape, and no value can become a link, an image or a new table row.
 * Values stand in `<code>`, where GitHub turns no name into a mention and no number into an issue.
 */

/** A step may leave 1 MiB (actions/runner, FileCommandManager.cs, AttachmentSizeLimit); a longer summary is dropped whole. */
const LARGEST_SUMMARY = 1024 * 1024;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** A text for inside an HTML element, on one line, with nothing in it that is markup. */
export const html = (text: string): string =>
  withoutUnseen(text).replace(/[&<>"']/g, (character) => ENTITIES[character] as string);

/** A value, set in code. */
export const code = (text: string): string => `<code>${html(text)}</code>`;

const row = (cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
export const table = (rows: readonly (readonly string[])[]): string => `<table>\n${rows.map(row).join('\n')}\n</table>`;

export const heading = (text: string): string => `<h3>${html(text)}</h3>`;

/** Where the job connects: nothing secret. */
export function connectionTable({ hosts, user, database, sslmode }: Connection): string {
  return table([
    ...hosts.map(({ host, port }, index) => [
      hosts.length === 1 ? 'Host' : `Host ${index + 1}`,
      `${code(host)} ${host.startsWith('/') || host.startsWith('@') ? 'socket of port' : 'port'} ${code(String(port))}`,
    ]),
    ['Database', code(database)],
    ['User', code(user)],
    // Not as a URL has it: the runner masks what follows the last `&` of a secret.
    ['<code>sslmode</code>', code(sslmode)],
  ]);
}

/** The names of the variables that later steps have, never their values. */
export const exportedNames = (names: readonly string[]): string =>
  names.length === 0
    ? '<p>No variables were exported: <code>export-env</code> is <code>false</code>.</p>'
    : `<p>Later steps have ${names.map(code).join(' ')}</p>`;

/** How a client uses the connection, folded. The snippet is Markdown's fenced code, so its fence outdoes any inside it. */
export function snippet(client: string, source: string, language = ''): string {
  const longest = Math.max(2, ...Array.from(source.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const body = source
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => withoutUnseen(line.replaceAll('\t', '  ')))
    .join('\n')
    .trimEnd();
  return `<details><summary>${html(client)}</summary>\n\n${fence}${/^[\w+-]*$/.test(language) ? language : ''}\n${body}\n${fence}\n\n</details>`;
}

/**
 * The sections as one summary, a blank line between them. Sections that would make it longer than a step may leave are
 * left out from the end, and a line says so.
 */
export function summary(sections: readonly string[]): string {
  const left = '<p>More did not fit into the summary.</p>\n';
  let text = '';
  for (const section of sections) {
    const next = `${text}${section}\n\n`;
    if (Buffer.byteLength(next) + Buffer.byteLength(left) > LARGEST_SUMMARY) return text + left;
    text = next;
  }
  return text;
}
