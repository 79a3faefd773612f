-- What is watched: feeds, with what the last poll of each learned.

create table feed (
  id               bigint generated always as identity primary key,
  url              text        not null unique,
  title            text        not null,
  publisher        text        not null,
  kind             text        not null,
  jurisdiction     text,
  lang             text        not null,
  in_catalogue     boolean     not null default false,
  active           boolean     not null default true,
  fetch_url        text        not null,
  etag             text,
  last_modified    text,
  body_hash        text,
  first_polled_at  timestamptz,
  last_polled_at   timestamptz,
  last_success_at  timestamptz,
  last_change_at   timestamptz,
  interval_seconds integer     not null default 900,
  failures         integer     not null default 0,
  last_error       text,
  next_poll_at     timestamptz not null,
  hold_until       timestamptz,
  claimed_by       text,
  claimed_until    timestamptz
);
comment on table feed is 'An RSS, Atom or JSON Feed address that is polled once however many want it.';
comment on column feed.active is 'In the catalogue, or a workspace added it. Others are kept with their articles and not polled.';
comment on column feed.fetch_url is 'Where permanent redirects led; url when there were none.';
comment on column feed.first_polled_at is 'Null until the first good poll, which tells nobody anything.';
comment on column feed.hold_until is 'The server asked not to be polled before then.';
comment on column feed.claimed_until is 'A process is polling it until then.';
create index feed_due on feed (next_poll_at) where active;

create table workspace_feed (
  workspace_id bigint      not null references workspace,
  feed_id      bigint      not null references feed,
  added_by     text        not null,
  added_at     timestamptz not null,
  primary key (workspace_id, feed_id)
);
comment on table workspace_feed is 'Feeds that a workspace added for itself. Their stories are owed to that workspace alone, unless the catalogue has the feed too.';
create index workspace_feed_of on workspace_feed (feed_id);
