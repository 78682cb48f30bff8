# URL, user and password come from LIQUIBASE_COMMAND_URL, …_USERNAME, …_PASSWORD.
java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp 'target/lib/*' liquibase.integration.commandline.LiquibaseCommandLine execute-sql --sql="
  select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
    'server', current_setting('server_version'))::text
  from pg_stat_ssl where pid = pg_backend_pid()"
