import { neonApi } from './neon-api.ts';
import { enter } from './problem.ts';

export * from './index.ts';

/** The door for the Neon API. */
enter(neonApi);
