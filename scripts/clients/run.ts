import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { embedded } from '../../__tests__/support/embedded.ts';
import { encode } from '../../src/clients/spelling.ts';
import { readResult, writeDocs } from './docs.ts';
import { end, exec, type Ran } from './exec.ts';
import { COLUMNS, type Column, type Example, examples, type Mode, type Program, type Toolchain } from './manifest.ts';
import { tryNeverExported } from './never-exported.ts';
import { findPgBouncer } from './pgbouncer.ts';
import { copyExamples, path, prepare, version, workplace } from './prepare.ts';
import type { Cell, NeverExported, Result, Row } from './result.ts';
import { DATABASE, freePort, PASSWORDS, type Password, reachable, role, type Servers, startServers } from './servers.ts';
import { step } from './step.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** A row to be run. */
interface Task {
  readonly index: number;
  readonly example: Example;
  readonly program: Program;
}

/** One try of a program: a server, and what the step is told. */
interface Try {
  readonly port: number;
  readonly mode: Mode;
  readonly password: Password;
  /** The CA, where the step is given one. */
  readonly ca: string | undefined;
  readonly pooled: boolean;
  /** What the program is told to add. */
  readonly more?: readonly string[];
}

/** What a try showed: the program's answer is right, or why it is not. */
type Shown = { readonly ok: true } | { readonly ok: false; readonly connected: boolean; readonly says: string };

