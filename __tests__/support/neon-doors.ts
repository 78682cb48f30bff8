import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, connect as dial, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { TLSSocket, connect as tlsConnect } from 'node:tls';
import pg from 'pg';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { type Authority, createAuthority } from './certificates.ts';
import type { Bed } from './postgres-bed.ts';
import { clientKeyOf, endPoint, noVerifier, parseVerifier, ScramClient, ScramServer, type Verifier } from './scram.ts';

/**
 * Neon's doors, doubled: what stands between a client and its compute, in front of a PostgreSQL of the tests. It ends TLS, finds the
 * endpoint by SNI or by `options=endpoint=…`, does the login itself with channel binding, wakes the compute, and refuses in Neon's own
 * words and form: one error of severity ERROR and SQLSTATE XX000. The behaviour follows neondatabase/neon, folder proxy/src
 * (pglb/handshake.rs, auth/credentials.rs, auth/mod.rs, compute/mod.rs, serverless/).
 */
export interface DoorOptions {
  readonly bed: Bed;
  /** Ids of the endpoints that are there. Any other “cannot be found”. */
  readonly endpoints: readonly string[];
  /** What follows the endpoint's id in a host name. */
  readonly domain?: string;
  readonly authority?: Authority;
  /** Where to listen: an address of this machine, and ports (0: any free one). */
  readonly listen?: { readonly address?: string; readonly port?: number; readonly https?: number };
  /** The compute sleeps until this long after the first login. `refuses`: logins fail until then; else they are held back. */
  readonly asleep?: { readonly ms: number; readonly refuses?: boolean };
  /** Where PgBouncer listens, without TLS; the pooled name then leads there. */
  readonly pooler?: { readonly host: string; readonly port: number };
}

export interface Refusal {
  readonly text: string;
  /** After the login, when the compute is woken; else before it. */
  readonly late?: boolean;
  /** How many connections get it; absent: all. */
  readonly times?: number;
}

/** A login as the doors saw it. */
export interface Passage {
  readonly door: 'tls' | 'websocket' | 'http';
  readonly endpoint: string;
  readonly pooled: boolean;
  readonly mechanism: string;
  readonly direct: boolean;
}

export interface Doors {
  readonly address: string;
  readonly port: number;
  readonly httpsPort: number;
  readonly ca: string;
  readonly passages: Passage[];
  /** The host name of an endpoint. */
  host(endpoint: string, pooled?: boolean): string;
  /** The next connections to the endpoint are refused so. */
  refuse(endpoint: string, refusal: Refusal): void;
  /** Puts the compute to sleep again. */
  sleep(): void;
  close(): Promise<void>;
}

/** What Neon says. The texts stand in neondatabase/neon as format strings; see the table in the tests for where. */
export const WORDS = {
  noEndpoint:
    "Endpoint ID is not specified. Either please upgrade the postgres client library (libpq) for SNI support or pass the endpoint ID (first part of the domain name) as a parameter: '?options=endpoint%3D<endpoint-id>'. See more at https://neon.tech/sni",
  inconsistent: (sni: string, option: string) =>
    `Inconsistent project name inferred from SNI ('${sni}') and project option ('${option}').`,
  malformed: (name: string) => `Project name ('${name}') must contain only alphanumeric characters and hyphen.`,
  password: (user: string) => `password authentication failed for user '${user}'`,
  insecure: 'connection is insecure (try using `sslmode=require`)',
  ip: (address: string) =>
    `This IP address ${address} is not allowed to connect to this endpoint. Please add it to the allowed list in the Neon console. Make sure to check for IPv4 or IPv6 addresses.`,
  network: 'This connection is trying to access this endpoint from a blocked network.',
  tooMany: 'Too many connections to this endpoint. Please try again later.',
  tooManyAttempts: 'Too many connections attempts',
  permit: 'Failed to acquire permit to connect to the database. Too many database connection attempts are currently ongoing.',
  compute: "Couldn't connect to compute node",
  failed: 'Control plane request failed',
  notFound: 'Control plane request failed: endpoint cannot be found',
  disabled: 'Control plane request failed: endpoint is disabled',
  unavailable: 'Control plane request failed: endpoint is temporarily unavailable. Check your quotas and/or contact our support.',
  activeEndpoints: 'You have exceeded the limit of concurrently active endpoints. Please suspend some endpoints and try again.',
  quota: 'Your account or project has exceeded the compute time quota. Upgrade your plan to increase limits.',
  operations: 'Your project already has running operations. Please wait until they complete, and then try again.',
  protected: "The role you're attempting to use is protected and cannot be used for password-based authentication.",
  startup: (name: string) =>
    `unsupported startup parameter in options: ${name}. Please use unpooled connection or remove this parameter from the startup package. More details: https://neon.tech/docs/connect/connection-errors#unsupported-startup-parameter`,
  channel: 'insecure connection: secure channel data mismatch',
} as const;

