import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENTS, type Files, variables } from '../../src/clients/index.ts';
import type { Connection } from '../../src/connection/connection.ts';
import { FOREIGN } from '../../src/connection/foreign.ts';
import { PARAMETERS } from '../../src/connection/parameters.ts';
import { PROBLEMS, STAGES } from '../../src/problems/all.ts';
import { ACTION } from './action.ts';
import { ROOT } from './pages.ts';
import { COMMON_VARIABLES } from './variables.ts';

/** Words with a hyphen that the docs set as code and that are not ours. */
const OTHER_WORDS = new Set([
  'ubuntu-latest',
  'octo-org',
  'persist-credentials',
  'add-mask',
  'fast-check',
  'dependency-cruiser',
  'scram-sha-256',
]);

/** Variables that the docs speak of and that this action does not write. */
const OTHER_VARIABLES =
  /^(?:GITHUB_\w+|RUNNER_\w+|INPUT_\w+|STATE_\w+|NODE_(?:OPTIONS|TLS_REJECT_UNAUTHORIZED)|LD_PRELOAD|BASH_ENV|PATH|STAGING_\w+|NEON_(?:API_KEY|PROJECT_ID)|ACME_\w+)$/;

const NAMES: ReadonlySet<string> = new Set([
  ...Object.keys(ACTION.inputs),
  ...Object.keys(ACTION.outputs),
  ...Object.keys(PROBLEMS),
  ...STAGES,
  ...CLIENTS.flatMap(({ name, aliases = [] }) => [name, ...aliases]),
  ...OTHER_WORDS,
]);

const NEON: Connection = {
  hosts: [{ host: 'ep-cool-darkness-a1b2c3d4.eu-central-1.aws.neon.tech', port: 5432 }],
  user: 'app',
  password: 'secret',
  database: 'shop',
  sslmode: 'verify-full',
  connectTimeout: 15,
  trust: { ca: 'PEM', cert: 'PEM', key: 'PEM' },
  parameters: new Map(),
  foreign: new Map(),
};
const FILES: Files = { ca: '/ca.pem', cert: '/client.pem', key: '/client.key' };

const VARIABLES: ReadonlySet<string> = new Set([
  ...COMMON_VARIABLES,
  ...CLIENTS.flatMap((client) => [...variables(NEON, FILES, [client]).keys()]),
  ...PARAMETERS.flatMap(({ env }) => env ?? []),
]);

const SCRIPTS: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts;

/**
 * Whether a piece of code in a sentence names something that there is not: an input, an output, a problem, a client, a variable, a script
 * or a file of the repository. What has none of their forms is passed over.
 */
export function complaintAbout(code: string): string | undefined {
  const [, script] = /^npm (?:run )([\w:-]+)/.exec(code) ?? [];
  if (script !== undefined) return script in SCRIPTS ? undefined : `there is no script ${script}`;

  // `export-env: false` names the input `export-env`.
  const [, word, value] = /^([a-z][a-z0-9]*(?:-[a-z0-9]+)+)(: .*)?$/.exec(code) ?? [];
  if (word !== undefined) {
    if (value !== undefined && !(word in ACTION.inputs)) return OTHER_WORDS.has(word) ? undefined : `there is no input ${word}`;
    return NAMES.has(word) || word in FOREIGN || /^(?:verify-(?:ca|full)|read-(?:write|only))$/.test(word)
      ? undefined
      : `${word} is no input, output, problem or client`;
  }
  if (/^(?:PG[A-Z]+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)$/.test(code)) {
    const plain = code.replace(/^AUDIT_/, '');
    return VARIABLES.has(plain) || OTHER_VARIABLES.test(code) ? undefined : `${code} is no variable that is exported`;
  }
  if (/^(?:src|scripts|docs|__tests__|examples|dist|\.github|\.ci)\/[\w./-]*$/.test(code)) {
    // `acme` is the invented client of docs/architecture.md.
    return existsSync(join(ROOT, code)) || code.includes('/acme') ? undefined : `there is no ${code}`;
  }
  return undefined;
}
