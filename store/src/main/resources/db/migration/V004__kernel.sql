create table context (
    id text primary key,
    cluster_id text not null,
    launch integer not null,
    owner text not null,
    owner_id bigint not null,
    owner_admin integer not null,
    language text not null,
    state text not null,
    message text not null,
    spec text not null,
    created_at bigint not null
);
create index context_cluster on context (cluster_id);

create table command (
    id text primary key,
    context_id text not null,
    ordinal integer not null,
    spec text not null,
    state text not null,
    outcome text,
    next_frame bigint not null,
    progress text not null,
    created_at bigint not null,
    started_at bigint not null,
    ended_at bigint not null,
    unique (context_id, ordinal)
);
create index command_state on command (state);

create table frame (
    command_id text not null,
    seq bigint not null,
    body text not null,
    primary key (command_id, seq)
);
