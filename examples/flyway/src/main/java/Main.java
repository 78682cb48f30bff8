import org.flywaydb.core.Flyway;

public class Main {
    public static void main(String[] args) throws Exception {
        var flyway = Flyway.configure().envVars().load();
        flyway.migrate();

        var sql = """
            select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
                'server', current_setting('server_version'))::text
            from pg_stat_ssl where pid = pg_backend_pid()""";
        try (
            var connection = flyway.getConfiguration().getDataSource().getConnection();
            var rows = connection.createStatement().executeQuery(sql)
        ) {
            rows.next();
            System.out.println(rows.getString(1));
        }
    }
}
