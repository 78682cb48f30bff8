import type { Code, Stage } from '../problems/index.ts';

/** What an error of the server means. */
export interface Ruling {
  readonly code: Code;
  /** Fills the place for the reason in the entry's sentence. */
  readonly why?: string;
  /** Where it differs from the entry. */
  readonly transient?: boolean;
  readonly stage?: Stage;
  /** The cure is TLS. */
  readonly needsTls?: boolean;
}

export interface ServerText {
  readonly who: 'Neon' | 'PgBouncer' | 'Supavisor' | 'CockroachDB' | 'RDS Proxy' | 'Render';
  readonly pattern: RegExp;
  /** `inner`: the first group is the error of the server behind the pooler, and decides. */
  readonly ruling: Ruling | 'inner';
  /** SQLSTATEs that say more than the text. */
  readonly unless?: readonly string[];
  /** Where the text is written: a file of the program's source, or the vendor's page. */
  readonly source: string;
}

const compute = (why: string, transient = true): Ruling => ({ code: 'endpoint-unavailable', why, transient });
const pooler = (why: string): Ruling => ({ code: 'server-unavailable', why });
const quota = (why: string): Ruling => ({ code: 'quota-exceeded', why });

/**
 * The texts of the programs that stand in front of PostgreSQL and have one SQLSTATE for nearly everything: 08P01 in
 * PgBouncer, XX000 and 08P01 in Neon's proxy, XX000 in Supavisor, class 08 in CockroachDB's, 28000 in Amazon's and Render's. The first
 * match counts.
 */
export const SERVER_TEXTS: readonly ServerText[] = [
  // Neon: neondatabase/neon, proxy/src
  {
    who: 'Neon',
    pattern: /^The endpoint ID is not specified|^Endpoint ID is not specified/i,
    ruling: { code: 'endpoint-id-missing' },
    source: 'auth/mod.rs MissingEndpointName',
  },
  {
    who: 'Neon',
    pattern: /^Inconsistent project name inferred from SNI/,
    ruling: { code: 'endpoint-id-missing', why: ': `options=endpoint=…` names another one than the host does' },
    source: 'auth/credentials.rs InconsistentProjectNames',
  },
  {
    who: 'Neon',
    pattern: /^Project name \('.*'\) must contain only/s,
    ruling: { code: 'endpoint-id-missing', why: ': what `options=endpoint=…` or the host names is no endpoint' },
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
  // PgBouncer: pgbouncer/pgbouncer, src; texts of 1.18 to 1.26
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
    pattern:
      /^server login has been failing|^server DNS lookup failed|^connect failed|^connect timeout|^server conn crashed|^server shutting down|^server connection closed/,
    ruling: pooler('it is a pooler that cannot reach the server behind it'),
    source: 'objects.c, server.c, janitor.c',
  },
  {
    who: 'PgBouncer',
    pattern:
      /^(SASL|PAM|LDAP|password) authentication failed$|^auth failed$|^login failed$|^no such user\b|^"?trust"? authentication failed$/,
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
    pattern:
      /^pooler is shutting down|^pause(d| mode)|^suspend_timeout|^bouncer resources exhaustion|^no memory for |^database configuration changed|^evicted$/,
    ruling: pooler('it is a pooler that is being stopped, or is out of resources'),
    source: 'admin.c, objects.c, client.c',
  },
  {
    who: 'PgBouncer',
    pattern:
      /^bouncer config error|^could not load auth_query|^error response from auth_query|^unexpected response from auth_query/,
    ruling: { code: 'server-rejected-connection', stage: 'authenticate' },
    source: 'client.c',
  },
  // Supavisor: supabase/supavisor, lib/supavisor/errors; newer releases put a code in brackets before the text
  {
    who: 'Supavisor',
    pattern:
      /^Tenant or user not found|^\(ENOTFOUND\)|tenant\/user .* not found|^\(ENOIDENTIFIER\)|no tenant identifier provided/s,
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
    ruling: { code: 'role-not-permitted', why: ': its name or the database’s has a form that the pooler does not take' },
    source: 'invalid_user_info_error.ex',
  },
  {
    who: 'Supavisor',
    pattern:
      /^\(E?WRONGPASSWORD\)|^Wrong password$|^Exchange error: password authentication failed|^\(EAUTHQUERY\) user not found|user not found in the database/,
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
    pattern:
      /unable to check out (a )?(connection|process) from the pool|^\(ECHECKOUT|pool checkout failed|failed to check out a connection/i,
    ruling: pooler('it is a pooler whose server connections are all busy'),
    source: 'checkout_timeout_error.ex, pool_checkout_error.ex',
  },
  {
    who: 'Supavisor',
    pattern:
      /DbHandler exited|connection to database (closed|not available)|^\((EDBHANDLEREXITED|EPOOLTERMINATING|EAUTHQUERY|EAUTHSECRETS|EWORKERNOTFOUND|ESUBSCRIBERETRIES|EPROXY[A-Z]+)\)/,
    ruling: pooler('it is a pooler that cannot use the server behind it'),
    source: 'db_handler_exited_error.ex, pool_terminating_error.ex, auth_query_error.ex',
  },
  {
    who: 'Supavisor',
    pattern: /^(\(EAUTHTIMEOUT\) )?Timeout while waiting for message/i,
    ruling: { code: 'connection-terminated', why: 'because the login took too long' },
    source: 'auth_timeout_error.ex',
  },
  // CockroachDB: cockroachdb/cockroach, pkg/ccl/sqlproxyccl; the code stands before the text
  {
    who: 'CockroachDB',
    pattern: /^codeParamsRoutingFailed\b/i,
    ruling: { code: 'endpoint-not-found' },
    source: 'error.go, proxy_handler.go clusterNameAndTenantFromParams, connector.go',
  },
  {
    who: 'CockroachDB',
    pattern: /^codeProxyRefusedConnection\b.*(throttled|too many)/is,
    ruling: { code: 'rate-limited' },
    source: 'proxy_handler.go throttledError',
  },
  {
    who: 'CockroachDB',
    pattern: /^code(BackendDown|Unavailable)\b/i,
    ruling: pooler('it is a proxy that cannot reach the server behind it'),
    source: 'error.go, connector.go',
  },
  {
    who: 'RDS Proxy',
    pattern: /^This RDS Proxy requires TLS connections/i,
    ruling: { code: 'no-hba-entry', needsTls: true },
    source: 'docs.aws.amazon.com, Troubleshooting for RDS Proxy',
  },
  {
    who: 'Render',
    pattern: /^SSL\/TLS required/,
    ruling: { code: 'no-hba-entry', needsTls: true },
    source: 'github.com/render-oss/render-mcp-server/issues/6',
  },
];