/** An error that the client is told. */
class Told extends Error {}

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;
const V3_0 = 0x30000;

export async function openDoors(options: DoorOptions): Promise<Doors> {
  const { bed, endpoints, domain = 'us-east-2.aws.neon.tech', asleep, pooler } = options;
  const { address = '127.0.0.1', port = 0, https = 0 } = options.listen ?? {};
  const authority = options.authority ?? (await createAuthority());
  const certificate = await authority.issue({ names: [`*.${domain}`, domain], commonName: `*.${domain}` });
  const binding = endPoint(certificate.cert);
  const tls = { key: certificate.key, cert: certificate.chain };

  const passages: Passage[] = [];
  const refusals = new Map<string, { refusal: Refusal; left: number }>();
  const open = new Set<Duplex>();
  let awakeAt: number | undefined;

  const track = <Stream extends Duplex>(stream: Stream): Stream => {
    open.add(stream);
    stream.on('close', () => open.delete(stream)).on('error', () => stream.destroy());
    return stream;
  };

  // ---- The door for Postgres over TLS

  const front = createServer((socket) => {
    track(socket);
    void enter(socket).catch(() => socket.destroy());
  });

  async function enter(socket: Socket): Promise<void> {
    socket.setNoDelay(true);
    const first = await take(socket, 1);
    socket.unshift(first);
    // 0x16 begins a TLS handshake: direct negotiation.
    if (first[0] === 0x16) return inside(await secure(socket, true), true);
    for (;;) {
      const { code } = await startup(socket);
      if (code === SSL_REQUEST) {
        socket.write('S');
        return inside(await secure(socket, false), false);
      }
      if (code === GSS_REQUEST) socket.write('N');
      else if (code === CANCEL_REQUEST) return void socket.end();
      else return tell(socket, WORDS.insecure);
    }
  }

  /** Takes TLS up; direct negotiation demands the protocol's name in ALPN. */
  async function secure(socket: Socket, direct: boolean): Promise<TLSSocket> {
    const secured = track(new TLSSocket(socket, { isServer: true, ...tls, ALPNProtocols: ['postgresql'] }));
    await once(secured, 'secure');
    if (direct && secured.alpnProtocol !== 'postgresql') throw new Error('direct TLS without ALPN');
    return secured;
  }

  async function inside(client: TLSSocket, direct: boolean): Promise<void> {
    const { code, body } = await startup(client);
    if (code === CANCEL_REQUEST) return void client.end();
    const parameters = readParameters(body);
    if (code > V3_0) client.write(negotiateVersion(parameters));
    const servername = (client as TLSSocket & { servername?: string | false }).servername || undefined;
    await serve(client, parameters, { door: 'tls', sni: servername, direct });
  }

  // ---- What every door has in common

  interface Way {
    readonly door: Passage['door'];
    readonly sni: string | undefined;
    readonly direct: boolean;
  }

  async function serve(client: Duplex, parameters: Map<string, string>, way: Way): Promise<void> {
    try {
      const named = endpointOf(parameters, way.sni);
      const { endpoint, login } = named ? { endpoint: named, login: undefined } : await endpointInPassword(client);
      const id = endpoint.replace(/-pooler$/, '');
      const pooled = id !== endpoint;
      refusal(id, false);
      if (!endpoints.includes(id)) throw new Told(WORDS.notFound);
      const user = parameters.get('user') ?? '';
      const verifier = await verifierOf(user);
      const { clientKey, mechanism } = login ? withPassword(login, user, verifier) : await logIn(client, user, verifier, way);
      passages.push({ door: way.door, endpoint: id, pooled, mechanism, direct: way.direct });
      client.write(message('R', int(0)));
      await wake(id);
      const forbidden = pooled ? startupOption(parameters.get('options') ?? '') : undefined;
      if (forbidden) throw new Told(WORDS.startup(forbidden));
      const compute = await reach(parameters, clientKey, pooled);
      client.pipe(compute).pipe(client);
      const end = () => {
        compute.destroy();
        client.destroy();
      };
      client.on('close', end);
      compute.on('close', end);
    } catch (error) {
      if (error instanceof Told) tell(client, error.message);
      else client.destroy();
    }
  }

  /** SNI and the option must agree, letter by letter, `-pooler` included (auth/credentials.rs). */
  function endpointOf(parameters: Map<string, string>, sni: string | undefined): string | undefined {
    const given = words(parameters.get('options') ?? '').map((word) => /^(?:endpoint|project)=(.*)$/.exec(word)?.[1]);
    const [option, ...more] = given.filter((one) => one !== undefined);
    const fromName = sni?.endsWith(`.${domain}`) ? sni.slice(0, -domain.length - 1) : undefined;
    if (option !== undefined && more.length === 0 && fromName !== undefined && option !== fromName) {
      throw new Told(WORDS.inconsistent(fromName, option));
    }
    const name = (more.length === 0 ? option : undefined) ?? fromName;
    if (name !== undefined && !/^[a-zA-Z0-9-]*$/.test(name)) throw new Told(WORDS.malformed(name));
    return name;
  }

  /** Without SNI and option Neon asks for a password that holds the endpoint's id (auth/password_hack.rs). */
  async function endpointInPassword(client: Duplex): Promise<{ endpoint: string; login: string }> {
    const match = /^(?:endpoint|project)=([^;$]*)[;$](.*)$/s.exec(await askPassword(client));
    if (!match) throw new Told(WORDS.noEndpoint);
    return { endpoint: match[1] as string, login: match[2] as string };
  }

  async function askPassword(client: Duplex): Promise<string> {
    client.write(message('R', int(3)));
    return text((await receive(client)).body);
  }

  interface Login {
    readonly clientKey: Buffer;
    readonly mechanism: string;
  }

  function withPassword(password: string, user: string, verifier: Verifier): Login {
    const clientKey = clientKeyOf(password, verifier);
    if (!clientKey) throw new Told(WORDS.password(user));
    return { clientKey, mechanism: 'password' };
  }

  async function logIn(client: Duplex, user: string, verifier: Verifier, way: Way): Promise<Login> {
    // Over a web socket the password comes in clear: the round trips count there (serverless/websocket.rs).
    if (way.door === 'websocket') return withPassword(await askPassword(client), user, verifier);
    client.write(message('R', int(10), cstring('SCRAM-SHA-256-PLUS'), cstring('SCRAM-SHA-256'), Buffer.from([0])));
    const { body } = await receive(client);
    const zero = body.indexOf(0);
    const mechanism = body.toString('latin1', 0, zero);
    if (!/^SCRAM-SHA-256(-PLUS)?$/.test(mechanism)) throw new Told('Unsupported authentication method');
    const scram = new ScramServer(verifier, mechanism.endsWith('-PLUS') ? binding : undefined);
    client.write(message('R', int(11), Buffer.from(scram.first(body.toString('utf8', zero + 5)))));
    const final = scram.final((await receive(client)).body.toString());
    if (final === 'wrong channel') throw new Told(WORDS.channel);
    if (final === 'wrong password') throw new Told(WORDS.password(user));
    client.write(message('R', int(12), Buffer.from(final.message)));
    return { clientKey: final.clientKey, mechanism };
  }

  async function verifierOf(user: string): Promise<Verifier> {
    const { rows } = await bed.sql('select rolpassword from pg_authid where rolname = $1', { values: [user] });
    return rows[0]?.rolpassword ? parseVerifier(rows[0].rolpassword) : noVerifier();
  }

  async function wake(id: string): Promise<void> {
    refusal(id, true);
    if (!asleep) return;
    awakeAt ??= performance.now() + asleep.ms;
    const left = awakeAt - performance.now();
    if (left <= 0) return;
    if (asleep.refuses) throw new Told(WORDS.compute);
    await sleep(left);
  }

  function refusal(id: string, late: boolean): void {
    const set = refusals.get(id);
    if (!set || (set.refusal.late ?? false) !== late || set.left <= 0) return;
    set.left -= 1;
    throw new Told(set.refusal.text);
  }

  /** Logs in to the compute with the key that the client's proof gave away; gives the stream as it is after AuthenticationOk. */
  async function reach(parameters: Map<string, string>, clientKey: Buffer, pooled: boolean): Promise<Duplex> {
    const toPooler = pooled && pooler;
    const at = toPooler || { host: bed.addresses[0] ?? '127.0.0.1', port: bed.port };
    const raw = track(dial(at));
    await once(raw, 'connect').catch(() => {
      throw new Told(WORDS.compute);
    });
    const compute = toPooler ? raw : await computeTls(raw);
    compute.write(startupMessage(parameters));
    const scram = new ScramClient(clientKey);
    for (;;) {
      const { type, body } = await receive(compute);
      if (type === 'E') throw new Told(errorText(body));
      // The compute's first word after the login can be an error still: no such database.
      if (type !== 'R') {
        compute.unshift(message(type, body));
        return compute;
      }
      const kind = body.readInt32BE(0);
      const first = Buffer.from(scram.first());
      if (kind === 10) compute.write(message('p', cstring('SCRAM-SHA-256'), int(first.length), first));
      if (kind === 11) compute.write(message('p', Buffer.from(scram.final(body.toString('utf8', 4)))));
    }
  }

  async function computeTls(raw: Socket): Promise<Duplex> {
    raw.write(Buffer.concat([int(8), int(SSL_REQUEST)]));
    if ((await take(raw, 1)).toString() !== 'S') throw new Told(WORDS.compute);
    const secured = track(tlsConnect({ socket: raw, ca: bed.ca, servername: bed.host }));
    await once(secured, 'secureConnect');
    return secured;
  }

  // ---- The doors for the serverless driver

  const web = createHttpsServer(tls, (request, response) => {
    void (async () => {
      const body = await new Response(request as unknown as ReadableStream).text();
      const answer = await overHttp(request.headers, request.url ?? '', body);
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
    })().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  web.on('connection', (socket: Socket) => track(socket));

  const sockets = new WebSocketServer({ noServer: true });
  web.on('upgrade', (request, socket, head) => {
    if (request.url !== '/v2') return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, (connection) => {
      const stream = track(createWebSocketStream(connection));
      const sni = (request.socket as TLSSocket & { servername?: string | false }).servername || request.headers.host;
      void startup(stream)
        .then(({ body }) => serve(stream, readParameters(body), { door: 'websocket', sni: sni || undefined, direct: false }))
        .catch(() => stream.destroy());
    });
  });

  /** One query, or several in a transaction (serverless/sql_over_http.rs); values come and go as text. */
  async function overHttp(headers: NodeJS.Dict<string | string[]>, path: string, body: string) {
    const given = headers['neon-connection-string'];
    if (path !== '/sql' || typeof given !== 'string') return { status: 400, body: { message: 'no connection string' } };
    const { hostname, username, password, pathname } = new URL(given.replace(/^postgres(ql)?:/, 'http:'));
    const endpoint = hostname.slice(0, -domain.length - 1);
    const id = endpoint.replace(/-pooler$/, '');
    const user = decodeURIComponent(username);
    try {
      refusal(id, false);
      if (!endpoints.includes(id)) throw new Told(WORDS.notFound);
      withPassword(decodeURIComponent(password), user, await verifierOf(user));
      await wake(id);
    } catch (error) {
      if (error instanceof Told) return { status: 400, body: { message: error.message } };
      throw error;
    }
    passages.push({ door: 'http', endpoint: id, pooled: id !== endpoint, mechanism: 'password', direct: false });
    const client = new pg.Client({
      ...{ user, password: decodeURIComponent(password), database: decodeURIComponent(pathname.slice(1)) },
      ...{ host: bed.addresses[0] ?? '127.0.0.1', port: bed.port, ssl: { ca: bed.ca, servername: bed.host } },
    });
    client.on('error', () => {});
    await client.connect();
    const run = async ({ query, params = [] }: { query: string; params?: unknown[] }) => {
      const types = { getTypeParser: () => (value: string) => value };
      const { command, rowCount, rows, fields } = await client.query({
        text: query,
        values: params,
        rowMode: 'array',
        types,
      } as never);
      return { command, rowCount, rows, fields, rowAsArray: true };
    };
    try {
      const asked = JSON.parse(body) as { query: string; queries?: { query: string }[] };
      if (!asked.queries) return { status: 200, body: await run(asked) };
      await client.query('begin');
      const results = [];
      for (const one of asked.queries) results.push(await run(one));
      await client.query('commit');
      return { status: 200, body: { results } };
    } catch (error) {
      const { message: said, code, severity, detail } = error as pg.DatabaseError;
      return { status: 400, body: { message: said, code, severity, detail } };
    } finally {
      await client.end();
    }
  }

  await listen(front, address, port);
  await listen(web, address, https);
  return {
    address,
    port: (front.address() as AddressInfo).port,
    httpsPort: (web.address() as AddressInfo).port,
    ca: authority.cert,
    passages,
    host: (endpoint, pooled = false) => `${endpoint}${pooled ? '-pooler' : ''}.${domain}`,
    refuse: (endpoint, refusal) => void refusals.set(endpoint, { refusal, left: refusal.times ?? Number.POSITIVE_INFINITY }),
    sleep: () => {
      awakeAt = undefined;
    },
    async close() {
      const closed = [front, web].map((server) => new Promise((resolve) => server.close(resolve)));
      web.closeAllConnections();
      for (const stream of open) stream.destroy();
      await Promise.all(closed);
    },
  };
}

// ---- The protocol's bytes (PostgreSQL documentation, 54.7) -------------------------------------------------------------------

const int = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const cstring = (value: string): Buffer => Buffer.from(`${value}\0`);
const text = (body: Buffer): string => body.toString('utf8', 0, body.indexOf(0));

function message(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int(body.length + 4), body]);
}

