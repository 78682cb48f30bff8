import type { Host, SslMode } from '../connection/connection.ts';
import type { Client } from './client.ts';
import { isSocket, verifies } from './spelling.ts';

/** Npgsql's names for the modes (Npgsql.SslMode). */
const MODE: Record<SslMode, string> = {
  disable: 'Disable',
  allow: 'Allow',
  prefer: 'Prefer',
  require: 'Require',
  'verify-ca': 'VerifyCA',
  'verify-full': 'VerifyFull',
};

/** A value in an ADO.NET connection string: in double quotes, a double quote inside doubled (DbConnectionStringBuilder). */
const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;

/** One of several hosts: Npgsql finds the port of an IPv6 address only behind brackets (NpgsqlConnectionStringBuilder.TrySplitHostPort). */
const withPort = ({ host, port }: Host): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

export const dotnet: Client = {
  name: 'dotnet',
  aliases: ['npgsql', '.net', 'efcore', 'ef-core', 'aspnet', 'csharp'],
  title: 'Npgsql, EF Core, ASP.NET',
  family: '.NET',
  reads: '`ConnectionStrings__DefaultConnection` (a key=value string; Npgsql takes no URL); `PGSSLROOTCERT`',
  variables: ({ connection, files, own }) => {
    const several = connection.hosts.length > 1;
    const first = connection.hosts[0];
    const pairs: readonly (readonly [string, string] | undefined)[] = [
      ['Host', several ? connection.hosts.map((host) => (isSocket(host) ? host.host : withPort(host))).join(',') : first.host],
      several ? undefined : ['Port', String(first.port)],
      ['Database', quoted(connection.database)],
      ['Username', quoted(connection.user)],
      connection.password ? ['Password', quoted(connection.password)] : undefined,
      ['SSL Mode', MODE[connection.sslmode]],
      verifies(connection) && files.ca ? ['Root Certificate', quoted(files.ca)] : undefined,
      ['Timeout', String(connection.connectTimeout)],
      ...[...own].map(([name, value]) => (value === '' ? undefined : ([name, quoted(value)] as const))),
    ];
    return [
      ['ConnectionStrings__DefaultConnection', pairs.flatMap((pair) => (pair ? [pair.join('=')] : [])).join(';'), 'secret'],
    ];
  },
};
