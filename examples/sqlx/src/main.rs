use sqlx::{Connection, PgConnection, Row};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::var("DATABASE_URL")?;
    let mut connection = PgConnection::connect(&url).await?;
    let sql = "select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
            'server', current_setting('server_version'))::text
        from pg_stat_ssl where pid = pg_backend_pid()";
    let pooled = std::env::args().any(|argument| argument == "pooled");
    let row = sqlx::query(sql).persistent(!pooled).fetch_one(&mut connection).await?;
    println!("{}", row.get::<String, _>(0));
    connection.close().await?;
    Ok(())
}
