import { PROBLEMS } from '../../src/problems/all.ts';
import { RunnerDouble } from '../support/runner-double.ts';
import { BAD_INPUTS, SECRET } from './bad-inputs.ts';

/** The committed step as a child process, one job a row. */
describe('bad inputs', () => {
  test.each(BAD_INPUTS.map((row) => [row.name, row] as const))('%s', async (_, { inputs, code, says, fix }) => {
    const secrets = Object.values(inputs).filter((value) => value.includes(SECRET));
    const job = new RunnerDouble({ secrets });
    try {
      const result = await job.step({ inputs });
      const { annotations, outputs } = result;
      expect({ code: outputs.problem, exit: result.exitCode, stage: outputs.stage }).toEqual({
        code,
        exit: 1,
        stage: PROBLEMS[code].stages[0],
      });
      expect(annotations.filter(({ type }) => type === 'error')).toHaveLength(1);
      const [error] = annotations.filter(({ type }) => type === 'error');
      expect(error?.title).toBe(PROBLEMS[code].title);
      // The sentence and the fix as the user reads them: what the masks star must not have been needed to understand them.
      expect(error?.message).toMatch(says);
      expect(error?.message).toMatch(fix);
      // Nothing was written to the job, nothing was left on disk.
      expect({ env: result.env, outputs: Object.keys(outputs).sort() }).toEqual({ env: {}, outputs: ['problem', 'stage'] });
      expect(result.state).toEqual({});
      expect(result.rawStderr).toBe('');
      // No secret, not even before the runner masks.
      const printed = result.rawStdout.split('\n').filter((line) => !/^(::|##\[)add-mask(::|\])/.test(line));
      for (const text of [...printed, result.log, result.summary ?? '', ...Object.values(outputs)])
        expect(text).not.toContain(SECRET);
    } finally {
      job.dispose();
    }
  });
});
