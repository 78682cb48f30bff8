import { readEvent } from '../../../../src/runner/event.ts';

process.stdout.write(`${JSON.stringify(await readEvent())}\n`);
