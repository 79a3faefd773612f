import { matches } from '../alerts/match.js'
import { findChange } from '../alerts/material-change.js'
import { identify } from '../feeds/identity.js'
import type { Change, Reading } from '../ledger/change.js'
import type { FeedItem, FeedState } from '../model/feed.js'
import type { TaggableText, Tags } from '../model/tags.js'
import type { KeptArticles } from '../store/articles/article-keep.js'
import type { ItemIdentity, NewArticle } from '../store/articles/articles.js'
import type { Store } from '../store/store.js'
import { chooseStory } from '../stories/choose.js'
import type { FirstLook } from '../tagging/first-look.js'

/** What an article says has changed of rules and positions; pure, see src/ledger/reading/extract.ts. */
export type ReadChanges = (reading: Reading) => Change[]

export interface Ingested {
  /** Items that the feed had not brought before. */
  fresh: number
  /** Stories that began or grew. */
  stories: number
  /** Alerts owed to channels. */
  owed: number
}

export interface IngestDeps {
  store: Store
  /** A cheap look, before tagging, that leaves out what has nothing to do with the subject; without it all is tagged. */
  mayConcern?: FirstLook
  tag: (text: TaggableText) => Tags
  read?: ReadChanges
  /** Stores what is irrelevant, and gives how many of it nobody had stored before; without it the store is asked at once. */
  keep?: (articles: KeptArticles) => Promise<number>
  now: Date
}

/** Items tagged in one go: they hold up this thread for some 10 ms, and the irrelevant ones are stored together. */
const TAGGED_AT_ONCE = 50

/**
 * The way of a feed's items into the store: known ones are left out, the rest tagged; the irrelevant ones are kept, the
 * others told apart into stories, stored, and their alerts owed, each in one transaction. The first poll of a feed (`quiet`) stores without owing.
 * Oldest first, so that alerts go out in the order of events: feeds list their newest item first.
 */
export async function ingestItems(feed: FeedState, items: FeedItem[], deps: IngestDeps): Promise<Ingested> {
  const { store, now, keep = async (articles) => (await store.articles.keep([articles]))[0]! } = deps
  const quiet = feed.firstPolledAt === null
  const all = identify(items)
  // Of a feed that was never read nothing is known; `keep` and `ingest` look again anyway.
  const fresh = quiet ? all : await store.articles.filterNew(feed.id, all)
  const result: Ingested = { fresh: 0, stories: 0, owed: 0 }
  const oldestFirst = fresh.toReversed()
  for (let at = 0; at < oldestFirst.length; at += TAGGED_AT_ONCE) {
    const articles = oldestFirst.slice(at, at + TAGGED_AT_ONCE).map((identity) => tagged(identity, feed, deps))
    const dull = articles.filter(isDull)
    if (dull.length > 0) result.fresh += await keep({ feedId: feed.id, articles: dull, quiet, now })
    for (const article of articles.filter((one) => !isDull(one))) {
      const stored = await store.articles.ingest(feed.id, article, {
        quiet,
        now,
        choose: chooseStory,
        matches,
        change: findChange
      })
      if (!stored) continue
      result.fresh++
      result.owed += stored.owed
      if (stored.storyId !== null) result.stories++
    }
  }
  return result
}

function tagged(identity: ItemIdentity, feed: FeedState, { mayConcern, tag, read, now }: IngestDeps): NewArticle {
  const text = taggable(identity.item, feed)
  if (mayConcern && !mayConcern(text)) return { identity, tags: unconcerned(text) }
  const tags = withFeedPlace(withWords(tag(text), text), feed)
  const changes = read?.({ title: text.title, text: text.text, tags, published: dayOf(identity.item, now) }) ?? []
  return { identity, tags, changes }
}

function unconcerned({ lang = 'und' }: TaggableText): Tags {
  const none = { companies: [], jurisdictions: [], kind: null, stage: null, evidence: [] }
  return { relevant: false, score: 0, lang, ...none }
}

/** Nothing follows from it: it is kept, for `why`. */
function isDull({ tags, changes = [] }: NewArticle): boolean {
  return !tags.relevant && changes.length === 0
}

/** Relative dates are counted from here; an item that claims a day ahead, or none, was published today. */
function dayOf(item: FeedItem, now: Date): string {
  const today = now.toISOString()
  return (item.published && item.published < today ? item.published : today).slice(0, 10)
}

function taggable(item: FeedItem, feed: FeedState): TaggableText {
  return {
    title: item.title,
    text: item.content ?? item.summary,
    lang: feed.entry.lang,
    ...(item.published && { published: item.published })
  }
}

/** Keeps the words of the evidence: they may stand in the whole article, of which the store keeps the summary alone. */
function withWords(tags: Tags, text: TaggableText): Tags {
  const evidence = tags.evidence.map((one) => ({ ...one, words: text[one.field].slice(one.start, one.end) }))
  return { ...tags, evidence }
}

/** A relevant story that names no place is about the feed's own, where the feed has one (a regulator's press releases). */
function withFeedPlace(tags: Tags, feed: FeedState): Tags {
  const place = feed.entry.jurisdiction
  return tags.relevant && tags.jurisdictions.length === 0 && place ? { ...tags, jurisdictions: [place] } : tags
}
