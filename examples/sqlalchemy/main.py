import os
import sys

from sqlalchemy import create_engine, make_url, text

SQL = """
select cast(json_build_object('user', current_user, 'database', current_database(), 'tls', version,
    'server', current_setting('server_version')) as text)
  from pg_stat_ssl where pid = pg_backend_pid()"""

# The driver is the program's choice: psycopg (3) or psycopg2.
url = make_url(os.environ["DATABASE_URL"]).set(drivername=f"postgresql+{sys.argv[1]}")
with create_engine(url).connect() as connection:
    print(connection.execute(text(SQL)).scalar_one())
