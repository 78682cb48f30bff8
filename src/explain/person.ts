import { readFileSync } from 'node:fs';
import { clientNotices, type Files, type KnownClient, readClients, variables } from '../clients/index.ts';
import type { Connection } from '../connection/connection.ts';
import { settle } from '../connection/settle.ts';
import { read } from '../connection/spellings/index.ts';
import { unwrap } from '../connection/spellings/unwrap.ts';
import { Problem } from '../problems/all.ts';
import { neutralise, redact } from '../runner/text.ts';
import { pastedMasks, saidMasks, writtenMasks } from '../secrets.ts';

/** What the step would do with nothing but the string: its own default for a time-out, no input that overrides a part. */
const NO_INPUTS = { parameters: new Map<string, string>(), defaults: new Map([['connect_timeout', '15']]) };

/** Names that stand for the files which the step writes for a job. */
const FILES = { ca: '$RUNNER_TEMP/…/ca.pem', cert: '$RUNNER_TEMP/…/client.pem', key: '$RUNNER_TEMP/…/client.key' };

/**
 * Explains one connection string to a person: how it was understood, what would be exported, what is wrong with it.
 *
 * @param pasted the text as it came
 * @param clients names as the input `clients` takes them
 * @returns the text to print, secrets as `***`, and whether the step would take the string
 */
export const explain = async (pasted: string, clients: string): Promise<{ text: string; ok: boolean }> => {
  const get = (name: string): string => (name === 'connection-string' ? pasted : '');
  const masks = new Set(pastedMasks(get));
  const lines: string[] = [];
  const hidden = (text: string): string => redact(neutralise(text), masks);
  const section = (title: string, rows: readonly string[]): void => {
    if (rows.length > 0) lines.push('', title, ...rows.map((row) => `  ${row}`));
  };
  try {
    if (unwrap(pasted).text === '') throw new Problem('missing-connection', EMPTY);
    const named = readClients(clients);
    const said = await read(pasted);
    for (const mask of saidMasks(said, NO_INPUTS.parameters, get)) masks.add(mask);
    const { connection, notices } = await settle(said, NO_INPUTS, (path) => readFileSync(path, 'utf8'));
    const files = filesOf(connection);
    for (const mask of writtenMasks(connection, [])) masks.add(mask);
    section(
      'Understood as',
      understood(connection).map(([name, value]) => `${name.padEnd(20)} ${hidden(value)}`),
    );
    section('Notes', [...notices, ...clientNotices(connection, files, named)].map(hidden));
    section('Would be exported', exported(connection, files, named));
    return { text: `${lines.join('\n').trimStart()}\n`, ok: true };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    section('The step would refuse it', [
      ...[error.message, error.fix].map(hidden),
      `Problem ${error.code}: docs/problems.md#${error.code}`,
    ]);
    return { text: `${lines.join('\n').trimStart()}\n`, ok: false };
  }
};

/** Letters and digits only, so that every client's spelling leaves it as it is. */
const STAND_IN = 'xNeonConnectPasswordx';

/**
 * What would be exported, all but the password, which is worth seeing of a URL. It is spelt for another password, so that no client's own
 * way to write one (Symfony doubles each `%`) can show the real one.
 */
const exported = (connection: Connection, files: Files, clients: readonly KnownClient[]): string[] => {
  const shown = connection.password === undefined ? connection : { ...connection, password: STAND_IN };
  return [...variables(shown, files, clients)].map(([name, value]) => `${name}=${neutralise(value.replaceAll(STAND_IN, '***'))}`);
};

const EMPTY = {
  what: 'standard input is empty',
  fix: 'Paste the connection string and end with Ctrl-D, or redirect a file: npm run explain < secret.txt',
};

const filesOf = ({ trust, sslmode }: Connection) => ({
  ...(trust.ca !== undefined || sslmode.startsWith('verify-') ? { ca: FILES.ca } : {}),
  ...(trust.cert === undefined ? {} : { cert: FILES.cert }),
  ...(trust.key === undefined ? {} : { key: FILES.key }),
});

const understood = (connection: Connection): [name: string, value: string][] => {
  const { hosts, user, password, database, sslmode, trust, parameters, foreign } = connection;
  return [
    ...hosts.map(({ host, hostaddr, port }): [string, string] => [
      'host',
      `${host}${hostaddr ? ` (${hostaddr})` : ''} port ${port}`,
    ]),
    ['user', user],
    ['password', password === undefined ? 'none' : '***'],
    ['database', database],
    ['sslmode', sslmode],
    ...(trust.ca === undefined ? [] : [['sslrootcert', 'a private CA, which stands alone'] as [string, string]]),
    ...(trust.cert === undefined ? [] : [['sslcert', 'a client certificate and its key'] as [string, string]]),
    ...[...parameters].map(([keyword, value]): [string, string] => [keyword, SECRET.has(keyword) ? '***' : value]),
    ...[...foreign.keys()].map((name): [string, string] => [name, 'for one client only']),
  ];
};

const SECRET = new Set(['scram_client_key', 'scram_server_key', 'oauth_client_secret']);
