import { findParameter } from '../parameters.ts';
import { isAdo, readAdo } from './ado.ts';
import { BY_PARTS, COPY_AGAIN, type Given, given, refuse } from './given.ts';
import { keywordFor, renamed } from './names.ts';
import { note, readConninfo } from './uri.ts';

/**
 * Reads the forms that few have and that are told apart by more than their beginning: a line of a `.pgpass`, a section of a file of settings,
 * an ADO.NET string.
 * What nobody can read is refused by the name of what it is; the rest is taken for key=value pairs.
 */
export const readOther = (text: string): Given => {
  if (SECTION.test(text)) return readSection(text);
  const pgpass = PGPASS.exec(text);
  if (pgpass !== null) return readPgpass(pgpass.slice(1));
  if (isAdo(text)) return readAdo(text);
  for (const [isIt, what, fix] of NAMED) {
    if (typeof isIt === 'function' ? isIt(text) : isIt.test(text)) throw refuse(what, fix);
  }
  // What begins with a keyword of libpq's is meant as pairs, and a password among them may look like anything.
  const isPairs = findParameter(/^(\w+)\s*=/.exec(text)?.[1] ?? '') !== undefined;
  if (!isPairs && PROGRAM.test(text)) throw refuse('is a piece of a program', BY_PARTS);
  if (!isPairs && /(?:^|[\s<("'`=])postgres(?:ql)?:\/\/[^\s]/i.test(text)) {
    throw refuse('has other text around its postgresql:// URL', 'Give the URL alone, from postgresql:// to its end.');
  }
  // With one slash it is a misspelt scheme, not a user and a password.
  if (/^\/\/|^(?!postgres(?:ql)?:\/)[^\s=:/@]+:[^\s@]*@[^\s@/]+\//.test(text)) {
    throw refuse('has no scheme', 'Put postgresql:// in front of it.');
  }
  if (!text.includes('=')) throw refuse('is neither a postgresql:// URL nor key=value pairs', COPY_AGAIN);
  return renamed(readConninfo(text));
};

/** Lines of `name: value` and no others, one of them a part of a connection. */
const isYaml = (text: string): boolean => {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => !/^\s*(?:#.*|---)?$/.test(line));
  return (
    lines.every((line) => /^\s*(?:-\s+)?["']?[\w<.-]+["']?\s*:(?:\s|$)/.test(line)) &&
    lines.some((line) =>
      /^\s*(?:-\s+)?["']?(?:\w+_)?(?:host(?:name)?|port|user(?:name)?|password|database|db(?:name)?|ur[il])["']?\s*:/i.test(line),
    )
  );
};

/** What cannot be read, by what it looks like; the first that fits counts. */
const NAMED: readonly (readonly [isIt: RegExp | ((text: string) => boolean), what: string, fix: string])[] = [
  [
    (text) => /^kind:\s*Secret\s*$/m.test(text) && /^data:/m.test(text),
    'is a Kubernetes Secret, whose values are base64-encoded',
    "Store the decoded value of its `uri`: `kubectl get secret … -o jsonpath='{.data.uri}' | base64 -d` prints it.",
  ],
  [isYaml, 'looks like YAML', BY_PARTS],
  [
    /^[\w.-]+:\d+\/\?Action=connect&.*X-Amz-/s,
    'is a token for logging in at AWS, which stands for a password and is no connection',
    'Give it as `password`, with `host`, `user` and `database` beside it; it is valid for 15 minutes only.',
  ],
  [/^\s*Driver\s*=[^;]*;/i, 'is an ODBC string (with semicolons)', BY_PARTS],
  [/^(?:pgsql|dbi:Pg(?:PP)?):[^/]/i, 'is the DSN of a library (PDO or DBI)', BY_PARTS],
];

const PROGRAM =
  /^(?:(?:const|let|var|import|from|config|return)\s|(?:[\w$.]+\s*=\s*)?(?:new\s+|await\s+)?[A-Za-z_$][\w$.:]*\s*\(|[\w$.]+\s*=\s*\{)/;

/** `hostname:port:database:username:password`, where `\` takes the next character as it is (libpq-pgpass). */
const PGPASS = /^((?:\\.|[^\\:\s/=])+):(\d+|\*):((?:\\.|[^\\:\s])+):((?:\\.|[^\\:\s])+):(.+)$/;

const readPgpass = (fields: readonly string[]): Given => {
  const said = given();
  for (const [index, keyword] of ['host', 'port', 'dbname', 'user', 'password'].entries()) {
    const value = (fields[index] as string).replace(/\\(.)/g, '$1');
    if (fields[index] !== '*') said.parameters.set(keyword, value);
  }
  return note(said, '`connection-string` is a line of a `.pgpass` file; read as host, port, database, user and password.');
};

/** `[name]` and one pair a line, as in libpq's pg_service.conf and other files of settings. */
const SECTION = /^\[[\w .:-]+\]\s*[\r\n]/;

/** A value goes from the `=` to the end of the line, with blanks around it dropped and no quotes (libpq-pgservice). */
const readSection = (text: string): Given => {
  const said = given();
  for (const line of text.split(/[\r\n]+/).slice(1)) {
    if (/^\s*(?:[#;].*)?$/.test(line)) continue;
    if (SECTION.test(`${line}\n`)) throw refuse('has several sections', 'Give only the one that is meant.');
    const [, name, value] = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined)
      throw refuse('has a line that is not `name=value` under its section', BY_PARTS);
    const keyword = keywordFor(name);
    if (value === '') continue;
    if (keyword !== undefined) said.parameters.set(keyword, value);
    else said.foreign.set(name, value);
  }
  return note(said, '`connection-string` is a section of a file of settings; the pairs in it were read.');
};
