import { expect, test } from '@jest/globals'
import { entryFor } from '../../src/feeds/entry.js'
import { createFetcher } from '../../src/feeds/fetch.js'
import { createParsePool } from '../../src/feeds/parse-pool.js'
import { createPoller } from '../../src/feeds/poll.js'
import { planNext } from '../../src/feeds/schedule.js'
import { PollLoop } from '../../src/ingest/poll-loop.js'
import type { FeedState } from '../../src/model/feed.js'
import type { Store } from '../../src/store/store.js'
import { eachDatabase, quietLogger } from '../fakes/databases.js'
import { type FeedServer, startFeedServer } from '../fakes/feed-server.js'
import { addChannel, entry, NOON, subscribe, tags } from '../store/samples.js'

function rss(...titles: string[]): string {
  const items = titles.map(
    (title) => `<item><title>${title}</title><link>https://lens.example/${encodeURIComponent(title)}</link></item>`
  )
  return `<rss version="2.0"><channel><title>Lens</title>${items.join('')}</channel></rss>`
}

async function withServer(work: (server: FeedServer) => Promise<void>): Promise<void> {
  const server = await startFeedServer()
  try {
    await work(server)
  } finally {
    await server.close()
  }
}

function loopOn(store: Store, clock: { now: Date }, onPoll: (feed: FeedState) => void = () => {}) {
  const fetcher = createFetcher({ allowPrivate: true, contact: 'test', version: '0' })
  const poller = createPoller({ fetcher, parser: createParsePool() })
  const loop = new PollLoop({
    store,
    poll: (feed, room) => {
      onPoll(feed)
      return poller.poll(feed, room)
    },
    plan: (feed, result, newItems, now) => planNext(feed, result, newItems, now, { pollSeconds: 60 }),
    tag: ({ title }) => tags({ relevant: !title.startsWith('Other') }),
    arrived: () => {},
    now: () => clock.now,
    owner: 'test',
    logger: quietLogger
  })
  return { loop, close: () => poller.close() }
}

eachDatabase('polling', (database) => {
  test('stores the first reading in silence, then owes each new story once, in the order of events', () =>
    withServer(async (server) => {
      const store = await database.open()
      await store.feeds.syncCatalogue([entry({ url: server.url('/a') })], NOON)
      await subscribe(store, await addChannel(store))
      const clock = { now: NOON }
      const { loop, close } = loopOn(store, clock)
      server.set('/a', rss('Old one', 'Older one'))
      expect(await loop.round(false)).toMatchObject({ polled: 1, first: 1, fresh: 2, owed: 0 })
      clock.now = new Date(NOON.getTime() + 3_600_000)
      server.set('/a', rss('Newest', 'Other news', 'Newer', 'Old one', 'Older one'))
      expect(await loop.round(false)).toMatchObject({ polled: 2, fresh: 5, owed: 2 })
      const next = { platforms: ['discord' as const], owner: 'test', limit: 5, leaseSeconds: 60, now: clock.now }
      const [claimed] = await store.deliveries.claim(next)
      expect((await store.stories.find(claimed!.delivery.storyId!))?.title).toBe('Newer')
      await close()
    }))

  test('a feed known by its address alone is named after its own title, and keeps that name at the next start', () =>
    withServer(async (server) => {
      const store = await database.open()
      const unnamed = entryFor(server.url('/a'))!
      await store.feeds.syncCatalogue([unnamed], NOON)
      server.set('/a', rss('One'))
      const { loop, close } = loopOn(store, { now: NOON })
      await loop.round(false)
      await store.feeds.syncCatalogue([unnamed], NOON)
      expect((await store.feeds.list(null))[0]?.entry).toMatchObject({ title: 'Lens', publisher: 'Lens' })
      const { stories } = await store.stories.query({ limit: 1, offset: 0 })
      expect(stories[0]?.outlet).toBe('Lens')
      await close()
    }))

  test('one feed that fails or hangs its parser keeps nobody else waiting', () =>
    withServer(async (server) => {
      const store = await database.open()
      const urls = ['/good', '/missing', '/html'].map((path) => entry({ url: server.url(path), title: path }))
      await store.feeds.syncCatalogue(urls, NOON)
      server.set('/good', rss('One'))
      server.set('/html', '<html><body>no feed here</body></html>')
      const { loop, close } = loopOn(store, { now: NOON })
      const report = await loop.round(false)
      expect(report).toMatchObject({ polled: 3, first: 1, fresh: 1 })
      expect(report.failed.map(({ feed }) => feed.entry.title).sort()).toEqual(['/html', '/missing'])
      const failing = (await store.feeds.list(null)).filter((feed) => feed.failures > 0)
      expect(failing).toHaveLength(2)
      for (const feed of failing) expect(feed.nextPollAt.getTime()).toBeGreaterThan(NOON.getTime())
      await close()
    }))

  test('long documents are read as those before them are stored, not all at once', () =>
    withServer(async (server) => {
      const store = await database.open()
      const titles = Array.from({ length: 400 }, (_, at) => `Other ${'long '.repeat(300)} ${at}`)
      const paths = ['/a', '/b', '/c', '/d']
      for (const path of paths) server.set(path, rss(...titles.map((title) => `${title} ${path}`)))
      await store.feeds.syncCatalogue(
        paths.map((path) => entry({ url: server.url(path), title: path })),
        NOON
      )
      let most = 0
      const articles = {
        ...store.articles,
        keep: async (...args: Parameters<Store['articles']['keep']>) => {
          most = Math.max(most, new Set(args[0].map(({ feedId }) => feedId)).size)
          return await store.articles.keep(...args)
        }
      }
      const { loop, close } = loopOn({ ...store, articles }, { now: NOON })
      expect(await loop.round(false)).toMatchObject({ polled: 4, fresh: 1600, failed: [] })
      expect(most).toBe(1)
      await close()
    }))

  test('a round of any time polls what is not due, each once, but not what asked to wait', () =>
    withServer(async (server) => {
      const store = await database.open()
      await store.feeds.syncCatalogue(
        [entry({ url: server.url('/a') }), entry({ url: server.url('/b'), title: 'B' })],
        NOON
      )
      server.set('/a', rss('One'))
      server.set('/b', { status: 429, headers: { 'retry-after': '600' } })
      const clock = { now: NOON }
      const polled: string[] = []
      const { loop, close } = loopOn(store, clock, (feed) => polled.push(feed.entry.title))
      await loop.round(true)
      clock.now = new Date(NOON.getTime() + 1000)
      await loop.round(true)
      expect(polled.sort()).toEqual(['B', 'The Daily Lens', 'The Daily Lens'])
      await close()
    }))

  test('what a poll failed to write down is polled again when its claim ran out', () =>
    withServer(async (server) => {
      const store = await database.open()
      await store.feeds.syncCatalogue([entry({ url: server.url('/a') })], NOON)
      server.set('/a', rss('One'))
      const broken: Store = {
        ...store,
        polls: { ...store.polls, record: () => Promise.reject(new Error('store away')) }
      }
      const clock = { now: NOON }
      const first = loopOn(broken, clock)
      expect((await first.loop.round(false)).failed).toHaveLength(1)
      clock.now = new Date(NOON.getTime() + 200_000)
      const second = loopOn(store, clock)
      expect(await second.loop.round(false)).toMatchObject({ polled: 1, fresh: 0, failed: [] })
      await first.close()
      await second.close()
    }))
})
