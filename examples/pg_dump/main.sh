# Like psql: nothing to pass. pg_dump refuses a server that is newer than itself.
pg_dump --schema-only
