-- The embedded database does one thing at a time: while a story is owed to fifty thousand channels in one transaction,
-- nobody is answered. There it is owed in pieces, and what is left is kept here, in the transaction that stores the story.
create table fan_out (
  id          bigint generated always as identity primary key,
  story_id    bigint      not null references story on delete cascade,
  channel_ids bigint[]    not null,
  done        integer     not null default 0,
  late        jsonb,
  created_at  timestamptz not null
);
comment on table fan_out is 'An alert that is still to be owed to channels; finished before the next article is stored, and at the next start.';
comment on column fan_out.channel_ids is 'All that are left when it was begun.';
comment on column fan_out.done is 'How many of them are owed by now.';
comment on column fan_out.late is 'As in delivery.';
