import { connectionTo, expectProblem, run, SHORT_MS } from './row.ts';

/** A group's address: no system opens a TCP connection to one, and the kernel says "network is unreachable" without a packet. */
test.each([
  ['IPv4', '224.0.0.1', 'Check the host'],
  ['IPv6', 'ff02::1', 'this runner has no IPv6'],
])('no way to an address, %s', async (_, host, said) => {
  const outcome = await run(connectionTo(5432, { hosts: [{ host, port: 5432 }] }), { timeoutMs: SHORT_MS });
  expectProblem(outcome, { stage: 'connect', code: 'network-unreachable', retry: true }, SHORT_MS);
  expect(`${outcome.problem?.message} ${outcome.problem?.fix}`).toContain(said);
});
