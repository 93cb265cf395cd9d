-- Accounts of AWS. generation grows with each change of what somebody of the account may do, so that what was read before is known to be old.
create table aws_account (
    id text primary key,
    name text not null,
    -- By which S3 knows it.
    canonical_id text not null,
    alias text,
    password_policy text,
    -- 1 = the one that is meant where nobody names one.
    standard integer not null,
    generation bigint not null,
    created_at bigint not null
);
create unique index aws_account_name on aws_account (name);
create unique index aws_account_alias on aws_account (alias);

-- What has a name in an account: users, groups, roles, policies, instance profiles, providers of identities. folded is the name in small
-- letters; boundary the policy that is the most somebody may do; detail what only one kind has.
create table aws_entity (
    id text primary key,
    account text not null references aws_account (id),
    kind text not null,
    name text not null,
    folded text not null,
    path text not null,
    description text,
    created_at bigint not null,
    changed_at bigint not null,
    tags text not null,
    boundary text,
    detail text not null,
    used_at bigint not null default 0,
    used_region text not null default ''
);
create unique index aws_entity_name on aws_entity (account, kind, folded);
create index aws_entity_boundary on aws_entity (account, boundary) where boundary is not null;

create table aws_policy_version (
    policy_id text not null references aws_entity (id),
    version integer not null,
    document text not null,
    created_at bigint not null,
    primary key (policy_id, version)
);

create table aws_inline_policy (
    entity_id text not null references aws_entity (id),
    name text not null,
    document text not null,
    primary key (entity_id, name)
);

-- Policies have their names here, since those that AWS keeps are in no table.
create table aws_attached_policy (
    entity_id text not null references aws_entity (id),
    policy text not null,
    account text not null,
    primary key (entity_id, policy)
);
create index aws_attached_policy_policy on aws_attached_policy (account, policy, entity_id);

create table aws_group_member (
    group_id text not null references aws_entity (id),
    user_id text not null references aws_entity (id),
    primary key (group_id, user_id)
);
create index aws_group_member_user on aws_group_member (user_id, group_id);

create table aws_profile_role (
    profile_id text primary key references aws_entity (id),
    role_id text not null references aws_entity (id)
);
create index aws_profile_role_role on aws_profile_role (role_id, profile_id);

create table aws_login_profile (
    user_id text primary key references aws_entity (id),
    hash text not null,
    reset_required integer not null,
    created_at bigint not null
);

-- Keys that last. No user: the account's own.
create table aws_access_key (
    id text primary key,
    account text not null references aws_account (id),
    user_id text references aws_entity (id),
    status text not null,
    sealed ${bytes} not null,
    key_version integer not null,
    created_at bigint not null,
    used_at bigint not null default 0,
    used_service text not null default '',
    used_region text not null default ''
);
create index aws_access_key_user on aws_access_key (account, user_id);

-- Temporary keys, each with its token. entity_id: the role or user; none: the account's own.
create table aws_session (
    key_id text primary key,
    account text not null references aws_account (id),
    entity_id text references aws_entity (id) on delete cascade,
    sealed ${bytes} not null,
    key_version integer not null,
    detail text not null,
    created_at bigint not null,
    expires_at bigint not null
);
create index aws_session_expires on aws_session (expires_at);
create index aws_session_entity on aws_session (entity_id);
