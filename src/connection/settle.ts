import { Problem } from '../problems/index.ts';
import { type Connection, type Host, SSL_MODES, type SslMode } from './connection.ts';
import { ENCODE, isLocal, isSocket, pairHosts } from './hosts.ts';
import { neonHost } from './neon-host.ts';
import { PARAMETERS } from './parameters.ts';
import { findPlaceholder } from './placeholder.ts';
import type { Given } from './spellings/index.ts';
import { settleSslMode } from './sslmode.ts';
import { holdsPem, type ReadFile, readTrust } from './trust.ts';
import { checkParameters } from './validate.ts';

/** What the step's own inputs add to what the string said. */
export interface Overrides {
  /** libpq keyword to value, from the inputs that are filled in. A value from here wins. */
  readonly parameters: ReadonlyMap<string, string>;
  /** libpq keyword to value, where the string said nothing (`connect-timeout` has a default). */
  readonly defaults: ReadonlyMap<string, string>;
  /** The `pooled` input: the pooled Neon host, the direct one, or the one given. */
  readonly pooled?: boolean | undefined;
}

export interface Settled {
  readonly connection: Connection;
  /** Sentences for the log; no values of the password in them. */
  readonly notices: readonly string[];
}

/** What libpq calls a parameter, and what the input is called where that differs. */
export const inputName = (keyword: string): string => (keyword === 'dbname' ? 'database' : keyword.replaceAll('_', '-'));

/**
 * Applies every rule of the design to what was said, and gives the connection that everything after stands on.
 *
 * @param said what the string (or the Neon API) said
 * @param overrides what the inputs say
 * @param readFile reads the certificate files that the connection names
 * @throws Problem naming the part that cannot be used; no value of it in the text, but host and database names
 */
export const settle = async (said: Given, overrides: Overrides, readFile: ReadFile): Promise<Settled> => {
  const notices = [...said.notices];
  const parameters = merge(said, overrides, notices);
  const from = (keyword: string): Source => (overrides.parameters.has(keyword) ? 'input' : 'string');

  refuseFiles(said, parameters);
  const asked = said.foreign.size === 0 ? [] : (await import('./judge-foreign.ts')).judgeForeign(said);
  checkTexts(parameters, from);
  const unencoded = said.url && from('host') === 'string';
  const placeholder = findPlaceholder(parameters, isLocal({ host: parameters.get('host') ?? '', port: 0 }));
  // With a further `@` the host is a piece of the user or the password.
  const torn = unencoded && ['host', 'port', 'dbname'].some((keyword) => parameters.get(keyword)?.includes('@'));
  if (placeholder !== undefined && !(torn && placeholder === 'host')) {
    const where = from(placeholder) === 'input' ? `Input \`${inputName(placeholder)}\`` : '`connection-string`';
    throw new Problem('placeholder-value', { where, part: inputName(placeholder) });
  }
  if (unencoded && said.broken) {
    const inQuery = said.parameters.has('user') && [...said.foreign.values()].some((value) => value.includes('@'));
    const what = inQuery || parameters.get('host')?.startsWith('@') ? AT : SLASH;
    throw new Problem('invalid-connection-string', { what, fix: ENCODE });
  }
  requireParts(parameters, unencoded);

  const wrong = checkParameters(parameters);
  if (wrong !== undefined) {
    const source = from(wrong.keyword);
    const name = source === 'input' ? inputName(wrong.keyword) : wrong.keyword;
    // Without a user, or with a further `@`, it may be the rest of a password; but a number that is too large is a slip of the port's own.
    const cut =
      (torn || (unencoded && !said.parameters.has('user'))) &&
      source === 'string' &&
      wrong.keyword === 'port' &&
      !/^[\d,]*$/.test(parameters.get('port') ?? '');
    throw refuse(wrong.keyword, source, wrong.what, wrong.fix ?? (cut ? ENCODE : `Correct \`${name}\`, or take it out.`));
  }
  const hosts = choosePooled(pairHosts(parameters, unencoded ? 'url' : from('host')), overrides.pooled);
  const local = hosts.every(isLocal);
  refuseUnkept(parameters, hosts, from);

  if (!parameters.has('password') && !parameters.has('sslcert') && !local) {
    throw refuse(
      'password',
      from('password'),
      'is empty',
      'Give the password: in the string, or raw through the `password` input. If it comes from a secret, check that this job is handed it.',
    );
  }

  const input = overrides.parameters.get('sslmode') as SslMode | undefined;
  const { mode, notices: modeNotices } = settleSslMode({ input, parameters, asked, local });
  notices.push(...modeNotices, ...dropEndpointOption(parameters, hosts, from('options')));

  const connection: Connection = {
    hosts,
    user: parameters.get('user') as string,
    ...(parameters.has('password') ? { password: parameters.get('password') as string } : {}),
    database: parameters.get('dbname') as string,
    sslmode: mode,
    connectTimeout: Math.max(0, Number(parameters.get('connect_timeout'))),
    trust: await readTrust(parameters, readFile),
    parameters: new Map([...parameters].filter(([keyword]) => !SETTLED.has(keyword))),
    foreign: said.foreign,
  };
  notices.push(...remarks(connection, overrides));
  return { connection, notices };
};

