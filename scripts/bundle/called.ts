import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stepJob } from '../step-job.ts';

interface Report {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { startOffset: number; endOffset: number; count: number }[] }[];
  }[];
}

/**
 * The functions of the bundle that the export-only step calls, from V8's own count (NODE_V8_COVERAGE) of one run with what Neon's console
 * gives to copy. As on Linux whatever the system is, so that every system builds the same bytes.
 *
 * @param file the bundle
 * @returns each as "start:end", offsets in the file
 */
export const calledFunctions = (root: string, file: string): ReadonlySet<string> => {
  const job = stepJob(root);
  try {
    const counts = join(job.folders.root, 'counts');
    const onLinux = `data:text/javascript,${encodeURIComponent("Object.defineProperty(process,'platform',{value:'linux'})")}`;
    const { status } = spawnSync(process.execPath, ['--import', onLinux, file], {
      env: { ...job.environment, NODE_V8_COVERAGE: counts },
      stdio: 'ignore',
    });
    if (status !== 0) throw new Error(`the new bundle ended with ${status}`);
    const [report] = globSync('*.json', { cwd: counts }).map((name) => readFileSync(join(counts, name), 'utf8'));
    const { result } = JSON.parse(report ?? '{"result":[]}') as Report;
    const functions = result.find(({ url }) => url === pathToFileURL(file).href)?.functions ?? [];
    const called = functions.map(({ ranges: [whole] }) => whole).filter((whole) => whole !== undefined && whole.count > 0);
    if (called.length === 0) throw new Error('V8 counted no call in the new bundle');
    return new Set(called.map((whole) => `${whole?.startOffset}:${whole?.endOffset}`));
  } finally {
    job.folders.dispose();
  }
};
