import PQueue from 'p-queue'
import type { Message } from '../../chat/message.js'
import type { Change } from '../../ledger/change.js'
import type { FeedItem } from '../../model/feed.js'
import type { Article, Story } from '../../model/story.js'
import type { Filter } from '../../model/subscription.js'
import type { Kind, Stage, Tags } from '../../model/tags.js'
import type { Database, Query } from '../database.js'
import { type KeptArticles, keepArticles } from './article-keep.js'
import { finishFanOuts } from './fan-out.js'
import { ingest, lockSource } from './ingest.js'
import { keyOf, pageOf } from './item-keys.js'

/** The keys by which an item is known again within its feed, strongest first; made by `src/feeds/identity.ts`. */
export interface ItemIdentity {
  item: FeedItem
  /** `guid:…`, `url:…`, `title:…`; an item is known when its deciding keys are (see identity.ts). */
  keys: string[]
  /** Which sets of keys make it the same article: any one set whose keys are all stored. */
  sameIf: string[][]
}

/** A tagged new article on its way in. */
export interface NewArticle {
  identity: ItemIdentity
  tags: Tags
  /** What it says has changed of rules and positions; kept as proposals in the same transaction. */
  changes?: Change[]
}

/** How the store asks the stories room to which story an article belongs; null: a new one. Pure; see src/stories/. */
export type ChooseStory = (
  article: { item: FeedItem; tags: Tags; outlet: string; seenAt: Date; quiet: boolean },
  candidates: StoryCandidate[]
) => { storyId: number; reason: string } | null

export interface StoryCandidate {
  story: Story
  /** Too old to tell the same event; the article may be the next step of it. */
  distant?: boolean
  /** At most the newest 12 of its articles. */
  articles: ToldArticle[]
}

/** Title and opening of an article that a story has. */
export interface ToldArticle {
  title: string
  summary: string
  lang: string
  outlet: string
  link: string | null
  published: Date | null
  seenAt: Date
  /** Came with its feed's first poll, and may be years old. */
  quiet: boolean
  /** Its language alone says which country its places mean. */
  placeImplied: boolean
}

/** Whether a story passes a filter; pure; see src/alerts/match.ts. */
export type MatchFilter = (filter: Filter, story: Story) => boolean

/**
 * What changed in a story by an article that joined it, when that is worth telling; null: nothing. `key` names the
 * change: it is told once. `told`: the articles that the story had before, at most 12. Pure; see src/alerts/material-change.ts.
 */
export type FindChange = (
  before: Story,
  article: Pick<Article, 'title' | 'summary' | 'link' | 'outlet' | 'official' | 'published' | 'seenAt'> & {
    kind: Kind | null
    stage: Stage | null
  },
  after: Story,
  told: readonly ToldArticle[]
) => { key: string; stage: Stage | null; message: Message } | null

/** An article with what `why` tells of it. */
export type SeenArticle = Article & {
  relevant: boolean
  score: number
  feedTitle: string
  /** It came with the first poll of its feed. */
  quiet: boolean
  /** Why it joined its story; null when it began one. */
  storyReason: string | null
}

export interface ArticleTable {
  /** Those of the items that the feed has not brought before, in order. */
  filterNew(feedId: number, identities: ItemIdentity[]): Promise<ItemIdentity[]>
  /**
   * Stores one article and all that follows from it in ONE transaction: the article with its keys and evidence, the
   * story it starts or joins, the story's tags, and a delivery owed to each channel with a matching subscription that
   * is older than the story (`unique (channel, subject)` for ever; on PGlite to so many, and the others are noted: see
   * fan-out.ts). A story of a quiet article (first poll) owes none. An irrelevant article is kept (for `why`) without a
   * story. Returns null when another process stored it first.
   */
  ingest(
    feedId: number,
    article: NewArticle,
    options: { quiet: boolean; now: Date; choose: ChooseStory; matches: MatchFilter; change?: FindChange }
  ): Promise<{ articleId: number; storyId: number | null; started: boolean; owed: number } | null>
  /**
   * Stores articles of several feeds that are not relevant, for `why`, in one statement: all or none. Returns how many
   * of each feed's nobody had stored before.
   */
  keep(groups: readonly KeptArticles[]): Promise<number[]>
  /**
   * Articles whose link is this page (tracking parameters and scheme do not count), newest first; null: for the
   * operator, who sees all. Each workspace sees what the catalogue's feeds brought, and those that it added itself.
   */
  byLink(link: string, workspaceId: number | null): Promise<SeenArticle[]>
  /** The articles of a story, as far as this workspace may see them (null: all), oldest first. */
  ofStory(storyId: number, workspaceId: number | null): Promise<SeenArticle[]>
}

