import { neonHost } from '../../src/connection/neon-host.ts';

const at = 'us-east-2.aws.neon.tech';

describe('Neon hosts', () => {
  const cases: [host: string, endpoint: string, region: string, pooled: string, direct: string][] = [
    [
      `ep-cool-name-123456.${at}`,
      'ep-cool-name-123456',
      'aws-us-east-2',
      `ep-cool-name-123456-pooler.${at}`,
      `ep-cool-name-123456.${at}`,
    ],
    [`ep-x-123-pooler.${at}`, 'ep-x-123', 'aws-us-east-2', `ep-x-123-pooler.${at}`, `ep-x-123.${at}`],
    [`ep-x-123.c-2.${at}`, 'ep-x-123', 'aws-us-east-2', `ep-x-123-pooler.c-2.${at}`, `ep-x-123.c-2.${at}`],
    [`ep-x-pooler.c-10.${at}`, 'ep-x', 'aws-us-east-2', `ep-x-pooler.c-10.${at}`, `ep-x.c-10.${at}`],
    ['ep-x.gwc.azure.neon.tech', 'ep-x', 'azure-gwc', 'ep-x-pooler.gwc.azure.neon.tech', 'ep-x.gwc.azure.neon.tech'],
    [
      'ep-x.eu-west-1.aws.neon.build',
      'ep-x',
      'aws-eu-west-1',
      'ep-x-pooler.eu-west-1.aws.neon.build',
      'ep-x.eu-west-1.aws.neon.build',
    ],
    ['ep-x.local.neon.build', 'ep-x', 'local', 'ep-x-pooler.local.neon.build', 'ep-x.local.neon.build'],
    ['ep-x.neon.tech', 'ep-x', '', 'ep-x-pooler.neon.tech', 'ep-x.neon.tech'],
    // Only the end of the first label counts.
    [`ep-pooler-boat-1.${at}`, 'ep-pooler-boat-1', 'aws-us-east-2', `ep-pooler-boat-1-pooler.${at}`, `ep-pooler-boat-1.${at}`],
    [
      'ep-x.my-pooler.aws.neon.tech',
      'ep-x',
      'aws-my-pooler',
      'ep-x-pooler.my-pooler.aws.neon.tech',
      'ep-x.my-pooler.aws.neon.tech',
    ],
    // DNS knows no case, and a name may end in the root's dot; what was given stays as it was.
    [`EP-X-1-Pooler.${at}`, 'ep-x-1', 'aws-us-east-2', `EP-X-1-Pooler.${at}`, `EP-X-1.${at}`],
    [`ep-x-1.${at}.`, 'ep-x-1', 'aws-us-east-2', `ep-x-1-pooler.${at}.`, `ep-x-1.${at}.`],
  ];
  test.each(cases)('%s', (host, endpoint, region, pooled, direct) => {
    expect(neonHost(host)).toEqual({ endpoint, region, pooled, direct, isPooled: host === pooled });
    expect(neonHost(pooled)?.direct).toBe(direct);
    expect(neonHost(direct)?.pooled.toLowerCase()).toBe(pooled.toLowerCase());
  });

  test.each([
    'localhost',
    '127.0.0.1',
    '::1',
    '/var/run/postgresql',
    'db.example.com',
    'neon.tech',
    'console.neon.tech',
    'ep-x',
    'ep-.neon.tech',
    '-pooler.neon.tech',
    'ep--pooler.neon.tech',
    `ep-x.${at}.example.com`,
    'ep-x.us-east-2.aws.notneon.tech',
    'ep-xneon.tech',
    'ep-x..neon.tech',
    `ep-x.apirest.${at}`,
    `ep-x.neonauth.c-2.${at}`,
    '',
  ])('%j is not one', (host) => {
    expect(neonHost(host)).toBeUndefined();
  });
});
