/** The names of libpq's `require_auth`. */
const METHODS = ['password', 'md5', 'gss', 'sspi', 'scram-sha-256', 'oauth', 'none'] as const;
export type Method = (typeof METHODS)[number];

/**
 * libpq's `require_auth` (fe-connect.c pqConnectOptions2, fe-auth.c check_expected_areq): a list of methods that are allowed, or,
 * all with `!`, of those that are not. `none` stands for a server that lets us in without having us prove anything.
 */
export interface RequiredAuthentication {
  /** May the server ask for this method, or (`none`) let us in without any? */
  allows(method: Method): boolean;
}

/**
 * @param list the parameter as given; undefined or empty allows everything
 * @returns the rule; a list that libpq would refuse was refused when the connection was settled, and allows nothing here
 */
export function requiredAuthentication(list: string | undefined): RequiredAuthentication {
  if (!list) return { allows: () => true };
  const names = list.split(',').map((name) => name.trim());
  const negated = names.every((name) => name.startsWith('!'));
  const given = new Set(names.map((name) => (negated ? name.slice(1) : name)));
  const valid = [...given].every((name) => (METHODS as readonly string[]).includes(name));
  return { allows: (method) => valid && given.has(method) !== negated };
}
