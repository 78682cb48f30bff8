import { findParameter, LIBPQ, PARAMETERS } from '../../src/connection/parameters.ts';
import { libpq } from '../support/libpq.ts';
import { testWithLibpq } from '../support/with-libpq.ts';
import { KEYWORDS } from './cases/keywords.ts';

/** Secret to us and not to libpq: whoever has the two keys logs in without the password. */
const MORE_SECRETS = ['scram_client_key', 'scram_server_key'];

const known = PARAMETERS.filter(({ since }) => since <= LIBPQ);

test('the table has the keywords, variables and versions that libpq 15 to 19 have, in their order', () => {
  expect(PARAMETERS.map(({ keyword, env, since }) => [keyword, env ?? null, since])).toEqual(
    KEYWORDS.map(([keyword, env, since]) => [keyword, env, since]),
  );
});

test('the table’s secrets are libpq’s, and the SCRAM keys', () => {
  const secrets = KEYWORDS.filter(([, , , secret]) => secret).map(([keyword]) => keyword);
  expect(PARAMETERS.filter(({ secret }) => secret).map(({ keyword }) => keyword)).toEqual(
    KEYWORDS.map(([keyword]) => keyword).filter((keyword) => [...secrets, ...MORE_SECRETS].includes(keyword)),
  );
});

testWithLibpq('the table has the 50 keywords of the live libpq, in its order, with its variables and secrets', () => {
  expect(known).toHaveLength(50);
  expect(known.map(({ keyword, env, secret }) => [keyword, env ?? null, secret ?? false])).toEqual(
    libpq()
      .table()
      .map(({ keyword, env, secret }) => [keyword, env, secret || MORE_SECRETS.includes(keyword)]),
  );
});

test('only variables that every client takes are exported', () => {
  const byClass = Object.groupBy(PARAMETERS, ({ export: exported }) => exported);
  const variables = Object.fromEntries(Object.entries(byClass).map(([name, rows]) => [name, rows?.map(({ env }) => env)]));
  expect(variables.always).toEqual(['PGUSER', 'PGPASSWORD', 'PGCONNECT_TIMEOUT', 'PGDATABASE', 'PGHOST', 'PGPORT', 'PGSSLMODE']);
  expect(variables['when-given']).toEqual(['PGOPTIONS', 'PGAPPNAME', 'PGSSLCERT', 'PGSSLKEY', 'PGTARGETSESSIONATTRS']);
  expect(variables['verify-only']).toEqual(['PGSSLROOTCERT']);
  expect(variables['own-input']).toEqual(['PGCHANNELBINDING']);
  expect(Object.keys(variables).sort()).toEqual(['always', 'never', 'own-input', 'verify-only', 'when-given']);
});

test('what leans on files that others can plant or read is refused', () => {
  const refused = PARAMETERS.filter((parameter) => parameter.refused).map(({ keyword }) => keyword);
  expect(refused).toEqual(['service', 'servicefile', 'passfile', 'sslcrldir', 'sslkeylogfile']);
});

test('keywords are found as they are written, and nothing else is', () => {
  expect(findParameter('sslmode')?.env).toBe('PGSSLMODE');
  expect(findParameter('replication')).toEqual({ keyword: 'replication', since: 15, export: 'never' });
  for (const other of ['SSLMODE', 'constructor', '__proto__', '']) expect(findParameter(other)).toBeUndefined();
});
