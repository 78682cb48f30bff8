import { SSL_MODES } from './connection/connection.ts';
import type { Overrides } from './connection/settle.ts';
import { nearest } from './nearest.ts';
import { Problem } from './problems/index.ts';
import type { Asked } from './sources/asked.ts';

/** Gives an input as the runner hands it over, not trimmed; '' when it was not given. */
export type GetInput = (name: string) => string;

/** What the workflow asks for: action.yml's inputs, typed and checked one by one. Whatever touches two of them is decided elsewhere. */
export interface Inputs extends Asked {
  /** Seconds, the default included. */
  readonly connectTimeout: string;
  readonly clients: readonly string[];
  readonly exportEnv: boolean;
  readonly envPrefix: string;
  readonly envFile: string;
  readonly allowedHosts: readonly string[];
  readonly allowedDatabases: readonly string[];
  readonly onMissing: 'fail' | 'skip';
  readonly allowUntrustedEvents: boolean;
  readonly probe: boolean;
  /** Sentences for the log about how an input was read. */
  readonly notices: readonly string[];
}

/** The inputs that are one libpq keyword each. */
const PARTS: readonly (readonly [input: string, keyword: string])[] = [
  ['host', 'host'],
  ['port', 'port'],
  ['database', 'dbname'],
  ['user', 'user'],
  ['password', 'password'],
  ['sslmode', 'sslmode'],
  ['sslrootcert', 'sslrootcert'],
  ['sslcert', 'sslcert'],
  ['sslkey', 'sslkey'],
  ['channel-binding', 'channel_binding'],
  ['options', 'options'],
  ['application-name', 'application_name'],
];

/** The inputs that hold a secret: they are masked before anything is read out of them. */
export const SECRET_INPUTS = ['connection-string', 'password', 'sslkey', 'neon-api-key'] as const;

/** action.yml's default, which a string's own connect_timeout may replace. */
const CONNECT_TIMEOUT = '15';
const MAX_PROBE_SECONDS = 24 * 60 * 60;

/**
 * Reads every input once.
 *
 * @throws Problem `invalid-input`, naming the input, what is allowed and what was probably meant
 */
export const readInputs = (get: GetInput): Inputs => {
  const trimmed = (name: string): string =>
    get(name)
      .replace(/^\uFEFF/, '')
      .trim();
  const notices: string[] = [];
  const parts = new Map<string, string>();
  for (const [input, keyword] of PARTS) {
    const value = input === 'password' ? rawPassword(get(input), notices) : trimmed(input);
    if (value !== '') parts.set(keyword, value);
  }
  // `allow` is libpq's, but not every client's; as an input it is not offered.
  oneOf(
    'sslmode',
    parts.get('sslmode') ?? '',
    SSL_MODES.filter((mode) => mode !== 'allow'),
  );
  oneOf('channel-binding', parts.get('channel_binding') ?? '', ['require', 'prefer', 'disable']);

  const connectTimeout = trimmed('connect-timeout') || CONNECT_TIMEOUT;
  seconds('connect-timeout', connectTimeout, 0, 2_147_483_647);
  if (connectTimeout !== CONNECT_TIMEOUT) parts.set('connect_timeout', connectTimeout);

  const pooled = trimmed('pooled');
  return {
    connectionString: get('connection-string'),
    parts,
    connectTimeout,
    pooled: pooled === '' ? undefined : boolean('pooled', pooled),
    neon: {
      apiKey: trimmed('neon-api-key'),
      projectId: trimmed('neon-project-id'),
      branch: trimmed('neon-branch'),
      apiHost: trimmed('neon-api-host'),
    },
    clients: list(trimmed('clients')),
    exportEnv: boolean('export-env', trimmed('export-env') || 'true'),
    envPrefix: trimmed('env-prefix'),
    envFile: trimmed('env-file'),
    allowedHosts: list(trimmed('allowed-hosts')),
    allowedDatabases: list(trimmed('allowed-databases')),
    onMissing: oneOf('on-missing', trimmed('on-missing') || 'fail', ['fail', 'skip']) as 'fail' | 'skip',
    allowUntrustedEvents: boolean('allow-untrusted-events', trimmed('allow-untrusted-events') || 'false'),
    probe: boolean('probe', trimmed('probe') || 'false'),
    probeTimeoutMs: seconds('probe-timeout', trimmed('probe-timeout') || '60', 1, MAX_PROBE_SECONDS) * 1000,
    notices,
  };
};

/** What the inputs add to what the string said, as `settle` takes it. */
export const overridesOf = (inputs: Inputs): Overrides => ({
  parameters: inputs.parts,
  defaults: new Map([['connect_timeout', inputs.connectTimeout]]),
  pooled: inputs.pooled,
});

/** Taken raw but for a line end, which no password has and every second pasted secret does. */
const rawPassword = (value: string, notices: string[]): string => {
  const password = value.replace(/[\r\n]+$/, '').replace(/^[\r\n]+/, '');
  if (password !== value) notices.push('Input `password` had a line end around it; taken off.');
  if (password !== password.trim() && password.trim() !== '') {
    notices.push('Input `password` begins or ends with a blank, which was kept.');
  }
  return password.trim() === '' ? '' : password;
};

const list = (value: string): string[] =>
  [...new Set(value.split(/[\n\r,]+/).map((entry) => entry.trim()))].filter((entry) => entry !== '');

const oneOf = (input: string, value: string, allowed: readonly string[]): string => {
  if (value === '' || allowed.includes(value)) return value;
  const near = nearest(value.toLowerCase().replaceAll('_', '-'), allowed);
  throw new Problem('invalid-input', {
    input,
    what: `is not one of ${allowed.join(', ')}`,
    fix: near === undefined ? `Write one of ${allowed.join(', ')}.` : `Did you mean \`${near}\`?`,
  });
};

/** YAML 1.2's core schema, as @actions/core's getBooleanInput has it. */
const boolean = (input: string, value: string): boolean => {
  if (/^(true|True|TRUE)$/.test(value)) return true;
  if (/^(false|False|FALSE)$/.test(value)) return false;
  throw new Problem('invalid-input', { input, what: 'is neither true nor false', fix: 'Write true or false.' });
};

const seconds = (input: string, value: string, least: number, most: number): number => {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return number;
  throw new Problem('invalid-input', {
    input,
    what: `is not a whole number of seconds from ${least} to ${most}`,
    fix: /^\d+\s*(ms|m|min|s|sec|seconds|h)$/i.test(value)
      ? 'Write the seconds alone, without a unit.'
      : 'Write the seconds as digits, such as 15.',
  });
};
