import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMS } from '../../src/runner/forms.ts';
import { ACTION } from './action.ts';
import { ROOT, table } from './pages.ts';
import { problems } from './problems.ts';
import { rooms } from './rooms.ts';
import { variablesTable } from './variables.ts';

/** What generates each part, by the name in its markers. */
export const PARTS: Readonly<Record<string, () => string | Promise<string>>> = {
  inputs: () =>
    table(
      ['input', 'default', 'meaning'],
      Object.entries(ACTION.inputs).map(([name, { description, default: value }]) => [
        `\`${name}\``,
        value === undefined ? '' : `\`${value}\``,
        sentence(description),
      ]),
    ),
  outputs: () =>
    table(
      ['output', 'meaning'],
      Object.entries(ACTION.outputs).map(([name, { description }]) => [`\`${name}\``, sentence(description)]),
    ),
  variables: variablesTable,
  problems,
  masks: () => FORMS.map(({ name }) => `- ${name}`).join('\n'),
  rooms,
  ...workflows(),
};

/** Each file of examples/workflows/, as `workflow-NAME`. */
function workflows(): Record<string, () => string> {
  const folder = join(ROOT, 'examples', 'workflows');
  return Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith('.yml'))
      .map((file) => [
        `workflow-${file.slice(0, -'.yml'.length)}`,
        () => ['```yaml', readFileSync(join(folder, file), 'utf8').trimEnd(), '```'].join('\n'),
      ]),
  );
}

/** A description of action.yml is plain text; in Markdown the pages it names become links. */
const sentence = (text: string): string => text.trim().replace(/\bdocs\/(\w+)\.md/g, '[$&](docs/$1.md)');
