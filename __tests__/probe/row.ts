import type { Connection } from '../../src/connection/connection.ts';
import { probe } from '../../src/probe/probe.ts';
import { GRACE_MS } from '../../src/probe/retry.ts';
import type { Lookup, ProbeEvent, Proof } from '../../src/probe/types.ts';
import { type Code, Problem, type Stage } from '../../src/problems/index.ts';

export const PASSWORD = 'c0rrect h@rse "b&ttery" s+aple';

/** A connection as settle would give it, changed where a row says so. */
export const connectionTo = (
  port: number,
  changes: Partial<Connection> & { params?: Record<string, string> } = {},
): Connection => {
  const { params, ...rest } = changes;
  return {
    hosts: [{ host: '127.0.0.1', port }],
    user: 'app',
    password: PASSWORD,
    database: 'shop',
    sslmode: 'disable',
    connectTimeout: 5,
    trust: {},
    parameters: new Map(Object.entries(params ?? {})),
    foreign: new Map(),
    ...rest,
  };
};

export interface Outcome {
  readonly proof?: Proof;
  readonly problem?: Problem;
  readonly events: readonly ProbeEvent[];
  readonly ms: number;
}

/** Runs a probe to its end. Anything but a proof or a Problem fails the test. */
export async function run(
  connection: Connection,
  {
    timeoutMs = 5_000,
    lookup,
    signal = new AbortController().signal,
  }: { timeoutMs?: number; lookup?: Lookup; signal?: AbortSignal } = {},
): Promise<Outcome> {
  const events: ProbeEvent[] = [];
  const started = performance.now();
  const options = {
    timeoutMs,
    signal,
    onEvent: (event: ProbeEvent) => events.push(event),
    random: () => 0.5,
    ...(lookup ? { lookup } : {}),
  };
  try {
    const proof = await probe(connection, options);
    return { proof, events, ms: performance.now() - started };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { problem: error, events, ms: performance.now() - started };
  }
}

export interface Expected {
  readonly stage: Stage;
  readonly code: Code;
  /** Is it tried again, for a while at least? */
  readonly retry: boolean;
}

/** Time enough for a second attempt and no more. */
export const SHORT_MS = 800;

/** What every failure has to be: the right code, one sentence, a fix, no secret, in time, tried again or not. */
export function expectProblem({ problem, proof, events, ms }: Outcome, expected: Expected, timeoutMs: number): void {
  if (!problem) throw new Error(`expected ${expected.code}, but it worked: ${JSON.stringify(proof)}`);
  const attempts = events.filter(({ type }) => type === 'attempt').length;
  expect({
    code: problem.code,
    stage: problem.stage,
    retry: problem.transient || problem.code in GRACE_MS,
    again: attempts > 1,
    said: problem.message,
  }).toEqual({
    code: expected.code,
    stage: expected.stage,
    retry: expected.retry,
    again: expected.retry,
    said: problem.message,
  });
  expect(problem.message).toMatch(/^[^\n]+\.$/);
  expect(problem.message).not.toMatch(/undefined|\[object|NaN|\. [A-Z]/);
  expect(problem.fix.length).toBeGreaterThan(20);
  expect(problem.fix).toMatch(/^[^\n{}]+\.$/);
  expectNoSecret([problem.message, problem.fix, JSON.stringify(events), String(problem.stack)]);
  expect(ms).toBeLessThan(timeoutMs + 400);
}

/** Neither the password nor a usual spelling of it. */
export function expectNoSecret(texts: readonly string[]): void {
  for (const text of texts)
    for (const form of [
      PASSWORD,
      encodeURIComponent(PASSWORD),
      Buffer.from(PASSWORD).toString('base64'),
      JSON.stringify(PASSWORD).slice(1, -1),
    ])
      expect(text.includes(form)).toBe(false);
}
