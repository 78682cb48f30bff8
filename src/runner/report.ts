import { Problem } from '../problems/all.ts';
import { writeJob } from './files.ts';
import * as log from './log.ts';
import { problemSection } from './problem-section.ts';
import { summary } from './summary.ts';

/**
 * Says what went wrong: one annotation, the same in the job summary, and the outputs `problem` and `stage`, which are written although the
 * step fails. An error that is no Problem is a fault of ours: its message may hold anything, so only its kind is shown.
 *
 * @returns the exit status
 */
export const report = (error: unknown, environment: NodeJS.ProcessEnv = process.env): number => {
  const docs = problemsPage(environment);
  if (!(error instanceof Problem)) {
    const kind = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.name) : typeof error;
    const message = `Neon Connect failed in a way that it does not know (${kind.replace(/[^\w.-]/g, '')}). Please report it: that is a fault of the action.`;
    log.error({ title: 'Neon Connect failed', message });
    return 1;
  }
  const { title, message, fix, code, stage } = error;
  log.error({ title, message: `${message} ${fix} (${docs}#${code})` });
  // A cancelled run is over: nobody reads what it would leave.
  if (code === 'cancelled') return 1;
  const text = summary([
    problemSection({ title, message: log.withoutSecrets(message), fix: log.withoutSecrets(fix), code, stage }, docs),
  ]);
  try {
    const outputs = new Map([
      ['problem', code],
      ['stage', stage],
    ]);
    writeJob({ outputs, summary: text }, environment);
  } catch {
    // The runner named no files, or they cannot be written: the annotation has said it all.
  }
  return 1;
};

/** The page of the very version that runs: the runner names the action's repository and ref, but for `uses: ./`. */
const problemsPage = (environment: NodeJS.ProcessEnv): string => {
  const repository = environment.GITHUB_ACTION_REPOSITORY ?? '';
  const ref = environment.GITHUB_ACTION_REF ?? '';
  const server = environment.GITHUB_SERVER_URL ?? '';
  const known = /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref) && /^https:\/\/[\w.:-]+$/.test(server);
  return known ? `${server}/${repository}/blob/${ref}/docs/problems.md` : 'docs/problems.md';
};
