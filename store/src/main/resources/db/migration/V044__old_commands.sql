-- What has ended by itself is found by its age; what is part of a notebook or task run goes with that. What is compared stands before
-- what is ordered by: SQLite takes the index with the most equal columns, and sorts if that is another one.
alter table context add column ended_at bigint not null default 0;
update context set ended_at = created_at where state = 'ERROR';
create index context_failed on context (part_of_kind, state, ended_at, id);
create index command_ended on command (part_of_kind, ended_at, id) where ended_at > 0;
drop index cluster_terminated;
create index cluster_terminated on cluster (state, pinned, terminated_at, id);
