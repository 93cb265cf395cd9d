-- Instance profiles that clusters of a workspace may have.
create table instance_profile (
    workspace_id bigint not null,
    arn text not null,
    -- Empty: that of the same name.
    role_arn text not null,
    meta int not null,
    primary key (workspace_id, arn)
);
