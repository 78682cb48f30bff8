<?php
require 'Symfony/Component/DependencyInjection/autoload.php';
require 'Symfony/Component/Config/autoload.php';
require 'Symfony/Component/Yaml/autoload.php';
require 'Doctrine/DBAL/autoload.php';

use Doctrine\DBAL\DriverManager;
use Symfony\Component\Config\FileLocator;
use Symfony\Component\DependencyInjection\ContainerBuilder;
use Symfony\Component\DependencyInjection\Loader\YamlFileLoader;

$container = new ContainerBuilder();
(new YamlFileLoader($container, new FileLocator(__DIR__ . '/config')))->load('doctrine.yaml');
$container->compile(true);

$db = DriverManager::getConnection(['url' => $container->getParameter('database.url')]);
$sql = <<<'SQL'
  select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
    'server', current_setting('server_version'))::text
  from pg_stat_ssl where pid = pg_backend_pid()
  SQL;
echo $db->fetchOne($sql), "\n";
