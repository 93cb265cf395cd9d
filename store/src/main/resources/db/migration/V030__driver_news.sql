-- How far the news of a cluster's driver have been stored; written together with them.
create table driver_cursor (
    cluster_id text primary key,
    launch integer not null,
    cursor text not null
);
