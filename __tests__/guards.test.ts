import { guard } from '../src/guards.ts';
import { connection } from './clients/connections.ts';
import { refusalOf } from './support/refusal.ts';

const hostNotAllowed = (host: string) => ({
  code: 'host-not-allowed',
  message: `The connection goes to host \`${host}\`, which \`allowed-hosts\` does not allow.`,
  fix: 'Give this job the secret of the right database, or add the host to `allowed-hosts` if it is meant.',
});
const databaseNotAllowed = (database: string) => ({
  code: 'database-not-allowed',
  message: `The connection goes to database \`${database}\`, which \`allowed-databases\` does not allow.`,
  fix: 'Give this job the secret of the right database, or add the name to `allowed-databases` if it is meant.',
});
const refused = (hosts: readonly string[], database: string, allowed: { hosts?: string[]; databases?: string[] }) => {
  const [first, ...more] = hosts.map((host) => ({ host, port: 5432 }));
  const settled = connection({ hosts: [first as { host: string; port: number }, ...more], database });
  return refusalOf(() => guard(settled, { hosts: allowed.hosts ?? [], databases: allowed.databases ?? [] }));
};

describe('hosts', () => {
  test.each([
    ['an empty list allows all', ['db.example.org'], []],
    ['the name itself', ['db.example.org'], ['db.example.org']],
    ['one glob of several', ['db.example.org'], ['x', '*.example.org', 'y']],
    ['a name in another case', ['DB.Example.org'], ['db.example.ORG']],
    ['* for any run, dots too', ['a.b.example.org'], ['*.example.org']],
    ['* for nothing', ['db.example.org'], ['db*.example.org']],
    ['* alone', ['db.example.org'], ['*']],
    ['? for one character', ['db1.example.org'], ['db?.example.org']],
    ['each of several hosts by a glob of its own', ['a.example.org', 'b.example.com'], ['*.example.org', '*.example.com']],
    ['an IPv6 address', ['2001:db8::1'], ['2001:DB8::*']],
    ['a socket', ['/run/postgresql'], ['/run/*']],
    ['signs of regular expressions are themselves', ['a+b(c)[d]{e}^$|\\.x'], ['a+b(c)[d]{e}^$|\\.x']],
    ['a line end is a character', ['a\nb'], ['a?b']],
    ['an emoji is one character', ['a😀b'], ['a?b']],
  ])('allowed: %s', async (_, hosts, globs) => expect(await refused(hosts, 'shop', { hosts: globs })).toBeUndefined());

  test.each([
    ['another name', ['db.example.org'], ['db.example.com'], 'db.example.org'],
    ['a . opens nothing', ['dbxexample.org'], ['db.example.org'], 'dbxexample.org'],
    ['more in front', ['xdb.example.org'], ['db.example.org'], 'xdb.example.org'],
    ['more behind', ['db.example.org.evil.com'], ['db.example.org'], 'db.example.org.evil.com'],
    ['more behind a *', ['a.example.org.evil.com'], ['*.example.org'], 'a.example.org.evil.com'],
    ['? is not nothing', ['db.example.org'], ['db?.example.org'], 'db.example.org'],
    ['? is not two', ['db12.example.org'], ['db?.example.org'], 'db12.example.org'],
    ['the second of two hosts', ['a.example.org', 'b.example.com'], ['*.example.org'], 'b.example.com'],
    ['the first of two hosts', ['a.example.com', 'b.example.org'], ['*.example.org'], 'a.example.com'],
    ['a | is no choice', ['db'], ['x|db'], 'db'],
    ['[…] is no set', ['a'], ['[ab]'], 'a'],
    ['a host is told as it was given', ['DB.example.org'], ['x'], 'DB.example.org'],
  ])('refused: %s', async (_, hosts, globs, host) =>
    expect(await refused(hosts, 'shop', { hosts: globs })).toEqual(hostNotAllowed(host)),
  );
});

describe('the database', () => {
  test.each([
    ['an empty list allows all', 'shop', []],
    ['the name itself', 'shop', ['shop']],
    ['one of several', 'shop', ['x', 'sh?p']],
    ['*', 'test_shop', ['test_*']],
    ['a blank', 'my shop', ['my shop']],
  ])('allowed: %s', async (_, database, databases) => expect(await refused(['h'], database, { databases })).toBeUndefined());

  test.each([
    ['another name', 'shop', ['test']],
    ['another case: databases know it', 'Shop', ['shop']],
    ['a glob in another case', 'shop', ['SHOP']],
    ['more behind', 'shop_live', ['shop']],
  ])('refused: %s', async (_, database, databases) =>
    expect(await refused(['h'], database, { databases })).toEqual(databaseNotAllowed(database)),
  );
});

test('the host is looked at first', async () =>
  expect(await refused(['h'], 'shop', { hosts: ['x'], databases: ['y'] })).toEqual(hostNotAllowed('h')));
