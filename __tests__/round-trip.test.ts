import fc from 'fast-check';
import pg from 'pg';
import { parse as parseWithPg } from 'pg-connection-string';
import { variables } from '../src/clients/index.ts';
import type { Connection } from '../src/connection/connection.ts';
import { parseConninfo } from '../src/connection/conninfo.ts';
import { libpq } from './support/libpq.ts';
import { Clients, type Outcome, WAYS } from './support/log-in.ts';
import { type Login, login, PG_CANNOT, PIECES } from './support/nasty.ts';
import { type Bed, shared } from './support/postgres-bed.ts';

const connection = ({ user, password, database }: Login, place: { host: string; port: number }): Connection => ({
  hosts: [place],
  user,
  password,
  database,
  sslmode: 'verify-full',
  connectTimeout: 15,
  trust: { ca: 'given' },
  parameters: new Map(),
  foreign: new Map(),
});

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

describe('what is exported reads back as what was given', () => {
  const place = { host: 'db.example.com', port: 6543 };

  test.each(Object.entries(READERS))('DATABASE_URL through %s, 2,000 logins', (_, { read, database = (name) => name }) => {
    fc.assert(
      fc.property(login, (given) => {
        const exported = variables(connection(given, place), { ca: '/ca.pem' });
        expect(read(exported.get('DATABASE_URL') ?? '')).toEqual({
          ...{ user: given.user, password: given.password, dbname: database(given.database) },
          ...{ host: place.host, port: String(place.port), sslmode: 'verify-full' },
        });
      }),
      { numRuns: 2000, examples: PIECES.map((piece) => [{ user: piece, password: piece, database: piece }]) },
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

  /** Logs in in every way there is, and gives what each reached. */
  async function everyWay(given: Login): Promise<Record<string, Outcome>> {
    const exported = variables(connection(given, bed), { ca: bed.caPath });
    const reached: Record<string, Outcome> = {};
    for (const way of WAYS) reached[way] = await clients.logIn(way, exported);
    return reached;
  }
  const always = <T>(outcome: T) => Object.fromEntries(WAYS.map((way) => [way, outcome]));

  test(`${PIECES.length} roles, passwords and databases`, async () => {
    let last = 'round trip';
    await bed.createDatabase(last);
    for (const [index, piece] of PIECES.entries()) {
      await bed.sql(`alter database ${pg.escapeIdentifier(last)} rename to ${pg.escapeIdentifier(piece)}`);
      last = piece;
      const given = { user: `${piece} ${index}`, password: piece, database: piece };
      await bed.createRole(given.user, given.password);
      const { user, database } = given;
      const reached: Record<string, Outcome> = always({ user, database, ...SERVER });
      if (piece.search(RESERVED) >= 0) {
        reached['pg, DATABASE_URL'] = { error: expect.stringMatching(/^3D000 /) };
        const exported = variables(connection({ ...given, database: 'postgres' }, bed), { ca: bed.caPath });
        expect(await clients.logIn('pg, DATABASE_URL', exported)).toEqual({ user, database: 'postgres', ...SERVER });
      }
      expect({ given, reached: await everyWay(given) }).toEqual({ given, reached });
    }
  });

  test('passwords that pg changes and PostgreSQL does not: libpq logs in, pg is refused', async () => {
    for (const [index, password] of PG_CANNOT.entries()) {
      const given = { user: `pg cannot ${index}`, password, database: 'postgres' };
      await bed.createRole(given.user, given.password);
      const session = { user: given.user, database: given.database, ...SERVER };
      const refused = { error: expect.stringMatching(/^28P01 /) };
      expect({ given, reached: await everyWay(given) }).toEqual({
        given,
        reached: { 'pg, PG*': refused, 'pg, DATABASE_URL': refused, 'libpq, PG*': session, 'libpq, DATABASE_URL': session },
      });
    }
  });
});
