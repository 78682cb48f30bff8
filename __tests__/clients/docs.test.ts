import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readResult, render } from '../../scripts/clients/docs.ts';
import { COLUMNS, examples } from '../../scripts/clients/manifest.ts';
import { CLIENTS, findClient } from '../../src/clients/index.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const all = examples(ROOT);

describe('examples', () => {
  test.each(all.map((example) => [example.name, example] as const))('%s', (_, { client, programs, deviations = [] }) => {
    expect(findClient(client)?.name).toBe(client);
    const titles = programs.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    for (const { clients = [] } of programs) for (const name of clients) expect(findClient(name)?.name).toBe(name);
    for (const deviation of deviations) {
      expect(Object.keys(COLUMNS)).toEqual(expect.arrayContaining([...deviation.columns]));
      expect(titles).toEqual(expect.arrayContaining([...(deviation.programs ?? [])]));
      expect(() => new RegExp(deviation.says)).not.toThrow();
    }
  });

  // One that no example runs says so on its page, and in the table.
  const ran = new Set(all.map(({ client }) => client));
  test.each(CLIENTS.flatMap(({ name, variables }) => (variables && ran.has(name) ? name : [])))(
    '%s has variables of its own, so a program of its example names it: without that it would run on `PG*`, and be green',
    (name) => {
      const own = all.filter(({ client }) => client === name).flatMap(({ programs }) => programs);
      expect(own.flatMap(({ clients = [] }) => clients)).toContain(name);
    },
  );

  test('name no registry’s host and hold no resolved address', () => {
    const files = globSync('examples/{*,*/*,*/src/**/*}', { cwd: ROOT }).filter((file) =>
      /\.(?:json|toml|xml|txt|mod|lock)$/.test(file),
    );
    expect(files.length).toBeGreaterThan(30);
    const hosts = /"resolved": "http|repo1?\.maven|registry\.npmjs|pypi\.org|proxy\.golang/;
    expect(files.filter((file) => hosts.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
  });
});

describe('snippets', () => {
  const withSnippet = CLIENTS.filter(({ snippet }) => snippet);

  test('every example’s client has one, and nobody else', () => {
    const ran = new Set(all.map(({ client }) => client).filter((name) => !['liquibase', 'dotenv'].includes(name)));
    expect(new Set(withSnippet.map(({ name }) => name))).toEqual(ran);
  });

  test.each(withSnippet.map(({ name, snippet }) => [name, snippet?.code ?? ''] as const))(
    '%s: every line is in the example',
    (name, code) => {
      const folders = all.filter(({ client }) => client === name).map((example) => example.name);
      const text = folders.flatMap((folder) =>
        globSync(`examples/${folder}/**/*.{js,sh,c,py,go,rs,java,php,rb,yaml}`, { cwd: ROOT }).map((file) =>
          readFileSync(join(ROOT, file), 'utf8'),
        ),
      );
      expect(code.split('\n').filter((line) => !text.some((file) => file.includes(line)))).toEqual([]);
    },
  );
});

describe('docs', () => {
  const pages = render(ROOT, readResult(ROOT));

  test('every page is as `npm run test:clients -- --docs` makes it', () => {
    const stale = [...pages]
      .filter(([path, content]) => readFileSync(join(ROOT, path), 'utf8') !== content)
      .map(([path]) => path);
    expect(stale).toEqual([]);
  });

  test('there is no page of a client that is gone', () => {
    expect(globSync('docs/clients/*.md', { cwd: ROOT }).filter((path) => !pages.has(path))).toEqual([]);
  });

  test('every program of every example is in the table', () => {
    const rows = new Set(readResult(ROOT).rows.map(({ example, title }) => `${example}: ${title}`));
    expect(
      all.flatMap(({ name, programs }) => programs.map(({ title }) => `${name}: ${title}`)).filter((row) => !rows.has(row)),
    ).toEqual([]);
  });
});
