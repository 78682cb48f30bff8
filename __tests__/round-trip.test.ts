import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import pg from 'pg';
import { parse as parseWithPg } from 'pg-connection-string';
import { parseConninfo } from '../src/connection/conninfo.ts';
import { findPlaceholder } from '../src/connection/placeholder.ts';
import { settle } from '../src/connection/settle.ts';
import { plan } from '../src/export.ts';
import { overridesOf, readInputs } from '../src/inputs.ts';
import { entriesText } from '../src/runner/files.ts';
import { chooseSource, take } from '../src/sources/index.ts';
import { libpq } from './support/libpq.ts';
import { Clients, type Outcome, WAYS } from './support/log-in.ts';
import { type Login, login, PG_CANNOT, PIECES } from './support/nasty.ts';
import { type Bed, shared } from './support/postgres-bed.ts';
import { readEntries } from './support/runner/env-files.ts';
import { RunnerDouble } from './support/runner-double.ts';
import { type StepInputs, WAYS_IN } from './support/ways-in.ts';

/** A value that only a template has: the action refuses it, and says so. */
const isTemplate = ({ user, password, database }: Login): boolean =>
  findPlaceholder(new Map(Object.entries({ user, password, dbname: database })), false) !== undefined;

/** What the step does with its inputs, without the runner: from the inputs to the variables as the runner reads them. */
async function exportOf(inputs: StepInputs, ca: string): Promise<Map<string, string>> {
  const read = readInputs((name) => inputs[name] ?? '');
  const source = chooseSource(read);
  if ('missing' in source) throw new Error(source.missing);
  const said = await take(source.kind, read, new AbortController(), { onSecret: () => {}, onWait: () => {} });
  const { connection } = await settle(said, overridesOf(read), (path) => readFileSync(path, 'utf8'));
  const { entries, error } = readEntries(Buffer.from(entriesText((await plan(connection, { ca }, read)).variables)));
  if (error) throw new Error(error);
  return new Map(entries);
}

/** What every login has to reach. */
const SERVER = { tls: 'TLSv1.3', version: expect.stringMatching(/^PostgreSQL 18\./) };

