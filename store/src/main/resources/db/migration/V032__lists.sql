-- An index for the order of every list, and one for what its calls may ask for. What is still active is little, however much has
-- ended, so that it has small indexes of its own.
drop index run_job;
create index run_started on run (started_at, id);
create index run_job on run (job_id, started_at, id);
create index run_of_job on run (started_at, id) where job_id is not null;
create index run_one_time on run (started_at, id) where job_id is null;
create index run_active on run (started_at, id) where ended_at = 0;
create index run_active_job on run (job_id, started_at, id) where ended_at = 0;
create index run_failed on run (owner, started_at, id)
    where (state = 'INTERNAL_ERROR' or result in ('FAILED', 'TIMEDOUT'));

drop index event_subject;
-- Kind and time too: rows that a call leaves out are told from others by the index alone.
create index event_subject on event (subject, seq, kind, at);
-- For rare kinds, and to count events of some kinds without a look at each one's kind.
create index event_kind on event (subject, kind, seq, at);

create index job_created on job (created_at, id);
-- PostgreSQL takes no entry of an index above some 2,700 bytes, and names may be longer.
create index job_name on job (substr(lower(name), 1, 200), created_at, id);
drop index job_next_run;
create index job_next_run on job (next_run_at, id) where next_run_at > 0;

create index cluster_created on cluster (created_at, id, forgotten, state, terminated_at, pinned, source);
create index cluster_name on cluster (substr(name, 1, 200), id, forgotten, state, terminated_at, pinned, source);
create index cluster_owner_run on cluster (owner_run) where owner_run is not null;

create index workspace_object_recent on workspace_object (modified_at, id) where type <> 'DIRECTORY';
create index workspace_object_length on workspace_object (length(path), path);
