import { ENCODE, type HostSource, isLocal, isSocket, pairHosts } from '../../src/connection/hosts.ts';
import { refusalOf } from '../support/refusal.ts';

describe('this machine’s own server or a service container, where TLS is not usual', () => {
  test.each([
    ['localhost'],
    ['LocalHost'],
    ['localhost.'],
    ['db.localhost'],
    ['db.localhost.'],
    ['127.0.0.1'],
    ['127.255.0.9'],
    ['::1'],
    ['0:0:0:0:0:0:0:1'],
    ['0000:0000:0000:0000:0000:0000:0000:0001'],
    ['::ffff:127.0.0.1'],
    ['::1%lo'],
    ['postgres'],
    ['my_db-1'],
    ['postgres.'],
    ['/var/run/postgresql'],
    ['@abstract.name'],
  ])('%s is', (host) => expect(isLocal({ host, port: 5432 })).toBe(true));

  test.each([
    ['db.example.org'],
    ['localhost.example.org'],
    ['notlocalhost.org'],
    ['128.0.0.1'],
    ['10.127.0.1'],
    ['192.168.1.1'],
    ['2001:db8::1'],
    ['::2'],
    ['::'],
    ['1::1'],
    ['::ffff:10.127.0.1'],
    ['::ffff:128.0.0.1'],
    ['0:0:0:0:0:0:1:1'],
    ['1:0:0:0:0:0:0:1'],
    ['10:0:0:0:0:0:0:1'],
    ['0:0:0:0:0:0:0:10'],
    ['fe80::1%eth0'],
    ['127.evil.example.org'],
    ['::1.example.org'],
  ])('%s is not', (host) => expect(isLocal({ host, port: 5432 })).toBe(false));

  test.each([
    ['a local name at a foreign address', 'localhost', '192.0.2.1', false],
    ['a foreign name at a local address: clients are handed the name', 'db.example.org', '127.0.0.1', false],
    ['a container’s name at a foreign address', 'postgres', '2001:db8::1', false],
    ['both local', 'localhost', '127.0.0.1', true],
    ['a socket, whose address is never used', '/tmp', '192.0.2.1', true],
  ])('%s', (_, host, hostaddr, local) => expect(isLocal({ host, hostaddr, port: 5432 })).toBe(local));
});

test.each([
  ['/tmp', true],
  ['@name', true],
  ['db.example.org', false],
  ['db/x', false],
  ['db@x', false],
])('%s as a Unix socket: %s', (host, socket) => expect(isSocket(host)).toBe(socket));

const pair = (parameters: Record<string, string>, source: HostSource = 'input') =>
  pairHosts(new Map(Object.entries(parameters)), source);

describe('libpq’s lists are paired', () => {
  const rows: readonly (readonly [rule: string, parameters: Record<string, string>, ...hosts: object[]])[] = [
    ['5432 without a port', { host: 'h' }, { host: 'h', port: 5432 }],
    ['the port', { host: 'h', port: '6543' }, { host: 'h', port: 6543 }],
    ['one port for all', { host: 'a,b', port: '1' }, { host: 'a', port: 1 }, { host: 'b', port: 1 }],
    ['a port for each', { host: 'a,b', port: '1,2' }, { host: 'a', port: 1 }, { host: 'b', port: 2 }],
    ['an empty port is 5432', { host: 'a,b', port: ',2' }, { host: 'a', port: 5432 }, { host: 'b', port: 2 }],
    ['a single empty port', { host: 'a', port: '' }, { host: 'a', port: 5432 }],
    ['blanks around a port, which libpq takes', { host: 'a', port: ' 7 ' }, { host: 'a', port: 7 }],
    ['an address beside the name', { host: 'h', hostaddr: '192.0.2.1' }, { host: 'h', port: 5432, hostaddr: '192.0.2.1' }],
    ['an address alone is the host', { hostaddr: '192.0.2.1' }, { host: '192.0.2.1', port: 5432 }],
    ['an address that is the host already', { host: '192.0.2.1', hostaddr: '192.0.2.1' }, { host: '192.0.2.1', port: 5432 }],
    [
      'an address for the second only',
      { host: 'a,b', hostaddr: ',192.0.2.2' },
      { host: 'a', port: 5432 },
      { host: 'b', port: 5432, hostaddr: '192.0.2.2' },
    ],
    [
      'an address where the name is empty',
      { host: 'a,', hostaddr: ',192.0.2.2' },
      { host: 'a', port: 5432 },
      { host: '192.0.2.2', port: 5432 },
    ],
    [
      'two addresses, no name',
      { hostaddr: '192.0.2.1,192.0.2.2', port: '1,2' },
      { host: '192.0.2.1', port: 1 },
      { host: '192.0.2.2', port: 2 },
    ],
  ];
  test.each(rows.map(([rule, parameters, ...hosts]) => ({ rule, parameters, hosts })))('$rule', ({ parameters, hosts }) =>
    expect(pair(parameters)).toStrictEqual(hosts),
  );
});

