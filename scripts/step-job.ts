import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEntries } from '../__tests__/support/runner/env-files.ts';
import { createFolders, type Folders, readAction, stepEnvironment } from '../__tests__/support/runner/step.ts';

/** What Neon's console gives to copy: what most people paste. */
const SECRET =
  'postgresql://neondb_owner:npg_Ab1Cd2Ef3Gh4@ep-cool-name-a1b2c3d4-pooler.eu-central-1.aws.neon.tech/neondb?sslmode=require&channel_binding=require';

/** A job of one export-only step, as the runner sets it up. */
export interface StepJob {
  readonly folders: Folders;
  /** What the step gets. */
  readonly environment: Record<string, string>;
  /** What the post step gets: the same, and what the step saved. */
  after(): Record<string, string>;
}

/** @param root the folder that holds action.yml */
export const stepJob = (root: string): StepJob => {
  const folders = createFolders();
  const environment = stepEnvironment(readAction(root), folders, { inputs: { 'connection-string': SECRET } });
  const file = (name: string): string => join(folders.root, name);
  for (const name of ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY']) {
    writeFileSync(file(name), '');
    environment[name] = file(name);
  }
  return {
    folders,
    environment,
    after: () => {
      const { entries } = readEntries(readFileSync(file('GITHUB_STATE')));
      return { ...environment, ...Object.fromEntries(entries.map(([name, value]) => [`STATE_${name}`, value])) };
    },
  };
};
