-- Bytes of objects. Few bytes are a row of blob_inline; more are a file that has the number of its blob; what was put together of parts
-- is a list of pieces of such blobs.
create table blob (
    id bigint primary key,
    size bigint not null,
    -- How many objects, parts and pieces have it.
    refs bigint not null
);

create table blob_inline (
    id bigint primary key,
    bytes ${bytes} not null
);

create table blob_piece (
    id bigint not null,
    position bigint not null,
    -- Where it begins in the whole.
    start bigint not null,
    size bigint not null,
    -- INLINE or FILE, and its number.
    layout text not null,
    leaf bigint not null,
    -- Where it begins in its leaf.
    skip bigint not null,
    -- Of the upload; what is known of the part stands at its first piece.
    part bigint not null,
    checksum text not null,
    primary key (id, position)
) ${clustered};

-- Files that nobody needs any more.
create table blob_doomed (
    id bigint primary key
);

create table bucket (
    id bigint primary key,
    name text ${bytewise} not null unique,
    account text not null,
    region text not null,
    created_at bigint not null,
    -- Grows whenever something of the bucket is set anew.
    revision bigint not null,
    versioning text not null,
    -- What is set, as one object: names of settings and their documents.
    settings text not null,
    -- 1: has rules by which objects go; start of the day for which they went last.
    lifecycle integer not null,
    swept_on bigint not null
);
create index bucket_account on bucket (account, name);
create index bucket_lifecycle on bucket (swept_on) where lifecycle = 1;

-- Versions of objects, the newest of a key first: rank falls. Without versioning a key has one.
create table object_version (
    bucket_id bigint not null,
    key text ${bytewise} not null,
    rank bigint not null,
    version_id text not null,
    current integer not null,
    marker integer not null,
    at bigint not null,
    size bigint not null,
    etag text not null,
    storage_class text not null,
    -- The account.
    owner text not null,
    checksum text not null,
    layout text not null,
    blob bigint not null,
    head text not null,
    primary key (bucket_id, key, rank)
) ${clustered};

create table upload (
    bucket_id bigint not null,
    key text ${bytewise} not null,
    id text ${bytewise} not null,
    -- The number by which its parts name it.
    number bigint not null unique,
    at bigint not null,
    owner text not null,
    initiator text not null,
    storage_class text not null,
    checksum text not null,
    head text not null,
    -- What came of it; empty before its end.
    outcome text not null,
    ended_at bigint not null,
    primary key (bucket_id, key, id)
) ${clustered};
create index upload_ended on upload (ended_at) where ended_at > 0;

create table upload_part (
    upload bigint not null,
    number bigint not null,
    size bigint not null,
    etag text not null,
    checksum text not null,
    layout text not null,
    blob bigint not null,
    at bigint not null,
    primary key (upload, number)
) ${clustered};
