import { setTimeout as sleep } from 'node:timers/promises';
import type { GeneralError } from '@neondatabase/api-client';
import { type Backoff, fullJitter } from '../backoff.ts';
import { now } from '../clock.ts';
import { Problem } from '../problems/index.ts';

/** How to reach the Neon API, and for how long to try. */
export interface Access {
  /** A secret. It goes into one header of requests to `apiHost`, and nowhere else. */
  readonly apiKey: string;
  /** The project's id; it stands in every path and in the sentences of problems. */
  readonly projectId: string;
  /** `https://console.neon.tech/api/v2`, or another base address: `https:`, or `http:` on this machine. */
  readonly apiHost: string;
  /** Milliseconds for everything together: requests, waits, repetitions. */
  readonly deadlineMs: number;
  /** When it aborts, everything ends at once. */
  readonly signal: AbortSignal;
  readonly fetch?: typeof globalThis.fetch;
  readonly backoff?: Backoff;
  /** Milliseconds that one request may take before it counts as lost and is repeated. */
  readonly attemptMs?: number;
}

/** A wait that is about to begin. */
export interface Wait {
  /** Fits “The Neon API {what}.”; no secret in it. */
  readonly what: string;
  readonly delayMs: number;
}

export interface NeonHttp {
  /**
   * One GET below the project, repeated while that can help.
   *
   * @param path below `/projects/{project_id}`, its parts encoded already: `/branches`
   * @param key a property that the answer must have
   * @returns the answer's body; undefined when there is no such thing (404, or 412 for a password that is not stored)
   */
  get<Body extends object>(path: string, key: keyof Body & string, query?: Record<string, string>): Promise<Body | undefined>;
  /** Waits like after a failed request, for a reason that a successful answer gave. */
  pause(attempt: number, what: string): Promise<void>;
}

const BACKOFF: Backoff = { baseMs: 500, capMs: 8_000 };
const ATTEMPT_MS = 20_000;
/** A page of a thousand branches is about 1 MB. */
const MOST_BYTES = 16 * 2 ** 20;

/** One failed attempt. `retryMs` is present when trying again can help; a number when the server said how long to wait. */
interface Failure {
  readonly what: string;
  readonly status?: number;
  readonly retry?: { readonly afterMs?: number };
  readonly fix?: string;
}

/**
 * The transport of the Neon API: one deadline for all, repetition of what may be repeated, no redirects.
 *
 * What may be repeated is what the API's published description says: only GET is used, which is safe to repeat after any lost
 * answer; 423 (“temporarily locked, for example, due to another operation in progress”) and 503 always are; 409, 429 and other
 * 5xx pass too. `Retry-After` is honoured as seconds and as a date (RFC 9110, 10.2.3).
 */
export function neonHttp(access: Access, onWait: (wait: Wait) => void): NeonHttp {
  const { apiKey, projectId, signal, backoff = BACKOFF, attemptMs = ATTEMPT_MS } = access;
  const base = baseAddress(access.apiHost);
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    const what = 'holds a character that no API key has, such as a blank or a line break';
    throw new Problem('invalid-input', {
      input: 'neon-api-key',
      what,
      fix: 'Copy the key again and store it alone in the secret.',
    });
  }
  // The form is the API description's own for every id.
  if (!/^[a-z0-9-]{1,60}$/.test(projectId)) {
    const what = 'is not the id of a Neon project: lower-case letters, digits and hyphens, such as `shiny-wind-028834`';
    throw new Problem('invalid-input', { input: 'neon-project-id', what, fix: 'Copy it from the project’s settings page.' });
  }
  // An earlier step can set this to 0 for the whole job. The key must not go to a server that anybody can be.
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;

  const started = now();
  const spent = (): number => now() - started;
  const left = (): number => access.deadlineMs - spent();
  let before: Failure | undefined;

  async function attempt(url: URL, key: string): Promise<{ body: object } | { missing: true } | { failure: Failure }> {
    const limit = Math.max(1, Math.ceil(Math.min(attemptMs, left())));
    try {
      const response = await (access.fetch ?? fetch)(url, {
        headers: { accept: 'application/json', authorization: `Bearer ${apiKey}`, 'user-agent': 'neon-connect' },
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(limit)]),
      });
      return judge(response, await text(response), key);
    } catch (error) {
      signal.throwIfAborted();
      const failure = lost(error, limit);
      // An attempt that the deadline left hardly any time says less than the reason for which the one before had to wait.
      return { failure: before && limit < attemptMs / 10 ? before : failure };
    }
  }

  async function pause(attempts: number, failure: Failure): Promise<void> {
    const jitter = fullJitter(attempts, backoff);
    const asked = failure.retry?.afterMs;
    // What the server asks for is a lower bound. A little more, by chance, keeps waiting jobs from coming back together.
    const delayMs = asked === undefined ? jitter : asked + Math.min(jitter, backoff.baseMs);
    if (!failure.retry || delayMs >= left()) throw problem(failure, access, spent());
    before = failure;
    onWait({ what: failure.what, delayMs });
    await sleep(delayMs, undefined, { signal }).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : error;
    });
  }

  return {
    pause: (attempts, what) => pause(attempts, { what, retry: {} }),
    async get<Body extends object>(path: string, key: keyof Body & string, query: Record<string, string> = {}) {
      const url = new URL(`${base}/projects/${projectId}${path}`);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      for (let attempts = 1; ; attempts++) {
        signal.throwIfAborted();
        const result = await attempt(url, key);
        if ('body' in result) return result.body as Body;
        if ('missing' in result) return undefined;
        await pause(attempts, result.failure);
      }
    },
  };
}

