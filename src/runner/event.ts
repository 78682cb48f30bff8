import { readFileSync } from 'node:fs';
import { Problem } from '../problems/index.ts';
import { RISKY_EVENTS } from './risky-events.ts';

/** What is read of the event that started the run; GitHub's payload, of which nothing is taken for granted. */
export interface Event {
  readonly name: string;
  /** Absent when the event file is missing or is not JSON. */
  readonly payload?: Payload;
  /** The account that started the run. */
  readonly actor: string;
}

type Payload = Readonly<Record<string, unknown>>;

/** Why no connection was given: facts for the problem `missing-connection`. */
export interface Reason {
  readonly cause: 'fork' | 'dependabot' | 'unknown';
  /** Ends the sentence "No connection was given: …". */
  readonly what: string;
  readonly fix: string;
}

const isObject = (value: unknown): value is Payload => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const at = (payload: unknown, ...keys: string[]): unknown =>
  keys.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), payload);

/**
 * Where the code of a run comes from. A fork is told by its full name and not by `head.repo.fork`, which is also true for
 * a pull request within a repository that is itself a fork. Null stands for a repository that has been deleted since.
 *
 * @returns undefined when the payload does not say
 */
function origin(payload: Payload | undefined): { readonly fork: boolean; readonly deleted: boolean } | undefined {
  const pull = at(payload, 'pull_request');
  const run = at(payload, 'workflow_run');
  const head = isObject(pull) ? at(pull, 'head', 'repo') : at(run, 'head_repository');
  const base = text(isObject(pull) ? at(pull, 'base', 'repo', 'full_name') : at(payload, 'repository', 'full_name'));
  if (base === undefined || (!isObject(pull) && !isObject(run))) return undefined;
  if (head === null) return { fork: true, deleted: true };
  const name = text(at(head, 'full_name'));
  return name === undefined ? undefined : { fork: name.toLowerCase() !== base.toLowerCase(), deleted: false };
}

/** The runs to which GitHub gives no secrets when a fork or Dependabot started them. */
const WITHOUT_SECRETS = ['pull_request', 'pull_request_review', 'pull_request_review_comment'];

/** `on: push` and a few more are cut off from the secrets too when it was Dependabot that pushed. */
const WITHOUT_SECRETS_FOR_DEPENDABOT = [
  ...WITHOUT_SECRETS,
  'push',
  'create',
  'deployment',
  'deployment_status',
  'pull_request_target',
];

const DEPENDABOT = 'dependabot[bot]';

const SKIP = 'set `on-missing: skip` and let later steps ask for `available`';

/**
 * Says why no connection was given, as far as the event tells. GitHub hands over an empty value for a secret that the run
 * may not have and for one that does not exist, so that the rest stays a list of what to look at.
 */
export function reasonForNone(event: Event): Reason {
  const byDependabot = event.actor === DEPENDABOT || at(event.payload, 'pull_request', 'user', 'login') === DEPENDABOT;
  if (WITHOUT_SECRETS.includes(event.name) && origin(event.payload)?.fork) {
    return {
      cause: 'fork',
      what: 'GitHub hands no secrets to a run that a pull request from a fork started',
      fix: `Let the step run only where there is a secret: ${SKIP}; or give such runs a database of their own, for example a service container.`,
    };
  }
  if (WITHOUT_SECRETS_FOR_DEPENDABOT.includes(event.name) && byDependabot) {
    return {
      cause: 'dependabot',
      what: 'GitHub hands Dependabot’s runs none of the repository’s Actions secrets',
      fix: `Add the secret under Settings → Secrets and variables → Dependabot too; or ${SKIP}.`,
    };
  }
  return {
    cause: 'unknown',
    what: 'the secret is empty in this run',
    fix:
      'Look at the name of the secret (GitHub gives an empty value for one that does not exist), at `environment:` of the job ' +
      'if the secret belongs to an environment, and, in a reusable workflow, at `secrets:` of its caller, which has to pass it ' +
      'on or to say `secrets: inherit`.',
  };
}

/**
 * Can code from outside run beside this run's secrets?
 *
 * @returns undefined when it cannot, otherwise what ends "This run was started by `{event}` …" of the problem
 *   `untrusted-event`. An event that cannot be read, or that does not say where the code comes from, counts as untrusted
 */
export function untrusted(event: Event): string | undefined {
  if (!RISKY_EVENTS.includes(event.name)) return undefined;
  const from = origin(event.payload);
  if (from === undefined) return 'and its event does not say whose code it is about';
  if (!from.fork) return undefined;
  return from.deleted ? 'for a fork that has been deleted since' : 'for the code of a fork';
}

/**
 * The event of this run. Only to be called when it matters: it loads @actions/github.
 *
 * That package reads the event file while it is being imported; it prints to the log when the file is missing and throws
 * when it is not JSON. So the file is tried first, and a run without a readable one has an event without a payload.
 */
export async function readEvent(environment: NodeJS.ProcessEnv = process.env): Promise<Event> {
  const bare = { name: environment.GITHUB_EVENT_NAME ?? '', actor: environment.GITHUB_ACTOR ?? '' };
  try {
    if (!isObject(JSON.parse(readFileSync(environment.GITHUB_EVENT_PATH ?? '', 'utf8')))) return bare;
    const { context } = await import('@actions/github');
    return { ...bare, payload: context.payload };
  } catch {
    return bare;
  }
}

/**
 * Refuses the two events that run with the repository's secrets although a fork can start them.
 *
 * @throws Problem `untrusted-event`
 */
export async function refuseUntrusted(environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  const why = untrusted(await readEvent(environment));
  if (why !== undefined) throw new Problem('untrusted-event', { event: environment.GITHUB_EVENT_NAME ?? '', why });
}
