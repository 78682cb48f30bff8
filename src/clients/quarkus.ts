import type { Client } from './client.ts';
import { jdbcUrl } from './jdbc-url.ts';
import { placeholderNotice, withoutPlaceholders } from './placeholder.ts';
import { authority, encode, query } from './spelling.ts';

export const quarkus: Client = {
  name: 'quarkus',
  title: 'Quarkus',
  family: 'JVM',
  reads:
    '`QUARKUS_DATASOURCE_JDBC_URL` (or `_REACTIVE_URL`), `QUARKUS_DATASOURCE_USERNAME`, `QUARKUS_DATASOURCE_PASSWORD`; a URL turns Dev Services off',
  driver: 'jdbc',
  tcpOnly: true,
  pooled: '`prepareThreshold=0` in the JDBC URL (there already on Neon’s pooled host)',
  variables: (spelling) => {
    const { connection } = spelling;
    const place = connection.hosts.map(authority).join(',');
    return [
      ['QUARKUS_DATASOURCE_JDBC_URL', jdbcUrl(spelling)],
      [
        'QUARKUS_DATASOURCE_REACTIVE_URL',
        `postgresql://${place}/${encode(connection.database)}?${query([['sslmode', connection.sslmode]])}`,
      ],
      ['QUARKUS_DATASOURCE_USERNAME', withoutPlaceholders(connection.user)],
      ['QUARKUS_DATASOURCE_PASSWORD', withoutPlaceholders(connection.password ?? ''), 'secret'],
    ];
  },
  notice: ({ connection }) => placeholderNotice('Quarkus', connection.password),
};
