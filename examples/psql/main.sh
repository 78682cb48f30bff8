# PGHOST, PGUSER, PGPASSWORD, … are read by psql itself: nothing to pass.
psql --no-psqlrc --tuples-only --no-align <<'SQL'
select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
    'server', current_setting('server_version'))::text
  from pg_stat_ssl where pid = pg_backend_pid();
SQL
