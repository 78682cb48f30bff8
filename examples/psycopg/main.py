import psycopg

SQL = """
select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
    'server', current_setting('server_version'))::text
  from pg_stat_ssl where pid = pg_backend_pid()"""

# An empty string: everything comes from PGHOST, PGUSER, …
with psycopg.connect("") as connection:
    print(connection.execute(SQL).fetchone()[0])