/** Exactly so many bytes; rejects when the stream ends before. */
async function take(stream: Duplex, count: number): Promise<Buffer> {
  for (;;) {
    const bytes = stream.read(count) as Buffer | null;
    if (bytes?.length === count) return bytes;
    if (stream.destroyed || stream.readableEnded || bytes) throw new Error('the stream ended');
    await new Promise<void>((resolve) => {
      const go = () => {
        for (const event of ['readable', 'end', 'close']) stream.off(event, go);
        resolve();
      };
      for (const event of ['readable', 'end', 'close']) stream.on(event, go);
    });
  }
}

async function receive(stream: Duplex): Promise<{ type: string; body: Buffer }> {
  const head = await take(stream, 5);
  const length = head.readInt32BE(1) - 4;
  return { type: head.toString('latin1', 0, 1), body: length > 0 ? await take(stream, length) : Buffer.alloc(0) };
}

/** A message without a type: the first on a connection. */
async function startup(stream: Duplex): Promise<{ code: number; body: Buffer }> {
  const head = await take(stream, 8);
  const length = head.readInt32BE(0) - 8;
  if (length < 0 || length > 10_000) throw new Error('not a startup packet');
  return { code: head.readInt32BE(4), body: length > 0 ? await take(stream, length) : Buffer.alloc(0) };
}

