package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/jackc/pgx/v5"
	"github.com/joho/godotenv"
)

const question = `
  select json_build_object('user', current_user, 'database', current_database(), 'tls', version,
    'server', current_setting('server_version'))::text
  from pg_stat_ssl where pid = pg_backend_pid()`

func main() {
	if err := godotenv.Load(".env"); err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	connection, err := pgx.Connect(ctx, os.Getenv("DATABASE_URL"))
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
