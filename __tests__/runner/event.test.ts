import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Event, reasonForNone, untrusted } from '../../src/runner/event.ts';
import { RISKY_EVENTS } from '../../src/runner/risky-events.ts';
import { RunnerDouble } from '../support/runner-double.ts';

/*
 * Event files as GitHub sends them, shortened to the parts that tell where code comes from (the form is that of
 * https://docs.github.com/webhooks/webhook-events-and-payloads). A called workflow has the event of its caller.
 */
const folder = path.join(import.meta.dirname, 'events');
const event = (file: string, name: string, actor = 'octocat'): Event => ({
  name,
  actor,
  payload: JSON.parse(readFileSync(path.join(folder, `${file}.json`), 'utf8')) as Record<string, unknown>,
});

const CASES: [file: string, name: string, actor: string, cause: string, untrusted: string | undefined][] = [
  ['pull-request-fork', 'pull_request', 'mona', 'fork', undefined],
  ['pull-request-deleted-fork', 'pull_request', 'mona', 'fork', undefined],
  ['pull-request-review-fork', 'pull_request_review', 'octocat', 'fork', undefined],
  ['pull-request-same-repository', 'pull_request', 'octocat', 'unknown', undefined],
  ['pull-request-inside-a-fork', 'pull_request', 'mona', 'unknown', undefined],
  ['pull-request-dependabot', 'pull_request', 'dependabot[bot]', 'dependabot', undefined],
  ['push-dependabot', 'push', 'dependabot[bot]', 'dependabot', undefined],
  ['push', 'push', 'octocat', 'unknown', undefined],
  ['schedule', 'schedule', 'octocat', 'unknown', undefined],
  ['workflow-call-from-dispatch', 'workflow_dispatch', 'octocat', 'unknown', undefined],
  ['pull-request-target-fork', 'pull_request_target', 'mona', 'unknown', 'for the code of a fork'],
  ['pull-request-target-same-repository', 'pull_request_target', 'octocat', 'unknown', undefined],
  ['workflow-run-fork', 'workflow_run', 'mona', 'unknown', 'for the code of a fork'],
  ['workflow-run-deleted-fork', 'workflow_run', 'mona', 'unknown', 'for a fork that has been deleted since'],
  ['workflow-run-same-repository', 'workflow_run', 'octocat', 'unknown', undefined],
];

describe.each(CASES)('%s (%s by %s)', (file, name, actor, cause, outside) => {
  test(`no secret: ${cause}`, () => {
    const reason = reasonForNone(event(file, name, actor));
    expect(reason.cause).toBe(cause);
    expect(reason.what).not.toMatch(/\.$/);
    expect(reason.fix).toMatch(/\.$/);
  });

  test(outside === undefined ? 'is trusted' : 'is not trusted', () => {
    expect(untrusted(event(file, name, actor))).toBe(outside);
  });
});

test('every event file is among the cases', () => {
  expect(readdirSync(folder).sort()).toEqual(CASES.map(([file]) => `${file}.json`).sort());
});

describe('an event that does not say where the code comes from', () => {
  const payloads: [string, Record<string, unknown> | undefined][] = [
    ['no payload', undefined],
    ['an empty one', {}],
    ['no head', { pull_request: { base: { repo: { full_name: 'a/b' } } }, workflow_run: {}, repository: { full_name: 'a/b' } }],
    ['an empty name', { pull_request: { base: { repo: { full_name: 'a/b' } }, head: { repo: { full_name: '' } } } }],
    ['other types', { pull_request: 'x', workflow_run: ['x'], repository: 7 }],
    [
      'no base',
      { pull_request: { head: { repo: { full_name: 'a/b' } } }, workflow_run: { head_repository: { full_name: 'a/b' } } },
    ],
  ];
  test.each(payloads.flatMap(([what, payload]) => RISKY_EVENTS.map((name) => [what, name, payload] as const)))(
    'is not trusted: %s, %s',
    (_, name, payload) => {
      const unread = { name, actor: 'x', ...(payload === undefined ? {} : { payload }) };
      expect(untrusted(unread)).toBe('and its event does not say whose code it is about');
    },
  );

  test('is trusted where no fork can start it with secrets', () => {
    expect(untrusted({ name: 'push', actor: 'x' })).toBeUndefined();
    expect(untrusted({ name: 'pull_request', actor: 'x' })).toBeUndefined();
  });
});

describe('reading the event', () => {
  const read = async (payload: object | string | null) => {
    const job = new RunnerDouble({ action: path.join(import.meta.dirname, 'actions/event') });
    try {
      return await job.step({ event: { name: 'pull_request_target', payload, actor: 'mona' } });
    } finally {
      job.dispose();
    }
  };

  test('gives what GitHub sent', async () => {
    const { payload } = event('pull-request-target-fork', 'pull_request_target');
    const { rawStdout, rawStderr } = await read(payload as object);
    expect(JSON.parse(rawStdout)).toEqual({ name: 'pull_request_target', actor: 'mona', payload });
    expect(rawStderr).toBe('');
  });

  test.each([
    ['missing', null],
    ['empty', ''],
    ['cut', '{"pull_request":{"title":"::error::x'],
    ['not an object', '"text"'],
    ['a list', '[]'],
  ])('gives no payload and prints nothing when the file is %s', async (_, payload) => {
    const { rawStdout, rawStderr } = await read(payload);
    expect(JSON.parse(rawStdout)).toEqual({ name: 'pull_request_target', actor: 'mona' });
    expect(rawStderr).toBe('');
  });
});
