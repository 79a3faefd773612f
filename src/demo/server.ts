import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith'
import type { FeedEntry } from '../model/feed.js'
import type { ArchiveFeed, ArchiveItem } from './archive.js'

export interface ArchiveServer {
  /** The catalogue of the served feeds. */
  entries: FeedEntry[]
  close(): Promise<void>
}

/** Serves the archive on loopback as real feeds: at every moment they hold what was published until then. */
export async function serveArchive(feeds: ArchiveFeed[], now: () => Date): Promise<ArchiveServer> {
  const server = createServer((request, response) => {
    const feed = feeds[Number(request.url?.slice(1))]
    if (!feed) return void response.writeHead(404).end()
    const { type, body } = render(feed, now())
    response.writeHead(200, { 'content-type': type }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    entries: feeds.map((feed, index) => ({
      url: `http://127.0.0.1:${port}/${index}`,
      title: feed.title,
      publisher: feed.title,
      kind: feed.kind,
      jurisdiction: null,
      lang: feed.lang
    })),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

function render(feed: ArchiveFeed, now: Date): { type: string; body: string } {
  const site = `https://${slug(feed.title)}.example`
  // Newest first, as feeds are.
  const items = feed.items.filter((item) => new Date(item.date) <= now).toReversed()
  const link = (item: ArchiveItem) => `${site}/${item.date.slice(0, 10).replaceAll('-', '/')}/${slug(item.title)}`
  if (feed.format === 'json') {
    const body = generateJsonFeed({
      title: feed.title,
      home_page_url: site,
      items: items.map((item) => ({
        id: link(item),
        url: link(item),
        title: item.title,
        content_text: item.text,
        date_published: new Date(item.date)
      }))
    })
    return { type: 'application/feed+json', body: JSON.stringify(body) }
  }
  if (feed.format === 'atom') {
    const body = generateAtomFeed({
      id: site,
      title: { value: feed.title },
      updated: now,
      entries: items.map((item) => ({
        id: link(item),
        title: { value: item.title },
        links: [{ href: link(item) }],
        published: new Date(item.date),
        updated: new Date(item.date),
        summary: { value: item.text }
      }))
    })
    return { type: 'application/atom+xml', body }
  }
  const body = generateRssFeed({
    title: feed.title,
    link: site,
    description: feed.title,
    items: items.map((item) => ({
      title: item.title,
      link: link(item),
      guid: { value: link(item), isPermaLink: true },
      pubDate: new Date(item.date),
      description: item.text
    }))
  })
  return { type: 'application/rss+xml', body }
}

function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
