import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { Bound, Ended } from '../../src/probe/bound.ts';
import { LIMIT_BEFORE_LOGIN } from '../../src/probe/gate.ts';
import { login } from '../../src/probe/login.ts';
import { Inbox } from '../../src/probe/messages.ts';
import { negotiate } from '../../src/probe/negotiate.ts';
import { PROBLEMS } from '../../src/problems/all.ts';
import { Problem } from '../../src/problems/index.ts';
import { say, welcome } from '../support/fault-servers.ts';
import { ScramServer, type Verifier } from '../support/scram.ts';
import { connectionTo, PASSWORD } from './row.ts';

/** What a server does with the bytes it was going to send next. */
type Mutation = (bytes: Buffer) => Buffer;

/** A server in this process: answers each write of the client with its next flight, mutated, in pieces. */
class Server extends Duplex {
  received = Buffer.alloc(0);
  readonly #flights: ((received: Buffer) => Buffer)[];
  readonly #mutate: (flight: number) => Mutation;
  readonly #piece: number;
  readonly #silent: boolean;
  #flight = 0;
  #patience: NodeJS.Timeout | undefined;

  constructor(flights: ((received: Buffer) => Buffer)[], mutate: (flight: number) => Mutation, piece: number, silent: boolean) {
    super();
    this.#flights = flights;
    this.#mutate = mutate;
    this.#piece = piece;
    this.#silent = silent;
    this.on('error', () => {});
  }

  override _read(): void {}

  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.received = Buffer.concat([this.received, chunk]);
    const flight = this.#flights[this.#flight];
    if (flight) {
      let bytes: Buffer;
      try {
        bytes = this.#mutate(this.#flight)(flight(chunk));
      } catch {
        bytes = Buffer.alloc(0);
      }
      this.#flight += 1;
      // Small pieces of something large would only test this loop.
      const piece = Math.max(this.#piece, Math.ceil(bytes.length / 100));
      for (let at = 0; at < bytes.length; at += piece) this.push(bytes.subarray(at, at + piece));
    }
    done();
    // When nothing more is said to it, a server hangs up, unless it is one of those that keep silent.
    clearTimeout(this.#patience);
    if (!this.#silent)
      this.#patience = setTimeout(() => this.readable && this.push(null), this.#flight < this.#flights.length ? 3 : 0);
  }
}

/** One round of SCRAM is enough to be garbled, and costs nothing. */
const salt = Buffer.from('salt');
const salted = pbkdf2Sync(PASSWORD, salt, 1, 32, 'sha256');
const key = (name: string) => createHmac('sha256', salted).update(name).digest();
const verifier: Verifier = {
  iterations: 1,
  salt: salt.toString('base64'),
  storedKey: createHash('sha256').update(key('Client Key')).digest(),
  serverKey: key('Server Key'),
};

const CONVERSATIONS = {
  scram: () => {
    const server = new ScramServer(verifier, undefined);
    return [
      () => say.sasl('SCRAM-SHA-256'),
      (received: Buffer) => say.saslContinue(server.first(received.toString().replace(/^[\s\S]*?(?=[ny],,)/, ''))),
      (received: Buffer) => {
        const final = server.final(received.toString('utf8', 5));
        return typeof final === 'string' ? say.error('28P01', 'no') : Buffer.concat([say.saslFinal(final.message), welcome()]);
      },
      () => say.one,
    ];
  },
  md5: () => [() => say.md5, () => welcome(), () => say.one],
  cleartext: () => [() => say.cleartext, () => welcome(), () => say.one],
  trust: () => [() => Buffer.concat([say.notice('hello'), welcome()]), () => say.one],
  refusal: () => [() => say.error('28P01', 'password authentication failed')],
  version: () => [() => Buffer.concat([say.negotiate(0x30000), welcome()]), () => say.one],
};

const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));
const position = fc.double({ min: 0, max: 0.999_999, noNaN: true });
const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(position, fc.nat(255)).map(
    ([at, value]): Mutation =>
      (flight) => {
        const copy = Buffer.from(flight);
        if (copy.length > 0) copy[Math.floor(at * copy.length)] = value;
        return copy;
      },
  ),
  // A length that lies: in the first header, or anywhere.
  fc.tuple(position, fc.constantFrom(0, 3, 4, 5, 8, 255, 65_535, 65_536, 70_000, 0x7fffffff, 0xffffffff), fc.boolean()).map(
    ([at, value, first]): Mutation =>
      (flight) => {
        const copy = Buffer.from(flight);
        if (copy.length >= 5) copy.writeUInt32BE(value, first ? 1 : Math.floor(at * (copy.length - 3)));
        return copy;
      },
  ),
  position.map(
    (at): Mutation =>
      (flight) =>
        flight.subarray(0, Math.floor(at * flight.length)),
  ),
  fc.tuple(position, bytes).map(
    ([at, extra]): Mutation =>
      (flight) => {
        const cut = Math.floor(at * flight.length);
        return Buffer.concat([flight.subarray(0, cut), extra, flight.subarray(cut)]);
      },
  ),
  fc.nat(200).map(
    (times): Mutation =>
      (flight) =>
        Buffer.concat(Array.from({ length: times }, () => flight)),
  ),
  bytes.map(
    (extra): Mutation =>
      () =>
        extra,
  ),
  fc.constantFrom<Mutation>(
    () => say.authentication(7),
    () => say.authentication(0x7fffffff),
    () => say.saslFinal('v=AAAA'),
    () => say.saslContinue('r=,s=,i='),
    () => say.ready,
    () => say.one,
    () => Buffer.alloc(200_000, 'N'),
    (flight) => Buffer.concat([say.notice('x'.repeat(60_000)), flight]),
  ),
);

