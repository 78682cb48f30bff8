import java.sql.DriverManager;

public class Main {
    public static void main(String[] args) throws Exception {
        var sql = """
            select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
                'server', current_setting('server_version'))::text
            from pg_stat_ssl where pid = pg_backend_pid()""";
        try (
            var connection = DriverManager.getConnection(
                System.getenv("JDBC_DATABASE_URL"),
                System.getenv("JDBC_DATABASE_USERNAME"),
                System.getenv("JDBC_DATABASE_PASSWORD"));
            var rows = connection.createStatement().executeQuery(sql)
        ) {
            rows.next();
            System.out.println(rows.getString(1));
        }
    }
}
