import os

import psycopg
from dotenv import load_dotenv

load_dotenv(".env")
SQL = """
select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
    'server', current_setting('server_version'))::text
  from pg_stat_ssl where pid = pg_backend_pid()"""

with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    print(connection.execute(SQL).fetchone()[0])
