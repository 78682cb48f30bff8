import { createAuthority } from '../support/certificates.ts';
import {
  type Fake,
  fake,
  handshake,
  packet,
  play,
  type Script,
  say,
  sends,
  serves,
  silence,
  welcome,
} from '../support/fault-servers.ts';
import { makeBranch, type NeonApiDouble, startNeonApi } from '../support/neon-api-double.ts';
import { type Bed, shared } from '../support/postgres-bed.ts';
import { RunnerDouble, type StepResult } from '../support/runner-double.ts';

/* What a job gets to see of a probe that works, and of a connection that the Neon API gives. */

const PASSWORD = 'p@ss/w0rd-Xy:9';
const ROLE = 'step_probe';
let bed: Bed;
let stranger: Awaited<ReturnType<typeof createAuthority>>;
beforeAll(async () => {
  bed = await shared();
  await bed.createRole(ROLE, PASSWORD);
  stranger = await createAuthority();
});

const running: (Fake | NeonApiDouble)[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await ('stop' in server ? server.stop() : server.close());
});

async function step(inputs: Record<string, string>, env: Record<string, string> = {}): Promise<StepResult> {
  const job = new RunnerDouble();
  try {
    return await job.step({ inputs: { user: ROLE, password: PASSWORD, database: 'postgres', ...inputs }, env });
  } finally {
    job.dispose();
  }
}
const real = (more: Record<string, string> = {}) => ({ host: bed.host, port: String(bed.port), probe: 'true', ...more });
const said = ({ annotations }: StepResult): string => annotations.map(({ message }) => message).join('\n');

describe('a probe that works', () => {
  test.each<[name: string, inputs: () => Record<string, string>, notice: RegExp | undefined]>([
    ['verify-full', () => real({ sslmode: 'verify-full', sslrootcert: bed.ca }), undefined],
    [
      'verify-ca, where verify-full would do',
      () => real({ sslmode: 'verify-ca', sslrootcert: bed.ca }),
      /`sslmode=verify-full` would work as well as `verify-ca` here \(roots: given\)/,
    ],
    [
      'require, where verify-full would not do',
      () => real({ sslmode: 'require' }),
      /`sslmode=verify-full` would not work here: /,
    ],
  ])('with %s: one line, the table and the picture, three outputs', async (_, inputs, notice) => {
    const result = await step(inputs());
    expect(result.annotations.filter(({ type }) => type === 'error')).toEqual([]);
    expect(result.log).toMatch(
      new RegExp(
        `^Reached PostgreSQL \\d+\\.\\d+ as ${ROLE}@postgres over TLS 1\\.3, certificate from [-\\d]{10} until [-\\d]{10}, \\d+ ms$`,
        'm',
      ),
    );
    expect(result.log).toMatch(/^ {2}authenticate +[\d.]+ ms {2}scram-sha-256-plus, PostgreSQL/m);
    expect(result.outputs).toMatchObject({ 'tls-version': 'TLSv1.3', 'server-version': expect.stringMatching(/^\d+\.\d+$/) });
    expect(result.outputs['probe-ms']).toMatch(/^\d+$/);
    expect(result.summary).toMatch(/Reached PostgreSQL \d.*Issued by.*in all/s);
    if (notice) expect(said(result)).toMatch(notice);
    else expect(said(result)).not.toContain('verify-full');
    expect(result.rawStderr).toBe('');
  });

  // Elsewhere the system's own store is no file.
  (process.platform === 'linux' ? test : test.skip)(
    'a CA that only this machine trusts: with its roots, in a second handshake',
    async () => {
      const result = await step(real({ sslmode: 'verify-full' }), { SSL_CERT_FILE: bed.caPath });
      expect(result.annotations.filter(({ type }) => type === 'error')).toEqual([]);
      expect(result.log).toMatch(/^ {2}certificate .* once more with the system’s own CAs$.*^Reached PostgreSQL/ms);
      expect((await step(real({ sslmode: 'verify-full' }))).outputs.problem).toBe('certificate-unknown-ca');
    },
  );

  test('a CA that is not the server’s: what was demanded fails, and nothing is exported', async () => {
    const result = await step(real({ sslmode: 'verify-full', sslrootcert: stranger.cert }));
    expect(result.outputs).toEqual({ problem: 'certificate-unknown-ca', stage: 'certificate' });
    expect(result.env).toEqual({});
  });

  test.each<[name: string, script: () => Script, inputs: Record<string, string>, says: RegExp]>([
    [
      'without TLS',
      () => play(packet, serves()),
      { sslmode: 'disable' },
      /^Reached PostgreSQL 18\.4 as \S+ without TLS, \d+ ms$/m,
    ],
    [
      'after a wait',
      () => {
        let asked = 0;
        return (guest) =>
          play(packet, asked++ === 0 ? play(sends(say.error('57P03', 'starting up')), (each) => each.end()) : serves())(guest);
      },
      { sslmode: 'disable' },
      /^ {2}waiting [\d.]+ ms because of `server-unavailable`; \d+ s are left$.*^Attempt 2$.*^Reached/ms,
    ],
    [
      'of a server that says no version',
      () => play(packet, sends(welcome({ server_version: '' })), (guest) => guest.message(), sends(say.one), silence),
      { sslmode: 'disable' },
      /^Reached PostgreSQL {2}as/m,
    ],
    [
      'where TLS was only preferred',
      () => play(packet, sends('N'), packet, serves()),
      { sslmode: 'prefer' },
      /the server offers no TLS/,
    ],
  ])('%s', async (_, script, inputs, says) => {
    const server = await fake(script());
    running.push(server);
    const result = await step({ host: '127.0.0.1', port: String(server.port), probe: 'true', ...inputs });
    expect(result.conclusion).toBe('success');
    expect(result.log).toMatch(says);
    expect(result.outputs['tls-version'] ?? '').toBe('');
    expect(result.summary).toContain('<td><code>none</code></td>');
  });

  test('to this machine in clear, over TLS that nobody has checked', async () => {
    const leaf = await stranger.issue({ names: ['127.0.0.1'] });
    const server = await fake(
      play(
        packet,
        sends('S'),
        handshake(() => ({ cert: leaf.cert, key: leaf.key })),
        packet,
        serves(),
      ),
    );
    running.push(server);
    const result = await step({ host: '127.0.0.1', port: String(server.port), probe: 'true', sslmode: 'require' });
    expect(result.log).toMatch(/^Reached PostgreSQL 18\.4 .* over TLS 1\.3/m);
    expect(said(result)).toContain('lets user `step_probe` in without looking at the password');
  });
});

