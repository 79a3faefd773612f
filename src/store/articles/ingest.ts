import type { LateReason } from '../../model/delivery.js'
import type { FeedItem } from '../../model/feed.js'
import type { Story } from '../../model/story.js'
import type { Tags } from '../../model/tags.js'
import type { Query } from '../database.js'
import { StoreError } from '../errors.js'
import { STORY_LOCK } from '../keys.js'
import { articleOf, attachArticle, insertArticles, type SourceFeed, type StoredArticle } from './article-write.js'
import type { ArticleTable, NewArticle, ToldArticle } from './articles.js'
import { candidatesFor } from './candidates.js'
import { type FannedOut, type FanOutOptions, oweAlerts } from './fan-out.js'
import { growAlerts } from './grow.js'
import { pageOf } from './item-keys.js'
import { propose } from './proposals.js'
import { STORY } from './stories.js'
import { joinStory, startStory } from './story-write.js'

type IngestOptions = Parameters<ArticleTable['ingest']>[2] & Pick<FanOutOptions, 'atOnce'>
/** What became of an article; `left` channels are still to be owed its story (fan-out.ts). */
type Ingested = NonNullable<Awaited<ReturnType<ArticleTable['ingest']>>> & Pick<FannedOut, 'left'>

/** Locks the feed: two processes that read the same item do not both store it. */
export async function lockSource(query: Query, feedId: number): Promise<SourceFeed> {
  const [feed] = await query<SourceFeed>(
    `select id, publisher, kind, in_catalogue as "inCatalogue" from feed where id = $1 for no key update`,
    [feedId]
  )
  if (!feed) throw new StoreError(`There is no feed ${feedId} in the store; its items cannot be kept.`)
  return feed
}

/** Stores one new article and all that follows from it, inside the caller's transaction. */
export async function ingest(
  query: Query,
  feed: SourceFeed,
  { identity, tags, changes = [] }: NewArticle,
  options: IngestOptions
): Promise<Ingested> {
  const article = articleOf(identity.item, tags, feed, options)
  const articleId = (await insertArticles(query, [{ article, keys: identity.keys }]))[0]!
  const nothing = { articleId, storyId: null, started: false, owed: 0, left: 0 }
  if (!tags.relevant && changes.length === 0) return nothing

  // Two processes that store the first two articles of one event must not both begin a story, nor a proposal.
  await query('select pg_advisory_xact_lock($1)', [STORY_LOCK])
  await propose(
    query,
    changes,
    { id: articleId, published: article.published ?? options.now, quiet: options.quiet },
    options.now
  )
  if (!tags.relevant) return nothing
  const place = await findStory(query, article, { item: identity.item, tags }, options)
  const told = place?.told ?? []
  const story = place
    ? await joinStory(query, place.story, article, { ...options, told })
    : await startStory(query, article, options.now)
  await attachArticle(query, articleId, story.id, place?.reason ?? null)
  // An article of a first poll is old news, even where it joins a story that is not.
  const stored = { ...nothing, storyId: story.id, started: place === null }
  if (story.quiet || options.quiet) return stored
  const changed = place ? await growAlerts(query, { before: place.story, after: story, told }, article, options) : 0
  const late = place && !place.story.quiet ? lateReason(place.story, story, article.outlet) : null
  const { owed, left } = await oweAlerts(query, story, { ...options, late })
  return { ...stored, owed: owed + changed, left }
}

/** What a channel that matches only now is told of why now. */
function lateReason(before: Story, after: Story, outlet: string): LateReason {
  const added = (had: string[], has: string[]) => has.filter((one) => !had.includes(one))
  return {
    companies: added(before.companies, after.companies),
    jurisdictions: added(before.jurisdictions, after.jurisdictions),
    outlet
  }
}

/** Where an article goes, and why. */
interface Place {
  story: Story
  /** The newest of the articles that the story has. */
  told: readonly ToldArticle[]
  reason: string
}

async function findStory(
  query: Query,
  article: StoredArticle,
  { item, tags }: { item: FeedItem; tags: Tags },
  { now, quiet, choose }: IngestOptions
): Promise<Place | null> {
  const candidates = await candidatesFor(query, article)
  const choice = choose({ item, tags, outlet: article.outlet, seenAt: now, quiet }, candidates)
  if (!choice) return null
  const chosen = candidates.find(({ story }) => story.id === choice.storyId)
  if (!chosen)
    throw new StoreError(`Story ${choice.storyId} was chosen for an article and is not among its candidates.`)
  return (
    (await ruledApart(query, article, choice.storyId)) ?? {
      story: chosen.story,
      told: chosen.articles,
      reason: choice.reason
    }
  )
}

/** Where a person took this article's copy out of the chosen story: it goes where that one went. */
async function ruledApart(query: Query, article: StoredArticle, storyId: number): Promise<Place | null> {
  const [story] = await query<Story>(
    `select ${STORY} from article a join story s on s.id = a.story_id
     where a.apart_from = $1 and (a.page = $2 or a.title = $3) order by a.id desc limit 1`,
    [storyId, article.link && pageOf(article.link), article.title]
  )
  return story
    ? { story, told: [], reason: `the same as an article that was taken out of story ${storyId} by hand` }
    : null
}
