import { randomUUID } from 'node:crypto';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FOLDER_PREFIX, FOLDER_STATE } from './remove-private-files.ts';

/** A folder that only this user can enter, for files that a job needs on disk: a CA, a client certificate and its key. */
export interface PrivateFolder {
  readonly path: string;
  /** Writes a new file, readable by this user only, and gives its absolute path. An existing one is an error. */
  write(name: string, content: string): string;
}

/**
 * Makes the folder. Its name is random and saved for the post step before the folder exists, so that one that is
 * interrupted leaves nothing that nobody removes.
 *
 * @param temp the runner's RUNNER_TEMP, which it empties after the job, but only as well as it can
 * @param saveState @actions/core's saveState
 * @throws Error when RUNNER_TEMP is missing or cannot be written to
 */
export function createPrivateFolder(temp: string, saveState: (name: string, value: string) => void): PrivateFolder {
  if (temp === '') throw new Error('the runner did not name a folder in RUNNER_TEMP');
  const folder = path.join(realpathSync(temp), FOLDER_PREFIX + randomUUID());
  saveState(FOLDER_STATE, folder);
  mkdirSync(folder, { mode: 0o700 });
  return {
    path: folder,
    write(name, content) {
      const file = path.join(folder, path.basename(name));
      writeFileSync(file, content, { mode: 0o600, flag: 'wx' });
      return file;
    },
  };
}
