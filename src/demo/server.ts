import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FeedEntry } from '../model/feed.js'
import type { ArchiveFeed } from './archive.js'
import { pageOf, type RenderedFeed, renderFeed, siteOf } from './render.js'

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

function render(feed: ArchiveFeed, now: Date): RenderedFeed {
  const site = siteOf(feed.title)
  // Newest first, as feeds are.
  const items = feed.items.filter((item) => new Date(item.date) <= now).toReversed()
  const shown = items.map((item) => ({ ...item, link: pageOf(site, item) }))
  return renderFeed({ ...feed, site, updated: now }, shown)
}
