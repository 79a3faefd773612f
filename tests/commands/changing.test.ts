import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type FeedServer, startFeedServer } from '../fakes/feed-server.js'
import { CommandBench, person } from './harness.js'

let bench: CommandBench
let server: FeedServer
let bare: FeedServer
const manager = person({ manager: true })

const FEED = '<rss version="2.0"><channel><title>Harbour News</title><item><title>One</title></item></channel></rss>'

beforeAll(async () => {
  bench = await CommandBench.open(new Date('2026-03-02T12:00:00Z'))
  server = await startFeedServer({
    '/feed.xml': FEED,
    '/second.xml': FEED.replace('Harbour News', 'Harbour Comments'),
    '/': '<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head></html>',
    '/two': `<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml">
      <link rel="alternate" type="application/rss+xml" href="/second.xml"></head></html>`
  })
  bare = await startFeedServer({ '/none': '<html><body>nothing here</body></html>' })
})

afterAll(async () => {
  await bench.close()
  await server.close()
  await bare.close()
})

describe('feeds', () => {
  test('adds the feed behind a page, once, and removes it', async () => {
    expect((await bench.say(`feeds add ${server.url('/')}`, manager)).text).toMatch(/Added: Harbour News/)
    expect((await bench.say(`feeds add ${server.url('/feed.xml')}`, manager)).text).toMatch(/is watched already/)
    expect((await bench.say('feeds')).text).toMatch(
      /1 feeds are watched[\s\S]*Harbour News[\s\S]*your own; not read yet/
    )
    expect((await bench.say(`feeds remove ${server.url('/feed.xml')}`, manager)).text).toMatch(/Removed: Harbour News/)
    expect((await bench.say(`feeds remove ${server.url('/feed.xml')}`, manager)).text).toMatch(
      /No feed with this address/
    )
  })

  test('asks which, when a page has several', async () => {
    const asked = await bench.say(`feeds add ${server.url('/two')}`, manager)
    expect(asked.text).toMatch(/Which feed\?\nHarbour News[\s\S]*Harbour Comments/)
    expect((await bench.press(asked, 'Add 2', manager)).text).toMatch(/Added: Harbour Comments/)
  })

  test('says what is wrong with an address', async () => {
    expect((await bench.say(`feeds add ${bare.url('/none')}`, manager)).text).toMatch(/No feed was found at/)
    expect((await bench.say(`feeds add ${server.url('/gone')}`, manager)).text).toMatch(/404/)
    expect((await bench.say('feeds add', manager)).text).toMatch(/needs an address/)
    expect((await bench.say('feeds add not an address', manager)).text).not.toMatch(/fault on our side/)
  })

  test('only who manages the channel changes what is watched', async () => {
    expect((await bench.say(`feeds add ${server.url('/')}`)).text).toMatch(/needs the permission/)
  })
})

describe('digest', () => {
  test('shows the last seven days now, and sets the weekly one', async () => {
    expect((await bench.say('digest')).text).toMatch(/Weekly digest: 23 February 2026 to 2 March 2026[\s\S]*is off/)
    const set = await bench.say('digest day:friday hour:8 zone:Europe/Berlin', manager)
    expect(set.text).toMatch(/comes Friday 08:00, Europe\/Berlin; the next on 6 March 2026/)
    expect((await bench.say('digest off', manager)).text).toMatch(/is off/)
    expect((await bench.say('digest hour:24', manager)).text).toMatch(/takes 0 to 23/)
    expect((await bench.say('digest zone:Mars/Olympus', manager)).text).toMatch(/no time zone that I know/)
    expect((await bench.say('digest day:friday')).text).toMatch(/needs the permission/)
  })

  test('the first zone that is named holds for what is set after it, unless that names another', async () => {
    await bench.say('digest day:friday zone:Europe/Berlin', manager)
    await bench.say('digest zone:Europe/Paris', manager)
    expect((await bench.say('deadlines remind:on jurisdiction:US-WA', manager)).text).toMatch(/\(Europe\/Berlin\)/)
    const own = await bench.say('deadlines remind:on jurisdiction:EU zone:Asia/Tokyo', manager)
    expect(own.text).toMatch(/\(Asia\/Tokyo\)/)
    expect((await bench.say('subscriptions quiet:22-7', manager)).text).toMatch(/quiet 22–7 \(Europe\/Berlin\)/)
    expect((await bench.say('deadlines zone:Asia/Tokyo')).text).toMatch(/goes with reminders/)
  })
})
