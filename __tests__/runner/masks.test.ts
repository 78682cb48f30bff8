import fc from 'fast-check';
import { FORMS, forms } from '../../src/runner/forms.ts';
import { conspicuous, keyLines, maskSet } from '../../src/runner/masks.ts';
import { suspects } from '../../src/runner/suspects.ts';
import { redact } from '../../src/runner/text.ts';
import { pastedMasks } from '../../src/secrets.ts';
import { SecretMasker } from '../support/runner/masker.ts';

const of = (name: string, secret: string): readonly string[] => {
  const form = FORMS.find((each) => each.name === name);
  if (form === undefined) throw new Error(`no form is called ${name}`);
  return [form.of(secret, { user: 'app' })].flat();
};

/** What other programs print, from their documentation or from running them: name, secret, what must be among its forms. */
const TABLE: [name: string, secret: string, ...expected: string[]][] = [
  ['raw', ' a b ', ' a b '],
  ['trimmed', ' a b ', 'a b'],
  ['each line', 'one\r\ntwo', 'one', 'two'],
  ['percent-encoded: JavaScript encodeURIComponent', "p@ss'w/rd é", "p%40ss'w%2Frd%20%C3%A9", "p%40ss'w%2frd%20%c3%a9"],
  ['percent-encoded: RFC 3986, as this step writes it', "a!'()*~é", 'a%21%27%28%29%2A~%C3%A9', 'a%21%27%28%29%2a~%c3%a9'],
  ['percent-encoded twice', "a/b'", 'a%252Fb%2527', 'a%252fb%2527', "a%252Fb'", "a%252fb'"],
  ['percent-encoded: JavaScript encodeURI', 'a b?c#d"', 'a%20b?c#d%22'],
  ['percent-encoded: WHATWG URL password', 'a@b:c%d!e f', 'a%40b%3Ac%d!e%20f'],
  ['percent-encoded: Python quote', 'a/b c@', 'a/b%20c%40'],
  ['percent-encoded: Go url.UserPassword', 'a$&+,;=/:@', 'a$&+,;=%2F%3A%40'],
  ['percent-encoded: RFC 3986 sub-delims kept', "a!$&'()*+,;=/", "a!$&'()*+,;=%2F"],
  ['form-encoded: URLSearchParams, Java URLEncoder', 'a b~*é', 'a+b%7E*%C3%A9', 'a+b%7e*%c3%a9'],
  ['form-encoded: Python quote_plus, Go QueryEscape', 'a b~*', 'a+b~%2A', 'a+b~%2a'],
  ['JSON', 'a"\\\té', 'a\\"\\\\\\té'],
  ['JSON: ASCII only (Python, Ruby)', 'é😀"', '\\u00e9\\ud83d\\ude00\\"'],
  ['JSON: HTML-safe (Go, Rails)', '<a&b>', '\\u003ca\\u0026b\\u003e'],
  ['JSON: PHP', 'é/"', '\\u00e9\\/\\"', 'é\\/\\"'],
  ['JSON: System.Text.Json', `<"'+é\\u0000`, '\\u003C\\u0022\\u0027\\u002B\\u00E9\\\\u0000'],
  ['JSON inside JSON', 'a"b\\', 'a\\\\\\"b\\\\\\\\'],
  ['libpq keyword/value, C, JavaScript, Python: quote and backslash escaped', "it's \\", "it\\'s \\\\"],
  ['backslash doubled', "it's \\", "it's \\\\"],
  ['double quotes escaped', 'a"b', 'a\\"b'],
  ['double quotes doubled: CSV, ADO.NET, PowerShell', 'a"b', 'a""b'],
  ['quotes doubled: SQL, YAML, workflow expressions', "it's", "it''s"],
  ['.pgpass', 'a:b\\c', 'a\\:b\\\\c'],
  ["shell: '\\''", "it's", "it'\\''s"],
  [`shell: '"'"'`, "it's", `it'"'"'s`],
  ['shell: double-quoted', 'a"$`\\!', 'a\\"\\$\\`\\\\!'],
  ['shell: printf %q', '~a $(b)é', '\\~a\\ \\$\\(b\\)é'],
  ['HTML', `<&>"'`, '&lt;&amp;&gt;&quot;&#39;'],
  ['HTML: Go', `<&>"'`, '&lt;&amp;&gt;&#34;&#39;'],
  ['HTML: Python', `<&>"'`, '&lt;&amp;&gt;&quot;&#x27;'],
  ['XML', `<&>"'`, '&lt;&amp;&gt;&quot;&apos;'],
  ['base64', '>>>???é', 'Pj4+Pz8/w6k', 'Pj4-Pz8_w6k'],
  ['base64 with the newline of echo', 'secret', 'c2VjcmV0Cg'],
  ['base64 inside a longer base64', 'correct horse', 'Y29ycmVjdCBob3JzZ', 'NvcnJlY3QgaG9yc2', 'jb3JyZWN0IGhvcnNl'],
  ['percent-encoded, inside the base64 of a URL', 'a b c d e f', 'YSUyMGIlMjBjJTIwZCUyMGUlMjBm'],
  ['hexadecimal', 'azé', '617ac3a9', '617AC3A9'],
  ['percent-encoded, in the hexadecimal of a URL', 'a b', '6125323062'],
  // rolpassword after the word md5: `printf secretapp | md5sum`.
  ['PostgreSQL md5 verifier (pg_authid)', 'secret', '6a422f785c9e20873908ce25d1736ae2'],
];

