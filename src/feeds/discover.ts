import { Parser } from 'htmlparser2'
import { decodeDocument } from './decode.js'
import type { Fetched, Fetcher } from './fetch.js'
import { FetchError } from './fetch-error.js'
import { resolveLink } from './links.js'
import { ParseError, type ParsePool } from './parse-pool.js'
import { cleanText } from './text.js'

export interface DiscoveredFeed {
  url: string
  title: string
  items: number
}

/** Where sites keep their feed when their pages do not say. */
const USUAL_PATHS = ['/feed/', '/rss', '/rss.xml', '/feed.xml', '/atom.xml', '/index.xml', '/feed.json']

const FEED_TYPES = /^application\/(rss|atom|rdf|feed)\+(xml|json)|^(application|text)\/(xml|json|rss)/i
const FEED_WORDS = /(^|[^a-z])(rss|atom|feeds?|rdf)([^a-z]|$)/i

/** Addresses that are tried on one page. */
const MAX_TRIES = 12

/** Characters of a page that are searched. */
const MAX_PAGE = 2_000_000

/**
 * The feeds of a page, each fetched and read to be sure: the address itself when it is a feed; else what its
 * `<link rel=alternate>` names; else links that look like feeds; else the usual paths of its site. Best first, none
 * twice; empty when there is none.
 *
 * @throws FetchError when the page itself cannot be fetched.
 */
export async function discoverFeeds(pageUrl: string, fetcher: Fetcher, parser: ParsePool): Promise<DiscoveredFeed[]> {
  const page = await fetcher.fetch(pageUrl)
  const itself = await readFeed(page)
  if (itself) return [itself]
  if (!page.changed) return []
  const { announced, linked } = candidatesOf(page.bytes, page.contentType, page.url)
  const usual = USUAL_PATHS.flatMap((path) => resolveLink(path, page.url) ?? [])
  const tried = new Set<string>([page.url])
  for (const group of [announced, linked, usual]) {
    const found = await tryAll(group, tried)
    if (found.length > 0) return found
  }
  return []

  async function tryAll(addresses: string[], tried: Set<string>): Promise<DiscoveredFeed[]> {
    const found = new Map<string, DiscoveredFeed>()
    for (const address of addresses) {
      if (tried.has(address) || tried.size > MAX_TRIES) continue
      tried.add(address)
      const feed = await tryOne(address)
      if (feed && !found.has(feed.url)) found.set(feed.url, feed)
    }
    return [...found.values()]
  }

  async function tryOne(address: string): Promise<DiscoveredFeed | null> {
    try {
      return await readFeed(await fetcher.fetch(address))
    } catch (error) {
      if (error instanceof FetchError) return null
      throw error
    }
  }

  async function readFeed(fetched: Fetched): Promise<DiscoveredFeed | null> {
    if (!fetched.changed) return null
    const { url, contentType } = fetched
    try {
      const feed = await parser.parse(fetched.bytes, { url, contentType })
      return { url, title: feed.title || new URL(url).host, items: feed.items.length }
    } catch (error) {
      if (error instanceof ParseError) return null
      throw error
    }
  }
}

/** What a page says of feeds, resolved, in its order. */
function candidatesOf(
  bytes: Uint8Array,
  contentType: string | null,
  pageUrl: string
): { announced: string[]; linked: string[] } {
  const html = decodeDocument(bytes, contentType).text.slice(0, MAX_PAGE)
  const announced = new Set<string>()
  const linked = new Set<string>()
  let base = pageUrl
  let anchor: { url: string; text: string } | null = null
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'base') base = resolveLink(attributes.href, pageUrl) ?? base
      const url = resolveLink(attributes.href, base)
      if (url === null) return
      const rel = (attributes.rel ?? '').toLowerCase().split(/\s+/)
      if (name === 'link' && rel.includes('alternate') && FEED_TYPES.test(attributes.type ?? '')) announced.add(url)
      if (name === 'a') anchor = { url, text: `${attributes.title ?? ''} ` }
    },
    ontext(text) {
      if (anchor && anchor.text.length < 200) anchor.text += text
    },
    onclosetag(name) {
      if (name !== 'a' || !anchor) return
      const path = new URL(anchor.url).pathname
      if (FEED_WORDS.test(path) || FEED_WORDS.test(cleanText(anchor.text, 200))) linked.add(anchor.url)
      anchor = null
    }
  })
  parser.end(html)
  return { announced: [...announced], linked: [...linked] }
}
