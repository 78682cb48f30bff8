import { ConninfoError, parseConninfo } from '../../src/connection/conninfo.ts';
import { checkParameters } from '../../src/connection/validate.ts';
import { SECRET } from '../support/refusal.ts';

describe('what libpq cannot read: the part, what is wrong, what to do', () => {
  const READ = 'Copy it again, as text.';
  const BRACKETS =
    'Brackets are for IPv6 addresses: `[2001:db8::1]:5432`. If they belong to the password, write `[` as `%5B` and `]` as `%5D`.';
  const RAW = ', or give the password as it is through the input `password`';
  const percent = (name: string): string => `has a \`%\` in ${name} that does not begin a percent-encoded byte`;
  const itself = (raw = ''): string => `Write a \`%\` that stands for itself as \`%25\`${raw}.`;
  const nul = (name: string): string => `has \`%00\` in ${name}, a byte that Postgres cannot take anywhere`;
  const blank = (name: string): string => `has a blank inside ${name}`;
  const twenty = (raw = ''): string =>
    `Write a blank that belongs there as \`%20\`${raw}; if two things were pasted one after the other, keep one of them.`;
  const KEYWORD = 'the name of a query parameter';
  const VALUE = 'the value of a query parameter';

  const rows: readonly (readonly [text: string, part: string, what: string, fix: string])[] = [
    // The text.
    ['host=h\0', 'text', 'holds a NUL character, where every Postgres client would cut it off', READ],
    ['password=\ud83d', 'text', 'holds half a character (a lone surrogate), which has no UTF-8 form', READ],
    [
      `host=h ${SECRET}`,
      'text',
      'is neither a `postgresql://` URL nor pairs of `keyword=value`: a word stands without a `=`',
      'Copy the whole string again: it begins with `postgresql://`. In the `keyword=value` form a value with blanks is put in single quotes.',
    ],
    [
      `password='${SECRET}`,
      'value',
      'has a single quote that is never closed',
      "Close it; inside a quoted value a quote is written `\\'` and a backslash `\\\\`.",
    ],

    // Percent-encoding, part by part.
    ['postgresql://u%@h', 'user', percent('its user name'), itself()],
    [`postgresql://u:${SECRET}%4@h`, 'password', percent('its password'), itself(RAW)],
    ['postgresql://h%g0', 'host', percent('its host'), itself()],
    ['postgresql://h:%0g', 'port', percent('its port'), itself()],
    ['postgresql://h/%x', 'dbname', percent('its database name'), itself()],
    ['postgresql://h?us%r=x', 'keyword', percent(KEYWORD), itself()],
    ['postgresql://h?user=%', 'value', percent(VALUE), itself()],
    ['postgresql://u%00@h', 'user', nul('its user name'), 'Take it out.'],
    [`postgresql://u:${SECRET}%00@h`, 'password', nul('its password'), 'Take it out.'],
    ['postgresql://h?user=%00', 'value', nul(VALUE), 'Take it out.'],
    ['postgresql://a b@h', 'user', blank('its user name'), twenty()],
    [`postgresql://u:${SECRET} b@h`, 'password', blank('its password'), twenty(RAW)],
    ['postgresql://h/a b', 'dbname', blank('its database name'), twenty()],
    ['postgresql://h?user=a b', 'value', blank(VALUE), twenty()],

    // Hosts in brackets.
    ['postgresql://[::1', 'host', 'has a `[` before its host without the `]` after it', BRACKETS],
    ['postgresql://[]', 'host', 'has nothing between the `[` and `]` of its host', BRACKETS],
    ['postgresql://[::1]x', 'host', 'has something else than a port, a database or a query after the `]` of its host', BRACKETS],

    // The query.
    [
      `postgresql://h?${SECRET}`,
      'query',
      'has a query parameter without a `=`',
      'Parameters are `name=value`, joined by `&`. A `?` or `&` of the password is written `%3F` or `%26`.',
    ],
    [
      `postgresql://h?user=a=${SECRET}`,
      'query',
      'has a second `=` in a query parameter',
      'Write a `=` that belongs to a value as `%3D`: `options=endpoint%3D…`.',
    ],

    // Parameters; the name itself may be a piece of the password.
    ['postgresql://h?=x', 'keyword', 'has a parameter without a name', 'Parameters are `name=value`.'],
    [
      'postgresql://h?ssl_mode=x',
      'keyword',
      'has a parameter that libpq 18 does not know (the nearest it knows is `sslmode`)',
      'Write `sslmode`, or take the parameter out.',
    ],
    [
      'postgresql://h?oauth_isuer=x',
      'keyword',
      'has a parameter that libpq 18 does not know (the nearest it knows is `oauth_issuer`)',
      'Write `oauth_issuer`, or take the parameter out.',
    ],
    // Near to one of libpq 19 only.
    ['postgresql://h?oauth_ca_fil=x', 'keyword', 'has a parameter that libpq 18 does not know', 'Take the parameter out.'],
    [`postgresql://h?${SECRET}=x`, 'keyword', 'has a parameter that libpq 18 does not know', 'Take the parameter out.'],
  ];
  const titled = rows.map(([text, part, what, fix]) => ({ title: text.replace(SECRET, '***'), text, part, what, fix }));
  test.each(titled)('$title', ({ text, part, what, fix }) => {
    let error: unknown;
    try {
      parseConninfo(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ConninfoError);
    const told = error as ConninfoError;
    expect({ name: told.name, part: told.part, what: told.what, fix: told.fix }).toEqual({
      name: 'ConninfoError',
      part,
      what,
      fix,
    });
    expect(told.message).toBe(`The connection string ${what}.`);
    expect(`${told.message} ${told.fix}`).not.toContain(SECRET);
  });
});

describe('what libpq would refuse before the first packet: the keyword, what is wrong, what to do', () => {
  const NUMBER = 'must be a whole number';
  const PORT = 'must be a number from 1 to 65535';
  const ADDRESS = 'must be an IP address; a name belongs into `host`';
  const VERSION = 'must be `3.0`, `3.2` or `latest`';
  const TLS = 'must be `TLSv1`, `TLSv1.1`, `TLSv1.2` or `TLSv1.3`';
  const KEY = 'must be 32 bytes in base64';
  const METHODS =
    'must be a list of `password`, `md5`, `gss`, `sspi`, `scram-sha-256`, `oauth` or `none`, or of such names with `!` before each';
  const EACH = 'Give one address for each host, in the same order.';
  const ONE = 'Give one port for all hosts, or one for each in the same order.';
  const FULL = 'Use `sslmode=verify-full`.';
  const LONG = 'gives a socket whose path is longer than 107 bytes';
  const DIRECT = 'must not be `direct` unless `sslmode` is `require` or stronger';
  const SYSTEM = 'is too weak beside `sslrootcert=system`, which goes with `verify-full` only';
  const BELOW = 'is below `ssl_min_protocol_version`, which is TLSv1.2 when not given';

  const rows: readonly (readonly [text: string, keyword: string, what: string, fix?: string])[] = [
    // One value.
    ['channel_binding=x', 'channel_binding', 'must be `disable`, `prefer` or `require`'],
    ['connect_timeout=x', 'connect_timeout', NUMBER],
    ['hostaddr=h', 'hostaddr', ADDRESS],
    ['host=h port=x', 'port', PORT],
    ['keepalives_idle=x', 'keepalives_idle', NUMBER],
    ['sslmode=x', 'sslmode', 'must be `disable`, `allow`, `prefer`, `require`, `verify-ca` or `verify-full`'],
    ['sslnegotiation=x', 'sslnegotiation', 'must be `postgres` or `direct`'],
    ['sslcertmode=x', 'sslcertmode', 'must be `disable`, `allow` or `require`'],
    ['require_auth=x', 'require_auth', METHODS],
    ['require_auth=md5,md5', 'require_auth', 'names a method twice'],
    ['require_auth=md5,!gss', 'require_auth', 'mixes methods with and without `!`'],
    ['min_protocol_version=x', 'min_protocol_version', VERSION],
    ['max_protocol_version=x', 'max_protocol_version', VERSION],
    ['ssl_min_protocol_version=x', 'ssl_min_protocol_version', TLS],
    ['ssl_max_protocol_version=x', 'ssl_max_protocol_version', TLS],
    ['gssencmode=x', 'gssencmode', 'must be `disable`, `prefer` or `require`'],
    [
      'target_session_attrs=x',
      'target_session_attrs',
      'must be `any`, `read-write`, `read-only`, `primary`, `standby` or `prefer-standby`',
    ],
    ['load_balance_hosts=x', 'load_balance_hosts', 'must be `disable` or `random`'],
    [`scram_client_key=${SECRET}`, 'scram_client_key', KEY],
    [`scram_server_key=${SECRET}`, 'scram_server_key', KEY],

    // Values that must fit each other.
    ['host=a,b hostaddr=192.0.2.1', 'hostaddr', 'lists 1 address for 2 hosts', EACH],
    ['host=a hostaddr=192.0.2.1,192.0.2.2', 'hostaddr', 'lists 2 addresses for 1 host', EACH],
    ['host=a,b,c port=1,2', 'port', 'lists 2 ports for 3 hosts', ONE],
    ['host=a port=1,2', 'port', 'lists 2 ports for 1 host', ONE],
    ['hostaddr=192.0.2.1,192.0.2.2 port=1,2,3', 'port', 'lists 3 ports for 2 hosts', ONE],
    ['port=1,2', 'port', 'lists 2 ports for 1 host', ONE],
    // `/.s.PGSQL.5432` has 14 bytes.
    [`host=/${'a'.repeat(93)}`, 'host', LONG, 'Use a shorter folder.'],
    [`host=@${'a'.repeat(93)}`, 'host', LONG, 'Use a shorter folder.'],
    [`host=/${'é'.repeat(47)}`, 'host', LONG, 'Use a shorter folder.'],
    [`host=h,/${'a'.repeat(92)} port=54321`, 'host', LONG, 'Use a shorter folder.'],
    [`host=h,/${'a'.repeat(92)} port=1,54321`, 'host', LONG, 'Use a shorter folder.'],
    ['sslrootcert=system sslmode=verify-ca', 'sslmode', SYSTEM, FULL],
    ['sslnegotiation=direct', 'sslnegotiation', DIRECT, FULL],
    ['sslnegotiation=direct sslmode=prefer', 'sslnegotiation', DIRECT, FULL],
    ['ssl_max_protocol_version=TLSv1.1', 'ssl_max_protocol_version', BELOW],
    ['ssl_min_protocol_version=TLSv1.3 ssl_max_protocol_version=tlsv1.2', 'ssl_max_protocol_version', BELOW],
    ['min_protocol_version=latest max_protocol_version=3.0', 'max_protocol_version', 'is below `min_protocol_version`'],
    ['min_protocol_version=3.2 max_protocol_version=3.0', 'max_protocol_version', 'is below `min_protocol_version`'],
  ];
  const named = rows.map(([text, keyword, what, fix]) => ({
    title: text.replace(SECRET, '***'),
    text,
    fault: fix === undefined ? { keyword, what } : { keyword, what, fix },
  }));
  test.each(named)('$title', ({ text, fault }) => expect(checkParameters(parseConninfo(text))).toEqual(fault));

  test.each([
    ['an empty list is none', "host=a,b hostaddr='' port=''"],
    ['one port for all', 'host=a,b,c port=1'],
    ['a port for each address', 'hostaddr=192.0.2.1,192.0.2.2 port=1,2'],
    ['a path of 107 bytes', `host=/${'a'.repeat(92)}`],
    ['a port of fewer digits leaves more room', `host=/${'a'.repeat(95)} port=1`],
    ['an address makes the socket’s path moot', `host=/${'a'.repeat(200)} hostaddr=192.0.2.1`],
    ['a long name is no path', `host=${'a'.repeat(200)}`],
    ['a slash inside makes none', `host=a/${'a'.repeat(200)}`],
    ['sslrootcert=system alone', 'sslrootcert=system'],
    ['direct TLS beside it', 'sslrootcert=system sslnegotiation=direct'],
    ['direct TLS that is required', 'sslnegotiation=direct sslmode=require'],
    ['one bound of TLS', 'ssl_max_protocol_version=TLSv1.2'],
    ['no lower bound', "ssl_min_protocol_version='' ssl_max_protocol_version=TLSv1"],
    ['no upper bound', "ssl_min_protocol_version=TLSv1.3 ssl_max_protocol_version=''"],
    ['equal bounds', 'ssl_min_protocol_version=TLSv1.3 ssl_max_protocol_version=TLSv1.3'],
    ['3.2 is the latest', 'min_protocol_version=latest max_protocol_version=3.2'],
    ['one bound of the protocol', 'max_protocol_version=3.0'],
    ['keywords that nobody checks', 'options=x application_name=y krbsrvname=z'],
    ['a method alone', 'require_auth=!md5'],
    ['nothing', ''],
  ])('taken: %s', (_, text) => expect(checkParameters(parseConninfo(text))).toBeUndefined());
});
