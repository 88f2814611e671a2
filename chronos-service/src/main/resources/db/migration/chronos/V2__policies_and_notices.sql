-- What dependent jobs heard of their parents in each pass over the graph.
alter table job add column passes text;

-- What a run was asked for beyond its job, how it dies, what it reports, and where it leaves its files.
alter table run
    add column overrides     text    not null default '',
    add column pass          text    not null default '',
    add column kill          text    not null default 'NO',
    add column elements      bigint  not null default 0,
    add column sandbox_agent text,
    add column sandbox_path  text,
    add column reported      integer;
update run set kill = 'ASKED' where killing;
alter table run drop column killing;

-- The history is asked for by time and by task, and pruned by count.
create index run_by_time on run (enqueued desc);
create index run_by_task on run (task);
create index run_ended_of_job on run (job, ended_at desc) where state = 'ENDED';

-- What somebody is to be told and has not been yet; written with what it tells of.
create table notice (
    id      text primary key,
    at      timestamptz not null,
    kind    text        not null,
    job     text        not null,
    owner   text        not null,
    subject text        not null,
    message text        not null
);
