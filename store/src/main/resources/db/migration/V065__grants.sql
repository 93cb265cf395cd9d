-- Who may do what with which thing. A thing of the tree gives what its folders give.
create table granted (
    workspace_id bigint not null,
    kind text not null,
    object_id text not null,
    principal_id bigint not null,
    level text not null,
    primary key (workspace_id, kind, object_id, principal_id)
);
create index granted_principal on granted (principal_id, workspace_id, kind, object_id);

-- What there is belongs to who made it.
insert into granted (workspace_id, kind, object_id, principal_id, level)
select workspace_id, 'cluster', id, creator_id, 'CAN_MANAGE' from cluster where creator_id > 3;
insert into granted (workspace_id, kind, object_id, principal_id, level)
select workspace_id, 'job', cast(id as text), creator_id, 'IS_OWNER' from job where creator_id > 3;
insert into granted (workspace_id, kind, object_id, principal_id, level)
select workspace_id, 'run', cast(id as text), owner_id, 'IS_OWNER' from run where job_id is null and owner_id > 3;
-- In a folder of their own they may do everything already.
insert into granted (workspace_id, kind, object_id, principal_id, level)
select workspace_id, 'tree', cast(id as text), owner_id, 'CAN_MANAGE' from tree_object
where owner_id > 3 and not exists (
    select 1 from tree_object above
    where above.workspace_id = tree_object.workspace_id and above.path = tree_object.parent
    and above.owner_id = tree_object.owner_id);
insert into granted (workspace_id, kind, object_id, principal_id, level)
select workspace_id, 'tree', cast(id as text), 3, 'CAN_MANAGE' from tree_object where path = '/Shared';
insert into granted (workspace_id, kind, object_id, principal_id, level)
select id, 'sign_in', 'tokens', 3, 'CAN_USE' from workspace where id <> 0;
insert into granted (workspace_id, kind, object_id, principal_id, level)
select id, 'sign_in', 'passwords', 3, 'CAN_USE' from workspace where id <> 0;

-- A job runs as its owner unless it says as whom; a run remembers who asked for it.
alter table job add column owner_id bigint not null default 0;
update job set owner_id = creator_id;
alter table job add column run_as_id bigint not null default 0;
alter table run add column creator_id bigint not null default 0;
update run set creator_id = owner_id;
