import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { FOREIGN } from '../../../src/connection/foreign.ts';
import { PARAMETERS } from '../../../src/connection/parameters.ts';
import { PROBLEMS } from '../../../src/problems/all.ts';
import { type Encoding, encodings, SHORTEST as LONG_ENOUGH } from './encodings.ts';
import type { Run } from './run.ts';

/** Where a secret must be: this is what the step is for. */
const HOLD_IT =
  /^(?:AUDIT_)?(?:PGPASSWORD|\w*(?:URL|URI)|\w*(?:PASSWORD|UNPOOLED|POOLING|PRISMA|NO_SSL)\w*|ConnectionStrings__\w+)$|^(?:password|database-url(?:-(?:un)?pooled)?)$/;

/** What the step may tell the runner to do. */
const COMMANDS = ['add-mask', 'notice', 'warning', 'error', 'group', 'endgroup'];
const TITLES = new Set(['Neon Connect failed', ...Object.values(PROBLEMS).map(({ title }) => title)]);

const DIST = path.resolve(import.meta.dirname, '../../../dist/main');
/** Every sentence of the step stands in its bundle, in pieces where a value stands between them. */
const BUNDLE = readdirSync(DIST)
  .filter((name) => name.endsWith('.js'))
  .map((name) => readFileSync(path.join(DIST, name), 'utf8'))
  .join('\n')
  .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  .replace(/\\(["'`\\])/g, '$1');
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
/** … as they stand, as a command escapes them, and as the summary spells them. */
const SENTENCES = [
  BUNDLE,
  BUNDLE.replaceAll('%', '%25'),
  BUNDLE.replace(/[&<>"']/g, (character) => ENTITIES[character] as string),
].join('\n');

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

/** A name of a fixed list that the step proposes for one that nobody knows; the other name may be a piece of the secret. */
const PROPOSED = /Did you mean `([^`]+)`\?/g;
const NAMES = new Set([...PARAMETERS.map(({ keyword }) => keyword), ...Object.keys(FOREIGN)]);

/** The summary sets in code what a sentence has between backticks. */
const withoutCode = (text: string): string => text.replace(/<\/?code>/g, '`');

/** Everything that somebody may read of a run. */
const readable = ({ log, stdout, summary, rawSummary }: Run): string =>
  [log, stdout, decoded(stdout), withoutCode(summary), withoutCode(rawSummary)].join('\n');

/** So many characters around a word tell at which place of a sentence it stands. */
const CONTEXT = 8;
/**
 * Does a word stand in a text where the step does not put it anyway? It does so where the word and what is around it stand in a sentence of
 * the bundle, or are the same with another password.
 */
const isEvidence = (shown: string, word: string, others: string): boolean => {
  const text = withoutCode(shown).replace(PROPOSED, (all, name: string) => (name !== word && NAMES.has(name) ? '' : all));
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const known = Array.from({ length: CONTEXT + 1 }, (_, before) => [at - before, at - before + word.length + CONTEXT] as const)
      .filter(([from, to]) => from >= 0 && to <= text.length)
      .map((window) => text.slice(...window))
      .some((around) => SENTENCES.includes(around) || others.includes(around));
    if (!known) return true;
  }
  return false;
};

/** The next one of its kind, so that a hexadecimal digit stays one; any other becomes a Cyrillic letter. */
const KINDS = ['0123456789', 'abcdef', 'ABCDEF', 'ghijklmnopqrstuvwxyz', 'GHIJKLMNOPQRSTUVWXYZ'];
const next = (character: string): string => {
  const kind = KINDS.find((each) => each.includes(character));
  return kind === undefined ? '\u0436'.repeat(character.length) : (kind[(kind.indexOf(character) + 1) % kind.length] as string);
};

/**
 * A password of the same shape with another letter or digit in each place: a reader breaks a text at the same characters of it. What the
 * step says of both alike, it does not have from the password.
 */
export const twinOf = (secret: string): string =>
  /[\p{L}\p{N}]/u.test(secret)
    ? secret.replace(/[\p{L}\p{M}\p{N}]|[^\0-\x7f\p{C}\p{Z}]/gu, (character) => next(character))
    : `Qz${secret}zQ`;

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
  /** The same run with `twinOf` the secret. */
  readonly twin?: Run;
}

/**
 * Looks for a secret wherever somebody may read it.
 *
 * For every secret, of whatever length: the log as shown, the summary as shown, the messages of annotations and each line on standard
 * output that the step prints, without the command's own syntax, hold no form of it; titles are constants; the summary as the step writes
 * it holds none but what is in it with every password; standard error is empty; every mask stands before every other line; a variable,
 * output or state that need not hold it is the same as with another password. For a secret that the step could read, a line of a later
 * step with any form of it is masked.
 *
 * @returns a sentence for each leak, with the place and the form
 */
export function leaks(run: Run, { secret, user, ordinary, known, broken = false, twin }: Expected): string[] {
  const found: string[] = [];
  const forms = encodings(secret, user);
  const pieces = broken ? piecesOf(secret) : [];
  // In a text that cannot be read, a password of one to three letters or of a single word, and a piece of any, may be a word of a sentence,
  // so that the place counts; but no twin speaks for a word that it holds itself. Every form of any other password counts wherever it is.
  // A guess leaves out what is so short where it finds something longer beside it.
  const short = secret.trim().length < LONG_ENOUGH;
  const unsure = broken ? short || /^[a-z]+$/i.test(secret) : short && known === 'guessed';
  const others = [ordinary, ...(twin === undefined ? [] : [twin])].map(readable).join('\n');
  const inTwin = (word: string): boolean => twin !== undefined && word.length >= LONG_ENOUGH && twinOf(secret).includes(word);
  const shows = (text: string, word: string): boolean => (inTwin(word) ? text.includes(word) : isEvidence(text, word, others));
  const shown = (text: string): Encoding[] => [
    ...forms.filter((form) => (unsure ? shows(text, form.text) : text.includes(form.text))),
    ...pieces.filter((piece) => shows(text, piece.text)),
  ];
  // act has no way to mask a text with both `::` and `]`; the step masks its pieces (src/runner/log.ts).
  const inPieces = run.runner === 'act' && `:${secret}`.includes('::') && secret.includes(']');
  const masked = inPieces ? secret.split(']').filter((piece) => piece.length >= LONG_ENOUGH) : [];

  const lines = run.stdout.split('\n').filter((line) => line !== '');
  const printed = lines.filter((line) => !MASK.test(line)).map((line) => line.replace(SYNTAX, ''));
  const places: (readonly [place: string, text: string])[] = [
    ...(inPieces ? [] : [['the log', run.log] as const, ['the summary', run.summary] as const]),
    ...run.annotations.map(({ message }) => ['an annotation', message] as const),
    // As the step prints it, and as a runner that knows the command reads it.
    ...printed.flatMap((text) => [['standard output', text] as const, ['standard output', decoded(text)] as const]),
  ];
  for (const [place, text] of places) {
    for (const form of shown(unstarred(text))) found.push(`${place} shows ${form.name}`);
  }

  for (const text of [run.log, run.summary]) {
    if (masked.some((piece) => unstarred(text).includes(piece)))
      found.push('the log or the summary shows what is between two `]`');
  }
  for (const form of shown(run.rawSummary)) {
    if (!ordinary.rawSummary.includes(form.text)) found.push(`the summary as written holds ${form.name}`);
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
    // A piece that the reader took for the whole password is a mask as well, however short it is.
    const itself = forms.some(({ text }) => value.includes(text)) || secret.trim().length < LONG_ENOUGH;
    const piece = broken && split(secret).some((text) => value.includes(text));
    if (!HOLD_IT.test(name) && !itself && !piece) found.push(`a mask hides the output ${name}`);
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

/** Cut at the characters at which a reader may break a text. */
const split = (secret: string): string[] =>
  [...new Set(secret.split(/[@:/?#&=\s'"\\%;,+[\](){}<>|]+/))].filter((piece) => piece !== '' && piece !== secret);
const piecesOf = (secret: string): Encoding[] =>
  split(secret)
    .filter((piece) => piece.length >= LONG_ENOUGH)
    .map((text) => ({ name: 'a piece of it', text }));
