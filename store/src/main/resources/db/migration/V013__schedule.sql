-- 0: the job does not run by itself
alter table job add column next_run_at bigint not null default 0;
create index job_next_run on job (next_run_at);

-- what began the run
alter table run add column origin text not null default 'ONE_TIME';
