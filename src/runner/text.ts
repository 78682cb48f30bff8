import { unicode } from '../unicode.ts';

/**
 * Replaces every mask by `***`, as the runner's own masker does: all occurrences, those that overlap or touch as one
 * (actions/runner, src/Sdk/DTLogging/Logging/SecretMasker.cs, MaskSecrets).
 */
export function redact(text: string, masks: Iterable<string>): string {
  const found: [start: number, end: number][] = [];
  for (const mask of masks) {
    if (mask === '') continue;
    for (let at = text.indexOf(mask); at >= 0; at = text.indexOf(mask, at + 1)) found.push([at, at + mask.length]);
  }
  found.sort(([a], [b]) => a - b);
  let result = '';
  let done = 0;
  for (let index = 0; index < found.length; ) {
    const [start] = found[index] as [number, number];
    let end = start;
    for (; index < found.length && (found[index] as [number, number])[0] <= Math.max(end, start); index++) {
      end = Math.max(end, (found[index] as [number, number])[1]);
    }
    result += `${text.slice(done, start)}***`;
    done = end;
  }
  return result + text.slice(done);
}

/** Characters that are not seen, or that move, hide or break what is seen; lone surrogates too. */
const unseen = (): RegExp => new RegExp(`[${unicode('Cc', 'Cf', 'Cs', 'Zl', 'Zp', 'Default_Ignorable_Code_Point')}]`, 'gu');

const visible = (character: string): string => {
  const short: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return short[character] ?? `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
};

/** Shows control, bidirectional and invisible characters as escapes, so that a text is what it looks like, on one line. */
export const withoutUnseen = (text: string): string => (PLAIN.test(text) ? text : text.replace(unseen(), visible));

/** Our own sentences are nothing but this, and the pattern of the unseen takes longer to build than they take to print. */
const PLAIN = /^[ -~‐-‧£-¬®-ÿ█]*$/;

/**
 * Makes a text one harmless line of a log: control, bidirectional and invisible characters become visible escapes, and
 * nothing in it is a workflow command. The runner obeys `::name::` at the start of a line after any blanks, and
 * `##[name]` at any place; it compares by culture, so that invisible characters between do not help
 * (actions/runner, src/Runner.Common/ActionCommand.cs). An IPv6 address in brackets stays readable: no command can begin so.
 */
export function neutralise(text: string): string {
  return withoutUnseen(text)
    .replace(/#(?=#\[)/g, '# ')
    .replace(/(\[[0-9A-Fa-f:.]{2,45}\])|:(?=:)/g, (_, address: string | undefined) => address ?? ': ');
}

/** The first `length` code points, with `…` when something was cut. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const characters = Array.from(text.slice(0, length * 2 + 2));
  return characters.length <= length ? text : `${characters.slice(0, length).join('')}…`;
}
