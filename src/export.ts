import type { KnownClient } from './clients/client.ts';
import { type Files, isNeon } from './clients/spelling.ts';
import { clientNotices, secretsOf, spell, valuesOf } from './clients/variables.ts';
import type { Connection, Host } from './connection/connection.ts';
import { neonHost } from './connection/neon-host.ts';
import type { Inputs } from './inputs.ts';

/** What the step will hand to the job when everything has passed. Nothing of it is written yet. */
export interface Export {
  /** Variables, under the names that the job will see. Empty when `export-env` is false. */
  readonly variables: ReadonlyMap<string, string>;
  /** The same, whatever `export-env` says: for the `.env` file. */
  readonly all: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
  /** Whole strings that hold the password. */
  readonly secrets: readonly string[];
  readonly clients: readonly KnownClient[];
  readonly notices: readonly string[];
}

/**
 * Spells the connection for the job.
 *
 * @param files absolute paths of the files that will be written for this job
 * @throws Problem `client-conflict`, or `invalid-input` for an unknown client or a prefix that makes reserved names
 */
export const plan = async (connection: Connection, files: Files, inputs: Inputs): Promise<Export> => {
  const clients =
    inputs.clients.length === 0 ? [] : (await import('./clients/registry.ts')).readClients(inputs.clients.join('\n'));
  const list = spell(connection, files, clients, { channelBinding: inputs.parts.has('channel_binding') });
  const spelt = valuesOf(list);
  const all = inputs.envPrefix === '' ? spelt : (await import('./runner/variable-names.ts')).prefixed(spelt, inputs.envPrefix);
  const outputs = outputsOf(connection, files, clients, spelt);
  outputs.set('exported', (inputs.exportEnv || inputs.envFile !== '' ? [...all.keys()] : []).join(','));
  const urls = [...outputs].filter(([name]) => name.startsWith('database-url')).map(([, url]) => url);
  return {
    variables: inputs.exportEnv ? all : new Map(),
    all,
    outputs,
    secrets: connection.password === undefined ? [] : [...new Set([...secretsOf(list), ...urls])],
    clients,
    notices: clientNotices(connection, files, clients),
  };
};

/** The two forms of a Neon host, and the output that has the URL of each. */
const WAYS = [
  ['pooled', 'database-url-pooled'],
  ['direct', 'database-url-unpooled'],
] as const;

const outputsOf = (
  connection: Connection,
  files: Files,
  clients: readonly KnownClient[],
  spelt: ReadonlyMap<string, string>,
): Map<string, string> => {
  const outputs = new Map([
    ['available', 'true'],
    ['database-url', spelt.get('DATABASE_URL') as string],
  ]);
  // The pooled and the direct form are the same connection with another host: spelt the same way.
  for (const [way, output] of isNeon(connection) ? WAYS : []) {
    const hosts = connection.hosts.map((given) => ({ ...given, host: neonHost(given.host)?.[way] ?? given.host }));
    const same = hosts.every(({ host }, index) => host === connection.hosts[index]?.host);
    const form = same ? spelt : valuesOf(spell({ ...connection, hosts: hosts as [Host, ...Host[]] }, files, clients));
    outputs.set(output, form.get('DATABASE_URL') as string);
  }
  const part = (output: string, variable: string): void => {
    const value = spelt.get(variable);
    if (value !== undefined) outputs.set(output, value);
  };
  part('host', 'PGHOST');
  part('port', 'PGPORT');
  part('database', 'PGDATABASE');
  part('user', 'PGUSER');
  part('password', 'PGPASSWORD');
  part('sslmode', 'PGSSLMODE');
  return outputs;
};
