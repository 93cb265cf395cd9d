-- Users, service principals and groups as a directory keeps them: what is deleted stays as a name of the past, a group belongs to a
-- workspace or to the account, and a principal is in the workspaces it was assigned to.
create table principal_next (
    id bigint primary key,
    kind text not null,
    -- The workspace of a group that is known there only; 0 = the account.
    home_id bigint not null default 0,
    name text not null,
    -- The name as it is compared: no two principals of one home differ in case or in forms of letters only.
    name_key text not null,
    display_name text not null,
    given_name text not null default '',
    family_name text not null default '',
    emails text not null default '[]',
    external_id text,
    active integer not null default 1,
    created_at bigint not null,
    changed_at bigint not null default 0,
    -- 0 = it is there.
    gone_at bigint not null default 0
);
insert into principal_next (id, kind, name, name_key, display_name, created_at, changed_at)
select id, kind, name, lower(name), display_name, created_at, created_at from principal;
insert into principal_next (id, kind, name, name_key, display_name, created_at) values (3, 'GROUP', 'users', 'users', 'users', 0);

create table member_next (
    workspace_id bigint not null,
    group_id bigint not null references principal_next (id),
    principal_id bigint not null references principal_next (id),
    primary key (workspace_id, group_id, principal_id)
);
insert into member_next (workspace_id, group_id, principal_id) select workspace_id, group_id, principal_id from member;

insert into member_next (workspace_id, group_id, principal_id)
select 0, 1, principal_id from member where workspace_id = 1001 and group_id = 1;

create table token_next (
    id text primary key,
    workspace_id bigint not null,
    user_id bigint not null references principal_next (id),
    hash text not null unique,
    comment text not null,
    created_at bigint not null,
    expires_at bigint
);
insert into token_next (id, workspace_id, user_id, hash, comment, created_at, expires_at)
select id, workspace_id, user_id, hash, comment, created_at, expires_at from token;

create table browser_session_next (
    hash text primary key,
    workspace_id bigint not null,
    user_id bigint not null references principal_next (id),
    token_id text references token_next (id),
    created_at bigint not null,
    used_at bigint not null
);
insert into browser_session_next (hash, workspace_id, user_id, token_id, created_at, used_at)
select hash, workspace_id, user_id, token_id, created_at, used_at from browser_session;

create table sign_in_code_next (
    hash text primary key,
    workspace_id bigint not null,
    user_id bigint not null references principal_next (id),
    token_id text references token_next (id),
    expires_at bigint not null
);
insert into sign_in_code_next (hash, workspace_id, user_id, token_id, expires_at)
select hash, workspace_id, user_id, token_id, expires_at from sign_in_code;

drop table sign_in_code;
drop table browser_session;
drop table token;
drop table member;
drop table principal;
alter table principal_next rename to principal;
alter table member_next rename to member;
alter table token_next rename to token;
alter table browser_session_next rename to browser_session;
alter table sign_in_code_next rename to sign_in_code;

create unique index principal_name on principal (home_id, name_key) where gone_at = 0;
create index principal_kind on principal (kind, home_id, id) where gone_at = 0;
create index principal_external on principal (external_id) where external_id is not null;
create index member_principal on member (principal_id, workspace_id, group_id);
create index token_user on token (user_id, workspace_id);
create index browser_session_user on browser_session (user_id);

-- Who is in a workspace, with what they are entitled to there; workspace 0 = the account.
create table assigned (
    workspace_id bigint not null,
    principal_id bigint not null references principal (id),
    entitlements text not null default '[]',
    roles text not null default '[]',
    primary key (workspace_id, principal_id)
);
create index assigned_principal on assigned (principal_id, workspace_id);
insert into assigned (workspace_id, principal_id) select 1001, id from principal where kind = 'USER';
-- Everybody could make clusters.
insert into assigned (workspace_id, principal_id, entitlements)
values (1001, 3, '["workspace-access","databricks-sql-access","allow-cluster-create"]');
