import { SSL_MODES, type SslMode } from './connection.ts';

/** A parameter of one or several clients that libpq does not know: in a shared URL it would make libpq refuse the whole string. */
export interface Foreign {
  /** Whose it is: names of the input `clients`, or the client's own name where it has none there. */
  readonly clients: readonly string[];
  /**
   * For a parameter about TLS: value in lower case → the weakest `sslmode` that protects as much as this client would with it.
   * A value that is not listed asks for nothing.
   */
  readonly tls?: Readonly<Record<string, SslMode>>;
}

/** The clients' own parameters, as each spells them. Sources: each client's parser or documentation. */
const OF_CLIENT: Readonly<Record<string, string>> = {
  prisma: `schema pgbouncer connection_limit pool_timeout socket_timeout sslaccept sslidentity statement_cache_size
    max_connection_lifetime max_idle_connection_lifetime single_use_connections`,
  symfony: `serverVersion charset driverOptions driver driverClass wrapperClass default_dbname persistent use_savepoints
    default_table_options keepReplica keepSlave`,
  rails: `prepared_statements pool advisory_locks schema_search_path variables encoding min_messages adapter checkout_timeout
    reaping_frequency idle_timeout statement_limit insert_returning migrations_paths schema_dump replica database_tasks
    query_cache min_connections max_connections keepalive max_age pool_jitter`,
  'node-postgres': `uselibpqcompat ssl query_timeout statement_timeout lock_timeout idle_in_transaction_session_timeout binary
    keepAlive keepAliveInitialDelayMillis connectionTimeoutMillis idleTimeoutMillis max min maxUses maxLifetimeSeconds
    allowExitOnIdle enableChannelBinding`,
  'postgres.js': `ssl max idle_timeout max_lifetime prepare fetch_types debug keep_alive max_pipeline publications backoff`,
  bun: 'tls ssl max idleTimeout idle_timeout connectionTimeout connection_timeout maxLifetime max_lifetime prepare',
  pgx: `default_query_exec_mode statement_cache_capacity description_cache_capacity statement_cache_mode prefer_simple_protocol
    pool_max_conns pool_min_conns pool_min_idle_conns pool_max_conn_lifetime pool_max_conn_lifetime_jitter
    pool_max_conn_idle_time pool_health_check_period krbspn`,
  'lib/pq': 'binary_parameters disable_prepared_binary_result sslinline krbspn',
  'golang-migrate': `x-migrations-table x-migrations-table-quoted x-statement-timeout x-multi-statement
    x-multi-statement-max-size`,
  jdbc: `ssl currentSchema ApplicationName prepareThreshold preparedStatementCacheQueries preparedStatementCacheSizeMiB stringtype
    reWriteBatchedInserts sslfactory sslfactoryarg sslhostnameverifier sslpasswordcallback sslResponseTimeout sslNegotiation
    socketTimeout loginTimeout connectTimeout cancelSignalTimeout tcpKeepAlive tcpNoDelay targetServerType loadBalanceHosts
    hostRecheckSeconds defaultRowFetchSize adaptiveFetch adaptiveFetchMinimum adaptiveFetchMaximum autosave cleanupSavepoints
    binaryTransfer binaryTransferEnable binaryTransferDisable preferQueryMode readOnly readOnlyMode escapeSyntaxCallMode
    gssEncMode gssUseDefaultCreds gssResponseTimeout channelBinding requireAuth assumeMinServerVersion allowEncodingChanges
    logServerErrorDetail logUnclosedConnections loggerLevel loggerFile protocolVersion receiveBufferSize sendBufferSize
    maxResultBuffer maxSendBufferSize unknownLength databaseMetadataCacheFields databaseMetadataCacheFieldsMiB
    disableColumnSanitiser socketFactory socketFactoryArg authenticationPluginClassName kerberosServerName jaasApplicationName
    jaasLogin useSpnego hideUnprivilegedObjects localSocketAddress quoteReturningIdentifiers xmlFactoryFactory PGDBNAME`,
  quarkus: 'cachePreparedStatements preparedStatementCacheMaxSize pipeliningLimit reconnectAttempts reconnectInterval',
  'sqlalchemy-asyncpg': `ssl prepared_statement_cache_size prepared_statement_name_func statement_cache_size async_fallback
    max_cached_statement_lifetime max_cacheable_statement_size command_timeout timeout direct_tls server_settings`,
  psycopg: 'prepare_threshold autocommit',
  django: `conn_max_age conn_health_checks ssl_require disable_server_side_cursors atomic_requests isolation_level
    server_side_binding assume_role`,
  ecto: 'ssl pool_size timeout prepare socket_options queue_target queue_interval ownership_timeout',
  sqlx: 'statement-cache-capacity ssl-mode ssl-root-cert ssl-ca ssl-cert ssl-key',
  'tokio-postgres': 'keepalives_retries',
  dotnet: `Pooling Timeout CommandTimeout MaxPoolSize MinPoolSize ConnectionIdleLifetime ConnectionPruningInterval ConnectionLifetime
    MaxAutoPrepare AutoPrepareMinUsages Multiplexing WriteCoalescingBufferThresholdBytes IncludeErrorDetail LogParameters
    TrustServerCertificate CheckCertificateRevocation SearchPath Timezone NoResetOnClose KeepAlive TcpKeepAlive TcpKeepAliveTime
    TcpKeepAliveInterval Enlist InternalCommandTimeout CancellationTimeout ReadBufferSize WriteBufferSize SocketReceiveBufferSize
    SocketSendBufferSize KerberosServiceName IncludeRealm PersistSecurityInfo IntegratedSecurity LoadBalanceHosts
    HostRecheckSeconds ArrayNullabilityMode ServerCompatibilityMode LoadTableComposites`,
  supabase: 'workaround',
  pg8000: 'unix_sock',
  'Cloud SQL’s connectors': `cloudSqlInstance cloudSqlAdminRootUrl cloudSqlAdminServicePath cloudSqlRefreshStrategy
    cloudSqlNamedConnector cloudSqlTargetPrincipal cloudSqlDelegates ipTypes unixSocketPath enableIamAuth alloydbInstanceName
    alloydbIpType alloydbEnableIAMAuth`,
  yugabytedb: `load_balance load-balance topology_keys topology-keys yb_servers_refresh_interval yb-servers-refresh-interval
    fallback_to_topology_keys_only fallback-to-topology-keys-only failed_host_reconnect_delay_secs`,
  TablePlus: `statusColor env name environment tLSMode usePrivateKey safeModeLevel advancedSafeModeLevel driverVersion lazyload`,
  vercel: 'supa',
};

