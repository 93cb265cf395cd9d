-- What nodes were busy with, told by their agents about every twenty seconds; kept for seven days.
create table node_load (
    node_id text not null,
    at bigint not null,
    cluster_id text not null,
    role text not null,
    cpu_cores double precision not null,
    memory_bytes bigint not null,
    disk_free_bytes bigint not null,
    primary key (node_id, at)
);
create index node_load_cluster on node_load (cluster_id, at);
create index node_load_at on node_load (at);
