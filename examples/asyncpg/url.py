import asyncio
import os
import sys

import asyncpg

SQL = """
select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
    'server', current_setting('server_version'))::text
  from pg_stat_ssl where pid = pg_backend_pid()"""


async def main():
    pooled = {"statement_cache_size": 0} if "pooled" in sys.argv else {}
    connection = await asyncpg.connect(os.environ["DATABASE_URL"], **pooled)
    print(await connection.fetchval(SQL))
    await connection.close()


asyncio.run(main())
