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

/** A sentence of ours, in which what stands between backticks is code. */
const sentence = (text: string): string =>
  html(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll('`', '&#96;');

const row = (cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const table = (rows: readonly (readonly string[])[]): string => `<table>\n${rows.map(row).join('\n')}\n</table>`;

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

/** Rows of a name and a value, such as the server's version or the issuer of its certificate. */
export const factTable = (facts: Iterable<readonly [name: string, value: string]>): string =>
  table(Array.from(facts, ([name, value]) => [html(name), code(value)]));

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

/** A stage of the probe and how long it took. */
export interface Timing {
  readonly stage: string;
  /** Milliseconds. */
  readonly ms: number;
}

/** The stages as bars, each beginning where the one before ended, 40 cells for the whole. */
export function stagePicture(timings: readonly Timing[]): string {
  const width = 40;
  const total = timings.reduce((sum, { ms }) => sum + Math.max(ms, 0), 0);
  let before = 0;
  const rows = timings.map(({ stage, ms }) => {
    const cell = (time: number): number => (total === 0 ? 0 : Math.min(width - 1, Math.floor((time / total) * width)));
    const start = cell(before);
    before += Math.max(ms, 0);
    const length = Math.max(1, (total === 0 ? 0 : Math.min(width, Math.round((before / total) * width))) - start);
    const bar = `${'·'.repeat(start)}${'█'.repeat(length)}${'·'.repeat(Math.max(0, width - start - length))}`;
    return [html(stage), code(bar), `${formatMs(ms)}&nbsp;ms`];
  });
  return table([...rows, ['in all', '', `${formatMs(total)}&nbsp;ms`]]);
}

const formatMs = (ms: number): string => (ms < 10 ? ms.toFixed(1) : String(Math.round(ms)));

/** A problem: what is wrong, what to do, and where more is said. */
export function problemSection(
  problem: { title: string; message: string; fix: string; code: string; stage: string },
  docs: string,
): string {
  return [
    heading(problem.title),
    `<p>${sentence(problem.message)}</p>`,
    `<p><b>What to do:</b> ${sentence(problem.fix)}</p>`,
    `<p>Problem <a href="${html(`${docs}#${problem.code}`)}">${html(problem.code)}</a>, stage ${html(problem.stage)}.</p>`,
  ].join('\n');
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
