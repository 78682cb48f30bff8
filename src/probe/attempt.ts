import type { Host } from '../connection/connection.ts';
import { type Code, Problem, STAGES } from '../problems/index.ts';
import { Bound, Ended } from './bound.ts';
import { type Connected, connect } from './connect.ts';
import { order, passes, type Target } from './hosts.ts';
import { label } from './label.ts';
import { negotiate } from './negotiate.ts';
import { type Address, resolve } from './resolve.ts';
import type { Found, Setting } from './setting.ts';
import type { Watch } from './watch.ts';

/** libpq's `target_session_attrs` over all hosts, every address of each (fe-connect.c, PQconnectPoll). Throws Problem or Ended. */
export async function attempt(setting: Setting): Promise<Found> {
  const { connection, random } = setting;
  const { parameters, hosts } = connection;
  const balance = parameters.get('load_balance_hosts');
  let furthest: Problem | undefined;
  for (const target of passes(parameters.get('target_session_attrs'))) {
    for (const host of order(hosts, balance, random)) {
      try {
        return await reach(setting, host, target);
      } catch (error) {
        if (!(error instanceof Problem) || !anotherMayDo(error)) throw error;
        if (!furthest || STAGES.indexOf(error.stage) > STAGES.indexOf(furthest.stage)) furthest = error;
      }
    }
  }
  throw furthest as Problem;
}

/**
 * libpq goes on to the next host when this one cannot be reached, does not answer in time, says that it cannot serve yet
 * (57P03), or is of the wrong kind. A refused login stops the search: the next host would refuse it too, and lock the account.
 */
const NEXT_HOST: ReadonlySet<Code> = new Set<Code>([
  'host-not-found',
  'dns-unavailable',
  'connection-refused',
  'connect-timeout',
  'network-unreachable',
  'negotiate-timeout',
  'tls-timeout',
  'query-timeout',
  'deadline-exceeded',
  'session-read-only',
]);
const anotherMayDo = ({ code, stage, sqlstate }: Problem): boolean =>
  NEXT_HOST.has(code) || (code === 'connection-reset' && stage === 'connect') || sqlstate === CANNOT_CONNECT_NOW;
const CANNOT_CONNECT_NOW = '57P03';

/** One host: its name, then its addresses until one works or fails for good. */
async function reach(setting: Setting, host: Host, target: Target): Promise<Found> {
  const { connection, watch, random } = setting;
  watch.done = [];
  const found = await bounded(setting, host, (bound) =>
    watch.run(
      'resolve',
      label(host),
      () => bound.race(resolve(host, setting.lookup)),
      (addresses) => addresses.map(({ address }) => address.replace('\0', '@')).join(', '),
    ),
  );
  let addresses: Address[] = order(found, connection.parameters.get('load_balance_hosts'), random);
  const resolved = watch.done;
  for (;;) {
    const place = new HostTry(setting, host, target, addresses);
    watch.done = [...resolved];
    try {
      return await bounded(setting, host, (bound) => bound.race(place.run(bound)));
    } catch (error) {
      // This address took the connection and then all of connect_timeout: libpq goes on to the next one of the host.
      const timedOut = error instanceof Problem && ['negotiate-timeout', 'tls-timeout', 'deadline-exceeded'].includes(error.code);
      const others = addresses.filter((address) => address !== place.address);
      if (!timedOut || !place.address || others.length === 0 || setting.deadline.ended) throw error;
      addresses = others;
    }
  }
}

/** Work that `connect_timeout` bounds; what is over its time gets the name of the stage that it was in. */
async function bounded<T>({ connection, deadline, watch }: Setting, host: Host, work: (bound: Bound) => Promise<T>): Promise<T> {
  const seconds = connection.connectTimeout;
  const bound = new Bound(deadline, seconds > 0 ? seconds * 1000 : Number.POSITIVE_INFINITY);
  try {
    return await work(bound);
  } catch (error) {
    const problem = error instanceof Ended && error.why === 'time' ? timeout(watch, host) : error;
    // From here on it is read.
    await import('../problems/all.ts');
    if (problem instanceof Problem) watch.fail(problem);
    throw problem;
  } finally {
    bound.close();
  }
}

