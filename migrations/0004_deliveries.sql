-- The outbox: what is owed to each channel, and what became of it. The state of each line is in the table channel.

create table delivery (
  id         bigint generated always as identity primary key,
  channel_id bigint      not null references channel,
  subject    text        not null,
  kind       text        not null check (kind in ('alert', 'digest', 'notice')),
  story_id   bigint      references story,
  message    jsonb,
  state      text        not null default 'owed' check (state in ('owed', 'sent', 'failed')),
  attempts   integer     not null default 0,
  uncertain  boolean     not null default false,
  created_at timestamptz not null,
  sent_at    timestamptz,
  ref        jsonb,
  last_error text,
  unique (channel_id, subject)
);
comment on table delivery is 'One message owed to one channel. A subject is told once a channel, for ever: rows are never deleted.';
comment on column delivery.message is 'Of a digest or notice; an alert is rendered from its story when it is sent.';
comment on column delivery.attempts is 'How many times a send was begun.';
comment on column delivery.uncertain is 'An earlier try may have arrived.';
comment on column delivery.ref is 'Where the platform put it: workspaceId, channelId, messageId.';
create index delivery_line on delivery (channel_id, id) where state = 'owed';
create index delivery_owed_since on delivery (created_at) where state = 'owed';
create index delivery_failed on delivery (id) where state = 'failed';
