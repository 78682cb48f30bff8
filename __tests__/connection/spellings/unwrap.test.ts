import { unwrap } from '../../../src/connection/spellings/unwrap.ts';

const had = (what: string): string => `\`connection-string\` had ${what}; taken off.`;
const MARK = had('a byte order mark at its start');
const END = had('a line end after it');
const BLANKS = had('blanks around it');
const QUOTES = had('quotes around it');

const rows: readonly (readonly [rule: string, pasted: string, text: string, notices: readonly string[]])[] = [
  ['nothing around it', 'host=h', 'host=h', []],
  ['nothing at all', '', '', []],
  ['a byte order mark', '\uFEFFhost=h', 'host=h', [MARK]],
  ['two of them', '\uFEFF\uFEFFhost=h', 'host=h', [MARK]],
  ['a line end', 'host=h\n', 'host=h', [END]],
  ['a Windows line end', 'host=h\r\n', 'host=h', [END]],
  ['line ends and blanks after them', 'host=h\n\r\n  \n\t', 'host=h', [END]],
  ['a line end inside stays', 'host=h\nuser=u', 'host=h\nuser=u', []],
  ['blanks', ' \thost=h ', 'host=h', [BLANKS]],
  ['a line end before it is a blank', '\nhost=h', 'host=h', [BLANKS]],
  ['blanks inside stay', 'host = h', 'host = h', []],
  ['all of it, each told', '\uFEFF  "host=h" \n', 'host=h', [MARK, END, BLANKS, QUOTES]],
  ['invisible characters', '\u200bhost=h\u200b\u2060', 'host=h', [had('invisible characters around it')]],
  ['invisible characters behind a line end', 'host=h\u200b\n', 'host=h', [END, had('invisible characters around it')]],
  ['invisible characters and blanks between', 'host=h \u200b \u200e', 'host=h', [had('invisible characters around it')]],
  ['an invisible character inside stays', 'host=\u200bh', 'host=\u200bh', []],
  ['a mark inside stays', 'host=\uFEFFh', 'host=\uFEFFh', []],

  // One pair of quotes.
  ['single', "'host=h'", 'host=h', [QUOTES]],
  ['double', '"host=h"', 'host=h', [QUOTES]],
  ['backticks', '`host=h`', 'host=h', [QUOTES]],
  ['English ones', '“host=h”', 'host=h', [QUOTES]],
  ['English single ones', '‘host=h’', 'host=h', [QUOTES]],
  ['French ones', '«host=h»', 'host=h', [QUOTES]],
  ['blanks within', '" host=h "', 'host=h', [QUOTES]],
  ['nothing within', "''", '', [QUOTES]],
  ['one pair only', '"\'host=h\'"', "'host=h'", [QUOTES]],
  ['another quote inside is the value’s', '"password=\'a\'"', "password='a'", [QUOTES]],
  ['a comma after them', '"host=h",', 'host=h', [had('a comma or semicolon after its quotes'), QUOTES]],
  ['a semicolon after them', "'host=h';", 'host=h', [had('a comma or semicolon after its quotes'), QUOTES]],
  ['a comma without quotes stays', 'host=h,', 'host=h,', []],
  ['one quote alone', "'", "'", []],
  ['a quote that only opens', "'host=h", "'host=h", []],
  ['a quote that only closes', "host=h'", "host=h'", []],
  ['two that are no pair', '"host=h\'', '"host=h\'', []],
  ['an opening one at the end', '“host=h“', '“host=h“', []],
  ['the value begins and ends with quotes of its own', "'a' = 'b'", "'a' = 'b'", []],
  ['a URL in quotes may hold one', "'postgresql://u:a'b@h/d'", "postgresql://u:a'b@h/d", [QUOTES]],
  ['a URL with blanks before it too', "' postgresql://u:a'b@h/d'", "postgresql://u:a'b@h/d", [QUOTES]],
  ['a driver’s URL too', "'postgresql+psycopg2://u:a'b@h/d'", "postgresql+psycopg2://u:a'b@h/d", [QUOTES]],
  ['jdbc: too, in capitals', "'JDBC:postgresql://h/d?password=a'b'", "JDBC:postgresql://h/d?password=a'b", [QUOTES]],
  ['what only holds a URL may be two values', "'a' postgresql://u@h/d 'b'", "'a' postgresql://u@h/d 'b'", []],
];

test.each(rows)('%s', (_, pasted, text, notices) => expect(unwrap(pasted)).toEqual({ text, notices }));
