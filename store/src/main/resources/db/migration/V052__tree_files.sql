-- The bytes of files lie on the disk, where code on clusters reads and writes them too. What is remembered of each file and folder there:
-- its number in the file system (0: not there yet, the bytes are in tree_content) and the time of its last change.
alter table tree_object add column file_key bigint not null default 0;
alter table tree_object add column file_time bigint not null default 0;
create index tree_object_file on tree_object (workspace_id, file_key) where file_key <> 0;
