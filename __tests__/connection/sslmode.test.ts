import type { SslMode } from '../../src/connection/connection.ts';
import { type Demand, settleSslMode, type Wishes } from '../../src/connection/sslmode.ts';

interface Row {
  readonly input?: SslMode;
  /** What the string and the other inputs said, by libpq's keyword. */
  readonly said?: Readonly<Record<string, string>>;
  readonly asked?: readonly Demand[];
  readonly local?: true;
}

const ALLOW = '`allow` as sslmode is not known to all clients; `prefer` is used, which tries TLS first and is never weaker.';
const BINDING =
  '`channel_binding` is `require`, for protection against a man in the middle, and not every client can be told that, so sslmode is `verify-full`; the input `sslmode` overrides this.';
const ROOT =
  '`sslrootcert` makes libpq check the CA under `require`, so sslmode is `verify-ca`; the input `sslmode` overrides this.';
const wants = (name: string, atLeast: SslMode): Demand => ({ name, atLeast, why: 'asks for TLS' });
const raised = (name: string, mode: SslMode): string =>
  `\`${name}\` asks for TLS, so sslmode is \`${mode}\`; the input \`sslmode\` overrides this.`;

const rows: readonly (readonly [rule: string, row: Row, mode: SslMode, ...notices: string[]])[] = [
  // When nobody says.
  ['another machine is verified', {}, 'verify-full'],
  ['this machine and service containers have no TLS', { local: true }, 'disable'],
  ['a CA for this machine is meant to be used', { local: true, said: { sslrootcert: 'PEM' } }, 'verify-full'],
  ['a CA for another machine changes nothing', { said: { sslrootcert: 'PEM' } }, 'verify-full'],

  // What the string says is kept.
  ['disable', { said: { sslmode: 'disable' } }, 'disable'],
  ['prefer', { said: { sslmode: 'prefer' } }, 'prefer'],
  ['require', { said: { sslmode: 'require' } }, 'require'],
  ['verify-ca', { said: { sslmode: 'verify-ca' } }, 'verify-ca'],
  ['verify-full', { said: { sslmode: 'verify-full' } }, 'verify-full'],
  ['require for this machine', { local: true, said: { sslmode: 'require' } }, 'require'],
  ['allow becomes prefer, which is no weaker', { said: { sslmode: 'allow' } }, 'prefer', ALLOW],

  // The input wins over all.
  ['the input over the string', { input: 'require', said: { sslmode: 'verify-full' } }, 'require'],
  ['the input over channel_binding', { input: 'require', said: { sslmode: 'require', channel_binding: 'require' } }, 'require'],
  ['the input over a client’s parameter', { input: 'disable', asked: [wants('ssl', 'verify-full')] }, 'disable'],
  ['the input over this machine', { input: 'verify-full', local: true }, 'verify-full'],

  // Never weaker than asked.
  ['Neon’s pair of parameters', { said: { sslmode: 'require', channel_binding: 'require' } }, 'verify-full', BINDING],
  ['channel_binding=require beside verify-full says nothing', { said: { channel_binding: 'require' } }, 'verify-full'],
  ['channel_binding=require on this machine', { local: true, said: { channel_binding: 'require' } }, 'verify-full', BINDING],
  ['channel_binding=prefer asks for nothing', { said: { sslmode: 'require', channel_binding: 'prefer' } }, 'require'],
  ['a CA under require, as in libpq', { said: { sslmode: 'require', sslrootcert: 'PEM' } }, 'verify-ca', ROOT],
  ['a CA under prefer: libpq does not check it', { said: { sslmode: 'prefer', sslrootcert: 'PEM' } }, 'prefer'],
  ['a CA under verify-full says nothing', { said: { sslmode: 'verify-full', sslrootcert: 'PEM' } }, 'verify-full'],
  [
    'both: the stronger one decides and is named',
    { said: { sslmode: 'require', channel_binding: 'require', sslrootcert: 'PEM' } },
    'verify-full',
    BINDING,
  ],
  [
    'a client’s parameter raises',
    { said: { sslmode: 'prefer' }, asked: [wants('ssl', 'require')] },
    'require',
    raised('ssl', 'require'),
  ],
  [
    'a client’s parameter for what is there says nothing',
    { said: { sslmode: 'require' }, asked: [wants('ssl', 'require')] },
    'require',
  ],
  ['a client’s parameter never lowers', { said: { sslmode: 'verify-ca' }, asked: [wants('ssl', 'require')] }, 'verify-ca'],
  [
    'a client’s parameter on this machine',
    { local: true, asked: [wants('ssl', 'verify-full')] },
    'verify-full',
    raised('ssl', 'verify-full'),
  ],
  [
    'two of them, the weaker first',
    { local: true, asked: [wants('ssl_require', 'require'), wants('sslaccept', 'verify-full')] },
    'verify-full',
    raised('ssl_require', 'require'),
    raised('sslaccept', 'verify-full'),
  ],
  [
    'allow, and raised from there',
    { said: { sslmode: 'allow' }, asked: [wants('ssl', 'require')] },
    'require',
    ALLOW,
    raised('ssl', 'require'),
  ],
];

const named = rows.map(([rule, row, mode, ...notices]) => ({ rule, row, mode, notices }));

test.each(named)('$rule', ({ row: { input, said = {}, asked = [], local = false }, mode, notices }) => {
  const wishes: Wishes = { input, parameters: new Map(Object.entries(said)), asked, local };
  expect(settleSslMode(wishes)).toEqual({ mode, notices });
});
