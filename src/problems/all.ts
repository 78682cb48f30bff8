import { any } from './any.ts';
import { input } from './input.ts';
import { login } from './login.ts';
import { neonApi } from './neon-api.ts';
import { network } from './network.ts';
import { learn } from './problem.ts';
import { tls } from './tls.ts';

export * from './index.ts';

/** Every problem that the step can name, by code. Importing this file is what lets problems be read. */
export const PROBLEMS = { ...input, ...neonApi, ...network, ...tls, ...login, ...any };

learn(PROBLEMS);
