import type { SslMode } from '../connection/connection.ts';
import type { Client } from './client.ts';
import { databaseUrls, type Spelling, url, type Way } from './spelling.ts';

/** tokio-postgres knows three modes (Config::param); what is verified is decided by the TLS connector that the program passes. */
const MODE: Record<SslMode, string> = {
  disable: 'disable',
  allow: 'prefer',
  prefer: 'prefer',
  require: 'require',
  'verify-ca': 'require',
  'verify-full': 'require',
};

/** It reads no variable by itself, so everything that was given goes into the URL; a parameter it does not know is an error to it. */
function tokioUrl({ connection }: Spelling, way: Way): string {
  const target = connection.parameters.get('target_session_attrs');
  return url(
    connection,
    [
      ['sslmode', MODE[connection.sslmode]],
      ['options', connection.parameters.get('options')],
      ['application_name', connection.parameters.get('application_name')],
      ['target_session_attrs', target === 'read-write' || target === 'read-only' || target === 'any' ? target : undefined],
    ],
    { way },
  );
}

export const tokioPostgres: Client = {
  name: 'tokio-postgres',
  aliases: ['rust-postgres', 'deadpool-postgres', 'refinery'],
  title: 'tokio-postgres',
  family: 'Rust',
  reads: '`DATABASE_URL`, when the program hands it on; verification is in the TLS connector',
  readsUrl: true,
  pooled: '`query_typed()` for a PgBouncer that does not track statements',
  variables: (spelling) => databaseUrls(spelling.connection, (way) => tokioUrl(spelling, way)),
};