/** Checks `neon-api-host` before the key goes there. */
function baseAddress(apiHost: string): string {
  const refuse = (what: string): never => {
    throw new Problem('invalid-input', {
      input: 'neon-api-host',
      what,
      fix: 'Leave it out, or give `https://console.neon.tech/api/v2`.',
    });
  };
  if (!URL.canParse(apiHost)) return refuse('is not a URL');
  const { protocol, hostname, username, password, search, hash, href } = new URL(apiHost);
  const here = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && here)) {
    return refuse('must begin with `https://`: the key may not cross a network in the clear');
  }
  if (username || password || search || hash) return refuse('must be an address alone, without user, query or fragment');
  return href.replace(/\/+$/, '');
}

class TooLong extends Error {}

/** Reads a body as text, up to a bound. */
async function text(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let read = '';
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new TooLong();
    read += decoder.decode(chunk, { stream: true });
  }
  return read + decoder.decode();
}

const HOST_FIX = 'Check `neon-api-host`, and that no proxy or sign-in page answers in the API’s place.';

/** What an answer means. Nothing of its text is repeated: only its status and the API's own request id, by their form. */
function judge(response: Response, read: string, key: string): { body: object } | { missing: true } | { failure: Failure } {
  const { status, headers } = response;
  const html = /\bhtml\b/i.test(headers.get('content-type') ?? '') || /^\s*<(?:!doctype|html)/i.test(read);
  const fail = (what: string, more: Partial<Failure> = {}) => ({ failure: { what, status, ...more } });

  if (status >= 300 && status < 400) {
    return fail(`answered with a redirect (HTTP ${status}), and the key is not sent to another address`, { fix: HOST_FIX });
  }
  if (status === 408 || status === 409 || status === 423 || status === 429 || status >= 500) {
    const afterMs = retryAfter(headers);
    return fail(`${MEANING[status] ?? 'failed'} (HTTP ${status}${requestId(read)})`, {
      retry: afterMs === undefined ? {} : { afterMs },
    });
  }
  // Whatever the status, the API did not say this.
  if (html) return { failure: { what: `answered with a web page instead of JSON (HTTP ${status})`, fix: HOST_FIX } };
  // 412 has one meaning in the description: the project does not store passwords.
  if (status === 404 || status === 412) return { missing: true };
  if (!response.ok) return fail(`refused the request (HTTP ${status}${requestId(read)})`, { fix: STATUS_FIX });

  const body = parse(read);
  if (body === undefined) return fail('sent an answer that is cut off or is not JSON', { retry: {} });
  if (!(key in body)) return fail(`sent JSON without “${key}”, which its description promises`, { fix: HOST_FIX });
  return { body };
}

const MEANING: Record<number, string> = {
  409: 'says that another operation is in the way',
  423: 'says that the project is locked by running operations',
  429: 'limits the rate of requests',
};

function parse(read: string): object | undefined {
  try {
    const value: unknown = JSON.parse(read);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The API's id of a request, for a question to its support; only when it looks like one. */
function requestId(read: string): string {
  const id = (parse(read) as Partial<GeneralError> | undefined)?.request_id;
  return typeof id === 'string' && /^[\w-]{8,64}$/.test(id) ? `, request ${id}` : '';
}

/** Milliseconds to wait. A date is counted from the server's own clock when it sends it. */
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  const now = Date.parse(headers.get('date') ?? '') || Date.now();
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/** An attempt that gave no answer: only codes are repeated, as errors of `fetch` can hold what was sent. */
function lost(error: unknown, limit: number): Failure {
  if (error instanceof TooLong) return { what: `sent more than ${MOST_BYTES >> 20} MiB`, fix: HOST_FIX };
  const { name } = error as Error;
  if (name === 'TimeoutError') return { what: `did not answer within ${seconds(limit)} s`, retry: {} };
  // `fetch` reports everything else as a TypeError with a cause. What it does not report so is a fault of ours.
  if (name !== 'TypeError') throw error;
  const cause = (error as { cause?: { code?: unknown } }).cause?.code;
  const code = typeof cause === 'string' && /^[A-Z][A-Z0-9_]*$/.test(cause) ? ` (${cause})` : '';
  if (/CERT|TLS|SSL|SIGNATURE|ISSUER/.test(code))
    return { what: `cannot be trusted: its certificate was refused${code}`, fix: HOST_FIX };
  if (cause === 'UND_ERR_SOCKET') return { what: `closed the connection before its answer was complete${code}`, retry: {} };
  return { what: `cannot be reached${code}`, retry: {} };
}

const STATUS_FIX = 'See https://neonstatus.com, and run the job again; `probe-timeout` bounds how long this step tries.';
const seconds = (ms: number): string => String(Math.round(ms / 100) / 10);

/** The problem that ends the attempts. */
function problem({ what, status, retry, fix }: Failure, { projectId }: Access, spentMs: number): Problem {
  if (status === 401 || status === 403) return new Problem('neon-unauthorized', { project: projectId, status });
  if (status === 429) {
    const asked = retry?.afterMs === undefined ? '' : `, and asks to wait ${seconds(retry.afterMs)} s more`;
    return new Problem('neon-rate-limited', { seconds: seconds(spentMs), asked });
  }
  if (!retry) return new Problem('neon-unavailable', { what, fix: fix ?? STATUS_FIX });
  const asked = retry.afterMs === undefined ? '' : `, and asks to wait ${seconds(retry.afterMs)} s more than there is time for`;
  return new Problem('neon-unavailable', { what: `${what}, still after ${seconds(spentMs)} s${asked}`, fix: STATUS_FIX });
}
