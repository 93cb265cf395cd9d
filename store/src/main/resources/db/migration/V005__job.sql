create table job (
    id bigint primary key,
    name text not null,
    settings text not null,
    creator text not null,
    created_at bigint not null
);

create table run (
    id bigint primary key,
    job_id bigint,
    name text not null,
    owner text not null,
    owner_id bigint not null,
    owner_admin integer not null,
    settings text not null,
    parameters text not null,
    state text not null,
    result text,
    message text not null,
    cancel_requested integer not null,
    idempotency_token text unique,
    started_at bigint not null,
    ended_at bigint not null
);
create index run_job on run (job_id, started_at);
create index run_state on run (state);

create table task_run (
    id bigint primary key,
    run_id bigint not null,
    task_key text not null,
    attempt integer not null,
    state text not null,
    result text,
    message text not null,
    cluster_id text not null,
    plan text not null,
    position integer not null,
    output text,
    error text,
    trace text,
    task_values text not null,
    created_at bigint not null,
    started_at bigint not null,
    ready_at bigint not null,
    code_ended_at bigint not null,
    ended_at bigint not null,
    unique (run_id, task_key, attempt)
);
create index task_run_state on task_run (state);
create index task_run_cluster on task_run (cluster_id);
