import { join } from 'node:path';
import { RunnerDouble } from '../../__tests__/support/runner-double.ts';

export interface Job {
  /** What the step wrote to the job. */
  readonly env: Readonly<Record<string, string>>;
  /** Where a relative `env-file` lies. */
  readonly workspace: string;
  /** The job is over: its files go. */
  end(): void;
}

/**
 * Runs the step as it is shipped, the committed dist/, in a job of its own.
 *
 * @throws when the step fails; its log is in the error
 */
export async function step(inputs: Readonly<Record<string, string>>): Promise<Job> {
  const runner = new RunnerDouble({ action: join(import.meta.dirname, '..', '..') });
  const result = await runner.step({ inputs });
  if (result.conclusion !== 'success') {
    runner.dispose();
    throw new Error(`The step failed:\n${result.log}`);
  }
  return { env: result.env, workspace: result.folders.workspace, end: () => runner.dispose() };
}
