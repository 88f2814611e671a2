-- A revision without a body: the app was removed then.
alter table app_revision alter column body drop not null;

-- Every revision of a group that was asked for by name; without a body: it was removed then.
create table group_revision (
    id      text primary key, -- path@version
    path    text not null,
    version timestamptz not null,
    body    text
);
create index group_revision_by_path on group_revision (path, version desc);

-- How long the launches of an app are put off.
create table launch_delay (
    app  text primary key,
    body text not null
);

-- What listeners were told, so that they can ask for what they missed.
create table event_log (
    id   bigint primary key,
    type text not null,
    apps text not null, -- one path a line
    at   timestamptz not null,
    body text not null
);

-- Who did what, and what came of it.
create table audit (
    id        bigint generated always as identity primary key,
    at        timestamptz not null,
    principal text not null,
    client    text not null,
    uri       text not null,
    action    text not null,
    subjects  text not null, -- one a line
    outcome   text not null
);
