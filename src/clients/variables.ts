import type { Connection } from '../connection/connection.ts';
import { Problem } from '../problems/index.ts';
import type { Client, KnownClient, Variable } from './client.ts';
import { common } from './common.ts';
import { databaseUrls, type Files, isPooled, isSocket, type Spelling, url } from './spelling.ts';

/** What the workflow asked for beyond the connection itself. */
export interface ExportOptions {
  /**
   * `channel-binding` was given as an input, so `PGCHANNELBINDING` is written although Go's lib/pq fails on it. What the connection
   * string alone says about it is for the probe.
   */
  readonly channelBinding?: boolean;
}

/**
 * Spells a connection for a job: the common set, and what the named clients need beyond it.
 *
 * @param files where the CA, the client certificate and its key were written for this job; only those that exist
 * @param clients as `readClients` gives them
 * @returns variable to value, in a fixed order; no value is empty and none holds CR, LF or NUL, because the connection holds none
 * @throws Problem `client-conflict` when two of the clients need different values of one variable; `invalid-input` for a client that
 *   this connection cannot be spelt for
 */
export const variables = (
  connection: Connection,
  files: Files,
  clients: readonly KnownClient[] = [],
  options: ExportOptions = {},
): Map<string, string> => valuesOf(spell(connection, files, clients, options));

/** Variable to value, of what `spell` gives. */
export const valuesOf = (spelt: readonly Variable[]): Map<string, string> => new Map(spelt.map(([name, value]) => [name, value]));

/** The values that hold the password, each once, of what `spell` gives. */
export const secretsOf = (spelt: readonly Variable[]): string[] => [
  ...new Set(spelt.flatMap(([, value, secret]) => (secret ? [value] : []))),
];

/** As `variables`, with the mark of what is secret. */
export function spell(
  connection: Connection,
  files: Files,
  clients: readonly KnownClient[],
  { channelBinding }: ExportOptions = {},
): Variable[] {
  const set = new Map<string, Variable>();
  for (const variable of common(connection, files)) set.set(variable[0], variable);
  const binding = connection.parameters.get('channel_binding');
  if (channelBinding && binding) set.set('PGCHANNELBINDING', ['PGCHANNELBINDING', binding]);

  const owners = new Map<string, Client>();
  for (const client of clients) {
    if (client.tcpOnly && connection.hosts.some(isSocket)) throw noSocket(client);
    for (const variable of ownVariables(spelling(connection, files, client), client)) {
      const [name, value] = variable;
      const owner = owners.get(name);
      if (owner && set.get(name)?.[1] !== value)
        throw new Problem('client-conflict', { first: owner.name, second: client.name, variable: name });
      owners.set(name, client);
      set.set(name, variable);
    }
  }
  return [...set.values()].filter(([, value]) => value !== '');
}

/** What one client adds or replaces: what its file says, or the common URLs with the parameters that are its own. */
function ownVariables(from: Spelling, client: Client): readonly Variable[] {
  if (client.variables) return client.variables(from);
  if (!client.readsUrl || from.own.size === 0) return [];
  const { connection, own } = from;
  return databaseUrls(connection, (way) => url(connection, [['sslmode', connection.sslmode], ...own], { way }));
}

/**
 * What the users of the named clients should know about this connection: one sentence each, without secrets.
 */
export function clientNotices(connection: Connection, files: Files, clients: readonly KnownClient[]): string[] {
  const form = clients.find((client) =>
    ownVariables(spelling(connection, files, client), client).some(([name]) => name === 'DATABASE_URL'),
  );
  return clients.flatMap((client) => {
    const said = client.notice?.(spelling(connection, files, client));
    const other = client.readsUrl && form !== undefined && form !== client ? form : undefined;
    return [
      ...(client.migrates && isPooled(connection) ? [overPooler(client, other === undefined)] : []),
      ...(other ? [otherForm(other, client)] : []),
      ...(said ? [said] : []),
    ];
  });
}

/** @param readable the URLs have a form that this client reads */
const overPooler = ({ name, readsUrl }: Client, readable: boolean): string => {
  const instead = readsUrl && readable ? ', or let it use `DATABASE_URL_UNPOOLED` or `DIRECT_URL`' : '';
  return `\`${name}\` needs the direct host to migrate, and this connection goes through Neon’s pooler: set \`pooled: false\`${instead}.`;
};

const otherForm = (form: Client, { name }: Client): string =>
  `\`DATABASE_URL\` has the form that \`${form.name}\` needs, and \`${name}\` may not read it: give that client the \`PG*\` variables.`;

/** What a client is spelt from. */
const spelling = (connection: Connection, files: Files, client: KnownClient): Spelling => ({
  connection,
  files,
  own: new Map([...connection.foreign].filter(([name]) => client.owns(name))),
});

const noSocket = ({ name }: Client): Problem =>
  new Problem('invalid-input', {
    input: 'clients',
    what: `names \`${name}\`, which cannot use the Unix socket that the connection names`,
    fix: 'Give a host name and a port.',
  });
