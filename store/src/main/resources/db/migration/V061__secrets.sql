-- Secrets of a workspace: scopes hold them, and say who may do what with all that they hold.
create table secret_scope (
    id bigint primary key,
    workspace_id bigint not null references workspace (id),
    name text not null,
    -- The name as it is compared.
    name_key text not null,
    created_at bigint not null,
    unique (workspace_id, name_key)
);

create table secret_acl (
    scope_id bigint not null references secret_scope (id),
    principal_id bigint not null references principal (id),
    permission text not null,
    primary key (scope_id, principal_id)
);
create index secret_acl_principal on secret_acl (principal_id);

create table secret (
    scope_id bigint not null references secret_scope (id),
    name text not null,
    -- The name as it is compared.
    name_key text not null,
    -- Which key of the platform opens the value.
    key_version integer not null,
    sealed ${bytes} not null,
    changed_at bigint not null,
    primary key (scope_id, name_key)
);
