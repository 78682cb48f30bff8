module example/lib-pq-1.10

go 1.24

require github.com/lib/pq v1.10.9
