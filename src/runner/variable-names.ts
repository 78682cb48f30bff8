import { Problem } from '../problems/index.ts';

/**
 * Names that change what later steps run, load or trust, or that the runner itself reads. The runner blocks NODE_OPTIONS
 * alone. `*` stands for any ending (or, in front, any beginning).
 */
export const RESERVED_NAMES: readonly string[] = [
  ...['PATH', 'HOME', 'SHELL', 'IFS', 'ENV', 'CDPATH', 'TMPDIR', 'BASH_*', 'PS4', 'PROMPT_COMMAND', 'LD_*', 'DYLD_*'],
  ...['NODE_*', 'NPM_*', 'PYTHON*', 'PERL5*', 'RUBY*', 'GEM_*', 'BUNDLE_*', 'GIT_*', 'SSH_*', 'DOCKER_*'],
  ...['JAVA_TOOL_OPTIONS', '_JAVA_OPTIONS', 'JDK_JAVA_OPTIONS', 'CLASSPATH', 'GOFLAGS', 'RUSTC_*', 'CARGO_*'],
  ...['GITHUB_*', 'RUNNER_*', 'ACTIONS_*', 'INPUT_*', 'STATE_*', 'CI', 'SSL_CERT_*', 'OPENSSL_*', '*_PROXY'],
  ...['PGOPTIONS', 'PGSERVICE', 'PGSERVICEFILE', 'PGPASSFILE', 'PGSYSCONFDIR', 'PGHOSTADDR', 'PGSSLROOTCERT'],
];

const isReserved = (name: string): boolean =>
  RESERVED_NAMES.some((entry) => {
    if (entry.startsWith('*')) return name.endsWith(entry.slice(1));
    return entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : name === entry;
  });

/**
 * Puts the prefix before every name, after checking that the names that result are harmless ones.
 *
 * @param prefix the input `env-prefix`; empty leaves everything as it is
 * @throws Problem invalid-input
 */
export function prefixed(variables: ReadonlyMap<string, string>, prefix: string): Map<string, string> {
  if (prefix === '') return new Map(variables);
  if (!/^[A-Z][A-Z0-9_]{0,63}$/.test(prefix)) {
    throw new Problem('invalid-input', {
      input: 'env-prefix',
      what: 'is not an upper-case letter followed by at most 63 upper-case letters, digits or `_`',
      fix: 'Use a prefix such as `ANALYTICS_`.',
    });
  }
  const result = new Map(Array.from(variables, ([name, value]) => [prefix + name, value] as const));
  const reserved = [...result.keys()].find(isReserved);
  if (reserved !== undefined) {
    throw new Problem('invalid-input', {
      input: 'env-prefix',
      what: `would set \`${reserved}\`, a name by which other programs are steered`,
      fix: 'Use another prefix, such as the name of what the database holds.',
    });
  }
  return result;
}
