<?php
require 'Dotenv/autoload.php';

Dotenv\Dotenv::createUnsafeImmutable(getcwd())->load();
$db = pg_connect(getenv('DATABASE_URL')) or exit(1);
$sql = <<<'SQL'
  select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
    'server', current_setting('server_version'))::text
  from pg_stat_ssl where pid = pg_backend_pid()
  SQL;
echo pg_fetch_result(pg_query($db, $sql), 0, 0), "\n";
