/** Binary parts of the sines of 1 to 64 (RFC 1321, 3.4). */
const TABLE = Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32));
/** How far each step of a round rotates. */
const SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;

/**
 * MD5 (RFC 1321) in hexadecimal, for the mask of PostgreSQL's md5 verifier and for nothing that must be safe. Our own, because loading
 * node:crypto costs a fifth of a bare Node's start and this is the only digest that the export needs.
 */
export const md5 = (content: Buffer): string => {
  const padded = Buffer.alloc(Math.ceil((content.length + 9) / 64) * 64);
  content.copy(padded);
  padded[content.length] = 0x80;
  padded.writeUInt32LE((content.length * 8) >>> 0, padded.length - 8);
  let [a0, b0, c0, d0] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let block = 0; block < padded.length; block += 64) {
    let [a, b, c, d] = [a0, b0, c0, d0];
    for (let step = 0; step < 64; step++) {
      const round = step >> 4;
      const [mixed, word] = [
        [(b & c) | (~b & d), step],
        [(d & b) | (~d & c), 5 * step + 1],
        [b ^ c ^ d, 3 * step + 5],
        [c ^ (b | ~d), 7 * step],
      ][round] as [number, number];
      const sum = (a + mixed + (TABLE[step] as number) + padded.readUInt32LE(block + (word % 16) * 4)) | 0;
      const shift = (SHIFTS[round] as readonly number[])[step % 4] as number;
      [a, d, c, b] = [d, c, b, (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0];
    }
    [a0, b0, c0, d0] = [(a0 + a) | 0, (b0 + b) | 0, (c0 + c) | 0, (d0 + d) | 0];
  }
  const digest = Buffer.alloc(16);
  for (const [index, word] of [a0, b0, c0, d0].entries()) digest.writeInt32LE(word | 0, index * 4);
  return digest.toString('hex');
};
