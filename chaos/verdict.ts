import { CODE, type MadeArticle } from './articles.js'
import type { ChaosChannel } from './channels.js'

/** What a feed has published, the first of it before the run began. */
export interface Published {
  name: string
  articles: readonly Pick<MadeArticle, 'code' | 'company' | 'published'>[]
}

/** What the store holds, as plain rows. */
export interface Stored {
  articles: { link: string | null; storyId: number | null; quiet: boolean }[]
  /** In the order in which they were owed. */
  deliveries: { id: number; channel: string; storyId: number; state: string }[]
}

/** What was owed against what was received. Every list of faults is empty when all promises were kept. */
export interface Verdict {
  /** How many messages were owed, over all channels. */
  owed: number
  received: number
  lost: string[]
  twice: string[]
  outOfOrder: string[]
  late: string[]
  /** Told to a channel that was not owed it: old news, or a filter that let it through. */
  stray: string[]
  /** Kept more than once by the store. */
  storedTwice: string[]
  /** How long after its publishing each message came, or after all was well; in milliseconds. */
  delays: { publishedAt: number; delay: number }[]
}

/** Longest time from a channel, its platform and the feed being well to the message (the README's promise). */
export const LATE_MS = 60_000

/** From when on a channel could be told what a feed brings: both, and all between them, have been well since. */
export type WellSince = (channel: ChaosChannel, feed: string) => number

/**
 * Compares. What is owed follows from what was published and what each channel asked for; from the store is taken only
 * which articles tell one story, and in which order stories were owed.
 */
export function judge(
  feeds: readonly Published[],
  channels: readonly ChaosChannel[],
  stored: Stored,
  wellSince: WellSince
): Verdict {
  const verdict: Verdict = {
    owed: 0,
    received: 0,
    lost: [],
    twice: [],
    outOfOrder: [],
    late: [],
    stray: [],
    storedTwice: [],
    delays: []
  }
  const kept = new Map<string, Stored['articles']>()
  for (const article of stored.articles) {
    // What has no link is nothing that the newsroom published as it is.
    if (article.link === null) continue
    const code = codesIn(article.link)[0] ?? article.link
    kept.set(code, [...(kept.get(code) ?? []), article])
  }
  for (const [code, articles] of kept) if (articles.length > 1) verdict.storedTwice.push(code)
  const storyOf = new Map([...kept].flatMap(([code, [article]]) => (article?.storyId ? [[code, article.storyId]] : [])))
  const keyOf = (code: string) => (storyOf.has(code) ? `story ${storyOf.get(code)}` : code)
  for (const channel of channels)
    judgeChannel({ channel, owed: owedTo(channel, feeds, keyOf), keyOf, stored, wellSince }, verdict)
  return verdict
}

/** Faults in one line each; none: all is well. */
export function faultsOf(verdict: Verdict): string[] {
  const { lost, twice, outOfOrder, late, stray, storedTwice } = verdict
  const kinds = { lost, twice, 'out of order': outOfOrder, late, stray, 'stored twice': storedTwice }
  return Object.entries(kinds).flatMap(([kind, list]) => list.map((one) => `${kind}: ${one}`))
}

/** A story as a channel is owed it: any of its articles stands for it. */
type Owed = Map<string, { code: string; feed: string; publishedAt: number }[]>

function owedTo(channel: ChaosChannel, feeds: readonly Published[], keyOf: (code: string) => string): Owed {
  const owed: Owed = new Map()
  for (const feed of feeds) {
    // The first one is off topic, and was there at the first poll.
    for (const { code, company, published } of feed.articles.slice(1)) {
      if (channel.company !== null && company !== channel.company) continue
      // An article that the store has not, or has without its story, is owed under its own code: it will be missing.
      const told = { code, feed: feed.name, publishedAt: published.getTime() }
      owed.set(keyOf(code), [...(owed.get(keyOf(code)) ?? []), told])
    }
  }
  return owed
}

interface Case {
  channel: ChaosChannel
  owed: Owed
  keyOf(code: string): string
  stored: Stored
  wellSince: WellSince
}

function judgeChannel({ channel, owed, keyOf, stored, wellSince }: Case, verdict: Verdict): void {
  const rank = new Map(
    stored.deliveries.filter((one) => one.channel === channel.id).map(({ id, storyId }) => [`story ${storyId}`, id])
  )
  const told = new Map<string, number>()
  let newest = 0
  for (const { text, at } of channel.received()) {
    const codes = codesIn(text)
    if (codes.length === 0) continue
    const key = keyOf(codes[0]!)
    const where = `${channel.name}, ${key} (${codes[0]})`
    verdict.received++
    const before = told.get(key)
    told.set(key, at)
    if (before !== undefined) verdict.twice.push(`${where}, at ${clock(before)} and ${clock(at)}`)
    const place = rank.get(key) ?? 0
    if (before === undefined && place < newest) verdict.outOfOrder.push(where)
    newest = Math.max(newest, place)
    const articles = owed.get(key)
    if (!articles) {
      verdict.stray.push(where)
      continue
    }
    const well = articles.map(({ feed, publishedAt }) => ({ publishedAt, since: wellSince(channel, feed) }))
    const delay = at - Math.min(...well.map(({ since, publishedAt }) => Math.max(since, publishedAt)))
    if (delay > LATE_MS) verdict.late.push(`${where}, ${Math.round(delay / 1000)} s after all was well`)
    verdict.delays.push({ publishedAt: Math.min(...well.map(({ publishedAt }) => publishedAt)), delay })
  }
  if (channel.deleted) return
  verdict.owed += owed.size
  for (const [key, articles] of owed)
    if (!told.has(key)) verdict.lost.push(`${channel.name}, ${key} (${articles.map(({ code }) => code).join(', ')})`)
}

/** The time of day, as the log of the run tells it: what went wrong just then explains the fault. */
export function clock(moment: number): string {
  return new Date(moment).toISOString().slice(11, 23)
}

function codesIn(text: string): string[] {
  return [...new Set(text.match(CODE) ?? [])]
}
