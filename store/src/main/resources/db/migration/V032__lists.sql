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
