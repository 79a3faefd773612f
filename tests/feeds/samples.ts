/** Small feeds in our own words, for the tests of this room. */

import { expect } from '@jest/globals'
import { parseFeedDocument } from '../../src/feeds/parse.js'
import type { FeedItem, ParsedFeed } from '../../src/model/feed.js'

export interface SampleItem {
  title: string
  link?: string
  guid?: string
  extra?: string
}

export function rss(items: SampleItem[], channel = ''): string {
  const body = items.map(
    ({ title, link, guid, extra = '' }) =>
      `<item><title>${title}</title>${link ? `<link>${link}</link>` : ''}${guid ? `<guid>${guid}</guid>` : ''}${extra}</item>`
  )
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Town news</title>${channel}${body.join('')}</channel></rss>`
}

export function atom(entries: string, attributes = ''): string {
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" ${attributes}><title>Court news</title>${entries}</feed>`
}

/** Where these documents are said to come from. */
export const URL_OF_FEED = 'https://news.example/dir/feed.xml'

export async function parse(document: string | Uint8Array, contentType: string | null = null): Promise<ParsedFeed> {
  const bytes = typeof document === 'string' ? Buffer.from(document) : document
  return parseFeedDocument(bytes, { url: URL_OF_FEED, contentType })
}

/** The one item of a document. */
export async function only(document: string | Uint8Array, contentType: string | null = null): Promise<FeedItem> {
  const { items } = await parse(document, contentType)
  expect(items).toHaveLength(1)
  return items[0]!
}
