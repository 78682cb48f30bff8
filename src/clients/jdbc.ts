import type { Client } from './client.ts';
import { jdbcUrl } from './jdbc-url.ts';

const POOLED = '`prepareThreshold=0` in the JDBC URL (there already on Neon’s pooled host)';

export const jdbc: Client = {
  name: 'jdbc',
  aliases: ['pgjdbc', 'java', 'hikari', 'kotlin'],
  title: 'pgJDBC',
  family: 'JVM',
  reads: 'nothing by itself; `JDBC_DATABASE_URL`, `JDBC_DATABASE_USERNAME`, `JDBC_DATABASE_PASSWORD` for the program to hand on',
  tcpOnly: true,
  pooled: POOLED,
  variables: (spelling) => [
    ['JDBC_DATABASE_URL', jdbcUrl(spelling)],
    ['JDBC_DATABASE_USERNAME', spelling.connection.user],
    ['JDBC_DATABASE_PASSWORD', spelling.connection.password ?? '', 'secret'],
  ],
};
