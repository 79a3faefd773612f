import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { discoverFeeds } from '../../src/feeds/discover.js'
import { createFetcher, type Fetcher } from '../../src/feeds/fetch.js'
import { createHostLimiter } from '../../src/feeds/hosts.js'
import { createParsePool, ParseError, type ParsePool } from '../../src/feeds/parse-pool.js'
import { createPoller, type Poller } from '../../src/feeds/poll.js'
import { type FeedEntry, type FeedState, neverPolled } from '../../src/model/feed.js'
import { type FeedServer, startFeedServer } from '../fakes/feed-server.js'
import { rss } from './samples.js'

let server: FeedServer
let fetcher: Fetcher
let parser: ParsePool
let poller: Poller

beforeAll(async () => {
  server = await startFeedServer()
  fetcher = createFetcher({ allowPrivate: true, contact: 'mailto:ops@facelaw.example', version: '0' })
  // Patient, for a busy machine: what is tested here is not speed.
  parser = createParsePool({ timeoutMs: 20_000 })
  poller = createPoller({ fetcher, parser, hosts: createHostLimiter({ spacingMs: 0 }) })
})
afterAll(async () => {
  await poller.close()
  await server.close()
})

function state(path: string, changes: Partial<FeedState> = {}): FeedState {
  const url = server.url(path)
  const entry: FeedEntry = { url, title: 't', publisher: 'p', kind: 'news', jurisdiction: null, lang: 'en' }
  return { ...neverPolled(entry), id: 1, intervalSeconds: 900, ...changes }
}

const TWO = rss([{ title: 'one', link: 'a' }, { title: 'two' }])

describe('a poll', () => {
  test('brings items, resolved against where the feed was in the end', async () => {
    server.set('/old', { status: 301, location: '/new/feed' })
    server.set('/new/feed', { body: TWO, encoding: 'gzip' })
    expect(await poller.poll(state('/old'))).toMatchObject({
      outcome: 'items',
      movedTo: server.url('/new/feed'),
      feed: { items: [{ title: 'one', link: server.url('/new/a') }, { title: 'two' }] }
    })
  })

  test('of a document that breaks off keeps what is whole, and asks for all of it again', async () => {
    server.set('/half', { body: TWO.slice(0, TWO.indexOf('two') + 2), etag: true })
    const result = await poller.poll(state('/half'))
    expect(result).toMatchObject({
      outcome: 'items',
      etag: null,
      lastModified: null,
      feed: { items: [{ title: 'one' }] }
    })
    server.set('/half', { body: TWO.slice(0, TWO.indexOf('</channel>')) })
    expect(await poller.poll(state('/half'))).toMatchObject({ feed: { items: [{ title: 'one' }, { title: 'two' }] } })
  })

  test('of a feed that did not change says so: by ETag, and by its bytes where the server has none', async () => {
    server.set('/etag', { body: TWO, etag: true })
    server.set('/bytes', TWO)
    for (const path of ['/etag', '/bytes']) {
      const first = await poller.poll(state(path))
      if (first.outcome !== 'items') throw new Error('expected items')
      const { etag, lastModified, bodyHash } = first
      expect(await poller.poll(state(path, { etag, lastModified, bodyHash }))).toMatchObject({ outcome: 'unchanged' })
    }
    expect(server.requests.at(-3)?.headers['if-none-match']).toBeDefined()
  })

  test.each([
    [
      'a web page',
      { body: '<html><p>Hello</p></html>', headers: { 'content-type': 'text/html' } },
      'not-a-feed',
      /web page/
    ],
    ['nothing', { body: '' }, 'empty', /empty/],
    ['no XML', { body: '%PDF-1.4' }, 'not-a-feed', /no XML/],
    ['an error', { status: 503, headers: { 'retry-after': '60' } }, 'http-status', /503/]
  ])('of %s is a failure with a reason', async (_, answer, failure, message) => {
    server.set('/bad', answer)
    const result = await poller.poll(state('/bad'))
    expect(result).toMatchObject({ outcome: 'failed', failure, retryAfterSeconds: 'status' in answer ? 60 : null })
    expect(result.outcome === 'failed' && result.message).toMatch(message)
  })

  test('asks one host for two things at a time at most', async () => {
    const busy = await startFeedServer(Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`/${at}`, TWO])))
    const states = Array.from({ length: 8 }, (_, at) => ({ ...state('/'), fetchUrl: busy.url(`/${at}`) }))
    const results = await Promise.all(states.map((one) => poller.poll(one)))
    expect(results.every(({ outcome }) => outcome === 'items')).toBe(true)
    expect(busy.mostAtOnce()).toBeLessThanOrEqual(2)
    await busy.close()
  })
})

