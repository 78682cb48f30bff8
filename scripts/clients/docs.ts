import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { CLIENTS, type Client, FAMILIES } from '../../src/clients/index.ts';
import { COLUMNS, type Column, type Deviation, type Example, examples, type Toolchain } from './manifest.ts';
import type { Cell, Result, Row } from './result.ts';

/** The result of the run that the pages show. */
export const RESULT = 'docs/clients.json';

/** How a workflow installs an example before it runs it. */
const INSTALL: Partial<Record<Toolchain, string>> = {
  node: 'npm ci',
  python: 'pip install --requirement requirements.txt',
  go: 'go build -o main .',
  rust: 'cargo build',
  java: 'mvn --quiet package',
  c: 'cc -I/usr/include/postgresql -o main main.c -lpq',
};

/** The files of an example that no reader needs. */
const ASIDE = /^(?:example\.json|package\.json|go\.(?:mod|sum)|pom\.xml|Cargo\.toml|local\.js)$/;

const MARK: Record<Cell['outcome'], string> = { ok: '✓', red: '✗', known: '✗', 'not run': '–' };

/** Every page about clients: path below the repository, and content. Made from the registry, the examples and one run's result. */
export function render(root: string, result: Result): Map<string, string> {
  const all = examples(root);
  const pages = new Map([['docs/clients.md', overview(result, all)]]);
  for (const client of CLIENTS) pages.set(pagePath(client), page(root, client, all, result));
  return pages;
}

const fileName = ({ name }: Client): string => `${name.replaceAll('/', '-')}.md`;
const pagePath = (client: Client): string => `docs/clients/${fileName(client)}`;

/** Writes the result and the pages, and removes the page of a client that is gone. */
export function writeDocs(root: string, result: Result): void {
  const kept = lasting(result);
  const pages = render(root, kept);
  const folder = join(root, 'docs', 'clients');
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (!pages.has(`docs/clients/${file}`)) rmSync(join(folder, file));
  for (const [path, content] of [...pages, [RESULT, `${JSON.stringify(kept, null, 2)}\n`] as const])
    writeFileSync(join(root, path), content);
}

/** What is the same in every run: no times, and no client's own words, which hold ports and paths. */
function lasting({ rows, ...result }: Result): Result {
  const quiet = ({ says: _, ...cell }: Cell): Cell => cell;
  return {
    ...result,
    rows: rows.map(({ seconds: _, cells, pooledWith, ...row }) => ({
      ...row,
      cells: Object.fromEntries(Object.entries(cells).map(([column, cell]) => [column, quiet(cell)])),
      ...(pooledWith ? { pooledWith: quiet(pooledWith) } : {}),
    })),
  };
}

export const readResult = (root: string): Result => JSON.parse(readFileSync(join(root, RESULT), 'utf8'));

const columns = Object.keys(COLUMNS) as Column[];

function overview({ postgresql, pgbouncer, rows, neverExported }: Result, all: readonly Example[]): string {
  const notes: Deviation[] = [];
  const lines = CLIENTS.toSorted((a, b) => FAMILIES.indexOf(a.family) - FAMILIES.indexOf(b.family)).flatMap((client) => {
    const own = rows.filter((row) => row.client === client.name);
    const name = `[${client.title}](clients/${fileName(client)})`;
    const said = [client.variables ? `\`clients: ${client.name}\`` : '', client.pooled ?? ''];
    if (own.length === 0) return [`| ${[name, 'not run', '', ...columns.map(() => ''), ...said].join(' | ')} |`];
    return own.map(
      (row) =>
        `| ${[name, row.title, row.version, ...columns.map((column) => mark(row.cells[column], notes)), ...said].join(' | ')} |`,
    );
  });
  const green = columns.map((column) => {
    const tried = rows.flatMap(({ cells }) => cells[column] ?? []).filter(({ outcome }) => outcome !== 'not run');
    return `| ${column} | ${COLUMNS[column]} | ${tried.filter(({ outcome }) => outcome === 'ok').length} of ${tried.length} |`;
  });
  return `# Clients

<!-- Made by \`npm run test:clients -- --docs\`; do not edit. -->

Every row is a small program in [examples](../examples), run with nothing but what one step of this action exported: PostgreSQL
${postgresql} with TLS from a private CA, and PgBouncer ${pgbouncer} in transaction mode, each time with a plain password and with
\`p@ss/w:ord%#?&= +$x'"\\z!ü€\`. A client that reads \`PG*\` or \`DATABASE_URL\` need not be named in \`clients\`.

| column | what it shows | green |
|---|---|---|
${green.join('\n')}

| client | program | version | ${columns.join(' | ')} | needs | for a pool in transaction mode |
|---|---|---|${columns.map(() => '---|').join('')}---|---|
${lines.join('\n')}

✓ works, or refuses where it must · ✗ does not, for the reason in the note · – not run · blank: does not apply

${notes.map(({ because, fix }, index) => `${index + 1}. ${because} ${fix}`).join('\n')}

${all.flatMap(({ programs }) => programs.flatMap(({ note }) => (note ? [`- ${note}`] : []))).join('\n')}

Java reads variables in the locale’s encoding: a container without a locale needs \`LANG: C.UTF-8\` for a password that is not ASCII, as
GitHub’s own runners have it. The two rows of Neon’s serverless driver run against a double of Neon’s HTTP and WebSocket service on
the same machine, before the same PostgreSQL.

## What is never exported

These variables are libpq’s, and a client refuses to work when one of them is set; no later step could unset it.

| variable | client | what it says |
|---|---|---|
${neverExported.map(({ variable, client, version, says }) => `| \`${variable}\` | ${client} ${version} | ${says ? `\`${says}\`` : ''} |`).join('\n')}
`;
}

