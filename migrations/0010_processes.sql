-- Many processes on one store: who is alive, who keeps which gateway connection, and what was asked already.

create table process (
  id          text        primary key,
  host        text        not null,
  roles       text[]      not null,
  version     text        not null,
  started_at  timestamptz not null,
  seen_at     timestamptz not null,
  connections jsonb       not null default '{}'
);
comment on table process is 'Processes at work. Each writes seen_at every 5 s; whoever was not seen for 30 s is dead and its row is removed.';
comment on column process.connections is 'By platform, how this process is connected: well (boolean) and words.';

create table shard (
  platform     text        not null,
  number       integer     not null,
  count        integer     not null,
  owner        text,
  leased_until timestamptz,
  primary key (platform, number)
);
comment on table shard is 'Parts of a platform''s gateway, each kept connected by one process under a lease.';
comment on column shard.count is 'Into how many shards the gateway is split: the same in all rows of a platform.';

create table shard_claimant (
  platform text        not null,
  owner    text        not null,
  seen_at  timestamptz not null,
  primary key (platform, owner)
);
comment on table shard_claimant is 'Processes that take any shard: the shards are shared out among them.';

create table identify_slot (
  platform text        not null,
  bucket   integer     not null,
  free_at  timestamptz not null,
  primary key (platform, bucket)
);
comment on table identify_slot is 'When the next shard of a bucket may introduce itself to the gateway: Discord takes one every 5 s.';

create table request_seen (
  key text        primary key,
  at  timestamptz not null
);
comment on table request_seen is 'Requests of people that a platform may tell again, to this process or another; kept for 15 minutes.';
create index request_seen_at on request_seen (at);

alter table feed add column last_failure text;
comment on column feed.last_failure is 'Why the last poll failed, as a stable name; null when it went well.';

alter table delivery add column failed_at timestamptz;
comment on column delivery.failed_at is 'When a platform refused it for good.';
create index delivery_failed_at on delivery (failed_at) where failed_at is not null;