describe('a host', () => {
  const label = 'a'.repeat(60);
  const longest = `${label}.${label}.${label}.${label}.${'b'.repeat(9)}`;
  test.each([
    ['db.example.org'],
    ['db.example.org.'],
    ['x'],
    ['my_service'],
    ['_srv.example.org'],
    ['a-b.c-d'],
    ['1.2.3.4'],
    ['2001:db8::1'],
    ['fe80::1%eth0'],
    ['fe80::1%eth0.100-x'],
    ['fe80::1%eth_0'],
    ['/run/any thing'],
    ['@any thing'],
    ['bücher.example'],
    ['例え.テスト'],
    ['例え'],
    [longest],
  ])('%s can be one', async (host) => expect(await refusalOf(() => pair({ host }))).toBeUndefined());

  const BARE = {
    code: 'invalid-input',
    message: 'Input `host` is not a host name, an IP address or a socket directory.',
    fix: 'Give the bare host, without scheme, user, port or slashes; the port has an input of its own.',
  };
  const UNENCODED = {
    code: 'invalid-connection-string',
    message: '`connection-string` has a host with characters that no host name has.',
    fix: ENCODE,
  };
  const STRING = {
    code: 'invalid-connection-string',
    message: '`connection-string` has a host that is not a host name, an IP address or a socket directory.',
    fix: 'Give the bare host there, without scheme, user, port or slashes; the port is a part of its own, `port`.',
  };
  test.each([
    ['other://db.example.org'],
    ['x-https://db.example.org'],
    ['db.example.org:5432'],
    ['app@db.example.org'],
    ['db.example.org/shop'],
    ['db example'],
    ['-db.example.org'],
    ['db.example.org-'],
    ['.example.org'],
    ['db..example.org'],
    ['db.example.org..'],
    ['p%40ss'],
    ['db?x'],
    ['db#x'],
    ['[::1]'],
    ['::1%'],
    ['x::1%eth0'],
    ['fe80::1%eth0/x'],
    ['fe80:%a:1'],
    ['bücher@example'],
    ['€.example'],
    [`${longest}b`],
  ])('%s cannot be one', async (host) => {
    expect(await refusalOf(() => pair({ host }))).toEqual(BARE);
    expect(await refusalOf(() => pair({ host }, 'url'))).toEqual(UNENCODED);
    expect(await refusalOf(() => pair({ host }, 'string'))).toEqual(STRING);
  });

  test.each([
    ['https://db.example.org', 'https://'],
    ['HTTP://db.example.org/shop', 'http://'],
    ['tcp://db.example.org:5432', 'tcp://'],
    ['postgres://db.example.org', 'postgres://'],
    ['postgresql://db.example.org', 'postgresql://'],
  ])('with a scheme of its own is named so: %s', async (host, scheme) => {
    expect(await refusalOf(() => pair({ host }))).toEqual(BARE);
    for (const source of ['url', 'string'] as const) {
      expect(await refusalOf(() => pair({ host }, source))).toEqual({
        code: 'invalid-connection-string',
        message: '`connection-string` has an address with a scheme of its own where its host belongs.',
        fix: `Remove \`${scheme}\` from before the host.`,
      });
    }
  });

  test.each([
    ['first', { host: ',b' }],
    ['last', { host: 'a,' }],
    ['beside an empty address', { host: 'a,', hostaddr: '192.0.2.1,' }],
  ])('that is empty is refused: %s', async (_, parameters) => {
    expect(await refusalOf(() => pair(parameters))).toEqual({
      code: 'invalid-connection-string',
      message: '`connection-string` has an empty host among its hosts.',
      fix: 'Take the comma out, or put the missing host there.',
    });
  });

  test('that cannot be one may be any of several', async () => {
    expect(await refusalOf(() => pair({ host: 'good.example.org,bad host' }))).toEqual(BARE);
  });
});

test('both ways out of an unencoded password', () => {
  expect(ENCODE).toBe(
    'The password, or a user such as `name@server`, probably holds one of `@ : / ? # %` unencoded: write them as %40 %3A %2F %3F %23 %25, or give the password through the `password` input, which takes it raw.',
  );
});
