/** libpq refuses this string. */
export const REFUSED = 'refused';

/** A connection string, and what PQconninfoParse of libpq 18.4 gave for it: recorded, and compared with the live library too. */
export type Case = readonly [text: string, outcome: Readonly<Record<string, string>> | typeof REFUSED];