describe('every form', () => {
  test.each(TABLE)('%s', (name, secret, ...expected) => {
    expect(of(name, secret)).toEqual(expect.arrayContaining(expected));
  });

  test('stands in the table above', () => {
    expect(new Set(TABLE.map(([name]) => name))).toEqual(new Set(FORMS.map(({ name }) => name)));
  });
});

describe('the list of forms', () => {
  test('of letters and digits is short', () => {
    expect(forms('npgAbC123xyz789', { user: 'app' }).length).toBeLessThanOrEqual(10);
  });

  test('stays below 60 for a difficult password', () => {
    expect(forms(`p@ss/w:rd?#%41 +'"\\é&<!~*();,$\``, { user: 'app' }).length).toBeLessThanOrEqual(60);
  });

  test.each([[''], [' '], ['\t\n']])('of a blank secret is empty: %j', (secret) => {
    expect(forms(secret)).toEqual([]);
  });

  test.each([['a'], ['ab'], ['#é'], ["'"]])('of a short one holds no other short form: %s', (secret) => {
    expect(forms(secret)).toContain(secret);
    expect(forms(secret).filter((form) => form.length < 4)).toEqual([secret]);
  });

  test('is longest first, without doubles, without empty ones', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (secret) => {
        const list = forms(secret, { user: 'app' });
        expect(list).toEqual([...new Set(list)].sort((a, b) => b.length - a.length));
        expect(list.every((form) => form.trim() !== '')).toBe(true);
      }),
    );
  });
});

