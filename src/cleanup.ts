import { removePrivateFiles } from './runner/remove-private-files.ts';

/** The post step: removes the files that this very step made, and nothing else. It never fails a job. */
removePrivateFiles(process.env);
