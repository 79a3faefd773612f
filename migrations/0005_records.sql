-- What people did and said, and small things that must outlive a process.

create table feedback (
  id         bigint generated always as identity primary key,
  story_id   bigint      not null references story,
  channel_id bigint      not null references channel,
  actor_id   text        not null,
  actor_name text        not null,
  verdict    text        not null,
  detail     text        not null default '',
  title      text        not null,
  text       text        not null,
  lang       text        not null,
  at         timestamptz not null,
  unique (story_id, actor_id, verdict, detail)
);
comment on table feedback is 'What people said of a story, with the words they saw: the learning script reads it.';
create index feedback_at on feedback (at);

create table audit (
  id           bigint generated always as identity primary key,
  workspace_id bigint      not null references workspace,
  channel_id   bigint      references channel,
  actor_id     text        not null,
  actor_name   text        not null,
  action       text        not null,
  detail       text        not null,
  at           timestamptz not null
);
comment on table audit is 'Who changed what.';
create index audit_of on audit (workspace_id, id);

create table button (
  key     text        primary key,
  payload text        not null,
  kept_at timestamptz not null
);
comment on table button is 'What stands behind a button whose argument is longer than a platform takes; kept for 90 days.';
create index button_kept on button (kept_at);

create table setting (
  name  text primary key,
  value text not null
);
comment on table setting is 'Small named values.';
