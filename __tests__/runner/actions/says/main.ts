import { appendFileSync } from 'node:fs';

const input = (name: string): string => process.env[`INPUT_${name.toUpperCase()}`] ?? 'not set';

for (const file of ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY']) {
  appendFileSync(process.env[file] as string, Buffer.from(input(file), 'latin1'));
}
process.stdout.write(input('stdout').replace('{environment}', () => JSON.stringify(process.env)));
process.stderr.write(input('stderr'));
process.exitCode = Number(input('exit-code'));
