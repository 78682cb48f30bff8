import type { Client } from './client.ts';
import { jdbcUrl } from './jdbc-url.ts';

export const spring: Client = {
  name: 'spring',
  aliases: ['spring-boot', 'springboot'],
  title: 'Spring Boot',
  family: 'JVM',
  reads:
    '`SPRING_DATASOURCE_URL`, `SPRING_DATASOURCE_USERNAME`, `SPRING_DATASOURCE_PASSWORD`; they override every `application.properties`',
  driver: 'jdbc',
  tcpOnly: true,
  pooled: '`prepareThreshold=0` in the JDBC URL (there already on Neon’s pooled host)',
  variables: (spelling) => [
    ['SPRING_DATASOURCE_URL', jdbcUrl(spelling)],
    ['SPRING_DATASOURCE_USERNAME', spelling.connection.user],
    ['SPRING_DATASOURCE_PASSWORD', spelling.connection.password ?? '', 'secret'],
  ],
};
