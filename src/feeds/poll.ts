import { createHash } from 'node:crypto'
import type { FeedState, ParsedFeed, PollResult } from '../model/feed.js'
import type { Fetched, Fetcher } from './fetch.js'
import { FetchError } from './fetch-error.js'
import { createHostLimiter, type HostLimiter } from './hosts.js'
import { ParseError, type ParsePool } from './parse-pool.js'

/** Waits until there is room for the items of a document of so many bytes. */
export type Room = (bytes: number) => Promise<void>

export interface PollerOptions {
  fetcher: Fetcher
  parser: ParsePool
  hosts?: HostLimiter
}

export interface Poller {
  /**
   * Fetches and reads one feed. Never rejects: what goes wrong is a result. A document of so many bytes is read when
   * `room` lets it; at once without.
   */
  poll(state: FeedState, room?: Room): Promise<PollResult>
  /** Ends the fetcher and the parser. */
  close(): Promise<void>
}

/** One poll is one fetch, however many want the feed; what it means for the store is the caller's. */
export function createPoller({ fetcher, parser, hosts = createHostLimiter() }: PollerOptions): Poller {
  async function poll(state: FeedState, room?: Room): Promise<PollResult> {
    try {
      const fetched = await hosts.run(state.fetchUrl, () => fetcher.fetch(state.fetchUrl, state))
      return await read(fetched, state, room)
    } catch (error) {
      return failed(error)
    }
  }

  async function read(fetched: Fetched, state: FeedState, room?: Room): Promise<PollResult> {
    const { etag, lastModified, movedTo } = fetched
    if (!fetched.changed) return { outcome: 'unchanged', etag, lastModified, movedTo }
    const bodyHash = createHash('sha256').update(fetched.bytes).digest('hex')
    if (bodyHash === state.bodyHash) return { outcome: 'unchanged', etag, lastModified, movedTo }
    await room?.(fetched.bytes.length)
    const feed = await parser.parse(fetched.bytes, { url: fetched.url, contentType: fetched.contentType })
    if (feed.breaksOff)
      return { outcome: 'items', feed: withoutLast(feed), etag: null, lastModified: null, bodyHash, movedTo }
    return { outcome: 'items', feed, etag, lastModified, bodyHash, movedTo }
  }

  async function close(): Promise<void> {
    await Promise.all([fetcher.close(), parser.close()])
  }

  return { poll, close }
}

/**
 * Of a document that breaks off. Half an item, once stored, would pass for the whole one when that comes; and the next
 * poll asks for all of it again.
 */
function withoutLast(feed: ParsedFeed): ParsedFeed {
  return { ...feed, items: feed.items.slice(0, -1) }
}

function failed(error: unknown): PollResult {
  if (error instanceof FetchError) {
    const { failure, message, retryAfterSeconds } = error
    return { outcome: 'failed', failure, message, retryAfterSeconds }
  }
  if (error instanceof ParseError) {
    const { failure, message } = error
    return { outcome: 'failed', failure, message: `${message}; ${ADVICE[failure]}`, retryAfterSeconds: null }
  }
  const { message } = error as Error
  return { outcome: 'failed', failure: 'unreadable', message: `the poll failed: ${message}`, retryAfterSeconds: null }
}

const ADVICE = {
  empty: 'the publisher may be at work on it, it is tried again',
  'not-a-feed': 'check the address: add the page again, and its feed is looked for',
  unreadable: 'it is tried again; tell the publisher if it stays so'
} as const
