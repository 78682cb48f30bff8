import { clean, error, group, info, mask, notice, quote, warning } from '../../../../src/runner/log.ts';

const functions = { clean, error, group, info, mask, notice, quote, warning };
const calls = JSON.parse(process.env.INPUT_CALLS ?? '[]') as [keyof typeof functions, ...unknown[]][];
for (const [name, ...parameters] of calls) {
  if (name === 'group') parameters.push(async () => info('inside'));
  const result = await (functions[name] as (...parameters: unknown[]) => unknown)(...parameters);
  if (typeof result === 'string') info(`${name} gives ${result}`);
}
