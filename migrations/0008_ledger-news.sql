-- From news to ledger: what articles say has changed, what people ruled of it, and reminders of dates ahead.
-- Only added to: a fact's day (`true_from`) and since when it was known (`known_at`) are two things.

create table proposal (
  id        bigint generated always as identity primary key,
  type      text        not null check (type in ('position', 'rule', 'event')),
  about     text        not null,
  state     text        not null,
  true_from text        not null,
  known_at  timestamptz not null,
  change    jsonb       not null,
  quiet     boolean     not null,
  look_at   timestamptz
);
comment on table proposal is 'A change of a company''s position or a place''s rule that news tell of. Reported, not a fact, until a workspace confirms it.';
comment on column proposal.about is 'Company or code of a place.';
comment on column proposal.state is 'What it is now, or what happened to the rule.';
comment on column proposal.true_from is '2026-11-23, 2026-11 or 2026.';
comment on column proposal.known_at is 'When its first article was published.';
comment on column proposal.quiet is 'Only first readings of feeds told it: nobody is told.';
comment on column proposal.look_at is 'Since when it waits to be told of or confirmed by a workspace''s rule; null: nothing to do.';
create index proposal_about on proposal (about, type, state);
create index proposal_look on proposal (look_at, id) where look_at is not null;

create table proposal_source (
  proposal_id bigint not null references proposal,
  article_id  bigint not null references article,
  change      jsonb  not null,
  primary key (proposal_id, article_id)
);
comment on table proposal_source is 'An article that tells it, with its own reading: dates and the words that they rest on.';
create index proposal_source_article on proposal_source (article_id);

create table proposal_verdict (
  id           bigint generated always as identity primary key,
  proposal_id  bigint      not null references proposal,
  workspace_id bigint      not null references workspace,
  verdict      text        not null check (verdict in ('confirmed', 'rejected')),
  change       jsonb       not null,
  by_id        text,
  by_name      text        not null,
  at           timestamptz not null
);
comment on table proposal_verdict is 'What a workspace ruled; the last word counts, the words before stay.';
comment on column proposal_verdict.change is 'What was confirmed: as reported, or as the person put it right.';
comment on column proposal_verdict.by_id is 'Null: the workspace''s own rule, no person.';
create index proposal_verdict_of on proposal_verdict (workspace_id, proposal_id, id);

alter table workspace add column confirms text not null default 'people'
  check (confirms in ('people', 'official', 'two', 'either'));
comment on column workspace.confirms is 'What besides people may confirm a reported change: an official source, two independent outlets, either.';

alter table subscription drop constraint subscription_mode_check;
alter table subscription add constraint subscription_mode_check check (mode in ('alerts', 'digest', 'both', 'changes'));

create table reminder (
  id              bigint generated always as identity primary key,
  channel_id      bigint      not null references channel,
  jurisdiction    text,
  company         text,
  zone            text        not null,
  told_until      date        not null,
  next_at         timestamptz not null,
  created_by      text        not null,
  created_by_name text        not null,
  created_at      timestamptz not null,
  ended_at        timestamptz
);
comment on table reminder is 'A channel that wants to hear of dates ahead, 90, 30, 7 and 1 days before.';
comment on column reminder.told_until is 'The last day in its zone whose reminders were owed.';
create unique index reminder_once on reminder (channel_id, coalesce(jurisdiction, ''), coalesce(company, '')) where ended_at is null;
create index reminder_due on reminder (next_at) where ended_at is null;
