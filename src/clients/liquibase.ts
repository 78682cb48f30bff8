import type { Client } from './client.ts';
import { jdbcUrl } from './jdbc-url.ts';

export const liquibase: Client = {
  name: 'liquibase',
  title: 'Liquibase',
  family: 'JVM',
  reads: '`LIQUIBASE_COMMAND_URL`, `LIQUIBASE_COMMAND_USERNAME`, `LIQUIBASE_COMMAND_PASSWORD`',
  migrates: true,
  driver: 'jdbc',
  tcpOnly: true,
  variables: (spelling) => [
    ['LIQUIBASE_COMMAND_URL', jdbcUrl(spelling, { prepares: false })],
    ['LIQUIBASE_COMMAND_USERNAME', spelling.connection.user],
    ['LIQUIBASE_COMMAND_PASSWORD', spelling.connection.password ?? '', 'secret'],
  ],
};
