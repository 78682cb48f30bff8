package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/jackc/pgx/v5"
)

const question = `
  select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
    'server', current_setting('server_version'))::text
  from pg_stat_ssl where pid = pg_backend_pid()`

func main() {
	// An empty string: everything comes from PGHOST, PGUSER, …; with the argument "url" it is DATABASE_URL.
	url := ""
	if len(os.Args) > 1 && os.Args[1] == "url" {
		url = os.Getenv("DATABASE_URL")
	}
	config, err := pgx.ParseConfig(url)
	if err != nil {
		log.Fatal(err)
	}
	if os.Args[len(os.Args)-1] == "pooled" {
		config.DefaultQueryExecMode = pgx.QueryExecModeExec
	}
	ctx := context.Background()
	connection, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		log.Fatal(err)
	}
	defer connection.Close(ctx)
	var answer string
	if err := connection.QueryRow(ctx, question).Scan(&answer); err != nil {
		log.Fatal(err)
	}
	fmt.Println(answer)
}
