require 'pg'

# Everything comes from PGHOST, PGUSER, …
connection = PG.connect
puts connection.exec(<<~SQL).getvalue(0, 0)
  select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
    'server', current_setting('server_version'))::text
  from pg_stat_ssl where pid = pg_backend_pid()
SQL
