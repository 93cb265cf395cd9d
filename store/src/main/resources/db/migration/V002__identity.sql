create table app_user (
    id bigint primary key,
    user_name text not null unique,
    display_name text not null,
    admin integer not null,
    created_at bigint not null
);

create table token (
    id text primary key,
    user_id bigint not null references app_user (id),
    hash text not null unique,
    comment text not null,
    created_at bigint not null,
    expires_at bigint
);
