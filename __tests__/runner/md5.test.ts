import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { md5 } from '../../src/runner/md5.ts';

test('the digest is that of node:crypto, for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(md5(Buffer.from(bytes))).toBe(createHash('md5').update(bytes).digest('hex'));
    }),
    { numRuns: 2000 },
  );
});
