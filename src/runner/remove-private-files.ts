import { lstatSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';

/* The post step's bundle is this file and hardly more: it imports nothing else, so that a job's end costs no time. */

export const FOLDER_PREFIX = 'neon-connect-';
/** The state's name; the post step sees it as `STATE_folder`. */
export const FOLDER_STATE = 'folder';

const FOLDER_NAME = /^neon-connect-[0-9a-z]+-[0-9a-z]+$/;

/**
 * Removes the folder that this step made. An earlier step can plant a `STATE_…` variable where this one saved none, so the
 * path counts only when it is a real folder with our kind of name directly inside RUNNER_TEMP; anything else is left alone.
 *
 * @returns whether a folder was removed; false also when it is gone already or cannot be removed, since RUNNER_TEMP is
 *   emptied by the runner anyway and a post step must not fail a job for it
 */
export function removePrivateFiles(environment: NodeJS.ProcessEnv): boolean {
  const folder = environment[`STATE_${FOLDER_STATE}`] ?? '';
  const temp = environment.RUNNER_TEMP ?? '';
  if (folder === '' || temp === '' || !FOLDER_NAME.test(path.basename(folder))) return false;
  try {
    const isOurs =
      path.join(realpathSync(temp), path.basename(folder)) === realpathSync(folder) && lstatSync(folder).isDirectory();
    if (!isOurs) return false;
    rmSync(folder, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}