/**
 * Settings of the server. These clients send every parameter that they do not know as one; libpq takes them in `options`
 * (`-c name=value`) only.
 */
const SENDERS = ['pgx', 'lib/pq', 'postgres.js', 'bun', 'sqlalchemy-asyncpg'];
const SETTINGS = `search_path statement_timeout lock_timeout idle_in_transaction_session_timeout idle_session_timeout
  transaction_timeout timezone TimeZone datestyle DateStyle intervalstyle IntervalStyle extra_float_digits bytea_output
  default_transaction_isolation default_transaction_read_only default_transaction_deferrable client_min_messages role
  standard_conforming_strings synchronous_commit work_mem maintenance_work_mem jit geqo plan_cache_mode row_security`;

const MODES = Object.fromEntries(SSL_MODES.map((mode) => [mode, mode]));

/** What the parameters about TLS ask for: `true` verifies the certificate and the name in every client that has it. */
const TLS: Readonly<Record<string, Readonly<Record<string, SslMode>>>> = {
  ssl: { ...MODES, true: 'verify-full', 1: 'verify-full', '': 'verify-full', 'no-verify': 'require' },
  tls: { true: 'verify-full', 1: 'verify-full' },
  sslaccept: { strict: 'verify-full' },
  channelBinding: { require: 'verify-full' },
  ssl_require: { true: 'require', 1: 'require' },
  direct_tls: { true: 'require', 1: 'require' },
  'ssl-mode': MODES,
};

/** Every foreign parameter by its name. Names are case-sensitive, as they are to their clients. */
export const FOREIGN: Readonly<Record<string, Foreign>> = collect();

function collect(): Record<string, Foreign> {
  const owners = new Map<string, string[]>();
  const add = (client: string, names: string): void => {
    for (const name of names.split(/\s+/)) owners.set(name, [...new Set([...(owners.get(name) ?? []), client])]);
  };
  for (const [client, names] of Object.entries(OF_CLIENT)) add(client, names);
  for (const client of SENDERS) add(client, SETTINGS);
  // No prototype: `constructor` and the like are not parameters.
  const table: Record<string, Foreign> = Object.create(null);
  for (const [name, clients] of owners) table[name] = { clients, ...(TLS[name] ? { tls: TLS[name] } : {}) };
  return table;
}

/** The `sslmode` that this foreign parameter asks for with this value, or undefined when it asks for no protection. */
export const askedMode = (name: string, value: string): SslMode | undefined => {
  const modes = FOREIGN[name]?.tls;
  const key = value.toLowerCase();
  return modes && Object.hasOwn(modes, key) ? modes[key] : undefined;
};
