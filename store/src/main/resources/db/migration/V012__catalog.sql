-- At most one row: the metastore is made at the first start.
create table uc_metastore (
    id text primary key,
    name text not null,
    owner text not null,
    created_at bigint not null
);

create table uc_catalog (
    id text primary key,
    name text not null unique,
    comment text,
    properties text not null,
    storage_root text,
    owner text not null,
    created_at bigint not null,
    created_by text not null,
    updated_at bigint not null,
    updated_by text not null
);

create table uc_schema (
    id text primary key,
    catalog_id text not null references uc_catalog (id),
    name text not null,
    comment text,
    properties text not null,
    storage_root text,
    owner text not null,
    created_at bigint not null,
    created_by text not null,
    updated_at bigint not null,
    updated_by text not null,
    unique (catalog_id, name)
);

create table uc_table (
    id text primary key,
    schema_id text not null references uc_schema (id),
    name text not null,
    type text not null,
    format text,
    storage_location text,
    columns text not null,
    comment text,
    properties text not null,
    view_definition text,
    owner text not null,
    created_at bigint not null,
    created_by text not null,
    updated_at bigint not null,
    updated_by text not null,
    unique (schema_id, name)
);

-- Places handed out for managed tables that are being written and have no row in uc_table yet.
create table uc_staging_table (
    id text primary key,
    catalog_name text not null,
    schema_name text not null,
    name text not null,
    location text not null unique,
    created_by text not null,
    created_at bigint not null
);

-- Places of managed tables that are gone; their files are deleted after a while.
create table uc_dropped_location (
    location text primary key,
    full_name text not null,
    dropped_at bigint not null
);
