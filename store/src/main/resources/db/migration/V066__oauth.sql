-- OAuth: the keys that sign access tokens, secrets of service principals, and that people let programs act as them.
create table signing_key (
    id text primary key,
    -- Which key of the platform opens it.
    key_version integer not null,
    sealed ${bytes} not null,
    created_at bigint not null
);

create table program_secret (
    id text primary key,
    principal_id bigint not null references principal (id),
    hash text not null,
    created_at bigint not null,
    expires_at bigint not null
);
create index program_secret_principal on program_secret (principal_id);

create table program_login (
    id text primary key,
    -- 0 = the account.
    workspace_id bigint not null,
    user_id bigint not null references principal (id),
    client_id text not null,
    scope text not null,
    -- The personal access token that the browser's session began with: the login ends with it.
    token_id text,
    code_hash text not null unique,
    code_used integer not null default 0,
    redirect_uri text not null,
    challenge text not null,
    created_at bigint not null,
    expires_at bigint not null
);
create index program_login_user on program_login (user_id);

create table refresh_token (
    hash text primary key,
    login_id text not null references program_login (id),
    used integer not null default 0,
    expires_at bigint not null
);
create index refresh_token_login on refresh_token (login_id);
