-- A run may wait for its turn before it begins.
alter table run add column begun_at bigint not null default 0;
update run set begun_at = started_at;
create index run_queued on run (job_id, started_at, id) where state = 'QUEUED';
