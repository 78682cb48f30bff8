import { any } from './any.ts';
import { input } from './input.ts';
import { enter } from './problem.ts';

export { type Entry, STAGES, type Stage } from './entry.ts';
export { type Code, type Facts, Problem } from './problem.ts';

/** The door for everything before the first packet. The Neon API and the probe have doors of their own. */
enter({ ...input, ...any });
