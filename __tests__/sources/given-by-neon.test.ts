import type { Asked } from '../../src/sources/asked.ts';
import { take } from '../../src/sources/index.ts';
import { makeBranch, type NeonApiDouble, silence, startNeonApi } from '../support/neon-api-double.ts';
import { refusalOf, SECRET } from '../support/refusal.ts';

const KEY = 'napi_1234567890abcdefghijklmnopqrstuvwxyz';
const HOST = 'ep-main-752733.us-east-2.aws.neon.tech';
const branches = [
  makeBranch('main', { isDefault: true, databases: ['app', 'audit'], roles: { owner: SECRET, reader: 'b-secret' } }),
  makeBranch('preview', { roles: { owner: 'c-secret' } }),
];

let api: NeonApiDouble;
beforeAll(async () => {
  api = await startNeonApi({ apiKey: KEY, branches });
});
afterAll(() => api.close());

interface Given {
  readonly parts?: Readonly<Record<string, string>>;
  readonly pooled?: boolean;
  readonly neon?: Partial<Asked['neon']>;
  readonly probeTimeoutMs?: number;
}
const taken = async (given: Given, signal = new AbortController().signal) => {
  const secrets: string[] = [];
  const asked: Asked = {
    connectionString: '',
    parts: new Map(Object.entries(given.parts ?? {})),
    pooled: given.pooled,
    probeTimeoutMs: given.probeTimeoutMs ?? 20_000,
    neon: { apiKey: KEY, projectId: api.projectId, branch: '', apiHost: api.url, ...given.neon },
  };
  const said = await take('neon-api', asked, { signal }, { onSecret: (secret) => secrets.push(secret), onWait: () => {} });
  return { said, secrets };
};
const CHOSEN = { dbname: 'app', user: 'owner' };

test.each<[rule: string, given: Given, parameters: Record<string, string>]>([
  ['what the inputs choose', { parts: CHOSEN }, { host: HOST, ...CHOSEN, password: SECRET }],
  [
    'another database',
    { parts: { dbname: 'audit', user: 'owner' } },
    { host: HOST, dbname: 'audit', user: 'owner', password: SECRET },
  ],
  [
    'another role',
    { parts: { dbname: 'app', user: 'reader' } },
    { host: HOST, dbname: 'app', user: 'reader', password: 'b-secret' },
  ],
  [
    'another branch, which has only one of each',
    { neon: { branch: 'preview' } },
    { host: HOST.replace('main', 'preview'), dbname: 'neondb', user: 'owner', password: 'c-secret' },
  ],
  ['pooled: true', { parts: CHOSEN, pooled: true }, { host: HOST.replace('.', '-pooler.'), ...CHOSEN, password: SECRET }],
  ['pooled: false', { parts: CHOSEN, pooled: false }, { host: HOST, ...CHOSEN, password: SECRET }],
])('%s', async (_, given, parameters) => {
  const { said, secrets } = await taken(given);
  expect(said).toEqual({ ...said, url: false, broken: false, notices: [], foreign: new Map() });
  expect(Object.fromEntries(said.parameters)).toEqual(parameters);
  expect(secrets).toContain(parameters.password);
});

test('a password that is an input is not asked for', async () => {
  const { said } = await taken({ parts: { ...CHOSEN, password: 'raw' } });
  expect(Object.fromEntries(said.parameters)).toEqual({ host: HOST, ...CHOSEN });
});

test('the API has as long as the probe, and a cancelled step waits for nothing', async () => {
  api.fail('listProjectBranches', silence, silence, silence);
  const started = performance.now();
  expect(await refusalOf(() => taken({ probeTimeoutMs: 300 }))).toMatchObject({ code: 'neon-unavailable' });
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(await refusalOf(() => taken({ parts: CHOSEN }, AbortSignal.abort()))).toMatchObject({ code: 'cancelled' });
});
