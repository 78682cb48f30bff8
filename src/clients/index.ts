/**
 * How each client spells a connection. The step takes `variables.ts` at once and the registry only when `clients` names somebody,
 * because most runs have no need of it; everybody else takes this room by this door.
 */
export { type Client, FAMILIES, type Family, type KnownClient } from './client.ts';
export { CLIENTS, findClient, readClients } from './registry.ts';
export type { Files } from './spelling.ts';
export { clientNotices, type ExportOptions, variables } from './variables.ts';
