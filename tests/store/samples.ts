import { EVERYTHING, matches } from '../../src/alerts/match.js'
import type { FeedEntry, FeedItem, PollResult } from '../../src/model/feed.js'
import type { Filter } from '../../src/model/subscription.js'
import type { Tags } from '../../src/model/tags.js'
import type { ChooseStory, ItemIdentity, NewArticle } from '../../src/store/articles/articles.js'
import type { Store } from '../../src/store/store.js'

/** The moment at which most tests happen. */
export const NOON = new Date('2026-03-02T12:00:00Z')

/** So many minutes after noon. */
export function at(minutes: number): Date {
  return new Date(NOON.getTime() + minutes * 60_000)
}

export { EVERYTHING }

export function entry(changes: Partial<FeedEntry> = {}): FeedEntry {
  return {
    url: 'http://127.0.0.1/feed.xml',
    title: 'The Daily Lens',
    publisher: 'Daily Lens',
    kind: 'news',
    jurisdiction: null,
    lang: 'en',
    ...changes
  }
}

export function item(changes: Partial<FeedItem> = {}): FeedItem {
  return {
    id: null,
    title: 'City council votes on face scans',
    link: null,
    published: NOON.toISOString(),
    summary: 'The council wants cameras to look away.',
    ...changes
  }
}

export function tags(changes: Partial<Tags> = {}): Tags {
  return {
    relevant: true,
    score: 0.9,
    companies: ['Amazon'],
    jurisdictions: ['US-WA/Seattle'],
    kind: 'legislation',
    stage: 'proposed',
    lang: 'en',
    evidence: [{ tag: 'company:Amazon', field: 'text', start: 0, end: 6 }],
    ...changes
  }
}

/** An item known again by its guid alone. */
export function identity(guid: string, changes: Partial<FeedItem> = {}): ItemIdentity {
  return { item: item({ id: guid, ...changes }), keys: [`guid:${guid}`], sameIf: [[`guid:${guid}`]] }
}

export function article(guid: string, changes: Partial<FeedItem> = {}, tagged: Partial<Tags> = {}): NewArticle {
  return { identity: identity(guid, changes), tags: tags(tagged) }
}

export const aloneAlways: ChooseStory = () => null
export const firstCandidate: ChooseStory = (_article, candidates) =>
  candidates[0] ? { storyId: candidates[0].story.id, reason: 'the first candidate' } : null

export const live = { quiet: false, now: NOON, choose: aloneAlways, matches }

export const PLAN = { nextPollAt: at(15), intervalSeconds: 900, newItems: 0, holdUntil: null }

export function itemsResult(changes: Partial<Extract<PollResult, { outcome: 'items' }>> = {}): PollResult {
  return {
    outcome: 'items',
    feed: {
      title: 'The Daily Lens',
      format: 'rss',
      link: null,
      ttlSeconds: null,
      items: [],
      breaksOff: false,
      warnings: []
    },
    etag: '"1"',
    lastModified: null,
    bodyHash: 'abc',
    movedTo: null,
    ...changes
  }
}

/** A catalogue feed of that address. */
export async function addFeed(store: Store, changes: Partial<FeedEntry> = {}): Promise<number> {
  const before = await store.feeds.list(null)
  await store.feeds.syncCatalogue([...before.map((feed) => feed.entry), entry(changes)], NOON)
  const feed = (await store.feeds.list(null)).find((one) => one.entry.url === entry(changes).url)
  return feed!.id
}

/** A channel in a Discord guild, by short names. */
export async function addChannel(store: Store, name = 'news', workspace = 'guild'): Promise<number> {
  const { channel } = await store.channels.ensure(
    { platform: 'discord', workspace: { id: workspace, name: workspace }, channel: { id: name, name } },
    NOON
  )
  return channel.id
}

export async function subscribe(store: Store, channelId: number, filter: Partial<Filter> = {}, when = at(-60)) {
  return await store.subscriptions.add(
    { channelId, filter: { ...EVERYTHING, ...filter }, mode: 'alerts', createdBy: 'u1', createdByName: 'Ada' },
    when
  )
}
