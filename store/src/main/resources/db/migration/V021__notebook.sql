-- A notebook that somebody has opened: from then on its text is here and not in workspace_content.
create table notebook_session (
    object_id bigint primary key references workspace_object (id) on delete cascade,
    language text not null,
    extra text not null,
    environment text not null,
    -- of the last row of notebook_log
    number bigint not null,
    -- how many runs of cells and how many contexts there have been: their ids are made of it
    runs bigint not null,
    contexts bigint not null,
    cluster_id text not null,
    context_id text not null,
    lost text not null,
    runner text not null,
    runner_id bigint not null,
    runner_admin integer not null,
    widgets text not null,
    opened_at bigint not null,
    -- of the first edit that is in no revision; 0 = none
    unsaved_since bigint not null,
    edited_by text not null
);
create index notebook_session_cluster on notebook_session (cluster_id);

create table notebook_cell (
    object_id bigint not null references notebook_session (object_id) on delete cascade,
    id text not null,
    position integer not null,
    version bigint not null,
    text text not null,
    title text not null,
    title_shown integer not null,
    bare integer not null,
    extra text not null,
    code_hidden integer not null,
    result_hidden integer not null,
    primary key (object_id, id)
);

-- The last run of a cell.
create table notebook_run (
    object_id bigint not null,
    cell_id text not null,
    ordinal bigint not null,
    batch bigint not null,
    state text not null,
    cancelled integer not null,
    started_by text not null,
    code text not null,
    context_id text not null,
    plan text not null,
    position integer not null,
    published bigint not null,
    published_at bigint not null,
    progress text not null,
    problem text not null,
    queued_at bigint not null,
    started_at bigint not null,
    ended_at bigint not null,
    primary key (object_id, cell_id),
    foreign key (object_id, cell_id) references notebook_cell (object_id, id) on delete cascade
);
create index notebook_run_state on notebook_run (state);

-- What those who watch a notebook are told, in order. Output is not repeated here: a row names the frames of its command.
create table notebook_log (
    object_id bigint not null references notebook_session (object_id) on delete cascade,
    number bigint not null,
    type text not null,
    cell_id text not null,
    version bigint not null,
    body text not null,
    primary key (object_id, number)
);
create index notebook_log_cell on notebook_log (object_id, cell_id, number);

create table notebook_revision (
    object_id bigint not null references notebook_session (object_id) on delete cascade,
    number bigint not null,
    made_at bigint not null,
    made_by text not null,
    reason text not null,
    comment text not null,
    content text not null,
    primary key (object_id, number)
);