async function attempt({ index, example, program }: Task, servers: Servers, what: Try): Promise<Shown> {
  const user = role(index, what.password);
  const home = mkdtempSync(join(tmpdir(), 'neon-connect-home-'));
  const job = await step({
    'connection-string': `postgresql://${user}:${encode(PASSWORDS[what.password])}@localhost:${what.port}/${DATABASE}`,
    ...(what.mode === 'local' ? {} : { sslmode: what.mode }),
    ...(what.ca ? { sslrootcert: what.ca } : {}),
    clients: (program.clients ?? []).join(),
    ...(program.dotenv ? { 'env-file': '.env' } : {}),
  });
  try {
    // What every runner image sets, and nothing else: PATH, HOME, and the locale, without which Java cannot read a variable that is
    // not ASCII.
    const base = { PATH: path(ROOT), HOME: home, LANG: 'C.UTF-8' };
    const libpq18 = program.libpq18 ? { LD_LIBRARY_PATH: join(embedded().root, 'lib') } : {};
    const double = program.double ? { NEON_DOUBLE_PORT: String(servers.double.port) } : {};
    // Node reads this one before any `.env` file: the job's own variable counts.
    const { NODE_EXTRA_CA_CERTS } = job.env;
    const given = program.dotenv ? (NODE_EXTRA_CA_CERTS ? { NODE_EXTRA_CA_CERTS } : {}) : job.env;
    const cwd = join(workplace(ROOT), example.name);
    // An example reads the `.env` of the folder that it is started in; its own files are named by their full paths then.
    const here = (word: string): string => (program.dotenv && existsSync(join(cwd, word)) ? join(cwd, word) : word);
    const command = [...program.run.map(here), ...(what.more ?? [])];
    const options = { cwd: program.dotenv ? job.workspace : cwd, env: { ...base, ...libpq18, ...double, ...given } };
    const ran = program.serve ? await fetched(command, program.serve, options) : await exec(command, options);
    return judge(ran, program, what, user, servers.version);
  } finally {
    job.end();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Starts a web server, asks it once, and ends it. */
async function fetched(
  command: readonly string[],
  route: string,
  { cwd, env }: { cwd: string; env: Record<string, string> },
): Promise<Ran> {
  const port = await freePort();
  const [program, ...args] = command as [string, ...string[]];
  const child = spawn(program, [...args, '--port', String(port)], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let err = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      err += chunk;
    });
  try {
    await Promise.race([reachable(port), once(child, 'exit').then(() => Promise.reject(new Error('the server ended')))]);
    const response = await fetch(`http://127.0.0.1:${port}${route}`);
    return { code: response.ok ? 0 : 1, out: await response.text(), err };
  } catch (error) {
    return { code: undefined, out: '', err: `${err}\n${error}` };
  } finally {
    end(child);
  }
}

/** Compares the answer with what is true. */
function judge(ran: Ran, program: Program, what: Try, user: string, server: string): Shown {
  const all = `${ran.out}\n${ran.err}`;
  if (program.connected && new RegExp(program.connected).test(all)) return { ok: true };
  const line = /\{[^{}]*"server"[^{}]*\}/.exec(ran.out)?.[0];
  if (!line) return { ok: false, connected: false, says: complaint(ran) };
  const answer = JSON.parse(line) as { user: string; database: string; tls: string | null; server: string };
  const encrypted = what.mode !== 'local';
  const wrong = [
    answer.user !== user && `user ${answer.user}`,
    answer.database !== DATABASE && `database ${answer.database}`,
    answer.server !== server && `server ${answer.server}`,
    // Through PgBouncer the server sees PgBouncer's own connection; that the client's is encrypted is PgBouncer's rule then.
    (encrypted ? !/^TLSv1\.[23]$/.test(answer.tls ?? '') : answer.tls !== null) && `tls ${answer.tls}`,
  ].filter(Boolean);
  return wrong.length === 0 ? { ok: true } : { ok: false, connected: true, says: `answered ${wrong.join(', ')}` };
}

/** The lines of a failed program that say most. */
function complaint({ code, out, err }: Ran): string {
  const lines = `${err}\n${out}`
    .split('\n')
    .map((line) => line.trim())
    .filter(
      (line) => line && line.length < 1000 && !/^(?:at|\^|\(|- |#|goroutine|Traceback)|SECURITY|triggerUncaught/.test(line),
    );
  const first = (pattern: RegExp): string | undefined => lines.find((line) => pattern.test(line));
  const cause = first(/prepared statement|certificate|self-signed|altname|PKIX|hostname/i);
  const error = first(/error|fatal|exception|panic|refus|denied|cannot/i);
  const said = new Set([error, cause].filter((line) => line !== undefined));
  return [...said].map((line) => line.slice(-400)).join(' | ') || lines[0] || `ended with ${code ?? 'no code'}`;
}

/** Tries one row in all its columns. */
async function runRow(task: Task, servers: Servers): Promise<Row> {
  const { example, program } = task;
  const began = Date.now();
  const known = async () => version(ROOT, example.name, program).catch(() => '?');
  const cells: Partial<Record<Column, Cell>> = {};
  const { ports, pools, ca } = servers;
  const wanted = (column: Column): boolean => program.only === undefined || program.only.includes(column);
  const attemptAll = async (tries: readonly Try[]): Promise<Shown> => {
    for (const what of tries) {
      const shown = await attempt(task, servers, what);
      if (!shown.ok) return shown;
    }
    return { ok: true };
  };
  const settle = (column: Column, shown: Shown): Cell => {
    const deviation = example.deviations?.find(
      ({ columns, programs }) => columns.includes(column) && (programs === undefined || programs.includes(program.title)),
    );
    if (shown.ok)
      return deviation ? { outcome: 'red', says: 'works, although the example says that it does not' } : { outcome: 'ok' };
    if (!deviation) return { outcome: 'red', says: shown.says };
    return new RegExp(deviation.says, 'i').test(shown.says)
      ? { outcome: 'known', says: shown.says, deviation }
      : { outcome: 'red', says: `fails otherwise than the example says: ${shown.says}` };
  };

  const pooledTries = (mode: Mode, port: number, more?: readonly string[]): Try[] =>
    // Twice: what the first leaves behind in the server's session meets the second.
    (['plain', 'nasty', 'nasty'] as const).map((password) => ({
      port,
      mode,
      password,
      ca: mode === 'local' ? undefined : ca,
      pooled: true,
      ...(more ? { more } : {}),
    }));
  const pooled = async (column: Column, mode: Mode, pool: keyof NonNullable<Servers['pools']>): Promise<void> => {
    if (!wanted(column)) return;
    cells[column] = pools
      ? settle(column, await attemptAll(pooledTries(mode, pools[pool])))
      : { outcome: 'not run', says: 'no pgbouncer' };
  };
  for (const mode of ['verify-full', 'require', 'local'] as const) {
    if (wanted(mode))
      cells[mode] = settle(
        mode,
        await attemptAll(
          (['plain', 'nasty'] as const).map((password) => ({
            port: mode === 'local' ? ports.plain : ports.tls,
            mode,
            password,
            ca: mode === 'local' ? undefined : ca,
            pooled: false,
          })),
        ),
      );
    await pooled(`${mode}, pooled`, mode, mode === 'local' ? 'plain' : 'tls');
  }
  await pooled('pooled, untracked', 'verify-full', 'untracked');
  if (wanted('wrong certificate')) cells['wrong certificate'] = settle('wrong certificate', await refuses(task, servers));
  if (wanted('require, unknown CA')) {
    const unknown: Try = { port: ports.tls, mode: 'require', password: 'plain', ca: undefined, pooled: false };
    cells['require, unknown CA'] = settle('require, unknown CA', await attempt(task, servers, unknown));
  }
  const withMore =
    program.pooled && pools ? await attemptAll(pooledTries('verify-full', pools.untracked, program.pooled)) : undefined;
  return {
    example: example.name,
    client: example.client,
    title: program.title,
    version: await known(),
    clients: program.clients ?? [],
    cells,
    ...(withMore ? { pooledWith: withMore.ok ? { outcome: 'ok' } : { outcome: 'red', says: withMore.says } } : {}),
    seconds: Math.round((Date.now() - began) / 100) / 10,
  };
}

/** The client must refuse both wrong certificates, and because of them. */
async function refuses(task: Task, { ports, ca, ...servers }: Servers): Promise<Shown> {
  for (const [name, port] of [
    ['another name', ports.wrongName],
    ['another CA', ports.wrongCa],
  ] as const) {
    const what: Try = { port, mode: 'verify-full', password: 'plain', ca, pooled: false };
    const shown = await attempt(task, { ports, ca, ...servers }, what);
    if (shown.ok) return { ok: false, connected: true, says: `connects to a server whose certificate has ${name}` };
    if (!/certif|verify|verif|altname|host ?name|PKIX|x509|self.signed/i.test(shown.says))
      return { ok: false, connected: false, says: `refuses for another reason: ${shown.says}` };
  }
  return { ok: true };
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      'require-all': { type: 'boolean', default: process.env.CI === 'true' },
      docs: { type: 'boolean', default: false },
    },
  });
  const began = Date.now();
  const chosen = examples(ROOT).filter(
    ({ name, client }) => !values.only || values.only.some((one) => one === name || one === client),
  );
  if (chosen.length === 0) throw new Error(`No example is called ${values.only?.join(' or ')}.`);
  const tasks: Task[] = chosen.flatMap((example) => example.programs.map((program) => ({ index: 0, example, program })));
  const numbered = tasks.map((task, index) => ({ ...task, index }));

  copyExamples(ROOT);
  const missing = new Map<Toolchain, string>();
  for (const toolchain of new Set(tasks.map(({ example, program }) => program.needs ?? example.needs))) {
    const start = Date.now();
    const why = await prepare(ROOT, toolchain);
    if (why) missing.set(toolchain, why);
    console.log(`${toolchain.padEnd(8)} ${why ? `not here: ${why}` : 'ready'} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  }

  const pgbouncer = await findPgBouncer(ROOT);
  const servers = await startServers(numbered.length, typeof pgbouncer === 'string' ? undefined : pgbouncer);
  console.log(
    `PostgreSQL ${servers.version}${typeof pgbouncer === 'string' ? `; ${pgbouncer}` : `, PgBouncer ${pgbouncer.version} in transaction mode`}`,
  );
  // Interrupted, it leaves no server behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => servers.stop().then(() => process.exit(1)));
  const rows: Row[] = [];
  const neverExported: NeverExported[] = [];
  try {
    const queue = [...numbered];
    const work = async (): Promise<void> => {
      for (let task = queue.shift(); task; task = queue.shift()) {
        const why = missing.get(task.program.needs ?? task.example.needs);
        const { example, program } = task;
        const row: Row = why
          ? {
              example: example.name,
              client: example.client,
              title: program.title,
              version: '',
              clients: program.clients ?? [],
              cells: {},
              missing: why,
              seconds: 0,
            }
          : await runRow(task, servers);
        rows[task.index] = row;
        print(row);
      }
    };
    await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
    if (numbered.some(({ example }) => example.client === 'lib-pq') && !missing.has('go'))
      neverExported.push(...(await breakers(servers)));
  } finally {
    await servers.stop();
  }
  const result = {
    postgresql: servers.version,
    pgbouncer: typeof pgbouncer === 'string' ? '' : pgbouncer.version,
    rows,
    neverExported,
  };
  const { red, notRun } = summarise(result, Date.now() - began);
  if (values.docs && notRun === 0 && red === 0) writeDocs(ROOT, values.only ? renewed(readResult(ROOT), result) : result);
  else if (values.docs) {
    const lacking = [
      ...[...missing].map(([toolchain, why]) => `${toolchain} is not here (${why}): run \`.ci/clients\``),
      ...(typeof pgbouncer === 'string' ? [pgbouncer] : []),
      ...(red > 0 ? [`${red} red without a reason in an \`example.json\`: the lines with ✗ above say which`] : []),
    ];
    console.log('docs/ stays as it is: pages are made from a run in which everything was run and explained.');
    for (const what of lacking) console.log(`- ${what}`);
  }
  if (values['require-all'] && notRun > 0) console.log('Every client has to be here: a missing one counts as a failure.');
  return red > 0 || (values['require-all'] && notRun > 0) ? 1 : 0;
}

