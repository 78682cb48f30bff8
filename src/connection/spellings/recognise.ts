/** A psql command line, with assignments before it, a prompt, or a path. What follows the match are its words. */
export const PSQL = /^(?:\$\s+)?((?:[A-Z_][A-Z\d_]*=(?:'[^']*'|"[^"]*"|[^\s'"]*)\s+)*)(?:\S*\/)?psql(?:\.exe)?\s+(?=\S)/;

/** Is the text a psql command line, as Neon's Connect button copies it? */
export const isPsqlCommand = (text: string): boolean => PSQL.test(text);

/** Is the text meant as JSON? */
export const isJson = (text: string): boolean => text.startsWith('{') || text.startsWith('[');

export const isJdbc = (text: string): boolean => text.slice(0, 5).toLowerCase() === 'jdbc:';

/** The scheme of a URL in lower case, or nothing. */
export const schemeOf = (text: string): string | undefined => {
  const scheme = text.slice(0, Math.max(text.indexOf('://'), 0)).toLowerCase();
  return /^[a-z][a-z\d.+_-]*$/.test(scheme) ? scheme : undefined;
};

/** `NAME=value` as in a `.env`, a shell (`export`, `set`), PowerShell (`$env:NAME = …`) or YAML (`NAME: value`). */
export const ASSIGNMENT = /^\s*(?:export\s+|set\s+|setx\s+|-\s+)?(?:\$[Ee]nv:)?([A-Za-z_][A-Za-z\d_]*)\s*(?:=|:(?=\s))\s*(.*)$/;

export const isUrl = (value: string): boolean => /^["'`]?\s*(?:postgres|jdbc:postgres|psql\s)/i.test(value);

/** Does the text assign environment variables? Lower-case names are libpq's keywords, so they count only with a URL behind them. */
export const isEnvBlock = (text: string): boolean =>
  text.split(/\r\n|\r|\n/).some((line) => {
    const [, name = '', value = ''] = ASSIGNMENT.exec(line) ?? [];
    return /^[A-Z_][A-Z\d_]+$/.test(name) || (/url|dsn|connection/i.test(name) && isUrl(value));
  });
