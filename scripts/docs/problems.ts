import { GRACE_MS } from '../../src/probe/retry.ts';
import { type Code, type Entry, PROBLEMS, STAGES } from '../../src/problems/all.ts';

/** docs/problems.md from the table of problems: by the stage where each happens first, in the order of the stages. */
export function problems(): string {
  const all = Object.entries<Entry>(PROBLEMS);
  const anywhere = all.filter(([, { stages }]) => stages.length === STAGES.length);
  const at = (stage: string) => all.filter(([, entry]) => entry.stages.length < STAGES.length && entry.stages[0] === stage);
  return [
    ...STAGES.map((stage) => ({ title: `Stage \`${stage}\``, entries: at(stage) })),
    { title: 'At any stage', entries: anywhere },
  ]
    .map(({ title, entries }) => [`## ${title}`, ...entries.map(section)].join('\n\n'))
    .join('\n\n');
}

const section = ([code, { title, sentence, fix, causes, fixes, stages, transient }]: [string, Entry]): string => {
  if (fixes !== undefined && fixes.length !== causes.length) throw new Error(`${code} needs one fix for each of its causes`);
  return [
    `### ${code}`,
    `**${title}.** ${shown(sentence)}`,
    ...(fixes === undefined
      ? [
          causes.length === 1 ? `*Why.* ${causes[0]}` : `*Why.*\n\n${causes.map((cause) => `- ${cause}`).join('\n')}`,
          `*What to do.* ${shown(fix)}`,
        ]
      : [`*Why, and what to do.*\n\n${causes.map((cause, index) => `- ${cause} → ${fixes[index]}`).join('\n')}`]),
    `${where(stages)}${again(code, transient)}`,
  ].join('\n\n');
};

/** Whether the probe waits and tries again. */
const again = (code: string, transient: boolean): string => {
  const grace = GRACE_MS[code as Code];
  if (transient) return ' The probe tries again until its time is over, because waiting can help.';
  return grace === undefined ? '' : ` The probe tries again in its first ${grace / 1000} seconds: it may only be a start.`;
};

const where = (stages: readonly string[]): string =>
  stages.length === STAGES.length ? 'At any stage.' : `Stage ${stages.map((stage) => `\`${stage}\``).join(' or ')}.`;

/** A template with its facts as italic words. One that follows without a blank is an addition that may be empty: left out. */
const shown = (template: string): string =>
  template
    .replace(/(?<=[^\s`(=]|[^\s(=]`)\{\w+\}(?!`)/g, '')
    .replace(/`\{(\w+)\}`/g, '*$1*')
    .replace(/`[^`]*`/g, (code) => code.replace(/\{\w+\}/g, '…'))
    .replace(/\{(\w+)\}/g, '*$1*')
    .trim();
