create table framework (
    only_row boolean primary key default true check (only_row),
    id       text not null
);

-- A job: what its author posted as JSON, and how far it has got. A scheduled job has a schedule, a dependent one parents.
create table job (
    name                      text primary key,
    spec                      text        not null,
    since                     timestamptz not null,
    schedule                  text,
    schedule_zone             text,
    schedule_since            timestamptz,
    next_firing               bigint,
    remaining                 bigint,
    parents                   text,
    success_count             bigint      not null,
    error_count               bigint      not null,
    errors_since_last_success bigint      not null,
    last_success              timestamptz,
    last_error                timestamptz,
    last_stamp                bigint      not null,
    check ((schedule is null) <> (parents is null))
);

-- A run is stored before it is launched, and no two runs are the same attempt at the same thing.
create table run (
    id          text primary key,
    job         text        not null,
    since       timestamptz not null,
    cause       text        not null,
    nominal     timestamptz not null,
    attempt     integer     not null,
    task        text        not null,
    enqueued    timestamptz not null,
    arguments   text        not null,
    launches    integer     not null,
    killing     boolean     not null,
    state       text        not null,
    agent       text,
    hostname    text,
    launched_at timestamptz,
    started_at  timestamptz,
    ended_at    timestamptz,
    outcome     text,
    message     text,
    unique (job, since, cause, nominal, attempt)
);

create index run_live on run (state) where state <> 'ENDED';
create index run_of_job on run (job, enqueued desc);
create index run_by_end on run (ended_at) where state = 'ENDED';
