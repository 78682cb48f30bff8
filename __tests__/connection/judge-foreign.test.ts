import { judgeForeign } from '../../src/connection/judge-foreign.ts';
import { read } from '../../src/connection/spellings/index.ts';
import { type Refusal, refusalOf, SECRET } from '../support/refusal.ts';

const judged = async (text: string) => judgeForeign(await read(text));
const url = (query: string, login = `app:${SECRET}`): string => `postgresql://${login}@db.example.org/shop?${query}`;

describe('what clients’ own parameters ask of TLS', () => {
  const tls = (name: string, atLeast: string) => ({ name, atLeast, why: 'asks for TLS' });
  test.each([
    ['nothing', url('sslmode=require'), []],
    ['of no TLS', url('schema=app&pgbouncer=true'), []],
    ['a value that asks for nothing', url('sslaccept=accept_invalid_certs&ssl=false'), []],
    ['one', url('sslaccept=strict'), [tls('sslaccept', 'verify-full')]],
    [
      'each, in its order',
      url('schema=app&ssl_require=true&sslaccept=strict'),
      [tls('ssl_require', 'require'), tls('sslaccept', 'verify-full')],
    ],
    ['a word of TablePlus’ URLs', url('name=shop&env=production'), []],
    ['a keyword of a later libpq is known', url('oauth_ca_file=x'), []],
  ])('%s', async (_, text, demands) => expect(await judged(text)).toEqual(demands));
});

describe('what nobody knows', () => {
  const unknown = (name: string | undefined, near?: string): Refusal => ({
    code: 'invalid-connection-string',
    message: `\`connection-string\` has ${name === undefined ? 'a parameter that nobody knows' : `the parameter \`${name}\`, which nobody knows`}.`,
    fix:
      near === undefined
        ? 'Take it out; if it belongs to the password, percent-encode the password.'
        : `Did you mean \`${near}\`?`,
  });
  const rows: readonly (readonly [rule: string, text: string, refusal: Refusal])[] = [
    ['is named with the nearest of libpq’s', url('sslmoed=require'), unknown('sslmoed', 'sslmode')],
    ['is named with the nearest of a client’s', url('pgbounce=true'), unknown('pgbounce', 'pgbouncer')],
    ['is named alone where nothing is near', url('frobnicate.x-1=1'), unknown('frobnicate.x-1')],
    ['behind one that is known', url('schema=app&frobnicate=1'), unknown('frobnicate')],
    ['`constructor` is no parameter', url('constructor=1'), unknown('constructor')],
    ['40 letters are shown', url(`${'q'.repeat(40)}=1`), unknown('q'.repeat(40))],

    // A piece of a broken password may stand there: then the name is not shown.
    ['is not shown with 41 letters', url(`${'q'.repeat(41)}=1`), unknown(undefined)],
    ['is not shown with other characters', url('frob%24nicate=1'), unknown(undefined)],
    ['is not shown with another character at its start', url('%24frobnicate=1'), unknown(undefined)],
    ['is not shown with another character at its end', url('frobnicate%24=1'), unknown(undefined)],
    ['is not shown without a host', 'postgresql://app@/shop?frobnicate=1', unknown(undefined)],
    ['is not shown without a user', url('frobnicate=1', `:${SECRET}`), unknown(undefined)],
    [
      'is not shown without a password before the host: it may be a piece of it',
      'postgresql://app@db.example.org/shop?password=a&frobnicate=1',
      unknown(undefined),
    ],
    ['is not shown where an @ is left in a value', url('frobnicate=a@b'), unknown(undefined)],
    ['is not shown where an @ is left in the name', url('frob@nicate=a'), unknown(undefined)],
    [
      'is not shown where an @ is left in another name',
      url('schema=x&fro%40b=1').replace('schema', 'frobnicate'),
      unknown(undefined),
    ],
    ['is not shown where an @ is left in a part', `postgresql://app:p@x@db.example.org/shop?frobnicate=1`, unknown(undefined)],
    [
      'is not shown in key=value: a blank of the password may have ended it',
      `host=h user=app password=a ${SECRET}=b`,
      unknown(undefined),
    ],
    ['is not shown in key=value, whatever stands first', `user=app password=a host=h ${SECRET}=b`, unknown(undefined)],
    ['a near one is told all the same', `host=h usr=app password=${SECRET}`, unknown(undefined, 'user')],
    [
      'the same behind a password in a query',
      `jdbc:postgresql://h/d?user=u&password=x&name=${SECRET}`,
      unknown(undefined, 'dbname'),
    ],
    [
      'the same in pairs, where a blank may have cut the password',
      `host=h password=x name=${SECRET}`,
      unknown(undefined, 'dbname'),
    ],
  ];
  test.each(rows)('%s', async (_, text, refusal) => {
    const refused = await refusalOf(() => judged(text));
    expect(refused).toEqual(refusal);
    expect(JSON.stringify(refused)).not.toContain(SECRET);
  });
});