function readParameters(body: Buffer): Map<string, string> {
  const parts = body.toString().split('\0');
  const parameters = new Map<string, string>();
  for (let index = 0; parts[index]; index += 2) parameters.set(parts[index] as string, parts[index + 1] ?? '');
  return parameters;
}

/** Every other startup parameter is dropped without a word (compute/mod.rs, set_startup_params). */
function startupMessage(parameters: Map<string, string>): Buffer {
  const kept = new Map([['client_encoding', 'UTF8']]);
  for (const name of ['user', 'database', 'application_name', 'replication']) {
    const value = parameters.get(name);
    if (value !== undefined) kept.set(name, value);
  }
  const rest = words(parameters.get('options') ?? '').filter((word) => !/^(?:endpoint|project|neon_\w+)[=:]/.test(word));
  if (rest.length > 0) kept.set('options', rest.join(' '));
  const body = Buffer.concat([int(V3_0), ...[...kept].flat().map(cstring), Buffer.from([0])]);
  return Buffer.concat([int(body.length + 4), body]);
}

const words = (options: string): string[] => options.split(/(?<!\\)\s+/).filter(Boolean);

/** The first server setting that `options` would make; PgBouncer takes none that it does not track. */
const startupOption = (options: string): string | undefined => /(?:-c\s*|--)([\w.]+)=/.exec(options)?.[1];

/** Protocol 3.0 is all there is (pglb/handshake.rs). */
function negotiateVersion(parameters: Map<string, string>): Buffer {
  const unknown = [...parameters.keys()].filter((name) => name.startsWith('_pq_.'));
  return message('v', int(V3_0), int(unknown.length), ...unknown.map(cstring));
}

const errorText = (body: Buffer): string => {
  const field = body
    .toString()
    .split('\0')
    .find((part) => part.startsWith('M'));
  return field?.slice(1) ?? 'unknown error';
};

/** Severity, code and text: nothing else (pqproto.rs, write_error; SQLSTATE_INTERNAL_ERROR). */
function tell(client: Duplex, said: string): void {
  client.end(message('E', cstring('SERROR'), cstring('CXX000'), cstring(`M${said}`), Buffer.from([0])));
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => resolve());
  });
}
