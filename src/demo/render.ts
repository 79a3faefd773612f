import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith'
import type { ArchiveFeed } from './archive.js'

export interface RenderedFeed {
  /** Its media type. */
  type: string
  body: string
}

/** An item as its feed tells it. */
export interface ShownItem {
  title: string
  text: string
  /** ISO 8601. */
  date: string
  link: string
  /** Left out: the link. */
  guid?: string
}

export interface Channel extends Pick<ArchiveFeed, 'title' | 'format'> {
  site: string
  updated: Date
}

/** Writes a feed as RSS, Atom or JSON Feed; the items newest first, as they are given. */
export function renderFeed({ title, format, site, updated }: Channel, items: readonly ShownItem[]): RenderedFeed {
  if (format === 'json') return { type: 'application/feed+json', body: asJson(title, site, items) }
  if (format === 'atom') return { type: 'application/atom+xml', body: asAtom(title, site, items, updated) }
  return { type: 'application/rss+xml', body: asRss(title, site, items) }
}

function asJson(title: string, site: string, items: readonly ShownItem[]): string {
  return JSON.stringify(
    generateJsonFeed({
      title,
      home_page_url: site,
      items: items.map((item) => ({
        id: item.guid ?? item.link,
        url: item.link,
        title: item.title,
        content_text: item.text,
        date_published: new Date(item.date)
      }))
    })
  )
}

function asAtom(title: string, site: string, items: readonly ShownItem[], updated: Date): string {
  return generateAtomFeed({
    id: site,
    title: { value: title },
    updated,
    entries: items.map((item) => ({
      id: item.guid ?? item.link,
      title: { value: item.title },
      links: [{ href: item.link }],
      published: new Date(item.date),
      updated: new Date(item.date),
      summary: { value: item.text }
    }))
  })
}

function asRss(title: string, site: string, items: readonly ShownItem[]): string {
  return generateRssFeed({
    title,
    link: site,
    description: title,
    items: items.map((item) => ({
      title: item.title,
      link: item.link,
      guid: { value: item.guid ?? item.link, isPermaLink: item.guid === undefined },
      pubDate: new Date(item.date),
      description: item.text
    }))
  })
}

/** The address of an invented outlet. */
export function siteOf(title: string): string {
  return `https://${slug(title)}.example`
}

/** Where one of its items stands. */
export function pageOf(site: string, { date, title }: Pick<ShownItem, 'date' | 'title'>): string {
  return `${site}/${date.slice(0, 10).replaceAll('-', '/')}/${slug(title)}`
}

/** Words of a title as a part of an address. */
export function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
