import { parseFeed, parseJsonFeed } from 'feedsmith'
import type { RawFeed, RawItem, RawLink } from './raw.js'

const NO_ITEM: RawItem = {
  titles: [],
  altTitles: [],
  summaries: [],
  bodies: [],
  links: [],
  ids: [],
  enclosures: [],
  published: [],
  updated: [],
  created: []
}

/** Values in one document: JSON.parse takes a hundred times their length in memory, which ends the process. */
const MAX_VALUES = 300_000

/** Attachments of an item that are looked at for a link. */
const MAX_ATTACHMENTS = 20

/** feedsmith on a JSON Feed (jsonfeed.org, version 1 and 1.1), as far as `maxItems`. @throws when it is no JSON Feed. */
export function readJsonFeed(text: string, maxItems: number): RawFeed {
  if (countValues(text) > MAX_VALUES) throw new Error(`more than ${MAX_VALUES} values: no feed has that many`)
  const { version, title, home_page_url, items } = JSON.parse(text)
  const feed = parseJsonFeed({
    version,
    title,
    home_page_url,
    // Only what is used: feedsmith takes seconds over an item of a hundred thousand keys.
    items: Array.isArray(items) ? items.slice(0, maxItems).map(usedPart) : items
  })
  return {
    format: 'json',
    title: escapeHtml(feed.title ?? ''),
    links: links([feed.home_page_url]),
    ttlSeconds: null,
    items: (feed.items ?? []).map((item) => ({
      ...NO_ITEM,
      titles: some(item.title).map(escapeHtml),
      summaries: some(item.summary).map(escapeHtml),
      bodies: [...some(item.content_html), ...some(item.content_text).map(escapeHtml)],
      links: links([item.external_url, item.url]),
      ids: some(item.id).map((value) => ({ value, permalink: true, base: null })),
      enclosures: links((item.attachments ?? []).map(({ url }) => url)),
      published: some(item.date_published),
      updated: some(item.date_modified)
    }))
  }
}

/** feedsmith on XML that rss-parser refused. @throws when it refuses it too. */
export function readWithFeedsmith(xml: string): RawFeed {
  const { format, feed } = parseFeed(xml)
  if (format === 'json') throw new Error('a JSON Feed in XML')
  if (format === 'atom') {
    return {
      format,
      title: feed.title?.value ?? '',
      links: (feed.links ?? []).map(atomLink),
      ttlSeconds: null,
      items: (feed.entries ?? []).map((entry) => ({
        ...NO_ITEM,
        titles: some(entry.title?.value),
        summaries: some(entry.summary?.value),
        bodies: some(entry.content?.value),
        links: (entry.links ?? []).map(atomLink),
        ids: some(entry.id).map((value) => ({ value, permalink: true, base: null })),
        published: some(entry.published),
        updated: some(entry.updated)
      }))
    }
  }
  if (format === 'rdf') {
    return {
      format,
      title: feed.title ?? '',
      links: links([feed.link]),
      ttlSeconds: null,
      items: (feed.items ?? []).map((item) => ({
        ...NO_ITEM,
        titles: some(item.title),
        summaries: some(item.description),
        bodies: some(item.content?.encoded),
        links: links([item.link]),
        ids: some(item.rdf?.about).map((value) => ({ value, permalink: true, base: null })),
        updated: item.dc?.dates ?? []
      }))
    }
  }
  return {
    format,
    title: feed.title ?? '',
    links: links([feed.link]),
    ttlSeconds: feed.ttl ? feed.ttl * 60 : null,
    items: (feed.items ?? []).map((item) => ({
      ...NO_ITEM,
      titles: some(item.title),
      summaries: some(item.description),
      bodies: some(item.content?.encoded),
      links: links([item.link]),
      ids: some(item.guid?.value).map((value) => ({ value, permalink: item.guid?.isPermaLink !== false, base: null })),
      enclosures: links((item.enclosures ?? []).map(({ url }) => url)),
      published: some(item.pubDate),
      updated: item.dc?.dates ?? []
    }))
  }
}

/** Keys and values, as the signs before them tell; those inside strings do not count. */
function countValues(json: string): number {
  let count = 0
  for (let at = 0; at < json.length; at++) {
    const sign = json[at]
    if (sign === '"') at = endOfString(json, at)
    else if (sign === ',' || sign === ':' || sign === '[' || sign === '{') count++
  }
  return count
}

function endOfString(json: string, open: number): number {
  for (let at = open + 1; at < json.length; at++) {
    if (json[at] === '\\') at++
    else if (json[at] === '"') return at
  }
  return json.length
}

const ITEM_KEYS = [
  'id',
  'url',
  'external_url',
  'title',
  'summary',
  'content_html',
  'content_text',
  'date_published',
  'date_modified',
  'attachments'
]

function usedPart(item: Record<string, unknown> | null): unknown {
  if (item === null || typeof item !== 'object') return item
  const part = Object.fromEntries(ITEM_KEYS.filter((key) => key in item).map((key) => [key, item[key]]))
  return Array.isArray(part.attachments) ? { ...part, attachments: part.attachments.slice(0, MAX_ATTACHMENTS) } : part
}

function some(value: string | undefined): string[] {
  return value === undefined || value === '' ? [] : [value]
}

function links(addresses: (string | undefined)[]): RawLink[] {
  return addresses.flatMap(some).map((href) => ({ href, rel: null, type: null, base: null }))
}

function atomLink(link: { href?: string; rel?: string; type?: string }): RawLink {
  return { href: link.href ?? '', rel: link.rel ?? null, type: link.type ?? null, base: null }
}

/** JSON Feed's plain text as HTML source, which is what our rules read. */
function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
}
