/** The little of istanbul-lib-instrument that is used here; it brings no types. */
declare module 'istanbul-lib-instrument' {
  import type { FileCoverageData } from 'istanbul-lib-coverage';

  export function createInstrumenter(options: {
    readonly esModules: boolean;
    readonly compact: boolean;
    readonly parserPlugins: readonly string[];
    readonly coverageGlobalScope: string;
    readonly coverageGlobalScopeFunc: boolean;
  }): {
    instrumentSync(code: string, file: string): string;
    lastFileCoverage(): FileCoverageData;
  };
}
