import { SSL_MODES, type SslMode } from './connection.ts';

const rank = (mode: SslMode): number => SSL_MODES.indexOf(mode);

/** What decides the mode: see the design's "`sslmode` when nobody says" and "Never weaker than asked". */
export interface Wishes {
  /** The `sslmode` input. */
  readonly input: SslMode | undefined;
  /** libpq keywords as the string and the other inputs gave them. */
  readonly parameters: ReadonlyMap<string, string>;
  /** What the clients' own parameters ask for. */
  readonly asked: readonly Demand[];
  readonly local: boolean;
}

/**
 * Settles `sslmode`: the explicit input, else the string's own, else `verify-full`, and `disable` for this machine and service containers;
 * raised where another parameter asks for protection that cannot be carried to every client.
 */
export const settleSslMode = ({ input, parameters, asked, local }: Wishes): { mode: SslMode; notices: string[] } => {
  if (input !== undefined) return { mode: input, notices: [] };
  const notices: string[] = [];
  const said = parameters.get('sslmode') as SslMode | undefined;
  const demands = [...libpqDemands(parameters), ...asked];
  // Nobody hands a CA to a connection that is not meant to be verified.
  let mode: SslMode = said ?? (local && !parameters.has('sslrootcert') ? 'disable' : 'verify-full');

  if (mode === 'allow') {
    mode = 'prefer';
    notices.push('`allow` as sslmode is not known to all clients; `prefer` is used, which tries TLS first and is never weaker.');
  }
  for (const { name, atLeast, why } of demands) {
    if (rank(mode) >= rank(atLeast)) continue;
    mode = atLeast;
    notices.push(`\`${name}\` ${why}, so sslmode is \`${atLeast}\`; the input \`sslmode\` overrides this.`);
  }
  return { mode, notices };
};

/** A parameter that asks for more than `sslmode` says. */
export interface Demand {
  readonly name: string;
  readonly atLeast: SslMode;
  readonly why: string;
}

const libpqDemands = (parameters: ReadonlyMap<string, string>): Demand[] => {
  const demands: Demand[] = [];
  if (parameters.get('channel_binding') === 'require') {
    // Not as `channel_binding=require`: the runner masks what follows the last `&` of a secret, which in Neon's strings is this.
    const why = 'is `require`, for protection against a man in the middle, and not every client can be told that';
    demands.push({ name: 'channel_binding', atLeast: 'verify-full', why });
  }
  // libpq: a root certificate turns `require` into `verify-ca`.
  if (parameters.get('sslmode') === 'require' && parameters.has('sslrootcert')) {
    demands.push({ name: 'sslrootcert', atLeast: 'verify-ca', why: 'makes libpq check the CA under `require`' });
  }
  return demands;
};
