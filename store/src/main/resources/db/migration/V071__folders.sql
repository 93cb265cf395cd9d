-- Who was given a folder sees what is in all folders below it: they are found without a look at any file.
create index tree_object_folder on tree_object (workspace_id, parent, path) where type = 'DIRECTORY';
