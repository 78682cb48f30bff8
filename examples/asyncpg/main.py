import asyncio
import sys

import asyncpg

SQL = """
select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
    'server', current_setting('server_version'))::text
  from pg_stat_ssl where pid = pg_backend_pid()"""


async def main():
    # Everything comes from PGHOST, PGUSER, …
    pooled = {"statement_cache_size": 0} if "pooled" in sys.argv else {}
    connection = await asyncpg.connect(**pooled)
    print(await connection.fetchval(SQL))
    await connection.close()


asyncio.run(main())
