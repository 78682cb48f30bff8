/** Binary parts of the sines of 1 to 64 (RFC 1321, 3.4). */
const SINES = Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32));

type Round = readonly [
  mix: (b: number, c: number, d: number) => number,
  factor: number,
  offset: number,
  shifts: readonly number[],
];

/** The four rounds: how three of the words are mixed, which word of the block comes next, how far each step rotates. */
const ROUNDS: readonly Round[] = [
  [(b, c, d) => (b & c) | (~b & d), 1, 0, [7, 12, 17, 22]],
  [(b, c, d) => (d & b) | (~d & c), 5, 1, [5, 9, 14, 20]],
  [(b, c, d) => b ^ c ^ d, 3, 5, [4, 11, 16, 23]],
  [(b, c, d) => c ^ (b | ~d), 7, 0, [6, 10, 15, 21]],
];

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
    for (const [round, [mix, factor, offset, shifts]] of ROUNDS.entries()) {
      for (let step = 0; step < 16; step++) {
        const word = padded.readUInt32LE(block + ((factor * step + offset) % 16) * 4);
        const sum = (a + mix(b, c, d) + (SINES[round * 16 + step] as number) + word) | 0;
        const shift = shifts[step % 4] as number;
        a = d;
        d = c;
        c = b;
        b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
      }
    }
    a0 = (a0 + a) | 0;
    b0 = (b0 + b) | 0;
    c0 = (c0 + c) | 0;
    d0 = (d0 + d) | 0;
  }
  const digest = Buffer.alloc(16);
  for (const [index, word] of [a0, b0, c0, d0].entries()) digest.writeInt32LE(word | 0, index * 4);
  return digest.toString('hex');
};