/** How programs print a password, by their own means and not by ours. */
const PRINTED: [name: string, print: (secret: string) => string][] = [
  ['raw', (s) => s],
  ['encodeURIComponent', encodeURIComponent],
  ['lower-case percent', (s) => encodeURIComponent(s).replace(/%../g, (code) => code.toLowerCase())],
  ['encodeURI', encodeURI],
  ['URLSearchParams', (s) => new URLSearchParams({ password: s }).toString()],
  [
    'URL.password',
    (s) => {
      const url = new URL('postgresql://app@h/db');
      url.password = s;
      return url.href;
    },
  ],
  ['JSON', (s) => JSON.stringify({ password: s })],
  ['JSON inside JSON', (s) => JSON.stringify({ body: JSON.stringify({ password: s }) })],
  ['libpq', (s) => `password='${s.replace(/['\\]/g, '\\$&')}'`],
  ['.pgpass', (s) => `h:5432:db:app:${s.replace(/[:\\]/g, '\\$&')}`],
  ['shell', (s) => `PGPASSWORD='${s.replaceAll("'", `'\\''`)}'`],
  ['base64', (s) => Buffer.from(s).toString('base64')],
  ['base64url', (s) => Buffer.from(s).toString('base64url')],
  ['hex', (s) => Buffer.from(s).toString('hex')],
];

/** Passwords as PostgreSQL takes them, long enough that no accident makes them part of the text around. */
const password = fc
  .oneof(
    fc.string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 40 }),
    fc.string({ unit: 'grapheme', minLength: 8, maxLength: 30 }),
    fc.string({ unit: fc.constantFrom(...`@:/?#%&+=$!*()[]{}<>'"\\\`~;|, aé漢😀`), minLength: 8, maxLength: 30 }),
  )
  .filter((text) => text.trim().length >= 8 && text.isWellFormed());

/** Under a runner that knows nothing of encodings, one after the other. */
const oneAfterTheOther = (text: string, masks: readonly string[]): string =>
  masks.reduce((masked, mask) => masked.split(mask).join('***'), text);

describe('whatever the password, a printed form of it is gone', () => {
  test.each(PRINTED)('%s', (_, print) => {
    fc.assert(
      fc.property(password, (secret) => {
        const masks = maskSet({ passwords: [secret], user: 'app', plain: ['h', '5432', 'app', 'db'] });
        const printed = print(secret);
        const masker = new SecretMasker();
        for (const mask of masks) masker.addValue(mask);
        for (const masked of [redact(printed, masks), masker.mask(printed), oneAfterTheOther(printed, masks)]) {
          expect(masked).toContain('***');
          expect(leftovers(masked, printed, secret)).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
  });

  test.each([0, 1, 2, 3, 4, 5])('base64 of a URL, %i characters before it', (before) => {
    fc.assert(
      fc.property(password, (secret) => {
        const text = `${'x'.repeat(before)}//app:${encodeURIComponent(secret)}@h/db`;
        const masks = maskSet({ passwords: [secret], user: 'app' });
        const encoded = Buffer.from(`${'x'.repeat(before)}//app:${secret}@h/db`).toString('base64');
        const masked = redact(encoded, masks);
        expect(masked).toContain('***');
        // At most the two characters at either end that hold bits of the neighbours too.
        expect(encoded.length - masked.length + 3).toBeGreaterThanOrEqual(Math.floor((Buffer.byteLength(secret) * 8) / 6) - 2);
        expect(redact(text, masks)).not.toContain(encodeURIComponent(secret));
      }),
      { numRuns: 40 },
    );
  });
});

/** The pieces of eight characters of the printed secret that can still be read. */
function leftovers(masked: string, printed: string, secret: string): string[] {
  const pieces = Array.from({ length: Math.max(0, secret.length - 7) }, (_, index) => secret.slice(index, index + 8));
  const around = printed.split(secret).join('');
  return pieces.filter((piece) => masked.includes(piece) && !around.includes(piece));
}

describe('the set of masks', () => {
  test('holds what is written and what was pasted, if a secret is in it', () => {
    const masks = maskSet({
      passwords: ['s3cret-value'],
      written: ['postgresql://app:s3cret-value@h:5432/db', 'jdbc:postgresql://h/db'],
      pasted: ['\ufeff{\n  "user": "app",\n  "password": "s3cret-value"\n}\n', 'PGUSER=app\r\nPGPASSWORD=s3cret-value\r\n'],
    });
    expect(masks).toEqual(
      expect.arrayContaining([
        'postgresql://app:s3cret-value@h:5432/db',
        '"password": "s3cret-value"',
        'PGPASSWORD=s3cret-value',
      ]),
    );
    for (const never of ['{', '}', 'PGUSER=app', '"user": "app",', 'jdbc:postgresql://h/db']) expect(masks).not.toContain(never);
    expect(masks).toEqual([...masks].sort((a, b) => b.length - a.length));
  });

  test('never holds host, port, user or database, unless one of them is the password', () => {
    // The base64 of a password, the name of a role: unlikely, and yet the role's name stays readable.
    const plain = ['h', '5432', Buffer.from('s3cret-value').toString('base64'), 'db'];
    expect(maskSet({ passwords: ['s3cret-value'], plain }).filter((mask) => plain.includes(mask))).toEqual([]);
    expect(maskSet({ passwords: ['postgres'], plain: ['postgres'] })).toContain('postgres');
  });

  test('takes the body of a private key, not its frame', () => {
    const body = ['MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v', 'VpguoROK9FLsLMARzpBevVrGj0GZTmCYcsYN'];
    const pem = ['-----BEGIN PRIVATE KEY-----', ...body, '-----END PRIVATE KEY-----', ''];
    for (const text of [pem.join('\n'), pem.join('\r\n'), pem.join('\\n'), pem.join(' ')]) expect(keyLines(text)).toEqual(body);
    expect(maskSet({ keys: [pem.join('\n')] })).toEqual([...body].sort((a, b) => b.length - a.length));
  });

  test('leaves out the headers of an encrypted key of old', () => {
    const pem =
      '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00FF\n\nAAAABBBBCCCC\n-----END RSA PRIVATE KEY-----';
    expect(keyLines(pem)).toEqual(['AAAABBBBCCCC']);
  });

  test.each([
    ['postgres', ['postgres'], 'common'],
    ['Password', [], 'common'],
    ['my-host', ['my-host'], 'common'],
    ['short', [], 'short'],
    ['long enough', [], undefined],
    ['', [], undefined],
  ] as const)('says that %j hides ordinary text', (secret, plain, reason) => {
    expect(conspicuous(secret, plain)).toBe(reason);
  });
});

describe('what may be a password in a text that nobody has read yet', () => {
  test.each<[name: string, text: string, among: string[]]>([
    ['a URL', 'postgresql://u:s3cret@h/db', ['s3cret']],
    ['percent-encoded', 'postgresql://u:s3%63ret@h/db', ['s3%63ret', 's3cret']],
    ['a bad escape', 'postgresql://u:s3cret%zz@h/db', ['s3cret%zz']],
    ['an @ in it', 'postgresql://u:s3@cret99@h/db', ['s3@cret99', 'cret99']],
    ['a slash in it', 'postgresql://u:s3cr/et99@h/db', ['s3cr/et99', 's3cr', 'et99']],
    ['a ? in it', 'postgresql://u:s3cr?et@h/db', ['s3cr?et']],
    ['a # in it', 'postgresql://u:s3cr#et@h/db', ['s3cr#et']],
    ['a blank in it', 'postgresql://u:s3cr et@h/db', ['s3cr et']],
    ['a quote in it', `psql 'postgresql://u:s3cr'et@h/db'`, [`s3cr'et`]],
    ['a bad port', 'postgresql://u:s3cret@h:99999/db', ['s3cret']],
    ['without a user', 'postgresql://:s3cret@h/db', ['s3cret']],
    ['an unknown scheme', 'mysql://u:s3cret@h/db', ['s3cret']],
    ['as pasted', "psql 'postgresql://u:s3cret@h/db?sslmode=require'\n", ['s3cret']],
    ['in a query', 'jdbc:postgresql://h:5432/db?user=u&password=s3%2Bcret&ssl=true', ['s3%2Bcret', 's3+cret']],
    ['keyword/value', 'host=h password=s3cret user=u', ['s3cret']],
    ['keyword/value, quoted', "host=h password='it\\'s 3cret' user=u", ["it's 3cret"]],
    ['keyword/value, quote left open', "host=h password='s3cret", ['s3cret']],
    ['a .env block', 'PGHOST=h\nexport PGPASSWORD="s3 cret"\nPGUSER=u', ['s3 cret']],
    ['JSON', '{"username":"u","password":"s3\\u0063r\\"et"}', ['s3cr"et']],
    ['JSON, cut', '{"username":"u","password":"s3cret', ['s3cret']],
    ['YAML', 'user: u\npassword: s3cret\n', ['s3cret']],
    ['ADO.NET', 'Host=h;Username=u;Password=s3cret;Pooling=true', ['s3cret']],
    ['ADO.NET, its shortest name', 'Host=h;PSW=s3cret;Pooling=true', ['s3cret']],
    ['ADO.NET, in double quotes', 'Host=h;Password="s3""cr;et";Pooling=true', ['s3"cr;et']],
    ['ADO.NET, in quotes that begin with quotes', 'Host=h;Password="""s3cret"""', ['"s3cret"']],
    ['ADO.NET, in single quotes', "Host=h;Pwd='s3''cret';Pooling=true", ["s3'cret"]],
    ['.pgpass', 'h:5432:db:u:s3cret', ['s3cret']],
    ['the password alone', 's3cret-and-nothing-else', ['s3cret-and-nothing-else']],
  ])('%s', (_, text, among) => {
    expect(suspects(text)).toEqual(expect.arrayContaining(among));
  });

  test.each([
    ['no password', 'postgresql://u@h/db'],
    ['no user', 'postgresql://h:5432/db'],
    ['an @ in the query', 'postgresql://h:5432/db'],
    ['a host', 'ep-cool-rain-123456.eu-central-1.aws.neon.tech'],
    ['a template', 'postgresql://username:password@hostname/db'],
    ['a template in angle brackets', 'postgresql://u:<DB_PASSWORD>@h/db'],
    ['a hidden one', 'postgresql://u:************@h/db'],
    ['nothing', ''],
  ])('finds none where there is none: %s', (_, text) => {
    expect(suspects(text)).toEqual([]);
  });

  // A guess too many stars harmless text, one too few shows a secret: these are all there are.
  test.each<[what: string, text: string, all: string[]]>([
    ['a URL', 'postgresql://u:s3cret@h/db', ['s3cret']],
    ['a URL with an encoded one', 'postgresql://u:p%40ss1@h/db', ['p%40ss1', 'p@ss1']],
    ['a broken encoding', 'postgresql://u:p%zz1@h/db', ['p%zz1']],
    ['an @ in it', 'postgresql://u:p@ss1@h/db', ['p@ss1']],
    ['a / in it', 'postgresql://u:pa/ss1@h/db', ['pa/ss1']],
    ['a / in it, and an @ in the query', 'postgresql://u:pa/ss1@h:5432/db?x=a@b', ['pa/ss1', 'pa/ss1@h:5432/db?x=a']],
    ['a ? in it', 'postgresql://u:s3cr?et@h/db', ['s3cr?et']],
    ['a short one', 'postgresql://u:abc@h/db', ['abc']],
    ['no user', 'postgresql://h:5432/db', []],
    ['no password', 'postgresql://u@h/db', []],
    ['a psql command', 'psql "postgresql://u:s3cret@h/db"', ['s3cret']],
    ['.pgpass', 'h:5432:db:u:s3cret', ['s3cret']],
    ['.pgpass of any port, a colon in it', 'h:*:db:u:s3:cret', ['s3:cret']],
    ['key=value, where it may end at a blank or with the line', 'host=h password=s3cret user=u', ['s3cret', 's3cret user=u']],
    ['key=value, quoted', "host=h password='it\\'s s3cret' user=u", ["it\\'s s3cret", "it's s3cret"]],
    ['key=value, a short one', 'password=abc', ['abc']],
    [
      'a query, where it may end at the &',
      'jdbc:postgresql://h/db?user=u&password=s3cret&ssl=true',
      ['s3cret', 's3cret&ssl=true'],
    ],
    ['a semicolon after it', 'Password=s3cret;Host=h', ['s3cret', 's3cret;Host=h']],
    ['a form, where + is a blank', 'password=s3+cret', ['s3+cret', 's3 cret']],
    ['a quote left over', 'password=s3cret"', ['s3cret', 's3cret"']],
    ['a shell’s double quotes', 'PGPASSWORD="say \\"hi\\" there"', ['say \\"hi\\" there', 'say "hi" there']],
    ['JSON', '{"password":"a\\u0041bcd\\n"}', ['a\\u0041bcd\\n', 'au0041bcdn', 'aAbcd\n']],
    ['an API key', 'api_key: napi_abcdef', ['napi_abcdef']],
    ['a word alone', '  s3cret-and-more\n', ['s3cret-and-more']],
    ['a word too short to be one', 'short', []],
    ['a host', 'db.example.com', []],
    ['a host and port', 'db.example.com:5432', []],
    ['an assignment', 'a=b', []],
    ['a template in a field', 'password: <PASSWORD>', []],
    ['templates', 'postgresql://u:[YOUR-PASSWORD]@h/db', []],
    ['a template of a shell', 'postgresql://u:$PASSWORD@h/db', []],
    ['a template of words', 'postgresql://u:your-password@h/db', []],
    ['what only looks like a template', 'postgresql://u:x<s3cret>@h/db', ['x<s3cret>']],
    ['a word in front of a template’s', 'postgresql://u:mypassword1@h/db', ['mypassword1']],
  ])('all that it finds: %s', (_, text, all) => {
    expect([...suspects(text)].sort()).toEqual([...all].sort());
  });

  test('never takes the host for one in a URL that can be read', () => {
    const found = suspects('postgresql://u:s3cret@ep-cool.neon.tech:5432/db?application_name=me@work&options=-c%20a%3Db');
    expect(found).not.toContain('ep-cool.neon.tech');
    expect(found.filter((each) => 'ep-cool.neon.tech:5432/db'.includes(each))).toEqual([]);
  });

  test.each([
    ['slashes', '/'.repeat(60_000)],
    ['colons', '//'.repeat(10) + ':@'.repeat(20_000)],
    ['quotes', "password='".repeat(6_000)],
    ['letters', 'pass'.repeat(15_000)],
    ['blanks', `password=${' '.repeat(60_000)}`],
  ])('is quick for 60,000 characters of %s', (_, text) => {
    const began = performance.now();
    suspects(text);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

test.each([
  ['key=value', (password: string) => `host=db.example.org user=app password='${password}' dbname=shop`],
  ['JSON', (password: string) => JSON.stringify({ host: 'db.example.org', user: 'app', password })],
  ['a URL', (password: string) => `postgresql://app:${encodeURIComponent(password)}@db.example.org/shop`],
])('a password that looks percent-encoded has every mask before %s is read', (_, text) => {
  for (const password of ['%41%42%43%44', '%0A%0D%25ab', 'a%00b%ffc']) {
    const masks = pastedMasks((input) => (input === 'connection-string' ? text(password) : ''));
    expect(masks).toEqual(expect.arrayContaining(forms(password)));
  }
});

test('what a secret of letters, digits and _ is spared would have been the secret itself', () => {
  for (const secret of ['npg_K8sT0pQz', 'a', 'A_', '_0123456789_']) {
    const all = FORMS.flatMap((form) => form.of(secret, { user: 'app' })).filter((form) => form.length >= 4 || form === secret);
    expect(new Set(forms(secret, { user: 'app' }))).toEqual(new Set(all));
  }
});
