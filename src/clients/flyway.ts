import type { Client } from './client.ts';
import { jdbcUrl } from './jdbc-url.ts';

export const flyway: Client = {
  name: 'flyway',
  title: 'Flyway',
  family: 'JVM',
  reads: '`FLYWAY_URL`, `FLYWAY_USER`, `FLYWAY_PASSWORD`',
  migrates: true,
  driver: 'jdbc',
  tcpOnly: true,
  variables: (spelling) => [
    ['FLYWAY_URL', jdbcUrl(spelling, { prepares: false })],
    ['FLYWAY_USER', spelling.connection.user],
    ['FLYWAY_PASSWORD', spelling.connection.password ?? '', 'secret'],
  ],
};
