#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An empty string takes everything from PGHOST, PGUSER, …; with the argument "url" it is DATABASE_URL. */
int main(int argc, char **argv) {
    const char *url = argc > 1 && strcmp(argv[1], "url") == 0 ? getenv("DATABASE_URL") : "";
    PGconn *connection = PQconnectdb(url);
    if (PQstatus(connection) != CONNECTION_OK) {
        fprintf(stderr, "%s", PQerrorMessage(connection));
        return 1;
    }
    PGresult *result = PQexec(connection,
        "select json_build_object('user', current_user, 'database', current_database(), 'tls', version,"
        "    'server', current_setting('server_version'))::text"
        " from pg_stat_ssl where pid = pg_backend_pid()");
    printf("%s\n", PQgetvalue(result, 0, 0));
    PQfinish(connection);
    return 0;
}
