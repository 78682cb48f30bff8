import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAuthority } from '../support/certificates.ts';
import { program } from '../support/program.ts';

const explain = (input: string, ...options: string[]) =>
  spawnSync(process.execPath, [program(path.resolve(import.meta.dirname, '../../src/explain.ts')), ...options], {
    input,
    encoding: 'utf8',
  });

test('a string as Neon’s button copies it: understood, exported, no secret', () => {
  const { stdout, stderr, status } = explain(
    "psql 'postgresql://app:Tr0ub4dor%40x@ep-cool-name-123456-pooler.us-east-2.aws.neon.tech/neondb?sslmode=require&channel_binding=require'\n",
    '--clients',
    'prisma',
  );
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(stdout).toMatch(/^Understood as$/m);
  expect(stdout).toMatch(/^ {2}sslmode +verify-full$/m);
  expect(stdout).toMatch(/^ {2}PGPASSWORD=\*\*\*$/m);
  expect(stdout).toMatch(/^ {2}DATABASE_URL=postgresql:\/\/app:\*\*\*@ep-cool-name-123456-pooler\..*sslaccept=strict/m);
  expect(stdout).not.toMatch(/Tr0ub4dor/);
});

test('a password that was not encoded: what is wrong, both ways out, exit status 1', () => {
  const { stdout, stderr, status } = explain('postgresql://app:Tr0ub4dor@x@db.example.org/shop');
  expect({ stderr, status }).toEqual({ stderr: '', status: 1 });
  expect(stdout).toMatch(/The step would refuse it/);
  expect(stdout).toMatch(/%40.*`password` input/);
  expect(stdout).not.toMatch(/Tr0ub4dor/);
});

test('a password that is a word of the labels hides its value, not the label', () => {
  const { stdout } = explain('postgresql://app:password@db.example.org/shop');
  expect(stdout).toMatch(/^ {2}password +\*\*\*$/m);
  expect(stdout).toMatch(/^ {2}DATABASE_URL=postgresql:\/\/app:\*\*\*@db\.example\.org:5432\/shop\?sslmode=verify-full$/m);
});

test.each(['', 'symfony', 'spring', 'dotnet', 'jdbc', 'ecto', 'tokio-postgres', 'sqlalchemy-asyncpg', 'prisma'])(
  'no client’s own way to write a password shows it: %s',
  (client) => {
    const { stdout, status } = explain('postgresql://app:p%40Tr0ub%24%7B4%25dor%22@db.example.org/shop', '--clients', client);
    expect(status).toBe(0);
    expect(stdout).toContain('***');
    expect(stdout).not.toMatch(/Tr0ub|dor/);
  },
);

test('a string given as an argument: why not, and how', () => {
  const { stdout, status } = explain('', 'postgresql://app:s3cret@db.example.org/shop');
  expect(status).toBe(2);
  expect(stdout).toMatch(/standard input only/);
  expect(stdout).not.toMatch(/s3cret/);
});

const PARTS = 'host=db.example.org user=app dbname=shop password=s3cret';
test.each<[name: string, text: string, understood: RegExp, exported: RegExp]>([
  [
    'no password',
    'host=localhost user=app dbname=shop',
    /^ {2}password +none$/m,
    /^ {2}DATABASE_URL=postgresql:\/\/app@localhost/m,
  ],
  [
    'an address beside the name',
    `${PARTS} hostaddr=192.0.2.7`,
    /^ {2}host +db\.example\.org \(192\.0\.2\.7\) port 5432$/m,
    /PGHOST/,
  ],
  ['no verification', `${PARTS} sslmode=require`, /^ {2}sslmode +require$/m, /^ {2}PGSSLMODE=require$/m],
  ['a secret among the parameters', `${PARTS} oauth_client_secret=Tr0ub4dor`, /^ {2}oauth_client_secret +\*\*\*$/m, /PGHOST/],
  [
    'a client’s parameter',
    'postgresql://app:s3cret@db.example.org/shop?schema=sales',
    /^ {2}schema +for one client only$/m,
    /PGHOST/,
  ],
])('%s', (_, text, understood, exported) => {
  const { stdout, stderr, status } = explain(text);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(stdout).toMatch(understood);
  expect(stdout).toMatch(exported);
  expect(stdout).not.toMatch(/Tr0ub4dor|s3cret/);
});

test('files: a CA, a client certificate and its key, which are read where they are', async () => {
  const authority = await createAuthority();
  const { cert, key } = await authority.issue({ usage: 'client', commonName: 'app' });
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'explain-')));
  const files = Object.entries({ sslrootcert: authority.cert, sslcert: cert, sslkey: key });
  for (const [name, pem] of files) writeFileSync(path.join(folder, name), pem);
  const named = files.map(([name]) => `${name}=${path.join(folder, name).replaceAll('\\', '\\\\')}`);
  const { stdout, stderr, status } = explain(`${PARTS} sslmode=verify-full ${named.join(' ')}`);
  rmSync(folder, { recursive: true });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(stdout).toMatch(/^ {2}sslrootcert +a private CA, which stands alone$/m);
  expect(stdout).toMatch(/^ {2}sslcert +a client certificate and its key$/m);
  expect(stdout).toMatch(/^ {2}PGSSLCERT=\$RUNNER_TEMP\/…\/client\.pem$/m);
  expect(stdout).not.toContain('PRIVATE KEY');
});

test('nothing on standard input, and an option that does not exist', () => {
  expect(explain('\n').stdout).toMatch(/missing-connection/);
  expect(explain('', '--josnl')).toMatchObject({ status: 2, stderr: '' });
});
