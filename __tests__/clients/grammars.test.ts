import fc from 'fast-check';
import type { KnownClient } from '../../src/clients/index.ts';
import { findClient, variables } from '../../src/clients/index.ts';
import { connection, FILES, NASTY } from './connections.ts';

/**
 * The clients that are not run are read back with their documented grammars, written down here a second time: every user, password and
 * database must come out as it went in.
 */
interface Read {
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** DbConnectionStringBuilder: `key=value;…`, a value in double quotes with inner ones doubled, or bare up to the semicolon. */
function adoNet(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  const pair = /([^=;]+)=(?:"((?:[^"]|"")*)"|([^;"]*))(?:;|$)/y;
  while (pair.lastIndex < text.length) {
    const found = pair.exec(text);
    if (!found) throw new Error('Format of the initialization string does not conform to specification');
    pairs.set((found[1] as string).trim().toLowerCase(), found[2]?.replaceAll('""', '"') ?? (found[3] as string).trim());
  }
  return pairs;
}

const READERS: Record<string, (set: ReadonlyMap<string, string>) => Read> = {
  dotnet: (set) => {
    const pairs = adoNet(set.get('ConnectionStrings__DefaultConnection') as string);
    return {
      user: pairs.get('username') as string,
      password: pairs.get('password') as string,
      database: pairs.get('database') as string,
    };
  },
  // Ecto.Repo.Supervisor.parse_url/1: URI.parse, the user information split at `:`, every part through URI.decode.
  ecto: (set) => {
    const [, userinfo, path] = /^ecto:\/\/([^@/]*)@[^/]+\/([^/?]+)/.exec(
      set.get('DATABASE_URL') as string,
    ) as unknown as string[];
    const [user, password] = (userinfo as string).split(':').map(decodeURIComponent);
    return { user: user as string, password: password as string, database: decodeURIComponent(path as string) };
  },
  // ConfigurationUrlParser: parse_url, rawurldecode, json_decode of each part; without DB_URL the parts stand for themselves.
  laravel: (set) => {
    const url = set.get('DB_URL');
    const parts = { user: set.get('DB_USERNAME'), password: set.get('DB_PASSWORD'), database: set.get('DB_DATABASE') } as Read;
    if (url === undefined) return parts;
    const [, user, password, database] = /^postgresql:\/\/([^:@/]*):([^@/]*)@[^/]+\/([^?]+)/.exec(url) as unknown as string[];
    const native = (text: string | undefined): string => {
      const decoded = decodeURIComponent(text as string);
      try {
        return String(JSON.parse(decoded));
      } catch {
        return decoded;
      }
    };
    return { user: native(user), password: native(password), database: native(database) };
  },
};

describe.each(Object.entries(READERS))('%s', (name, read) => {
  const client = findClient(name) as KnownClient;
  const back = (part: Partial<Read>): Read => read(variables(connection(part), FILES, [client]));

  test('the nasty password', () => {
    expect(back({})).toEqual({ user: 'app', password: NASTY, database: 'shop' });
  });

  test('any user, password and database', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !/[\0\r\n]/.test(value));
    fc.assert(
      fc.property(text, text, text, (user, password, database) => {
        expect(back({ user, password, database })).toEqual({ user, password, database });
      }),
    );
  });
});
