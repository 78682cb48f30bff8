import { network } from './network.ts';
import { enter } from './problem.ts';

export * from './index.ts';

/** The door for the probe's way to the server: from the name to the answer whether there is TLS. */
enter(network);
