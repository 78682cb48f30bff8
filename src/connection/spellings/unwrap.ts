/** Quotes that people paste around a value, by their opening character: straight ones, Markdown's and those of word processors. */
const QUOTES = new Map([
  ["'", "'"],
  ['"', '"'],
  ['`', '`'],
  ['“', '”'],
  ['‘', '’'],
  ['«', '»'],
]);

/**
 * Takes off what surrounds a pasted value: a byte order mark, blanks, line ends, one pair of quotes. The inside is not touched.
 *
 * @returns the text within, and a sentence for each thing taken off that the user should know of
 */
export const unwrap = (text: string): { text: string; notices: string[] } => {
  const notices: string[] = [];
  let inside = text;
  const take = (shorter: string, what: string): void => {
    if (shorter === inside) return;
    inside = shorter;
    notices.push(`\`connection-string\` had ${what}; taken off.`);
  };
  take(inside.replace(/^\uFEFF+/, ''), 'a byte order mark at its start');
  take(inside.replace(/[\r\n]+\s*$/, ''), 'a line end after it');
  take(inside.trim(), 'blanks around it');
  take(inside.replace(/^[\u200b-\u200f\u2060]+|[\u200b-\u200f\u2060\s]+$/g, ''), 'invisible characters around it');
  const close = QUOTES.get(inside.charAt(0));
  // A line out of JSON or of a program.
  if (close !== undefined && /[,;]$/.test(inside) && inside.endsWith(close, inside.length - 1))
    take(inside.slice(0, -1), 'a comma or semicolon after its quotes');
  // A quote inside belongs to the value, unless what is quoted is plainly a URL: then only the outer pair can be meant as quotes.
  if (close !== undefined && inside.length > 1 && inside.endsWith(close)) {
    const within = inside.slice(1, -1);
    if (!within.includes(close) || /^\s*[a-z][a-z+\d]*:/i.test(within)) take(within.trim(), 'quotes around it');
  }
  return { text: inside, notices };
};
