import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './pages.ts';

interface Declared {
  readonly description: string;
  readonly default?: string;
}

/** action.yml: the one list of inputs and outputs. */
export const ACTION = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as {
  readonly inputs: Readonly<Record<string, Declared>>;
  readonly outputs: Readonly<Record<string, Declared>>;
};

/** How the docs write the action's address: GitHub's own example organisation stands for its owner. */
export const USES = 'octo-org/neon-connect@v1';
