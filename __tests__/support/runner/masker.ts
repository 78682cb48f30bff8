/**
 * The runner's secret masker, rule by rule.
 * Source: actions/runner, src/Sdk/DTLogging/Logging/{SecretMasker,ValueEncoders}.cs, src/Runner.Common/HostContext.cs.
 */

type Encoder = (value: string) => string;

const utf8 = (value: string): Buffer => Buffer.from(value, 'utf8');

const base64Shift = (value: string, shift: number): string => {
  const content = utf8(value);
  return (content.length > shift ? content.subarray(shift) : content).toString('base64');
};

/** Newtonsoft's JsonConvert.ToString without the outer quotes: no HTML escaping, no \u for other scripts. */
const newtonsoft = (value: string): string =>
  Array.from({ length: value.length }, (_, index) => {
    const character = value[index] as string;
    const short: Record<string, string> = {
      '"': '\\"',
      '\\': '\\\\',
      '\b': '\\b',
      '\t': '\\t',
      '\n': '\\n',
      '\f': '\\f',
      '\r': '\\r',
    };
    const escaped = character < ' ' || ['\u0085', '\u2028', '\u2029'].includes(character);
    return short[character] ?? (escaped ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : character);
  }).join('');

const escapeDataString = (value: string): string =>
  Array.from(utf8(value.toWellFormed()), (byte) => {
    const character = String.fromCharCode(byte);
    return byte < 0x80 && /[A-Za-z0-9\-._~]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');

const xml = (value: string): string =>
  value.replace(/[<>"'&]/g, (c) => ({ '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '&': '&amp;' })[c] as string);

const sixOrMore = (part: string): string => (part.length >= 6 ? part : '');

const powerShellPre: Encoder = (value) => {
  if (!value.includes('&')) return '';
  return sixOrMore(value.includes('&+') ? value.slice(0, value.indexOf('&+') + 2) : value.slice(0, value.lastIndexOf('&') + 1));
};

const powerShellPost: Encoder = (value) => {
  if (!value.includes('&')) return '';
  return sixOrMore(value.includes('&+') ? value.slice(value.indexOf('&+') + 3) : value.slice(value.lastIndexOf('&') + 1));
};

export const ENCODERS: Record<string, Encoder> = {
  Base64StringEscape: (value) => utf8(value).toString('base64'),
  Base64StringEscapeShift1: (value) => base64Shift(value, 1),
  Base64StringEscapeShift2: (value) => base64Shift(value, 2),
  CommandLineArgumentEscape: (value) => value.replaceAll('"', '\\"'),
  ExpressionStringEscape: (value) => value.replaceAll("'", "''"),
  JsonStringEscape: newtonsoft,
  UriDataEscape: escapeDataString,
  XmlDataEscape: xml,
  TrimDoubleQuotes: (value) => (value.length > 8 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : ''),
  PowerShellPreAmpersandEscape: powerShellPre,
  PowerShellPostAmpersandEscape: powerShellPost,
};

export class SecretMasker {
  /** As registered, in order. */
  readonly originals: string[] = [];
  readonly #values = new Set<string>();

  addValue(value: string): void {
    if (value === '' || this.originals.includes(value)) return;
    this.originals.push(value);
    for (const form of [value, ...Object.values(ENCODERS).map((encode) => encode(value))])
      if (form !== '') this.#values.add(form);
  }

  /** A secret of the job: trimmed, and each of its lines (Worker.cs, InitializeSecretMasker). */
  addSecret(value: string): void {
    for (const part of [value, ...value.split(/[\r\n]/)]) this.addValue(part.trim());
  }

  mask(input: string): string {
    const positions: [start: number, end: number][] = [];
    for (const value of this.#values) {
      // ValueSecret.GetPositions: each further search begins one character after the last match.
      for (let at = input.indexOf(value); at >= 0; at = input.indexOf(value, at + 1)) positions.push([at, at + value.length]);
    }
    if (positions.length === 0) return input;
    positions.sort(([a], [b]) => a - b);
    const merged: [start: number, end: number][] = [];
    for (const [start, end] of positions) {
      const last = merged.at(-1);
      if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
      else merged.push([start, end]);
    }
    let output = '';
    let done = 0;
    for (const [start, end] of merged) {
      output += `${input.slice(done, start)}***`;
      done = end;
    }
    return output + input.slice(done);
  }
}
