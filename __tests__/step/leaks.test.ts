import { findPlaceholder } from '../../src/connection/placeholder.ts';
import { leaks, twinOf } from './leaks/check.ts';
import { CONTROLS, PASSWORDS, type Password } from './leaks/passwords.ts';
import { FAILING, type Path, SUCCESS, USER, wishOf } from './leaks/paths.ts';
import { RUNNERS, type Run, type RunnerName, run } from './leaks/run.ts';

/*
 * Nothing leaks: passwords of every kind through the committed step, one process each, under both runners. By default every password
 * succeeds once under each runner and fails in one way; `npm run test:leaks` lets every password fail in every way, which takes half an
 * hour. `LEAKS_SLICE=2/5 npm run test:leaks` takes the second of five slices, which are all of it together.
 */

/** Set by ./leaks/jest.config.js. */
const ALL = 'everyWay' in globalThis;
const [SLICE, SLICES] = ((ALL && process.env.LEAKS_SLICE) || '1/1').split('/').map(Number) as [number, number];
if (!(Number.isInteger(SLICE) && SLICE >= 1 && SLICE <= SLICES)) throw new Error('LEAKS_SLICE is no slice such as 2/5');
const ORDINARY = 'Unremarkable-7Zq4Wm1K';
const isRefused = (password: Password): boolean => CONTROLS.includes(password);
const isTemplate = (secret: string): boolean => findPlaceholder(new Map([['password', secret]]), false) !== undefined;

let runs = 0;
let twins = 0;
const again = (...options: Parameters<typeof run>): Promise<Run> => {
  twins++;
  return run(...options);
};
const ordinary = new Map<string, Promise<Run>>();
/** The same with an unremarkable password; one run serves all that differ in the spelling only. */
const ordinaryRun = (runner: RunnerName, path: Path, index: number): Promise<Run> => {
  const key = `${runner} ${path.name} ${path === SUCCESS ? wishOf(index) : ''}`;
  const known = ordinary.get(key) ?? run(runner, path.options(ORDINARY, index));
  ordinary.set(key, known);
  return known;
};

/** Everything that is wrong with one run. */
async function judge(runner: RunnerName, path: Path, password: Password, index: number): Promise<string[]> {
  const { secret } = password;
  runs++;
  const result = await run(runner, path.options(secret, index));
  const wrong: string[] = [];
  const problem = result.outputs.problem ?? (result.exitCode === 0 ? 'success' : `exit ${result.exitCode}`);
  if (
    isRefused(password)
      ? problem === 'success' && !path.broken
      : path.ends !== undefined && !isTemplate(secret) && !path.ends.test(problem)
  )
    wrong.push(`ended in ${problem}`);
  if (problem !== 'success' && (Object.keys(result.env).length > 0 || Object.keys(result.outputs).join() !== 'problem,stage'))
    wrong.push('failed, and set something all the same');
  if (path === SUCCESS && problem === 'success' && result.outputs.password !== secret) wrong.push('exported another password');
  const read = problem === 'success' ? result.outputs.password === secret : !path.broken && !isRefused(password);
  const known = read ? (path.early || isTemplate(secret) ? 'guessed' : 'read') : 'unknown';
  const broken = path.broken ?? false;
  const expected = { secret, user: USER, ordinary: await ordinaryRun(runner, path, index), known, broken } as const;
  const found = leaks(result, expected);
  // What a sentence about this break says anyway can be told only by letting another password break in the same way.
  const doubtful = broken && found.length > 0;
  wrong.push(
    ...(doubtful ? leaks(result, { ...expected, twin: await again(runner, path.options(twinOf(secret), index)) }) : found),
  );
  return wrong.map(
    (sentence) => `${runner}, ${path.name}, ${password.label} (${JSON.stringify(secret).slice(0, 60)}): ${sentence}`,
  );
}

type Job = readonly [RunnerName, Path, Password, index: number];

const jobsOf = (runner: RunnerName, path: Path): Job[] =>
  PASSWORDS.map((password, index): Job => [runner, path, password, index]).filter(
    ([, , , index]) => index % SLICES === SLICE - 1,
  );

/** Two processes at a time, as a small machine has cores. */
async function judgeAll(jobs: readonly Job[]): Promise<string[]> {
  const wrong: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) wrong.push(...(await judge(...job)));
  };
  await Promise.all([work(), work()]);
  return wrong;
}

const MINUTES = 60_000;

afterAll(() => {
  if (ALL)
    process.stdout.write(`${PASSWORDS.length} passwords, ${FAILING.length} ways to fail, ${runs} runs, ${twins} of them twice\n`);
});

test('there are at least 200 passwords, all different', () => {
  expect(new Set(PASSWORDS.map(({ secret }) => secret)).size).toBeGreaterThanOrEqual(200);
});

describe.each(RUNNERS)('under %s’s runner no form of any password is seen', (runner) => {
  test(
    'on success',
    async () => {
      expect(await judgeAll(jobsOf(runner, SUCCESS))).toEqual([]);
    },
    5 * MINUTES,
  );

  test.each(FAILING.map((path, way) => [path.name, path, way] as const))(
    '%s',
    async (_, path, way) => {
      // Each password takes the next way, under one runner and then the other.
      const turn = RUNNERS.indexOf(runner);
      const mine = (index: number): boolean =>
        ALL || (index % FAILING.length === way && (Math.floor(index / FAILING.length) + way) % 2 === turn);
      const jobs = jobsOf(runner, path).filter(([, , , index]) => mine(index));
      expect(jobs.length).toBeGreaterThan(0);
      expect(await judgeAll(jobs)).toEqual([]);
    },
    20 * MINUTES,
  );
});
