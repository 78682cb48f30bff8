import type { Client } from './client.ts';
import { jdbcUrl } from './jdbc-url.ts';
import { placeholderNotice, withoutPlaceholders } from './placeholder.ts';

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
    ['SPRING_DATASOURCE_USERNAME', withoutPlaceholders(spelling.connection.user)],
    ['SPRING_DATASOURCE_PASSWORD', withoutPlaceholders(spelling.connection.password ?? ''), 'secret'],
  ],
  notice: ({ connection }) => placeholderNotice('Spring', connection.password),
};
