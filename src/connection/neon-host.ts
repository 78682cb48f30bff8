/** What a Neon host name says. */
export interface NeonHost {
  /** The endpoint's id, `ep-cool-name-123456`: the first label without `-pooler`. What `options=endpoint%3D…` takes. */
  readonly endpoint: string;
  /** As the Neon API writes it, `aws-us-east-2`; for a name of another form, the labels between endpoint and domain. */
  readonly region: string;
  /** The host that leads through Neon's PgBouncer. */
  readonly pooled: string;
  /** The host that leads straight to the compute. */
  readonly direct: string;
  readonly isPooled: boolean;
}

/** `neon.tech` is the public service, `neon.build` Neon's own stage of it (neondatabase/neonctl and neon-js use both). */
const DOMAIN = /^\.((?:[a-z0-9-]+\.)*)neon\.(?:tech|build)\.?$/;

/* DNS knows no case, so the patterns are tried on lower-case text: one that ignores case itself takes V8 five times as long to build. */

/** The proxy takes the suffix off the first label only (neondatabase/neon, proxy/src/types.rs, POOLER_SUFFIX). */
const ENDPOINT = /^ep-[a-z0-9-]*[a-z0-9]$/;
const POOLER = '-pooler';

/** Web services that live under an endpoint's name: they speak HTTP, not Postgres. */
const WEB = new Set(['apirest', 'apiauth', 'neonauth']);

/**
 * Reads a Neon host name: `ep-cool-name-123456-pooler.c-2.us-east-2.aws.neon.tech`. The labels after the endpoint (a cell such
 * as `c-2`, the region, the cloud) stay as they are in both forms.
 *
 * @param host a DNS name, as the connection has it
 * @returns what the name says, or undefined when it is not the name of a Neon endpoint
 */
export function neonHost(host: string): NeonHost | undefined {
  if (!KNOWN.has(host)) KNOWN.set(host, read(host));
  return KNOWN.get(host);
}

/** Everybody who spells a connection asks about the same few hosts. */
const KNOWN = new Map<string, NeonHost | undefined>();

function read(host: string): NeonHost | undefined {
  const dot = host.indexOf('.');
  if (dot < 0) return undefined;
  const label = host.slice(0, dot);
  const rest = host.slice(dot);
  const domain = DOMAIN.exec(rest.toLowerCase());
  const isPooled = label.toLowerCase().endsWith(POOLER);
  const endpoint = isPooled ? label.slice(0, -POOLER.length) : label;
  if (!domain || !ENDPOINT.test(endpoint.toLowerCase())) return undefined;
  const place = (domain[1] as string).split('.').slice(0, -1);
  if (place.some((part) => WEB.has(part))) return undefined;
  return {
    endpoint: endpoint.toLowerCase(),
    region: region(place),
    pooled: isPooled ? host : `${endpoint}${POOLER}${rest}`,
    direct: `${endpoint}${rest}`,
    isPooled,
  };
}

/** `[c-2.]us-east-2.aws` → `aws-us-east-2`, the form of the API's `region_id`. */
function region(place: readonly string[]): string {
  const [name, cloud, ...more] = /^c-\d+$/.test(place[0] ?? '') ? place.slice(1) : place;
  return name && cloud && more.length === 0 ? `${cloud}-${name}` : place.join('.');
}
