import { writeJob } from './files.ts';
import * as log from './log.ts';
import { heading, summary } from './summary.ts';

/** Leaves a job without a connection, on request: `available` says so, and nothing else is set. */
export const skip = (reason: { what: string }): void => {
  log.notice(`Skipped, as \`on-missing: skip\` asks: ${reason.what}. The output \`available\` is false.`);
  writeJob({
    outputs: new Map([['available', 'false']]),
    summary: summary([heading('No Postgres connection in this run'), `<p>Skipped, as <code>on-missing: skip</code> asks.</p>`]),
  });
};
