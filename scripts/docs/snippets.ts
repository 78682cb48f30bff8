import { parseAllDocuments, visit } from 'yaml';
import { findClient } from '../../src/clients/index.ts';
import { ACTION, USES } from './action.ts';

/** A step as a snippet has it. */
interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** Every step of a snippet that uses this action, whether the snippet is a whole workflow or a list of steps. */
export function ownSteps(yaml: string): Step[] {
  const steps: Step[] = [];
  for (const document of parseAllDocuments(yaml)) {
    visit(document, {
      Map: (_, node) => {
        const step = node.toJS(document) as Step;
        if (typeof step.uses === 'string' && /\bneon-connect\b|^\.\/?$/.test(step.uses)) steps.push(step);
      },
    });
  }
  return steps;
}

/** Compares a YAML snippet with action.yml: the address, the inputs, the outputs and the clients that it names. */
export function complaintsAboutYaml(yaml: string): string[] {
  const errors = parseAllDocuments(yaml).flatMap((document) => [...document.errors, ...document.warnings]);
  if (errors.length > 0) return errors.map(({ message }) => `not YAML: ${message.split('\n', 1)[0]}`);
  const complaints: string[] = [];
  const steps = ownSteps(yaml);
  for (const { uses, with: inputs = {} } of steps) {
    if (uses !== USES && uses !== './') complaints.push(`the action is written ${USES} everywhere, not ${uses}`);
    for (const input of Object.keys(inputs)) if (!(input in ACTION.inputs)) complaints.push(`there is no input ${input}`);
    for (const name of String(inputs.clients ?? '').split(/[,\n]/)) {
      if (name.trim() !== '' && !name.includes('${{') && !findClient(name)) complaints.push(`there is no client ${name.trim()}`);
    }
  }
  const ids = new Set(steps.map(({ id }) => id));
  for (const [, id, output] of yaml.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
    if (ids.has(id) && !((output as string) in ACTION.outputs)) complaints.push(`there is no output ${output}`);
  }
  return complaints;
}
