import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as secure } from 'node:tls';
import pg from 'pg';
import { createWebSocketStream, WebSocketServer } from 'ws';

export interface Double {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Stands for the two services that Neon's serverless driver speaks to instead of Postgres, before a real server: `POST /sql` with the
 * connection string in a header (HTTP), and a WebSocket that carries the Postgres protocol to `address` (what neondatabase/wsproxy
 * does). Both services end TLS themselves and are given the server's CA here. So this shows what the driver makes of the connection
 * string; it shows nothing about Neon's certificate.
 */
export async function startDouble(port: number, ca: string): Promise<Double> {
  const server = createServer((request, response) => {
    query(request, port, ca).then(
      (answer) => send(response, 200, answer),
      (error: Error) => send(response, 400, { message: error.message, code: 'XX000', severity: 'ERROR' }),
    );
  });
  const sockets = new WebSocketServer({ server, path: '/v2' });
  sockets.on('connection', (socket) => {
    const stream = createWebSocketStream(socket);
    encrypted(port, ca).then(
      (upstream) =>
        stream
          .pipe(upstream)
          .on('error', () => socket.terminate())
          .pipe(stream)
          .on('error', () => upstream.destroy()),
      () => socket.terminate(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as { port: number }).port,
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Answers `POST /sql`: values as Postgres' text, rows as arrays, as Neon's service does. */
async function query(request: IncomingMessage, port: number, ca: string): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { query: text, params } = JSON.parse(Buffer.concat(chunks).toString());
  const url = new URL(String(request.headers['neon-connection-string']));
  const client = new pg.Client({
    host: 'localhost',
    port,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ssl: { ca },
  });
  await client.connect();
  try {
    const asText = { getTypeParser: () => (value: string) => value };
    const { command, rowCount, fields, rows } = await client.query({ text, values: params, rowMode: 'array', types: asText });
    return { command, rowCount, fields, rows, rowAsArray: true };
  } finally {
    await client.end();
  }
}

/** A connection to the server after its TLS handshake. */
async function encrypted(port: number, ca: string): Promise<Duplex> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]));
  await once(socket, 'data');
  const stream = secure({ socket, ca, servername: 'localhost' });
  await once(stream, 'secureConnect');
  return stream;
}
