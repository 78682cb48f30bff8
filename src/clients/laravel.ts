import type { Client, Variable } from './client.ts';
import { hostList, hosts, isPooled, portList, type Spelling, url } from './spelling.ts';

/**
 * Laravel passes every part of DB_URL through json_decode (ConfigurationUrlParser::parseStringsToNativeTypes): `1e5` would become
 * 100000, `true` a boolean. Then the URL cannot carry the value and DB_URL is left out.
 */
function survives(text: string): boolean {
  try {
    return String(JSON.parse(text)) === text && !/^(?:true|false|null)$/.test(text);
  } catch {
    return true;
  }
}

const urlSurvives = ({ connection }: Spelling): boolean =>
  [connection.user, connection.password ?? '', connection.database].every(survives);

export const laravel: Client = {
  name: 'laravel',
  title: 'Laravel',
  family: 'PHP',
  reads:
    '`DB_CONNECTION`, `DB_URL`, `DB_HOST`, `DB_PORT`, `DB_DATABASE`, `DB_USERNAME`, `DB_PASSWORD`, `DB_SSLMODE`; `PGSSLROOTCERT` through libpq',
  migrates: true,
  pooled:
    '`DB_POOLED=true` and the `DB_DIRECT_*` names (Laravel 13; there already on Neon’s pooled host); before that `PDO::ATTR_EMULATE_PREPARES`',
  variables: (spelling) => {
    const { connection } = spelling;
    const parts = (prefix: string, way: 'given' | 'direct'): Variable[] => [
      [`${prefix}_HOST`, hostList(hosts(connection, way))],
      [`${prefix}_PORT`, portList(connection.hosts)],
      [`${prefix}_USERNAME`, connection.user],
      [`${prefix}_PASSWORD`, connection.password ?? '', 'secret'],
      [`${prefix}_SSLMODE`, connection.sslmode],
    ];
    return [
      ['DB_CONNECTION', 'pgsql'],
      ['DB_URL', urlSurvives(spelling) ? url(connection, [['sslmode', connection.sslmode]]) : '', 'secret'],
      ['DB_DATABASE', connection.database],
      ...parts('DB', 'given'),
      ...(isPooled(connection) ? ([['DB_POOLED', 'true'], ...parts('DB_DIRECT', 'direct')] as const) : []),
    ];
  },
  notice: (spelling) =>
    urlSurvives(spelling)
      ? undefined
      : 'Laravel would read a part of `DB_URL` as a number or a constant, so only the `DB_*` parts are written; they need `DB_SSLMODE` in `config/database.php`.',
};