/** pg-connection-string reads the path of a URL with decodeURI, which leaves these characters encoded. */
const RESERVED = /[;/?:@&=+$,#]/g;

/** Programs that read a URL, each in its own way: what they give as libpq's keywords, and what they make of a database's name. */
const READERS: Record<string, { read: (url: string) => Record<string, unknown>; database?: (name: string) => string }> = {
  libpq: {
    read: (url) => {
      const parsed = libpq().parse(url);
      return typeof parsed === 'string' ? { refused: parsed } : Object.fromEntries(parsed);
    },
  },
  'our own grammar': { read: (url) => Object.fromEntries(parseConninfo(url)) },
  'WHATWG URL': {
    read: (url) => {
      const { username, password, hostname, port, pathname, searchParams } = new URL(url);
      return {
        ...{ user: decodeURIComponent(username), password: decodeURIComponent(password), host: hostname, port },
        ...{ dbname: decodeURIComponent(pathname.slice(1)), ...Object.fromEntries(searchParams) },
      };
    },
  },
  'pg-connection-string': {
    read: (url) => {
      const { user, password, host, port, database, sslmode } = parseWithPg(url) as Record<string, unknown>;
      return { user, password, host, port, dbname: database, sslmode };
    },
    database: (name) => name.replace(RESERVED, encodeURIComponent),
  },
};

describe('what is exported reads back as what was given, 500 logins', () => {
  const place = { host: 'db.example.com', port: 6543 };

  test.each(Object.entries(WAYS_IN))('%s', async (_, inputsFor) => {
    await fc.assert(
      fc.asyncProperty(login, async (given) => {
        fc.pre(!isTemplate(given));
        const exported = await exportOf(inputsFor(given, place), '/ca.pem');
        const expected = { ...given, host: place.host, port: String(place.port), sslmode: 'verify-full' };
        expect({
          ...{ user: exported.get('PGUSER'), password: exported.get('PGPASSWORD'), database: exported.get('PGDATABASE') },
          ...{ host: exported.get('PGHOST'), port: exported.get('PGPORT'), sslmode: exported.get('PGSSLMODE') },
        }).toEqual(expected);
        for (const [reader, { read, database = (name: string) => name }] of Object.entries(READERS)) {
          const { database: name, ...rest } = expected;
          expect({ reader, ...read(exported.get('DATABASE_URL') ?? '') }).toEqual({ reader, ...rest, dbname: database(name) });
        }
      }),
      { numRuns: 500, examples: PIECES.map((piece) => [{ user: piece, password: piece, database: piece }]) },
    );
  });
});

describe('what is exported logs in, over TLS 1.3 with verify-full', () => {
  let bed: Bed;
  let clients: Clients;
  beforeAll(async () => {
    bed = await shared();
    clients = new Clients({ NODE_EXTRA_CA_CERTS: bed.caPath });
  });
  afterAll(() => clients?.end());

  const waysIn = Object.values(WAYS_IN);
  let turn = 0;
  /** The inputs that say this login, in one of the ways in, each in its turn. */
  const inputsFor = (given: Login): StepInputs => {
    const wayIn = waysIn[turn++ % waysIn.length] as (typeof waysIn)[number];
    return { ...wayIn(given, bed), sslmode: 'verify-full', sslrootcert: bed.caPath };
  };

  /** Logs in in every way there is, and gives what each reached. */
  async function everyWay(exported: ReadonlyMap<string, string>): Promise<Record<string, Outcome>> {
    const reached: Record<string, Outcome> = {};
    for (const way of WAYS) reached[way] = await clients.logIn(way, exported);
    return reached;
  }
  const always = (outcome: Outcome): Record<string, Outcome> => Object.fromEntries(WAYS.map((way) => [way, outcome]));

  /** The same with what the committed action exports, as a step of a job. */
  async function everyWayThroughTheAction(given: Login): Promise<Record<string, Outcome>> {
    const runner = new RunnerDouble();
    try {
      const { conclusion, env, log } = await runner.step({ inputs: inputsFor(given) });
      if (conclusion !== 'success') throw new Error(`The action refuses ${JSON.stringify(given)}:\n${log}`);
      return await everyWay(new Map(Object.entries(env)));
    } finally {
      runner.dispose();
    }
  }

  /** Roles, passwords and databases, each with one of these pieces. */
  async function* logins(pieces: readonly string[]): AsyncGenerator<Login> {
    const databases = PIECES.filter((piece) => piece.search(RESERVED) < 0);
    let last = 'round trip';
    await bed.createDatabase(last);
    for (const piece of pieces) {
      const index = PIECES.indexOf(piece);
      const database = databases[index % databases.length] as string;
      await bed.sql(`alter database ${pg.escapeIdentifier(last)} rename to ${pg.escapeIdentifier(database)}`);
      last = database;
      const given = { user: `${piece} ${index}`, password: piece, database };
      await bed.createRole(given.user, given.password);
      yield given;
    }
    await bed.sql(`drop database ${pg.escapeIdentifier(last)}`);
  }
  const [first, second] = [0, 1].map((rest) => PIECES.filter((_, index) => index % 2 === rest)) as [string[], string[]];

  test(`${first.length} roles, passwords and databases, through the committed action`, async () => {
    for await (const given of logins(first)) {
      const session = { user: given.user, database: given.database, ...SERVER };
      expect({ given, reached: await everyWayThroughTheAction(given) }).toEqual({ given, reached: always(session) });
    }
  });

  test(`${second.length} more, through the same code without the runner`, async () => {
    for await (const given of logins(second)) {
      const session = { user: given.user, database: given.database, ...SERVER };
      const exported = await exportOf(inputsFor(given), bed.caPath);
      expect({ given, reached: await everyWay(exported) }).toEqual({ given, reached: always(session) });
    }
  });

  test('a database whose name pg does not decode in a URL: every other way reaches it', async () => {
    const given = { user: 'reserved', password: 'reserved', database: ';/?:@&=+$,#' };
    await bed.createRole(given.user, given.password);
    await bed.createDatabase(given.database);
    const session = { user: given.user, database: given.database, ...SERVER };
    expect(await everyWayThroughTheAction(given)).toEqual({
      ...always(session),
      'pg, DATABASE_URL': { error: expect.stringMatching(/^3D000 /) },
    });
  });

  test('passwords that pg changes and PostgreSQL does not: libpq logs in, pg is refused', async () => {
    for (const [index, password] of PG_CANNOT.entries()) {
      const given = { user: `pg cannot ${index}`, password, database: 'postgres' };
      await bed.createRole(given.user, given.password);
      const session = { user: given.user, database: given.database, ...SERVER };
      const refused = { error: expect.stringMatching(/^28P01 /) };
      expect({ given, reached: await everyWay(await exportOf(inputsFor(given), bed.caPath)) }).toEqual({
        given,
        reached: { 'pg, PG*': refused, 'pg, DATABASE_URL': refused, 'libpq, PG*': session, 'libpq, DATABASE_URL': session },
      });
    }
  });
});
