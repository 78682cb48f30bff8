import { entries, STAGES } from './entry.ts';

/** What can end the probe at any stage. */
export const any = entries({
  'deadline-exceeded': {
    stages: STAGES,
    transient: false,
    title: 'The time for the probe is over',
    sentence: 'The probe ran out of time after {seconds} s, {last}.',
    fix: '{fix}',
    causes: [
      'A server that takes longer to get ready than `probe-timeout` allows.',
      'A server that accepted the connection and never finished the login.',
    ],
    fixes: ['Raise `probe-timeout`.', 'Look into the log of the server or of the pooler in front of it.'],
  },
  cancelled: {
    stages: STAGES,
    transient: false,
    title: 'The step was cancelled',
    sentence: 'The step was cancelled while it was {doing}.',
    fix: 'Nothing to do: the workflow run was cancelled, and nothing has been written to the job.',
    causes: ['The workflow run or the job was cancelled, or its time limit passed.'],
  },
});
