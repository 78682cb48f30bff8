import { type Facts, Problem, type Stage } from '../problems/index.ts';
import { Hangup, Malformed, Refused } from './messages.ts';
import { LEAST_ITERATIONS, MOST_ITERATIONS, TooFewIterations, TooManyIterations } from './scram.ts';
import { type Circumstances, serverProblem } from './server-error.ts';

/**
 * Gives whatever ended a login or a query its name.
 *
 * @returns a Problem; or the error itself where it is one of TLS, which the caller names
 */
export function loginProblem(error: unknown, stage: Stage, known: Circumstances): unknown {
  const querying = stage === 'query';
  const problem = (code: ConstructorParameters<typeof Problem>[0], facts: Facts) =>
    new Problem(code, { server: known.server, user: known.user, ...facts }, stage);
  if (error instanceof Refused) return serverProblem(error.fields, stage, known);
  if (error instanceof Malformed) return problem('protocol-violation', { what: error.what });
  if (error instanceof TooManyIterations)
    return problem('authentication-unsupported', {
      method: `SCRAM with ${error.iterations} iterations (the most is ${MOST_ITERATIONS})`,
    });
  if (error instanceof TooFewIterations)
    return problem('authentication-downgrade', {
      what: `wants SCRAM with ${error.iterations} iterations only (${LEAST_ITERATIONS} are usual), so that a stranger could guess the password from our answer`,
      fix: 'Set `sslmode: verify-full`, so that the answer goes to no other server, or raise `scram_iterations` there and set the password anew.',
    });
  if (error instanceof Hangup)
    return problem('connection-terminated', {
      when: querying ? 'instead of answering the query' : 'during the login, without a word',
    });
  const code = (error as NodeJS.ErrnoException)?.code;
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ETIMEDOUT')
    return problem('connection-reset', { when: querying ? 'during the query' : 'during the login' });
  // With TLS 1.3 the server judges our certificate after the handshake has ended for us.
  if (code !== undefined) return error;
  // pg's parser could not make sense of what it was given.
  return problem('protocol-violation', { what: 'its messages cannot be read' });
}
