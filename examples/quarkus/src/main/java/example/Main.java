package example;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;
import javax.sql.DataSource;

@QuarkusMain
public class Main implements QuarkusApplication {
    @Inject
    DataSource database;

    @Override
    public int run(String... args) throws Exception {
        var sql = """
            select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
                'server', current_setting('server_version'))::text
            from pg_stat_ssl where pid = pg_backend_pid()""";
        try (var connection = database.getConnection(); var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            System.out.println(rows.getString(1));
        }
        return 0;
    }
}
