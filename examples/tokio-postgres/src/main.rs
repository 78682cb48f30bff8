use native_tls::{Certificate, TlsConnector};
use postgres_native_tls::MakeTlsConnector;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::var("DATABASE_URL")?;

    // The URL can only say that there is TLS. What is verified is said here, with the roots that the step wrote.
    let mut tls = TlsConnector::builder();
    if let Ok(roots) = std::env::var("PGSSLROOTCERT") {
        tls.disable_built_in_roots(true);
        for root in Certificate::stack_from_pem(&std::fs::read(roots)?)? {
            tls.add_root_certificate(root);
        }
    }
    if std::env::var("PGSSLMODE").as_deref() == Ok("require") {
        tls.danger_accept_invalid_certs(true);
    }

    let (client, connection) = tokio_postgres::connect(&url, MakeTlsConnector::new(tls.build()?)).await?;
    tokio::spawn(connection);
    let sql = "select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
            'server', current_setting('server_version'))::text
        from pg_stat_ssl where pid = pg_backend_pid()";
    let rows = match std::env::args().any(|argument| argument == "pooled") {
        true => client.query_typed(sql, &[]).await?,
        false => client.query(sql, &[]).await?,
    };
    println!("{}", rows[0].get::<_, String>(0));
    Ok(())
}
