-- What a context or command is part of: a task run, a notebook, or nothing but itself. Who may read a command's output is known for as
-- long as the output is, not only while its context lives.
alter table context add column part_of_kind text not null default 'context';
alter table context add column part_of_id text not null default '';
update context set part_of_id = id;
update context set part_of_kind = 'task_run', part_of_id = ${second_word_of_id} where id like 'task-%';
update context set part_of_kind = 'notebook', part_of_id = ${second_word_of_id} where id like 'notebook-%';
create index context_part_of on context (part_of_kind, part_of_id);

alter table command add column part_of_kind text not null default 'context';
alter table command add column part_of_id text not null default '';
alter table command add column owner text not null default '';
update command set part_of_id = context_id;
update command set part_of_kind = 'task_run', part_of_id = ${second_word_of_id} where id like 'task-%';
update command set part_of_kind = 'notebook', part_of_id = ${second_word_of_id} where id like 'notebook-%';
update command set owner = coalesce((select context.owner from context where context.id = command.context_id), '');
update command set owner = coalesce(
    (select run.owner from task_run join run on run.id = task_run.run_id
     where task_run.id = cast(command.part_of_id as bigint)), '')
where owner = '' and part_of_kind = 'task_run';
update command set owner = coalesce(
    (select notebook_session.runner from notebook_session
     where notebook_session.object_id = cast(command.part_of_id as bigint)), '')
where owner = '' and part_of_kind = 'notebook';
create index command_part_of on command (part_of_kind, part_of_id);
