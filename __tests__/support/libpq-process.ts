/**
 * libpq in a process of its own: it blocks while it connects, and servers of the tests' own process have to answer meanwhile. One connection
 * string in JSON comes in on each line, where it led goes out. The program's environment is empty but for a home without any file.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { libpq, type Reached } from './libpq.ts';

export class LibpqProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;

  /** @param home an empty folder: libpq looks for certificates and passwords there */
  constructor(home: string) {
    this.#child = spawn(process.execPath, [import.meta.filename], { env: { HOME: home }, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stderr.pipe(process.stderr);
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Where the string leads, or libpq's message. Not to be called again before it has resolved. */
  async reach(text: string): Promise<Reached | string> {
    this.#child.stdin.write(`${JSON.stringify(text)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error('the process with libpq ended');
    return JSON.parse(value) as Reached | string;
  }

  async end(): Promise<void> {
    this.#child.stdin.end();
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
  }
}

async function main(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(libpq().reach(JSON.parse(line) as string))}\n`);
  }
}

if (process.argv[1] === import.meta.filename) void main();
