import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import pg from 'pg';
import { type Facts, type OwnBed, shared, start } from './support/postgres-bed.ts';

/** Connects as a real client would, and says what it reached; an error gives its code. */
async function connect(config: pg.ClientConfig): Promise<Record<string, unknown>> {
  const client = new pg.Client(config);
  client.on('error', () => {});
  try {
    await client.connect();
    const { stream } = (client as unknown as { connection: { stream: TLSSocket } }).connection;
    const { rows } = await client.query('select current_user as user, current_database() as database');
    return { ...rows[0], tls: stream.getProtocol?.() ?? 'none', names: stream.getPeerCertificate?.().subjectaltname };
  } catch (error) {
    return { code: (error as pg.DatabaseError).code, message: (error as Error).message };
  } finally {
    await client.end().catch(() => {});
  }
}

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('the shared server', () => {
  test('takes a role over TLS 1.3 with its name verified, on every address and the socket', async () => {
    const bed = await shared();
    await bed.createRole('bed "role"', `it's \\ a "pass"`);
    await bed.createDatabase('bed "database"', 'bed "role"');
    const role = { user: 'bed "role"', password: `it's \\ a "pass"`, database: 'bed "database"', port: bed.port };
    const reached = { user: 'bed "role"', database: 'bed "database"' };
    for (const host of [bed.host, ...bed.addresses]) {
      expect(await connect({ ...role, host, ssl: { ca: bed.ca } })).toMatchObject({ ...reached, tls: 'TLSv1.3' });
    }
    if (bed.socket) expect(await connect({ ...role, host: bed.socket })).toMatchObject({ ...reached, tls: 'none' });
  });

  test('keeps passwords as SCRAM-SHA-256 only, and asks for them', async () => {
    const bed = await shared();
    await bed.createRole('bed_scram', 'right');
    const { rows } = await bed.sql('select rolpassword from pg_authid where rolname = $1', { values: ['bed_scram'] });
    expect(rows[0].rolpassword).toMatch(/^SCRAM-SHA-256\$/);
    const role = { user: 'bed_scram', database: 'postgres', host: bed.host, port: bed.port, ssl: { ca: bed.ca } };
    expect(await connect({ ...role, password: 'wrong' })).toMatchObject({ code: '28P01' });
    expect(await connect({ ...role, password: 'right', ssl: false })).toMatchObject({ code: '28000' });
    expect(await connect({ ...role, password: 'right', ssl: {} })).toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  });
});

describe('a server of a suite’s own', () => {
  let bed: OwnBed;
  beforeAll(async () => {
    bed = await start({ maxConnections: 12 });
    await bed.createRole('somebody', 'secret');
  });
  afterAll(() => bed?.stop());

  const somebody = () => ({
    ...{ user: 'somebody', password: 'secret', database: 'postgres' },
    ...{ host: bed.host, port: bed.port, ssl: { ca: bed.ca } },
  });

  test('changes its certificate while it runs', async () => {
    await bed.reload({ certificate: await bed.authority.issue({ names: ['elsewhere.test'] }) });
    expect(await connect(somebody())).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    await bed.reload({ certificate: await bed.authority.issue({ names: ['localhost', 'second.test'] }) });
    expect(await connect(somebody())).toMatchObject({ names: 'DNS:localhost, DNS:second.test' });
  });

  test('changes who may log in while it runs, and asks for client certificates', async () => {
    await bed.reload({ hba: ['hostssl all all all cert'], clientCa: bed.authority.cert });
    expect(await connect(somebody())).toMatchObject({ code: '28000' });
    const mine = await bed.authority.issue({ commonName: 'somebody', usage: 'client' });
    const withMine = () => ({ ...somebody(), ssl: { ca: bed.ca, cert: mine.chain, key: mine.key } });
    expect(await connect(withMine())).toMatchObject({ user: 'somebody' });
    await bed.reload({ clientCrl: await bed.authority.revoke([mine]) });
    // The alert may come before, with or after the reset of the connection; the server's log does not vary.
    expect(await connect(withMine())).not.toHaveProperty('user');
    expect(bed.log()).toContain('certificate revoked');
    await bed.reload({ hba: ['hostssl all all all scram-sha-256'], settings: { ssl_max_protocol_version: 'TLSv1.2' } });
    expect(await connect(somebody())).toMatchObject({ user: 'somebody', tls: 'TLSv1.2' });
  });

  test('says when PostgreSQL does not take a change, and stays as it was', async () => {
    await expect(bed.reload({ settings: { max_connections: 5 } })).rejects.toThrow('without restarting');
    await expect(bed.reload({ hba: ['nonsense'] })).rejects.toThrow('invalid connection type "nonsense"');
    await expect(bed.reload({ certificate: { chain: bed.ca, key: 'no key' } })).rejects.toThrow('not reloaded');
    expect(await connect(somebody())).toMatchObject({ user: 'somebody' });
  });

  test('logs no statement that holds a password', async () => {
    await expect(bed.createRole('somebody', 'never-in-the-log')).rejects.toThrow('already exists');
    expect(bed.log()).toContain('already exists');
    expect(bed.log()).not.toContain('never-in-the-log');
  });

  test('stops, and leaves no process and no file', async () => {
    const own = await start();
    expect([alive(own.pid), existsSync(own.directory)]).toEqual([true, true]);
    await own.stop();
    await own.stop();
    expect([alive(own.pid), existsSync(own.directory), existsSync(own.socket ?? '')]).toEqual([false, false, false]);
  });

  test('goes when the process that started it is killed', async () => {
    const program = `
      import { start } from ${JSON.stringify(join(import.meta.dirname, 'support', 'postgres-bed.ts'))};
      const { pid, directory } = await start();
      console.log(JSON.stringify({ pid, directory }));
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
    const { pid, directory } = JSON.parse(line) as Facts;
    expect(alive(pid)).toBe(true);
    child.kill('SIGKILL');
    for (let waited = 0; (alive(pid) || existsSync(directory)) && waited < 15_000; waited += 50) await sleep(50);
    expect([alive(pid), existsSync(directory)]).toEqual([false, false]);
  });
});
