import { readFileSync } from 'node:fs';
import { getInput } from '@actions/core';
import { settle } from './connection/settle.ts';
import { plan } from './export.ts';
import { guard } from './guards.ts';
import { overridesOf, readInputs } from './inputs.ts';
import { Problem } from './problems/index.ts';
import { Cancellation } from './runner/cancellation.ts';
import { forms } from './runner/forms.ts';
import { hand, planEnvFile, planFiles } from './runner/hand.ts';
import { info, mask, notice } from './runner/log.ts';
import { isRisky } from './runner/risky-events.ts';
import { maskWarnings, pastedMasks, saidMasks, writtenMasks } from './secrets.ts';
import { chooseSource, take } from './sources/index.ts';

/** An input as the runner hands it over, not trimmed: a blank may belong to a password. */
const get = (name: string): string => getInput(name, { trimWhitespace: false });

/**
 * The step, from top to bottom. What most runs have no need of stands behind import(). Masks come before anything is read; nothing is written to the job before the last line.
 */
const step = async (cancellation: Cancellation): Promise<void> => {
  mask(pastedMasks(get));
  const inputs = readInputs(get);
  if (isRisky(process.env) && !inputs.allowUntrustedEvents) await (await import('./runner/event.ts')).refuseUntrusted();

  const source = chooseSource(inputs);
  if ('missing' in source) {
    const { readEvent, reasonForNone } = await import('./runner/event.ts');
    const { what, fix } = reasonForNone(await readEvent());
    const reason = { what: `${source.missing}: ${what}`, fix };
    if (inputs.onMissing === 'skip') return (await import('./runner/skip.ts')).skip(reason);
    throw new Problem('missing-connection', reason);
  }
  const said = await take(source.kind, inputs, cancellation, {
    onSecret: (secret) => mask(forms(secret)),
    onWait: ({ what, delayMs }) => info(`The Neon API ${what}; trying again in ${Math.round(delayMs)} ms`),
  });
  mask(saidMasks(said, inputs.parts, get));

  const { connection, notices } = await settle(said, overridesOf(inputs), (path) => readFileSync(path, 'utf8'));
  const files = planFiles(connection);
  const exported = await plan(connection, files.paths, inputs);
  mask(writtenMasks(connection, exported.secrets));

  for (const text of [...inputs.notices, ...notices, ...exported.notices, ...maskWarnings(connection)]) notice(text);
  guard(connection, { hosts: inputs.allowedHosts, databases: inputs.allowedDatabases });
  const writeEnvFile = await planEnvFile(inputs.envFile, exported.all);

  const reached = inputs.probe
    ? await (await import('./runner/narrate.ts')).prove(connection, inputs.probeTimeoutMs, cancellation.signal)
    : undefined;
  cancellation.check();
  await hand(connection, exported, files, writeEnvFile, reached);
};

/** Everything is written by now (runner/stdout.ts), and a look-up of a name that nobody waits for any more keeps Node alive for seconds. */
const end = (status: number): void => {
  process.exitCode = status;
  // On Windows, Node may fail an assertion when it ends right after closing a socket (nodejs/node#56645).
  if (process.platform === 'win32') setTimeout(() => process.exit(), 100);
  else process.exit();
};

step(new Cancellation()).then(
  () => end(0),
  async (error) => end((await import('./runner/report.ts')).report(error)),
);
