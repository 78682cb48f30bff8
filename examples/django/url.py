"""Settings from DATABASE_URL, with dj-database-url."""

import dj_database_url
import django
from django.conf import settings
from django.db import connection

settings.configure(DATABASES={"default": dj_database_url.config()})
django.setup()

SQL = """
select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
    'server', current_setting('server_version'))::text
  from pg_stat_ssl where pid = pg_backend_pid()"""

with connection.cursor() as cursor:
    cursor.execute(SQL)
    print(cursor.fetchone()[0])
