import { relative, sep } from 'node:path';
import type { FileCoverageData } from 'istanbul-lib-coverage';
import { createInstrumenter } from 'istanbul-lib-instrument';

/** Relative, since ncc takes the whole path of a file that exists for something to bundle. */
const nameOf = (file: string): string => relative(process.cwd(), file).split(sep).join('/');

/** TypeScript as it was written, with counters in it: lines and branches are those of the source, wherever it runs. */
export function instrument(code: string, file: string): { code: string; empty: FileCoverageData } {
  const instrumenter = createInstrumenter({
    esModules: true,
    compact: false,
    parserPlugins: ['typescript'],
    coverageGlobalScope: 'globalThis',
    coverageGlobalScopeFunc: false,
  });
  return { code: instrumenter.instrumentSync(code, nameOf(file)), empty: instrumenter.lastFileCoverage() };
}
