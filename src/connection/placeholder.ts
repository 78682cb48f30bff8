/** What templates put where a value belongs: `<DB_PASSWORD>`, `[YOUR-PASSWORD]`, `${PASSWORD}`, `$DB_PASSWORD`, `{{ password }}`, `********`. */
const SHAPES = [
  /^<[^<>]*>$/,
  /^\[[A-Z][A-Z _-]*\]$/i,
  /^\$\{[A-Za-z_]\w*\}$/,
  /^\$\([A-Za-z_]\w*\)$/,
  // A bare name only where it is plainly one: `$K9X2` may be a password.
  /^\$(?:[A-Z][A-Z\d]*(?:_[A-Z\d]+)+|(?:PG)?(?:PASSWORD|PASS|USER|HOST|DATABASE))$/,
  /^\$\{\{.*\}\}$/,
  /^\{\{?[\w\s.-]+\}?\}$/,
  /^%[A-Z_]+%$/,
  /^(\*{3,}|•{3,}|x{4,}|X{4,}|\.{3}|…)$/,
  /^(your|my|the)[-_ ]?(own[-_ ]?)?(db|database|postgres|neon|secret)?[-_ ]?(password|passwd|user(name)?|role|host(name)?|database|db(name)?)([-_ ]?here)?$/i,
  /^(change|replace)[-_ ]?(me|this)$/i,
  // What a console shows until somebody presses a button.
  /^(click[-_ ]to([-_: ](show|reveal)([-_ ]password)?)?|(show|reveal|hidden)[-_ ]password)$/i,
];

/** How every shape begins: one pattern instead of ten for the values that people really have. */
const LIKE_A_TEMPLATE = /^(?:[<[$({%*•x.…]|your|my|the|change|replace|click|show|reveal|hidden)/;

const GENERIC_USERS = new Set(['user', 'username', 'db_user', 'dbuser', 'role']);
const GENERIC_PASSWORD = /^(password|pass|passwd|pwd|secret|db_?password|mypassword)$/;
const GENERIC_HOST = /^(host|hostname|db_?host|server|your[-_]?host(name)?)$/;

/**
 * Finds the part that still holds a template's value, so that the user hears "placeholder" and not "host not found".
 *
 * A shape such as `<DB_PASSWORD>` speaks for itself. A plain word such as `password` may be a real value of a service container, so words
 * count only together: `username:password@…` on another machine, `user@host`.
 *
 * @param parameters libpq keyword to value
 * @param local the server is this machine's own or a service container
 * @returns the keyword of the part, or nothing
 */
export const findPlaceholder = (parameters: ReadonlyMap<string, string>, local: boolean): string | undefined => {
  for (const keyword of ['password', 'user', 'host', 'dbname']) {
    const value = parameters.get(keyword);
    if (value !== undefined && LIKE_A_TEMPLATE.test(value.toLowerCase()) && SHAPES.some((shape) => shape.test(value)))
      return keyword;
  }
  const [user = '', password = '', host = ''] = ['user', 'password', 'host'].map((keyword) =>
    parameters.get(keyword)?.toLowerCase(),
  );
  if (GENERIC_USERS.has(user)) {
    if (GENERIC_HOST.test(host)) return 'host';
    if (GENERIC_PASSWORD.test(password) && !local) return 'password';
  }
  // The example of Neon's own pages.
  if (parameters.get('password') === 'AbC123dEf') return 'password';
  return undefined;
};
