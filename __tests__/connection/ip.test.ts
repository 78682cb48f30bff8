import { isIPv4, isIPv6 } from 'node:net';
import { isIP } from '../../src/connection/ip.ts';

test.each<[text: string, family: 0 | 4 | 6]>([
  ['0.0.0.0', 4],
  ['127.0.0.1', 4],
  ['255.255.255.255', 4],
  ['256.0.0.1', 0],
  ['1.2.3.1000', 0],
  ['01.2.3.4', 0],
  ['00.2.3.4', 0],
  ['1.2.3', 0],
  ['1.2.3.4.5', 0],
  ['1.2.3.', 0],
  ['1.2.3.4 ', 0],
  ['1.2.3.4x', 0],
  ['x1.2.3.4', 0],
  ['-1.2.3.4', 0],
  ['1.2.3.0x4', 0],
  ['localhost', 0],
  ['', 0],
  ['::', 6],
  ['2001:db8::1', 6],
  ['::ffff:127.0.0.1', 6],
  ['fe80::1%eth0', 6],
  ['[::1]', 0],
  ['1.2.3.4:5', 0],
  [':::1', 0],
])('%s is an address of family %d, to us and to Node', (text, family) => {
  expect(isIP(text)).toBe(family);
  expect(isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0).toBe(family);
});
