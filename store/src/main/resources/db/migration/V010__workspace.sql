create table workspace_object (
    id bigint primary key,
    path text not null unique,
    parent text not null,
    type text not null,
    language text,
    stored_as text not null,
    owner text not null,
    created_at bigint not null,
    modified_at bigint not null,
    size bigint not null
);
create index workspace_object_parent on workspace_object (parent);

-- Apart from the objects, so that listing a folder reads no contents.
create table workspace_content (
    object_id bigint primary key references workspace_object (id) on delete cascade,
    content ${bytes} not null
);
