-- How people sign in who have no token: a password, and the links with which they choose one.
create table password (
    user_id bigint primary key references principal (id),
    -- Argon2id, with its salt and costs in it.
    hash text not null,
    changed_at bigint not null
);

create table invitation (
    hash text primary key,
    workspace_id bigint not null,
    user_id bigint not null references principal (id),
    expires_at bigint not null
);
create index invitation_user on invitation (user_id);
