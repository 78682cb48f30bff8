<?php
// Host, user, password and TLS come from PGHOST, PGUSER, … below PDO.
$db = new PDO('pgsql:');
$sql = <<<'SQL'
  select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
    'server', current_setting('server_version'))::text
  from pg_stat_ssl where pid = pg_backend_pid()
  SQL;
echo $db->query($sql)->fetchColumn(), "\n";