/** The name of a silence, by the stage in which it was. */
function timeout({ stage, server, elapsed }: Watch, { host }: Host): Problem {
  const seconds = elapsed < 9_950 ? (elapsed / 1000).toFixed(1) : Math.round(elapsed / 1000);
  const waited = `within ${seconds} s`;
  switch (stage) {
    case 'resolve':
      return new Problem('dns-unavailable', { host, waited: ` ${waited}` });
    case 'connect':
      return new Problem('connect-timeout', { server, waited });
    case 'negotiate':
      return new Problem('negotiate-timeout', { server, seconds });
    case 'tls':
    case 'certificate':
      return new Problem('tls-timeout', { server, seconds });
    case 'query':
      return new Problem('query-timeout', { server, waited: ` ${waited}` });
  }
  return new Problem(
    'deadline-exceeded',
    {
      seconds,
      last: `while ${server} had not finished the login`,
      fix: 'The server or the pooler in front of it hangs or is overloaded: look into its log. If it just needs longer (a compute that wakes), raise `connect-timeout` and `probe-timeout`.',
    },
    'authenticate',
    true,
  );
}

/** One try at one host: whichever address answers first, from the first packet to the answer of the query. */
class HostTry {
  /** The address that took the connection. */
  address: Address | undefined;
  readonly #setting: Setting;
  readonly #host: Host;
  readonly #target: Target;
  readonly #addresses: readonly Address[];
  /** The server has none, so there is no other way. */
  #withoutTls = false;

  constructor(setting: Setting, host: Host, target: Target, addresses: readonly Address[]) {
    this.#setting = setting;
    this.#host = host;
    this.#target = target;
    this.#addresses = addresses;
  }

  /** libpq's sequence of encryptions: `prefer` begins with TLS and `allow` without; the other way comes second. */
  async run(bound: Bound): Promise<Found> {
    const { connection, watch } = this.#setting;
    const unix = this.#addresses[0]?.family === 0;
    const { sslmode } = connection;
    // libpq never asks for TLS on a Unix socket.
    if (unix || sslmode === 'disable') return this.#once(bound, false);
    if (sslmode !== 'prefer' && sslmode !== 'allow') return this.#once(bound, true);
    const resolved = watch.done;
    try {
      return await this.#once(bound, sslmode === 'prefer');
    } catch (error) {
      await import('../problems/all.ts');
      if (!(error instanceof Problem) || !this.#otherEncryptionMayDo(error)) throw error;
      watch.fail(error);
      watch.notice(
        sslmode === 'prefer'
          ? `\`sslmode=prefer\`: the connection with TLS failed (${error.code}), so it is tried without.`
          : `\`sslmode=allow\`: the connection without TLS failed (${error.code}), so it is tried with.`,
      );
      watch.done = [...resolved];
      return this.#once(bound, sslmode !== 'prefer');
    }
  }

  /** libpq's encryption_negotiation fallback: after a failed handshake, or an error of the server before it had let us in. */
  #otherEncryptionMayDo({ code, stage, sqlstate }: Problem): boolean {
    if (stage === 'tls') return code !== 'tls-timeout';
    return sqlstate !== undefined && sqlstate !== CANNOT_CONNECT_NOW && !this.#withoutTls;
  }

  async #once(bound: Bound, encrypted: boolean): Promise<Found> {
    const { connection, watch } = this.#setting;
    const host = this.#host;
    const { sslmode, trust, parameters } = connection;
    const { socket, address } = await watch.run(
      'connect',
      label(host),
      () => connect(host, this.#addresses, bound),
      ({ address }: Connected) => address.address.replace('\0', '@'),
    );
    this.address = address;
    const peer = { setting: this.#setting, host, address, server: label(host, address), target: this.#target, bound };
    if (!encrypted) return (await import('./conversation.ts')).converse(peer, socket);
    if (parameters.get('sslnegotiation') !== 'direct') {
      const { server } = peer;
      const agreed = await watch.run(
        'negotiate',
        server,
        () => negotiate(socket, server, [connection.password, trust.passphrase], () => getReady(this.#setting)),
        (yes) => (yes ? 'TLS' : 'no TLS'),
      );
      if (!agreed) {
        if (sslmode !== 'prefer') throw new Problem('tls-not-supported', { server, sslmode });
        watch.notice('`sslmode=prefer`: the server offers no TLS, so the connection goes on without.');
        this.#withoutTls = true;
        return (await import('./conversation.ts')).converse(peer, socket);
      }
    }
    const { converse, secure } = await import('./conversation.ts');
    const secured = await secure(peer, socket);
    return secured === undefined ? this.#once(bound, encrypted) : converse(peer, secured.stream, secured);
  }
}

/** While the server thinks about TLS: the half of the probe that needs it, and its roots. What fails here fails again when it is needed. */
function getReady(setting: Setting): void {
  import('./conversation.ts').then(({ contextOf }) => contextOf(setting, '')).catch(() => {});
}
