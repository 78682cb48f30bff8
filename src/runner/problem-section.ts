import { heading, html } from './summary.ts';

/** A sentence of ours, in which what stands between backticks is code. */
const sentence = (text: string): string =>
  html(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll('`', '&#96;');

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
