import { isUtf8 } from 'node:buffer';
import { pipeline } from 'node:stream/promises';
import { decodeBytes } from '../connection/bytes.ts';
import { ConninfoError, parseConninfo } from '../connection/conninfo.ts';
import { Problem } from '../problems/all.ts';

/**
 * Answers one line: a connection string, JSON-encoded.
 *
 * @returns one JSON object: `{"parameters": {keyword: value}}` exactly as libpq's PQconninfoParse gives them, with no policy of
 *   ours, or `{"problem": {"code", "message"}}`, whose text shows nothing of the string
 */
export function answer(line: string): string {
  const text = decode(line);
  try {
    if (text === undefined) throw new Problem('invalid-input', NOT_JSON);
    return JSON.stringify({ parameters: Object.fromEntries(parseConninfo(text)) });
  } catch (error) {
    const problem =
      error instanceof ConninfoError ? new Problem('invalid-connection-string', { what: error.what, fix: error.fix }) : error;
    if (!(problem instanceof Problem)) throw problem;
    return JSON.stringify({ problem: { code: problem.code, message: problem.message } });
  }
}

const NOT_JSON = {
  input: '--jsonl',
  what: 'takes one JSON-encoded string a line, and this line is something else',
  fix: 'Encode each connection string with JSON.stringify, json.dumps or the like.',
};

/** The string that the line holds, or undefined. JSON.parse quotes its input in its errors, so they go no further. */
function decode(line: string): string | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads connection strings, one JSON-encoded a line, and writes one answer a line, in the same order and as they come.
 * Lines end at a line feed only: JSON strings may hold the other line separators as they are.
 */
export async function jsonl(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Promise<void> {
  await pipeline(answers(input), output, { end: false });
}

async function* answers(input: NodeJS.ReadableStream): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const piece of input) {
    const chunk = Buffer.from(piece);
    let out = '';
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      out += `${answer(toText(Buffer.concat([...rest, chunk.subarray(from, end)])))}\n`;
      rest = [];
      from = end + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
    if (out) yield out;
  }
  if (rest.length > 0) yield `${answer(toText(Buffer.concat(rest)))}\n`;
}

const LINE_FEED = 0x0a;

const toText = (line: Buffer): string => (isUtf8(line) ? line.toString('utf8') : decodeBytes(line));
