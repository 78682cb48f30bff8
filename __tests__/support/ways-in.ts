import type { Login } from './nasty.ts';

/** Where a login goes. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

export type StepInputs = Readonly<Record<string, string>>;

/** Every byte but letters, digits and `-._~`. */
const all = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
const url = ({ user, password, database }: Login, { host, port }: Place, encode: (text: string) => string): string =>
  `postgresql://${encode(user)}:${encode(password)}@${host}:${port}/${encode(database)}`;
/** A quoted value of a keyword/value string. */
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** A quoted value of an ADO.NET string. */
const doubled = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The ways in which a login can come to the step, each able to carry any text: the inputs that say it. */
export const WAYS_IN: Record<string, (login: Login, place: Place) => StepInputs> = {
  'a URL': (login, place) => ({ 'connection-string': url(login, place, all) }),
  'a URL as encodeURIComponent makes it': (login, place) => ({ 'connection-string': url(login, place, encodeURIComponent) }),
  'a psql command': (login, place) => ({ 'connection-string': `psql '${url(login, place, all)}'\n` }),
  'key=value': ({ user, password, database }, { host, port }) => ({
    'connection-string': `host=${host} port=${port} user=${quoted(user)} password=${quoted(password)} dbname=${quoted(database)}`,
  }),
  'an ADO.NET string': ({ user, password, database }, { host, port }) => ({
    'connection-string': `Host=${host};Port=${port};Username=${doubled(user)};Password=${doubled(password)};Database=${doubled(database)}`,
  }),
  JSON: ({ user, password, database }, { host, port }) => ({
    'connection-string': JSON.stringify({ host, port, username: user, password, dbname: database }),
  }),
  // A blank input is an input that was not filled in.
  'a URL, and the password raw': (login, place) =>
    login.password.trim() === ''
      ? { 'connection-string': url(login, place, all) }
      : { 'connection-string': url({ ...login, password: 'replaced' }, place, all), password: login.password },
};
