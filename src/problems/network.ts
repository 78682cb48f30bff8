import { entries } from './entry.ts';

/** From the name to the first byte of the server: resolve, connect, negotiate. */
export const network = entries({
  'host-not-found': {
    stages: ['resolve'],
    transient: false,
    title: 'The host name does not exist',
    sentence: 'The host `{host}` does not exist in DNS.',
    fix: 'Compare the host with the one your provider shows, letter by letter, and check that the database still exists (on Neon: its branch). A name that ends in `.internal` or the like is known only inside the provider’s network: take the external one. For a service container use `localhost` and its mapped port, or its key under `services:` when the job itself runs in a container.',
    causes: [
      'A typing error in the host, or a database (on Neon: a branch) that has been deleted.',
      'A raw `@` or `/` in the password: what follows it is then read as the host.',
      'The name of a service container, in a job that does not itself run in a container.',
      'A private name that only resolves inside a company’s or a provider’s network (Railway’s and Fly’s `.internal`, Render’s internal URL, a Kubernetes service).',
    ],
  },
  'dns-unavailable': {
    stages: ['resolve'],
    transient: true,
    title: 'The name server did not answer',
    sentence: 'The name server gave no answer for the host `{host}`{waited}.',
    fix: 'Run the job again; if it stays so, the runner’s DNS is at fault: on a self-hosted runner look at its resolver, or give the address as `hostaddr` in the connection string.',
    causes: ['A name server that is down, overloaded, or not reachable from the runner.', 'A firewall that drops DNS packets.'],
  },
  'connection-refused': {
    stages: ['connect'],
    transient: true,
    title: 'Nothing listens at this address',
    sentence: 'Nothing accepts connections at {server}.',
    fix: 'Check host and port. If the server is a service container, give it a health check (`--health-cmd pg_isready`) and map its port, so that the step starts after it is up.',
    causes: [
      'The server is not started yet, or has stopped.',
      'A wrong port, or a service container whose port is not mapped (`ports: [5432:5432]`).',
      'The server listens on another address only (`listen_addresses`), or there is no such Unix socket.',
    ],
  },
  'connect-timeout': {
    stages: ['connect'],
    transient: true,
    title: 'The server did not answer',
    sentence: 'No answer came from {server} {waited}.',
    fix: 'A firewall most likely drops the packets: allow the runner’s address there, or use a runner inside that network. Check host and port too.',
    causes: [
      'A firewall, a security group or an IP allow list that drops packets silently.',
      'A private address that cannot be reached from the runner.',
      'A machine that is switched off.',
    ],
  },
  'network-unreachable': {
    stages: ['connect'],
    transient: true,
    title: 'There is no way to this address',
    sentence: 'The network has no way to {server}{why}.',
    fix: '{fix}',
    causes: [
      'The host has only an IPv6 address, and GitHub’s own runners have no IPv6: use the provider’s IPv4 address or its pooler.',
      'A private address outside this runner’s network, or a firewall that rejects the connection.',
    ],
    fixes: [
      'Use the provider’s IPv4 address or its pooler, or a runner of your own with IPv6.',
      'Use a runner inside that network, or open the firewall to this one.',
    ],
  },
  'connection-reset': {
    stages: ['connect', 'negotiate', 'tls', 'authenticate', 'query'],
    transient: true,
    title: 'The connection was cut',
    sentence: 'The connection to {server} was cut (reset) {when}.',
    fix: 'Usually the server is just starting or restarting, and another try helps; if it stays so, look into the log of the server or of the proxy or firewall in front of it.',
    causes: [
      'A container whose port is open while the server inside is not ready.',
      'A server process that crashed, or was restarted.',
      'A firewall or load balancer that does not like the protocol.',
    ],
  },
  'tls-not-supported': {
    stages: ['negotiate'],
    transient: false,
    title: 'The server does not offer TLS',
    sentence: '{server} does not offer TLS, and `sslmode={sslmode}` demands it.',
    fix: 'Switch TLS on at the server (`ssl = on`). Only for a database that is reached over no foreign network, such as a service container, set `sslmode: disable`.',
    causes: [
      'The official postgres image and most service containers have no TLS.',
      'A pooler or a tunnel in front of the server that was set up without TLS.',
      'Somebody on the way removes TLS.',
    ],
  },
  'not-postgres': {
    stages: ['negotiate'],
    transient: false,
    title: 'Something else answers at this address',
    sentence: '{server} does not speak the PostgreSQL protocol: {what}.',
    fix: 'Check host and port: PostgreSQL usually listens on 5432, poolers often on 6432 or 6543.',
    causes: [
      'The port of another service: a web server, SSH, MySQL.',
      'A port that expects TLS from the first byte: add `sslnegotiation=direct` to the connection string if the server is PostgreSQL 17 or later.',
    ],
  },
  'server-rejected-connection': {
    stages: ['negotiate', 'authenticate'],
    transient: false,
    title: 'The server refuses the connection',
    sentence: '{server} answered with an error instead of accepting the connection{text}.',
    fix: 'Look up the error in the server’s log at this minute; it stands there in full.',
    causes: [
      'A server or proxy that is not able or not willing to serve, for a reason of its own.',
      'A login event trigger that raised an error.',
    ],
  },
  'plaintext-injection': {
    stages: ['negotiate'],
    transient: false,
    title: 'Bytes were smuggled in before TLS began',
    sentence: '{server} sent unencrypted bytes after agreeing to TLS, where none may be.',
    fix: 'Do not send a password over this path. Find out what stands between the runner and the server: this is what a man in the middle does (CVE-2021-23222).',
    causes: ['A man in the middle that puts bytes into the stream before it is encrypted.', 'A badly broken proxy.'],
  },
  'connection-closed': {
    stages: ['negotiate', 'tls'],
    transient: false,
    title: 'The server hung up',
    sentence: '{server} closed the connection {when}, without a word.',
    fix: 'Check the port. If it expects TLS from the first byte, add `sslnegotiation=direct`; if a proxy or port forwarding stands in front, check that the server behind it is up.',
    causes: [
      'A port that expects TLS at once (HTTPS, or a proxy for `sslnegotiation=direct`).',
      'A container’s published port, with nothing listening behind it yet.',
      'A proxy that knows no such host name (SNI), or a server older than 17 that was asked for direct TLS.',
    ],
  },
  'negotiate-timeout': {
    stages: ['negotiate'],
    transient: true,
    title: 'The server accepted the connection and then kept silent',
    sentence: '{server} accepted the connection and then said nothing for {seconds} s.',
    fix: 'Check the port first: something else may listen there. If it is the right one, the server or the proxy in front of it hangs or is overloaded.',
    causes: [
      'Another service that waits for its client to speak.',
      'A load balancer without a healthy server behind it, or a server that is out of processes.',
    ],
  },
});
