import { encodeBytes } from './bytes.ts';
import { PARAMETERS } from './parameters.ts';
import { TLS_VERSIONS } from './values.ts';

/** What is wrong with one parameter; no text shows a value. */
export interface Fault {
  readonly keyword: string;
  /** Fits "`{keyword}` {what}." */
  readonly what: string;
  readonly fix?: string;
}

type Values = ReadonlyMap<string, string>;

/**
 * What libpq 18 itself would refuse before the first packet: pqConnectOptions2, and the checks of PQconnectPoll and
 * PQconnectdb for each host. Stricter in two points: a port or timeout that libpq would stumble on later, or skip for the next
 * host, is refused at once. Nothing is filled in, and no file, variable or name is looked up.
 *
 * @returns the first fault, or undefined
 */
export function checkParameters(parameters: Values): Fault | undefined {
  for (const { keyword, check } of PARAMETERS) {
    const value = parameters.get(keyword);
    const what = value === undefined ? undefined : check?.(value);
    if (what) return { keyword, what };
  }
  for (const rule of [hostCounts, portCounts, socketPaths, systemRoots, directTls, tlsRange, protocolRange]) {
    const fault = rule(parameters);
    if (fault) return fault;
  }
  return undefined;
}

/** A list's elements; an empty value is like none at all. */
const given = (parameters: Values, keyword: string): string[] | undefined => (parameters.get(keyword) || undefined)?.split(',');

const count = ({ length }: readonly string[], one: string, more: string): string => `${length} ${length === 1 ? one : more}`;

function hostCounts(parameters: Values): Fault | undefined {
  const hosts = given(parameters, 'host');
  const addresses = given(parameters, 'hostaddr');
  if (!hosts || !addresses || hosts.length === addresses.length) return undefined;
  return {
    keyword: 'hostaddr',
    what: `lists ${count(addresses, 'address', 'addresses')} for ${count(hosts, 'host', 'hosts')}`,
    fix: 'Give one address for each host, in the same order.',
  };
}

function portCounts(parameters: Values): Fault | undefined {
  const ports = given(parameters, 'port');
  const hosts = given(parameters, 'hostaddr') ?? given(parameters, 'host') ?? [''];
  if (!ports || ports.length === 1 || ports.length === hosts.length) return undefined;
  return {
    keyword: 'port',
    what: `lists ${ports.length} ports for ${count(hosts, 'host', 'hosts')}`,
    fix: 'Give one port for all hosts, or one for each in the same order.',
  };
}

/** The longest path of a Unix socket on Linux, in bytes. */
const SOCKET_PATH = 107;

function socketPaths(parameters: Values): Fault | undefined {
  const addresses = given(parameters, 'hostaddr') ?? [];
  const ports = given(parameters, 'port') ?? [];
  const tooLong = given(parameters, 'host')?.some((host, i) => {
    if (addresses[i] || !/^[/@]/.test(host)) return false;
    const port = Number((ports.length === 1 ? ports[0] : ports[i]) || 5432);
    return encodeBytes(`${host}/.s.PGSQL.${port}`).length > SOCKET_PATH;
  });
  if (!tooLong) return undefined;
  return { keyword: 'host', what: `gives a socket whose path is longer than ${SOCKET_PATH} bytes`, fix: 'Use a shorter folder.' };
}

function systemRoots(parameters: Values): Fault | undefined {
  const sslmode = parameters.get('sslmode') ?? 'verify-full';
  if (parameters.get('sslrootcert') !== 'system' || sslmode === 'verify-full') return undefined;
  return {
    keyword: 'sslmode',
    what: 'is too weak beside `sslrootcert=system`, which goes with `verify-full` only',
    fix: 'Use `sslmode=verify-full`.',
  };
}

function directTls(parameters: Values): Fault | undefined {
  if (parameters.get('sslnegotiation') !== 'direct') return undefined;
  const fallback = parameters.get('sslrootcert') === 'system' ? 'verify-full' : 'prefer';
  if (/^[rv]/.test(parameters.get('sslmode') ?? fallback)) return undefined;
  return {
    keyword: 'sslnegotiation',
    what: 'must not be `direct` unless `sslmode` is `require` or stronger',
    fix: 'Use `sslmode=verify-full`.',
  };
}

function tlsRange(parameters: Values): Fault | undefined {
  const least = parameters.get('ssl_min_protocol_version') ?? 'TLSv1.2';
  const most = parameters.get('ssl_max_protocol_version') ?? '';
  if (!least || !most || TLS_VERSIONS.indexOf(least.toLowerCase()) <= TLS_VERSIONS.indexOf(most.toLowerCase())) return undefined;
  return { keyword: 'ssl_max_protocol_version', what: 'is below `ssl_min_protocol_version`, which is TLSv1.2 when not given' };
}

function protocolRange(parameters: Values): Fault | undefined {
  const order = ['3.0', '3.2', 'latest'];
  const least = parameters.get('min_protocol_version');
  const most = parameters.get('max_protocol_version');
  if (!least || !most || order.indexOf(least) <= order.indexOf(most) || most === '3.2') return undefined;
  return { keyword: 'max_protocol_version', what: 'is below `min_protocol_version`' };
}