/** An earlier result with the rows that were run again, for the examples that there are now. */
function renewed(before: Result, now: Result): Result {
  const key = ({ example, title }: Row): string => `${example}: ${title}`;
  const rows = new Map([...before.rows, ...now.rows].map((row) => [key(row), row]));
  const order = examples(ROOT).flatMap(({ name, programs }) => programs.map(({ title }) => `${name}: ${title}`));
  return {
    ...now,
    rows: order.flatMap((name) => rows.get(name) ?? []),
    neverExported: now.neverExported.length > 0 ? now.neverExported : before.neverExported,
  };
}

/** Shows that a client really fails on what the step never exports. */
async function breakers(servers: Servers): Promise<NeverExported[]> {
  const job = await step({
    'connection-string': `postgresql://${role(0, 'plain')}:${PASSWORDS.plain}@localhost:${servers.ports.plain}/${DATABASE}`,
  });
  try {
    const results = await tryNeverExported(ROOT, job.env);
    for (const { variable, client, version, says } of results)
      console.log(
        `${says ? '✓' : '✗'} ${variable} is never exported: ${client} ${version} ${says ? `says "${says}"` : 'works with it'}`,
      );
    return results;
  } finally {
    job.end();
  }
}

const MARK = { ok: '✓', red: '✗', known: '•', 'not run': '–' } as const;

