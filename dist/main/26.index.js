"use strict";
exports.id = 26;
exports.ids = [26];
exports.modules = {

/***/ 7899:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ fullJitter)
/* harmony export */ });
const fullJitter = (attempt, { baseMs, capMs }, random = Math.random) => Math.round(random() * Math.min(capMs, baseMs * 2 ** (attempt - 1)));


/***/ }),

/***/ 2026:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  givenByNeon: () => (/* binding */ givenByNeon)
});

// EXTERNAL MODULE: ./build/connection/spellings/given.js
var given = __webpack_require__(825);
// EXTERNAL MODULE: ./build/connection/neon-host.js
var neon_host = __webpack_require__(2433);
// EXTERNAL MODULE: ./build/nearest.js
var nearest = __webpack_require__(793);
// EXTERNAL MODULE: ./build/problems/entry.js
var entry = __webpack_require__(136);
;// CONCATENATED MODULE: ./build/problems/neon-api.js

const neonApi = (0,entry/* entries */.j)({
    'neon-unauthorized': {
        stages: ['neon-api'],
        transient: false,
        title: 'The Neon API refused the key',
        sentence: 'The Neon API refused the key of `neon-api-key` for project `{project}` (HTTP {status}).',
        fix: 'Create a key in the Neon console, for the organisation or for this project, and store it as the secret that `neon-api-key` takes.',
        causes: [
            'The key was revoked, cut when it was copied, or belongs to another account.',
            'The key is limited to another project.',
            'A connection string or a password was given in place of an API key.',
        ],
    },
    'neon-not-found': {
        stages: ['neon-api'],
        transient: false,
        title: 'Neon does not have what was asked for',
        sentence: 'Neon has no {what}.',
        fix: '{fix}',
        causes: [
            'A misspelt project id, branch, database or role.',
            'The branch was deleted, or is not created yet: a job that connects must wait for the job that creates it.',
            'The key cannot see the project: the API then answers as if there were none.',
            'The branch has no read-write compute, or the project does not store passwords.',
        ],
    },
    'neon-ambiguous': {
        stages: ['neon-api'],
        transient: false,
        title: 'Several on this Neon branch could be meant',
        sentence: 'Branch `{branch}` has several {kind}: {names}.',
        fix: 'Name the one that is wanted in input `{input}`.',
        causes: ['A branch with one database and one role needs no choice; with several, the step does not guess.'],
    },
    'neon-rate-limited': {
        stages: ['neon-api'],
        transient: true,
        title: 'The Neon API limits the rate of requests',
        sentence: 'The Neon API still answered \u201ctoo many requests\u201d (HTTP 429) after {seconds} s{asked}.',
        fix: 'Run fewer jobs at once that use this account\u2019s keys, or raise `probe-timeout`, which bounds these waits too.',
        causes: ['Many jobs or tools use the API at the same time: its limits count for the whole account.'],
    },
    'neon-unavailable': {
        stages: ['neon-api'],
        transient: true,
        title: 'The Neon API did not give a usable answer',
        sentence: 'The Neon API {what}.',
        fix: '{fix}',
        causes: [
            'An outage, or a network that does not let this runner reach the API.',
            'Operations on the branch that take longer than the time given.',
            'Something else answers in the API\u2019s place: a proxy, a sign-in page, or a wrong `neon-api-host`.',
        ],
    },
});

// EXTERNAL MODULE: ./build/problems/problem.js
var problem = __webpack_require__(2139);
// EXTERNAL MODULE: ./build/problems/index.js + 2 modules
var problems = __webpack_require__(6235);
;// CONCATENATED MODULE: ./build/problems/source.js



(0,problem/* enter */.V)(neonApi);

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/backoff.js
var build_backoff = __webpack_require__(7899);
;// CONCATENATED MODULE: ./build/sources/neon-http.js



