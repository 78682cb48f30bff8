import type { IConfiguration } from 'dependency-cruiser';

/** `npm run deps`: which room may import which. Direction: problems ← connection ← sources, clients, probe ← runner and the step itself. */
const inside = (...rooms: string[]) => ({ path: `^src/(${rooms.join('|')})/` });

export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle is one file in two pieces.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'library-knows-no-runner',
      severity: 'error',
      comment: 'The connection, its sources, the clients and the probe can be used where there is no GitHub.',
      from: inside('problems', 'connection', 'sources', 'clients', 'probe'),
      to: { path: '^src/runner/|^src/(main|cleanup|inputs|export|secrets|guards)\\.ts$|^node_modules/@actions/' },
    },
    {
      name: 'problems-know-nobody',
      severity: 'error',
      from: inside('problems'),
      to: { path: '^src/', pathNot: '^src/problems/' },
    },
    {
      name: 'connection-knows-no-use-of-it',
      severity: 'error',
      from: inside('connection'),
      to: inside('sources', 'clients', 'probe'),
    },
    {
      name: 'uses-know-not-each-other',
      severity: 'error',
      from: { path: '^src/(sources|clients|probe)/' },
      to: { path: '^src/(sources|clients|probe)/', pathNot: '^src/$1/' },
    },
    {
      name: 'not-orphaned',
      severity: 'error',
      comment: 'A file that nobody imports is dead, unless it is where a program starts.',
      from: { orphan: true, pathNot: '^src/(main|cleanup|explain)\\.ts$|\\.d\\.ts$' },
      to: {},
    },
    {
      name: 'dead',
      severity: 'error',
      comment:
        'Nothing that the step, its clean-up or explain leads to; but for the tables as a whole, which the docs and tests read.',
      from: { path: '^src/(main|cleanup|explain)\\.ts$' },
      to: { path: '^src/', pathNot: '\\.d\\.ts$|^src/(main|cleanup|explain|problems/all|clients/index)\\.ts$', reachable: false },
    },
    {
      name: 'ships-only-dependencies',
      severity: 'error',
      comment: 'What src/ imports ships, so it is no development dependency.',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'undetermined', 'unknown'],
        // Its types only, which are gone after compiling.
        pathNot: '^node_modules/@neondatabase/api-client/',
      },
    },
    { name: 'resolvable', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
} satisfies IConfiguration;