describe('the parser threads', () => {
  test('a document that takes too long costs its thread, not the next document', async () => {
    const hasty = createParsePool({ timeoutMs: 1 })
    const slow = Buffer.from(
      rss(Array.from({ length: 4000 }, (_, at) => ({ title: `t${at} ${'&amp; '.repeat(100)}` })))
    )
    await expect(hasty.parse(slow, { url: null })).rejects.toMatchObject({
      failure: 'unreadable',
      message: /longer than/
    })
    await hasty.close()
    expect((await parser.parse(Buffer.from(TWO), { url: null })).items).toHaveLength(2)
  })

  test('a document that was read while this thread stood still is taken, though its time is over by then', async () => {
    const hasty = createParsePool({ timeoutMs: 200 })
    const long = Buffer.from(rss(Array.from({ length: 1000 }, (_, at) => ({ title: `t${at}` }))))
    const isRead = (bytes: Buffer) =>
      hasty.parse(bytes, { url: null }).then(
        () => true,
        () => false
      )
    const readDuringPause = async (): Promise<boolean> => {
      // The clock starts with a thread that is up.
      if (!(await isRead(Buffer.from(TWO)))) return false
      let early = true
      const reading = isRead(long).then((read) => read && !early)
      await new Promise((turn) => setImmediate(turn))
      early = false
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000)
      return await reading
    }
    // On a busy machine a pause may be too short, or begin too late.
    let taken = false
    for (let attempt = 0; !taken && attempt < 10; attempt++) taken = await readDuringPause()
    expect(taken).toBe(true)
    await hasty.close()
  })

  test('a document that takes too much memory costs its thread, not the process', async () => {
    const small = createParsePool({ heapMb: 24, timeoutMs: 20_000 })
    const big = Buffer.from(rss([{ title: 'x', extra: `<a>${'<b>ж</b>'.repeat(1_000_000)}</a>` }]))
    await expect(small.parse(big, { url: null })).rejects.toMatchObject({ failure: 'unreadable' })
    expect((await small.parse(Buffer.from(TWO), { url: null })).items).toHaveLength(2)
    await small.close()
  })

  test('says what it refused', async () => {
    await expect(parser.parse(Buffer.from('{}'), { url: null })).rejects.toEqual(
      new ParseError('not-a-feed', 'the document is JSON, but no JSON Feed')
    )
  })
})

describe('discovery', () => {
  const page = (head: string, body = '') => ({
    body: `<!doctype html><html><head>${head}</head><body>${body}</body></html>`,
    headers: { 'content-type': 'text/html' }
  })
  const discover = (path: string) => discoverFeeds(server.url(path), fetcher, parser)

  test('the address is a feed', async () => {
    server.set('/feed', TWO)
    expect(await discover('/feed')).toEqual([{ url: server.url('/feed'), title: 'Town news', items: 2 }])
  })

  test('the page announces its feeds; those that are none are left out', async () => {
    server.set('/f1', TWO)
    server.set(
      '/blog',
      page(
        '<base href="/sub/"><link rel="alternate" type="application/rss+xml" href="../f1"><link rel="alternate" type="application/atom+xml" href="/gone"><link rel="alternate" hreflang="fr" href="/fr">'
      )
    )
    expect((await discover('/blog')).map(({ url }) => url)).toEqual([server.url('/f1')])
  })

  test('the page links to a feed', async () => {
    server.set('/f2', TWO)
    server.set(
      '/links',
      page('', '<a href="/about">About</a> <a href="/f2"><b>RSS</b> feed</a> <a href="/feedback">Feedback</a>')
    )
    expect((await discover('/links')).map(({ url }) => url)).toEqual([server.url('/f2')])
    expect(server.count('/about') + server.count('/feedback')).toBe(0)
  })

  test('the site keeps a feed at a usual place', async () => {
    server.set('/silent', page(''))
    server.set('/rss.xml', TWO)
    expect((await discover('/silent')).map(({ url }) => url)).toEqual([server.url('/rss.xml')])
    server.set('/rss.xml', { status: 404 })
  })

  test('none', async () => {
    server.set('/none', page(''))
    expect(await discover('/none')).toEqual([])
  })
})
