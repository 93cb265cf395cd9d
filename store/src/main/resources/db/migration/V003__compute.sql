create table cluster (
    id text primary key,
    name text not null,
    spec text not null,
    creator text not null,
    source text not null,
    state text not null,
    state_message text not null,
    launch integer not null,
    target_workers integer not null,
    decision text,
    termination text,
    owner_run bigint,
    pinned integer not null,
    -- deleted for good by its owner; the row goes when nothing of it runs any more
    forgotten integer not null default 0,
    idempotency_token text unique,
    created_at bigint not null,
    started_at bigint not null,
    restarted_at bigint not null,
    terminated_at bigint not null
);
create index cluster_state on cluster (state);

create table node (
    id text primary key,
    cluster_id text not null references cluster (id),
    role text not null,
    node_type text not null,
    launch integer not null,
    state text not null,
    instance_id text not null,
    address text not null,
    created_at bigint not null,
    seen_at bigint not null,
    -- the agent has shown its own key: its bootstrap token is worth nothing any more
    key_used integer not null default 0,
    observed text not null
);
create index node_cluster on node (cluster_id);
