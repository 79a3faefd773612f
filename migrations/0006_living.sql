-- Alerts that live on: edits of what was told, replies on material changes, deliveries that wait, and what people ruled.

alter table channel
  add column threads       text     not null default 'on' check (threads in ('on', 'off', 'both')),
  add column style         text     not null default 'compact' check (style in ('compact', 'full')),
  add column single_source text     not null default 'label' check (single_source in ('label', 'wait')),
  add column quiet_from    smallint check (quiet_from between 0 and 23),
  add column quiet_until   smallint check (quiet_until between 0 and 23),
  add column quiet_zone    text,
  add column urgent        boolean  not null default false,
  add column hourly_cap    smallint not null default 0 check (hourly_cap >= 0),
  add column line_held     boolean  not null default false;
comment on column channel.threads is 'Material changes: on, a reply in the thread; off, a new alert that links the first; both.';
comment on column channel.single_source is 'What one unofficial source alone tells: label, told and labelled; wait, up to an hour for a second one.';
comment on column channel.quiet_from is 'Quiet hours in quiet_zone, from this hour to quiet_until; null: none.';
comment on column channel.urgent is 'Events of rules in force and deadlines pass quiet hours.';
comment on column channel.hourly_cap is 'Alerts an hour; what is beyond is told in one list. 0: no cap.';
comment on column channel.line_held is 'line_ready_at is when the first held delivery may go, not what a platform asked for: what is owed anew need not wait for it.';

-- An older program never meets the new states: it looks at what is owed, and they are not.
alter table delivery drop constraint delivery_state_check;
alter table delivery add constraint delivery_state_check check (state in ('owed', 'sent', 'failed', 'folded', 'dropped'));
alter table delivery
  add column parent_id   bigint references delivery,
  add column in_thread   boolean not null default false,
  add column late        jsonb,
  add column held_until  timestamptz,
  add column held_for    text check (held_for in ('quiet', 'cap', 'source')),
  add column folded_into bigint references delivery,
  add column shown       text,
  add column edit_asked  integer not null default 0,
  add column edit_due_at timestamptz,
  add column edit_owner  text,
  add column edited_at   timestamptz,
  add column edits       integer not null default 0,
  add column edits_ended text;
comment on column delivery.parent_id is 'The alert whose story this message carries on.';
comment on column delivery.in_thread is 'Said in the thread of parent_id; else a message of its own that links it.';
comment on column delivery.late is 'What a later article added that made the story match: companies, jurisdictions, outlet.';
comment on column delivery.held_until is 'Waits until then by the channel''s own wish; the line goes on without it.';
comment on column delivery.held_for is 'Why it waits or waited: quiet hours, the cap, a second source.';
comment on column delivery.folded_into is 'Told as one line of that delivery''s list.';
comment on column delivery.shown is 'Digest of the message as it was last shown: an edit that would change nothing is not made.';
comment on column delivery.edit_asked is 'How often the story grew after it was told.';
comment on column delivery.edit_due_at is 'When the message is to be changed, or when the lease of the process that changes it runs out.';
comment on column delivery.edits_ended is 'Why the message is changed no more.';
create index delivery_edit on delivery (edit_due_at, id) where edit_due_at is not null;
create index delivery_story on delivery (story_id) where story_id is not null;
create index delivery_sent on delivery (channel_id, sent_at) where sent_at is not null;

create table story_silence (
  workspace_id bigint      not null references workspace,
  story_id     bigint      not null references story,
  at           timestamptz not null,
  primary key (workspace_id, story_id)
);
comment on table story_silence is 'Three people of a workspace found a story not relevant: nothing more of it is told there.';

alter table story add column merged_into bigint references story;
comment on column story.merged_into is 'A person found it to be the same event as that one, which has its articles now.';
alter table article
  add column apart_from bigint references story,
  add column placed_by  text;
comment on column article.apart_from is 'The story that a person took it out of: it, and what copies it, never joins that one again.';
comment on column article.placed_by is 'Who put it into its story by hand.';
