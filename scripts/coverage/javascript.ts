import { transformSync } from '@swc/core';

/** Without the types, which is all that is done to it, as in the other runs of the tests. */
export const javascript = (code: string, file: string, type: 'es6' | 'commonjs'): string =>
  transformSync(code, {
    filename: file,
    configFile: false,
    swcrc: false,
    sourceMaps: type === 'commonjs' ? 'inline' : false,
    jsc: {
      parser: { syntax: 'typescript' },
      target: 'es2023',
      transform: { verbatimModuleSyntax: true },
      // Not in the types of swc 1.16.
      ...({ rewriteRelativeImportExtensions: type === 'es6' } as object),
    },
    module: { type },
  }).code;