const RUNS = 20_000;
const DEADLINE_MS = 40;
/** Conversations side by side: most of their time is waiting. */
const AT_ONCE = 100;
const atOnce = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: AT_ONCE, maxLength: AT_ONCE, size: 'max' });

/** A proof, or a Problem of the table; anything else, also a crash out of reach, fails the test. */
async function outcome(work: () => Promise<unknown>, server: Server, silent: boolean): Promise<string> {
  const bound = new Bound(new AbortController().signal, silent ? DEADLINE_MS : 5_000);
  bound.add(server);
  const started = performance.now();
  try {
    await bound.race(work());
    return 'ok';
  } catch (error) {
    if (error instanceof Ended && silent) {
      expect(performance.now() - started).toBeLessThan(DEADLINE_MS + 3_000);
      return 'deadline';
    }
    if (!(error instanceof Problem)) throw error;
    // Plain checks: Jest's own take longer than the conversations.
    if (!(error.code in PROBLEMS)) throw new Error(`${error.code} is not in the table`);
    if (`${error.message} ${error.fix}`.includes(PASSWORD)) throw new Error(`${error.code} repeats the password`);
    return error.code;
  } finally {
    bound.close();
  }
}

describe(`${RUNS.toLocaleString('en')} mutated conversations`, () => {
  const uncaught: unknown[] = [];
  const onUncaught = (error: unknown) => uncaught.push(error);
  let peak = 0;
  beforeAll(async () => {
    // Loading pg for the first time is not part of anybody's deadline here.
    await import('pg/lib/connection.js');
    process.on('uncaughtException', onUncaught).on('unhandledRejection', onUncaught);
    const take = Inbox.prototype.take;
    jest.spyOn(Inbox.prototype, 'take').mockImplementation(function* (this: Inbox, chunk: Buffer) {
      const before = this.limit === LIMIT_BEFORE_LOGIN;
      yield* take.call(this, chunk);
      if (before) peak = Math.max(peak, this.peak);
    });
  });
  afterAll(() => {
    process.off('uncaughtException', onUncaught).off('unhandledRejection', onUncaught);
    jest.restoreAllMocks();
  });

  test('of a login and a query give a proof or a problem of the table', async () => {
    const connection = connectionTo(1);
    const peer = { server: '`db` port 5432', encrypted: false, certificateSent: false };
    const seen = new Map<string, number>();
    const conversation = fc.record({
      name: fc.constantFrom(...(Object.keys(CONVERSATIONS) as (keyof typeof CONVERSATIONS)[])),
      mutation: mutations,
      target: fc.nat(3),
      piece: fc.constantFrom(1, 2, 7, 64, 65_536),
      silent: fc.integer({ min: 0, max: 99 }).map((chance) => chance === 0),
      trusted: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(atOnce(conversation), async (conversations) => {
        await Promise.all(
          conversations.map(async ({ name, mutation, target, piece, silent, trusted }) => {
            const mutate = (flight: number): Mutation => (flight === target ? mutation : (bytes) => bytes);
            const server = new Server(CONVERSATIONS[name](), mutate, piece, silent);
            const work = async () => (await login(server, connection, { ...peer, trusted })).query('SELECT 1');
            const code = await outcome(work, server, silent);
            seen.set(code, (seen.get(code) ?? 0) + 1);
            // Nobody gets the password in clear unless it is this machine itself, and asks for it.
            if (!trusted && server.received.includes(PASSWORD)) throw new Error(`the password went out in clear, then ${code}`);
          }),
        );
      }),
      { numRuns: RUNS / AT_ONCE, endOnFailure: true },
    );
    expect(uncaught).toEqual([]);
    expect(peak).toBeLessThanOrEqual(LIMIT_BEFORE_LOGIN);
    // The mutations reach what they are meant to reach.
    for (const code of ['ok', 'protocol-violation', 'connection-terminated', 'authentication-unsupported'])
      expect([...seen.keys()]).toContain(code);
  }, 120_000);

  test('of the answer to SSLRequest give yes, no, or a problem of the table', async () => {
    const answers = fc.oneof(
      fc.constantFrom('S', 'N').map((text) => Buffer.from(text)),
      fc.constantFrom(
        say.error('53300', 'too many'),
        say.error('28000', 'no'),
        Buffer.from('Eold style error\0'),
        Buffer.from('HTTP/1.1 400\r\n'),
      ),
    );
    const negotiation = fc.record({ answer: answers, mutation: mutations, piece: fc.constantFrom(1, 3, 65_536) });
    await fc.assert(
      fc.asyncProperty(atOnce(negotiation), async (negotiations) => {
        await Promise.all(
          negotiations.map(async ({ answer, mutation, piece }) => {
            const server = new Server([() => answer], () => mutation, piece, false);
            await outcome(() => negotiate(server, '`db` port 5432', [PASSWORD]), server, false);
          }),
        );
      }),
      { numRuns: RUNS / 10 / AT_ONCE, endOnFailure: true },
    );
    expect(uncaught).toEqual([]);
  }, 60_000);
});
