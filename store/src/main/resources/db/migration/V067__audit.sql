-- Calls of all APIs, copied from the files of the audit log so that they can be searched. A call that was begun and has no end yet has the
-- outcome unknown. line: the whole entry as it stands in the file.
create table audit (
  seq ${serial},
  request_id text not null,
  at bigint not null,
  workspace_id bigint not null,
  actor text not null,
  address text not null,
  service text not null,
  action text not null,
  outcome text not null,
  subject text not null,
  line text not null
);
create index audit_newest on audit (workspace_id, at, seq);
create index audit_open on audit (request_id) where outcome = 'unknown';
create index audit_not_ok on audit (workspace_id, outcome, at, seq) where outcome <> 'ok';

-- How far the files have been copied: a name of a file, and how many of its bytes.
create table audit_position (
  only_row bigint primary key,
  file text not null,
  bytes bigint not null
);
