import { isUnixSocket } from './resolve.ts';

/**
 * The server's name for a sentence: "`db.example.com` port 5432", with the address when it is another, or the socket's path.
 */
export function label(host: { host: string; port: number }, address?: { address: string }): string {
  if (isUnixSocket(host.host)) return `\`${host.host}/.s.PGSQL.${host.port}\``;
  const where = address && address.address !== host.host ? ` (${address.address})` : '';
  return `\`${host.host}\`${where} port ${host.port}`;
}
