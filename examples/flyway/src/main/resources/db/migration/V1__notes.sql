create table if not exists flyway_notes (id int primary key);
