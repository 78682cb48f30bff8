"use strict";
exports.id = 507;
exports.ids = [507,478];
exports.modules = {

/***/ 7899:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ fullJitter)
/* harmony export */ });
const fullJitter = (attempt, { baseMs, capMs }, random = Math.random) => Math.round(random() * Math.min(capMs, baseMs * 2 ** (attempt - 1)));


/***/ }),

/***/ 1478:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   certificateBlocks: () => (/* binding */ certificateBlocks),
/* harmony export */   checkCertificates: () => (/* binding */ checkCertificates)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1692);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_tls__WEBPACK_IMPORTED_MODULE_1__);


function checkCertificates(trust) {
    return checkRoots(trust.ca) ?? checkClient(trust) ?? checkRevocations(trust.crl);
}
function certificateBlocks(pem) {
    return pem.match(/-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----[\s\S]*?-----END \1-----/g) ?? [];
}
function checkRoots(ca) {
    if (ca === undefined)
        return undefined;
    const fix = 'Give the CA certificate as PEM text (`-----BEGIN CERTIFICATE-----` \u2026), or the path of a file that holds it.';
    const blocks = certificateBlocks(ca);
    if (blocks.length === 0)
        return { keyword: 'sslrootcert', what: `holds no certificate${instead(ca)}`, fix };
    for (const [index, block] of blocks.entries()) {
        const certificate = readCertificate(block);
        const which = blocks.length > 1 ? `whose certificate number ${index + 1}` : 'whose certificate';
        if (!certificate)
            return { keyword: 'sslrootcert', what: `holds a PEM text ${which} cannot be read`, fix };
    }
    return undefined;
}
function checkClient({ cert, key, passphrase }) {
    if (cert === undefined && key === undefined)
        return undefined;
    if (cert === undefined)
        return { keyword: 'sslkey', what: 'was given without its certificate', fix: 'Give `sslcert` too, or neither.' };
    const first = certificateBlocks(cert)[0];
    const certificate = first === undefined ? undefined : readCertificate(first);
    if (!certificate)
        return {
            keyword: 'sslcert',
            what: first === undefined ? `holds no certificate${instead(cert)}` : 'holds a certificate that cannot be read',
            fix: 'Give the client certificate as PEM text, its own certificate first, then the intermediates.',
        };
    if (key === undefined)
        return { keyword: 'sslcert', what: 'was given without its key', fix: 'Give `sslkey`, the private key of that certificate.' };
    const read = readKey(key, passphrase);
    if ('keyword' in read)
        return read;
    if (!certificate.checkPrivateKey(read))
        return {
            keyword: 'sslkey',
            what: 'does not belong to the certificate in `sslcert`',
            fix: 'Give the key that the certificate was made for; when the certificate was renewed, both have to be replaced.',
        };
    return undefined;
}
function readKey(pem, passphrase) {
    const encrypted = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(pem);
    if (encrypted && passphrase === undefined)
        return {
            keyword: 'sslkey',
            what: 'is encrypted, and no passphrase was given',
            fix: 'Add `sslpassword=\u2026` to the connection string, or store the key without a passphrase (`openssl pkey -in key.pem -out plain.pem`).',
        };
    if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem))
        return {
            keyword: 'sslkey',
            what: `holds no private key${instead(pem)}`,
            fix: 'Give the private key of the client certificate as PEM text.',
        };
    try {
        return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPrivateKey)(passphrase === undefined ? pem : { key: pem, passphrase });
    }
    catch {
        if (encrypted)
            return {
                keyword: 'sslpassword',
                what: 'does not decrypt the key in `sslkey`',
                fix: 'Give the passphrase that the key was encrypted with, or store the key without one.',
            };
        return {
            keyword: 'sslkey',
            what: 'holds a private key that cannot be read',
            fix: 'Copy the whole file into the secret, line breaks included, from `-----BEGIN` to `-----END \u2026-----`.',
        };
    }
}
function checkRevocations(crl) {
    if (crl === undefined)
        return undefined;
    const fault = {
        keyword: 'sslcrl',
        what: `holds no certificate revocation list${instead(crl)}`,
        fix: 'Give the list as PEM text (`-----BEGIN X509 CRL-----` \u2026).',
    };
    if (!/-----BEGIN X509 CRL-----/.test(crl))
        return fault;
    try {
        (0,node_tls__WEBPACK_IMPORTED_MODULE_1__.createSecureContext)({ crl });
        return undefined;
    }
    catch {
        return { ...fault, what: 'holds a revocation list that cannot be read' };
    }
}
function readCertificate(pem) {
    try {
        return new node_crypto__WEBPACK_IMPORTED_MODULE_0__.X509Certificate(pem);
    }
    catch {
        return undefined;
    }
}
function instead(text) {
    const found = /-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(text)?.[1];
    if (found)
        return ` but ${/^[AEIOUX]/.test(found) ? 'an' : 'a'} ${found}`;
    return text.trim() === '' ? '; it is empty' : '';
}


/***/ }),

/***/ 9507:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  probe: () => (/* binding */ probe)
});

// EXTERNAL MODULE: ./build/backoff.js
var backoff = __webpack_require__(7899);
// EXTERNAL MODULE: ./build/problems/entry.js
var entry = __webpack_require__(136);
;// CONCATENATED MODULE: ./build/problems/login.js

const login = (0,entry/* entries */.j)({
    'password-rejected': {
        stages: ['authenticate'],
        transient: false,
        title: 'The password was rejected',
        sentence: '{server} rejects the password of user `{user}` (or has no such user: servers do not tell which).',
        fix: 'Copy user and password anew into the secret, and check that they belong to this host and branch. If the password has special characters, percent-encode them in a URL, or use the `password` input, which takes it raw.',
        causes: [
            'The password was changed or reset, or belongs to another branch, project or environment.',
            'The user does not exist here, has no password, or its password has expired.',
            'Special characters of the password were not percent-encoded, or were encoded where they must be raw.',
        ],
    },
    'password-missing': {
        stages: ['authenticate'],
        transient: false,
        title: 'The server asks for a password',
        sentence: '{server} asks user `{user}` for a password, and none was given.',
        fix: 'Add the password to the connection string, or give the `password` input.',
        causes: ['A URL without a password, or a secret that came out empty.'],
    },
    'role-not-permitted': {
        stages: ['authenticate'],
        transient: false,
        title: 'This user may not log in',
        sentence: 'User `{user}` may not log in to {server}{why}.',
        fix: 'Check the user name. The role must exist and have LOGIN (`ALTER ROLE \u2026 LOGIN`); on Neon use the role of your project, such as `neondb_owner`, not a system role.',
        causes: [
            'The role does not exist, is a group without LOGIN, or is protected by the provider.',
            'The server asks the operating system who you are (`peer`, `ident`), and that is another user.',
        ],
    },
    'no-hba-entry': {
        stages: ['authenticate'],
        transient: false,
        title: 'The server\u2019s access rules refuse this connection',
        sentence: 'The access rules of {server} refuse user `{user}` on database `{database}` from this address {encryption}.',
        fix: '{fix}',
        causes: [
            'The server takes TLS connections only, and `sslmode` is `disable` (or the other way round).',
            '`pg_hba.conf` has no line for this address, user and database, or a `reject` line.',
            'A firewall rule of the provider that works through `pg_hba.conf` (Azure, Heroku, Aiven).',
        ],
    },
    'client-certificate-required': {
        stages: ['authenticate'],
        transient: false,
        title: 'The server wants a client certificate',
        sentence: '{server} lets user `{user}` in only with a client certificate, and {none}.',
        fix: 'Give `sslcert` and `sslkey`: a certificate for this user, issued by the CA that the server trusts, and its key.',
        causes: ['`pg_hba.conf` demands `cert` or `clientcert=verify-full` for this connection.'],
    },
    'authentication-unsupported': {
        stages: ['authenticate'],
        transient: false,
        title: 'The server asks for a login that cannot be done here',
        sentence: '{server} asks user `{user}` for {method}, which this step cannot do.',
        fix: 'Let the server accept SCRAM for this user (`scram-sha-256` in `pg_hba.conf`), which every client can do.',
        causes: [
            'Kerberos (GSSAPI), SSPI or OAuth in `pg_hba.conf`.',
            'A SCRAM iteration count so high that a login would take seconds.',
            'A method newer than this action.',
        ],
    },
    'authentication-downgrade': {
        stages: ['authenticate'],
        transient: false,
        title: 'The server asks for a weaker login than is safe',
        sentence: '{server} {what}; nothing secret was sent.',
        fix: '{fix}',
        causes: [
            'A man in the middle that wants the password in clear, or lets you in without proving itself.',
            'A server that is set up for `password`, `md5` or `trust`, against a connection that demands more (`require_auth`, `channel_binding`).',
        ],
    },
    'channel-binding-unavailable': {
        stages: ['authenticate'],
        transient: false,
        title: 'Channel binding is demanded, and the server does not offer it',
        sentence: 'The connection demands channel binding, and {server} {what}.',
        fix: 'Behind a pooler (PgBouncer and others) there is no channel binding: use the direct host, or remove `channel_binding=require` and set `sslmode: verify-full`, which protects as well.',
        causes: [
            'A pooler or proxy that ends TLS itself.',
            'A server that stores the password as md5, or is asked without TLS.',
            'A man in the middle.',
        ],
    },
    'database-not-found': {
        stages: ['authenticate'],
        transient: false,
        title: 'The database does not exist',
        sentence: '{server} has no database `{database}`.',
        fix: 'Check the name (upper and lower case count), or create it: `CREATE DATABASE`. On Neon look whether the branch has it.',
        causes: [
            'A typing error, or a name that was left out: the user\u2019s name is then taken.',
            'A branch or server that was made anew.',
        ],
    },
    'permission-denied': {
        stages: ['authenticate', 'query'],
        transient: false,
        title: 'This user may not use the database',
        sentence: 'User `{user}` may not connect to database `{database}` on {server}.',
        fix: 'Let the owner run `GRANT CONNECT ON DATABASE \u2026 TO \u2026`, and check that the database accepts connections at all (`datallowconn`).',
        causes: [
            '`CONNECT` was revoked from PUBLIC and not granted to this role.',
            'A template database, or one that is closed to connections.',
        ],
    },
    'too-many-connections': {
        stages: ['authenticate', 'negotiate'],
        transient: true,
        title: 'The server has no free connection',
        sentence: '{server} has no free connection left{forwhom}.',
        fix: 'Use the pooled host (`pooled: true` on Neon), run fewer jobs at once (`concurrency:`), or raise the limit (`max_connections`, `CONNECTION LIMIT`).',
        causes: [
            'Many parallel jobs, or an application with a large pool, on the same server.',
            'A low `CONNECTION LIMIT` of the role or database; a pooler at its `max_client_conn`.',
        ],
    },
    'server-unavailable': {
        stages: ['authenticate', 'negotiate', 'query'],
        transient: true,
        title: 'The server cannot serve yet',
        sentence: '{server} answers, but {why}.',
        fix: 'Usually waiting helps: the step tries again until `probe-timeout`. If that was not enough, raise it, and look into the server\u2019s log.',
        causes: [
            'The server is starting, shutting down, recovering, or a standby that takes no connections.',
            'A pooler that cannot reach the server behind it.',
            'A server that is out of memory, disk or processes.',
        ],
    },
    'connection-terminated': {
        stages: ['authenticate', 'query'],
        transient: true,
        title: 'The server ended the connection',
        sentence: '{server} ended the connection {when}.',
        fix: 'Another try usually helps. If it stays so, the server\u2019s log says why the session was ended (restart, crash, an administrator, a time limit).',
        causes: [
            'The server or, on Neon, the compute was restarted or suspended.',
            'An administrator or a time limit (`authentication_timeout`, a pooler\u2019s `client_login_timeout`) ended the session.',
        ],
    },
    'startup-parameter-rejected': {
        stages: ['authenticate'],
        transient: false,
        title: 'The server does not accept a parameter',
        sentence: '{server} does not accept a parameter of the connection{what}.',
        fix: 'Remove it from the connection string or from `options`. Poolers take few of them: use the direct host (on Neon `pooled: false`), or `ALTER ROLE \u2026 SET` at the server.',
        causes: [
            '`options=-c \u2026` or `search_path` over a pooler.',
            'A parameter of a client library in the connection string that reaches the server.',
            'A misspelt setting in `options`, or a value that it does not allow; Neon\u2019s `options=endpoint=\u2026` on another server.',
        ],
    },
    'endpoint-not-found': {
        stages: ['authenticate'],
        transient: false,
        title: 'The provider does not know this endpoint',
        sentence: 'The proxy at {server} does not know the endpoint or tenant of this connection.',
        fix: 'Copy the connection string anew from the provider\u2019s console: the branch or its compute was probably deleted. On Supabase the user behind the pooler is `postgres.<project>`.',
        causes: ['A deleted branch, endpoint or project.', 'The wrong region\u2019s pooler host, or a user without the project\u2019s name.'],
    },
    'endpoint-unavailable': {
        stages: ['authenticate'],
        transient: true,
        title: 'The compute behind the proxy is not ready',
        sentence: 'The proxy at {server} answers, but {why}.',
        fix: 'Usually waiting helps: the step tries again until `probe-timeout`. If that was not enough, look at the compute in the provider\u2019s console and at its status page.',
        causes: [
            'A compute that is waking, restarting or being moved.',
            'A branch that is still being created.',
            'A compute that somebody, or the provider, disabled: waiting does not help then, and the step does not wait.',
        ],
    },
    'endpoint-id-missing': {
        stages: ['authenticate'],
        transient: false,
        title: 'The proxy cannot tell which endpoint is meant',
        sentence: 'The proxy at {server} cannot tell from the connection which endpoint is meant{why}.',
        fix: 'Use the host name as Neon shows it (`ep-\u2026.neon.tech`), not an IP address or an alias, and leave `sslsni` on. If `options=endpoint=\u2026` is set, it must equal the first part of the host.',
        causes: [
            'The host is an IP address or a CNAME, so the name that TLS sends (SNI) is not Neon\u2019s.',
            'An `endpoint` option that differs from the host.',
        ],
    },
    'ip-not-allowed': {
        stages: ['authenticate'],
        transient: false,
        title: 'The IP allow list does not have this runner',
        sentence: '{server} does not allow connections from this runner\u2019s IP address.',
        fix: 'Add the runner\u2019s address to the allow list in the provider\u2019s console. GitHub\u2019s own runners change theirs all the time: use a runner with a fixed address, or a branch without the list.',
        causes: ['Neon\u2019s IP Allow, or a like list of another provider.'],
    },
    'quota-exceeded': {
        stages: ['authenticate'],
        transient: false,
        title: 'The plan\u2019s quota is used up',
        sentence: 'The provider refuses the connection to {server}, because {what}.',
        fix: 'Upgrade the plan, or wait for the next billing period; for a limit on active computes suspend or delete some.',
        causes: ['Compute time, data transfer, storage or the number of active computes is over the plan\u2019s limit.'],
    },
    'rate-limited': {
        stages: ['authenticate'],
        transient: true,
        title: 'The proxy limits the rate of connections',
        sentence: 'The proxy at {server} refuses the connection because too many are being opened.',
        fix: 'Run fewer jobs at once (`concurrency:`), and use a pool in each of them.',
        causes: ['Many jobs or retries that connect in the same moment.'],
    },
    'protocol-violation': {
        stages: ['authenticate', 'query'],
        transient: false,
        title: 'The server does not keep to the protocol',
        sentence: '{server} does not keep to the PostgreSQL protocol: {what}.',
        fix: 'Check that host and port are those of a PostgreSQL server; if they are, a proxy in between is broken or too old.',
        causes: [
            'A broken proxy, or something else that looks like PostgreSQL at first.',
            'A SCRAM answer that does not prove that the server knows the password.',
        ],
    },
    'query-failed': {
        stages: ['query'],
        transient: false,
        title: 'The first query failed',
        sentence: 'The login to {server} works, but the query `SELECT 1` failed{text}.',
        fix: 'Look up the error in the server\u2019s log; settings of the role or database (`ALTER ROLE \u2026 SET`) and a pooler in front are the usual places.',
        causes: ['A pooler that could not get a server connection.', 'A server that is damaged or out of resources.'],
    },
    'query-timeout': {
        stages: ['query'],
        transient: true,
        title: 'The first query took too long',
        sentence: 'The login to {server} works, but `SELECT 1` was not answered{waited}.',
        fix: 'The server is overloaded or a pooler has no free server connection: try again later, or look at `statement_timeout` if it was set very low.',
        causes: [
            'A pooler whose server connections are all busy.',
            'A `statement_timeout` of a few milliseconds.',
            'An overloaded server.',
        ],
    },
    'session-read-only': {
        stages: ['query'],
        transient: true,
        title: 'No server of the wanted kind',
        sentence: 'The connection demands `target_session_attrs={wanted}`, and {server} is {found}.',
        fix: 'Give the host of the primary (or of the kind that is wanted) or list all hosts; or remove `target_session_attrs`. During a failover waiting helps.',
        causes: [
            'The host is a read replica or a standby.',
            'The server or role is set to read-only transactions.',
            'A failover in progress.',
        ],
    },
});

