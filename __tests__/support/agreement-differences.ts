import type { Kind } from './agreement.ts';

/** Where the probe means to differ from libpq. */
export interface Difference {
  readonly why: string;
  /** Whose connection strings it concerns: by libpq's keywords, the names of the servers' files not yet filled in. */
  readonly when: (settings: ReadonlyMap<string, string>) => boolean;
  readonly kinds: readonly Kind[];
}

type Settings = ReadonlyMap<string, string>;
const is =
  (keyword: string, ...values: readonly string[]) =>
  (settings: Settings): boolean =>
    values.includes(settings.get(keyword) ?? '');
const weak = is('sslmode', 'prefer', 'allow');
const any: readonly Kind[] = ['stricter', 'laxer', 'elsewhere', 'another way'];
const hosts = (settings: Settings): string[] => (settings.get('host') ?? '').split(',');

export const DIFFERENCES = {
  'no mode': {
    why: 'Where nobody says `sslmode`, the action takes `disable` for this machine, and `verify-full` beside a CA and elsewhere; libpq `prefer`.',
    when: (settings) => !settings.get('sslmode') && settings.get('sslrootcert') !== 'system',
    kinds: any,
  },
  allow: {
    why: 'Not all clients know `allow`, so it becomes `prefer`: TLS first.',
    when: is('sslmode', 'allow'),
    kinds: any,
  },
  'CA beside prefer': {
    why: 'Below `require` no certificate is judged, and the CA is not exported. libpq judges it, and goes on without TLS when it does not like it.',
    when: (settings) => weak(settings) && settings.has('sslrootcert'),
    kinds: ['laxer', 'elsewhere', 'another way'],
  },
  binding: {
    why: 'Who demands channel binding wants protection against a man in the middle; not every client can be told, so it becomes `verify-full`.',
    when: (settings) => is('channel_binding', 'require')(settings) && !is('sslmode', 'verify-full')(settings),
    kinds: any,
  },
  'no file': {
    why: 'A file that is named has to be there and hold what it should. libpq goes on without a CA, a certificate or a revocation list that it does not find.',
    when: (settings) => [...settings.values()].some((value) => value === '$nofile' || value === '$nopem'),
    kinds: ['stricter'],
  },
  'files first': {
    why: 'Certificates that do not fit together are refused before anything is sent, whatever the mode.',
    when: (settings) => settings.has('sslcert') && is('sslkey', '$otherkey', '$unknownkey', '$key', '')(settings),
    kinds: ['stricter'],
  },
  'open key': {
    why: 'A key file that others can read is taken: it is copied into a file of the job’s own, which they cannot. libpq refuses it.',
    when: is('sslkey', '$openkey'),
    kinds: ['laxer'],
  },
  'numbers first': {
    why: 'A number that is none is refused, also where libpq would not come to use it.',
    when: (settings) => is('keepalives', '0')(settings) || settings.has('keepalives_idle'),
    kinds: ['stricter'],
  },
  'empty value': {
    why: 'An empty value is like none: a secret or variable that is not there comes as that. libpq refuses it, or takes it literally.',
    when: (settings) => [...settings].some(([keyword, value]) => value === '' && !['host', 'password'].includes(keyword)),
    kinds: any,
  },
  'empty host': {
    why: 'libpq takes an empty host among others for its own socket directory; nobody means that.',
    when: (settings) => hosts(settings).length > 1 && hosts(settings).includes(''),
    kinds: ['stricter'],
  },
  'address alone': {
    why: '`hostaddr` alone is exported as `PGHOST`, so the certificate may be for the address; libpq wants a `host` to check.',
    when: (settings) => !settings.get('host') && settings.has('hostaddr') && is('sslmode', 'verify-full')(settings),
    kinds: ['laxer', 'another way'],
  },
  'short address': {
    why: 'Node looks for `127.1` as it is written among a certificate’s names; libpq for the address that inet_aton makes of it.',
    when: is('host', '127.1'),
    kinds: ['stricter'],
  },
  'dot of the root': {
    why: 'A dot at the end of a name is the root’s, as RFC 6125 and Node’s clients have it; libpq compares it as a part of the name.',
    when: (settings) => hosts(settings).some((host) => host.endsWith('.')),
    kinds: ['laxer'],
  },
  'wildcard below the root': {
    why: 'Node, as browsers, takes no wildcard for every name of a top-level domain; libpq does.',
    when: (settings) => hosts(settings).some((host) => /^\w+\.test$/.test(host)),
    kinds: ['stricter'],
  },
  'address as a name': {
    why: 'Node takes no common name for an address; libpq does.',
    when: is('host', '127.0.0.1'),
    kinds: ['stricter'],
  },
  'OpenSSL 1.1.1': {
    why: 'The libpq of the tests has OpenSSL 1.1.1, which does not take a self-signed server certificate as its own root; OpenSSL 3 does, and with it libpq.',
    when: is('sslrootcert', '$selfsigned'),
    kinds: ['laxer'],
  },
  'binding by Ed25519': {
    why: 'There is no hash to bind to. libpq gives up by itself, we let the server say it: PostgreSQL fails at the same place.',
    when: (settings) => !is('channel_binding', 'disable')(settings),
    kinds: ['another way'],
  },
  'owner of the socket': {
    why: '`requirepeer` is refused beside a socket: Node cannot see who is at the other end, and most clients cannot be told.',
    when: (settings) => settings.has('requirepeer'),
    kinds: ['stricter'],
  },
  'password in clear': {
    why: 'The gate: a server elsewhere gets the password in clear only after its certificate was verified.',
    when: () => true,
    kinds: ['stricter'],
  },
  'no proof': {
    why: 'The gate: a server that has begun SCRAM proves that it knows the password. libpq insists on it only with `require_auth`.',
    when: (settings) => !settings.has('require_auth'),
    kinds: ['stricter'],
  },
  'plaintext injection': {
    why: 'Bytes that come unencrypted behind the answer to SSLRequest are an attack (CVE-2021-23222). libpq takes them for a failed handshake here.',
    when: (settings) => is('sslmode', 'prefer')(settings),
    kinds: ['stricter'],
  },
  'second login': {
    why: 'The gate: a server asks once. PostgreSQL does, and a second question could be for the password in clear.',
    when: () => true,
    kinds: ['stricter'],
  },
} as const satisfies Record<string, Difference>;

export type DifferenceName = keyof typeof DIFFERENCES;
