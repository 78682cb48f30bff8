import { readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { parseConninfo } from '../../src/connection/conninfo.ts';
import { settle } from '../../src/connection/settle.ts';
import { overridesOf, readInputs } from '../../src/inputs.ts';
import { probe } from '../../src/probe/probe.ts';
import { Problem } from '../../src/problems/index.ts';
import { chooseSource, take } from '../../src/sources/index.ts';
import type { Reached } from './libpq.ts';
import type { LibpqProcess } from './libpq-process.ts';

/** What became of a connection string. */
export interface Verdict {
  /** The server that it led to; absent when it led nowhere. */
  readonly reached?: Reached;
  /** Why it led nowhere: libpq's message, or our code and sentence. */
  readonly said: string;
  /** What the servers logged about it: each login, and each refusal, in order. */
  readonly trail: readonly string[];
}

export interface Verdicts {
  readonly ours: Verdict;
  readonly theirs: Verdict;
}

/** The step without the runner, from the string as its only input to the end of one attempt of the probe. */
async function reachWithProbe(text: string): Promise<Reached | string> {
  try {
    const inputs = readInputs((name) => (name === 'connection-string' ? text : ''));
    const source = chooseSource(inputs);
    if ('missing' in source) return `missing-connection: ${source.missing}`;
    const said = await take(source.kind, inputs, new AbortController(), { onSecret: () => {}, onWait: () => {} });
    const { connection } = await settle(said, overridesOf(inputs), (path) => readFileSync(path, 'utf8'));
    const { host, address, port, user, database, tlsVersion, authentication } = await probe(connection, {
      timeoutMs: 30_000,
      signal: new AbortController().signal,
      onEvent: () => {},
      // libpq tries once. What the probe would wait for is what libpq reports.
      wait: (_failures, problem) => {
        throw problem;
      },
    });
    const tls = tlsVersion === undefined ? {} : { tls: tlsVersion };
    return { host, address, port, user, database, ...tls, password: authentication !== 'none' };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return `${error.code} (${error.stage}): ${error.message}`;
  }
}

/**
 * Follows the string with both.
 *
 * @param logged what the servers have logged since the last call: then one goes after the other, so that it can be told whose it is
 */
export async function follow(text: string, process: LibpqProcess, logged?: () => string): Promise<Verdicts> {
  const verdict = async (reach: (text: string) => Promise<Reached | string>): Promise<Verdict> => {
    logged?.();
    const outcome = await reach(text);
    const trail = (logged?.() ?? '').split('\n').filter(isTrail).map(steady);
    return typeof outcome === 'string' ? { said: outcome, trail } : { reached: outcome, said: '', trail };
  };
  const ours = verdict(reachWithProbe);
  if (logged) await ours;
  const theirs = verdict((string) => process.reach(string));
  return { ours: await ours, theirs: await theirs };
}

/** A server logs these before it answers, so both are there when the client comes back. What it logs of a client that left may come later. */
const isTrail = (line: string): boolean => /^(LOG: {2}connection authorized|FATAL):/.test(line);
/** Which cipher it is depends on the two OpenSSLs, not on us. */
const steady = (line: string): string => line.replace(/, cipher=[^)]*/, '');

/** How two verdicts can differ: the probe refuses what libpq takes, takes what libpq refuses, is led elsewhere, or asks another way. */
export type Kind = 'stricter' | 'laxer' | 'elsewhere' | 'another way';

/**
 * How the verdicts differ; undefined when they agree.
 *
 * @param byChance the hosts are shuffled, so each has a way of its own
 */
export function difference({ ours, theirs }: Verdicts, byChance = false): Kind | undefined {
  if (ours.reached === undefined || theirs.reached === undefined) {
    if (ours.reached) return 'laxer';
    if (theirs.reached) return 'stricter';
    // Where both fail, we may have seen it sooner; but never has a server more to log about us.
    return same(ours.trail, theirs.trail.slice(0, ours.trail.length)) ? undefined : 'another way';
  }
  const [we, they] = [usual(ours.reached), usual(theirs.reached)];
  const parts = ['host', 'address', 'port', 'user', 'database', 'tls', 'password'] as const;
  if (parts.some((part) => we[part] !== they[part])) return 'elsewhere';
  return byChance || same(ours.trail, theirs.trail) ? undefined : 'another way';
}

const same = (one: readonly string[], other: readonly string[]): boolean => one.join('\n') === other.join('\n');

/** An IPv6 address has many spellings. */
const usual = (reached: Reached): Reached => {
  const { address } = reached;
  return isIPv6(address) && !address.includes('%') ? { ...reached, address: new URL(`http://[${address}]`).hostname } : reached;
};

/** Both verdicts, for a person. */
export function show({ ours, theirs }: Verdicts): string {
  const one = (name: string, { reached, said, trail }: Verdict): string =>
    [`${name}: ${reached ? JSON.stringify(reached) : said}`, ...trail].join('\n    ');
  return `${one('libpq', theirs)}\n${one('we', ours)}`;
}

/** The same settings as a URL: the parts where a URL has them, all else in its query. */
export function asUrl(settings: string): string {
  const parameters = new Map(parseConninfo(settings));
  const part = (keyword: string): string => {
    const value = parameters.get(keyword) ?? '';
    parameters.delete(keyword);
    return encodeURIComponent(value);
  };
  const login = [part('user'), part('password')].filter(Boolean).join(':');
  // Several hosts, addresses with colons and sockets stand in the query, which libpq reads the same way.
  const plain = /^[\w.-]+$/.test(parameters.get('host') ?? '') && /^\d*$/.test(parameters.get('port') ?? '');
  const place = plain ? [part('host'), part('port')].filter(Boolean).join(':') : '';
  const database = part('dbname');
  const query = [...parameters].map(([keyword, value]) => `${keyword}=${encodeURIComponent(value)}`).join('&');
  return `postgresql://${login && `${login}@`}${place}/${database}${query && `?${query}`}`;
}