;// CONCATENATED MODULE: ./build/problems/network.js

const network = (0,entry/* entries */.j)({
    'host-not-found': {
        stages: ['resolve'],
        transient: false,
        title: 'The host name does not exist',
        sentence: 'The host `{host}` does not exist in DNS.',
        fix: 'Compare the host with the one your provider shows, letter by letter, and check that the database still exists (on Neon: its branch). For a service container use `localhost` and its mapped port, or its key under `services:` when the job itself runs in a container.',
        causes: [
            'A typing error in the host, or a database (on Neon: a branch) that has been deleted.',
            'A raw `@` or `/` in the password: what follows it is then read as the host.',
            'The name of a service container, in a job that does not itself run in a container.',
            'A private name that only resolves inside a company\u2019s network.',
        ],
    },
    'dns-unavailable': {
        stages: ['resolve'],
        transient: true,
        title: 'The name server did not answer',
        sentence: 'The name server gave no answer for the host `{host}`{waited}.',
        fix: 'Run the job again; if it stays so, the runner\u2019s DNS is at fault: on a self-hosted runner look at its resolver, or give the address as `hostaddr` in the connection string.',
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
        fix: 'A firewall most likely drops the packets: allow the runner\u2019s address there, or use a runner inside that network. Check host and port too.',
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
            'The host has only an IPv6 address, and GitHub\u2019s own runners have no IPv6: use the provider\u2019s IPv4 address or its pooler.',
            'A private address outside this runner\u2019s network, or a firewall that rejects the connection.',
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
        fix: 'Look up the error in the server\u2019s log at this minute; it stands there in full.',
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
            'A container\u2019s published port, with nothing listening behind it yet.',
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

// EXTERNAL MODULE: ./build/problems/problem.js
var problem = __webpack_require__(2139);
;// CONCATENATED MODULE: ./build/problems/tls.js

const clientCertificate = {
    title: 'The client certificate was refused',
    causes: [
        'The certificate was issued by a CA that the server does not know (`ssl_ca_file`).',
        'The certificate has expired or was revoked.',
        'The name in it (CN) is not the user, and no `pg_ident.conf` mapping allows it.',
    ],
};
const tls = (0,entry/* entries */.j)({
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
        title: 'The server\u2019s certificate is self-signed',
        sentence: 'The certificate of {server} is signed by nobody but itself (subject {subject}).',
        fix: 'Give exactly this certificate as `sslrootcert`, so that it is trusted and no other; or let the server use one from a CA.',
        causes: ['A server with a home-made certificate (Debian\u2019s \u201csnakeoil\u201d, a container\u2019s own).', 'A man in the middle.'],
    },
    'certificate-unknown-ca': {
        stages: ['certificate'],
        transient: false,
        title: 'The certificate\u2019s CA is not known',
        sentence: 'The certificate of {server} was issued by {issuer}, which is not among {roots}.',
        fix: 'Give the CA certificate of your provider or company as `sslrootcert` (PEM text or a path). If `sslrootcert` was given, it is the CA of another server.',
        causes: [
            'A private CA: Amazon RDS, Google Cloud SQL, Azure, Supabase, Aiven and companies use their own; it can be downloaded from them.',
            'A CA that was renewed since it was stored as a secret.',
            'A man in the middle.',
        ],
    },
    'certificate-chain-incomplete': {
        stages: ['certificate'],
        transient: false,
        title: 'The server does not send its whole certificate chain',
        sentence: '{server} sends its own certificate without the intermediate one that issued it ({issuer}).',
        fix: 'Put the intermediate certificate behind the server\u2019s own in its `ssl_cert_file`; or, where the server is not yours, add the intermediate to `sslrootcert`.',
        causes: ['The server\u2019s `ssl_cert_file` holds only its own certificate.'],
    },
    'certificate-hostname-mismatch': {
        stages: ['certificate'],
        transient: false,
        title: 'The certificate is for another name',
        sentence: 'The certificate of {server} is for {names}, not for `{host}`.',
        fix: 'Use one of the names in the certificate as the host (with `hostaddr` for the address, if the name does not resolve here), or have the certificate issued for this name. `sslmode: verify-ca` would check the CA and leave out the name.',
        causes: [
            'The host is given as an IP address or an alias.',
            'A tunnel or a proxy: the name is `localhost`, the certificate is the server\u2019s.',
            'A man in the middle.',
        ],
    },
    'certificate-expired': {
        stages: ['certificate'],
        transient: false,
        title: 'The server\u2019s certificate has expired',
        sentence: 'A certificate of {server} ({subject}) expired on {date}.',
        fix: 'Renew the certificate at the server and reload it. If it looks valid, check the clock of this runner: it says {now}.',
        causes: ['Nobody renewed it, or the server was not reloaded afterwards.', 'A runner whose clock is wrong.'],
    },
    'certificate-not-yet-valid': {
        stages: ['certificate'],
        transient: false,
        title: 'The server\u2019s certificate is not valid yet',
        sentence: 'A certificate of {server} ({subject}) is valid only from {date}.',
        fix: 'Check the clocks: this runner\u2019s says {now}. If it is right, the certificate was issued with a wrong start date.',
        causes: ['A runner, or a CA, whose clock is wrong.'],
    },
    'certificate-revoked': {
        stages: ['certificate'],
        transient: false,
        title: 'The server\u2019s certificate has been revoked',
        sentence: 'The certificate of {server} ({subject}) is on the revocation list in `sslcrl`.',
        fix: 'Do not connect: its key may be in foreign hands. Give the server a new certificate.',
        causes: ['The CA withdrew the certificate.'],
    },
    'certificate-invalid': {
        stages: ['certificate'],
        transient: false,
        title: 'The server\u2019s certificate is not acceptable',
        sentence: 'The certificate of {server} ({subject}) cannot be accepted: {what}.',
        fix: 'Have the certificate issued anew: RSA of 2048 bits or more or ECDSA, signed with SHA-256, for server authentication.{hint}',
        causes: [
            'A key or a signature that is too weak (RSA of 1024 bits, SHA-1).',
            'A certificate that is made for something else, or whose issuer is no CA.',
            'A revocation list in `sslcrl` that does not cover the issuer, or is out of date.',
        ],
    },
});

// EXTERNAL MODULE: ./build/problems/index.js + 2 modules
var problems = __webpack_require__(6235);
;// CONCATENATED MODULE: ./build/problems/probe.js





(0,problem/* enter */.V)({ ...network, ...tls, ...login });

;// CONCATENATED MODULE: ./build/probe/bound.js
class Ended extends Error {
    why;
    bound;
    constructor(why, bound) {
        super(why);
        this.name = 'Ended';
        this.why = why;
        this.bound = bound;
    }
}
class Bound {
    #controller = new AbortController();
    #open = new Set();
    #leave;
    #timer;
    #endsAt;
    constructor(parent, milliseconds) {
        this.#endsAt = performance.now() + milliseconds;
        const reason = () => (parent.reason instanceof Ended ? parent.reason : new Ended('cancelled'));
        const follow = () => this.#end(reason());
        parent.addEventListener('abort', follow, { once: true });
        this.#leave = () => parent.removeEventListener('abort', follow);
        if (parent.aborted)
            this.#end(reason());
        else if (milliseconds < 2 ** 31)
            this.#timer = setTimeout(() => this.#end(new Ended('time', this)), Math.max(0, milliseconds));
    }
    get signal() {
        return this.#controller.signal;
    }
    get left() {
        return Math.max(0, this.#endsAt - performance.now());
    }
    add(socket) {
        if (this.signal.aborted) {
            socket.destroy();
            throw this.signal.reason;
        }
        this.#open.add(socket);
        return socket;
    }
    race(work) {
        const { signal } = this;
        return new Promise((resolve, reject) => {
            const stop = () => reject(signal.reason);
            if (signal.aborted)
                stop();
            else
                signal.addEventListener('abort', stop, { once: true });
            work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
        });
    }
    sleep(milliseconds) {
        let timer;
        const slept = new Promise((resolve) => {
            timer = setTimeout(resolve, milliseconds);
        });
        return this.race(slept).finally(() => clearTimeout(timer));
    }
    close() {
        this.#end(new Ended('cancelled', this));
    }
    #end(reason) {
        clearTimeout(this.#timer);
        this.#leave?.();
        if (!this.signal.aborted)
            this.#controller.abort(reason);
        const sockets = [...this.#open].reverse();
        this.#open.clear();
        if (sockets.length > 0)
            setImmediate(() => {
                for (const socket of sockets)
                    socket.destroy();
            });
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(1692);
// EXTERNAL MODULE: ./build/connection/pem.js
var pem = __webpack_require__(1478);
// EXTERNAL MODULE: ./build/connection/bytes.js
var connection_bytes = __webpack_require__(9263);
;// CONCATENATED MODULE: ./build/probe/quotable.js

function quotable(text, secrets, length = 200) {
    const line = text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
    const spellings = secrets.flatMap((secret) => secret
        ? [
            secret,
            encodeURIComponent(secret.toWellFormed()),
            Buffer.from((0,connection_bytes/* encodeBytes */.MW)(secret)).toString('base64'),
            Buffer.from((0,connection_bytes/* encodeBytes */.MW)(secret)).toString('hex'),
        ]
        : []);
    if (spellings.some((spelling) => line.includes(spelling) || text.includes(spelling)))
        return '(not shown: it repeats a secret of this connection)';
    return line.length > length ? `${line.slice(0, length)}\u2026` : line;
}

;// CONCATENATED MODULE: ./build/probe/roots.js


function roots(trust, withSystem) {
    if (trust.ca !== undefined)
        return [trust.ca];
    return [external_node_tls_.rootCertificates.join('\n'), ...(withSystem ? systemRoots() : [])];
}
let system;
function systemRoots() {
    system ??= external_node_tls_.getCACertificates?.('system') ?? [];
    return system;
}
function issuedBySystem(top) {
    const issuer = top.issuer;
    return systemRoots().some((pem) => {
        try {
            const root = new external_node_crypto_.X509Certificate(pem);
            return root.subject === issuer && top.checkIssued(root) && top.verify(root.publicKey);
        }
        catch {
            return false;
        }
    });
}
const base64 = (pem) => pem.replace(/-----[^-]+-----|\s+/g, '');
function whose(root, trust) {
    if (trust.ca !== undefined)
        return 'given';
    const der = root.raw.toString('base64');
    if (external_node_tls_.rootCertificates.some((pem) => base64(pem) === der))
        return 'bundled';
    return system ? 'system' : 'bundled';
}

;// CONCATENATED MODULE: ./build/probe/certificate.js







function judge(socket, host, trust, server) {
    const peer = socket.getPeerCertificate(Boolean(socket.authorizationError) || trust.ca === undefined);
    const [leaf, ...above] = chainOf(peer);
    if (!leaf) {
        const chain = new problems/* Problem */.A('certificate-invalid', { server, subject: 'none', what: 'it sent none', hint: '' });
        const none = { subject: '', issuer: '', validFrom: new Date(0), validTo: new Date(0) };
        return { facts: none, der: Buffer.alloc(0), chain, verifyFull: { ok: false, code: chain.code, reason: chain.message } };
    }
    const all = [leaf, ...above];
    const top = all.at(-1);
    const error = socket.authorizationError;
    const chain = error ? chainProblem(String(error), all, trust, server) : undefined;
    const name = nameProblem(peer, leaf, host, server);
    const objection = chain ?? name;
    return {
        facts: {
            subject: distinguishedName(leaf.subject),
            issuer: distinguishedName(leaf.issuer),
            validFrom: new Date(leaf.validFrom),
            validTo: new Date(leaf.validTo),
        },
        der: leaf.raw,
        ...(chain ? { chain } : {}),
        ...(name ? { name } : {}),
        verifyFull: objection
            ? { ok: false, code: objection.code, reason: objection.message }
            : { ok: true, with: whose(top, trust) },
        ...(chain && ['certificate-unknown-ca', 'certificate-chain-incomplete', 'certificate-self-signed'].includes(chain.code)
            ? { orphan: top }
            : {}),
    };
}
function chainOf(peer) {
    const chain = [];
    for (let next = peer; next?.raw && chain.length < 20; next = next.issuerCertificate) {
        if (chain.some(({ raw }) => raw.equals(next?.raw)))
            break;
        chain.push(new external_node_crypto_.X509Certificate(next.raw));
    }
    return chain;
}
function chainProblem(error, chain, trust, server) {
    const leaf = chain[0];
    const subject = distinguishedName(leaf.subject);
    const invalid = (what, hint = '') => new problems/* Problem */.A('certificate-invalid', { server, subject, what, hint });
    switch (error) {
        case 'DEPTH_ZERO_SELF_SIGNED_CERT':
            return new problems/* Problem */.A('certificate-self-signed', { server, subject });
        case 'SELF_SIGNED_CERT_IN_CHAIN':
            return unknownCa(chain.at(-1).subject, trust, server);
        case 'UNABLE_TO_GET_ISSUER_CERT':
        case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
        case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE': {
            const top = chain.at(-1);
            return chain.length === 1 && looksIncomplete(leaf, trust)
                ? new problems/* Problem */.A('certificate-chain-incomplete', { server, issuer: distinguishedName(leaf.issuer) })
                : unknownCa(top.issuer, trust, server);
        }
        case 'CERT_HAS_EXPIRED': {
            const now = new Date();
            const expired = chain.find(({ validTo }) => new Date(validTo) < now) ?? leaf;
            return new problems/* Problem */.A('certificate-expired', {
                server,
                subject: distinguishedName(expired.subject),
                date: day(expired.validTo),
                now: moment(now),
            });
        }
        case 'CERT_NOT_YET_VALID': {
            const now = new Date();
            const early = chain.find(({ validFrom }) => new Date(validFrom) > now) ?? leaf;
            return new problems/* Problem */.A('certificate-not-yet-valid', {
                server,
                subject: distinguishedName(early.subject),
                date: moment(new Date(early.validFrom)),
                now: moment(now),
            });
        }
        case 'CERT_REVOKED':
            return new problems/* Problem */.A('certificate-revoked', { server, subject });
        case 'UNABLE_TO_GET_CRL':
            return invalid('`sslcrl` holds no list of its issuer', ' Or give lists of every issuer in the chain as `sslcrl`, one behind the other.');
        case 'CRL_HAS_EXPIRED':
            return invalid('the revocation list in `sslcrl` is out of date', ' Or fetch the current list from the CA.');
        case 'CRL_NOT_YET_VALID':
        case 'CRL_SIGNATURE_FAILURE':
        case 'UNABLE_TO_DECRYPT_CRL_SIGNATURE':
            return invalid('the revocation list in `sslcrl` is not valid', ' Or fetch the current list from the CA.');
        case 'INVALID_PURPOSE':
            return invalid('it is not made for a server');
        case 'INVALID_CA':
        case 'PATH_LENGTH_EXCEEDED':
            return invalid('a certificate in its chain is not allowed to issue others');
        case 'CERT_SIGNATURE_FAILURE':
            return invalid('a signature in its chain is wrong');
        case 'CERT_CHAIN_TOO_LONG':
            return invalid('its chain is too long');
    }
    return invalid(weakness(chain) ?? `OpenSSL says ${/^[A-Z_ a-z-]{1,80}$/.test(error) ? error : 'no more'}`);
}
const unknownCa = (issuer, trust, server) => new problems/* Problem */.A('certificate-unknown-ca', {
    server,
    issuer: distinguishedName(issuer),
    roots: trust.ca === undefined ? 'the CAs that this machine trusts' : 'the CAs in `sslrootcert`',
});
function looksIncomplete(leaf, trust) {
    if (/CA Issuers/.test(leaf.infoAccess ?? ''))
        return true;
    if (/intermediate|issuing|subordinate|\bsub[- ]?ca\b/i.test(leaf.issuer))
        return true;
    const organisation = organisationOf(leaf.issuer);
    const given = (0,pem.certificateBlocks)(trust.ca ?? '').map((pem) => new external_node_crypto_.X509Certificate(pem).subject);
    if (!organisation || given.includes(leaf.issuer) || organisation === 'Internet Widgits Pty Ltd')
        return false;
    return given.some((subject) => organisationOf(subject) === organisation);
}
const organisationOf = (name) => /^O=(.+)$/m.exec(name)?.[1];
function weakness(chain) {
    for (const certificate of chain) {
        let key;
        try {
            key = certificate.publicKey;
        }
        catch {
            return 'its key is of a kind that OpenSSL does not know';
        }
        const bits = key.asymmetricKeyDetails?.modulusLength;
        if (bits !== undefined && bits < 2048)
            return `a key of ${bits} bits is too weak`;
        const algorithm = certificate.signatureAlgorithm ?? '';
        if (/sha1|md5/i.test(algorithm))
            return `its signature (${algorithm}) is too weak`;
    }
    return undefined;
}
function nameProblem(peer, leaf, host, server) {
    const name = host.replace(/\.$/, '');
    if (!(0,external_node_tls_.checkServerIdentity)(name, peer))
        return undefined;
    const names = (leaf.subjectAltName ?? '')
        .split(', ')
        .filter((entry) => /^(DNS|IP Address):/.test(entry))
        .map((entry) => entry.replace(/^(DNS|IP Address):/, ''));
    const common = /^CN=(.+)$/m.exec(leaf.subject)?.[1];
    const counted = names.length > 0 ? names : common && !(0,external_node_net_.isIP)(name) ? [common] : [];
    const shown = counted.slice(0, 5).map((entry) => `\`${quotable(entry, [], 80)}\``);
    if (counted.length > 5)
        shown.push(`${counted.length - 5} more`);
    const what = shown.length > 0 ? shown.join(', ') : common ? `\`${quotable(common, [], 80)}\` (as a common name only)` : 'no name at all';
    return new problems/* Problem */.A('certificate-hostname-mismatch', { server, host: name, names: what });
}
const distinguishedName = (name) => quotable((name ?? '').split('\n').join(', '), [], 120) || 'no name';
const moment = (date) => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
const day = (date) => moment(new Date(date));

;// CONCATENATED MODULE: ./build/probe/resolve.js


const isUnixSocket = (host) => host.startsWith('/') || host.startsWith('@');
const lookup = async (host) => {
    const dns = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 1553, 23));
    return dns.lookup(host, { all: true, order: 'verbatim' });
};
async function resolve({ host, hostaddr, port }, lookup) {
    if (hostaddr === undefined && isUnixSocket(host)) {
        const path = `${host}/.s.PGSQL.${port}`;
        return [{ address: path.startsWith('@') ? `\0${path.slice(1)}` : path, family: 0 }];
    }
    const name = hostaddr ?? host;
    const family = (0,external_node_net_.isIP)(name);
    if (family === 4 || family === 6)
        return [{ address: name, family }];
    try {
        const found = await lookup(name);
        const [first, ...rest] = found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
        if (first)
            return [first, ...rest];
    }
    catch (error) {
        const code = error.code ?? '';
        if (['EAI_AGAIN', 'EAI_FAIL', 'EAI_MEMORY', 'EAI_SYSTEM', 'ETIMEOUT'].includes(code))
            throw new problems/* Problem */.A('dns-unavailable', { host, waited: '' });
    }
    throw new problems/* Problem */.A('host-not-found', { host });
}

;// CONCATENATED MODULE: ./build/probe/label.js

function label(host, address) {
    if (isUnixSocket(host.host))
        return `\`${host.host}/.s.PGSQL.${host.port}\``;
    const where = address && address.address !== host.host ? ` (${address.address})` : '';
    return `\`${host.host}\`${where} port ${host.port}`;
}

;// CONCATENATED MODULE: ./build/probe/connect.js



const ATTEMPT_DELAY_MS = 250;
function interleave(addresses) {
    const first = addresses[0]?.family;
    const same = addresses.filter(({ family }) => family === first);
    const other = addresses.filter(({ family }) => family !== first);
    return same.flatMap((address, index) => [address, ...(other[index] ? [other[index]] : [])]).concat(other.slice(same.length));
}
function connect(host, addresses, bound, onStart = () => { }) {
    const waiting = interleave(addresses);
    const sockets = new Set();
    const failures = [];
    let timer;
    const racing = new Promise((resolve, reject) => {
        let settled = false;
        const settle = (action, winner) => {
            settled = true;
            clearTimeout(timer);
            for (const socket of sockets)
                if (socket !== winner)
                    socket.destroy();
            action();
        };
        const fail = (address, error) => {
            if (settled)
                return;
            failures.push({ address, code: error.code ?? '' });
            if (failures.length === addresses.length)
                settle(() => reject(refusal(host, failures)));
            else
                next();
        };
        const next = () => {
            clearTimeout(timer);
            const address = waiting.shift();
            if (!address || settled || bound.signal.aborted)
                return;
            let socket;
            try {
                socket = bound.add(address.family === 0
                    ? (0,external_node_net_.connect)({ path: address.address })
                    : (0,external_node_net_.connect)({ host: address.address, port: host.port, noDelay: true }));
            }
            catch (error) {
                fail(address, error);
                return;
            }
            sockets.add(socket);
            socket.on('error', (error) => fail(address, error));
            socket.once('connect', () => {
                if (!settled)
                    settle(() => resolve({ socket, address }), socket);
            });
            if (waiting.length > 0)
                timer = setTimeout(next, ATTEMPT_DELAY_MS);
        };
        next();
        onStart();
    });
    return bound.race(racing).finally(() => clearTimeout(timer));
}
const ORDER = ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EACCES', 'ETIMEDOUT'];
function refusal(host, failures) {
    const rank = (code) => (ORDER.indexOf(code) + ORDER.length + 1) % (ORDER.length + 1);
    const [worst] = failures.toSorted((a, b) => rank(a.code) - rank(b.code));
    const { address, code } = worst;
    const server = label(host, address);
    switch (code) {
        case 'ECONNREFUSED':
        case 'ENOENT':
        case 'EINVAL':
            return new problems/* Problem */.A('connection-refused', { server });
        case 'ECONNRESET':
        case 'EPIPE':
            return new problems/* Problem */.A('connection-reset', { server, when: 'before a word was said' }, 'connect');
        case 'ETIMEDOUT':
            return new problems/* Problem */.A('connect-timeout', { server, waited: 'until the system gave up' });
    }
    if (code === 'EACCES' || code === 'EPERM')
        return new problems/* Problem */.A('network-unreachable', {
            server,
            why: ': this machine forbids the connection',
            fix: 'Look at the firewall of this runner, and for a Unix socket at the rights of its directory.',
        }, 'connect', false);
    const onlyV6 = failures.every(({ address }) => address.family === 6);
    return new problems/* Problem */.A('network-unreachable', {
        server,
        why: onlyV6 ? ': the host has only an IPv6 address, and this runner has no IPv6' : '',
        fix: onlyV6
            ? 'GitHub\u2019s own runners have no IPv6: use the provider\u2019s IPv4 address or its pooler, or a runner of your own with IPv6.'
            : 'Check the host; if it is a private address, use a runner inside that network.',
    });
}

;// CONCATENATED MODULE: ./build/probe/hosts.js
function order(items, balance, random) {
    const result = [...items];
    if (balance !== 'random')
        return result;
    for (let last = result.length - 1; last > 0; last--) {
        const other = Math.floor(random() * (last + 1));
        [result[last], result[other]] = [result[other], result[last]];
    }
    return result;
}
function passes(target) {
    if (!target)
        return ['any'];
    return target === 'prefer-standby' ? ['standby', 'any'] : [target];
}
function kindQuery(target, parameters) {
    if (target === 'any')
        return undefined;
    const told = parameters.has('in_hot_standby') && (byRole(target) || parameters.has('default_transaction_read_only'));
    if (told)
        return undefined;
    return byRole(target) ? 'SELECT pg_catalog.pg_is_in_recovery()' : 'SHOW transaction_read_only';
}
const byRole = (target) => target === 'primary' || target === 'standby';
function mismatch(target, parameters, answer) {
    if (target === 'any')
        return undefined;
    const yes = (value) => value === 'on' || value === 't';
    const standby = answer === undefined ? yes(parameters.get('in_hot_standby')) : yes(answer);
    if (target === 'primary')
        return standby ? 'a standby' : undefined;
    if (target === 'standby' || target === 'prefer-standby')
        return standby ? undefined : 'no standby';
    const readOnly = answer === undefined ? standby || yes(parameters.get('default_transaction_read_only')) : yes(answer);
    if (target === 'read-write')
        return readOnly ? 'read-only' : undefined;
    return readOnly ? undefined : 'not read-only';
}

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
;// CONCATENATED MODULE: ./build/probe/messages.js
class Malformed extends Error {
    what;
    constructor(what) {
        super(what);
        this.name = 'Malformed';
        this.what = what;
    }
}
class Inbox {
    limit;
    peak = 0;
    #held = Buffer.alloc(0);
    constructor(limit) {
        this.limit = limit;
    }
    *take(bytes) {
        if (this.#held.length + bytes.length > this.limit)
            throw new Malformed(`it sends more than ${this.limit} bytes`);
        this.#held = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
        this.peak = Math.max(this.peak, this.#held.length);
        while (this.#held.length >= 5) {
            const length = this.#held.readUInt32BE(1);
            const type = String.fromCharCode(this.#held[0]);
            if (length < 4)
                throw new Malformed('a message has an impossible length');
            if (length + 1 > this.limit)
                throw new Malformed(`it announces a message of ${length} bytes`);
            if (this.#held.length < length + 1)
                return;
            const raw = this.#held.subarray(0, length + 1);
            this.#held = this.#held.subarray(length + 1);
            yield { type, body: raw.subarray(5), raw };
        }
    }
}
class Body {
    #bytes;
    #at = 0;
    constructor(bytes) {
        this.#bytes = bytes;
    }
    get left() {
        return this.#bytes.length - this.#at;
    }
    bytes(count) {
        if (count < 0 || count > this.left)
            throw new Malformed('a message is shorter than it says');
        this.#at += count;
        return this.#bytes.subarray(this.#at - count, this.#at);
    }
    count() {
        const count = this.bytes(2).readInt16BE();
        if (count < 0)
            throw new Malformed('a message has a negative number of fields');
        return count;
    }
    int32() {
        return this.bytes(4).readInt32BE();
    }
    text() {
        const end = this.#bytes.indexOf(0, this.#at);
        if (end < 0)
            throw new Malformed('a text in a message has no end');
        const text = this.#bytes.toString('utf8', this.#at, end);
        this.#at = end + 1;
        return text;
    }
    end() {
        if (this.left > 0)
            throw new Malformed('a message is longer than its contents');
    }
}
function errorFields(body) {
    const reader = new Body(body);
    const fields = new Map();
    for (;;) {
        const letter = reader.bytes(1).toString('latin1');
        if (letter === '\0')
            break;
        fields.set(letter, reader.text());
    }
    reader.end();
    return fields;
}
function nextChunk(stream) {
    return new Promise((resolve, reject) => {
        const done = (action) => () => {
            stream.off('data', onData).off('error', onError).off('end', onEnd).off('close', onEnd);
            action();
        };
        const onData = (chunk) => {
            stream.pause();
            done(() => resolve(chunk))();
        };
        const onError = (error) => done(() => reject(error))();
        const onEnd = done(() => reject(stream.errored ?? new Hangup()));
        if (stream.destroyed || stream.readableEnded)
            return onEnd();
        stream.on('data', onData).on('error', onError).on('end', onEnd).on('close', onEnd);
        stream.resume();
    });
}
class Hangup extends Error {
    constructor() {
        super('closed');
        this.name = 'Hangup';
    }
}

;// CONCATENATED MODULE: ./build/probe/gate.js


const LIMIT_BEFORE_LOGIN = 65_536;
const LIMIT_AFTER_LOGIN = 1_048_576;
class Gate extends external_node_events_.EventEmitter {
    inbox = new Inbox(LIMIT_BEFORE_LOGIN);
    #stream;
    #judge;
    #fail;
    #closed = false;
    #beforeLogin = 0;
    #loggedIn = false;
    constructor(stream, judge, fail) {
        super();
        this.#stream = stream;
        this.#judge = judge;
        this.#fail = fail;
        const onEnd = () => this.#stop(stream.errored ?? new Hangup());
        stream.on('error', (error) => this.#stop(error));
        stream
            .on('data', (chunk) => this.#receive(chunk))
            .on('end', onEnd)
            .on('close', onEnd);
        if (stream.destroyed || stream.readableEnded)
            queueMicrotask(onEnd);
        else
            stream.resume();
    }
    get writable() {
        return !this.#closed && this.#stream.writable;
    }
    write(bytes) {
        return this.writable && this.#stream.write(bytes);
    }
    loggedIn() {
        this.#loggedIn = true;
        this.inbox.limit = LIMIT_AFTER_LOGIN;
    }
    close() {
        this.#closed = true;
    }
    #receive(chunk) {
        if (this.#closed)
            return;
        try {
            if (!this.#loggedIn)
                this.#beforeLogin += chunk.length;
            if (this.#beforeLogin > LIMIT_BEFORE_LOGIN)
                throw new Malformed('it sends and sends and never lets us in');
            for (const message of this.inbox.take(chunk)) {
                checkForm(message);
                if (this.#judge(message))
                    this.emit('data', message.raw);
                if (this.#closed)
                    return;
            }
        }
        catch (error) {
            this.#stop(error);
        }
    }
    #stop(error) {
        if (this.#closed)
            return;
        this.#closed = true;
        this.#fail(error);
    }
}
function checkForm({ type, body }) {
    const reader = new Body(body);
    switch (type) {
        case 'R':
            checkAuthentication(reader);
            return;
        case 'E':
        case 'N':
            errorFields(body);
            return;
        case 'S':
            reader.text();
            reader.text();
            break;
        case 'K':
            reader.int32();
            if (reader.left < 4 || reader.left > 256)
                throw new Malformed('its cancel key has an impossible length');
            return;
        case 'Z':
            if (!'ITE'.includes(reader.bytes(1).toString('latin1')))
                throw new Malformed('it is ready in a state that does not exist');
            break;
        case 'T':
            for (let fields = reader.count(); fields > 0; fields--) {
                reader.text();
                reader.bytes(18);
            }
            break;
        case 'D':
            for (let fields = reader.count(); fields > 0; fields--) {
                const length = reader.int32();
                if (length !== -1)
                    reader.bytes(length);
            }
            break;
        case 'C':
            reader.text();
            break;
        case 'A':
            reader.int32();
            reader.text();
            reader.text();
            break;
        case 'I':
            break;
        case 'v':
            reader.int32();
            for (let names = reader.int32(); names > 0; names--)
                reader.text();
            break;
        default:
            throw new Malformed('it sends a message of a kind that has no place here');
    }
    reader.end();
}
function checkAuthentication(reader) {
    const request = reader.int32();
    if (request === 5)
        reader.bytes(4);
    if (request === 10) {
        let name;
        do
            name = reader.text();
        while (name !== '');
    }
    if (request === 0 || request === 3 || request === 5 || request === 10)
        reader.end();
}

;// CONCATENATED MODULE: ./build/probe/require-auth.js
const METHODS = ['password', 'md5', 'gss', 'sspi', 'scram-sha-256', 'oauth', 'none'];
function requiredAuthentication(list) {
    if (!list)
        return { allows: () => true };
    const names = list.split(',').map((name) => name.trim());
    const negated = names.every((name) => name.startsWith('!'));
    const given = new Set(names.map((name) => (negated ? name.slice(1) : name)));
    const valid = [...given].every((name) => METHODS.includes(name));
    return { allows: (method) => valid && given.has(method) !== negated };
}

;// CONCATENATED MODULE: ./build/probe/saslprep.js

async function preparedPassword(password) {
    const bytes = (0,connection_bytes/* encodeBytes */.MW)(password);
    if (bytes.length === password.length || !password.isWellFormed())
        return bytes;
    const { saslprep } = await __webpack_require__.e(/* import() */ 81).then(__webpack_require__.bind(__webpack_require__, 5081));
    try {
        const prepared = saslprep(password);
        return prepared === '' ? bytes : (0,connection_bytes/* encodeBytes */.MW)(prepared);
    }
    catch {
        return bytes;
    }
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./build/probe/scram.js



const derive = (password, salt, iterations) => iterations <= 10_000
    ? (0,external_node_crypto_.pbkdf2Sync)(password, salt, iterations, 32, 'sha256')
    : (0,external_node_util_.promisify)(external_node_crypto_.pbkdf2)(password, salt, iterations, 32, 'sha256');
const hmac = (key, text) => (0,external_node_crypto_.createHmac)('sha256', key).update(text).digest();
const sha256 = (bytes) => (0,external_node_crypto_.createHash)('sha256').update(bytes).digest();
class TooManyIterations extends Error {
    iterations;
    constructor(iterations) {
        super('too many iterations');
        this.iterations = iterations;
    }
}
class TooFewIterations extends Error {
    iterations;
    constructor(iterations) {
        super('too few iterations');
        this.iterations = iterations;
    }
}
const MOST_ITERATIONS = 1_000_000;
const LEAST_ITERATIONS = 4096;
class Scram {
    #options;
    #header;
    #first;
    #nonce;
    #serverSignature;
    constructor(options) {
        this.#options = options;
        this.#nonce = options.nonce ?? (0,external_node_crypto_.randomBytes)(18).toString('base64');
        this.#header = options.endPoint ? 'p=tls-server-end-point,,' : options.couldBind ? 'y,,' : 'n,,';
        this.#first = `n=,r=${this.#nonce}`;
    }
    get mechanism() {
        return this.#options.endPoint ? 'SCRAM-SHA-256-PLUS' : 'SCRAM-SHA-256';
    }
    first() {
        return this.#header + this.#first;
    }
    async final(serverFirst) {
        const { nonce, salt, iterations } = this.#parse(serverFirst);
        if (iterations > MOST_ITERATIONS)
            throw new TooManyIterations(iterations);
        if (this.#options.strict && iterations < LEAST_ITERATIONS)
            throw new TooFewIterations(iterations);
        const binding = Buffer.concat([Buffer.from(this.#header), this.#options.endPoint ?? Buffer.alloc(0)]).toString('base64');
        const withoutProof = `c=${binding},r=${nonce}`;
        const exchange = `${this.#first},${serverFirst},${withoutProof}`;
        const salted = await derive(this.#options.password, salt, iterations);
        const clientKey = hmac(salted, 'Client Key');
        const signature = hmac(sha256(clientKey), exchange);
        this.#serverSignature = hmac(hmac(salted, 'Server Key'), exchange);
        const proof = clientKey.map((byte, index) => byte ^ signature[index]);
        return `${withoutProof},p=${Buffer.from(proof).toString('base64')}`;
    }
    proves(serverFinal) {
        const match = /^v=([A-Za-z0-9+/]+={0,2})(?:,|$)/.exec(serverFinal);
        const expected = this.#serverSignature;
        if (!match || !expected)
            return false;
        const signature = Buffer.from(match[1], 'base64');
        return signature.length === expected.length && (0,external_node_crypto_.timingSafeEqual)(signature, expected);
    }
    #parse(message) {
        const match = /^r=([\x21-\x2b\x2d-\x7e]+),s=((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?),i=([1-9]\d{0,9})(?:,.*)?$/s.exec(message);
        if (!match)
            throw new Malformed('its first SCRAM message makes no sense');
        const [, nonce, salt, iterations] = match;
        if (!nonce.startsWith(this.#nonce) || nonce.length === this.#nonce.length)
            throw new Malformed('its SCRAM nonce does not continue ours');
        if (salt === '')
            throw new Malformed('its SCRAM message has no salt');
        return { nonce, salt: Buffer.from(salt, 'base64'), iterations: Number(iterations) };
    }
}

;// CONCATENATED MODULE: ./build/probe/server-texts.js
const compute = (why, transient = true) => ({ code: 'endpoint-unavailable', why, transient });
const pooler = (why) => ({ code: 'server-unavailable', why });
const quota = (why) => ({ code: 'quota-exceeded', why });
const SERVER_TEXTS = [
    {
        who: 'Neon',
        pattern: /^The endpoint ID is not specified|^Endpoint ID is not specified/i,
        ruling: { code: 'endpoint-id-missing' },
        source: 'auth/mod.rs MissingEndpointName',
    },
    {
        who: 'Neon',
        pattern: /^Inconsistent project name inferred from SNI/,
        ruling: { code: 'endpoint-id-missing', why: ': `options=endpoint=\u2026` names another one than the host does' },
        source: 'auth/credentials.rs InconsistentProjectNames',
    },
    {
        who: 'Neon',
        pattern: /^Project name \('.*'\) must contain only/s,
        ruling: { code: 'endpoint-id-missing', why: ': what `options=endpoint=\u2026` or the host names is no endpoint' },
        source: 'auth/credentials.rs MalformedProjectName',
    },
    {
        who: 'Neon',
        pattern: /does not have SNI|unexpected SNI|no SNI/i,
        ruling: { code: 'endpoint-id-missing' },
        source: 'proxy/src/bin/pg_sni_router.rs',
    },
    {
        who: 'Neon',
        pattern: /^VPC endpoint ID is not specified|^This VPC endpoint id .* is not allowed/,
        ruling: { code: 'ip-not-allowed' },
        source: 'auth/mod.rs MissingVPCEndpointId, VpcEndpointIdNotAllowed',
    },
    {
        who: 'Neon',
        pattern: /^This IP address .* is not allowed to connect to this endpoint/,
        ruling: { code: 'ip-not-allowed' },
        source: 'auth/mod.rs IpAddressNotAllowed',
    },
    {
        who: 'Neon',
        pattern: /trying to access this endpoint from a blocked network/,
        ruling: { code: 'ip-not-allowed' },
        source: 'auth/mod.rs NetworkNotAllowed',
    },
    {
        who: 'Neon',
        pattern: /^password authentication failed for user '/,
        ruling: { code: 'password-rejected' },
        source: 'auth/mod.rs PasswordFailed',
    },
    {
        who: 'Neon',
        pattern: /^connection is insecure \(try using `sslmode=require`\)/,
        ruling: { code: 'no-hba-entry', needsTls: true },
        source: 'pglb/mod.rs ERR_INSECURE_CONNECTION',
    },
    {
        who: 'Neon',
        pattern: /^insecure connection: secure channel data mismatch/,
        ruling: { code: 'channel-binding-unavailable', why: 'sees other keys than this step does: something in between ends TLS' },
        source: 'scram/exchange.rs',
    },
    {
        who: 'Neon',
        pattern: /^Too many connections to this endpoint|^Too many connections? attempts|^Failed to acquire permit to connect/,
        ruling: { code: 'rate-limited' },
        source: 'auth/mod.rs TooManyConnections; control_plane/errors.rs; compute/mod.rs',
    },
    {
        who: 'Neon',
        pattern: /^Couldn't connect to compute node/,
        ruling: compute('its compute cannot be reached yet'),
        source: 'compute/mod.rs COULD_NOT_CONNECT',
    },
    {
        who: 'Neon',
        pattern: /endpoint cannot be found/,
        ruling: { code: 'endpoint-not-found' },
        source: 'control_plane/messages.rs, 404',
    },
    {
        who: 'Neon',
        pattern: /endpoint is disabled|endpoint has been disabled/,
        ruling: compute('the endpoint has been disabled: enable it in the console', false),
        source: 'control_plane/messages.rs, 406; neon.com/docs/connect/connection-errors',
    },
    {
        who: 'Neon',
        pattern: /endpoint is temporarily unavailable/,
        ruling: compute('its endpoint is temporarily unavailable (maintenance, or a quota)'),
        source: 'control_plane/messages.rs, 422 and 423',
    },
    {
        who: 'Neon',
        pattern: /limit of concurrently active endpoints|active endpoints limit exceeded/i,
        ruling: quota('too many computes are active at once'),
        source: 'neon.com/docs/connect/connection-errors; control_plane/messages.rs',
    },
    {
        who: 'Neon',
        pattern: /exceeded the (compute|active) time quota|compute time of non-(default|primary) branches/i,
        ruling: quota('its quota of compute time is used up'),
        source: 'neon.com/docs/connect/connection-errors; control_plane/messages.rs',
    },
    {
        who: 'Neon',
        pattern: /exceeded the (written data|data transfer|logical size)[a-z ]*quota/i,
        ruling: quota('its quota of storage or data transfer is used up'),
        source: 'control_plane/messages.rs WrittenDataQuotaExceeded, DataTransferQuotaExceeded, LogicalSizeQuotaExceeded',
    },
    {
        who: 'Neon',
        pattern: /already has running operations/,
        ruling: compute('an operation on the project is still running, such as the creation of the branch'),
        source: 'control_plane/messages.rs RunningOperations',
    },
    {
        who: 'Neon',
        pattern: /^The role you're attempting to use is protected/,
        ruling: { code: 'role-not-permitted', why: ', because it is a protected role of the provider' },
        source: 'control_plane/messages.rs RoleProtected',
    },
    {
        who: 'Neon',
        pattern: /^Control plane request failed|^Console request failed/,
        ruling: compute('its control plane did not answer'),
        source: 'control_plane/errors.rs REQUEST_FAILED',
    },
    {
        who: 'Neon',
        pattern: /^Authentication timed out/,
        ruling: { code: 'connection-terminated', why: 'because the login took too long' },
        source: 'auth/mod.rs UserTimeout',
    },
    {
        who: 'Neon',
        pattern: /^Internal error$/,
        ruling: compute('it reports an internal error'),
        source: 'auth/mod.rs, error.rs',
    },
    {
        who: 'PgBouncer',
        pattern: /^server login has been failing, cached error: (.*?)(?: \(server_login_retry\))?$/s,
        ruling: 'inner',
        source: 'client.c check_if_need_connect, objects.c',
    },
    {
        who: 'PgBouncer',
        pattern: /^server login failed: (?:FATAL )?(.*)$/s,
        ruling: 'inner',
        source: 'server.c kill_pool_logins',
    },
    {
        who: 'PgBouncer',
        pattern: /^server login has been failing|^server DNS lookup failed|^connect failed|^connect timeout|^server conn crashed|^server shutting down|^server connection closed/,
        ruling: pooler('it is a pooler that cannot reach the server behind it'),
        source: 'objects.c, server.c, janitor.c',
    },
    {
        who: 'PgBouncer',
        pattern: /^(SASL|PAM|LDAP|password) authentication failed$|^auth failed$|^login failed$|^no such user\b|^"?trust"? authentication failed$/,
        ruling: { code: 'password-rejected' },
        source: 'client.c finish_client_login, handle_auth_query_response; scram.c; pam.c',
    },
    {
        who: 'PgBouncer',
        pattern: /^empty password returned by client$/,
        ruling: { code: 'password-missing' },
        source: 'client.c',
    },
    {
        who: 'PgBouncer',
        pattern: /^no such database: /,
        ruling: { code: 'database-not-found' },
        source: 'client.c set_pool',
    },
    {
        who: 'PgBouncer',
        pattern: /^database ".*" is disabled$/s,
        ruling: { code: 'permission-denied' },
        source: 'client.c',
    },
    {
        who: 'PgBouncer',
        pattern: /^query_wait_timeout/,
        ruling: pooler('it is a pooler that got no connection to the server behind it in time'),
        source: 'janitor.c per_loop_maint',
    },
    {
        who: 'PgBouncer',
        pattern: /^no more connections allowed|^client connections exceeded|^too many servers in the pool/,
        ruling: { code: 'too-many-connections' },
        source: 'client.c, objects.c',
    },
    {
        who: 'PgBouncer',
        pattern: /^(SSL|TLS) required/,
        ruling: { code: 'no-hba-entry', needsTls: true },
        source: 'client.c handle_client_startup',
    },
    {
        who: 'PgBouncer',
        pattern: /^(unix socket )?login rejected$|^not allowed$/,
        ruling: { code: 'no-hba-entry' },
        source: 'client.c finish_set_pool, objects.c',
    },
    {
        who: 'PgBouncer',
        pattern: /^TLS certificate (name )?mismatch|certificate authentication failed$/,
        ruling: { code: 'client-certificate-rejected', stage: 'authenticate' },
        source: 'client.c login_via_cert',
    },
    {
        who: 'PgBouncer',
        pattern: /^unsupported (options )?startup parameter/,
        ruling: { code: 'startup-parameter-rejected' },
        source: 'client.c set_startup_options, decide_startup_pool; Neon passes it on (compute/mod.rs)',
    },
    {
        who: 'PgBouncer',
        pattern: /^client_login_timeout \(server down\)/,
        ruling: pooler('it is a pooler that could not ask the server behind it about this user'),
        source: 'janitor.c',
    },
    {
        who: 'PgBouncer',
        pattern: /^client_login_timeout/,
        ruling: { code: 'connection-terminated', why: 'because the login took too long' },
        source: 'janitor.c',
    },
    {
        who: 'PgBouncer',
        pattern: /^pooler is shutting down|^pause(d| mode)|^suspend_timeout|^bouncer resources exhaustion|^no memory for |^database configuration changed|^evicted$/,
        ruling: pooler('it is a pooler that is being stopped, or is out of resources'),
        source: 'admin.c, objects.c, client.c',
    },
    {
        who: 'PgBouncer',
        pattern: /^bouncer config error|^could not load auth_query|^error response from auth_query|^unexpected response from auth_query/,
        ruling: { code: 'server-rejected-connection', stage: 'authenticate' },
        source: 'client.c',
    },
    {
        who: 'Supavisor',
        pattern: /^Tenant or user not found|^\(ENOTFOUND\)|tenant\/user .* not found|^\(ENOIDENTIFIER\)|no tenant identifier provided/s,
        ruling: { code: 'endpoint-not-found' },
        source: 'tenant_or_user_not_found_error.ex, no_tenant_identifier_error.ex',
    },
    {
        who: 'Supavisor',
        pattern: /^\(EBANNED\)|tenant is banned/,
        ruling: compute('the project has been blocked by the provider', false),
        source: 'tenant_banned_error.ex',
    },
    {
        who: 'Supavisor',
        pattern: /max clients reached|max client connections reached|^Max client connections reached|^\(EMAXCONN/i,
        ruling: { code: 'too-many-connections' },
        source: 'max_connections_error.ex',
    },
    {
        who: 'Supavisor',
        pattern: /max pools count reached|^\(EMAXPOOLSREACHED\)/,
        ruling: { code: 'too-many-connections' },
        source: 'max_pools_reached_error.ex',
    },
    {
        who: 'Supavisor',
        pattern: /^\(EADDRNOTALLOWED\)|address not in tenant allow_list/i,
        ruling: { code: 'ip-not-allowed' },
        source: 'address_not_allowed_error.ex',
    },
    {
        who: 'Supavisor',
        pattern: /^(\(ESSLREQUIRED\) )?SSL connection is required/,
        ruling: { code: 'no-hba-entry', needsTls: true },
        source: 'ssl_required_error.ex',
    },
    {
        who: 'Supavisor',
        pattern: /^(\(E[A-Z]+\) )?Authentication error, reason: "Invalid format for user or db_name"/,
        ruling: { code: 'role-not-permitted', why: ': its name or the database\u2019s has a form that the pooler does not take' },
        source: 'invalid_user_info_error.ex',
    },
    {
        who: 'Supavisor',
        pattern: /^\(E?WRONGPASSWORD\)|^Wrong password$|^Exchange error: password authentication failed|^\(EAUTHQUERY\) user not found|user not found in the database/,
        ruling: { code: 'password-rejected' },
        source: 'wrong_password_error.ex, auth_query_error.ex',
    },
    {
        who: 'Supavisor',
        pattern: /circuit ?breaker open|^\(ECIRCUITBREAKER\)/i,
        ruling: { code: 'rate-limited' },
        source: 'circuit_breaker_error.ex',
    },
    {
        who: 'Supavisor',
        pattern: /unable to check out (a )?(connection|process) from the pool|^\(ECHECKOUT|pool checkout failed|failed to check out a connection/i,
        ruling: pooler('it is a pooler whose server connections are all busy'),
        source: 'checkout_timeout_error.ex, pool_checkout_error.ex',
    },
    {
        who: 'Supavisor',
        pattern: /DbHandler exited|connection to database (closed|not available)|^\((EDBHANDLEREXITED|EPOOLTERMINATING|EAUTHQUERY|EAUTHSECRETS|EWORKERNOTFOUND|ESUBSCRIBERETRIES|EPROXY[A-Z]+)\)/,
        ruling: pooler('it is a pooler that cannot use the server behind it'),
        source: 'db_handler_exited_error.ex, pool_terminating_error.ex, auth_query_error.ex',
    },
    {
        who: 'Supavisor',
        pattern: /^(\(EAUTHTIMEOUT\) )?Timeout while waiting for message/i,
        ruling: { code: 'connection-terminated', why: 'because the login took too long' },
        source: 'auth_timeout_error.ex',
    },
];

;// CONCATENATED MODULE: ./build/probe/server-error.js




function serverProblem(fields, stage, known) {
    const message = fields.get('M') ?? '';
    const sqlstate = fields.get('C') ?? '';
    const passedOn = sqlstate === 'XX000' || sqlstate === '08P01' ? vanilla(message) : undefined;
    const ruling = byText(message, sqlstate) ?? passedOn ?? bySqlstate(fields, stage, known);
    return toProblem(ruling, stage, known, message, sqlstate);
}
function byText(message, sqlstate) {
    for (const { pattern, ruling, unless } of SERVER_TEXTS) {
        const match = pattern.exec(message);
        if (!match || unless?.includes(sqlstate))
            continue;
        if (ruling === 'inner')
            return byText(match[1] ?? '', sqlstate) ?? innerVanilla(match[1] ?? '');
        return ruling;
    }
    return undefined;
}
const innerVanilla = (message) => vanilla(message) ?? { code: 'server-unavailable', why: 'it is a pooler that cannot log in to the server behind it' };
const VANILLA = [
    [/password authentication failed/i, { code: 'password-rejected' }],
    [/database ".*" does not exist/is, { code: 'database-not-found' }],
    [/role ".*" (does not exist|is not permitted to log in)/is, { code: 'role-not-permitted' }],
    [/permission denied for database|is not currently accepting connections/i, { code: 'permission-denied' }],
    [/pg_hba\.conf/i, { code: 'no-hba-entry' }],
    [/too many clients|remaining connection slots|too many connections/i, { code: 'too-many-connections' }],
    [
        /the database system is (starting up|shutting down|in recovery|not yet accepting connections)/i,
        { code: 'server-unavailable', why: 'it is starting up, shutting down or recovering' },
    ],
];
const vanilla = (message) => VANILLA.find(([pattern]) => pattern.test(message))?.[1];
function bySqlstate(fields, stage, known) {
    const sqlstate = fields.get('C') ?? '';
    const routine = fields.get('R') ?? '';
    const message = fields.get('M') ?? '';
    switch (sqlstate) {
        case '28P01':
            return { code: 'password-rejected' };
        case '28000':
            return invalidAuthorization(message, routine, known);
        case '3D000':
            return { code: 'database-not-found' };
        case '42501':
        case '55000':
            return { code: 'permission-denied' };
        case '53300':
            return { code: 'too-many-connections' };
        case '53100':
            return { code: 'server-unavailable', why: 'it has no disk space left' };
        case '53200':
            return { code: 'server-unavailable', why: 'it is out of memory' };
        case '57P03':
            return { code: 'server-unavailable', why: 'it is starting up, shutting down or recovering' };
        case '57P01':
            return { code: 'connection-terminated', why: 'because it was shut down or an administrator ended it' };
        case '57P02':
            return { code: 'connection-terminated', why: 'because another of its processes crashed' };
        case '57P04':
            return { code: 'database-not-found' };
        case '57P05':
        case '25P03':
            return { code: 'connection-terminated', why: 'because of a time limit' };
        case '57014':
            return stage === 'query' ? { code: 'query-timeout' } : { code: 'connection-terminated', why: 'because of a time limit' };
        case '08P01':
            return { code: 'protocol-violation', why: 'it calls our own messages a protocol violation' };
        case '0A000':
            return stage === 'query'
                ? { code: 'query-failed' }
                : { code: 'protocol-violation', why: 'it does not support this version of the protocol or one of its features' };
    }
    if (stage === 'query')
        return { code: 'query-failed' };
    switch (sqlstate.slice(0, 2)) {
        case '08':
            return { code: 'connection-terminated', why: 'because a connection behind it failed' };
        case '22':
        case '42':
        case '55':
            return { code: 'startup-parameter-rejected' };
        case '28':
            return { code: 'role-not-permitted' };
        case '3D':
            return { code: 'database-not-found' };
        case '53':
            return { code: 'server-unavailable', why: 'it is out of resources' };
        case '57':
            return { code: 'connection-terminated', why: 'because an operator stepped in' };
    }
    return { code: 'server-rejected-connection' };
}
function invalidAuthorization(message, routine, known) {
    if (/pg_hba\.conf/.test(message))
        return { code: 'no-hba-entry' };
    if (routine === 'InitializeSessionUserId')
        return { code: 'role-not-permitted' };
    if (routine === 'ClientAuthentication')
        return { code: 'client-certificate-required' };
    if (routine === 'auth_failed' || routine === 'CheckCertAuth') {
        if (known.passwordAsked)
            return { code: 'password-rejected' };
        if (known.certificateSent)
            return { code: 'client-certificate-rejected', stage: 'authenticate' };
        return { code: 'role-not-permitted', why: ', because the server asks the operating system who is connecting' };
    }
    if (/client certificate/i.test(message))
        return { code: 'client-certificate-required' };
    if (/certificate authentication failed/i.test(message))
        return { code: 'client-certificate-rejected', stage: 'authenticate' };
    if (/password/i.test(message))
        return { code: 'password-rejected' };
    return { code: 'role-not-permitted' };
}
function toProblem(ruling, stage, known, message, sqlstate) {
    const { server, user, database, encrypted, sslmode } = known;
    const said = quotable(message, known.secrets);
    const named = /^[0-9A-Z]{5}$/.test(sqlstate) ? ` (SQLSTATE ${sqlstate})` : '';
    const tlsWanted = !encrypted || ruling.needsTls === true;
    const facts = {
        server,
        user,
        database,
        forwhom: ` for user \`${user}\` on database \`${database}\``,
        encryption: encrypted ? 'with TLS' : 'without TLS',
        text: said ? `: \u201c${said}\u201d${named}` : named,
        why: ruling.why ?? '',
        what: ruling.why ?? '',
        when: ruling.why ?? 'during the login',
        none: known.certificateSent ? 'it did not accept the one that was given' : 'none was given',
        method: ruling.why ?? 'a login',
        waited: sqlstate === '57014' ? ' within its own `statement_timeout`' : '',
        fix: tlsWanted
            ? `The connection was made without TLS (\`sslmode=${sslmode}\`): set \`sslmode: require\` or \`verify-full\`, and if that is not it, let \`pg_hba.conf\` have a line for this address, user and database.`
            : 'Let `pg_hba.conf` (or the provider\u2019s firewall rules) have a line for this address, user and database; GitHub\u2019s own runners come from changing addresses.',
    };
    const defaults = {
        'server-unavailable': { why: ruling.why ?? 'it cannot serve yet' },
        'endpoint-unavailable': { why: ruling.why ?? 'its compute is not ready' },
        'quota-exceeded': { what: ruling.why ?? 'a quota of the plan is used up' },
        'protocol-violation': { what: ruling.why ?? 'it complains about our messages' },
        'client-certificate-rejected': { what: ruling.why ?? ` for user \`${user}\`` },
        'startup-parameter-rejected': { what: said ? `: \u201c${said}\u201d` : '' },
    };
    const at = ruling.stage ?? (stage === 'query' && !LATE.has(ruling.code) ? 'authenticate' : stage);
    return new problems/* Problem */.A(ruling.code, { ...facts, ...defaults[ruling.code] }, at, ruling.transient);
}
const LATE = new Set([
    'query-failed',
    'query-timeout',
    'connection-terminated',
    'server-unavailable',
    'permission-denied',
    'protocol-violation',
]);
function refusalDuringNegotiation(answer, server, secrets) {
    try {
        const length = answer.length >= 5 ? answer.readUInt32BE(1) : 0;
        if (length >= 8 && answer.length > length) {
            const fields = errorFields(answer.subarray(5, length + 1));
            const sqlstate = fields.get('C') ?? '';
            if (sqlstate === '53300')
                return new problems/* Problem */.A('too-many-connections', { server, forwhom: '' }, 'negotiate');
            if (sqlstate.startsWith('53') || sqlstate === '57P03')
                return new problems/* Problem */.A('server-unavailable', { server, why: 'it cannot take connections now' }, 'negotiate');
            const said = quotable(fields.get('M') ?? '', secrets);
            return new problems/* Problem */.A('server-rejected-connection', { server, text: said ? `: \u201c${said}\u201d` : '' }, 'negotiate');
        }
    }
    catch {
        return new problems/* Problem */.A('not-postgres', { server, what: 'it answers with an error that makes no sense' });
    }
    const said = quotable(answer.toString('utf8', 1, Math.min(answer.length, 1000)), secrets);
    return /fork|memory|resource|too many|starting|shutting/i.test(said)
        ? new problems/* Problem */.A('server-unavailable', { server, why: `it says \u201c${said}\u201d` }, 'negotiate')
        : new problems/* Problem */.A('server-rejected-connection', { server, text: said ? `: \u201c${said}\u201d` : '' }, 'negotiate', true);
}

;// CONCATENATED MODULE: ./build/probe/login.js










const UNSUPPORTED = {
    2: ['Kerberos 5', undefined],
    6: ['an SCM credential', undefined],
    7: ['Kerberos (GSSAPI)', 'gss'],
    8: ['Kerberos (GSSAPI)', 'gss'],
    9: ['Windows\u2019 SSPI', 'sspi'],
};
async function login_login(stream, connection, peer) {
    const pg = __webpack_require__.e(/* import() */ 389).then(__webpack_require__.bind(__webpack_require__, 1389));
    const conversation = new Conversation(stream, connection, peer);
    stream.write(startupPacket(connection));
    return conversation.start(await pg);
}
class Conversation {
    #stream;
    #connection;
    #peer;
    #required;
    #bindingMode;
    #parameters = new Map();
    #state = 'start';
    #authentication = 'none';
    #scram;
    #rows = [];
    #resolve = () => { };
    #reject = () => { };
    #passwordAsked = false;
    #negotiated = false;
    #hashOf = () => '';
    constructor(stream, connection, peer) {
        this.#stream = stream;
        this.#connection = connection;
        this.#peer = peer;
        this.#required = requiredAuthentication(connection.parameters.get('require_auth'));
        this.#bindingMode = connection.parameters.get('channel_binding') ?? 'prefer';
    }
    async start({ PgConnection, signatureAlgorithmHashFromCertificate }) {
        this.#hashOf = signatureAlgorithmHashFromCertificate;
        const ready = this.#wait();
        const gate = new Gate(this.#stream, (message) => this.#judge(message), (error) => this.#reject(this.#named(error)));
        const pg = new PgConnection({ stream: gate });
        pg.attachListeners(gate);
        const fail = (error) => {
            gate.close();
            this.#reject(this.#named(error));
        };
        pg.on('authenticationOk', () => {
            this.#state = 'in';
            gate.loggedIn();
        });
        pg.on('authenticationCleartextPassword', () => this.#sendPassword((0,connection_bytes/* encodeBytes */.MW)(this.#password())));
        pg.on('authenticationMD5Password', ({ salt }) => this.#sendPassword(this.#md5(salt)));
        pg.on('authenticationSASL', ({ mechanisms }) => {
            this.#startScram(mechanisms).then((scram) => {
                this.#state = 'sasl-started';
                pg.sendSASLInitialResponseMessage(scram.mechanism, scram.first());
            }, fail);
            this.#state = 'deriving';
        });
        pg.on('authenticationSASLContinue', ({ data }) => {
            this.#state = 'deriving';
            this.#scram.final(data).then((final) => {
                this.#state = 'proof-sent';
                pg.sendSCRAMClientFinalMessage(final);
            }, fail);
        });
        pg.on('authenticationSASLFinal', ({ data }) => {
            if (!this.#scram?.proves(data))
                throw new Malformed('its SCRAM answer does not prove that it knows the password');
            this.#state = 'proved';
        });
        pg.on('parameterStatus', ({ parameterName, parameterValue }) => {
            this.#parameters.set(parameterName, parameterValue);
        });
        pg.on('dataRow', ({ fields }) => this.#rows.push(fields));
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
                if (!gate.writable)
                    fail(this.#stream.errored ?? new Hangup());
                else
                    pg.query(text);
                await answered;
                return this.#rows;
            },
            end: () => {
                gate.close();
                return new Promise((resolve) => this.#stream.end(Buffer.from([0x58, 0, 0, 0, 4]), () => resolve()));
            },
        };
    }
    #wait() {
        return new Promise((resolve, reject) => {
            this.#resolve = resolve;
            this.#reject = reject;
        });
    }
    get #stage() {
        return this.#state === 'querying' ? 'query' : 'authenticate';
    }
    #judge({ type, body }) {
        switch (type) {
            case 'E':
                throw serverProblem(errorFields(body), this.#stage, this.#circumstances());
            case 'N':
                return false;
            case 'R':
                this.#judgeRequest(new Body(body));
                return true;
            case 'v':
                this.#judgeVersion(new Body(body));
                return false;
        }
        const allowed = this.#state === 'in' ? 'SKZ' : this.#state === 'querying' ? 'TDCZSI' : '';
        if (this.#state === 'querying' && type === 'A')
            return false;
        if (!allowed.includes(type))
            throw new Malformed(`it sends a message that has no place ${this.#state === 'querying' ? 'in the answer to a query' : 'in a login'}`);
        return true;
    }
    #judgeRequest(body) {
        const request = body.int32();
        const state = this.#state;
        if (request === 0) {
            this.#judgeOk();
            return;
        }
        if (request === 11 || request === 12) {
            if (state !== (request === 11 ? 'sasl-started' : 'proof-sent'))
                throw new Malformed('its SCRAM messages come out of turn');
            return;
        }
        if (state !== 'start')
            throw new Malformed('it asks for a second login');
        this.#passwordAsked = request === 3 || request === 5 || request === 10;
        if (this.#bindingMode === 'require' && request !== 10)
            throw this.#problem('channel-binding-unavailable', { what: 'asks for a login that has none' });
        const unsupported = UNSUPPORTED[request];
        if (unsupported) {
            const [name, method] = unsupported;
            if (method)
                this.#demand(method, `asks for ${name}`);
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
    #judgeOk() {
        const { server } = this.#peer;
        if (this.#state === 'sasl-started' || this.#state === 'deriving' || this.#state === 'proof-sent')
            throw this.#problem('authentication-downgrade', {
                what: 'lets us in without proving that it knows the password, as SCRAM demands',
                fix: 'Do not trust this server: a real one always proves it. Set `sslmode: verify-full` to find out who it is.',
            });
        if (this.#state === 'in')
            throw new Malformed('it lets us in twice');
        if (this.#bindingMode === 'require' && this.#authentication !== 'scram-sha-256-plus')
            throw new problems/* Problem */.A('channel-binding-unavailable', { server, what: 'lets us in without any login' });
        if (this.#authentication === 'none')
            this.#demand('none', 'lets us in without asking for anything');
    }
    #demand(method, what) {
        if (this.#required.allows(method))
            return;
        throw this.#problem('authentication-downgrade', {
            what: `${what}, which \`require_auth=${this.#connection.parameters.get('require_auth')}\` forbids`,
            fix: 'Let the server ask for what the connection demands (its `pg_hba.conf`), or change `require_auth` in the connection string. If this was not expected, somebody may stand in between.',
        });
    }
    #judgeVersion(body) {
        const newest = body.int32();
        const { requested, least } = protocolVersions(this.#connection);
        if (this.#negotiated || this.#state !== 'start')
            throw new Malformed('it negotiates the version out of turn');
        this.#negotiated = true;
        if (body.int32() !== 0)
            throw new Malformed('it refuses options that were not sent');
        if (newest > requested || newest >> 16 !== 3)
            throw new Malformed('it offers a version that was not asked for');
        if (newest < least)
            throw new Malformed(`it has version 3.${newest & 0xffff} only, and \`min_protocol_version\` demands more`);
    }
    async #startScram(mechanisms) {
        const { encrypted, certificate, trusted } = this.#peer;
        const plus = mechanisms.includes('SCRAM-SHA-256-PLUS');
        if (plus && !encrypted)
            throw new Malformed('it offers channel binding without TLS');
        const endPoint = encrypted && certificate && this.#bindingMode !== 'disable' ? endPointHash(certificate, this.#hashOf) : undefined;
        const bind = plus && endPoint !== undefined;
        if (!bind && this.#bindingMode === 'require')
            throw this.#problem('channel-binding-unavailable', {
                what: encrypted ? 'does not offer it' : 'is reached without TLS, which it needs',
            });
        if (!bind && !mechanisms.includes('SCRAM-SHA-256')) {
            const oauth = mechanisms.includes('OAUTHBEARER');
            if (oauth)
                this.#demand('oauth', 'asks for OAuth');
            const offered = quotable(mechanisms.join(', '), [this.#connection.password], 80);
            throw this.#problem('authentication-unsupported', {
                method: oauth ? 'OAuth' : plus ? 'SCRAM with channel binding only' : `SASL with ${offered || 'no mechanism at all'}`,
            });
        }
        this.#demand('scram-sha-256', 'asks for SCRAM');
        this.#authentication = bind ? 'scram-sha-256-plus' : 'scram-sha-256';
        this.#scram = new Scram({
            password: await preparedPassword(this.#password()),
            ...(bind ? { endPoint } : {}),
            couldBind: endPoint !== undefined,
            strict: !trusted,
        });
        return this.#scram;
    }
    #password() {
        const { password, user } = this.#connection;
        if (!password)
            throw this.#problem('password-missing', { user });
        return password;
    }
    #md5(salt) {
        const md5 = (...parts) => {
            const hash = (0,external_node_crypto_.createHash)('md5');
            for (const part of parts)
                hash.update(part);
            return hash.digest('hex');
        };
        this.#authentication = 'md5';
        return Buffer.from(`md5${md5(md5((0,connection_bytes/* encodeBytes */.MW)(this.#password()), (0,connection_bytes/* encodeBytes */.MW)(this.#connection.user)), salt)}`);
    }
    #sendPassword(bytes) {
        if (this.#authentication === 'none')
            this.#authentication = 'password';
        this.#state = 'password-sent';
        const header = Buffer.from([0x70, 0, 0, 0, 0]);
        header.writeUInt32BE(bytes.length + 5, 1);
        this.#stream.write(Buffer.concat([header, bytes, Buffer.from([0])]));
    }
    #problem(code, facts) {
        return new problems/* Problem */.A(code, { server: this.#peer.server, user: this.#connection.user, ...facts }, this.#stage);
    }
    #circumstances() {
        const { user, database, sslmode, password, trust } = this.#connection;
        const { server, encrypted, certificateSent } = this.#peer;
        const secrets = [password, trust.passphrase];
        return { server, user, database, encrypted, sslmode, certificateSent, passwordAsked: this.#passwordAsked, secrets };
    }
    #named(error) {
        const querying = this.#stage === 'query';
        if (error instanceof Malformed)
            return this.#problem('protocol-violation', { what: error.what });
        if (error instanceof TooManyIterations)
            return this.#problem('authentication-unsupported', {
                method: `SCRAM with ${error.iterations} iterations (the most is ${MOST_ITERATIONS})`,
            });
        if (error instanceof TooFewIterations)
            return this.#problem('authentication-downgrade', {
                what: `wants SCRAM with ${error.iterations} iterations only (${LEAST_ITERATIONS} are usual), so that a stranger could guess the password from our answer`,
                fix: 'Set `sslmode: verify-full`, so that the answer goes to no other server, or raise `scram_iterations` there and set the password anew.',
            });
        if (error instanceof problems/* Problem */.A)
            return error;
        if (error instanceof Hangup)
            return this.#problem('connection-terminated', {
                when: querying ? 'instead of answering the query' : 'during the login, without a word',
            });
        const code = error?.code;
        if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ETIMEDOUT')
            return this.#problem('connection-reset', { when: querying ? 'during the query' : 'during the login' });
        if (code !== undefined)
            return error;
        return this.#problem('protocol-violation', { what: 'its messages cannot be read' });
    }
}
function startupPacket(connection) {
    const { user, database, parameters } = connection;
    const given = [
        ['user', user],
        ['database', database],
        ['replication', parameters.get('replication')],
        ['options', parameters.get('options')],
        ['application_name', parameters.get('application_name') || parameters.get('fallback_application_name')],
        ['client_encoding', parameters.get('client_encoding') === 'auto' ? undefined : parameters.get('client_encoding')],
    ];
    const version = Buffer.alloc(4);
    version.writeUInt32BE(protocolVersions(connection).requested);
    const nul = Buffer.from([0]);
    const pairs = given.flatMap(([name, value]) => (value ? [(0,connection_bytes/* encodeBytes */.MW)(name), nul, (0,connection_bytes/* encodeBytes */.MW)(value), nul] : []));
    const body = Buffer.concat([version, ...pairs, nul]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length + 4);
    return Buffer.concat([length, body]);
}
const VERSIONS = { '3.0': 0x30000, '3.2': 0x30002, latest: 0x30002 };
function protocolVersions({ parameters }) {
    const least = VERSIONS[parameters.get('min_protocol_version') ?? ''] ?? 0x30000;
    const most = VERSIONS[parameters.get('max_protocol_version') ?? ''] ?? 0x30000;
    return { requested: Math.max(least, most), least };
}
function endPointHash(certificate, hashOf) {
    try {
        const name = hashOf(certificate);
        const hash = name === 'MD5' || name === 'SHA-1' ? 'SHA-256' : name;
        return (0,external_node_crypto_.createHash)(hash.replace(/^SHA-/, 'sha').replace(/^SHA512-/, 'sha512-'))
            .update(certificate)
            .digest();
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/probe/negotiate.js



const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
const LIMIT = 65_536;
const MAX_ERROR = 30_000;
async function negotiate(stream, server, secrets) {
    stream.write(SSL_REQUEST);
    let answer = await chunk(stream, server);
    const first = answer[0];
    if (first === 0x53 || first === 0x4e) {
        if (answer.length === 1)
            return first === 0x53;
        const what = foreign(answer);
        if (what)
            throw new problems/* Problem */.A('not-postgres', { server, what });
        throw new problems/* Problem */.A('plaintext-injection', { server });
    }
    if (first !== 0x45)
        throw new problems/* Problem */.A('not-postgres', { server, what: foreign(answer) ?? 'its answer is not one of the three that exist' });
    while (answer.length < 5 || !complete(answer)) {
        if (answer.length >= LIMIT)
            throw new problems/* Problem */.A('not-postgres', { server, what: 'it answers with an endless error' });
        try {
            answer = Buffer.concat([answer, await nextChunk(stream)]);
        }
        catch {
            break;
        }
    }
    throw refusalDuringNegotiation(answer, server, secrets);
}
function complete(answer) {
    const length = answer.readUInt32BE(1);
    return length >= 8 && length <= MAX_ERROR ? answer.length > length : answer.includes(0, 1);
}
async function chunk(stream, server) {
    try {
        return await nextChunk(stream);
    }
    catch (error) {
        if (error instanceof Hangup)
            throw new problems/* Problem */.A('connection-closed', { server, when: 'when it was asked for TLS' }, 'negotiate');
        throw new problems/* Problem */.A('connection-reset', { server, when: 'when TLS was asked for' }, 'negotiate');
    }
}
const FOREIGN = [
    [/^HTTP\/\d/, 'it is a web server (HTTP)'],
    [/^<(!doctype|html)/i, 'it is a web server (HTTP)'],
    [/^SSH-\d/, 'it is an SSH server'],
    [(bytes) => bytes[3] === 0 && (bytes[4] === 10 || bytes[4] === 0xff), 'it is a MySQL or MariaDB server'],
    [
        (bytes) => bytes[0] === 21 && bytes[1] === 3,
        'it expects TLS from the first byte (then add `sslnegotiation=direct` to the connection string)',
    ],
    [/^-(ERR|NOAUTH|DENIED)/, 'it is a Redis server'],
    [/^AMQP/, 'it is a message broker (AMQP)'],
    [/^220[ -]/, 'it is a mail or FTP server'],
    [/^\* OK/, 'it is a mail server (IMAP)'],
    [/^\+OK/, 'it is a mail server (POP3)'],
    [/^RFB \d/, 'it is a VNC server'],
];
const foreign = (bytes) => {
    const text = bytes.toString('latin1', 0, 64);
    return FOREIGN.find(([sign]) => (sign instanceof RegExp ? sign.test(text) : sign(bytes)))?.[1];
};

;// CONCATENATED MODULE: ./build/probe/tls.js



function secureContext(connection, ca, server) {
    const { trust } = connection;
    const [least, most] = versions(connection);
    const certificate = sendsCertificate(connection);
    try {
        return external_node_tls_.createSecureContext({
            ca: [...ca],
            ...(certificate ? { cert: trust.cert, key: trust.key } : {}),
            ...(certificate && trust.passphrase !== undefined ? { passphrase: trust.passphrase } : {}),
            ...(trust.crl === undefined ? {} : { crl: trust.crl }),
            ...(least ? { minVersion: least } : {}),
            ...(most ? { maxVersion: most } : {}),
        });
    }
    catch (error) {
        const { code } = error;
        throw failed(server, `the certificates that were given cannot be used (${code ?? 'unknown reason'})`, 'Give `sslcert`, `sslkey` and `sslrootcert` with RSA keys of 2048 bits or more, or ECDSA, signed with SHA-256.');
    }
}
const sendsCertificate = ({ trust, parameters }) => trust.cert !== undefined && trust.key !== undefined && parameters.get('sslcertmode') !== 'disable';
function handshake(socket, context, connection, name, server, bound) {
    const { parameters } = connection;
    const direct = parameters.get('sslnegotiation') === 'direct';
    const servername = (0,external_node_net_.isIP)(name) !== 0 || parameters.get('sslsni') === '0' ? '' : name.replace(/\.$/, '');
    return new Promise((resolve, reject) => {
        const secured = bound.add(external_node_tls_.connect({
            socket,
            secureContext: context,
            servername,
            rejectUnauthorized: false,
            checkServerIdentity: () => undefined,
            ...(direct ? { ALPNProtocols: ['postgresql'] } : {}),
        }));
        secured.on('error', (error) => reject(tlsProblem(error, connection, server, 'tls')));
        secured.once('close', () => reject(tlsProblem(secured.errored ?? new Error('closed'), connection, server, 'tls')));
        secured.once('secureConnect', () => {
            if (direct && secured.alpnProtocol !== 'postgresql')
                reject(failed(server, 'it does not confirm the protocol (ALPN `postgresql`), as direct TLS demands', 'Check host and port: something else may answer there. A server older than 17 needs `sslnegotiation=postgres`.'));
            else
                resolve(secured);
        });
    });
}
const failed = (server, what, fix, stage = 'tls') => new problems/* Problem */.A('tls-handshake-failed', { server, what, fix }, stage);
function tlsProblem(error, connection, server, stage) {
    const code = error.code ?? '';
    const text = `${code} ${error.message}`.replaceAll('_', ' ').toLowerCase();
    const has = (pattern) => pattern.test(text);
    if (has(/before secure tls connection|^ closed$/))
        return new problems/* Problem */.A('connection-closed', { server, when: 'during the TLS handshake' }, 'tls');
    if (code === 'ECONNRESET' || code === 'EPIPE')
        return new problems/* Problem */.A('connection-reset', { server, when: stage === 'tls' ? 'during the TLS handshake' : 'during the login' }, stage);
    if (has(/protocol version|unsupported protocol|version too low|no protocols available|alert number 70\b/))
        return new problems/* Problem */.A('tls-version', { server, range: range(connection) });
    const alert = /alert number (\d+)/.exec(text)?.[1];
    const aboutCertificate = has(/alert (unknown ca|bad certificate|unsupported certificate|certificate (revoked|expired|unknown|required)|access denied|decrypt error)/) || ['42', '43', '44', '45', '46', '48', '49', '51', '116'].includes(alert ?? '');
    if (aboutCertificate) {
        const { user } = connection;
        if (!sendsCertificate(connection))
            return new problems/* Problem */.A('client-certificate-required', { server, user, none: 'none was given' }, stage);
        return new problems/* Problem */.A('client-certificate-rejected', { server, what: verdict(text, alert) }, stage);
    }
    if (has(/alert unrecognized name|alert number 112\b/))
        return failed(server, 'it does not know the host name that it was asked for (SNI)', 'Use the host name that the server or proxy is known by.', stage);
    if (has(/no application protocol|alert number 120\b/))
        return failed(server, 'it does not know the protocol `postgresql` (ALPN)', 'Check host and port: direct TLS needs PostgreSQL 17 or later. Older servers need `sslnegotiation=postgres`.', stage);
    if (has(/handshake failure|no shared cipher|no cipher|alert number (40|71)\b/))
        return failed(server, 'the two sides have no cipher in common', 'Let the server use current ciphers (`ssl_ciphers`, a certificate with an RSA key of 2048 bits or an ECDSA key).', stage);
    if (has(/wrong version number|packet length too long|http request|unknown protocol|bad record type|record layer|unexpected message|decode error|bad extension|illegal parameter|length mismatch/))
        return failed(server, 'what it sends is no TLS', 'Check the port, and what stands between the runner and the server: it agreed to TLS and then spoke something else.', stage);
    const reason = /ssl routines:[^:]*:([a-z0-9 /-]{3,60})/.exec(text)?.[1] ??
        (/^[a-z0-9 ]{3,60}$/.test(code.replaceAll('_', ' ').toLowerCase()) ? code : 'unknown reason');
    return failed(server, `OpenSSL says \u201c${reason}\u201d`, 'Look into the server\u2019s log at this minute: it names the reason from its side.', stage);
}
function verdict(text, alert) {
    if (/unknown ca/.test(text) || alert === '48')
        return ': it does not know the CA that issued it';
    if (/expired/.test(text) || alert === '45')
        return ': it has expired';
    if (/revoked/.test(text) || alert === '44')
        return ': it has been revoked';
    return '';
}
const tls_VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];
function versions({ parameters }) {
    const read = (name, otherwise) => tls_VERSIONS.find((version) => version.toLowerCase() === (parameters.get(name) ?? otherwise).toLowerCase());
    const least = parameters.get('ssl_min_protocol_version') === '' ? 'TLSv1' : read('ssl_min_protocol_version', 'TLSv1.2');
    return [least, read('ssl_max_protocol_version', '')];
}
function range(connection) {
    const [least, most] = versions(connection);
    return most ? `${least} to ${most}` : `${least} or later`;
}

;// CONCATENATED MODULE: ./build/probe/attempt.js











class Contexts {
    withSystem = false;
    #made = new Map();
    get(connection, server) {
        const made = this.#made.get(this.withSystem) ?? secureContext(connection, roots(connection.trust, this.withSystem), server);
        this.#made.set(this.withSystem, made);
        return made;
    }
}
async function attempt(setting) {
    const { connection, random } = setting;
    const { parameters, hosts } = connection;
    const balance = parameters.get('load_balance_hosts');
    let furthest;
    for (const target of passes(parameters.get('target_session_attrs'))) {
        for (const host of order(hosts, balance, random)) {
            try {
                return await reach(setting, host, target);
            }
            catch (error) {
                if (!(error instanceof problems/* Problem */.A) || !anotherMayDo(error))
                    throw error;
                if (!furthest || problems/* STAGES */.a.indexOf(error.stage) > problems/* STAGES */.a.indexOf(furthest.stage))
                    furthest = error;
            }
        }
    }
    throw furthest;
}
const NEXT_HOST = new Set([
    'host-not-found',
    'dns-unavailable',
    'connection-refused',
    'connect-timeout',
    'network-unreachable',
    'negotiate-timeout',
    'tls-timeout',
    'query-timeout',
    'deadline-exceeded',
    'server-unavailable',
    'session-read-only',
]);
const anotherMayDo = ({ code, stage }) => NEXT_HOST.has(code) || (code === 'connection-reset' && stage === 'connect');
async function reach(setting, host, target) {
    const { connection, watch, random } = setting;
    watch.done = [];
    const found = await bounded(setting, host, (bound) => watch.run('resolve', label(host), () => bound.race(resolve(host, setting.lookup)), (addresses) => addresses.map(({ address }) => address.replace('\0', '@')).join(', ')));
    let addresses = order(found, connection.parameters.get('load_balance_hosts'), random);
    const resolved = watch.done;
    for (;;) {
        const place = new HostTry(setting, host, target, addresses);
        watch.done = [...resolved];
        try {
            return await bounded(setting, host, (bound) => bound.race(place.run(bound)));
        }
        catch (error) {
            const timedOut = error instanceof problems/* Problem */.A && ['negotiate-timeout', 'tls-timeout', 'deadline-exceeded'].includes(error.code);
            const others = addresses.filter((address) => address !== place.address);
            if (!timedOut || !place.address || others.length === 0 || setting.deadline.signal.aborted)
                throw error;
            addresses = others;
        }
    }
}
async function bounded({ connection, deadline, watch }, host, work) {
    const seconds = connection.connectTimeout;
    const bound = new Bound(deadline.signal, seconds > 0 ? seconds * 1000 : Number.POSITIVE_INFINITY);
    try {
        return await work(bound);
    }
    catch (error) {
        const problem = error instanceof Ended && error.why === 'time' ? timeout(watch, host) : error;
        if (problem instanceof problems/* Problem */.A)
            watch.fail(problem);
        throw problem;
    }
    finally {
        bound.close();
    }
}
function timeout({ stage, server, elapsed }, { host }) {
    const seconds = elapsed < 9_950 ? (elapsed / 1000).toFixed(1) : Math.round(elapsed / 1000);
    const waited = `within ${seconds} s`;
    switch (stage) {
        case 'resolve':
            return new problems/* Problem */.A('dns-unavailable', { host, waited: ` ${waited}` });
        case 'connect':
            return new problems/* Problem */.A('connect-timeout', { server, waited });
        case 'negotiate':
            return new problems/* Problem */.A('negotiate-timeout', { server, seconds });
        case 'tls':
        case 'certificate':
            return new problems/* Problem */.A('tls-timeout', { server, seconds });
        case 'query':
            return new problems/* Problem */.A('query-timeout', { server, waited: ` ${waited}` });
    }
    return new problems/* Problem */.A('deadline-exceeded', {
        seconds,
        last: `while ${server} had not finished the login`,
        fix: 'The server or the pooler in front of it hangs or is overloaded: look into its log. If it just needs longer (a compute that wakes), raise `connect-timeout` and `probe-timeout`.',
    }, 'authenticate', true);
}
class HostTry {
    address;
    #setting;
    #host;
    #target;
    #addresses;
    constructor(setting, host, target, addresses) {
        this.#setting = setting;
        this.#host = host;
        this.#target = target;
        this.#addresses = addresses;
    }
    async run(bound) {
        const { connection, watch } = this.#setting;
        const unix = this.#addresses[0]?.family === 0;
        const { sslmode } = connection;
        if (unix || sslmode === 'disable')
            return this.#once(bound, false);
        if (sslmode !== 'prefer' && sslmode !== 'allow')
            return this.#once(bound, true);
        const resolved = watch.done;
        try {
            return await this.#once(bound, sslmode === 'prefer');
        }
        catch (error) {
            if (!(error instanceof problems/* Problem */.A) || !otherEncryptionMayDo(error))
                throw error;
            watch.fail(error);
            watch.notice(sslmode === 'prefer'
                ? `\`sslmode=prefer\`: the connection with TLS failed (${error.code}), so it is tried without.`
                : `\`sslmode=allow\`: the connection without TLS failed (${error.code}), so it is tried with.`);
            watch.done = [...resolved];
            return this.#once(bound, sslmode !== 'prefer');
        }
    }
    async #once(bound, encrypted) {
        const { connection, watch, contexts } = this.#setting;
        const host = this.#host;
        const { sslmode, trust, parameters } = connection;
        const { socket, address } = await watch.run('connect', label(host), () => connect(host, this.#addresses, bound, () => encrypted && contexts.get(connection, label(host))), ({ address }) => address.address.replace('\0', '@'));
        this.address = address;
        const server = label(host, address);
        if (!encrypted)
            return this.#converse(bound, socket, address);
        if (parameters.get('sslnegotiation') !== 'direct') {
            const secrets = [connection.password, trust.passphrase];
            const agreed = await watch.run('negotiate', server, () => negotiate(socket, server, secrets), (yes) => (yes ? 'TLS' : 'no TLS'));
            if (!agreed) {
                if (sslmode !== 'prefer')
                    throw new problems/* Problem */.A('tls-not-supported', { server, sslmode });
                watch.notice('`sslmode=prefer`: the server offers no TLS, so the connection goes on without.');
                return this.#converse(bound, socket, address);
            }
        }
        const secured = await watch.run('tls', server, () => handshake(socket, contexts.get(connection, server), connection, host.host, server, bound), (secured) => `${secured.getProtocol()}, ${secured.getCipher().standardName ?? secured.getCipher().name}`);
        const judgement = await watch.run('certificate', server, () => {
            const judgement = judge(secured, host.host, trust, server);
            const { orphan } = judgement;
            if (orphan && trust.ca === undefined && !contexts.withSystem && issuedBySystem(orphan))
                return undefined;
            const objection = demanded(connection, judgement);
            if (objection)
                throw objection;
            return judgement;
        }, (judgement) => judgement
            ? `${judgement.facts.subject}, from ${judgement.facts.issuer}, until ${judgement.facts.validTo.toISOString().slice(0, 10)}`
            : 'once more with the system\u2019s own CAs');
        if (!judgement) {
            secured.destroy();
            contexts.withSystem = true;
            return this.#once(bound, encrypted);
        }
        return this.#converse(bound, secured, address, {
            judgement,
            facts: {
                tlsVersion: secured.getProtocol() ?? '',
                cipher: secured.getCipher().standardName ?? secured.getCipher().name,
                certificate: judgement.facts,
                wouldVerifyFull: judgement.verifyFull,
            },
        });
    }
    async #converse(bound, stream, address, secured) {
        const { connection, watch } = this.#setting;
        const host = this.#host;
        const server = label(host, address);
        const session = await watch.run('authenticate', server, async () => {
            try {
                return await login_login(stream, connection, {
                    server,
                    encrypted: secured !== undefined,
                    trusted: isThisMachine(address) || (secured !== undefined && isProven(connection, secured.judgement)),
                    certificateSent: secured !== undefined && sendsCertificate(connection),
                    ...(secured ? { certificate: secured.judgement.der } : {}),
                });
            }
            catch (error) {
                if (error instanceof problems/* Problem */.A || error instanceof Ended)
                    throw error;
                throw tlsProblem(error, connection, server, 'authenticate');
            }
        }, ({ authentication, parameters }) => [authentication, parameters.get('server_version')].filter(Boolean).join(', PostgreSQL '));
        await watch.run('query', server, () => this.#query(session, server));
        await Promise.race([session.end(), bound.sleep(200).catch(() => { })]);
        if (session.authentication === 'none' && connection.password !== undefined)
            watch.notice(`${server} lets user \`${connection.user}\` in without looking at the password.`);
        return {
            host: host.host,
            address: address.address.replace('\0', '@'),
            port: host.port,
            serverVersion: session.parameters.get('server_version')?.split(' ')[0]?.slice(0, 40) ?? '',
            ...secured?.facts,
            user: connection.user,
            database: connection.database,
            authentication: session.authentication,
            stages: watch.done,
        };
    }
    async #query(session, server) {
        const target = this.#target;
        const asked = kindQuery(target, session.parameters);
        const rows = await session.query(asked ?? 'SELECT 1');
        const answer = rows[0]?.[0];
        if (rows.length !== 1 || (!asked && answer !== '1'))
            throw new problems/* Problem */.A('protocol-violation', { server, what: 'it does not answer `SELECT 1` with 1' }, 'query');
        const found = mismatch(target, session.parameters, asked ? answer : undefined);
        if (found === undefined)
            return;
        await session.end();
        throw new problems/* Problem */.A('session-read-only', {
            server,
            wanted: this.#setting.connection.parameters.get('target_session_attrs') ?? target,
            found,
        });
    }
}
function demanded({ sslmode, trust }, { chain, name }) {
    if (sslmode === 'verify-full')
        return chain ?? name;
    return sslmode === 'verify-ca' || (sslmode === 'require' && trust.ca !== undefined) ? chain : undefined;
}
function isProven({ sslmode, trust }, { chain, verifyFull }) {
    return verifyFull.ok || ((sslmode === 'verify-ca' || (sslmode === 'require' && trust.ca !== undefined)) && chain === undefined);
}
const isThisMachine = ({ address, family }) => family === 0 || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address) || address === '::1';
function otherEncryptionMayDo({ code, stage }) {
    if (stage === 'tls')
        return code !== 'tls-timeout';
    if (stage === 'negotiate')
        return code === 'server-rejected-connection' || code === 'server-unavailable';
    return stage === 'authenticate' && !OURS.has(code);
}
const OURS = new Set([
    'authentication-downgrade',
    'authentication-unsupported',
    'channel-binding-unavailable',
    'password-missing',
    'protocol-violation',
    'connection-reset',
    'connection-terminated',
    'deadline-exceeded',
]);

;// CONCATENATED MODULE: ./build/probe/retry.js
const GRACE_MS = { 'host-not-found': 5_000, 'connection-closed': 5_000 };
const mayRetry = (problem, elapsedMs) => problem.transient || elapsedMs < (GRACE_MS[problem.code] ?? 0);
const WAITS = { baseMs: 250, capMs: 5_000 };
const CROWDED = { baseMs: 2_000, capMs: 10_000 };
const waitsAfter = ({ code }) => code === 'too-many-connections' || code === 'rate-limited' ? CROWDED : WAITS;

;// CONCATENATED MODULE: ./build/probe/watch.js
class Watch {
    attempt = 0;
    stage = 'resolve';
    server = '';
    done = [];
    #onEvent;
    #since = 0;
    #open = false;
    constructor(onEvent) {
        this.#onEvent = onEvent;
    }
    begin() {
        this.attempt += 1;
        this.#onEvent({ type: 'attempt', attempt: this.attempt });
    }
    get elapsed() {
        return performance.now() - this.#since;
    }
    async run(stage, server, work, detail = () => '') {
        this.stage = stage;
        this.server = server;
        this.#since = performance.now();
        this.#open = true;
        this.#onEvent({ type: 'stage-start', attempt: this.attempt, stage, server });
        const result = await work();
        const ms = this.elapsed;
        this.#open = false;
        this.done.push({ stage, ms });
        this.#onEvent({ type: 'stage-end', attempt: this.attempt, stage, server, ms, detail: detail(result) });
        return result;
    }
    fail(problem) {
        if (!this.#open)
            return;
        this.#open = false;
        this.#onEvent({
            type: 'failure',
            attempt: this.attempt,
            stage: problem.stage,
            server: this.server,
            ms: this.elapsed,
            problem,
        });
    }
    wait(ms, leftMs, problem) {
        this.#onEvent({ type: 'wait', attempt: this.attempt, ms, leftMs, problem });
    }
    notice(text) {
        this.#onEvent({ type: 'notice', text });
    }
}

;// CONCATENATED MODULE: ./build/probe/probe.js







const RESERVE_MS = 500;
async function probe(connection, options) {
    const started = performance.now();
    const deadline = new Bound(options.signal, options.timeoutMs);
    const watch = new Watch(options.onEvent);
    const random = options.random ?? Math.random;
    const setting = { connection, deadline, watch, random, contexts: new Contexts(), lookup: options.lookup ?? lookup };
    let last;
    let final = false;
    try {
        for (;;) {
            const attemptStarted = performance.now();
            watch.begin();
            try {
                const found = await attempt(setting);
                return { ...found, attempts: watch.attempt, ms: performance.now() - started };
            }
            catch (error) {
                const problem = named(error, watch);
                const now = performance.now();
                if (problem.code === 'cancelled')
                    throw problem;
                if (deadline.signal.aborted)
                    throw last && last.code !== problem.code ? outOfTime(options.timeoutMs, last) : problem;
                const reserve = Math.max(RESERVE_MS, 2 * (now - attemptStarted));
                if (final || !mayRetry(problem, now - started) || deadline.left <= reserve)
                    throw problem;
                last = problem;
                const wait = (options.wait ?? usualWait)(watch.attempt, problem, random);
                final = wait > deadline.left - reserve;
                const ms = final ? deadline.left - reserve : wait;
                watch.wait(ms, deadline.left, problem);
                await deadline.sleep(ms).catch((error) => {
                    throw named(error, watch);
                });
            }
        }
    }
    finally {
        deadline.close();
    }
}
const usualWait = (failures, problem, random) => (0,backoff/* fullJitter */.G)(failures, waitsAfter(problem), random);
const DOING = {
    input: 'starting',
    'neon-api': 'asking the Neon API',
    resolve: 'looking up the host',
    connect: 'connecting',
    negotiate: 'asking for TLS',
    tls: 'doing the TLS handshake',
    certificate: 'checking the certificate',
    authenticate: 'logging in',
    query: 'waiting for the answer to a query',
};
function named(error, { stage }) {
    if (error instanceof problems/* Problem */.A)
        return error;
    if (error instanceof Ended && error.why === 'cancelled')
        return new problems/* Problem */.A('cancelled', { doing: DOING[stage] }, stage);
    throw error;
}
const outOfTime = (timeoutMs, last) => new problems/* Problem */.A('deadline-exceeded', {
    seconds: Math.round(timeoutMs / 100) / 10,
    last: `and the last problem was \`${last.code}\`: ${lower(last.message)}`,
    fix: `${last.fix} If the server only needs longer, raise \`probe-timeout\`.`,
}, last.stage);
const lower = (sentence) => sentence.replace(/\.$/, '');


/***/ })

};
;