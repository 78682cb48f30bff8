"use strict";
exports.id = 246;
exports.ids = [246];
exports.modules = {

/***/ 124:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ askedMode),
/* harmony export */   n: () => (/* binding */ FOREIGN)
/* harmony export */ });
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3750);

const OF_CLIENT = {
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
    dotnet: `Pooling Timeout CommandTimeout MaxPoolSize MinPoolSize MaxAutoPrepare Multiplexing IncludeErrorDetail
    TrustServerCertificate SearchPath NoResetOnClose KeepAlive Enlist`,
    supabase: 'workaround',
    vercel: 'supa',
};
const SENDERS = ['pgx', 'lib/pq', 'postgres.js', 'bun', 'sqlalchemy-asyncpg'];
const SETTINGS = `search_path statement_timeout lock_timeout idle_in_transaction_session_timeout idle_session_timeout
  transaction_timeout timezone TimeZone datestyle DateStyle intervalstyle IntervalStyle extra_float_digits bytea_output
  default_transaction_isolation default_transaction_read_only default_transaction_deferrable client_min_messages role
  standard_conforming_strings synchronous_commit work_mem maintenance_work_mem jit geqo plan_cache_mode row_security`;
const MODES = Object.fromEntries(_connection_js__WEBPACK_IMPORTED_MODULE_0__/* .SSL_MODES */ .y.map((mode) => [mode, mode]));
const TLS = {
    ssl: { ...MODES, true: 'verify-full', 1: 'verify-full', '': 'verify-full', 'no-verify': 'require' },
    tls: { true: 'verify-full', 1: 'verify-full' },
    sslaccept: { strict: 'verify-full' },
    channelBinding: { require: 'verify-full' },
    ssl_require: { true: 'require', 1: 'require' },
    direct_tls: { true: 'require', 1: 'require' },
    'ssl-mode': MODES,
};
const FOREIGN = collect();
function collect() {
    const owners = new Map();
    const add = (client, names) => {
        for (const name of names.split(/\s+/))
            owners.set(name, [...new Set([...(owners.get(name) ?? []), client])]);
    };
    for (const [client, names] of Object.entries(OF_CLIENT))
        add(client, names);
    for (const client of SENDERS)
        add(client, SETTINGS);
    const table = Object.create(null);
    for (const [name, clients] of owners)
        table[name] = { clients, ...(TLS[name] ? { tls: TLS[name] } : {}) };
    return table;
}
const askedMode = (name, value) => {
    const modes = FOREIGN[name]?.tls;
    const key = value.toLowerCase();
    return modes && Object.hasOwn(modes, key) ? modes[key] : undefined;
};


/***/ }),

/***/ 4246:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   judgeForeign: () => (/* binding */ judgeForeign)
/* harmony export */ });
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(793);
/* harmony import */ var _problems_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6235);
/* harmony import */ var _foreign_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(124);
/* harmony import */ var _parameters_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8182);




const judgeForeign = (said) => [...said.foreign].flatMap(([name, value]) => {
    if (_foreign_js__WEBPACK_IMPORTED_MODULE_1__/* .FOREIGN */ .n[name] === undefined && !_parameters_js__WEBPACK_IMPORTED_MODULE_2__/* .PARAMETERS */ .z7.some(({ keyword }) => keyword === name))
        throw unknown(name, said);
    const atLeast = (0,_foreign_js__WEBPACK_IMPORTED_MODULE_1__/* .askedMode */ .E)(name, value);
    return atLeast === undefined ? [] : [{ name, atLeast, why: 'asks for TLS' }];
});
const unknown = (name, { parameters, foreign, url }) => {
    const texts = [...parameters.values(), ...foreign.keys(), ...foreign.values()];
    const keywords = [...parameters.keys()];
    const passwordFirst = url && keywords.indexOf('password') < keywords.indexOf('host');
    const whole = passwordFirst && parameters.has('user') && !texts.some((text) => text.includes('@'));
    const near = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_3__/* .nearest */ .p)(name, [..._parameters_js__WEBPACK_IMPORTED_MODULE_2__/* .PARAMETERS */ .z7.map(({ keyword }) => keyword), ...Object.keys(_foreign_js__WEBPACK_IMPORTED_MODULE_1__/* .FOREIGN */ .n)]);
    return new _problems_index_js__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .A('invalid-connection-string', {
        what: whole && /^[\w.-]{1,40}$/.test(name)
            ? `has the parameter \`${name}\`, which nobody knows`
            : 'has a parameter that nobody knows',
        fix: near === undefined
            ? 'Take it out; if it belongs to the password, percent-encode the password.'
            : `Did you mean \`${near}\`?`,
    });
};


/***/ })

};
;