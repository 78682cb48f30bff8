export { type Entry, STAGES, type Stage } from './entry.ts';
export { type Code, type Facts, Problem } from './problem.ts';
