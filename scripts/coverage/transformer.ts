import type { SyncTransformer } from '@jest/transform';
import { instrument } from './instrument.ts';
import { javascript } from './javascript.ts';

/** For Jest: a file of src/, with the same counters in it as in the programs. */
const transformer: SyncTransformer = {
  canInstrument: true,
  process: (code, file) => ({ code: javascript(instrument(code, file).code, file, 'commonjs') }),
};
export default transformer;
