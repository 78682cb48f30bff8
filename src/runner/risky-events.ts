/** The events that run with the repository's secrets although a fork can start them. */
export const RISKY_EVENTS: readonly string[] = ['pull_request_target', 'workflow_run'];

/** Was this run started by one of them? Whether it is for a fork's code, the event's payload says. */
export const isRisky = (environment: NodeJS.ProcessEnv): boolean => RISKY_EVENTS.includes(environment.GITHUB_EVENT_NAME ?? '');
