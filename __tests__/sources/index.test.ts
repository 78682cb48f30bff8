import type { Asked } from '../../src/sources/asked.ts';
import { chooseSource, type Source, take } from '../../src/sources/index.ts';
import { type Refusal, refusalOf } from '../support/refusal.ts';

interface Given {
  readonly string?: string;
  readonly parts?: Readonly<Record<string, string>>;
  readonly neon?: Partial<Asked['neon']>;
}

const asked = ({ string = '', parts = {}, neon = {} }: Given): Asked => ({
  connectionString: string,
  parts: new Map(Object.entries(parts)),
  probeTimeoutMs: 1000,
  pooled: undefined,
  neon: { apiKey: '', projectId: '', branch: '', apiHost: '', ...neon },
});

describe('where the connection comes from', () => {
  const missing = (what: string): Source => ({ missing: what });
  const STRING: Source = { kind: 'string' };
  const PARTS: Source = { kind: 'parts' };
  const API: Source = { kind: 'neon-api' };
  const NO_STRING = missing('`connection-string` is empty');
  const NO_HOST = missing('`host` is empty');
  const NO_PASSWORD = missing('`password` is empty');
  const NO_KEY = missing('`neon-api-key` is empty');

  const rows: readonly (readonly [rule: string, given: Given, source: Source])[] = [
    // A secret that GitHub did not hand over is an empty input.
    ['nothing', {}, NO_STRING],
    ['blanks', { string: ' \n\t' }, NO_STRING],
    ['a byte order mark', { string: '\uFEFF' }, NO_STRING],
    ['quotes around nothing', { string: "''" }, NO_STRING],
    ['quotes around blanks', { string: '"  "\n' }, NO_STRING],
    ['parts that are no part of it', { parts: { sslmode: 'require', dbname: 'd', port: '1' } }, NO_STRING],
    ['a password without its host', { parts: { password: 'p' } }, NO_HOST],
    ['a user without its host', { parts: { user: 'u' } }, NO_HOST],
    ['a host without its password', { parts: { host: 'db.example.org', user: 'u' } }, NO_PASSWORD],
    ['one foreign host of two', { parts: { host: 'localhost,db.example.org' } }, NO_PASSWORD],
    ['a Neon project without the key', { neon: { projectId: 'p' } }, NO_KEY],
    ['a Neon branch without the key', { neon: { branch: 'b' } }, NO_KEY],

    // The string.
    ['a string', { string: 'postgresql://h' }, STRING],
    ['a string and parts', { string: 'x', parts: { host: 'h', password: 'p' } }, STRING],
    ['an address of the API is no wish for it', { string: 'x', neon: { apiHost: 'https://x' } }, STRING],

    // Parts.
    ['a host and a password', { parts: { host: 'db.example.org', password: 'p' } }, PARTS],
    ['a certificate in the password’s place', { parts: { host: 'db.example.org', sslcert: 'c' } }, PARTS],
    ['a service container', { parts: { host: 'postgres' } }, PARTS],
    ['this machine', { parts: { host: 'localhost,127.0.0.1,/tmp' } }, PARTS],

    // The API.
    ['key and project', { neon: { apiKey: 'k', projectId: 'p' } }, API],
    ['key, project and branch', { neon: { apiKey: 'k', projectId: 'p', branch: 'b' } }, API],
    ['parts choose from it', { parts: { dbname: 'd', user: 'u', password: 'p' }, neon: { apiKey: 'k', projectId: 'p' } }, API],
  ];
  test.each(rows)('%s', (_, given, source) => expect(chooseSource(asked(given))).toEqual(source));

  const both = (what: string): Refusal => ({
    code: 'invalid-input',
    message: `Input \`neon-api-key\` and its kin are given beside \`${what}\`, and the connection can come from one place only.`,
    fix: 'Give one of them: the connection itself, or the key and project to take it from.',
  });
  const project: Refusal = {
    code: 'invalid-input',
    message: 'Input `neon-project-id` is empty, and the Neon API needs to know the project.',
    fix: 'Give the project’s id, such as cool-forest-12345678, from its Settings page; it is no secret.',
  };
  const refusals: readonly (readonly [rule: string, given: Given, refusal: Refusal])[] = [
    ['a string and a key', { string: 'x', neon: { apiKey: 'k' } }, both('connection-string')],
    ['a string and a project', { string: 'x', neon: { projectId: 'p' } }, both('connection-string')],
    ['a string and a branch', { string: 'x', neon: { branch: 'b' } }, both('connection-string')],
    ['a host and a key', { parts: { host: 'h' }, neon: { apiKey: 'k', projectId: 'p' } }, both('host')],
    ['all three', { string: 'x', parts: { host: 'h' }, neon: { apiKey: 'k', projectId: 'p' } }, both('connection-string')],
    ['a key alone', { neon: { apiKey: 'k' } }, project],
    ['a key and a branch', { neon: { apiKey: 'k', branch: 'b' } }, project],
  ];
  test.each(refusals)('refused: %s', async (_, given, refusal) =>
    expect(await refusalOf(() => chooseSource(asked(given)))).toEqual(refusal),
  );
});

describe('what the source says', () => {
  const listener = { onSecret: () => {}, onWait: () => {} };
  const said = (kind: 'string' | 'parts', given: Given) => take(kind, asked(given), new AbortController(), listener);

  test('the string is read', async () =>
    expect(Object.fromEntries((await said('string', { string: 'psql "postgresql://u@h/d"' })).parameters)).toEqual({
      ...{ user: 'u', host: 'h', dbname: 'd' },
    }));

  test('parts say nothing: the inputs are what overrides', async () =>
    expect(await said('parts', { string: 'postgresql://u@h/d', parts: { host: 'h' } })).toEqual({
      parameters: new Map(),
      foreign: new Map(),
      notices: [],
      url: false,
      broken: false,
    }));
});
