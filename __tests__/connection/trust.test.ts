import { createPrivateKey } from 'node:crypto';
import { readTrust } from '../../src/connection/trust.ts';
import { createAuthority, type Leaf } from '../support/certificates.ts';
import { type Refusal, refusalOf } from '../support/refusal.ts';

interface Material {
  readonly ca: string;
  readonly client: Leaf;
  readonly crl: string;
  readonly locked: string;
}

const made: Promise<Material> = createAuthority().then(async (authority) => {
  const client = await authority.issue({ commonName: 'app', usage: 'client' });
  const locked = createPrivateKey(client.key)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'right' })
    .toString();
  return { ca: authority.cert, client, crl: await authority.revoke([]), locked };
});

/** A folder as the job has it, by path; what is not in it cannot be read. */
const folder =
  (files: Readonly<Record<string, string>>) =>
  (path: string): string => {
    const text = files[path];
    if (text === undefined) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
    return text;
  };
const trustOf = async (parameters: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) =>
  readTrust(new Map(Object.entries(parameters)), folder(files));

describe('what TLS is given', () => {
  type Of<T> = (material: Material) => T;
  type Row = { rule: string; parameters: Of<Record<string, string>>; trust: Of<object>; files: Of<Record<string, string>> };
  const row = (rule: string, parameters: Row['parameters'], trust: Of<object>, files: Row['files'] = () => ({})): Row => ({
    ...{ rule, parameters, trust, files },
  });
  const rows: readonly Row[] = [
    row(
      'nothing',
      () => ({ host: 'db.example.org', password: 'p' }),
      () => ({}),
    ),
    row(
      'a CA as PEM text',
      ({ ca }) => ({ sslrootcert: ca }),
      ({ ca }) => ({ ca }),
    ),
    row(
      'a CA by its path',
      () => ({ sslrootcert: 'certs/ca.pem' }),
      ({ ca }) => ({ ca }),
      ({ ca }) => ({ 'certs/ca.pem': ca }),
    ),
    row(
      '`system`: the public roots, which need no file',
      () => ({ sslrootcert: 'system' }),
      () => ({}),
    ),
    row(
      'a file called `system` for another keyword',
      ({ client }) => ({ sslcert: 'system', sslkey: client.key }),
      ({ client }) => ({ cert: client.cert, key: client.key }),
      ({ client }) => ({ system: client.cert }),
    ),
    row(
      'each keyword has its part',
      ({ ca, client, crl }) => ({ sslrootcert: ca, sslcert: client.chain, sslkey: client.key, sslcrl: crl }),
      ({ ca, client, crl }) => ({ ca, cert: client.chain, key: client.key, crl }),
    ),
    row(
      'all four by path',
      () => ({ sslrootcert: '1', sslcert: '2', sslkey: '3', sslcrl: '4' }),
      ({ ca, client, crl }) => ({ ca, cert: client.cert, key: client.key, crl }),
      ({ ca, client, crl }) => ({ 1: ca, 2: client.cert, 3: client.key, 4: crl }),
    ),
    row(
      'a passphrase opens the key',
      ({ client, locked }) => ({ sslcert: client.cert, sslkey: locked, sslpassword: 'right' }),
      ({ client, locked }) => ({ cert: client.cert, key: locked, passphrase: 'right' }),
    ),
    row(
      'line ends as `\\n`',
      ({ ca }) => ({ sslrootcert: ca.trim().replaceAll('\n', '\\n') }),
      ({ ca }) => ({ ca }),
    ),
    row(
      'line ends as `\\r\\n`',
      ({ ca }) => ({ sslrootcert: ca.replaceAll('\n', '\\r\\n') }),
      ({ ca }) => ({ ca }),
    ),
    row(
      'blanks around, one line end after it',
      ({ ca }) => ({ sslrootcert: `  \n${ca}\n\n` }),
      ({ ca }) => ({ ca }),
    ),
    row(
      'a file is taken as it is',
      () => ({ sslrootcert: 'ca.pem' }),
      ({ ca }) => ({ ca: `\n# ours \\n\n${ca}\n\n` }),
      ({ ca }) => ({ 'ca.pem': `\n# ours \\n\n${ca}\n\n` }),
    ),
  ];
  test.each(rows)('$rule', async ({ parameters, trust, files }) => {
    const material = await made;
    expect(await trustOf(parameters(material), files(material))).toStrictEqual(trust(material));
  });
});

describe('what cannot be used, by the keyword that it came from', () => {
  const wrong = (keyword: string, what: string, fix: string): Refusal => ({
    code: 'invalid-input',
    message: `Input \`${keyword}\` ${what}.`,
    fix,
  });
  const UNREADABLE = 'is neither PEM text nor the path of a file that can be read';
  const EITHER =
    'Give the PEM text itself (a secret can hold it, with its lines), or a path that exists at this step: check out the repository first.';
  const SHELL = 'names a file by `~` or a variable, which nothing but a shell fills in';
  const PUBLIC = '; where the provider’s CA is a public one, take it out';
  const inputs = (input: string, more = ''): string =>
    `Give the PEM text itself through the input \`${input}\` (a secret can hold it, with its lines), or a path that exists at this step${more}.`;
  const rows: readonly (readonly [rule: string, parameters: Record<string, string>, refusal: Refusal])[] = [
    ['a CA that is not there', { sslrootcert: 'no/ca.pem' }, wrong('sslrootcert', UNREADABLE, EITHER)],
    ['a certificate that is not there', { sslcert: 'no/cert.pem' }, wrong('sslcert', UNREADABLE, EITHER)],
    ['a key that is not there', { sslkey: 'no/key.pem' }, wrong('sslkey', UNREADABLE, EITHER)],
    ['a list that is not there', { sslcrl: 'no/list.pem' }, wrong('sslcrl', UNREADABLE, EITHER)],
    ...['~/root.crt', '$HOME/root.crt', '$env:appdata/root.crt', '%APPDATA%/root.crt'].map(
      (path) =>
        [
          `a file by what a shell fills in: ${path}`,
          { sslrootcert: path },
          wrong('sslrootcert', SHELL, inputs('sslrootcert', PUBLIC)),
        ] as const,
    ),
    ['a key by what a shell fills in', { sslkey: '~/client.key' }, wrong('sslkey', SHELL, inputs('sslkey'))],
    ['a `~` within a path', { sslkey: 'a~/client.key' }, wrong('sslkey', UNREADABLE, EITHER)],
    [
      'a file without PEM',
      { sslrootcert: 'der' },
      wrong('sslrootcert', 'names a file that holds no PEM', 'Give a file with -----BEGIN …----- lines.'),
    ],
    [
      'what pem.ts finds',
      { sslkey: '-----BEGIN PRIVATE KEY-----' },
      wrong('sslkey', 'was given without its certificate', 'Give `sslcert` too, or neither.'),
    ],
  ];
  test.each(rows)('%s', async (_, parameters, refusal) => {
    expect(await refusalOf(() => trustOf(parameters, { der: '\u0030\u0082binary' }))).toEqual(refusal);
  });

  test('a passphrase without a key is no fault', async () =>
    expect(await trustOf({ sslpassword: 'p' })).toEqual({ passphrase: 'p' }));
});
