-- What the master keeps over a failover. Wire messages are kept as the JSON of the v1 API.
create table agent (
    id             text primary key,
    info           text        not null,
    version        text        not null,
    capabilities   text        not null,
    registered_at  timestamptz not null,
    standing       text        not null check (standing in ('ADMITTED', 'UNREACHABLE', 'GONE')),
    standing_since timestamptz not null
);

create table framework (
    id                text primary key,
    info              text        not null,
    suppressed_roles  text        not null,
    registered_at     timestamptz not null,
    reregistered_at   timestamptz not null,
    failover_deadline timestamptz,
    completed_at      timestamptz
);

create table task (
    id           text primary key, -- framework and task id, which contain no slash
    framework_id text not null,
    info         text not null,
    completed_at timestamptz
);
create index task_of_framework on task (framework_id);
