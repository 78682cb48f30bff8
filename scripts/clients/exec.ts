import { type ChildProcess, spawn } from 'node:child_process';

export interface Ran {
  /** Undefined when the program could not be started or was stopped. */
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
}

export interface ExecOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds. */
  readonly timeout?: number;
}

/** Runs a program to its end, or to the time-out; what it started ends with it. Never rejects. */
export function exec([command, ...args]: readonly string[], { cwd, env, timeout = 60_000 }: ExecOptions): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command as string, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    const timer = setTimeout(() => {
      err += `\nno end after ${timeout / 1000} s`;
      end(child);
    }, timeout);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: undefined, out, err: error.message });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? undefined, out, err });
    });
  });
}

/** Ends a process of ours that was started with `detached`, and everything that it started. */
export function end(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}