function print({ example, title, version, cells, pooledWith, missing, seconds }: Row): void {
  const marks = (Object.keys(COLUMNS) as Column[]).map((column) => {
    const cell = cells[column];
    return cell ? MARK[cell.outcome] : ' ';
  });
  console.log(
    `${marks.join(' ')} ${pooledWith ? MARK[pooledWith.outcome] : ' '}  ${example} ${version}, ${title}${missing ? ': not run' : ''} (${seconds} s)`,
  );
  for (const [column, cell] of Object.entries(cells)) if (cell.outcome === 'red') console.log(`      ✗ ${column}: ${cell.says}`);
  if (pooledWith?.outcome === 'red') console.log(`      ✗ untracked, with what is to be added: ${pooledWith.says}`);
}

function summarise({ rows, neverExported, ...result }: Result, milliseconds: number): { red: number; notRun: number } {
  console.log('');
  for (const column of Object.keys(COLUMNS) as Column[]) {
    const tried = rows.flatMap(({ cells }) => cells[column] ?? []).filter(({ outcome }) => outcome !== 'not run');
    const green = tried.filter(({ outcome }) => outcome === 'ok').length;
    console.log(`${column.padEnd(22)} ${green} of ${tried.length} green`);
  }
  const all = rows.flatMap((row) => [...Object.values(row.cells), ...(row.pooledWith ? [row.pooledWith] : [])]);
  const red = all.filter(({ outcome }) => outcome === 'red').length + neverExported.filter(({ says }) => !says).length;
  const notRun = rows.filter(({ missing }) => missing).length + all.filter(({ outcome }) => outcome === 'not run').length;
  console.log(`${rows.length} rows, ${red} unexplained, ${notRun} not run, ${(milliseconds / 1000).toFixed(0)} s`);
  mkdirSync(join(ROOT, 'reports'), { recursive: true });
  writeFileSync(join(ROOT, 'reports', 'clients.json'), `${JSON.stringify({ ...result, rows, neverExported }, null, 2)}\n`);
  return { red, notRun };
}

process.exitCode = await main();
