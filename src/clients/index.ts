/** How each client spells a connection. The rest of the action takes this room by this door. */
export { type Client, FAMILIES, type Family } from './client.ts';
export { CLIENTS, findClient, readClients } from './registry.ts';
export type { Files } from './spelling.ts';
export { clientNotices, type ExportOptions, secretsIn, variables } from './variables.ts';
