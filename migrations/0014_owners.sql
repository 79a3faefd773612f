-- Whoever asked for a channel is told directly when nothing can be posted there any more.

alter table channel add column owner_told_at timestamptz;
comment on column channel.owner_told_at is 'When the person who subscribed was last told that the channel is paused.';
create index channel_paused on channel (paused_at) where paused_reason is not null;
