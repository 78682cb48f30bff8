import { write } from './stdout.ts';
import { cut, neutralise, redact } from './text.ts';

/*
 * The workflow commands are written here and not by @actions/core:
 * - its `setSecret`, `notice` and kin go through process.stdout, which costs start-up time (stdout.ts);
 * - its `info` neutralises nothing, so that a text of the server could be a command;
 * - its `exportVariable`, `setOutput` append once a variable, and a step that fails half-way leaves half a job (files.ts);
 * - its `summary` escapes nothing (summary.ts), and its `setFailed` prints the error as it is.
 */

/** A message longer than this is cut by the runner (ExecutionContext.cs, 4096). */
const LONGEST_MESSAGE = 4000;
/** Of a server's text, in code points. */
const LONGEST_QUOTE = 200;

const masks = new Set<string>();

/** Are we run by nektos/act, which sets this and reads masks in its own way? */
const isAct = (): boolean => process.env.ACT === 'true';

/**
 * Registers masks with the runner and for the log's own redaction. To be called before anything that could hold one is
 * printed, and with all that belong together at once: the order is kept, and maskSet gives the longest first.
 *
 * @param values the masks; empty ones, blank ones and those registered already are passed over
 */
export function mask(values: Iterable<string>): void {
  const lines: string[] = [];
  for (const value of values) {
    if (value.trim() === '' || masks.has(value)) continue;
    masks.add(value);
    if (isAct()) maskUnderAct(value);
    else lines.push(line('add-mask', value));
  }
  if (lines.length > 0) write(lines.join(''));
}

/**
 * nektos/act takes the last `::` of a line for the end of the command (pkg/runner/command.go), so a value with `::`, or
 * with `:` in front, would be printed instead of masked. Its other form ends at the last `]`. A value with both is masked
 * in pieces: act knows no way for the whole. And act decodes %25, %0D and %0A in random order, which spoils a value that
 * holds `%0A` itself half of the time: saying it 16 times makes that a matter of 1 in 65,536.
 */
function maskUnderAct(value: string): void {
  // act masks one value after the other, in the order of registration: what the earlier ones leave of this one is masked too.
  const left = saidToAct.reduce((text, earlier) => text.replaceAll(earlier, '***'), value);
  sayToAct(value);
  if (left !== value && /[^*]{4}/.test(left)) sayToAct(left);
}

/** Without those of stars alone, which would find themselves again in what they leave. */
const saidToAct: string[] = [];

function sayToAct(value: string): void {
  const colons = `:${value}`.includes('::');
  if (colons && value.includes(']')) {
    mask(value.split(']').filter((piece) => piece.length >= 4));
    return;
  }
  for (let again = /%0[AD]/.test(value) ? 16 : 1; again > 0; again--) {
    if (colons) write(`##[add-mask]${escapeData(value)}\n`);
    else command('add-mask', value);
  }
  if (!/^\**$/.test(value)) saidToAct.push(value);
}

const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** `::name title=…::data`, as the runner reads it (actions/runner, src/Runner.Common/ActionCommand.cs). */
const line = (name: string, data: string, title = ''): string =>
  `::${name}${title === '' ? '' : ` title=${escapeProperty(title)}`}::${escapeData(data)}\n`;

const command = (name: string, data: string, title?: string): void => write(line(name, data, title));

/** A text without any registered secret, on one line, in which nothing is a workflow command. */
export const clean = (text: string): string => redact(neutralise(redact(text, masks)), masks);

/** The same of a text that the server sent, cut to 200 code points. Cut last, so that no half of a secret is left. */
export const quote = (text: string): string => cut(clean(text), LONGEST_QUOTE);

/** A secret-free text for the job summary: lines stay lines. */
export const withoutSecrets = (text: string): string => redact(text, masks);

const message = (text: string): string => cut(clean(text), LONGEST_MESSAGE);

/** One line of the log. */
export const info = (text: string): void => write(`${message(text)}\n`);

/** @param title a constant: the runner does not mask titles */
export const notice = (text: string, title?: string): void => command('notice', message(text), title);

/** @param title a constant: the runner does not mask titles */
export const warning = (text: string, title?: string): void => command('warning', message(text), title);

/** The annotation of a failed step. The title is a constant: the runner does not mask titles. */
export const error = (problem: { readonly title: string; readonly message: string }): void =>
  command('error', message(problem.message), problem.title);

/** Runs the work inside a group of lines that the log shows folded. */
export async function group<Result>(title: string, work: () => Promise<Result>): Promise<Result> {
  command('group', message(title));
  try {
    return await work();
  } finally {
    command('endgroup', '');
  }
}
