require 'active_record'

# As Rails does it when there is a DATABASE_URL: no config/database.yml is needed.
ActiveRecord::Base.establish_connection(ENV.fetch('DATABASE_URL'))
puts ActiveRecord::Base.connection.select_value(<<~SQL)
  select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
    'server', current_setting('server_version'))::text
  from pg_stat_ssl where pid = pg_backend_pid()
SQL
