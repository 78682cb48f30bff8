import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROBLEMS } from '../../../src/problems/all.ts';
import { encodings } from './encodings.ts';
import type { Run } from './run.ts';

/** Where a secret must be: this is what the step is for. */
const HOLD_IT =
  /^(?:AUDIT_)?(?:PGPASSWORD|\w*(?:URL|URI)|\w*(?:PASSWORD|UNPOOLED|POOLING|PRISMA|NO_SSL)\w*|ConnectionStrings__\w+)$|^(?:password|database-url(?:-(?:un)?pooled)?)$/;

/** What the step may tell the runner to do. */
const COMMANDS = ['add-mask', 'notice', 'warning', 'error', 'group', 'endgroup'];
const TITLES = new Set(['Neon Connect failed', ...Object.values(PROBLEMS).map(({ title }) => title)]);

/** Every sentence of the step stands in its bundle. */
const SENTENCES = readFileSync(path.resolve(import.meta.dirname, '../../../dist/main/index.js'), 'utf8');

const MASK = /^(?:::add-mask::|##\[add-mask\])/;
/** What the step prints around a text of its own: it is the same in every run. */
const SYNTAX = /^::(?:notice|warning|error|group|endgroup)(?: title=[^:,]*)?::/;

/** What a mask leaves; a password may be made of stars. */
const STARS = /\*{3,}/g;
const unstarred = (text: string): string => text.replace(STARS, '\u{f8ff}');

const decoded = (data: string): string => data.replace(/%0A/g, '\n').replace(/%0D/g, '\r').replace(/%25/g, '%');

/** Names that are new in every run. */
const settled = (text: string): string =>
  text.replace(/\bjob-[A-Za-z0-9]{6}\b/g, 'job-').replace(/\bneon-connect-[0-9a-z]+-[0-9a-z]+\b/g, 'neon-connect-');

const LIKE_A_TEMPLATE = /^[<[{].*[>\]}]$|^\$\{?\w+\}?$|^[*•x.…]+$/;

export interface Expected {
  readonly secret: string;
  readonly user: string;
  /** The same run with an unremarkable password: what is the same in it says nothing about the secret. */
  readonly ordinary: Run;
  /**
   * What the step could know of the secret, so that the lines of later steps are masked as well: all of it once the connection was
   * read; a guess before, which leaves out what looks like a template's word or is shorter than four characters, and the user.
   */
  readonly known: 'read' | 'guessed' | 'unknown';
  /** Was the secret taken apart by a reader that was given a broken text? Then no piece of it may be seen either. */
  readonly broken?: boolean;
}

/**
 * Looks for a secret wherever somebody may read it.
 *
 * For every secret, of whatever length: the log as shown, the summary as shown, the messages of annotations and each line on standard
 * output that the step prints, without the command's own syntax, hold no form of it; titles are constants; the summary as the step writes it holds none but what is in it with every password; standard error is empty; every
 * mask stands before every other line; a variable, output or state that need not hold it is the same as with another password. For a
 * secret that the step could read, a line of a later step with any form of it is masked.
 *
 * @returns a sentence for each leak, with the place and the form
 */
export function leaks(run: Run, { secret, user, ordinary, known, broken = false }: Expected): string[] {
  const found: string[] = [];
  const all = encodings(secret, user);
  // A text that cannot be read: a password of one to three letters cannot be told in it, and a piece of one may be any word of a sentence.
  const usual = broken ? [ordinary.log, ordinary.stdout, ordinary.summary, SENTENCES].join('\n') : '';
  const forms = broken && secret.trim().length < 4 ? all.filter(({ text }) => !usual.includes(text)) : all;
  const pieces = broken ? piecesOf(secret).filter(({ text }) => !usual.includes(text)) : [];
  // act has no way to mask a text with both `::` and `]`; the step masks its pieces (src/runner/log.ts).
  const inPieces = run.runner === 'act' && `:${secret}`.includes('::') && secret.includes(']');

  const lines = run.stdout.split('\n').filter((line) => line !== '');
  const printed = lines.filter((line) => !MASK.test(line)).map((line) => line.replace(SYNTAX, ''));
  const places: (readonly [place: string, text: string])[] = [
    ...(inPieces ? [] : [['the log', run.log] as const, ['the summary', run.summary] as const]),
    ...run.annotations.map(({ message }) => ['an annotation', message] as const),
    // As the step prints it, and as a runner that knows the command reads it.
    ...printed.flatMap((text) => [['standard output', text] as const, ['standard output', decoded(text)] as const]),
  ];
  for (const [place, text] of places) {
    for (const form of [...forms, ...pieces]) if (unstarred(text).includes(form.text)) found.push(`${place} shows ${form.name}`);
  }

  for (const form of [...forms, ...pieces]) {
    if (run.rawSummary.includes(form.text) && !ordinary.rawSummary.includes(form.text))
      found.push(`the summary as written holds ${form.name}`);
  }

  for (const { title } of run.annotations) {
    if (title !== undefined && !TITLES.has(title)) found.push('an annotation has a title that is no constant');
  }
  if (run.stderr !== '') found.push('something is on standard error');
  const late = lines.findLastIndex((line) => MASK.test(line));
  const first = lines.findIndex((line) => !MASK.test(line));
  if (first >= 0 && late > first) found.push('a mask comes after another line');
  const commands = run.commands.filter((command) => !COMMANDS.includes(command));
  if (commands.length > 0) found.push(`the runner was told to ${commands.join(', ')}`);

  for (const part of ['env', 'outputs', 'state'] as const) {
    for (const [name, value] of Object.entries(run[part])) {
      if (HOLD_IT.test(name) || settled(value) === settled(ordinary[part][name] ?? '')) continue;
      const form = [...forms, ...pieces].find(({ text }) => settled(value).includes(text));
      if (form !== undefined) found.push(`${part} ${name} holds ${form.name}`);
    }
  }
  for (const name of run.dropped) {
    const value = run.outputs[name] as string;
    const itself = forms.some(({ text }) => value.includes(text)) || secret.trim().length < 4;
    if (!HOLD_IT.test(name) && !itself) found.push(`a mask hides the output ${name}`);
  }

  const guessed = known === 'guessed' && secret.trim().length >= 4 && !LIKE_A_TEMPLATE.test(secret.trim());
  if ((known === 'read' || guessed) && !inPieces) {
    for (const { name, text } of forms) {
      const line = run.masked(`a later step prints ${text} as it likes`);
      if (unstarred(line).includes(text) && !(guessed && /md5/.test(name))) found.push(`a later step shows ${name}`);
    }
  }
  return [...new Set(found)];
}

/** The longest pieces between the characters at which a reader may break a text. */
const piecesOf = (secret: string): { name: string; text: string }[] =>
  [...new Set(secret.split(/[@:/?#&=\s'"\\%;,+[\](){}<>|]+/))]
    .filter((piece) => piece.length >= 5 && piece !== secret)
    .map((text) => ({ name: 'a piece of it', text }));
