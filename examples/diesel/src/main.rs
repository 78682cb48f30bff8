use diesel::prelude::*;
use diesel::{Connection, PgConnection, sql_query, sql_types::Text};

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Text)]
    json: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::var("DATABASE_URL")?;
    let mut connection = PgConnection::establish(&url)?;
    let sql = "select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
            'server', current_setting('server_version'))::text as json
        from pg_stat_ssl where pid = pg_backend_pid()";
    let answer: Answer = sql_query(sql).get_result(&mut connection)?;
    println!("{}", answer.json);
    Ok(())
}
