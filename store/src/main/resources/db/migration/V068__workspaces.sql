-- Workspaces are made and deleted. The name, which no two have, is the first label of a host name; of one that is gone, its number stands behind.
alter table workspace add column title text not null default '';
alter table workspace add column credentials_id text;
alter table workspace add column storage_id text;
alter table workspace add column network_id text;
alter table workspace add column manifest text not null default '';
-- 0 = it is there.
alter table workspace add column gone_at bigint not null default 0;
update workspace set title = name;

-- What an account keeps to make workspaces of: credentials, storage configurations, networks.
create table account_part (
    id text primary key,
    kind text not null,
    name text not null,
    manifest text not null,
    created_at bigint not null
);
create unique index account_part_name on account_part (kind, name);

-- Admins of the account have a role there that says so.
insert into assigned (workspace_id, principal_id, roles)
select 0, principal_id, '["account_admin"]' from member where workspace_id = 0 and group_id = 1
on conflict (workspace_id, principal_id) do nothing;
