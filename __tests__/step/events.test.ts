import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RunnerDouble } from '../support/runner-double.ts';

/*
 * The committed step under the events that GitHub sends, with the secret empty as GitHub hands it over: what people read. The two
 * events that do carry secrets for a fork's code are given the secret, and refuse.
 */
const EVENTS = path.join(import.meta.dirname, '..', 'runner', 'events');
const PASSWORD = 'npg_Xq7ZkT2mVb9R';
const URL = `postgresql://app:${PASSWORD}@ep-cool-name-123456.us-east-2.aws.neon.tech/app?sslmode=require`;

interface Case {
  readonly it: string;
  readonly file: string;
  readonly event: string;
  readonly actor?: string;
  readonly inputs?: Record<string, string>;
  readonly problem?: string;
  readonly says?: RegExp;
}

const cases: Case[] = [
  {
    ...{ it: 'a fork’s pull request', file: 'pull-request-fork', event: 'pull_request', actor: 'mona' },
    problem: 'missing-connection',
    says: /`connection-string` is empty: GitHub hands no secrets to a run that a pull request from a fork started\..*`on-missing: skip`/,
  },
  {
    ...{ it: 'a pull request from a deleted fork', file: 'pull-request-deleted-fork', event: 'pull_request', actor: 'mona' },
    problem: 'missing-connection',
    says: /from a fork/,
  },
  {
    ...{ it: 'the same, asked to skip', file: 'pull-request-fork', event: 'pull_request', actor: 'mona' },
    inputs: { 'connection-string': '', 'on-missing': 'skip' },
  },
  {
    ...{ it: 'a Dependabot pull request', file: 'pull-request-dependabot', event: 'pull_request', actor: 'dependabot[bot]' },
    problem: 'missing-connection',
    says: /Dependabot’s runs none of the repository’s Actions secrets\. Add the secret under Settings .* Dependabot/,
  },
  {
    ...{ it: 'a push by Dependabot', file: 'push-dependabot', event: 'push', actor: 'dependabot[bot]' },
    problem: 'missing-connection',
    says: /Dependabot/,
  },
  {
    ...{ it: 'a reusable workflow without its secret', file: 'workflow-call-from-dispatch', event: 'workflow_dispatch' },
    problem: 'missing-connection',
    says: /the secret is empty in this run\..*in a reusable workflow, at `secrets:` of its caller/,
  },
  {
    ...{ it: 'the key of the Neon API, not handed to a fork', file: 'pull-request-fork', event: 'pull_request', actor: 'mona' },
    inputs: { 'neon-api-key': '', 'neon-project-id': 'shiny-wind-028834', 'neon-branch': 'preview/pr-17' },
    problem: 'missing-connection',
    says: /`neon-api-key` is empty: .*from a fork/,
  },
  {
    ...{ it: 'pull_request_target from a fork', file: 'pull-request-target-fork', event: 'pull_request_target', actor: 'mona' },
    inputs: { 'connection-string': URL },
    problem: 'untrusted-event',
    says: /started by `pull_request_target` for the code of a fork.*Use `pull_request` instead/,
  },
  {
    ...{ it: 'workflow_run after a fork’s run', file: 'workflow-run-fork', event: 'workflow_run', actor: 'mona' },
    inputs: { 'connection-string': URL },
    problem: 'untrusted-event',
    says: /started by `workflow_run` for the code of a fork/,
  },
  {
    ...{ it: 'pull_request_target from a fork, with an API key', file: 'pull-request-target-fork', event: 'pull_request_target' },
    inputs: {
      'neon-api-key': 'napi_1234567890',
      'neon-project-id': 'shiny-wind-028834',
      'neon-api-host': 'http://127.0.0.1:9/api/v2',
    },
    problem: 'untrusted-event',
    says: /pull_request_target/,
  },
  {
    ...{ it: 'an event file that is not there', file: '', event: 'pull_request_target' },
    inputs: { 'connection-string': URL },
    problem: 'untrusted-event',
    says: /does not say whose code/,
  },
  {
    ...{
      it: 'pull_request_target within the repository',
      file: 'pull-request-target-same-repository',
      event: 'pull_request_target',
    },
    inputs: { 'connection-string': URL },
  },
  {
    ...{ it: 'a fork’s code, allowed', file: 'pull-request-target-fork', event: 'pull_request_target', actor: 'mona' },
    inputs: { 'connection-string': URL, 'allow-untrusted-events': 'true' },
  },
];

describe('events as GitHub sends them', () => {
  test.each(cases)(
    '$it → $problem',
    async ({ file, event, actor = 'octocat', inputs = { 'connection-string': '' }, problem, says }) => {
      const payload = file ? readFileSync(path.join(EVENTS, `${file}.json`), 'utf8') : null;
      const job = new RunnerDouble({ secrets: [URL] });
      try {
        const {
          exitCode,
          annotations,
          outputs,
          env: exported,
          rawStdout,
          log,
          summary,
        } = await job.step({ inputs, event: { name: event, actor, payload } });
        const [error] = annotations.filter(({ type }) => type === 'error');
        expect({ exitCode, problem: outputs.problem }).toEqual({ exitCode: problem ? 1 : 0, problem });
        if (says) expect(error?.message).toMatch(says);
        else expect(outputs.available).toBe(inputs['on-missing'] === 'skip' ? 'false' : 'true');
        if (problem || outputs.available === 'false') expect(exported).toEqual({});
        for (const text of [rawStdout.replace(/^::add-mask::.*$/gm, ''), log, summary ?? ''])
          expect(text).not.toContain(PASSWORD);
      } finally {
        job.dispose();
      }
    },
  );
});
