-- What admins set for a workspace: values by key, and what is taken away again stays as a version without a value.
create table setting (
    workspace_id bigint not null,
    name text not null,
    value text,
    version bigint not null,
    primary key (workspace_id, name)
);

create table ip_access_list (
    id text primary key,
    workspace_id bigint not null,
    label text not null,
    list_type text not null,
    addresses text not null,
    enabled integer not null,
    created_at bigint not null,
    created_by_id bigint not null,
    updated_at bigint not null,
    updated_by_id bigint not null
);

alter table token add column created_by_id bigint not null default 0;
update token set created_by_id = user_id;
-- Start of the day of its last use, epoch milliseconds; 0 = never.
alter table token add column used_on bigint not null default 0;
