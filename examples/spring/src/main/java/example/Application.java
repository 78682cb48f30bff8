package example;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

@SpringBootApplication
public class Application {
    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }

    @Bean
    CommandLineRunner ask(JdbcTemplate database) {
        var sql = """
            select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
                'server', current_setting('server_version'))::text
            from pg_stat_ssl where pid = pg_backend_pid()""";
        return args -> System.out.println(database.queryForObject(sql, String.class));
    }
}
