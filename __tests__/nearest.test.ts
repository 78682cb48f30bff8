import { nearest } from '../src/nearest.ts';

const WORDS = ['host', 'port', 'user', 'sslmode', 'sslrootcert', 'connect_timeout', 'postgres.js', 'node-postgres', 'go'];

test.each([
  ['sslmod', 'sslmode'],
  ['ssl_mode', 'sslmode'],
  ['sslMode', 'sslmode'],
  ['sslmdoe', 'sslmode'],
  ['ssmode', 'sslmode'],
  ['hots', 'host'],
  ['hosts', 'host'],
  ['HOST', 'host'],
  ['connect-timeout', 'connect_timeout'],
  ['connecttimeout', 'connect_timeout'],
  ['node_postgres', 'node-postgres'],
  ['postgresjs', 'postgres.js'],
  ['gp', 'go'],
  ['', undefined],
  ['x', undefined],
  ['password', undefined],
  ['timeout', undefined],
])('%s is most likely %s', (word, meant) => expect(nearest(word, WORDS)).toBe(meant));

test('nothing is near to nothing', () => expect(nearest('host', [])).toBeUndefined());
