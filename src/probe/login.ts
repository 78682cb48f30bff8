import { hash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { encodeBytes as encode } from '../connection/bytes.ts';
import type { Connection } from '../connection/connection.ts';
import { type Facts, Problem, type Stage } from '../problems/index.ts';
import { Gate } from './gate.ts';
import { Body, errorFields, Hangup, Malformed, type Message, Refused } from './messages.ts';
import { quotable } from './quotable.ts';
import { type Method, type RequiredAuthentication, requiredAuthentication } from './require-auth.ts';
import { preparedPassword } from './saslprep.ts';
import { Scram } from './scram.ts';
import type { Circumstances } from './server-error.ts';

/** What the earlier stages found out about the other side. */
export interface Peer {
  /** Its name for a sentence. */
  readonly server: string;
  readonly encrypted: boolean;
  /** Its certificate was checked, or it is this machine itself: it may be trusted with a password in clear. */
  readonly trusted: boolean;
  /** DER of its certificate, for channel binding. */
  readonly certificate?: Buffer;
  readonly certificateSent: boolean;
}

/** A login that worked, ready for a query. */
export interface Session {
  /** `scram-sha-256-plus`, `scram-sha-256`, `md5`, `password` or `none`. */
  readonly authentication: string;
  /** What the server reported at the start: `server_version`, `in_hot_standby`, … */
  readonly parameters: ReadonlyMap<string, string>;
  /** Runs one simple query and gives its rows as texts. Throws Problem of the query stage. */
  query(text: string): Promise<(string | null)[][]>;
  /** Says goodbye and closes the connection. Nobody has to wait: what is written leaves at once, or the server is not reading any more. */
  end(): void;
}

/** The protocol's numbers of authentication requests that are known and cannot be done here. */
const UNSUPPORTED: Readonly<Record<number, readonly [name: string, method: Method | undefined]>> = {
  2: ['Kerberos 5', undefined],
  6: ['an SCM credential', undefined],
  7: ['Kerberos (GSSAPI)', 'gss'],
  8: ['Kerberos (GSSAPI)', 'gss'],
  9: ['Windows’ SSPI', 'sspi'],
};

type State = 'start' | 'password-sent' | 'sasl-started' | 'deriving' | 'proof-sent' | 'proved' | 'in' | 'ready' | 'querying';

/**
 * Logs in on a connection that is as secure as it is going to be. The gate reads every message first, so that nothing secret
 * is sent to a server that may not have it; `pg` speaks the protocol.
 *
 * @throws Problem of the authenticate stage
 */
export async function login(stream: Duplex, connection: Connection, peer: Peer): Promise<Session> {
  // The startup packet leaves before pg is loaded: the server works meanwhile.
  stream.write(startupPacket(connection));
  const conversation = new Conversation(stream, connection, peer);
  return conversation.start(await import('./pg.ts'));
}

class Conversation {
  readonly #stream: Duplex;
  readonly #connection: Connection;
  readonly #peer: Peer;
  readonly #required: RequiredAuthentication;
  readonly #bindingMode: string;
  readonly #parameters = new Map<string, string>();
  #state: State = 'start';
  #authentication = 'none';
  #scram: Scram | undefined;
  #rows: (string | null)[][] = [];
  #resolve: () => void = () => {};
  #reject: (problem: unknown) => void = () => {};
  #passwordAsked = false;
  #negotiated = false;
  /** What channel binding binds to; undefined where there is nothing to bind to. */
  #endPoint: Buffer | undefined;

  constructor(stream: Duplex, connection: Connection, peer: Peer) {
    this.#stream = stream;
    this.#connection = connection;
    this.#peer = peer;
    this.#required = requiredAuthentication(connection.parameters.get('require_auth'));
    this.#bindingMode = connection.parameters.get('channel_binding') ?? 'prefer';
  }

  async start({ PgConnection, signatureAlgorithmHashFromCertificate }: typeof import('./pg.ts')): Promise<Session> {
    const { encrypted, certificate } = this.#peer;
    // While the server is at work on the startup packet.
    if (encrypted && certificate && this.#bindingMode !== 'disable')
      this.#endPoint = endPointHash(certificate, signatureAlgorithmHashFromCertificate);
    const ready = this.#wait();
    const gate = new Gate(
      this.#stream,
      (message) => this.#judge(message),
      (error) => this.#reject(error),
    );
    const pg = new PgConnection({ stream: gate });
    pg.attachListeners(gate);
    const fail = (error: unknown) => {
      gate.close();
      this.#reject(error);
    };
    pg.on('authenticationOk', () => {
      this.#state = 'in';
      gate.loggedIn();
    });
    pg.on('authenticationCleartextPassword', () => this.#sendPassword(encode(this.#password())));
    pg.on('authenticationMD5Password', ({ salt }: { salt: Buffer }) => this.#sendPassword(this.#md5(salt)));
    pg.on('authenticationSASL', ({ mechanisms }: { mechanisms: string[] }) => {
      this.#startScram(mechanisms).then((scram) => {
        this.#state = 'sasl-started';
        pg.sendSASLInitialResponseMessage(scram.mechanism, scram.first());
      }, fail);
      this.#state = 'deriving';
    });
    pg.on('authenticationSASLContinue', ({ data }: { data: string }) => {
      this.#state = 'deriving';
      (this.#scram as Scram).final(data).then((final) => {
        this.#state = 'proof-sent';
        pg.sendSCRAMClientFinalMessage(final);
      }, fail);
    });
    pg.on('authenticationSASLFinal', ({ data }: { data: string }) => {
      if (!this.#scram?.proves(data)) throw new Malformed('its SCRAM answer does not prove that it knows the password');
      this.#state = 'proved';
    });
    pg.on('parameterStatus', ({ parameterName, parameterValue }: { parameterName: string; parameterValue: string }) => {
      this.#parameters.set(parameterName, parameterValue);
    });
    pg.on('dataRow', ({ fields }: { fields: (string | null)[] }) => this.#rows.push(fields));
    pg.on('readyForQuery', () => {
      this.#state = 'ready';
      this.#resolve();
    });
    await ready;
    return {
      authentication: this.#authentication,
      parameters: this.#parameters,
      query: async (text) => {
        this.#rows = [];
        this.#state = 'querying';
        const answered = this.#wait();
        // The server may have hung up between login and query.
        if (!gate.writable) fail(this.#stream.errored ?? new Hangup());
        else pg.query(text);
        await answered;
        return this.#rows;
      },
      end: () => {
        gate.close();
        // Terminate
        this.#stream.end(Buffer.from([0x58, 0, 0, 0, 4]));
      },
    };
  }

  /** Until the server is ready for the next query. Whatever ends the conversation before gets its name here. */
  async #wait(): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        this.#resolve = resolve;
        this.#reject = reject;
      });
    } catch (error) {
      if (error instanceof Problem) throw error;
      // Behind import(): the texts of all the servers and poolers are most of what the probe knows.
      const problem = (await import('./login-problem.ts')).loginProblem(error, this.#stage, this.#circumstances());
      if (error instanceof Refused && problem instanceof Problem && !this.#letIn) problem.sqlstate = error.fields.get('C') ?? '';
      throw problem;
    }
  }

  /** The server has said AuthenticationOk. */
  get #letIn(): boolean {
    return this.#state === 'in' || this.#state === 'ready' || this.#state === 'querying';
  }

  get #stage(): Stage {
    return this.#state === 'querying' ? 'query' : 'authenticate';
  }

  /** Lets a message through to pg, keeps it, or throws. */
  #judge({ type, body }: Message): boolean {
    switch (type) {
      case 'E':
        throw new Refused(errorFields(body));
      case 'N':
        // libpq reads notices only from then on.
        if (!this.#letIn) throw new Malformed('it sends a notice where its answer to our login belongs');
        return false;
      case 'R':
        this.#judgeRequest(new Body(body));
        return true;
      case 'v':
        this.#judgeVersion(new Body(body));
        return false;
    }
    const allowed = this.#state === 'in' ? 'SKZ' : this.#state === 'querying' ? 'TDCZSI' : '';
    // Parameters may change, and notifications may come, at any time once we are in.
    if (type === 'A' && this.#letIn) return false;
    if (!allowed.includes(type))
      throw new Malformed(
        `it sends a message that has no place ${this.#state === 'querying' ? 'in the answer to a query' : 'in a login'}`,
      );
    return true;
  }

  /** libpq's check_expected_areq, and a little more: what the server asks for must be allowed, and come in its turn. */
  #judgeRequest(body: Body): void {
    const request = body.int32();
    const state = this.#state;
    if (request === 0) {
      this.#judgeOk();
      return;
    }
    if (request === 11 || request === 12) {
      if (state !== (request === 11 ? 'sasl-started' : 'proof-sent')) throw new Malformed('its SCRAM messages come out of turn');
      return;
    }
    if (state !== 'start') throw new Malformed('it asks for a second login');
    this.#passwordAsked = request === 3 || request === 5 || request === 10;
    if (this.#bindingMode === 'require' && request !== 10)
      throw this.#problem('channel-binding-unavailable', { what: 'asks for a login that has none' });
    const unsupported = UNSUPPORTED[request];
    if (unsupported) {
      const [name, method] = unsupported;
      if (method) this.#demand(method, `asks for ${name}`);
      throw this.#problem('authentication-unsupported', { method: name });
    }
    switch (request) {
      case 3:
        this.#demand('password', 'asks for the password in clear');
        if (!this.#peer.trusted)
          throw this.#problem('authentication-downgrade', {
            what: 'asks for the password in clear, and its identity has not been checked',
            fix: 'Set `sslmode: verify-full`, so that the password goes to no other server; or better let the server use SCRAM (`scram-sha-256`). If neither was expected, somebody may be listening in.',
          });
        this.#password();
        return;
      case 5:
        this.#demand('md5', 'asks for a login with md5');
        this.#password();
        return;
      case 10:
        return;
    }
    throw this.#problem('authentication-unsupported', { method: `a login of a kind (${request}) that is newer than this step` });
  }

  #judgeOk(): void {
    const { server } = this.#peer;
    if (this.#state === 'sasl-started' || this.#state === 'deriving' || this.#state === 'proof-sent')
      throw this.#problem('authentication-downgrade', {
        what: 'lets us in without proving that it knows the password, as SCRAM demands',
        fix: 'Do not trust this server: a real one always proves it. Set `sslmode: verify-full` to find out who it is.',
      });
    if (this.#state === 'in') throw new Malformed('it lets us in twice');
    if (this.#bindingMode === 'require' && this.#authentication !== 'scram-sha-256-plus')
      throw new Problem('channel-binding-unavailable', { server, what: 'lets us in without any login' });
    if (this.#authentication === 'none') this.#demand('none', 'lets us in without asking for anything');
  }

  /** libpq's require_auth. */
  #demand(method: Method, what: string): void {
    if (this.#required.allows(method)) return;
    throw this.#problem('authentication-downgrade', {
      what: `${what}, which \`require_auth=${this.#connection.parameters.get('require_auth')}\` forbids`,
      fix: 'Let the server ask for what the connection demands (its `pg_hba.conf`), or change `require_auth` in the connection string. If this was not expected, somebody may stand in between.',
    });
  }

  /** NegotiateProtocolVersion: the server has only an older minor version. */
  #judgeVersion(body: Body): void {
    const newest = body.int32();
    const { requested, least } = protocolVersions(this.#connection);
    if (this.#negotiated || this.#state !== 'start') throw new Malformed('it negotiates the version out of turn');
    this.#negotiated = true;
    if (body.int32() !== 0) throw new Malformed('it refuses options that were not sent');
    // There is no 3.1.
    if (newest >= requested || newest >> 16 !== 3 || newest === 0x30001)
      throw new Malformed('it offers a version that was not asked for');
    if (newest < least)
      throw new Malformed(`it has version 3.${newest & 0xffff} only, and \`min_protocol_version\` demands more`);
  }

  async #startScram(mechanisms: readonly string[]): Promise<Scram> {
    const { encrypted, trusted } = this.#peer;
    const plus = mechanisms.includes('SCRAM-SHA-256-PLUS');
    if (plus && !encrypted) throw new Malformed('it offers channel binding without TLS');
    const endPoint = this.#endPoint;
    const bind = plus && endPoint !== undefined;
    if (!bind && this.#bindingMode === 'require')
      throw this.#problem('channel-binding-unavailable', {
        what: encrypted ? 'does not offer it' : 'is reached without TLS, which it needs',
      });
    if (!bind && !mechanisms.includes('SCRAM-SHA-256')) {
      const oauth = mechanisms.includes('OAUTHBEARER');
      if (oauth) this.#demand('oauth', 'asks for OAuth');
      const offered = quotable(mechanisms.join(', '), [this.#connection.password], 80);
      throw this.#problem('authentication-unsupported', {
        method: oauth ? 'OAuth' : plus ? 'SCRAM with channel binding only' : `SASL with ${offered || 'no mechanism at all'}`,
      });
    }
    this.#demand('scram-sha-256', 'asks for SCRAM');
    this.#authentication = bind ? 'scram-sha-256-plus' : 'scram-sha-256';
    const { scram_client_key: clientKey, scram_server_key: serverKey } = Object.fromEntries(this.#connection.parameters);
    this.#scram = new Scram({
      // As in libpq: with the key that proves it there has to be no password.
      password: clientKey ? Buffer.alloc(0) : await preparedPassword(this.#password()),
      ...(clientKey ? { clientKey: Buffer.from(clientKey, 'base64') } : {}),
      ...(serverKey ? { serverKey: Buffer.from(serverKey, 'base64') } : {}),
      ...(bind ? { endPoint } : {}),
      couldBind: endPoint !== undefined,
      strict: !trusted,
    });
    return this.#scram;
  }

  #password(): string {
    const { password, user } = this.#connection;
    if (!password) throw this.#problem('password-missing', { user });
    return password;
  }

  /** AuthenticationMD5Password: md5(md5(password ‖ user) ‖ salt), each in hexadecimal. */
  #md5(salt: Buffer): Buffer {
    const md5 = (...parts: Buffer[]): Buffer => Buffer.from(hash('md5', Buffer.concat(parts)));
    this.#authentication = 'md5';
    return Buffer.concat([Buffer.from('md5'), md5(md5(encode(this.#password()), encode(this.#connection.user)), salt)]);
  }

  #sendPassword(bytes: Buffer): void {
    if (this.#authentication === 'none') this.#authentication = 'password';
    this.#state = 'password-sent';
    const header = Buffer.from([0x70, 0, 0, 0, 0]);
    header.writeUInt32BE(bytes.length + 5, 1);
    this.#stream.write(Buffer.concat([header, bytes, Buffer.from([0])]));
  }

  #problem(code: ConstructorParameters<typeof Problem>[0], facts: Facts): Problem {
    return new Problem(code, { server: this.#peer.server, user: this.#connection.user, ...facts }, this.#stage);
  }

  #circumstances(): Circumstances {
    const { user, database, sslmode, password, trust } = this.#connection;
    const { server, encrypted, certificateSent } = this.#peer;
    const secrets = [password, trust.passphrase];
    return { server, user, database, encrypted, sslmode, certificateSent, passwordAsked: this.#passwordAsked, secrets };
  }
}

/**
 * The startup packet: what libpq would send, as far as it was given.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-STARTUPMESSAGE
 */
export function startupPacket(connection: Connection): Buffer {
  const { user, database, parameters } = connection;
  const given: (readonly [string, string | undefined])[] = [
    ['user', user],
    ['database', database],
    ['replication', parameters.get('replication')],
    ['options', parameters.get('options')],
    ['application_name', parameters.get('application_name') || parameters.get('fallback_application_name')],
    // `auto` means the locale's encoding: nothing that the probe sends or reads depends on it.
    ['client_encoding', parameters.get('client_encoding') === 'auto' ? undefined : parameters.get('client_encoding')],
  ];
  const version = Buffer.alloc(4);
  version.writeUInt32BE(protocolVersions(connection).requested);
  const nul = Buffer.from([0]);
  const pairs = given.flatMap(([name, value]) => (value ? [encode(name), nul, encode(value), nul] : []));
  const body = Buffer.concat([version, ...pairs, nul]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 4);
  return Buffer.concat([length, body]);
}

const VERSIONS: Readonly<Record<string, number>> = { '3.0': 0x30000, '3.2': 0x30002, latest: 0x30002 };

/** libpq 18's `min_protocol_version` and `max_protocol_version`: 3.0 unless something else was given. */
function protocolVersions({ parameters }: Connection): { requested: number; least: number } {
  const least = VERSIONS[parameters.get('min_protocol_version') ?? ''] ?? 0x30000;
  const most = VERSIONS[parameters.get('max_protocol_version') ?? ''] ?? 0x30000;
  return { requested: Math.max(least, most), least };
}

/** RFC 5929, tls-server-end-point; undefined where the certificate's signature has no hash to take (Ed448). */
function endPointHash(certificate: Buffer, hashOf: (certificate: Buffer) => string): Buffer | undefined {
  try {
    const name = hashOf(certificate);
    // "If the certificate's signatureAlgorithm uses … MD5 or SHA-1, use SHA-256."
    const algorithm = name === 'MD5' || name === 'SHA-1' ? 'SHA-256' : name;
    return hash(algorithm.replace(/^SHA-/, 'sha').replace(/^SHA512-/, 'sha512-'), certificate, 'buffer');
  } catch {
    return undefined;
  }
}
