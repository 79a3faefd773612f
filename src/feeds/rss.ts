import Parser from 'rss-parser'
import type { RawFeed, RawId, RawItem, RawLink } from './raw.js'
import type { RepairedFeed } from './repair.js'

/** An element as xml2js gives it: its text, or an object where it has attributes. */
type Node = string | { _?: string; $?: Record<string, string> }

interface Custom {
  links?: Node[]
  ids?: Node[]
  titles?: Node[]
  altTitles?: Node[]
  summaries?: Node[]
  altSummaries?: Node[]
  bodies?: Node[]
  origLinks?: Node[]
  enclosures?: Node[]
  publishedDates?: Node[]
  updatedDates?: Node[]
  createdDates?: Node[]
}

interface CustomFeed {
  links?: Node[]
  ttl?: Node
  updatePeriod?: Node
  updateFrequency?: Node
}

/** Fields of a repaired item (see vocabulary.ts) to where rss-parser puts all of them. */
const ITEM_FIELDS: [field: string, name: keyof Custom][] = [
  ['link', 'links'],
  ['guid', 'ids'],
  ['title', 'titles'],
  ['altTitle', 'altTitles'],
  ['summary', 'summaries'],
  ['altSummary', 'altSummaries'],
  ['body', 'bodies'],
  ['origLink', 'origLinks'],
  ['enclosure', 'enclosures'],
  ['published', 'publishedDates'],
  ['updated', 'updatedDates'],
  ['created', 'createdDates']
]

/** Seconds of the syndication module's periods. */
const PERIODS: Record<string, number> = {
  hourly: 3600,
  daily: 86_400,
  weekly: 7 * 86_400,
  monthly: 30 * 86_400,
  yearly: 365 * 86_400
}

/**
 * rss-parser on a repaired document. A new Parser a feed, because one that met an error reads the next feed otherwise;
 * only fields of our own names, so that its snippet code, which is quadratic, never gets any text.
 *
 * @throws whatever rss-parser throws on a document that it refuses.
 */
export async function readWithRssParser(repaired: RepairedFeed): Promise<RawFeed> {
  const parser = new Parser<CustomFeed, Custom>({
    customFields: {
      feed: [['link', 'links', { keepArray: true }], 'updatePeriod', 'updateFrequency'] as never,
      item: ITEM_FIELDS.map(([field, name]) => [field, name, { keepArray: true }]) as never
    }
  })
  const feed = await parser.parseString(repaired.xml)
  return {
    format: repaired.format,
    title: textOf(feed.title),
    links: (feed.links ?? []).map(linkOf),
    ttlSeconds: ttlOf(feed),
    items: feed.items.map(itemOf)
  }
}

function itemOf(item: Custom): RawItem {
  return {
    titles: texts(item.titles),
    altTitles: texts(item.altTitles),
    summaries: [...texts(item.summaries), ...texts(item.altSummaries)],
    bodies: texts(item.bodies),
    links: [...(item.links ?? []).map(linkOf), ...(item.origLinks ?? []).map(origLinkOf)],
    ids: (item.ids ?? []).map(idOf).sort((a, b) => Number(b.about) - Number(a.about)),
    enclosures: (item.enclosures ?? []).map(linkOf),
    published: texts(item.publishedDates),
    updated: texts(item.updatedDates),
    created: texts(item.createdDates)
  }
}

function texts(nodes: Node[] | undefined): string[] {
  return (nodes ?? []).map(textOf).filter((text) => text.trim() !== '')
}

function textOf(node: Node | undefined): string {
  return typeof node === 'string' ? node : (node?._ ?? '')
}

function attributesOf(node: Node): Record<string, string> {
  return typeof node === 'string' ? {} : (node.$ ?? {})
}

function linkOf(node: Node): RawLink {
  const { href, url, uri, rel, type, base } = attributesOf(node)
  const relation = rel ?? null
  return { href: href || url || uri || textOf(node), rel: relation, type: type ?? null, base: base ?? null }
}

/** FeedBurner's note of the publisher's own address: no alternate of ours, but better than nothing. */
function origLinkOf(node: Node): RawLink {
  return { ...linkOf(node), rel: 'related' }
}

function idOf(node: Node): RawId & { about: boolean } {
  const { ispermalink, about, base } = attributesOf(node)
  const permalink = ispermalink?.trim().toLowerCase() !== 'false'
  return { value: textOf(node), permalink, base: base ?? null, about: about !== undefined }
}

/** RSS's ttl is in minutes; the syndication module says how often in a period. */
function ttlOf(feed: CustomFeed): number | null {
  const minutes = Number(textOf(feed.ttl))
  if (minutes > 0) return Math.round(minutes * 60)
  const period = PERIODS[textOf(feed.updatePeriod).trim().toLowerCase()]
  if (period === undefined) return null
  const frequency = Number(textOf(feed.updateFrequency)) || 1
  return Math.round(period / Math.max(frequency, 1))
}
