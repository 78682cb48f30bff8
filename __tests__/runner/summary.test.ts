import fc from 'fast-check';
import type { Connection } from '../../src/connection/connection.ts';
import { problemSection } from '../../src/runner/problem-section.ts';
import { factTable, stagePicture } from '../../src/runner/reached.ts';
import { connectionTable, exportedNames, html, snippet, summary } from '../../src/runner/summary.ts';

const connection = (host: string, database = 'db', user = 'app'): Connection => ({
  hosts: [{ host, port: 5432 }],
  user,
  password: 's3cret-value',
  database,
  sslmode: 'verify-full',
  connectTimeout: 15,
  trust: {},
  parameters: new Map(),
  foreign: new Map(),
});

const EVIL =
  '</code></td></tr></table>\n\n# x [link](https://evil.example) ![i](x) <img src=x> `code` | a | @mona #1 https://evil.example \u202e';

test('where it connected: host, port, database, user, mode, and no password', () => {
  const text = connectionTable(connection('ep-x.neon.tech'));
  for (const part of ['ep-x.neon.tech', '5432', 'db', 'app', 'sslmode', 'verify-full'])
    expect(text).toContain(`<code>${part}</code>`);
  expect(text).not.toContain('s3cret');
});

test('several hosts have a row each', () => {
  const several = {
    ...connection('one'),
    hosts: [
      { host: 'one', port: 1 },
      { host: '/run/postgresql', port: 2 },
    ],
  } as Connection;
  expect(connectionTable(several)).toContain(
    '<td>Host 2</td><td><code>/run/postgresql</code> socket of port <code>2</code></td>',
  );
});

describe.each<[string, (text: string) => string]>([
  ['the connection', (text) => connectionTable(connection(text, text, text))],
  ['facts', (text) => factTable([[text, text]])],
  [
    'a problem',
    (text) => problemSection({ title: text, message: text, fix: text, code: text, stage: text }, 'https://docs.example'),
  ],
  ['names', (text) => exportedNames([text])],
])('a value in %s', (_, section) => {
  test('cannot leave its place', () => {
    const tags = (text: string) => [...text.matchAll(/<\/?[a-z0-9]+/g)].map(([tag]) => tag).filter((tag) => !/code/.test(tag));
    fc.assert(
      fc.property(fc.oneof(fc.constant(EVIL), fc.string({ unit: 'binary' })), (text) => {
        // Same tags as with a harmless value, no attribute that was not there, no blank line, which would bring Markdown back.
        expect(tags(section(text))).toEqual(tags(section('x')));
        expect(section(text)).not.toMatch(/<(?:img|script)|\n\s*\n/);
        expect(section(text).split('\n')).toHaveLength(section('x').split('\n').length);
      }),
    );
  });
});

test('html leaves nothing that is markup', () => {
  expect(html(`<a href="x" title='y'>&amp;</a>\n`)).toBe(
    '&lt;a href=&quot;x&quot; title=&apos;y&apos;&gt;&amp;amp;&lt;/a&gt;\\n',
  );
});

test('a problem has its sentence, its fix and its place in the docs', () => {
  const text = problemSection(
    { title: 'T', message: 'Input `port` is `x`.', fix: 'Do `this`.', code: 'invalid-input', stage: 'input' },
    'https://docs.example/problems.md',
  );
  expect(text).toContain('<p>Input <code>port</code> is <code>x</code>.</p>');
  expect(text).toContain('<b>What to do:</b> Do <code>this</code>.');
  expect(text).toContain('href="https://docs.example/problems.md#invalid-input"');
});

test.each([
  ['plain', 'psql', '```sh\npsql\n```'],
  ['with a fence inside', '```\nx\n```', '````sh\n```\nx\n```\n````'],
  ['with other line ends and tabs', 'a\r\n\tb\n\n', '```sh\na\n  b\n```'],
  ['with what is not seen', 'a\u202eb', '```sh\na\\u{202e}b\n```'],
  ['with double colons', 'use tokio_postgres::connect;', '```sh\nuse tokio_postgres::connect;\n```'],
])('a snippet %s', (_, source, expected) => {
  expect(snippet('psql', source, 'sh')).toBe(`<details><summary>psql</summary>\n\n${expected}\n\n</details>`);
});

describe('the picture of the stages', () => {
  test('begins each bar where the one before ended', () => {
    const text = stagePicture([
      { stage: 'resolve', ms: 10 },
      { stage: 'tls', ms: 20 },
      { stage: 'query', ms: 10 },
    ]);
    const bars = [...text.matchAll(/<code>([·█]+)<\/code>/g)].map(([, bar]) => bar);
    expect(bars).toEqual([
      `${'█'.repeat(10)}${'·'.repeat(30)}`,
      `${'·'.repeat(10)}${'█'.repeat(20)}${'·'.repeat(10)}`,
      `${'·'.repeat(30)}${'█'.repeat(10)}`,
    ]);
    expect(text).toContain('<td>in all</td><td></td><td>40&nbsp;ms</td>');
  });

  test('keeps its width and shows every stage, whatever the times', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 9 }), (times) => {
        const bars = [...stagePicture(times.map((ms) => ({ stage: 's', ms }))).matchAll(/<code>([·█]+)<\/code>/g)].map(
          ([, bar]) => bar as string,
        );
        expect(bars).toHaveLength(times.length);
        for (const bar of bars) expect([bar.length, bar.includes('█')]).toEqual([40, true]);
      }),
    );
  });
});

test('a summary stays below what a step may leave', () => {
  const section = `<p>${'x'.repeat(300_000)}</p>`;
  const text = summary([section, section, section, section]);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024);
  expect(text.match(/<p>x/g)).toHaveLength(3);
  expect(text).toContain('More did not fit');
  expect(summary(['a', 'b'])).toBe('a\n\nb\n\n');
});
