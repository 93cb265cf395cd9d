-- Folders, notebooks and files are the tree, one in each workspace; a notebook that is open is a document. Neither database can take
-- back that a path is unique in the whole table, so that rows move to new tables.
create table tree_object (
    id bigint primary key,
    workspace_id bigint not null,
    path text not null,
    parent text not null,
    type text not null,
    language text,
    stored_as text not null,
    owner_id bigint not null,
    created_at bigint not null,
    modified_at bigint not null,
    size bigint not null,
    unique (workspace_id, path)
);
insert into tree_object
select id, 1001, path, parent, type, language, stored_as,
    coalesce((select principal.id from principal where lower(principal.name) = lower(workspace_object.owner)), 0),
    created_at, modified_at, size
from workspace_object;
create index tree_object_parent on tree_object (workspace_id, parent);
create index tree_object_recent on tree_object (workspace_id, modified_at, id) where type <> 'DIRECTORY';
create index tree_object_length on tree_object (workspace_id, length(path), path);

create table tree_content (
    object_id bigint primary key references tree_object (id) on delete cascade,
    content ${bytes} not null
);
insert into tree_content select object_id, content from workspace_content;

create table document (
    object_id bigint primary key references tree_object (id) on delete cascade,
    workspace_id bigint not null,
    language text not null,
    extra text not null,
    environment text not null,
    -- of the last row of document_log
    number bigint not null,
    -- how many runs of cells and how many contexts there have been: their ids are made of it
    runs bigint not null,
    contexts bigint not null,
    cluster_id text not null,
    context_id text not null,
    lost text not null,
    runner_id bigint not null,
    widgets text not null,
    on_widget_change text not null,
    opened_at bigint not null,
    -- of the first edit that is in no revision; 0 = none
    unsaved_since bigint not null,
    edited_by_id bigint not null
);
insert into document
select object_id, 1001, language, extra, environment, number, runs, contexts, cluster_id, context_id, lost, runner_id,
    widgets, on_widget_change, opened_at, unsaved_since,
    coalesce((select principal.id from principal where principal.name = edited_by), 0)
from notebook_session;
create index document_cluster on document (cluster_id);

create table document_cell (
    object_id bigint not null references document (object_id) on delete cascade,
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
    views text not null,
    primary key (object_id, id)
);
insert into document_cell
select object_id, id, position, version, text, title, title_shown, bare, extra, code_hidden, result_hidden, views
from notebook_cell;

create table document_run (
    object_id bigint not null,
    cell_id text not null,
    ordinal bigint not null,
    batch bigint not null,
    state text not null,
    cancelled integer not null,
    started_by_id bigint not null,
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
    foreign key (object_id, cell_id) references document_cell (object_id, id) on delete cascade
);
insert into document_run
select object_id, cell_id, ordinal, batch, state, cancelled,
    coalesce((select principal.id from principal where principal.name = started_by), 0),
    code, context_id, plan, position, published, published_at, progress, problem, queued_at, started_at, ended_at
from notebook_run;
create index document_run_state on document_run (state);

create table document_log (
    object_id bigint not null references document (object_id) on delete cascade,
    number bigint not null,
    type text not null,
    cell_id text not null,
    version bigint not null,
    body text not null,
    primary key (object_id, number)
);
insert into document_log select object_id, number, type, cell_id, version, body from notebook_log;
create index document_log_cell on document_log (object_id, cell_id, number);

create table document_revision (
    object_id bigint not null references document (object_id) on delete cascade,
    number bigint not null,
    made_at bigint not null,
    made_by_id bigint not null,
    reason text not null,
    comment text not null,
    content text not null,
    primary key (object_id, number)
);
insert into document_revision
select object_id, number, made_at,
    coalesce((select principal.id from principal where principal.name = made_by), 0), reason, comment, content
from notebook_revision;

drop table notebook_revision;
drop table notebook_log;
drop table notebook_run;
drop table notebook_cell;
drop table notebook_session;
drop table workspace_content;
drop table workspace_object;