type Source = 'input' | 'string';

/** Keywords that have a place of their own in a Connection. */
const SETTLED = new Set(
  'host hostaddr port user password dbname sslmode connect_timeout sslrootcert sslcert sslkey sslpassword sslcrl'.split(' '),
);

const merge = (said: Given, overrides: Overrides, notices: string[]): Map<string, string> => {
  const parameters = new Map([...overrides.defaults, ...said.parameters, ...overrides.parameters]);
  const overridden = [...overrides.parameters.keys()].filter((keyword) => {
    const before = said.parameters.get(keyword);
    return before !== undefined && before !== overrides.parameters.get(keyword);
  });
  if (overridden.length > 0) {
    notices.push(`The inputs override these parts of \`connection-string\`: ${overridden.map(inputName).join(', ')}.`);
  }
  // Another host has other addresses and, if the string listed several hosts, another number of ports.
  if (overrides.parameters.has('host')) {
    parameters.delete('hostaddr');
    if (!overrides.parameters.has('port') && (parameters.get('port') ?? '').includes(',')) parameters.delete('port');
  }
  return parameters;
};

const refuseFiles = ({ foreign }: Given, parameters: ReadonlyMap<string, string>): void => {
  for (const { keyword, refused } of PARAMETERS) {
    // A keyword of a newer libpq than ours comes as a foreign one.
    if (refused === undefined || !(parameters.has(keyword) || foreign.has(keyword))) continue;
    throw new Problem('invalid-connection-string', {
      what: `has \`${keyword}\`, which ${refused}`,
      fix: `Take \`${keyword}\` out and give what it stands for in the string itself.`,
    });
  }
};

/** Protection that was asked for and that neither the clients nor the probe would give. */
const refuseUnkept = (
  parameters: ReadonlyMap<string, string>,
  hosts: readonly Host[],
  from: (keyword: string) => Source,
): void => {
  if (parameters.get('gssencmode') === 'require') {
    const fix = 'Use `sslmode=verify-full`, and take `gssencmode` out.';
    throw refuse('gssencmode', from('gssencmode'), 'is `require`, and nothing here can encrypt with Kerberos (GSSAPI)', fix);
  }
  if (parameters.has('requirepeer') && hosts.some(({ host, hostaddr }) => hostaddr === undefined && isSocket(host))) {
    const what = 'names the owner of the server’s socket, which not every client can be told and the probe cannot see';
    throw refuse(
      'requirepeer',
      from('requirepeer'),
      what,
      'Take `requirepeer` out, or connect over TCP, where it does not count.',
    );
  }
};

