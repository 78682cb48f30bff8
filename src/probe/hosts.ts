import type { Host } from '../connection/connection.ts';

/** What libpq's `target_session_attrs` asks of a server. */
export type Target = 'any' | 'read-write' | 'read-only' | 'primary' | 'standby' | 'prefer-standby';

/**
 * The hosts in the order in which they are tried: as given, or shuffled (Fisher and Yates) with `load_balance_hosts=random`.
 */
export function order<T>(items: readonly T[], balance: string | undefined, random: () => number): T[] {
  const result = [...items];
  if (balance !== 'random') return result;
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}

/** The passes over the hosts: `prefer-standby` looks for a standby first and then takes what there is. */
export function passes(target: string | undefined): readonly Target[] {
  if (!target) return ['any'];
  return target === 'prefer-standby' ? ['standby', 'any'] : [target as Target];
}

/**
 * The query that shows whether a server is of the wanted kind, where it does not say so at login (PostgreSQL before 14, poolers);
 * `undefined` when it needs none. The same queries as libpq's.
 */
export function kindQuery(target: Target, parameters: ReadonlyMap<string, string>): string | undefined {
  if (target === 'any') return undefined;
  const told = parameters.has('in_hot_standby') && (byRole(target) || parameters.has('default_transaction_read_only'));
  if (told) return undefined;
  return byRole(target) ? 'SELECT pg_catalog.pg_is_in_recovery()' : 'SHOW transaction_read_only';
}

const byRole = (target: Target) => target === 'primary' || target === 'standby';

/**
 * @param answer the first value of kindQuery's answer, when it was asked
 * @returns what the server is instead of the wanted kind, for a sentence; undefined when it is of that kind
 */
export function mismatch(target: Target, parameters: ReadonlyMap<string, string>, answer?: string | null): string | undefined {
  if (target === 'any') return undefined;
  const yes = (value: string | null | undefined) => value === 'on' || value === 't';
  const standby = answer === undefined ? yes(parameters.get('in_hot_standby')) : yes(answer);
  if (target === 'primary') return standby ? 'a standby' : undefined;
  if (target === 'standby' || target === 'prefer-standby') return standby ? undefined : 'no standby';
  const readOnly = answer === undefined ? standby || yes(parameters.get('default_transaction_read_only')) : yes(answer);
  if (target === 'read-write') return readOnly ? 'read-only' : undefined;
  return readOnly ? undefined : 'not read-only';
}

/** Where a host is, for events and sentences. */
export type Place = Pick<Host, 'host' | 'port'>;
