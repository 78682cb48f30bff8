import { entries } from './entry.ts';

const clientCertificate = {
  title: 'The client certificate was refused',
  causes: [
    'The certificate was issued by a CA that the server does not know (`ssl_ca_file`).',
    'The certificate has expired or was revoked.',
    'The name in it (CN) is not the user, and no `pg_ident.conf` mapping allows it.',
  ],
};

/** The handshake and the judgement of the server’s certificate: tls, certificate. */
export const tls = entries({
  'tls-version': {
    stages: ['tls'],
    transient: false,
    title: 'No common TLS version',
    sentence: 'No TLS version suits both sides: {server} and this step, which takes {range}.',
    fix: 'Allow TLS 1.2 or later at the server (`ssl_min_protocol_version`, `ssl_max_protocol_version`), or change those two parameters of the connection if they were set.',
    causes: [
      'A server, or an appliance in front of it, that only knows TLS 1.0 or 1.1.',
      '`ssl_min_protocol_version` of the connection set above what the server has.',
    ],
  },
  'tls-handshake-failed': {
    stages: ['tls'],
    transient: false,
    title: 'The TLS handshake failed',
    sentence: 'The TLS handshake with {server} failed: {what}.',
    fix: '{fix}',
    causes: [
      'No cipher that both sides accept: old servers and appliances.',
      'Something that is not TLS answers after the server agreed to it.',
      'With `sslnegotiation=direct`: a server that does not confirm the protocol (ALPN `postgresql`).',
    ],
    fixes: [
      'Let the server use current ciphers (`ssl_ciphers`) and an RSA key of 2048 bits or more, or an ECDSA key.',
      'Look at the port, and at what stands between the runner and the server.',
      'Use `sslnegotiation=postgres`, which servers before 17 need.',
    ],
  },
  'client-certificate-rejected': {
    stages: ['tls', 'authenticate'],
    transient: false,
    title: clientCertificate.title,
    sentence: '{server} refuses the client certificate{what}.',
    fix: 'Issue a certificate for this user from the CA that the server trusts, and give it as `sslcert` with its key as `sslkey`.',
    causes: clientCertificate.causes,
  },
  'tls-timeout': {
    stages: ['tls'],
    transient: true,
    title: 'The TLS handshake did not end',
    sentence: '{server} did not finish the TLS handshake within {seconds} s.',
    fix: 'Try again; if it stays so, look at the server and at what stands in front of it: packets of the handshake get lost (often a too large MTU on a VPN).',
    causes: ['A server under heavy load.', 'A firewall or VPN that drops large packets.'],
  },
  'certificate-self-signed': {
    stages: ['certificate'],
    transient: false,
    title: 'The server’s certificate is self-signed',
    sentence: 'The certificate of {server} is signed by nobody but itself (subject {subject}).',
    fix: 'Give exactly this certificate as `sslrootcert`, so that it is trusted and no other; or let the server use one from a CA. Where a provider changes it unasked, only `sslmode: require` is left, which encrypts and verifies nothing.',
    causes: [
      'A server with a home-made certificate (Debian’s “snakeoil”, a container’s own).',
      'A provider that makes one for each server (Heroku).',
      'A man in the middle.',
    ],
  },
  'certificate-unknown-ca': {
    stages: ['certificate'],
    transient: false,
    title: 'The certificate’s CA is not known',
    sentence: 'The certificate of {server} was issued by {issuer}, which is not among {roots}.',
    fix: 'Give the CA certificate of your provider or company as `sslrootcert` (PEM text or a path). If `sslrootcert` was given, it is the CA of another server.',
    causes: [
      'A private CA. Amazon RDS: https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem; Google Cloud SQL, Supabase, Aiven, DigitalOcean, Crunchy Bridge and YugabyteDB show theirs in their consoles; companies have their own.',
      'A CA that was renewed since it was stored as a secret.',
      'A man in the middle.',
    ],
  },
  'certificate-chain-incomplete': {
    stages: ['certificate'],
    transient: false,
    title: 'The server does not send its whole certificate chain',
    sentence: '{server} sends its own certificate without the intermediate one that issued it ({issuer}).',
    fix: 'Put the intermediate certificate behind the server’s own in its `ssl_cert_file`; or, where the server is not yours, add the intermediate to `sslrootcert`.',
    causes: ['The server’s `ssl_cert_file` holds only its own certificate.'],
  },
  'certificate-hostname-mismatch': {
    stages: ['certificate'],
    transient: false,
    title: 'The certificate is for another name',
    sentence: 'The certificate of {server} is for {names}, not for `{host}`.',
    fix: 'Use one of the names in the certificate as the host (with `hostaddr` for the address, if the name does not resolve here), or have the certificate issued for this name. `sslmode: verify-ca` would check the CA and leave out the name.',
    causes: [
      'The host is given as an IP address or an alias.',
      'A tunnel or a proxy: the name is `localhost`, the certificate is the server’s.',
      'A man in the middle.',
    ],
  },
  'certificate-expired': {
    stages: ['certificate'],
    transient: false,
    title: 'The server’s certificate has expired',
    sentence: 'A certificate of {server} ({subject}) expired on {date}.',
    fix: 'Renew the certificate at the server and reload it. If it looks valid, check the clock of this runner: it says {now}.',
    causes: ['Nobody renewed it, or the server was not reloaded afterwards.', 'A runner whose clock is wrong.'],
  },
  'certificate-not-yet-valid': {
    stages: ['certificate'],
    transient: false,
    title: 'The server’s certificate is not valid yet',
    sentence: 'A certificate of {server} ({subject}) is valid only from {date}.',
    fix: 'Check the clocks: this runner’s says {now}. If it is right, the certificate was issued with a wrong start date.',
    causes: ['A runner, or a CA, whose clock is wrong.'],
  },
  'certificate-revoked': {
    stages: ['certificate'],
    transient: false,
    title: 'The server’s certificate has been revoked',
    sentence: 'The certificate of {server} ({subject}) is on the revocation list in `sslcrl`.',
    fix: 'Do not connect: its key may be in foreign hands. Give the server a new certificate.',
    causes: ['The CA withdrew the certificate.'],
  },
  'certificate-invalid': {
    stages: ['certificate'],
    transient: false,
    title: 'The server’s certificate is not acceptable',
    sentence: 'The certificate of {server} ({subject}) cannot be accepted: {what}.',
    fix: 'Have the certificate issued anew: RSA of 2048 bits or more or ECDSA, signed with SHA-256, for server authentication.{hint}',
    causes: [
      'A key or a signature that is too weak (RSA of 1024 bits, SHA-1).',
      'A certificate that is made for something else, or whose issuer is no CA.',
      'A revocation list in `sslcrl` that does not cover the issuer, or is out of date.',
    ],
  },
});
