-- The app as it is now.
create table app (
    path    text primary key,
    version timestamptz not null,
    body    text not null
);

-- Every revision of an app that may be asked for or rolled back to.
create table app_revision (
    id      text primary key, -- path@version
    path    text not null,
    version timestamptz not null,
    body    text not null
);
create index app_revision_by_path on app_revision (path, version desc);

-- Groups that were asked for by name.
create table app_group (
    path text primary key,
    body text not null
);

-- Instances that wait, run, or are to go.
create table instance (
    id        text primary key,
    app       text not null,
    goal      text not null,
    condition text not null,
    body      text not null
);
create index instance_by_app on instance (app);

-- Deployments under way.
create table deployment (
    id      text primary key,
    started timestamptz not null,
    body    text not null
);

-- The last failure of each app.
create table app_failure (
    app  text primary key,
    body text not null
);

-- Single values: the framework id.
create table setting (
    name  text primary key,
    value text not null
);
