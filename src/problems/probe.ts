import { login } from './login.ts';
import { network } from './network.ts';
import { enter } from './problem.ts';
import { tls } from './tls.ts';

export * from './index.ts';

/** The door for the probe: its stages’ entries are loaded with it. */
enter({ ...network, ...tls, ...login });
