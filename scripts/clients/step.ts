import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readClients, variables } from '../../src/clients/index.ts';
import { parseConninfo } from '../../src/connection/conninfo.ts';

export interface Job {
  /** What the step wrote to the job. */
  readonly env: Readonly<Record<string, string>>;
  /** The `.env` file, when one was asked for. */
  readonly dotenv?: string;
  /** The job is over: its files go. */
  end(): void;
}

/** Runs the step with these inputs. */
export async function step(inputs: Readonly<Record<string, string>>): Promise<Job> {
  const folder = mkdtempSync(join(tmpdir(), 'neon-connect-step-'));
  const conninfo = parseConninfo(inputs['connection-string'] as string);
  const ca = join(folder, 'ca.pem');
  if (inputs.sslrootcert) writeFileSync(ca, inputs.sslrootcert);
  const set = variables(
    {
      hosts: [{ host: conninfo.get('host') as string, port: Number(conninfo.get('port')) }],
      user: conninfo.get('user') as string,
      password: conninfo.get('password') as string,
      database: conninfo.get('dbname') as string,
      sslmode: (inputs.sslmode as 'require') ?? 'disable',
      connectTimeout: 15,
      trust: inputs.sslrootcert ? { ca: inputs.sslrootcert } : {},
      parameters: new Map(),
      foreign: new Map(),
    },
    inputs.sslrootcert ? { ca } : {},
    readClients(inputs.clients ?? ''),
  );
  const env = Object.fromEntries(set);
  if (inputs['env-file'])
    writeFileSync(
      inputs['env-file'],
      Object.entries(env)
        .filter(([name]) => name !== 'PGPASSWORD')
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
  return {
    env,
    ...(inputs['env-file'] ? { dotenv: readFileSync(inputs['env-file'], 'utf8') } : {}),
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}
