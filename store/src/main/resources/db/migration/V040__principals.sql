-- Who acts and who owns is a principal, by a number; a name may change. Things belong to a workspace; 1001 is the one that there was.
create table workspace (
    id bigint primary key,
    name text not null unique,
    created_at bigint not null
);
insert into workspace (id, name, created_at) select 1001, 'slipway', coalesce(min(created_at), 0) from app_user;

alter table app_user rename to principal;
alter table principal rename column user_name to name;
alter table principal add column kind text not null default 'USER';
create table member (
    workspace_id bigint not null references workspace (id),
    group_id bigint not null references principal (id),
    principal_id bigint not null references principal (id),
    primary key (workspace_id, group_id, principal_id)
);
create index member_principal on member (principal_id, workspace_id, group_id);
insert into principal (id, name, display_name, admin, created_at, kind) values
    (0, 'system', 'system', 0, 0, 'SYSTEM'),
    (1, 'admins', 'admins', 0, 0, 'GROUP'),
    (2, 'account users', 'account users', 0, 0, 'GROUP');
insert into member (workspace_id, group_id, principal_id) select 1001, 1, id from principal where admin = 1;
alter table principal drop column admin;
create index principal_name on principal (lower(name));

alter table token add column workspace_id bigint not null default 0;
update token set workspace_id = 1001;
alter table browser_session add column workspace_id bigint not null default 0;
update browser_session set workspace_id = 1001;
alter table sign_in_code add column workspace_id bigint not null default 0;
update sign_in_code set workspace_id = 1001;

alter table event add column workspace_id bigint not null default 0;
alter table event add column actor_id bigint not null default 0;
update event set actor_id = coalesce((select id from principal where name = actor), 0);
update event set workspace_id = 1001
where kind not like 'user.%' and kind not like 'catalog.%' and kind not like 'schema.%' and kind not like 'table.%';
alter table event drop column actor;

alter table cluster add column workspace_id bigint not null default 0;
alter table cluster add column creator_id bigint not null default 0;
update cluster set workspace_id = 1001,
    creator_id = coalesce((select id from principal where lower(name) = lower(creator)), 0),
    idempotency_token = '1001:' || idempotency_token;
alter table cluster drop column creator;
drop index cluster_created;
drop index cluster_name;
create index cluster_created
    on cluster (workspace_id, created_at, id, forgotten, state, terminated_at, pinned, source);
create index cluster_name
    on cluster (workspace_id, substr(name, 1, 200), id, forgotten, state, terminated_at, pinned, source);

alter table context add column workspace_id bigint not null default 0;
update context set workspace_id = 1001;
alter table context drop column owner;
alter table context drop column owner_admin;

alter table command add column workspace_id bigint not null default 0;
alter table command add column owner_id bigint not null default 0;
update command set workspace_id = 1001, owner_id = coalesce((select id from principal where name = owner), 0);
alter table command drop column owner;

alter table job add column workspace_id bigint not null default 0;
alter table job add column creator_id bigint not null default 0;
update job set workspace_id = 1001,
    creator_id = coalesce((select id from principal where lower(name) = lower(creator)), 0);
alter table job drop column creator;
drop index job_created;
drop index job_name;
create index job_created on job (workspace_id, created_at, id);
create index job_name on job (workspace_id, substr(lower(name), 1, 200), created_at, id);

alter table run add column workspace_id bigint not null default 0;
update run set workspace_id = 1001, idempotency_token = '1001:' || idempotency_token;
drop index run_failed;
alter table run drop column owner;
alter table run drop column owner_admin;
drop index run_started;
drop index run_of_job;
drop index run_one_time;
drop index run_active;
create index run_started on run (workspace_id, started_at, id);
create index run_of_job on run (workspace_id, started_at, id) where job_id is not null;
create index run_one_time on run (workspace_id, started_at, id) where job_id is null;
create index run_active on run (workspace_id, started_at, id) where ended_at = 0;
create index run_failed on run (workspace_id, owner_id, started_at, id)
    where (state = 'INTERNAL_ERROR' or result in ('FAILED', 'TIMEDOUT'));

delete from dbfs_upload;
alter table dbfs_upload add column workspace_id bigint not null default 0;
alter table dbfs_upload add column owner_id bigint not null default 0;
alter table dbfs_upload drop column owner;

-- Catalogs are the account's: they name principals, and no workspace.
alter table uc_metastore add column owner_id bigint not null default 0;
update uc_metastore set owner_id = coalesce((select id from principal where lower(name) = lower(owner)), 0);
alter table uc_metastore drop column owner;

alter table uc_catalog add column owner_id bigint not null default 0;
alter table uc_catalog add column created_by_id bigint not null default 0;
alter table uc_catalog add column updated_by_id bigint not null default 0;
update uc_catalog set owner_id = coalesce((select id from principal where lower(name) = lower(owner)), 0),
    created_by_id = coalesce((select id from principal where lower(name) = lower(created_by)), 0),
    updated_by_id = coalesce((select id from principal where lower(name) = lower(updated_by)), 0);
alter table uc_catalog drop column owner;
alter table uc_catalog drop column created_by;
alter table uc_catalog drop column updated_by;

alter table uc_schema add column owner_id bigint not null default 0;
alter table uc_schema add column created_by_id bigint not null default 0;
alter table uc_schema add column updated_by_id bigint not null default 0;
update uc_schema set owner_id = coalesce((select id from principal where lower(name) = lower(owner)), 0),
    created_by_id = coalesce((select id from principal where lower(name) = lower(created_by)), 0),
    updated_by_id = coalesce((select id from principal where lower(name) = lower(updated_by)), 0);
alter table uc_schema drop column owner;
alter table uc_schema drop column created_by;
alter table uc_schema drop column updated_by;

alter table uc_table add column owner_id bigint not null default 0;
alter table uc_table add column created_by_id bigint not null default 0;
alter table uc_table add column updated_by_id bigint not null default 0;
update uc_table set owner_id = coalesce((select id from principal where lower(name) = lower(owner)), 0),
    created_by_id = coalesce((select id from principal where lower(name) = lower(created_by)), 0),
    updated_by_id = coalesce((select id from principal where lower(name) = lower(updated_by)), 0);
alter table uc_table drop column owner;
alter table uc_table drop column created_by;
alter table uc_table drop column updated_by;

alter table uc_staging_table add column created_by_id bigint not null default 0;
update uc_staging_table
set created_by_id = coalesce((select id from principal where lower(name) = lower(created_by)), 0);
alter table uc_staging_table drop column created_by;
