-- Who is told what: workspaces, their channels, what each channel asked for, and when its digest goes out.

create table workspace (
  id          bigint generated always as identity primary key,
  platform    text        not null check (platform in ('slack', 'discord', 'terminal')),
  external_id text        not null,
  name        text        not null,
  zone        text        not null default 'UTC',
  changes     text        not null default 'anyone' check (changes in ('anyone', 'admins')),
  created_at  timestamptz not null,
  unique (platform, external_id)
);
comment on table workspace is 'A Slack team, a Discord guild, or the terminal.';
comment on column workspace.external_id is 'The platform''s own id.';
comment on column workspace.zone is 'IANA time zone.';

create table channel (
  id               bigint generated always as identity primary key,
  workspace_id     bigint      not null references workspace,
  platform         text        not null,
  external_id      text        not null,
  name             text        not null,
  paused_reason    text,
  paused_at        timestamptz,
  line_ready_at    timestamptz,
  line_owner       text,
  line_delivery_id bigint,
  created_at       timestamptz not null,
  unique (workspace_id, external_id)
);
comment on table channel is 'A place that messages go to, with the state of its line: the deliveries owed to it, oldest first, sent one at a time.';
comment on column channel.platform is 'The workspace''s platform, repeated for the index.';
comment on column channel.paused_reason is 'Why nothing is sent at present; null when all is well.';
comment on column channel.line_ready_at is 'When the head of the line may be sent: at once, after a rate limit, or when the lease of the process that sends it runs out. Null: nothing is owed.';
comment on column channel.line_owner is 'The process that is sending the head of the line; null when none is.';
comment on column channel.line_delivery_id is 'What line_owner is sending.';
create index channel_line on channel (platform, line_ready_at, id) where line_ready_at is not null and paused_reason is null;

create table platform_block (
  platform text primary key,
  until    timestamptz not null
);
comment on table platform_block is 'A rate limit of a whole platform: nothing goes out before `until`.';

create table subscription (
  id              bigint generated always as identity primary key,
  channel_id      bigint      not null references channel,
  mode            text        not null check (mode in ('alerts', 'digest', 'both')),
  filter          jsonb       not null,
  filter_digest   text        not null,
  anchors         text[]      not null,
  jurisdictions   text[]      not null,
  kinds           text[]      not null,
  created_by      text        not null,
  created_by_name text        not null,
  created_at      timestamptz not null,
  ended_at        timestamptz,
  ended_by        text
);
comment on table subscription is 'What a channel asked to hear of. Ended ones are kept for the audit.';
comment on column subscription.filter_digest is 'The same for equal filters, whatever the order inside.';
comment on column subscription.anchors is 'Keys of the filter''s narrowest field: a story can only match when it has one of them (src/store/keys.ts).';
comment on column subscription.jurisdictions is 'Keys of the places asked for; empty when the filter asks for none.';
create unique index subscription_once on subscription (channel_id, filter_digest) where ended_at is null;
create index subscription_anchors on subscription using gin (anchors) with (fastupdate = off) where ended_at is null and mode <> 'digest';

create table digest (
  channel_id   bigint      primary key references channel,
  weekday      smallint    not null check (weekday between 1 and 7),
  hour         smallint    not null check (hour between 0 and 23),
  zone         text        not null,
  enabled      boolean     not null,
  window_start timestamptz not null,
  next_at      timestamptz not null
);
comment on table digest is 'When a channel''s weekly digest goes out, and up to where it has been told.';
comment on column digest.weekday is 'ISO 8601: 1 is Monday.';
create index digest_due on digest (next_at) where enabled;
