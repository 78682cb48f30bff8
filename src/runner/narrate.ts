import type { Connection } from '../connection/connection.ts';
import { probe } from '../probe/probe.ts';
import type { ProbeEvent, Proof } from '../probe/types.ts';
import * as log from './log.ts';
import { type Reached, reachedBy } from './reached.ts';

/**
 * Proves the connection and tells the log what happens while it happens: a line per stage with its time, a line per wait with its reason.
 *
 * @returns what there is to hand to the job about it
 * @throws Problem
 */
export const prove = async (connection: Connection, timeoutMs: number, signal: AbortSignal): Promise<Reached> => {
  // An earlier step may have set it for the job. The probe checks certificates all the same, but Node would warn on standard error.
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  const proof = await log.group('Probe', () => probe(connection, { timeoutMs, signal, onEvent: (event) => tell(event) }));
  log.info(wholeSuccess(proof));
  for (const line of remarks(connection, proof)) log.notice(line);
  return reachedBy(proof);
};

const ms = (time: number): string => `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`;

const tell = (event: ProbeEvent): void => {
  if (event.type === 'attempt' && event.attempt > 1) log.info(`Attempt ${event.attempt}`);
  else if (event.type === 'stage-end') log.info(`  ${event.stage.padEnd(12)} ${ms(event.ms).padStart(8)}  ${event.detail}`);
  else if (event.type === 'failure') {
    log.info(
      `  ${event.stage.padEnd(12)} ${ms(event.ms).padStart(8)}  ${event.server}: ${event.problem.code}. ${event.problem.message}`,
    );
  } else if (event.type === 'wait') {
    log.info(`  waiting ${ms(event.ms)} because of \`${event.problem.code}\`; ${Math.round(event.leftMs / 1000)} s are left`);
  } else if (event.type === 'notice') log.notice(event.text);
};

const day = (date: Date): string => date.toISOString().slice(0, 10);

/** The whole success in one line. */
const wholeSuccess = (proof: Proof): string => {
  const tls = proof.tlsVersion === undefined ? 'without TLS' : `over ${proof.tlsVersion.replace(/^TLSv/, 'TLS ')}`;
  const { certificate } = proof;
  const valid =
    certificate === undefined ? '' : `, certificate from ${day(certificate.validFrom)} until ${day(certificate.validTo)}`;
  return `Reached PostgreSQL ${proof.serverVersion} as ${proof.user}@${proof.database} ${tls}${valid}, ${Math.round(proof.ms)} ms`;
};

const remarks = ({ sslmode }: Connection, { wouldVerifyFull }: Proof): string[] => {
  if (wouldVerifyFull === undefined || sslmode === 'verify-full') return [];
  return wouldVerifyFull.ok
    ? [
        `\`sslmode=verify-full\` would work as well as \`${sslmode}\` here (roots: ${wouldVerifyFull.with}), and proves whom the password goes to.`,
      ]
    : [`\`sslmode=verify-full\` would not work here: ${wouldVerifyFull.reason}`];
};
