-- One row: the number of the latest term. Every transaction of a leader first asserts that it is still its own.
create table leadership (
    only_row boolean primary key default true check (only_row),
    epoch    bigint not null
);
insert into leadership (epoch) values (0);
