/**
 * Workflow commands as the runner reads them.
 * Source: actions/runner, src/Runner.Common/ActionCommand.cs and src/Runner.Worker/ActionCommandManager.cs.
 */

export interface Command {
  readonly command: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

export const COMMANDS: readonly string[] = [
  ...['stop-commands', 'set-env', 'set-output', 'save-state', 'add-path', 'add-mask', 'add-matcher', 'remove-matcher'],
  ...['debug', 'warning', 'error', 'notice', 'group', 'endgroup', 'echo'],
];

const decoded = (text: string, pairs: readonly (readonly [string, string])[]): string =>
  pairs.reduce((result, [escaped, plain]) => result.replaceAll(escaped, plain), text);

const DATA = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
] as const;
const PROPERTY = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
] as const;
const LEGACY = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
] as const;

function parse(
  info: string,
  data: string,
  registered: readonly string[],
  separator: string,
  propertyPairs: readonly (readonly [string, string])[],
  dataPairs: readonly (readonly [string, string])[],
): Command | undefined {
  const space = info.indexOf(' ');
  const name = space < 0 ? info : info.slice(0, space);
  const command = registered.find((known) => known.toLowerCase() === name.toLowerCase());
  if (command === undefined) return undefined;
  const properties = new Map<string, string>();
  for (const property of space > 0
    ? info
        .slice(space + 1)
        .trim()
        .split(separator)
    : []) {
    const at = property.indexOf('=');
    if (at > 0 && at < property.length - 1) properties.set(property.slice(0, at), decoded(property.slice(at + 1), propertyPairs));
  }
  return { command, properties, data: decoded(data, dataPairs) };
}

/** `::name key=value,…::data` at the start of a line, after white space of any kind. */
function parseV2(line: string, registered: readonly string[]): Command | undefined {
  // .NET's TrimStart knows U+0085 too, which JavaScript's does not; U+FEFF is the other way round.
  const message = line.replace(/^[\p{White_Space}]+/u, '');
  if (!message.startsWith('::')) return undefined;
  const end = message.indexOf('::', 2);
  return end < 0 ? undefined : parse(message.slice(2, end), message.slice(end + 2), registered, ',', PROPERTY, DATA);
}

/** `##[name key=value;…]data` at any place of a line. */
function parseV1(line: string, registered: readonly string[]): Command | undefined {
  const start = line.indexOf('##[');
  const end = start < 0 ? -1 : line.indexOf(']', start);
  return end < 0 ? undefined : parse(line.slice(start + 3, end), line.slice(end + 1), registered, ';', LEGACY, LEGACY);
}

export const parseCommand = (line: string, registered: readonly string[] = COMMANDS): Command | undefined =>
  parseV2(line, registered) ?? parseV1(line, registered);

/** .NET's StreamReader.ReadLine: CR, LF and CRLF end a line, and a last one needs no end. */
export function readLines(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
