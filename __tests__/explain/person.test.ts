import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { program } from '../support/program.ts';

const explain = (input: string, ...options: string[]) =>
  spawnSync(process.execPath, [program(path.resolve(import.meta.dirname, '../../src/explain.ts')), ...options], {
    input,
    encoding: 'utf8',
  });

test('a string as Neon’s button copies it: understood, exported, no secret', () => {
  const { stdout, stderr, status } = explain(
    "psql 'postgresql://app:Tr0ub4dor%40x@ep-cool-name-123456-pooler.us-east-2.aws.neon.tech/neondb?sslmode=require&channel_binding=require'\n",
    '--clients',
    'prisma',
  );
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(stdout).toMatch(/^Understood as$/m);
  expect(stdout).toMatch(/^ {2}sslmode +verify-full$/m);
  expect(stdout).toMatch(/^ {2}PGPASSWORD=\*\*\*$/m);
  expect(stdout).toMatch(/^ {2}DATABASE_URL=\*\*\*$/m);
  expect(stdout).not.toMatch(/Tr0ub4dor/);
});

test('a password that was not encoded: what is wrong, both ways out, exit status 1', () => {
  const { stdout, stderr, status } = explain('postgresql://app:Tr0ub4dor@x@db.example.org/shop');
  expect({ stderr, status }).toEqual({ stderr: '', status: 1 });
  expect(stdout).toMatch(/The step would refuse it/);
  expect(stdout).toMatch(/%40.*`password` input/);
  expect(stdout).not.toMatch(/Tr0ub4dor/);
});

test('nothing on standard input, and an option that does not exist', () => {
  expect(explain('\n').stdout).toMatch(/missing-connection/);
  expect(explain('', '--josnl')).toMatchObject({ status: 2, stderr: '' });
});
