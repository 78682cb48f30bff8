/** Services that people really reach by a wrong port, by how their first bytes look. */
const FOREIGN: readonly (readonly [RegExp | ((bytes: Buffer) => boolean), string])[] = [
  [/^HTTP\/\d/, 'it is a web server (HTTP)'],
  [/^<(!doctype|html)/i, 'it is a web server (HTTP)'],
  [/^SSH-\d/, 'it is an SSH server'],
  // A packet with number 0: a greeting of protocol version 10, or an error.
  [(bytes) => bytes[3] === 0 && (bytes[4] === 10 || bytes[4] === 0xff), 'it is a MySQL or MariaDB server'],
  // A record of kind alert (21), version 3.x.
  [
    (bytes) => bytes[0] === 21 && bytes[1] === 3,
    'it expects TLS from the first byte (then add `sslnegotiation=direct` to the connection string)',
  ],
  [/^-(ERR|NOAUTH|DENIED)/, 'it is a Redis server'],
  [/^AMQP/, 'it is a message broker (AMQP)'],
  [/^220[ -]/, 'it is a mail or FTP server'],
  [/^\* OK/, 'it is a mail server (IMAP)'],
  [/^\+OK/, 'it is a mail server (POP3)'],
  [/^RFB \d/, 'it is a VNC server'],
];

/** What server the first bytes of its answer are from, completing "it answers, but …"; undefined when they tell nothing. */
export const foreign = (bytes: Buffer): string | undefined => {
  const text = bytes.toString('latin1', 0, 64);
  return FOREIGN.find(([sign]) => (sign instanceof RegExp ? sign.test(text) : sign(bytes)))?.[1];
};
