/** `npm run deps`: compares the imports in src/ with the rules in deps-rules.ts, and exits with 1 when one is broken. */
import { cruise } from 'dependency-cruiser';
import rules from './deps-rules.ts';

const { forbidden, options } = rules;
const { output, exitCode } = await cruise(['src'], {
  ...options,
  validate: true,
  ruleSet: { forbidden },
  outputType: 'err-long',
});
process.stdout.write(String(output));
process.exitCode = exitCode;
