import { login } from './login.ts';
import { enter } from './problem.ts';
import { tls } from './tls.ts';

export * from './probe.ts';

/** The door for the rest of the probe: TLS, the certificate, the login and the query. */
enter({ ...tls, ...login });
