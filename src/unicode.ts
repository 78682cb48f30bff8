/**
 * Unicode's classes, such as `Cc` or `L`, for inside the brackets of a pattern with the flag `u`. Put together when they are needed: of a `\p` in
 * a literal, V8 builds the set already while it reads the source, which takes a millisecond of every start.
 */
export const unicode = (...classes: readonly string[]): string => classes.map((name) => `\\p{${name}}`).join('');
