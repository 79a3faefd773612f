import type { FeedItem, PublisherKind } from '../../model/feed.js'
import type { Kind, Stage, Tags } from '../../model/tags.js'
import type { Query } from '../database.js'
import { cut, json, LIMITS } from '../text.js'
import { keyOf, pageOf } from './item-keys.js'

/** What an article takes from its feed. */
export interface SourceFeed {
  id: number
  publisher: string
  kind: PublisherKind
  inCatalogue: boolean
}

/** What is kept of an item and of its tags: cut to what we keep. */
export interface ArticleContent {
  title: string
  link: string | null
  summary: string
  lang: string
  /** As the feed says; null when it says nothing, or nothing that can be true. */
  published: Date | null
  seenAt: Date
  quiet: boolean
  relevant: boolean
  score: number
  companies: string[]
  jurisdictions: string[]
  kind: Kind | null
  stage: Stage | null
  evidence: Tags['evidence']
}

/** An article as it is written. */
export interface StoredArticle extends ArticleContent {
  feed: SourceFeed
  outlet: string
  /** Said by a public body itself. */
  official: boolean
}

/** Publishers whose word is official. */
export const PUBLIC_BODIES: readonly PublisherKind[] = ['government', 'regulator', 'legislature', 'court']
const MOST_TAGS = 100
const MOST_EVIDENCE = 300
/** No article is older than the web; an earlier date is a feed's mistake. */
const FIRST_YEAR = 1990

/** How an article arrived: `quiet`, with the first poll of its feed. */
export interface Arrival {
  now: Date
  quiet: boolean
}

export function articleOf(item: FeedItem, tags: Tags, feed: SourceFeed, arrival: Arrival): StoredArticle {
  const official = PUBLIC_BODIES.includes(feed.kind)
  return { feed, outlet: feed.publisher, official, ...contentOf(item, tags, arrival) }
}

export function contentOf(item: FeedItem, tags: Tags, { now, quiet }: Arrival): ArticleContent {
  return {
    title: cut(item.title, LIMITS.title),
    link: item.link !== null && item.link.length <= LIMITS.link ? item.link : null,
    summary: cut(item.summary, LIMITS.summary),
    lang: cut(tags.lang, LIMITS.name),
    published: readDate(item.published),
    seenAt: now,
    quiet,
    relevant: tags.relevant,
    score: tags.score,
    companies: storableTags(tags.companies),
    jurisdictions: storableTags(tags.jurisdictions),
    kind: tags.kind,
    stage: tags.stage,
    evidence: tags.evidence.slice(0, MOST_EVIDENCE)
  }
}

/** An article with the keys by which it is known again. */
export interface KeyedArticle {
  article: StoredArticle
  keys: readonly string[]
}

/** Stores articles of one feed, in one statement. Returns their ids, in order. */
export async function insertArticles(query: Query, keyed: readonly KeyedArticle[]): Promise<number[]> {
  const rows = await query<{ id: number }>(INSERT, [json(keyed.map(rowOf))])
  return rows.map(({ id }) => id)
}

const INSERT = `
  with item as materialized (
    select nextval(pg_get_serial_sequence('article', 'id')) as id, i.*
    from jsonb_to_recordset($1::jsonb) as i (feed_id bigint, title text, link text, page text, summary text, outlet text,
      official boolean, lang text, published timestamptz, seen_at timestamptz, quiet boolean, relevant boolean, score real,
      companies text[], jurisdictions text[], kind text, stage text, evidence jsonb, keys text[])
  ), stored as (
    insert into article (id, feed_id, title, link, page, summary, outlet, official, lang, published, seen_at, quiet,
      relevant, score, companies, jurisdictions, kind, stage, evidence)
    overriding system value
    select id, feed_id, title, link, page, summary, outlet, official, lang, published, seen_at, quiet,
      relevant, score, companies, jurisdictions, kind, stage, evidence from item order by id
  ), keyed as (
    insert into article_key (feed_id, key, article_id)
    select feed_id, key, id from item, unnest(keys) as key
    on conflict do nothing
  )
  select id from item order by id`

function rowOf({ article, keys }: KeyedArticle) {
  const { feed, link, seenAt, ...rest } = article
  return {
    ...rest,
    feed_id: feed.id,
    link,
    page: link && pageOf(link),
    seen_at: seenAt,
    keys: [...new Set(keys.map(keyOf))]
  }
}

export async function attachArticle(query: Query, articleId: number, storyId: number, reason: string | null) {
  await query('update article set story_id = $2, story_reason = $3 where id = $1', [
    articleId,
    storyId,
    reason && cut(reason, LIMITS.error)
  ])
}

function storableTags(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => cut(name, LIMITS.name)))].slice(0, MOST_TAGS)
}

function readDate(text: string | null): Date | null {
  if (text === null) return null
  const date = new Date(text)
  const year = date.getUTCFullYear()
  return year >= FIRST_YEAR && year < 10_000 ? date : null
}
