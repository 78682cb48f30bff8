import { entries } from './entry.ts';

/** What can go wrong when the connection is taken from the Neon API. */
export const neonApi = entries({
  'neon-unauthorized': {
    stages: ['neon-api'],
    transient: false,
    title: 'The Neon API refused the key',
    sentence: 'The Neon API refused the key of `neon-api-key` for project `{project}` (HTTP {status}).',
    fix: 'Create a key in the Neon console, for the organisation or for this project, and store it as the secret that `neon-api-key` takes.',
    causes: [
      'The key was revoked, cut when it was copied, or belongs to another account.',
      'The key is limited to another project.',
      'A connection string or a password was given in place of an API key.',
    ],
  },
  'neon-not-found': {
    stages: ['neon-api'],
    transient: false,
    title: 'Neon does not have what was asked for',
    sentence: 'Neon has no {what}.',
    fix: '{fix}',
    causes: [
      'A misspelt project id, branch, database or role.',
      'The branch was deleted, or is not created yet: a job that connects must wait for the job that creates it.',
      'The key cannot see the project: the API then answers as if there were none.',
      'The branch has no read-write compute, or the project does not store passwords.',
    ],
    fixes: [
      'Compare it with the console: the project’s id stands on its Settings page.',
      'Let this job wait for the one that creates the branch: `needs:`.',
      'Use a key of the account or organisation that owns the project.',
      'Create a read-write compute for the branch, or reset the role’s password and give it as an input.',
    ],
  },
  'neon-ambiguous': {
    stages: ['neon-api'],
    transient: false,
    title: 'Several on this Neon branch could be meant',
    sentence: 'Branch `{branch}` has several {kind}: {names}.',
    fix: 'Name the one that is wanted in input `{input}`.',
    causes: ['A branch with one database and one role needs no choice; with several, the step does not guess.'],
  },
  'neon-rate-limited': {
    stages: ['neon-api'],
    transient: true,
    title: 'The Neon API limits the rate of requests',
    sentence: 'The Neon API still answered “too many requests” (HTTP 429) after {seconds} s{asked}.',
    fix: 'Run fewer jobs at once that use this account’s keys, or raise `probe-timeout`, which bounds these waits too.',
    causes: ['Many jobs or tools use the API at the same time: its limits count for the whole account.'],
  },
  'neon-unavailable': {
    stages: ['neon-api'],
    transient: true,
    title: 'The Neon API did not give a usable answer',
    sentence: 'The Neon API {what}.',
    fix: '{fix}',
    causes: [
      'An outage, or a network that does not let this runner reach the API.',
      'Operations on the branch that take longer than the time given.',
      'Something else answers in the API’s place: a proxy, a sign-in page, or a wrong `neon-api-host`.',
    ],
    fixes: [
      'Run the job again later, or let the runner reach `console.neon.tech`.',
      'Raise `probe-timeout`, which bounds these waits too.',
      'Correct `neon-api-host`, or let the proxy pass the API through.',
    ],
  },
});
