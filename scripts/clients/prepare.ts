import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { embedded } from '../../__tests__/support/embedded.ts';
import { exec } from './exec.ts';
import type { Program, Toolchain } from './manifest.ts';

/** Everything that is downloaded or built lies here, outside of what git knows, and is used again by the next run. */
const cache = (root: string): string => join(root, '.cache', 'clients');

/** Where the examples are built and run. */
export const workplace = (root: string): string => join(cache(root), 'examples');

const target = (root: string): string => join(cache(root), 'target');
const venv = (root: string): string => join(cache(root), 'python');

/** What the examples find first: the pinned Node, the virtual environment's Python, the Rust programs. */
export const path = (root: string): string =>
  [join(root, 'node_modules', '.bin'), join(venv(root), 'bin'), join(target(root), 'debug'), process.env.PATH].join(':');

/** Copies the examples to where they are built. What was built from files that did not change stays. */
export function copyExamples(root: string): void {
  mkdirSync(workplace(root), { recursive: true });
  const changed = (from: string, to: string): boolean =>
    !existsSync(to) || readdirSafe(from) || !readFileSync(from).equals(readFileSync(to));
  cpSync(join(root, 'examples'), workplace(root), { recursive: true, filter: changed });
}

/** True for a folder: those are always entered. */
function readdirSafe(file: string): boolean {
  try {
    readdirSync(file);
    return true;
  } catch {
    return false;
  }
}

type Step = readonly [command: readonly string[], where?: string, env?: Readonly<Record<string, string>>];

/** How each toolchain's examples are built, and from which files; nothing is done when those did not change. */
function recipe(root: string, toolchain: Toolchain): { sources: string[]; steps: Step[] } {
  const steps: Record<Toolchain, { sources: string[]; steps: Step[] }> = {
    psql: { sources: [], steps: [[['psql', '--version']], [['pg_dump', '--version']]] },
    c: { sources: ['libpq/main.c'], steps: [[['cc', '-I/usr/include/postgresql', '-o', 'main', 'main.c', '-lpq'], 'libpq']] },
    node: {
      sources: ['package-lock.json', 'prisma/prisma/schema.prisma', 'nextjs/app/**/*.js'],
      steps: [
        [['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund']],
        // Generating the client needs no engine; without this the command line would download one.
        [['npx', '--no-install', 'prisma', 'generate'], 'prisma', { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true' }],
        [['npx', '--no-install', 'next', 'build'], 'nextjs', { NEXT_TELEMETRY_DISABLED: '1' }],
      ],
    },
    python: {
      sources: ['requirements.txt'],
      steps: [
        [['python3', '-m', 'venv', venv(root)]],
        [[join(venv(root), 'bin', 'pip'), 'install', '--quiet', '--requirement', 'requirements.txt']],
      ],
    },
    go: {
      sources: ['*/go.mod', '*/go.sum', '*/*.go'],
      steps: globSync('*/go.mod', { cwd: join(root, 'examples') }).map(
        (file): Step => [['go', 'build', '-o', 'main', '.'], dirname(file)],
      ),
    },
    rust: {
      sources: ['Cargo.toml', 'Cargo.lock', '*/Cargo.toml', '*/src/main.rs'],
      steps: [[['cargo', 'build', '--workspace', '--locked'], '.', { CARGO_TARGET_DIR: target(root) }]],
    },
    java: {
      sources: ['pom.xml', '*/pom.xml', '*/src/main/**/*.*'],
      steps: [[['mvn', '--quiet', '--batch-mode', `-Dmaven.repo.local=${join(cache(root), 'maven')}`, 'package']]],
    },
    php: {
      sources: [],
      steps: [[['php', '-r', 'extension_loaded("pdo_pgsql") || exit(1); require "Doctrine/DBAL/autoload.php";']]],
    },
    ruby: { sources: [], steps: [[['ruby', '-e', 'require "pg"; require "active_record"; require "dotenv"']]] },
  };
  return steps[toolchain];
}

/**
 * Builds the examples of one toolchain.
 *
 * @returns undefined when they are ready, else in one line why they cannot be run on this machine
 */
export async function prepare(root: string, toolchain: Toolchain): Promise<string | undefined> {
  const { sources, steps } = recipe(root, toolchain);
  const files = sources.flatMap((pattern) => globSync(pattern, { cwd: join(root, 'examples') })).sort();
  const hash = createHash('sha256').update(JSON.stringify(steps));
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, 'examples', file)));
  const digest = hash.digest('hex');
  const stamp = join(cache(root), `${toolchain}.stamp`);
  if (sources.length > 0 && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return undefined;
  for (const [command, where = '.', env = {}] of steps) {
    const ran = await exec(command, {
      cwd: join(workplace(root), where),
      env: { ...process.env, PATH: path(root), ...env },
      timeout: 900_000,
    });
    if (ran.code !== 0) {
      const said = `${ran.err}\n${ran.out}`.split('\n').map((line) => line.trim());
      const why = said.find((line) => /error|fail|not found/i.test(line)) ?? said.find((line) => line) ?? 'no output';
      return `${command
        .slice(0, 3)
        .map((word) => basename(word))
        .join(' ')}: ${why.slice(0, 300)}`;
    }
  }
  writeFileSync(stamp, digest);
  return undefined;
}

/** The version of the client that a program uses, as its package manager tells it; `?` when it does not. */
export async function version(root: string, example: string, { version: source }: Program): Promise<string> {
  const [, from, name] = /^(\w+):?(.*)$/.exec(source) as unknown as [string, string, string];
  const here = workplace(root);
  const text = (file: string): string => readFileSync(join(here, file), 'utf8');
  const say = async (command: readonly string[]): Promise<string> =>
    /\d+(?:\.\d+)+/.exec((await exec(command, { cwd: here, env: { ...process.env, PATH: path(root) } })).out)?.[0] ?? '?';
  switch (from) {
    case 'npm': {
      const own = `${example}/node_modules/${name}/package.json`;
      return JSON.parse(text(existsSync(join(here, own)) ? own : `node_modules/${name}/package.json`)).version;
    }
    case 'pip':
      return say(['python', '-c', `import importlib.metadata as m; print(m.version('${name}'))`]);
    case 'go':
      return new RegExp(`${name} v([\\d.]+)`).exec(text(`${example}/go.mod`))?.[1] ?? '?';
    case 'cargo':
      return new RegExp(`name = "${name}"\\nversion = "([^"]+)"`).exec(text('Cargo.lock'))?.[1] ?? '?';
    case 'jar':
      return (
        globSync(`${example}/target/{lib,quarkus-app/lib/main}/${name}-[0-9]*.jar`, { cwd: here })
          .map((file) => basename(file).slice(name.length + 1, -'.jar'.length))
          .join() || '?'
      );
    case 'deb':
      return say(['dpkg-query', '--show', `--showformat=\${Version}`, name]);
    case 'libpq18':
      return say([embedded().postgres, '--version']);
    default:
      return say(name.split(' '));
  }
}
