/** A psql command line, with assignments before it, a prompt, or a path. What follows the match are its words. */
export const PSQL = /^(?:\$\s+)?((?:[A-Z_][A-Z\d_]*=(?:'[^']*'|"[^"]*"|[^\s'"]*)\s+)*)(?:\S*\/)?psql(?:\.exe)?\s+(?=\S)/;

/** Is the text a psql command line, as Neon's Connect button copies it? */
export const isPsqlCommand = (text: string): boolean => PSQL.test(text);

/**
 * May the text be one of the mistakes that mistakes.ts tells apart? Cheap, and never true of an ordinary URL: a second `//`, an expression of
 * GitHub's, or a beginning that no connection has.
 */
export const mayBeMistaken = (text: string): boolean =>
  /^(?:\$|secrets\.|vars\.|env\.|napi_|cG9zdGdyZX)|\$\{\{|:\/\/.*(?:\/\/|https?:\/)/is.test(text);

/** Lines of `name: value` and no others, one of them a part of a connection. */
export const isYaml = (text: string): boolean => {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => !/^\s*(?:#.*|---)?$/.test(line));
  return (
    lines.every((line) => /^\s*(?:-\s+)?["']?[\w<-]+["']?\s*:(?:\s|$)/.test(line)) &&
    lines.some((line) =>
      /^\s*(?:-\s+)?["']?(?:host(?:name)?|port|user(?:name)?|password|database|dbname|ur[il])["']?\s*:/.test(line),
    )
  );
};

/** Is the text meant as JSON? */
export const isJson = (text: string): boolean => text.startsWith('{') || text.startsWith('[');

export const isJdbc = (text: string): boolean => text.slice(0, 5).toLowerCase() === 'jdbc:';

/** The scheme of a URL in lower case, or nothing. */
export const schemeOf = (text: string): string | undefined => {
  const scheme = text.slice(0, Math.max(text.indexOf('://'), 0)).toLowerCase();
  return /^[a-z][a-z\d.+_-]*$/.test(scheme) ? scheme : undefined;
};

/** `NAME=value` as in a `.env`, a shell (`export`, `set`), PowerShell (`$env:NAME = …`), Java's properties or YAML (`NAME: value`). */
export const ASSIGNMENT = /^\s*(?:export\s+|set\s+|setx\s+|-\s+)?(?:\$[Ee]nv:)?([A-Za-z_][\w.-]*)\s*(?:=|:(?=\s))\s*(.*)$/;

export const isUrl = (value: string): boolean =>
  /^["'`]?\s*(?:jdbc:postgres|(?:r2dbc:)?postgres[\w+-]*:\/\/|psql\s)/i.test(value);

/** Does the text assign environment variables? Lower-case names are libpq's keywords, so they count only with a URL behind them. */
export const isEnvBlock = (text: string): boolean =>
  text.split(/\r\n|\r|\n/).some((line) => {
    const [, name = '', value = ''] = ASSIGNMENT.exec(line) ?? [];
    return /^[A-Z_][A-Z\d_]+$/.test(name) || (/url|dsn|connection/i.test(name) && isUrl(value));
  });
