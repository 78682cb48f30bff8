import { text } from 'node:stream/consumers';
import { jsonl } from './explain/jsonl.ts';
import { explain } from './explain/person.ts';

/*
 * npm run explain                       how one connection string on standard input is understood, and what would be exported
 * npm run explain -- --clients prisma   the same with a client's own variables
 * npm run explain -- --jsonl            how libpq reads each JSON-encoded string, a line each
 */
const [, , option, value = ''] = process.argv;

const USAGE = `The connection string is read from standard input only: an argument would stand in your shell's history.

  npm run explain < secret.txt             how it is understood, what would be exported, what is wrong with it
  npm run explain -- --clients prisma      the same with the variables of a client
  npm run explain -- --jsonl               a JSON-encoded string on each line, and how libpq reads each, for comparing
`;

const person = async (): Promise<number> => {
  if (process.stdin.isTTY) process.stdout.write('Paste the connection string, press Enter, then Ctrl-D:\n');
  const { text: explanation, ok } = await explain(await text(process.stdin), option === '--clients' ? value : '');
  process.stdout.write(explanation);
  return ok ? 0 : 1;
};

try {
  if (option === '--jsonl') await jsonl(process.stdin, process.stdout);
  else if (option === undefined || option === '--clients') process.exitCode = await person();
  else {
    process.stdout.write(USAGE);
    process.exitCode = 2;
  }
} catch (error) {
  // Whoever reads us may stop early, as `head` does; anything else is a fault of ours and prints its code only.
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== 'EPIPE') throw new Error(`explain failed: ${code ?? (error as Error).name}`);
}
