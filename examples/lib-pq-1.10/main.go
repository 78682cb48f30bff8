package main

import (
	"database/sql"
	"fmt"
	"log"
	"os"

	_ "github.com/lib/pq"
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
	db, err := sql.Open("postgres", url)
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	var answer string
	if err := db.QueryRow(question).Scan(&answer); err != nil {
		log.Fatal(err)
	}
	fmt.Println(answer)
}