const ARTICLE = `
  a.id, a.feed_id as "feedId", a.story_id as "storyId", a.title, a.link, a.summary, a.outlet, a.official, a.lang,
  a.published, a.seen_at as "seenAt", a.evidence, a.relevant, a.score, a.quiet, f.title as "feedTitle",
  a.story_reason as "storyReason"`

/** Of the catalogue, or of a feed that the workspace ($2) added for itself: nobody is told of what others added. */
const VISIBLE = `($2::bigint is null or f.in_catalogue or exists (
  select from workspace_feed w where w.feed_id = f.id and w.workspace_id = $2))`

/**
 * `channelsAtOnce`: to how many channels a story is owed in one transaction, where nobody is answered meanwhile; all
 * without it. Only for a database that this process has to itself: the rest follows before the next article is stored.
 */
export function articleTable(database: Database, channelsAtOnce?: number): ArticleTable {
  const { query } = database
  // Stories are told apart one at a time, whoever asks (STORY_LOCK). Who waits for that lock in the database holds one of
  // few connections, and a burst would hold them all: those who answer commands would wait for it to end.
  const turns = new PQueue({ concurrency: 1 })
  /** Channels may be left that a story is to be owed to. */
  let unfinished = false

  async function finish(): Promise<number> {
    if (!unfinished || channelsAtOnce === undefined) return 0
    const owed = await finishFanOuts(database, channelsAtOnce)
    unfinished = false
    return owed
  }

  return {
    async filterNew(feedId, identities) {
      const known = await knownKeys(query, feedId, identities)
      return identities.filter((identity) => !isKnown(identity, known))
    },

    ingest: (feedId, article, options) =>
      turns.add(async () => {
        // What a failure has left comes first: channels are told in the order of events.
        await finish()
        const stored = await database.transaction(async (inside) => {
          const feed = await lockSource(inside, feedId)
          const known = await knownKeys(inside, feedId, [article.identity])
          if (isKnown(article.identity, known)) return null
          return await ingest(inside, feed, article, { ...options, ...(channelsAtOnce && { atOnce: channelsAtOnce }) })
        })
        if (!stored) return null
        const { left, ...ingested } = stored
        unfinished = left > 0
        return { ...ingested, owed: ingested.owed + (await finish()) }
      }),

    keep: (groups) => keepArticles(query, groups),

    async byLink(link, workspaceId) {
      const page = pageOf(link)
      if (page === null) return []
      return await query<SeenArticle>(
        `select ${ARTICLE} from article a join feed f on f.id = a.feed_id
         where a.page = $1 and ${VISIBLE} order by a.id desc`,
        [page, workspaceId]
      )
    },

    ofStory: (storyId, workspaceId) =>
      query<SeenArticle>(
        `select ${ARTICLE} from article a join feed f on f.id = a.feed_id
         where a.story_id = $1 and ${VISIBLE} order by a.id`,
        [storyId, workspaceId]
      )
  }
}

async function knownKeys(query: Query, feedId: number, identities: readonly ItemIdentity[]): Promise<Set<string>> {
  const keys = new Set(identities.flatMap((identity) => identity.sameIf.flat()).map(keyOf))
  const known = await query<{ key: string }>('select key from article_key where feed_id = $1 and key = any ($2)', [
    feedId,
    [...keys]
  ])
  return new Set(known.map((row) => row.key))
}

function isKnown({ sameIf }: ItemIdentity, known: ReadonlySet<string>): boolean {
  return sameIf.some((keys) => keys.length > 0 && keys.every((key) => known.has(keyOf(key))))
}
