/** A psql command line, with assignments before it, a prompt, or a path. What follows the match are its words. */
export const PSQL = /^(?:\$\s+)?((?:[A-Z_][A-Z\d_]*=(?:'[^']*'|"[^"]*"|[^\s'"]*)\s+)*)(?:\S*\/)?psql(?:\.exe)?\s+(?=\S)/;

/** Is the text a psql command line, as Neon's Connect button copies it? */
export const isPsqlCommand = (text: string): boolean => text.includes('psql') && PSQL.test(text);

/** How what is no connection begins, in lower case: a variable's or a secret's name, Neon's API key, base64 of `postgre` and `jdbc:post`. */
const BEGINNINGS = ['$', 'secrets.', 'vars.', 'env.', 'napi_', 'cg9zdgdyzx', 'amriyzpwb3n0'];

/**
 * May the text be one of the mistakes that mistakes.ts tells apart? Cheap, and never true of an ordinary URL: a second `//`, an expression of
 * GitHub's, or a beginning that no connection has. A pattern for it takes V8 a hundredth of Node's start to build.
 */
export const mayBeMistaken = (text: string): boolean => {
  const lower = text.toLowerCase();
  const [, ...behind] = lower.split('://');
  const rest = behind.join('://');
  return (
    BEGINNINGS.some((beginning) => lower.startsWith(beginning)) ||
    lower.includes('${{') ||
    ['//', 'http:/', 'https:/'].some((second) => rest.includes(second))
  );
};

/** Is the text meant as JSON? `[name]` on a line of its own begins a section of a file of settings. */
export const isJson = (text: string): boolean =>
  text.startsWith('{') || (text.startsWith('[') && !/^\[[\w .:-]+\]\s*[\r\n]/.test(text));

/** Java's URLs, and what other libraries of Java's write before `postgresql://`. */
export const isJdbc = (text: string): boolean => /^(?:jdbc|r2dbc|vertx-reactive):/i.test(text);

/** Key=value pairs with nothing in them that some other form has. */
export const isKeyValue = (text: string): boolean => /^[a-z_]+\s*=[^;({]*$/.test(text);

/** The scheme of a URL in lower case, or nothing. */
export const schemeOf = (text: string): string | undefined => {
  const scheme = text.slice(0, Math.max(text.indexOf('://'), 0)).toLowerCase();
  return /^[a-z][a-z\d.+_-]*$/.test(scheme) ? scheme : undefined;
};

/** `NAME=value` as in a `.env`, a shell (`export`, `set`), PowerShell (`$env:NAME = …`), Java's properties or YAML (`NAME: value`). */
export const ASSIGNMENT =
  /^\s*(?:export\s+|set\s+|setx\s+|-\s+)?(?:\$[Ee]nv:)?([A-Za-z_]\w*|[a-z]+(?:[.-][a-z\d]+)+)\s*(?:=|:(?=\s))\s*(.*)$/;

export const isUrl = (value: string): boolean =>
  /^["'`]?\s*(?:jdbc:postgres|(?:r2dbc:)?postgres[\w+-]*:\/\/|psql\s)/i.test(value);

/**
 * Does the text assign environment variables? Lower-case names are libpq's keywords, so they count only with a URL behind them, or where the first of them begins with `db_`. YAML with
 * names within names is no list of variables.
 */
export const isEnvBlock = (text: string): boolean =>
  !/^([ \t]*)[\w.-]+:[ \t]*[\r\n]+\1[ \t]+\S/m.test(text) &&
  (/^(?:database|db|pg|postgres)_[a-z]+\s*=/.test(text) ||
    text.split(/\r\n|\r|\n/).some((line) => {
      const [, name = '', value = ''] = ASSIGNMENT.exec(line) ?? [];
      return /^[A-Z_][A-Z\d_]+$/.test(name) || (/url|dsn|connection/i.test(name) && isUrl(value));
    }));
