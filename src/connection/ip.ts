/**
 * 4 or 6 for an IP address, 0 for anything else. Node's own judgement costs the loading of its sockets, so it is asked only about what
 * has a colon.
 */
export const isIP = (text: string): 0 | 4 | 6 => {
  if (text.includes(':')) return process.getBuiltinModule('node:net').isIPv6(text) ? 6 : 0;
  const octets = text.split('.');
  return octets.length === 4 && octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255) ? 4 : 0;
};
