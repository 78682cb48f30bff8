import asyncio
import os
import sys

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

SQL = """
select cast(json_build_object('user', current_user, 'database', current_database(), 'tls', version,
    'server', current_setting('server_version')) as text)
  from pg_stat_ssl where pid = pg_backend_pid()"""


async def main():
    pooled = {"poolclass": NullPool, "connect_args": {"statement_cache_size": 0}} if "pooled" in sys.argv else {}
    engine = create_async_engine(os.environ["DATABASE_URL"], **pooled)
    async with engine.connect() as connection:
        print((await connection.execute(text(SQL))).scalar_one())
    await engine.dispose()


asyncio.run(main())
