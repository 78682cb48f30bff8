import type { Connection } from '../../src/connection/connection.ts';

/** A password with every character that some grammar takes for its own. */
export const NASTY = 'p@ss/w:ord%#?&= +$x\'"\\z!ü€';
export const NASTY_ENCODED = 'p%40ss%2Fw%3Aord%25%23%3F%26%3D%20%2B%24x%27%22%5Cz%21%C3%BC%E2%82%AC';

/** A settled connection to db.example.com, with what the case changes. */
export const connection = (change: Partial<Connection> = {}): Connection => ({
  hosts: [{ host: 'db.example.com', port: 5432 }],
  user: 'app',
  password: NASTY,
  database: 'shop',
  sslmode: 'verify-full',
  connectTimeout: 15,
  trust: {},
  parameters: new Map(),
  foreign: new Map(),
  ...change,
});

export const FILES = { ca: '/run/neon connect/ca.pem' };
export const CA_ENCODED = '%2Frun%2Fneon%20connect%2Fca.pem';
export const POOLED = 'ep-cool-name-123456-pooler.us-east-2.aws.neon.tech';
export const DIRECT = 'ep-cool-name-123456.us-east-2.aws.neon.tech';
