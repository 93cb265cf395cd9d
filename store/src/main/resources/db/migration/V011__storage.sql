-- Uploads in pieces that are still open. A row is the truth: bytes of the part file beyond size were never acknowledged.
create table dbfs_upload (
    handle bigint primary key,
    path text not null,
    owner text not null,
    overwrite integer not null,
    size bigint not null,
    touched_at bigint not null
);
