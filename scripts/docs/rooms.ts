import { cruise, type ICruiseResult } from 'dependency-cruiser';
import config from '../deps-rules.ts';

const STEP = 'step';

/** The files that stand in src/ itself and belong to no room: small helpers that know nobody. */
const HELPERS = new Set(['backoff', 'clock', 'nearest', 'roots', 'unicode']);

/** A room is a folder of src/; what lies in src/ itself is the step, from top to bottom, or a helper of its own. */
function roomOf(path: string): string | undefined {
  const [, folder, file] = /^src\/(?:(\w+)\/|([\w-]+)\.ts$)/.exec(path) ?? [];
  if (folder !== undefined) return folder;
  if (file === undefined) return undefined;
  if (HELPERS.has(file)) return 'helpers';
  return file === 'explain' ? 'explain' : STEP;
}

/** The picture of docs/architecture.md: dependency-cruiser reads the imports, and files are drawn as their rooms. */
export async function rooms(): Promise<string> {
  const { output } = await cruise(['src'], config.options);
  const files = new Map<string, string[]>();
  const arrows = new Map<string, 'now' | 'later'>();
  for (const { source, dependencies } of (output as ICruiseResult).modules) {
    const from = roomOf(source);
    if (from === undefined) continue;
    files.set(from, [...(files.get(from) ?? []), source.split('/').at(-1) as string]);
    for (const { resolved, dynamic } of dependencies) {
      const to = roomOf(resolved);
      if (to === undefined || to === from) continue;
      const arrow = `${from} ${to}`;
      if (!dynamic || !arrows.has(arrow)) arrows.set(arrow, dynamic ? 'later' : 'now');
    }
  }
  const label = (room: string, inside: readonly string[]): string =>
    room === STEP || room === 'helpers'
      ? `${room === STEP ? 'the step' : 'helpers'}<br>${[...inside].sort().join('<br>')}`
      : `${room}/`;
  const nodes = [...files].sort().map(([room, inside]) => `  ${room}["${label(room, inside)}"]`);
  const edges = [...arrows].sort().map(([arrow, when]) => `  ${arrow.replace(' ', when === 'now' ? ' --> ' : ' -.-> ')}`);
  return ['```mermaid', 'flowchart TD', ...nodes, ...edges, '```'].join('\n');
}
