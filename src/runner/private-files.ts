import { closeSync, mkdirSync, openSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FOLDER_PREFIX, FOLDER_STATE } from './remove-private-files.ts';
import { unique } from './unique.ts';

/** A folder that only this user can enter, for files that a job needs on disk: a CA, a client certificate and its key. */
export interface PrivateFolder {
  /** The absolute path that a file will have. */
  pathOf(name: string): string;
  /** Writes a new file of these pieces, readable by this user only. An existing one is an error. */
  write(name: string, ...pieces: readonly (string | Buffer)[]): void;
}

/**
 * Names the folder; nothing is on disk before the first file is written. Its name is one that nothing has yet, and saved for the post step before the folder
 * exists, so that a step that is interrupted leaves nothing that nobody removes.
 *
 * @param temp the runner's RUNNER_TEMP, which it empties after the job, but only as well as it can
 * @param saveState hands a name and a value to the post step
 */
export function planPrivateFolder(temp: string, saveState: (name: string, value: string) => void): PrivateFolder {
  const folder = path.join(temp === '' ? '' : realpathSync(temp), FOLDER_PREFIX + unique());
  let made = false;
  const make = (): void => {
    if (temp === '') throw new Error('the runner did not name a folder in RUNNER_TEMP');
    saveState(FOLDER_STATE, folder);
    mkdirSync(folder, { mode: 0o700 });
    made = true;
  };
  const pathOf = (name: string): string => path.join(folder, path.basename(name));
  return {
    pathOf,
    write(name, ...pieces) {
      if (!made) make();
      const file = openSync(pathOf(name), 'wx', 0o600);
      try {
        for (const piece of pieces) writeFileSync(file, piece);
      } finally {
        closeSync(file);
      }
    },
  };
}
