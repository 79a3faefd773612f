import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { isPublicAddress, type LookupAll } from '../../src/feeds/address.js'
import { createFetcher, type Fetcher, type FetcherOptions, parseRetryAfter } from '../../src/feeds/fetch.js'
import { FetchError } from '../../src/feeds/fetch-error.js'
import { type FeedServer, startFeedServer } from '../fakes/feed-server.js'

const SETTINGS: FetcherOptions = { allowPrivate: true, contact: 'mailto:ops@facelaw.example', version: '1.2.3' }
const FEED = `<rss version="2.0"><channel>${'<item><title>Hearing</title></item>'.repeat(50)}</channel></rss>`

let server: FeedServer
const fetchers: Fetcher[] = []

function fetcher(options: Partial<FetcherOptions> = {}): Fetcher {
  const made = createFetcher({ ...SETTINGS, ...options })
  fetchers.push(made)
  return made
}

async function text(path: string, options: Partial<FetcherOptions> = {}): Promise<string> {
  const fetched = await fetcher(options).fetch(server.url(path))
  return fetched.changed ? Buffer.from(fetched.bytes).toString() : 'not modified'
}

async function failure(url: string, options: Partial<FetcherOptions> = {}): Promise<FetchError> {
  const error = await fetcher(options)
    .fetch(url)
    .catch((error) => error)
  expect(error).toBeInstanceOf(FetchError)
  return error
}

beforeAll(async () => {
  server = await startFeedServer({ '/plain': FEED })
})
afterEach(() => Promise.all(fetchers.splice(0).map((one) => one.close())))
afterAll(() => server.close())

describe('a fetch', () => {
  test('says who we are, and where to complain', async () => {
    await text('/plain')
    expect(server.requests.at(-1)?.headers['user-agent']).toBe('Facelaw/1.2.3 (+mailto:ops@facelaw.example)')
  })

  test.each(['gzip', 'deflate', 'raw-deflate', 'br'] as const)('reads %s', async (encoding) => {
    server.set('/packed', { body: FEED, encoding })
    expect(await text('/packed')).toBe(FEED)
  })

  test('reads a file that is a .gz itself', async () => {
    server.set('/feed.xml.gz', { body: gzipSync(FEED) })
    expect(await text('/feed.xml.gz')).toBe(FEED)
  })

  test('asks with what it remembers, and takes 304 for an answer', async () => {
    server.set('/etag', { body: FEED, etag: true, lastModified: 'Mon, 23 Nov 2026 10:00:00 GMT' })
    const one = fetcher()
    const first = await one.fetch(server.url('/etag'))
    expect(first).toMatchObject({ changed: true, lastModified: 'Mon, 23 Nov 2026 10:00:00 GMT' })
    const second = await one.fetch(server.url('/etag'), first)
    expect(second).toEqual({
      changed: false,
      url: server.url('/etag'),
      movedTo: null,
      etag: first.etag,
      lastModified: first.lastModified
    })
  })

  test('a 304 that nobody asked for is a failure', async () => {
    server.set('/304', { status: 304 })
    expect(await failure(server.url('/304'))).toMatchObject({ failure: 'http-status' })
  })

  test('user and password in the address go as basic auth, and no further', async () => {
    server.set('/private', { status: 403 })
    const error = await failure(server.url('/private').replace('http://', 'http://ann:s3cret@'))
    expect(server.requests.at(-1)?.headers.authorization).toBe(`Basic ${Buffer.from('ann:s3cret').toString('base64')}`)
    expect(JSON.stringify([error.message, error.stack])).not.toMatch(/s3cret|ann:/)
  })

  test('messages name no path and no query: they may hold tokens', async () => {
    expect((await failure(server.url('/t0ken.rss?key=s3cret'))).message).not.toMatch(/t0ken|s3cret/)
  })
})

describe('redirects', () => {
  test.each([
    [[301, 308], '/plain'],
    [[301, 302], null],
    [[302, 301], null],
    [[307], null],
    [[303], null]
  ])('%j', async (statuses, moved) => {
    for (const [at, status] of statuses.entries()) {
      server.set(`/hop${at}`, { status, location: at === statuses.length - 1 ? '/plain' : `hop${at + 1}` })
    }
    const fetched = await fetcher().fetch(server.url('/hop0'))
    expect(fetched).toMatchObject({ changed: true, url: server.url('/plain'), movedTo: moved && server.url(moved) })
  })

  test('five are followed, six are not', async () => {
    for (let at = 0; at < 6; at++) server.set(`/r${at}`, { status: 302, location: at === 5 ? '/plain' : `/r${at + 1}` })
    expect(await text('/r1')).toBe(FEED)
    expect(await failure(server.url('/r0'))).toMatchObject({ failure: 'too-many-redirects' })
  })

  test.each(['http://[', 'http://a b', '', 'http://%00/'])(
    'a Location that cannot be read (%j) is a failure, no crash',
    async (location) => {
      server.set('/bad', { status: 302, location })
      expect((await failure(server.url('/bad'), { maxRedirects: 1 })).failure).toMatch(/http-status|too-many-redirects/)
    }
  )

  test('other schemes are not followed', async () => {
    server.set('/file', { status: 302, location: 'file:///etc/passwd' })
    expect((await failure(server.url('/file'))).message).toMatch(/file: are not fetched/)
  })
})

