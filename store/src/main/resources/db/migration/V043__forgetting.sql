-- What is forgotten is found by its age.
create index run_ended on run (ended_at, id) where ended_at > 0;
create index event_at on event (at, seq);
create index cluster_terminated on cluster (terminated_at, id) where state = 'TERMINATED' and pinned = 0;
