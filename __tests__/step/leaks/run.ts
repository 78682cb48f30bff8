import { ActDouble } from '../../support/act-double.ts';
import type { StepOptions } from '../../support/runner/step.ts';
import { RunnerDouble } from '../../support/runner-double.ts';

export const RUNNERS = ['GitHub', 'act'] as const;
export type RunnerName = (typeof RUNNERS)[number];

/** The last words of the header, which stands there before the step begins and can mask anything. */
const HEADER_END: Record<RunnerName, string> = { GitHub: '##[endgroup]', act: 'octo-org/neon-connect@v1' };

/** What is left of one run of the step: everything that somebody may read. */
export interface Run {
  readonly runner: RunnerName;
  readonly exitCode: number | null;
  /** As the runner shows it, without the header of the step, which stands there before the step begins. */
  readonly log: string;
  readonly stdout: string;
  readonly stderr: string;
  /** As uploaded, or as act prints it: masked. */
  readonly summary: string;
  /** As the step wrote it. */
  readonly rawSummary: string;
  readonly annotations: readonly { readonly message: string; readonly title: string | undefined }[];
  readonly env: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  /** Outputs that GitHub would not hand to another job. */
  readonly dropped: readonly string[];
  /** The names of the commands that the runner obeyed. */
  readonly commands: readonly string[];
  /** What a later step's line looks like in this job's log. */
  readonly masked: (text: string) => string;
}

/**
 * One run in a job of its own. No secret of the job is registered before: what the step's own masks hide is the question.
 *
 * @param action the folder with action.yml; the repository's own by default
 */
export async function run(runner: RunnerName, options: StepOptions, action?: string): Promise<Run> {
  const job = runner === 'act' ? new ActDouble(action ? { action } : {}) : new RunnerDouble(action ? { action } : {});
  try {
    const result = await job.step(options);
    const github = 'annotations' in result ? result : undefined;
    return {
      runner,
      exitCode: result.exitCode,
      log: result.log.slice(result.log.indexOf(HEADER_END[runner]) + HEADER_END[runner].length),
      stdout: result.rawStdout,
      stderr: result.rawStderr,
      summary: github ? (result.summary ?? '') : job.mask(result.summary ?? ''),
      rawSummary: github ? github.files.GITHUB_STEP_SUMMARY.toString('utf8') : (result.summary ?? ''),
      annotations: github?.annotations ?? [],
      ...{ env: result.env, outputs: result.outputs, state: result.state },
      dropped: github?.droppedOutputs ?? [],
      commands: result.commands.map(({ command }) => command.toLowerCase()),
      masked: (text) => job.mask(text),
    };
  } finally {
    job.dispose();
  }
}