const MAX_BYTES = 8192;
/** Unicode's category Cc. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\0-\x1f\x7f-\x9f]/;

const checkTexts = (parameters: ReadonlyMap<string, string>, from: (keyword: string) => Source): void => {
  for (const [keyword, value] of parameters) {
    if (holdsPem(keyword, value)) continue;
    const complain = (what: string, fix: string): Problem => refuse(keyword, from(keyword), what, fix);
    if (CONTROL.test(value)) {
      throw complain(
        'holds a line break or another control character',
        'Store the value again as one line, without a line break in it or after it.',
      );
    }
    if (!value.isWellFormed()) throw complain('holds bytes that are not UTF-8', 'Percent-encode the value’s UTF-8 bytes.');
    if (Buffer.byteLength(value) > MAX_BYTES)
      throw complain('is longer than 8 KiB', 'Check what was pasted: no part of a connection is that long.');
  }
};

const AT = 'has an `@` after the one that ends its user and password';
const SLASH = 'has a `/` before its `@`, and a URL’s host ends at the first `/`';

const requireParts = (parameters: ReadonlyMap<string, string>, url: boolean): void => {
  if (url && !parameters.has('user') && (parameters.get('dbname') ?? '').includes('@')) {
    throw new Problem('invalid-connection-string', { what: SLASH, fix: ENCODE });
  }
  for (const keyword of ['host', 'user', 'dbname']) {
    if (parameters.has(keyword) || (keyword === 'host' && parameters.has('hostaddr'))) continue;
    const part = inputName(keyword);
    throw new Problem('invalid-connection-string', {
      what: `names no ${part}`,
      fix: `Add the ${part} to the string (postgresql://user:password@host/database), or give it through the \`${part}\` input.`,
    });
  }
};

/** @param what completes "… `port` is not a number" */
const refuse = (keyword: string, from: Source, what: string, fix: string): Problem =>
  from === 'input'
    ? new Problem('invalid-input', { input: inputName(keyword), what, fix })
    : new Problem('invalid-connection-string', {
        what: `has a part that cannot be used: its ${PLAIN.get(keyword) ?? `\`${keyword}\``} ${what}`,
        fix,
      });

const PLAIN = new Map(['host', 'port', 'user', 'password'].map((keyword) => [keyword, keyword])).set('dbname', 'database');

const choosePooled = (hosts: [Host, ...Host[]], pooled: boolean | undefined): [Host, ...Host[]] => {
  if (pooled === undefined) return hosts;
  return hosts.map((given): Host => {
    const neon = neonHost(given.host);
    if (neon === undefined) throw new Problem('pooled-unsupported', { host: given.host });
    return { ...given, host: pooled ? neon.pooled : neon.direct };
  }) as [Host, ...Host[]];
};

/** Neon's `options=endpoint=…` is for clients without SNI, and breaks plain PostgreSQL and PgBouncer: kept only where an input asks. */
const dropEndpointOption = (parameters: Map<string, string>, hosts: readonly Host[], from: Source): string[] => {
  const options = parameters.get('options');
  if (options === undefined || from === 'input' || !hosts.some(({ host }) => neonHost(host))) return [];
  const without = options.replace(/(^|\s)(?:endpoint|project)(?:=|%3[Dd])\S+/g, '');
  if (without === options) return [];
  const rest = without.trim();
  if (rest === '') parameters.delete('options');
  else parameters.set('options', rest);
  return [
    '`options=endpoint=…` is only for clients that send no SNI and was left out; give it through the `options` input to keep it.',
  ];
};

const isInBrackets = (text: string): boolean =>
  text.length > 2 && ['[]', '<>'].includes(text.charAt(0) + text.charAt(text.length - 1));

const remarks = (connection: Connection, overrides: Overrides): string[] => {
  const notices: string[] = [];
  const kept = [...connection.parameters.keys()].filter((keyword) => {
    const parameter = PARAMETERS.find((known) => known.keyword === keyword);
    return parameter?.export === 'never' && !overrides.parameters.has(keyword) && keyword !== 'channel_binding';
  });
  if (connection.hosts.some(({ hostaddr }) => hostaddr !== undefined)) kept.push('hostaddr');
  if (kept.length > 0) {
    notices.push(
      `At most the probe uses ${kept.map((keyword) => `\`${keyword}\``).join(', ')}: not every client can be told, so it is not exported.`,
    );
  }
  if (connection.foreign.size > 0) {
    const names = [...connection.foreign.keys()].map((name) => `\`${name}\``).join(', ');
    notices.push(
      `${names} in \`connection-string\` ${connection.foreign.size > 1 ? 'are' : 'is'} for one client only: kept when \`clients\` names it, and left out of the shared DATABASE_URL.`,
    );
  }
  if (isInBrackets(connection.password ?? '')) {
    notices.push(
      'The password begins and ends with brackets, which were kept: where a page shows `[YOUR-PASSWORD]`, they are to be replaced too.',
    );
  }
  if (connection.hosts.length > 1) {
    notices.push('Several hosts: clients on libpq, JDBC, pgx and postgres.js try each; node-postgres knows only one.');
  }
  if (!SSL_MODES.slice(SSL_MODES.indexOf('require')).includes(connection.sslmode) && !connection.hosts.every(isLocal)) {
    notices.push(`sslmode is \`${connection.sslmode}\`: whoever stands between can read everything. \`verify-full\` is safe.`);
  }
  return notices;
};
