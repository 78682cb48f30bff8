import { CLIENTS } from '../src/clients/index.ts';
import type { Connection } from '../src/connection/connection.ts';
import { plan } from '../src/export.ts';
import { readInputs } from '../src/inputs.ts';
import { connection, DIRECT, FILES, NASTY, NASTY_ENCODED, POOLED } from './clients/connections.ts';
import { refusalOf } from './support/refusal.ts';

const planned = (from: Connection, inputs: Readonly<Record<string, string>> = {}) =>
  plan(
    from,
    FILES,
    readInputs((name) => inputs[name] ?? ''),
  );
const url = (host: string, mode = 'verify-full'): string => `postgresql://app:${NASTY_ENCODED}@${host}/shop?sslmode=${mode}`;
const at = (...hosts: string[]): Connection => {
  const [first, ...more] = hosts.map((host) => ({ host, port: 5432 }));
  return connection({ hosts: [first as { host: string; port: number }, ...more] });
};
const NAMES = 'PGHOST,PGPORT,PGUSER,PGPASSWORD,PGDATABASE,PGSSLMODE,PGSSL,PGSSLROOTCERT,PGCONNECT_TIMEOUT,DATABASE_URL'
  .split(',')
  .sort();
const list = (text: string | undefined): string[] => (text ?? '').split(',').sort();

describe('the outputs', () => {
  const PARTS = { host: 'db.example.com', port: '5432', database: 'shop', user: 'app', password: NASTY, sslmode: 'verify-full' };

  test('of a public host: the URL and the parts', async () => {
    const { exported, ...outputs } = Object.fromEntries((await planned(connection())).outputs);
    expect(outputs).toEqual({ available: 'true', 'database-url': url('db.example.com:5432'), ...PARTS });
    expect(list(exported)).toEqual(NAMES);
  });

  test.each([
    ['pooled', POOLED],
    ['direct', DIRECT],
  ])('of a %s Neon host: both forms', async (_, host) => {
    const { outputs } = await planned(at(host));
    expect(outputs.get('database-url')).toBe(url(`${host}:5432`));
    expect(outputs.get('database-url-pooled')).toBe(url(`${POOLED}:5432`));
    expect(outputs.get('database-url-unpooled')).toBe(url(`${DIRECT}:5432`));
  });

  test('of two hosts of which one is Neon’s: that one has both forms', async () => {
    const { outputs } = await planned(at('db.example.com', DIRECT));
    expect(outputs.get('database-url-pooled')).toBe(url(`db.example.com:5432,${POOLED}:5432`));
    expect(outputs.get('database-url-unpooled')).toBe(url(`db.example.com:5432,${DIRECT}:5432`));
  });

  test('without a password: none, and nothing that would be empty', async () => {
    const { password: _, ...local } = connection({ hosts: [{ host: 'localhost', port: 5432 }], sslmode: 'disable' });
    const { outputs, secrets } = await planned(local);
    expect(outputs.get('database-url')).toBe('postgresql://app@localhost:5432/shop?sslmode=disable');
    expect(outputs.has('password')).toBe(false);
    expect([...outputs.values()]).not.toContain('');
    expect(secrets).toEqual([]);
  });

  test('take the form that a client needs, for Neon’s other host too', async () => {
    const { outputs } = await planned(at(DIRECT), { clients: 'prisma' });
    expect(outputs.get('database-url')).toContain('sslaccept=strict');
    expect(outputs.get('database-url-pooled')).toMatch(new RegExp(`@${POOLED}.*sslaccept=strict`));
  });

  test.each(CLIENTS.map(({ name }) => name))('say of both hosts what the variables say, with %s', async (clients) => {
    const { outputs, all } = await planned(at(POOLED), { clients });
    expect(outputs.get('database-url')).toBe(all.get('DATABASE_URL'));
    expect(outputs.get('database-url-pooled')).toBe(all.get('DATABASE_URL'));
    expect(outputs.get('database-url-unpooled')).toBe(all.get('DATABASE_URL_UNPOOLED'));
  });
});

describe('the variables', () => {
  const rows: readonly (readonly [
    rule: string,
    inputs: Record<string, string>,
    variables: readonly string[],
    all: readonly string[],
    exported: readonly string[],
  ])[] = [
    ['are exported', {}, NAMES, NAMES, NAMES],
    ['are none with export-env: false, and none are named', { 'export-env': 'false' }, [], NAMES, ['']],
    ['stand in the .env file all the same, and are named', { 'export-env': 'false', 'env-file': '.env' }, [], NAMES, NAMES],
    ['stand in both', { 'env-file': '.env' }, NAMES, NAMES, NAMES],
    ...[NAMES.map((name) => `AUDIT_${name}`)].map(
      (names) => ['have the prefix', { 'env-prefix': 'AUDIT_' }, names, names, names] as const,
    ),
  ];
  test.each(rows)('%s', async (_, inputs, variables, all, exported) => {
    const { outputs, ...rest } = await planned(connection(), inputs);
    expect([...rest.variables.keys()].sort()).toEqual(variables);
    expect([...rest.all.keys()].sort()).toEqual(all);
    expect(list(outputs.get('exported'))).toEqual(exported);
    // The outputs have no prefix.
    expect(outputs.get('database-url')).toBe(url('db.example.com:5432'));
  });

  test('say channel binding for the input only', async () => {
    const asked = connection({ parameters: new Map([['channel_binding', 'require']]) });
    expect((await planned(asked)).variables.has('PGCHANNELBINDING')).toBe(false);
    expect((await planned(asked, { 'channel-binding': 'require' })).variables.get('PGCHANNELBINDING')).toBe('require');
  });
});

describe('the strings that hold the password', () => {
  test('are the URLs, each once, and no bare part', async () => {
    const { secrets } = await planned(at(DIRECT));
    expect([...secrets].sort()).toEqual([NASTY, url(`${DIRECT}:5432`), url(`${POOLED}:5432`)].sort());
  });

  test('are those of the clients too', async () => {
    const { secrets } = await planned(connection(), { clients: 'dotnet' });
    expect(secrets.some((secret) => /^Host=db\.example\.com.*Password=/i.test(secret))).toBe(true);
  });
});

test('clients are found, and told what they should know', async () => {
  const { clients, notices } = await planned(at(POOLED), { clients: 'prisma, psql' });
  expect(clients.map(({ name }) => name)).toEqual(['prisma', 'psql']);
  expect(notices.join('\n')).toMatch(/`prisma` needs the direct host to migrate/);
  expect((await planned(at(POOLED))).clients).toEqual([]);
  expect((await planned(at(POOLED))).notices).toEqual([]);
});

test.each([
  ['an unknown client', { clients: 'primsa' }, 'invalid-input', /`clients` names `primsa`/],
  ['two clients with different URLs', { clients: 'prisma,symfony' }, 'client-conflict', /`prisma` and `symfony`/],
  ['a prefix in lower case', { 'env-prefix': 'audit_' }, 'invalid-input', /`env-prefix`/],
])('%s is refused', async (_, inputs, code, says) => {
  const refused = await refusalOf(() => planned(connection(), inputs));
  expect(refused).toMatchObject({ code, message: expect.stringMatching(says) });
});
