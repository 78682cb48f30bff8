import { writeSync } from 'node:fs';

/**
 * Writes to standard output and comes back when it is written. Always standard output: the runner reads standard error first, and a mask
 * would come after what it masks. Not by process.stdout: that loads Node's streams and sockets, a sixth of a bare Node's start, and loses
 * what is on its way when the process ends.
 */
export const write = (text: string): void => {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(1, bytes, done);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Nobody reads any more: what the step does is still worth doing.
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
      // A pipe that does not block is full: its reader needs a moment.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
};
