import type { FileCoverageData } from 'istanbul-lib-coverage';
import { createInstrumenter } from 'istanbul-lib-instrument';

/** TypeScript as it was written, with counters in it: lines and branches are those of the source, wherever it runs. */
export function instrument(code: string, file: string): { code: string; empty: FileCoverageData } {
  const instrumenter = createInstrumenter({
    esModules: true,
    compact: false,
    parserPlugins: ['typescript'],
    coverageGlobalScope: 'globalThis',
    coverageGlobalScopeFunc: false,
  });
  return { code: instrumenter.instrumentSync(code, file), empty: instrumenter.lastFileCoverage() };
}
