import type { Files } from '../clients/spelling.ts';
import type { Connection } from '../connection/connection.ts';
import type { Export } from '../export.ts';
import { publicRoots } from '../roots.ts';
import { writeJob } from './files.ts';
import * as log from './log.ts';
import { keyLines } from './masks.ts';
import { type PrivateFolder, planPrivateFolder } from './private-files.ts';
import type { Reached } from './reached.ts';
import { connectionTable, exportedNames, heading, snippet, summary } from './summary.ts';

/** The files that the job needs on disk. Their paths are known before anything is written. */
export interface PlannedFiles {
  readonly folder: PrivateFolder;
  readonly paths: Files;
}

/**
 * Decides which files this connection needs: roots where certificates are checked or a CA was given, a client certificate and its key.
 *
 * @param temp the runner's RUNNER_TEMP
 */
export const planFiles = (connection: Connection, temp = process.env.RUNNER_TEMP ?? ''): PlannedFiles => {
  const folder = planPrivateFolder(temp, saveState);
  const { trust, sslmode } = connection;
  const paths = {
    ...(trust.ca !== undefined || sslmode.startsWith('verify-') ? { ca: folder.pathOf('ca.pem') } : {}),
    ...(trust.cert === undefined ? {} : { cert: folder.pathOf('client.pem') }),
    ...(trust.key === undefined ? {} : { key: folder.pathOf('client.key') }),
  };
  return { folder, paths };
};

/** At once, before the folder exists: @actions/core's saveState does the same, and loads node:crypto for it. */
const saveState = (name: string, value: string): void => writeJob({ state: new Map([[name, value]]) });

const writeFiles = async ({ trust }: Connection, { folder, paths }: PlannedFiles): Promise<void> => {
  if (paths.ca !== undefined) folder.write('ca.pem', ...(trust.ca === undefined ? await publicRoots() : [trust.ca]));
  if (paths.cert !== undefined) folder.write('client.pem', trust.cert as string);
  if (paths.key !== undefined) folder.write('client.key', await plainKey(trust.key as string, trust.passphrase));
};

/** No client can be told a passphrase through the environment, so the key is written without one, into the same private folder, and masked. */
const plainKey = async (key: string, passphrase: string | undefined): Promise<string> => {
  if (passphrase === undefined) return key;
  const { createPrivateKey } = await import('node:crypto');
  const plain = createPrivateKey({ key, passphrase }).export({ type: 'pkcs8', format: 'pem' }) as string;
  log.mask(keyLines(plain));
  return plain;
};

/** Checks where the `.env` file is to go, and what it would hold, before anything is written. */
export const planEnvFile = async (file: string, variables: ReadonlyMap<string, string>): Promise<() => void> => {
  if (file === '') return () => {};
  const { envFile, envFilePath, readEnvFile, writeEnvFile } = await import('./env-file.ts');
  const target = envFilePath(file);
  const { content, leftOut } = envFile(variables, readEnvFile(target));
  return () => {
    writeEnvFile(target, content);
    if (leftOut.length === 0) return;
    log.notice(
      `Left out of \`env-file\`, because no line of a .env file can carry their values to every reader: ${leftOut.join(', ')}.`,
    );
  };
};

/** Writes everything to the job, last: the private files, the `.env` file, then one append for each of the runner's files. */
export const hand = async (
  connection: Connection,
  exported: Export,
  files: PlannedFiles,
  writeEnv: () => void,
  reached: Reached | undefined,
): Promise<void> => {
  const outputs = new Map([...exported.outputs, ...(reached?.outputs ?? [])]);
  await writeFiles(connection, files);
  writeEnv();
  writeJob({ variables: exported.variables, outputs, summary: log.withoutSecrets(summaryOf(connection, exported, reached)) });
  const names = [...exported.variables.keys()];
  log.info(
    names.length > 0 ? `Exported ${names.join(', ')}.` : 'Nothing exported, as `export-env: false` asks; the outputs are set.',
  );
};

const summaryOf = (connection: Connection, exported: Export, reached: Reached | undefined): string =>
  summary([
    heading(reached?.title ?? 'Postgres connection exported'),
    connectionTable(connection),
    ...(reached?.sections ?? []),
    exportedNames([...exported.variables.keys()]),
    ...exported.clients.flatMap(({ title, snippet: example }) =>
      example === undefined ? [] : [snippet(title, example.code, example.language)],
    ),
  ]);
