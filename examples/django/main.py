"""Plain settings from the environment: the name of the database, and libpq's variables for the rest."""

import os

import django
from django.conf import settings
from django.db import connection

settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ["PGDATABASE"],
        }
    }
)
django.setup()

SQL = """
select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
    'server', current_setting('server_version'))::text
  from pg_stat_ssl where pid = pg_backend_pid()"""

with connection.cursor() as cursor:
    cursor.execute(SQL)
    print(cursor.fetchone()[0])
