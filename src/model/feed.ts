/** What kind of publisher stands behind a feed; official ones (all but news, ngo, company) weigh more. */
export const PUBLISHER_KINDS = [
  'government',
  'regulator',
  'legislature',
  'court',
  'news',
  'ngo',
  'company',
  'research'
] as const
export type PublisherKind = (typeof PUBLISHER_KINDS)[number]

/** A feed as the catalogue (`feeds/*.yaml`) or a workspace describes it. */
export interface FeedEntry {
  url: string
  title: string
  publisher: string
  kind: PublisherKind
  /** Whose rules the feed is about, a safe default; null: each story by its text. */
  jurisdiction: string | null
  /** ISO 639-1. */
  lang: string
}

/** The host of an address without `www.`: what a feed is called as long as nobody named it. */
export function hostName(address: string): string {
  return new URL(address).host.replace(/^www\./, '')
}

/** Known by its address alone (FACELAW_FEEDS, a plain OPML): its own title will name it once it was read. */
export function isUnnamed(entry: FeedEntry): boolean {
  return entry.title === hostName(entry.url)
}

/** One item of a feed as read: plain text, links absolute http(s). */
export interface FeedItem {
  /** guid, Atom id or rdf:about as the feed has it; null when it has none. */
  id: string | null
  title: string
  /** Absolute http(s) address, or null. */
  link: string | null
  /** ISO 8601 in UTC, or null when the feed gives none that can be read. Never identity, never a watermark. */
  published: string | null
  /** Plain text, at most a few sentences; '' when the feed has none. */
  summary: string
  /** Plain text of the whole article where the feed carries it. */
  content?: string
}

export type FeedFormat = 'rss' | 'atom' | 'rdf' | 'json'

/** A feed document as read. `warnings` say what had to be mended, for people. */
export interface ParsedFeed {
  title: string
  format: FeedFormat
  /** The site's page, absolute, or null. */
  link: string | null
  /** Seconds the publisher asks us to wait between polls (RSS ttl, syndication module), or null. */
  ttlSeconds: number | null
  /** In document order. */
  items: FeedItem[]
  /** The document ends inside the last item, of which there may be more to come. */
  breaksOff: boolean
  warnings: string[]
}

/** What a poll needs to know of the last one: one row of the store. */
export interface FeedState {
  id: number
  entry: FeedEntry
  /** Where to fetch: `entry.url`, or where a permanent redirect (301, 308) sent us. */
  fetchUrl: string
  etag: string | null
  lastModified: string | null
  /** SHA-256 of the last body in hex, for servers without validators. */
  bodyHash: string | null
  /** Null until the first successful poll, which stores and tells nothing. */
  firstPolledAt: Date | null
  lastPolledAt: Date | null
  lastSuccessAt: Date | null
  /** When a poll last found an item that was new. */
  lastChangeAt: Date | null
  /** Seconds between polls as learned from how often the feed changes. */
  intervalSeconds: number
  /** Consecutive failures. */
  failures: number
  lastError: string | null
  nextPollAt: Date
}

/** Why a poll brought nothing; stable names, shown in `feeds` and counted in metrics. */
export type PollFailure =
  | 'dns'
  | 'refused'
  | 'timeout'
  | 'tls'
  | 'private-address'
  | 'too-large'
  | 'too-many-redirects'
  | 'http-status'
  | 'rate-limited'
  | 'not-a-feed'
  | 'unreadable'
  | 'empty'
  | 'network'

/** What one poll of one address brought. */
export type PollResult =
  | {
      outcome: 'items'
      feed: ParsedFeed
      etag: string | null
      lastModified: string | null
      bodyHash: string
      /** Set when every hop so far was permanent (301, 308): remember it. */
      movedTo: string | null
    }
  /** 304, or the same bytes as last time. `ttlSeconds` null: not known from this answer. */
  | { outcome: 'unchanged'; etag: string | null; lastModified: string | null; movedTo: string | null }
  | {
      outcome: 'failed'
      failure: PollFailure
      /** One sentence: what happened, what it means, what to do. Holds no secret from the address. */
      message: string
      /** Seconds the server asked for by Retry-After, or null. */
      retryAfterSeconds: number | null
    }

/** The state of a feed that was never read and is in no store. */
export function neverPolled(entry: FeedEntry): FeedState {
  return {
    id: 0,
    entry,
    fetchUrl: entry.url,
    etag: null,
    lastModified: null,
    bodyHash: null,
    firstPolledAt: null,
    lastPolledAt: null,
    lastSuccessAt: null,
    lastChangeAt: null,
    intervalSeconds: 0,
    failures: 0,
    lastError: null,
    nextPollAt: new Date(0)
  }
}
