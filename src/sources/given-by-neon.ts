import { type Given, given } from '../connection/spellings/given.ts';
import type { Asked } from './asked.ts';
import { type NeonListener, takeFromNeon } from './neon-api.ts';

/** What the Neon API says, chosen by the inputs, in the form in which a string would have said it. */
export const givenByNeon = async (inputs: Asked, signal: AbortSignal, listener: NeonListener): Promise<Given> => {
  const { neon, parts, pooled } = inputs;
  const found = await takeFromNeon(
    {
      apiKey: neon.apiKey,
      projectId: neon.projectId,
      branch: neon.branch,
      apiHost: neon.apiHost,
      deadlineMs: inputs.probeTimeoutMs,
      signal,
      ...(parts.has('dbname') ? { database: parts.get('dbname') as string } : {}),
      ...(parts.has('user') ? { user: parts.get('user') as string } : {}),
      ...(pooled === undefined ? {} : { pooled }),
      withoutPassword: parts.has('password'),
    },
    listener,
  );
  const said = given();
  said.parameters.set('host', found.host).set('dbname', found.database).set('user', found.user);
  if (found.password !== undefined) said.parameters.set('password', found.password);
  return said;
};