describe('a connection from the Neon API', () => {
  const KEY = 'napi_1234567890abcdefghijklmnopqrstuvwxyz';
  const open = async (): Promise<Record<string, string>> => {
    const api = await startNeonApi({
      apiKey: KEY,
      branches: [makeBranch('main', { isDefault: true, databases: ['neondb', 'audit'] })],
    });
    running.push(api);
    return {
      'neon-api-key': KEY,
      'neon-project-id': api.projectId,
      'neon-api-host': api.url,
      user: '',
      database: 'neondb',
      password: '',
    };
  };
  const direct = 'ep-main-752733.us-east-2.aws.neon.tech';
  const pooled = 'ep-main-752733-pooler.us-east-2.aws.neon.tech';

  test.each<[name: string, inputs: Record<string, string>, env: Record<string, string>]>([
    ['its password', {}, { PGHOST: direct, PGUSER: 'neondb_owner', PGPASSWORD: 'npg_Tr1ck/y@pass:word', PGDATABASE: 'neondb' }],
    [
      'pooled, with a database and a role',
      { pooled: 'true', database: 'audit', user: 'neondb_owner' },
      { PGHOST: pooled, PGDATABASE: 'audit' },
    ],
    ['direct, with a password of one’s own', { pooled: 'false', password: PASSWORD }, { PGHOST: direct, PGPASSWORD: PASSWORD }],
  ])('with %s', async (_, inputs, env) => {
    const result = await step({ ...(await open()), ...inputs });
    expect(said(result)).not.toMatch(/fail/i);
    expect(result.env).toMatchObject(env);
    expect(result.masks).toContain(result.env.PGPASSWORD);
    expect(result.rawStdout.replace(/^::add-mask::.*$/gm, '')).not.toContain(result.env.PGPASSWORD);
    expect(result.rawStderr).toBe('');
  });
});
