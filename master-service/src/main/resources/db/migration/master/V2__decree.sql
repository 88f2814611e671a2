-- What operators set: quotas, weights, the maintenance schedule, machines that are down, agents that drain.
create table decree (
    id    text primary key, -- the kind, a blank, and whom it is for
    info  text        not null,
    since timestamptz not null
);
