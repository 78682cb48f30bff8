import { jsonl } from './explain/jsonl.ts';

/** `npm run explain -- --jsonl`: how libpq reads each connection string on standard input. */
if (process.argv.includes('--jsonl')) {
  try {
    await jsonl(process.stdin, process.stdout);
  } catch (error) {
    // Whoever reads us may stop early, as `head` does; anything else is a fault of ours and prints its code only.
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'EPIPE') throw new Error(`explain --jsonl failed: ${code ?? (error as Error).name}`);
  }
} else {
  process.stderr.write('Usage: npm run explain -- --jsonl < file-with-one-JSON-string-a-line\n');
  process.exitCode = 2;
}
