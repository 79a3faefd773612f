import type { FeedFormat, FeedItem } from '../model/feed.js'
import { parseDate } from './dates.js'
import { resolveLink } from './links.js'
import { htmlToText, shorten, TEXT_LIMITS } from './text.js'

/** A link of an item as written. `rel` and `type` as in Atom; RSS's `<link>` has neither. */
export interface RawLink {
  href: string
  rel: string | null
  type: string | null
  /** `xml:base` at this place, absolute; null where there is none. */
  base: string | null
}

/** A guid, Atom id or rdf:about as written. */
export interface RawId {
  value: string
  /** False only where the feed says that it is no address of a page. */
  permalink: boolean
  base: string | null
}

/** One item as a parser gives it, before our rules for links, ids, dates and text. Lists are in document order. */
export interface RawItem {
  /** HTML source, here and in the following three. */
  titles: string[]
  altTitles: string[]
  summaries: string[]
  bodies: string[]
  links: RawLink[]
  ids: RawId[]
  /** Addresses of attached media. */
  enclosures: RawLink[]
  published: string[]
  updated: string[]
  created: string[]
}

export interface RawFeed {
  format: FeedFormat
  title: string
  links: RawLink[]
  ttlSeconds: number | null
  items: RawItem[]
}

/** Types of pages, among the types that an alternate link may have. */
const PAGE_TYPES: ReadonlySet<string> = new Set([
  '',
  'text/html',
  'application/xhtml+xml',
  'html',
  'xhtml',
  'text/xhtml'
])

/** Our rules on one item: what is said twice, relative, missing or unreadable gets its one right value, or null. */
export function readItem(raw: RawItem, documentUrl: string | null): FeedItem {
  const texts = [...raw.summaries, ...raw.bodies].map((html) => htmlToText(html, TEXT_LIMITS.content)).filter(Boolean)
  const shortest = texts[0] ?? ''
  const longest = texts.reduce((long, text) => (text.length > long.length ? text : long), '')
  const item: FeedItem = {
    id: idOf(raw),
    title: firstText([...raw.titles, ...raw.altTitles], TEXT_LIMITS.title),
    link: linkOf(raw, documentUrl),
    published: dateOf(raw),
    summary: shorten(shortest, TEXT_LIMITS.summary)
  }
  return longest.length > item.summary.length ? { ...item, content: longest } : item
}

function firstText(sources: string[], limit: number): string {
  for (const html of sources) {
    const text = htmlToText(html, limit)
    if (text !== '') return text
  }
  return ''
}

/**
 * The last one, as a guid after an rdf:about is the more deliberate of the two. A relative one under an `xml:base` is
 * short for an address.
 */
function idOf(raw: RawItem): string | null {
  const id = raw.ids.findLast(({ value }) => value.trim() !== '')
  if (id === undefined) return null
  const value = id.value.trim()
  const isShort = id.base !== null && id.permalink && !/^[a-z][a-z0-9+.-]*:/i.test(value)
  return ((isShort ? resolveLink(value, id.base) : null) ?? value).slice(0, TEXT_LIMITS.id)
}

/**
 * The item's page: its alternate link (the last one, where there are several), a guid that may be a permalink, the
 * publisher's own address behind a redirecting service, any other link, attached media.
 */
export function linkOf(raw: Pick<RawItem, 'links' | 'ids' | 'enclosures'>, documentUrl: string | null): string | null {
  const resolve = ({ href, base }: RawLink) => resolveLink(href, base ?? documentUrl)
  const pages = raw.links.filter(isPage)
  for (const page of pages.toReversed()) {
    const link = resolve(page)
    if (link) return link
  }
  const ids = raw.ids.toReversed()
  for (const { value, base } of [...ids.filter(({ permalink }) => permalink), ...ids]) {
    // Without a base of its own only what looks like a path is an address; all else is just a name.
    const isPath = base !== null || /^\.{0,2}\//.test(value.trim())
    const link = resolveLink(value, isPath ? (base ?? documentUrl) : null)
    if (link) return link
  }
  for (const other of [...raw.links.filter(({ rel }) => rel !== 'self' && rel !== 'edit'), ...raw.enclosures]) {
    const link = resolve(other)
    if (link) return link
  }
  return null
}

function isPage({ rel, type }: RawLink): boolean {
  const relation = (rel ?? '').toLowerCase().replace('http://www.iana.org/assignments/relation/', '')
  return (relation === '' || relation === 'alternate') && PAGE_TYPES.has((type ?? '').toLowerCase())
}

/** When it was published, else updated, else created; the last readable one of each. */
function dateOf(raw: RawItem): string | null {
  for (const texts of [raw.published, raw.updated, raw.created]) {
    for (const text of texts.toReversed()) {
      const date = parseDate(text)
      if (date) return date.toISOString()
    }
  }
  return null
}
