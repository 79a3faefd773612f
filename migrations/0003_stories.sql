-- What happened: stories, the articles that tell them, and their tags.

create table story (
  id            bigint generated always as identity primary key,
  title         text        not null,
  link          text,
  outlet        text        not null,
  summary       text        not null,
  lang          text        not null,
  official      boolean     not null,
  companies     text[]      not null,
  jurisdictions text[]      not null,
  kind          text        not null,
  stage         text,
  score         real        not null,
  published     timestamptz not null,
  first_seen_at timestamptz not null,
  updated_at    timestamptz not null,
  article_count integer     not null,
  outlets       text[]      not null,
  quiet         boolean     not null,
  public        boolean     not null,
  keys          text[]      not null,
  words         text        not null,
  search        tsvector    not null
);
comment on table story is 'One real-world event, told by one or more articles. Title, link, outlet, summary and language are its lead article''s.';
comment on column story.official is 'The lead article is said by a public body itself.';
comment on column story.quiet is 'Came with a first poll: kept and searchable, never alerted.';
comment on column story.public is 'An article of a catalogue feed tells it; else only feeds that a workspace added for itself.';
comment on column story.keys is 'Companies, places (each with all that holds it) and words of headlines, for finding stories that share one (src/store/keys.ts).';
comment on column story.words is 'Title, summary and companies in lower case without accents, words parted by single spaces.';
comment on column story.search is 'Headlines, summaries and tags of all its articles, by the configurations simple and english.';
-- fastupdate would make every search read a list of what was added last; PGlite has no autovacuum to clear it.
create index story_keys on story using gin (keys) with (fastupdate = off);
create index story_search on story using gin (search) with (fastupdate = off);
create index story_published on story (published desc, id desc);
create index story_first_seen on story (first_seen_at);

create table article (
  id            bigint generated always as identity primary key,
  feed_id       bigint      not null references feed,
  story_id      bigint      references story,
  story_reason  text,
  title         text        not null,
  link          text,
  page          text,
  summary       text        not null,
  outlet        text        not null,
  official      boolean     not null,
  lang          text        not null,
  published     timestamptz,
  seen_at       timestamptz not null,
  quiet         boolean     not null,
  relevant      boolean     not null,
  score         real        not null,
  companies     text[]      not null,
  jurisdictions text[]      not null,
  kind          text,
  stage         text,
  evidence      jsonb       not null
);
comment on table article is 'One item of one feed, with what the tagger said of it. Irrelevant ones are kept without a story, so that `why` can answer.';
comment on column article.story_reason is 'Why it joined its story; null when it began one.';
comment on column article.page is 'The link without scheme and tracking parameters: the same for the same page.';
create index article_story on article (story_id, id) where story_id is not null;
create index article_page on article (page) where page is not null;

create table article_key (
  feed_id    bigint not null references feed,
  key        text   not null,
  article_id bigint not null references article,
  primary key (feed_id, key)
);
comment on table article_key is 'By what an item is known again in its feed (src/feeds/identity.ts); long keys are cut and end in a digest.';

create table tag (
  type    text    not null check (type in ('company', 'jurisdiction')),
  name    text    not null,
  stories integer not null,
  primary key (type, name)
);
comment on table tag is 'Every company and place that any story has, with how many.';
