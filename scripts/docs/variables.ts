import { type Files, variables } from '../../src/clients/index.ts';
import type { Connection } from '../../src/connection/connection.ts';
import { PARAMETERS } from '../../src/connection/parameters.ts';
import { table } from './pages.ts';

const PASSWORD = 'secret';
const NEON = 'ep-cool-darkness-a1b2c3d4-pooler.eu-central-1.aws.neon.tech';
const FILES: Files = { ca: '…/ca.pem', cert: '…/client.pem', key: '…/client.key' };

/** A value that libpq takes, for each parameter that is exported when it was given. */
const GIVEN = {
  options: '-c search_path=app',
  application_name: 'ci',
  target_session_attrs: 'read-write',
  channel_binding: 'require',
} as const;

const LOCAL: Connection = {
  hosts: [{ host: 'localhost', port: 5432 }],
  user: 'app',
  password: PASSWORD,
  database: 'shop',
  sslmode: 'disable',
  connectTimeout: 15,
  trust: {},
  parameters: new Map(),
  foreign: new Map(),
};

const spell = (connection: Partial<Connection>, files: Files = {}, channelBinding = false): Map<string, string> =>
  variables({ ...LOCAL, ...connection }, files, [], { channelBinding });

/** From the least that a connection can say to the most: what each of them adds, and when that is. */
const CASES: readonly (readonly [when: string, Map<string, string>])[] = [
  ['always', spell({})],
  ['with TLS', spell({ sslmode: 'require' })],
  ['for `verify-ca` and `verify-full`', spell({ sslmode: 'verify-full' }, { ca: FILES.ca as string })],
  ['on a Neon host', spell({ hosts: [{ host: NEON, port: 5432 }], sslmode: 'verify-full' })],
  ['when `sslrootcert` was given', spell({ sslmode: 'verify-full', trust: { ca: 'PEM' } }, { ca: FILES.ca as string })],
  ['when given', spell({ sslmode: 'verify-full', trust: { ca: 'PEM', cert: 'PEM', key: 'PEM' } }, FILES)],
  ['when given', spell({ parameters: new Map(Object.entries(GIVEN)) })],
  ['when the input `channel-binding` was given', spell({ parameters: new Map(Object.entries(GIVEN)) }, {}, true)],
];

/** The names of the common set: what `clients` need not name. */
export const COMMON_VARIABLES: ReadonlySet<string> = new Set(CASES.flatMap(([, set]) => [...set.keys()]));

const KEYWORDS = new Map(PARAMETERS.map(({ env, keyword }) => [env, keyword]));

/** The common set as a table, made by running the code that writes it. */
export function variablesTable(): string {
  const rows = new Map<string, string[]>();
  for (const [when, set] of CASES) {
    for (const [name, value] of set) {
      const example = value.replaceAll(PASSWORD, '***').replace(NEON.replace('-pooler', ''), 'ep-….neon.tech');
      const keyword = KEYWORDS.get(name);
      if (!rows.has(name)) rows.set(name, [`\`${name}\``, keyword === undefined ? '' : `\`${keyword}\``, `\`${example}\``, when]);
    }
  }
  return table(['variable', 'libpq', 'such as', 'written'], [...rows.values()]);
}
