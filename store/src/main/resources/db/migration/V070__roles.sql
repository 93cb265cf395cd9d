-- Roles on service principals and groups, by number; object 0 = all of the account. Somebody may have several on one.
create table role_given (
    object_id bigint not null,
    role text not null,
    principal_id bigint not null,
    primary key (object_id, role, principal_id)
);
create index role_given_principal on role_given (principal_id);
