-- What a client sent to describe the thing, for the wire that it came through.
alter table cluster add column manifest text not null default '';
alter table job add column manifest text not null default '';
alter table run add column manifest text not null default '';