/** A cell, with the number of its note: one number for each reason. */
function mark(cell: Cell | undefined, notes: Deviation[]): string {
  if (!cell) return '';
  const { deviation } = cell;
  if (!deviation) return MARK[cell.outcome];
  let number = notes.findIndex(({ because, fix }) => because === deviation.because && fix === deviation.fix);
  if (number < 0) number = notes.push(deviation) - 1;
  return `${MARK[cell.outcome]}<sup>${number + 1}</sup>`;
}

function page(root: string, client: Client, all: readonly Example[], { rows }: Result): string {
  const own = all.filter((example) => example.client === client.name);
  const parts = [
    `# ${client.title}`,
    '<!-- Made by `npm run test:clients -- --docs`; do not edit. -->',
    `Reads ${client.reads}.`,
    client.variables
      ? `Name it: \`clients: ${client.name}\`${client.aliases ? ` (or ${client.aliases.map((alias) => `\`${alias}\``).join(', ')})` : ''}.`
      : 'What every job gets serves it; it need not be named in `clients`.',
    client.migrates ? directHost(client) : '',
    client.pooled ? `Behind a pool in transaction mode it needs ${client.pooled}.` : '',
    ...own.map((example) => workflow(client, example)),
    own.length === 0
      ? 'This client is not run: none of the package registries that the tests use carries it. Its spelling is tested against its documented grammar.'
      : '',
    ...own.flatMap((example) => programs(root, example)),
    ...own.flatMap((example) => results(rows.filter((row) => row.example === example.name))),
    ...own.flatMap(({ programs }) => programs.flatMap(({ note }) => note ?? [])),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/** What the step's own notice says when such a client meets the pooler (overPooler in src/clients/variables.ts). */
const directHost = ({ readsUrl }: Client): string =>
  readsUrl
    ? 'To migrate it needs the direct host: on Neon, not the `-pooler` one. `pooled: false` makes the step choose it for the whole job; or let it use `DATABASE_URL_UNPOOLED` or `DIRECT_URL`, which have it on Neon in any case.'
    : 'It needs the direct host: on Neon, not the `-pooler` one. `pooled: false` makes the step choose it.';

/** The workflow's steps: the very command that is run. */
function workflow(client: Client, example: Example): string {
  const install = INSTALL[example.needs];
  const commands = [...new Set(example.programs.map(({ run, serve }) => `${run.join(' ')}${serve ? ' &' : ''}`))];
  return [
    '```yaml',
    ...(install ? [`- run: ${install}`] : []),
    '- uses: octo-org/neon-connect@v1',
    '  with:',
    `    connection-string: \${{ secrets.DATABASE_URL }}`,
    ...(client.variables ? [`    clients: ${client.name}`] : []),
    ...(client.name === 'dotenv' ? ['    env-file: .env'] : []),
    ...commands.map((command) => `- run: ${command}`),
    '```',
  ].join('\n');
}

/** The files of an example, as they were run. */
function programs(root: string, { name }: Example): string[] {
  const folder = join(root, 'examples', name);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !ASIDE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  return files.map((file) => {
    const text = readFileSync(join(folder, file), 'utf8').trimEnd();
    return `[\`examples/${name}/${file}\`](../../examples/${name}/${file})\n\n\`\`\`${extname(file).slice(1)}\n${text}\n\`\`\``;
  });
}

function results(rows: readonly Row[]): string[] {
  const notes: Deviation[] = [];
  const lines = rows.map(
    ({ title, version, cells, pooledWith }) =>
      `| ${[title, version, ...columns.map((column) => mark(cells[column], notes)), pooledWith ? MARK[pooledWith.outcome] : ''].join(' | ')} |`,
  );
  return [
    `| program | version | ${columns.join(' | ')} | untracked, with what is added |\n|---|---|${columns.map(() => '---|').join('')}---|\n${lines.join('\n')}`,
    notes.map(({ because, fix }, index) => `${index + 1}. ${because} ${fix}`).join('\n'),
  ];
}
