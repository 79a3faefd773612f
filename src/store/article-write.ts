import type { FeedItem, PublisherKind } from '../model/feed.js'
import type { Kind, Stage, Tags } from '../model/tags.js'
import type { Query } from './database.js'
import { keyOf, pageOf } from './item-keys.js'
import { cut, json, LIMITS } from './text.js'

/** What an article takes from its feed. */
export interface SourceFeed {
  id: number
  publisher: string
  kind: PublisherKind
  inCatalogue: boolean
}

/** An article as it is written: cut to what we keep. */
export interface StoredArticle {
  feed: SourceFeed
  title: string
  link: string | null
  summary: string
  outlet: string
  /** Said by a public body itself. */
  official: boolean
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

const PUBLIC_BODIES: readonly PublisherKind[] = ['government', 'regulator', 'legislature', 'court']
const MOST_TAGS = 100
const MOST_EVIDENCE = 300
/** No article is older than the web; an earlier date is a feed's mistake. */
const FIRST_YEAR = 1990

export function articleOf(
  item: FeedItem,
  tags: Tags,
  feed: SourceFeed,
  { now, quiet }: { now: Date; quiet: boolean }
): StoredArticle {
  return {
    feed,
    title: cut(item.title, LIMITS.title),
    link: item.link !== null && item.link.length <= LIMITS.link ? item.link : null,
    summary: cut(item.summary, LIMITS.summary),
    outlet: feed.publisher,
    official: PUBLIC_BODIES.includes(feed.kind),
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

/** The article with the keys by which it is known again. Returns its id. */
export async function insertArticle(query: Query, article: StoredArticle, keys: readonly string[]): Promise<number> {
  const [row] = await query<{ id: number }>(
    `with stored as (
       insert into article (feed_id, title, link, page, summary, outlet, official, lang, published, seen_at, quiet,
         relevant, score, companies, jurisdictions, kind, stage, evidence)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
       returning id
     ), keyed as (
       insert into article_key (feed_id, key, article_id)
       select $1, key, stored.id from stored, unnest($19::text[]) as key
       on conflict do nothing
     )
     select id from stored`,
    [
      article.feed.id,
      article.title,
      article.link,
      article.link && pageOf(article.link),
      article.summary,
      article.outlet,
      article.official,
      article.lang,
      article.published,
      article.seenAt,
      article.quiet,
      article.relevant,
      article.score,
      article.companies,
      article.jurisdictions,
      article.kind,
      article.stage,
      json(article.evidence),
      [...new Set(keys.map(keyOf))]
    ]
  )
  return row!.id
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
