-- A paused channel is tried again by itself: the word that it is back can be missed (a crash, a lost event).

alter table channel
  add column retry_at      timestamptz,
  add column retry_seconds integer;
comment on column channel.retry_at is 'When a paused channel is tried again, though nobody said that it is back; null: not by itself.';
comment on column channel.retry_seconds is 'How long the last such wait was: each is twice as long as the one before.';
create index channel_retry on channel (retry_at) where paused_reason is not null and retry_at is not null;

update channel set retry_at = paused_at, retry_seconds = 30 where paused_reason is not null and paused_at is not null;
