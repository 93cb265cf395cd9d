-- People who sign in by a provider: whom it knows by which name, which never is somebody else's.
create table provided_user (
    issuer text not null,
    subject text not null,
    user_id bigint not null references principal (id),
    bound_at bigint not null,
    primary key (issuer, subject)
);
create unique index provided_user_user on provided_user (user_id, issuer);

-- 1: a provider has said so, and may say otherwise at the next sign-in. 0: it was given by hand.
alter table member add column provided integer not null default 0;

-- Sign-ins with which somebody has come back, until they are too old to come again.
create table used_sign_in (
    hash text primary key,
    expires_at bigint not null
);

-- Whose tokens are exchanged for ours, and for whose.
create table federation_policy (
    uid text primary key,
    -- The service principal that it is for; 0 = the account's, where the token says whose it is.
    principal_id bigint not null,
    policy_id text not null,
    description text not null,
    issuer text not null,
    audiences text not null,
    subject text,
    subject_claim text,
    jwks_uri text,
    jwks_json text,
    -- Another one with each change of what is above: tokens that came of it before name the one of before.
    stamp text not null,
    created_at bigint not null,
    changed_at bigint not null
);
create unique index federation_policy_id on federation_policy (principal_id, policy_id);
create index federation_policy_stamp on federation_policy (stamp);
