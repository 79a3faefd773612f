import { type FeedEntry, hostName } from '../model/feed.js'

/** What we know of a feed by its address alone: its host is its name. Null when it is no http(s) address. */
export function entryFor(address: string, known: Partial<FeedEntry> = {}): FeedEntry | null {
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null
  const host = hostName(address)
  return { title: host, publisher: host, kind: 'news', jurisdiction: null, lang: 'und', ...known, url: address }
}
