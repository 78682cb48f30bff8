<?php
require 'Doctrine/DBAL/autoload.php';

use Doctrine\DBAL\DriverManager;

$db = DriverManager::getConnection(['url' => getenv('DATABASE_URL')]);
$sql = <<<'SQL'
  select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
    'server', current_setting('server_version'))::text
  from pg_stat_ssl where pid = pg_backend_pid()
  SQL;
echo $db->fetchOne($sql), "\n";