const BACKOFF = { baseMs: 500, capMs: 8_000 };
const ATTEMPT_MS = 20_000;
const MOST_BYTES = 16 * 2 ** 20;
function neonHttp(access, onWait) {
    const { apiKey, projectId, signal, backoff = BACKOFF, attemptMs = ATTEMPT_MS } = access;
    const base = baseAddress(access.apiHost);
    if (!/^[\x21-\x7e]+$/.test(apiKey)) {
        const what = 'holds a character that no API key has, such as a blank or a line break';
        throw new problems/* Problem */.A('invalid-input', {
            input: 'neon-api-key',
            what,
            fix: 'Copy the key again and store it alone in the secret.',
        });
    }
    if (!/^[a-z0-9-]{1,60}$/.test(projectId)) {
        const what = 'is not the id of a Neon project: lower-case letters, digits and hyphens, such as `shiny-wind-028834`';
        throw new problems/* Problem */.A('invalid-input', { input: 'neon-project-id', what, fix: 'Copy it from the project\u2019s settings page.' });
    }
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    const started = performance.now();
    const spent = () => performance.now() - started;
    const left = () => access.deadlineMs - spent();
    let before;
    async function attempt(url, key) {
        const limit = Math.max(1, Math.ceil(Math.min(attemptMs, left())));
        try {
            const response = await (access.fetch ?? fetch)(url, {
                headers: { accept: 'application/json', authorization: `Bearer ${apiKey}`, 'user-agent': 'neon-connect' },
                redirect: 'manual',
                signal: AbortSignal.any([signal, AbortSignal.timeout(limit)]),
            });
            return judge(response, await neon_http_text(response), key);
        }
        catch (error) {
            signal.throwIfAborted();
            const failure = lost(error, limit);
            return { failure: before && limit < attemptMs / 10 ? before : failure };
        }
    }
    async function pause(attempts, failure) {
        const jitter = (0,build_backoff/* fullJitter */.G)(attempts, backoff);
        const asked = failure.retry?.afterMs;
        const delayMs = asked === undefined ? jitter : asked + Math.min(jitter, backoff.baseMs);
        if (!failure.retry || delayMs >= left())
            throw neon_http_problem(failure, access, spent());
        before = failure;
        onWait({ what: failure.what, delayMs });
        await (0,promises_.setTimeout)(delayMs, undefined, { signal }).catch((error) => {
            throw signal.aborted ? signal.reason : error;
        });
    }
    return {
        pause: (attempts, what) => pause(attempts, { what, retry: {} }),
        async get(path, key, query = {}) {
            const url = new URL(`${base}/projects/${projectId}${path}`);
            for (const [name, value] of Object.entries(query))
                url.searchParams.set(name, value);
            for (let attempts = 1;; attempts++) {
                signal.throwIfAborted();
                const result = await attempt(url, key);
                if ('body' in result)
                    return result.body;
                if ('missing' in result)
                    return undefined;
                await pause(attempts, result.failure);
            }
        },
    };
}
function baseAddress(apiHost) {
    const refuse = (what) => {
        throw new problems/* Problem */.A('invalid-input', {
            input: 'neon-api-host',
            what,
            fix: 'Leave it out, or give `https://console.neon.tech/api/v2`.',
        });
    };
    if (!URL.canParse(apiHost))
        return refuse('is not a URL');
    const { protocol, hostname, username, password, search, hash, href } = new URL(apiHost);
    const here = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
    if (protocol !== 'https:' && !(protocol === 'http:' && here)) {
        return refuse('must begin with `https://`: the key may not cross a network in the clear');
    }
    if (username || password || search || hash)
        return refuse('must be an address alone, without user, query or fragment');
    return href.replace(/\/+$/, '');
}
class TooLong extends Error {
}
async function neon_http_text(response) {
    const decoder = new TextDecoder();
    let read = '';
    let bytes = 0;
    for await (const chunk of (response.body ?? [])) {
        bytes += chunk.length;
        if (bytes > MOST_BYTES)
            throw new TooLong();
        read += decoder.decode(chunk, { stream: true });
    }
    return read + decoder.decode();
}
const HOST_FIX = 'Check `neon-api-host`, and that no proxy or sign-in page answers in the API\u2019s place.';
function judge(response, read, key) {
    const { status, headers } = response;
    const html = /\bhtml\b/i.test(headers.get('content-type') ?? '') || /^\s*<(?:!doctype|html)/i.test(read);
    const fail = (what, more = {}) => ({ failure: { what, status, ...more } });
    if (status >= 300 && status < 400) {
        return fail(`answered with a redirect (HTTP ${status}), and the key is not sent to another address`, { fix: HOST_FIX });
    }
    if (status === 408 || status === 409 || status === 423 || status === 429 || status >= 500) {
        const afterMs = retryAfter(headers);
        return fail(`${MEANING[status] ?? 'failed'} (HTTP ${status}${requestId(read)})`, {
            retry: afterMs === undefined ? {} : { afterMs },
        });
    }
    if (html)
        return { failure: { what: `answered with a web page instead of JSON (HTTP ${status})`, fix: HOST_FIX } };
    if (status === 404 || status === 412)
        return { missing: true };
    if (!response.ok)
        return fail(`refused the request (HTTP ${status}${requestId(read)})`, { fix: STATUS_FIX });
    const body = parse(read);
    if (body === undefined)
        return fail('sent an answer that is cut off or is not JSON', { retry: {} });
    if (!(key in body))
        return fail(`sent JSON without \u201c${key}\u201d, which its description promises`, { fix: HOST_FIX });
    return { body };
}
const MEANING = {
    409: 'says that another operation is in the way',
    423: 'says that the project is locked by running operations',
    429: 'limits the rate of requests',
};
function parse(read) {
    try {
        const value = JSON.parse(read);
        return typeof value === 'object' && value !== null ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function requestId(read) {
    const id = parse(read)?.request_id;
    return typeof id === 'string' && /^[\w-]{8,64}$/.test(id) ? `, request ${id}` : '';
}
function retryAfter(headers) {
    const value = headers.get('retry-after')?.trim() ?? '';
    if (/^\d{1,9}$/.test(value))
        return Number(value) * 1000;
    const at = Date.parse(value);
    const now = Date.parse(headers.get('date') ?? '') || Date.now();
    return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
function lost(error, limit) {
    if (error instanceof TooLong)
        return { what: `sent more than ${MOST_BYTES >> 20} MiB`, fix: HOST_FIX };
    const { name } = error;
    if (name === 'TimeoutError')
        return { what: `did not answer within ${seconds(limit)} s`, retry: {} };
    if (name !== 'TypeError')
        throw error;
    const cause = error.cause?.code;
    const code = typeof cause === 'string' && /^[A-Z][A-Z0-9_]*$/.test(cause) ? ` (${cause})` : '';
    if (/CERT|TLS|SSL|SIGNATURE|ISSUER/.test(code))
        return { what: `cannot be trusted: its certificate was refused${code}`, fix: HOST_FIX };
    if (cause === 'UND_ERR_SOCKET')
        return { what: `closed the connection before its answer was complete${code}`, retry: {} };
    return { what: `cannot be reached${code}`, retry: {} };
}
const STATUS_FIX = 'See https://neonstatus.com, and run the job again; `probe-timeout` bounds how long this step tries.';
const seconds = (ms) => String(Math.round(ms / 100) / 10);
function neon_http_problem({ what, status, retry, fix }, { projectId }, spentMs) {
    if (status === 401 || status === 403)
        return new problems/* Problem */.A('neon-unauthorized', { project: projectId, status });
    if (status === 429) {
        const asked = retry?.afterMs === undefined ? '' : `, and asks to wait ${seconds(retry.afterMs)} s more`;
        return new problems/* Problem */.A('neon-rate-limited', { seconds: seconds(spentMs), asked });
    }
    if (!retry)
        return new problems/* Problem */.A('neon-unavailable', { what, fix: fix ?? STATUS_FIX });
    const asked = retry.afterMs === undefined ? '' : `, and asks to wait ${seconds(retry.afterMs)} s more than there is time for`;
    return new problems/* Problem */.A('neon-unavailable', { what: `${what}, still after ${seconds(spentMs)} s${asked}`, fix: STATUS_FIX });
}

;// CONCATENATED MODULE: ./build/sources/neon-api.js




async function takeFromNeon(request, { onSecret, onWait }) {
    const stop = new AbortController();
    const http = neonHttp({ ...request, signal: AbortSignal.any([request.signal, stop.signal]) }, onWait);
    try {
        for (let attempt = 1;; attempt++) {
            const branch = await findBranch(http, request);
            const found = await look(http, branch);
            for (const { password } of found.roles)
                if (password)
                    onSecret(password);
            const unready = whyNotReady(branch, found.operations);
            if (unready) {
                await http.pause(attempt, unready);
                continue;
            }
            const host = chooseHost(branch, found.endpoints, request.pooled ?? false);
            const database = choose(branch, DATABASE, request.database, found.databases, found.databases);
            const user = choose(branch, ROLE, request.user, found.roles, found.roles.filter(canLogIn));
            const connection = { host, database, user, branch: { id: branch.id, name: branch.name } };
            if (request.withoutPassword)
                return connection;
            const password = await reveal(http, branch, user);
            onSecret(password);
            return { ...connection, password };
        }
    }
    catch (error) {
        if (request.signal.aborted)
            throw new problems/* Problem */.A('cancelled', { doing: 'asking the Neon API' }, 'neon-api');
        throw error;
    }
    finally {
        stop.abort();
    }
}
async function look(http, { id }) {
    const [endpoints, databases, roles, operations] = await Promise.all([
        http.get(`/branches/${id}/endpoints`, 'endpoints'),
        http.get(`/branches/${id}/databases`, 'databases'),
        http.get(`/branches/${id}/roles`, 'roles'),
        http.get('/operations', 'operations', { limit: '100' }),
    ]);
    return {
        endpoints: endpoints?.endpoints ?? [],
        databases: databases?.databases ?? [],
        roles: roles?.roles ?? [],
        operations: operations?.operations.filter(({ branch_id }) => branch_id === id) ?? [],
    };
}
const BRANCH_ID = /^br-[a-z0-9-]{1,57}$/;
async function findBranch(http, { projectId, branch: wanted }) {
    if (wanted && BRANCH_ID.test(wanted)) {
        const found = await http.get(`/branches/${wanted}`, 'branch');
        if (found)
            return found.branch;
    }
    const seen = [];
    for await (const branch of branches(http, projectId, wanted)) {
        if (wanted ? branch.name === wanted : branch.default)
            return branch;
        seen.push(branch);
    }
    if (!wanted)
        throw notFound(`default branch in project \`${projectId}\``, 'Name a branch in `neon-branch`.');
    const names = [];
    for await (const { name } of branches(http, projectId))
        names.push(name);
    throw notFound(`branch ${quote(wanted)} in project \`${projectId}\`${alike(wanted, names)}`, 'Check `neon-branch`: it takes the name of a branch or its id (`br-\u2026`); a branch must be created before a job connects to it.');
}
async function* branches(http, projectId, search) {
    for (let cursor = '', pages = 0; pages < MOST_PAGES; pages++) {
        const page = await http.get('/branches', 'branches', {
            limit: '1000',
            ...(search && { search }),
            ...(cursor && { cursor }),
        });
        if (!page) {
            throw notFound(`project \`${projectId}\` that this key can see`, 'Check `neon-project-id`, and that the key of `neon-api-key` belongs to the project\u2019s account or organisation.');
        }
        yield* page.branches;
        const next = page.pagination?.next;
        if (!next || next === cursor || page.branches.length === 0)
            return;
        cursor = next;
    }
}
const MOST_PAGES = 100;
const DECISIVE = new Set([
    'create_branch',
    'create_timeline',
    'create_compute',
    'start_compute',
    'apply_config',
    'apply_schema_from_branch',
    'timeline_unarchive',
    'sync_dbs_and_roles_from_compute',
]);
function whyNotReady({ current_state }, operations) {
    if (current_state === 'init')
        return 'says that the branch is still being created';
    if (current_state === 'resetting')
        return 'says that the branch is still being reset';
    const running = operations.find(({ status, action }) => UNFINISHED.has(status) && DECISIVE.has(action));
    return running && `says that the branch still has running operations (${running.action})`;
}
const UNFINISHED = new Set(['scheduling', 'running', 'cancelling']);
function chooseHost({ name }, endpoints, pooled) {
    const compute = endpoints.find(({ type }) => type === 'read_write');
    if (!compute)
        throw notFound(`read-write compute on branch ${quote(name)}`, 'Add a compute to the branch: without one nothing can connect.');
    if (compute.disabled) {
        const what = `says that the compute of branch ${quote(name)} is disabled`;
        throw new problems/* Problem */.A('neon-unavailable', {
            what,
            fix: 'Enable the compute in the Neon console: a connection cannot wake a disabled one.',
        });
    }
    const forms = (0,neon_host/* neonHost */.h)(compute.host);
    if (!pooled)
        return forms?.direct ?? compute.host;
    if (!forms)
        throw new problems/* Problem */.A('pooled-unsupported', { host: compute.host });
    return forms.pooled;
}
const canLogIn = ({ protected: system, authentication_method: method }) => !system && (method === undefined || method === 'password');
const DATABASE = { one: 'database', several: 'databases', input: 'database' };
const ROLE = { one: 'role', several: 'roles', input: 'user' };
function choose(branch, kind, wanted, all, usable) {
    const names = all.map(({ name }) => name);
    if (wanted && names.includes(wanted))
        return wanted;
    if (wanted) {
        const what = `${kind.one} ${quote(wanted)} on branch ${quote(branch.name)}${alike(wanted, names)}`;
        throw notFound(what, `Check input \`${kind.input}\`: names are case-sensitive.`);
    }
    const [only, ...more] = usable.map(({ name }) => name);
    if (only === undefined) {
        throw notFound(`${kind.one} on branch ${quote(branch.name)}`, `Create a ${kind.one} on the branch, or take another branch.`);
    }
    if (more.length > 0) {
        throw new problems/* Problem */.A('neon-ambiguous', {
            branch: plain(branch.name),
            kind: kind.several,
            names: list([only, ...more]),
            input: kind.input,
        });
    }
    return only;
}
async function reveal(http, branch, role) {
    const path = `/branches/${branch.id}/roles/${encodeURIComponent(role)}/reveal_password`;
    const answer = await http.get(path, 'password');
    if (answer?.password)
        return answer.password;
    throw notFound(`password of role ${quote(role)} on branch ${quote(branch.name)}`, 'Reset the role\u2019s password in the Neon console, or give it in the `password` input.');
}
const notFound = (what, fix) => new problems/* Problem */.A('neon-not-found', { what, fix });
const plain = (name) => (name.length > 100 ? `${name.slice(0, 99)}\u2026` : name).replaceAll('`', "'");
const quote = (name) => `\`${plain(name)}\``;
function list(names, most = 10) {
    const shown = names.slice(0, most).map(quote).join(', ');
    return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
function alike(wanted, names) {
    const meant = (0,nearest/* near */.Z)(wanted, names, 3);
    if (meant.length > 0)
        return `; near it: ${list(meant)}`;
    return names.length > 0 && names.length <= 10 ? `; there is ${list(names)}` : '';
}

;// CONCATENATED MODULE: ./build/sources/given-by-neon.js


const givenByNeon = async (inputs, signal, listener) => {
    const { neon, parts, pooled } = inputs;
    const found = await takeFromNeon({
        apiKey: neon.apiKey,
        projectId: neon.projectId,
        branch: neon.branch,
        apiHost: neon.apiHost,
        deadlineMs: inputs.probeTimeoutMs,
        signal,
        ...(parts.has('dbname') ? { database: parts.get('dbname') } : {}),
        ...(parts.has('user') ? { user: parts.get('user') } : {}),
        ...(pooled === undefined ? {} : { pooled }),
        withoutPassword: parts.has('password'),
    }, listener);
    const said = (0,given/* given */.gI)();
    said.parameters.set('host', found.host).set('dbname', found.database).set('user', found.user);
    if (found.password !== undefined)
        said.parameters.set('password', found.password);
    return said;
};


/***/ })

};
;