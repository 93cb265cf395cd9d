create table event (
    seq ${serial},
    at bigint not null,
    actor text not null,
    kind text not null,
    subject text not null,
    body text not null
);
create index event_subject on event (subject, seq);