describe('limits', () => {
  test('bytes are counted after inflation', async () => {
    server.set('/bomb', { body: 'x'.repeat(3_000_000), encoding: 'gzip' })
    expect(await failure(server.url('/bomb'), { maxBytes: 1_000_000 })).toMatchObject({ failure: 'too-large' })
    server.set('/bomb.gz', { body: gzipSync('x'.repeat(3_000_000)) })
    expect(await failure(server.url('/bomb.gz'), { maxBytes: 1_000_000 })).toMatchObject({ failure: 'too-large' })
  })

  test('a body without end is left', async () => {
    server.set('/endless', { body: 'x'.repeat(10_000), endless: true })
    expect(await failure(server.url('/endless'), { maxBytes: 1_000_000 })).toMatchObject({ failure: 'too-large' })
  })

  test.each(['headers', 'body'] as const)(
    'a server that stalls in its %s is left when the time is over',
    async (stall) => {
      server.set('/stall', { body: FEED, stall })
      expect(await failure(server.url('/stall'), { timeoutMs: 200 })).toMatchObject({ failure: 'timeout' })
    }
  )

  test('a connection that breaks off is a failure at once', async () => {
    server.set('/cut', { body: FEED, cutAfter: 20 })
    expect(await failure(server.url('/cut'))).toMatchObject({ failure: 'network' })
  })

  test('nobody listens', async () => {
    const other = await startFeedServer()
    await other.close()
    expect(await failure(other.url('/'))).toMatchObject({ failure: 'refused' })
  })

  test('an encoding that we did not ask for', async () => {
    server.set('/odd', { body: FEED, headers: { 'content-encoding': 'zstd' } })
    expect((await failure(server.url('/odd'))).message).toMatch(/"zstd"/)
  })
})

describe('answers that are no document', () => {
  test('429 and Retry-After', async () => {
    server.set('/429', { status: 429, headers: { 'retry-after': '120' } })
    expect(await failure(server.url('/429'))).toMatchObject({ failure: 'rate-limited', retryAfterSeconds: 120 })
  })

  test.each([
    [403, /User-Agent/],
    [404, /no such page/],
    [410, /gone for good/],
    [500, /tried again/]
  ])('%d says what to do', async (status, message) => {
    server.set('/status', { status })
    const error = await failure(server.url('/status'))
    expect(error).toMatchObject({ failure: 'http-status', retryAfterSeconds: null })
    expect(error.message).toMatch(message)
  })

  test.each([
    ['120', 120],
    ['Mon, 23 Nov 2026 10:01:00 GMT', 60],
    ['Mon, 23 Nov 2026 09:00:00 GMT', 0],
    ['soon', null],
    [null, null]
  ])('Retry-After: %s', (value, seconds) => {
    expect(parseRetryAfter(value, new Date('2026-11-23T10:00:00Z'))).toBe(seconds)
  })
})

describe('private addresses', () => {
  const none: LookupAll = () => {
    throw new Error('no name is looked up here')
  }

  test.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.64.0.1/',
    'http://[fe80::1]/',
    'http://[fd00::1]/'
  ])('%s is refused', async (url) => {
    expect(await failure(url, { allowPrivate: false, lookup: none })).toMatchObject({ failure: 'private-address' })
  })

  test('a name that resolves to one is refused, and one that does so for its connection only', async () => {
    let asked = 0
    const lookup: LookupAll = (_host, _options, done) => {
      asked++
      done(null, [{ address: '127.0.0.1', family: 4 }])
    }
    const before = server.requests.length
    const url = server.url('/plain').replace('127.0.0.1', 'feeds.example')
    const error = await failure(url, { allowPrivate: false, lookup })
    expect(error).toMatchObject({ failure: 'private-address' })
    expect(error.message).toMatch(/FACELAW_ALLOW_PRIVATE_FEEDS=1/)
    // The only look-up is the one whose answer is connected to: there is no second one to lie to.
    expect(asked).toBe(1)
    expect(server.requests).toHaveLength(before)
  })

  test('public addresses are not', () => {
    expect(['93.184.216.34', '2606:4700::1111', '::ffff:93.184.216.34'].map(isPublicAddress)).toEqual([
      true,
      true,
      true
    ])
  })

  test('a name that does not exist', async () => {
    const lookup: LookupAll = (_host, _options, done) => done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), [])
    expect(await failure('http://feeds.example/', { allowPrivate: false, lookup })).toMatchObject({ failure: 'dns' })
  })

  test.each(['ftp://a.example/', 'file:///etc/passwd', 'not an address'])('%s is not fetched', async (url) => {
    expect(await failure(url)).toMatchObject({ failure: 'network' })
  })
})
