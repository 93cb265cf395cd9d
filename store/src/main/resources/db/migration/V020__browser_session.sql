create table browser_session (
    hash text primary key,
    user_id bigint not null references app_user (id),
    created_at bigint not null,
    used_at bigint not null
);

create table sign_in_code (
    hash text primary key,
    user_id bigint not null references app_user (id),
    expires_at bigint not null
);
