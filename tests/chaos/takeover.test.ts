import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { textMessage } from '../../src/chat/message.js'
import type { FeedEntry } from '../../src/model/feed.js'
import { REQUEST_SECONDS } from '../../src/renewal.js'
import { openStore } from '../../src/store/open.js'
import type { Store } from '../../src/store/store.js'
import { eachDatabase, quietLogger } from '../fakes/databases.js'
import { outcomes } from '../fakes/outcomes.js'
import { copyEmptyPglite } from '../fakes/pglite-template.js'

const NOON = new Date('2026-03-02T12:00:00Z')
const REF = { workspaceId: 'T1', channelId: 'C1' }
const FEED: FeedEntry = {
  url: 'https://news.example/feed',
  title: 'Wire',
  publisher: 'Wire',
  kind: 'news',
  jurisdiction: null,
  lang: 'en'
}
const DELIVERIES = { platforms: ['slack' as const], limit: 5, leaseSeconds: 25 }
const FEEDS = { limit: 5, leaseSeconds: 25 }

function after(seconds: number): Date {
  return new Date(NOON.getTime() + seconds * 1000)
}

async function oweOne(store: Store): Promise<void> {
  const place = {
    platform: 'slack' as const,
    workspace: { id: 'T1', name: 'Team' },
    channel: { id: 'C1', name: 'news' }
  }
  const { channel } = await store.channels.ensure(place, NOON)
  const notice = { channelId: channel.id, subject: 'notice:1', kind: 'notice' as const, message: textMessage('Hello.') }
  await store.deliveries.owe(notice, NOON)
}

eachDatabase('claims', (database) => {
  test('a renewed lease holds on; one that passed to another is not renewed', async () => {
    const store = await database.open()
    await oweOne(store)
    const [mine] = await store.deliveries.claim({ ...DELIVERIES, owner: 'one', now: NOON })
    const ids = [mine!.delivery.id]
    expect(await store.deliveries.renew({ ids, owner: 'one', leaseSeconds: 25, now: after(20) })).toEqual(ids)
    expect(await store.deliveries.claim({ ...DELIVERIES, owner: 'two', now: after(44) })).toEqual([])
    expect(await store.deliveries.claim({ ...DELIVERIES, owner: 'two', now: after(45) })).toHaveLength(1)
    expect(await store.deliveries.renew({ ids, owner: 'one', leaseSeconds: 25, now: after(46) })).toEqual([])
  })

  test('the renewed claim of a feed holds on, a dead process’s ends', async () => {
    const store = await database.open()
    await store.feeds.syncCatalogue([FEED], NOON)
    const [feed] = await store.polls.claimDue({ ...FEEDS, owner: 'one', now: NOON })
    const feedIds = [feed!.id]
    await store.polls.renewClaims({ feedIds, owner: 'one', leaseSeconds: 25, now: after(20) })
    await store.polls.renewClaims({ feedIds, owner: 'another', leaseSeconds: 999, now: after(21) })
    expect(await store.polls.claimDue({ ...FEEDS, owner: 'two', now: after(44) })).toEqual([])
    expect(await store.polls.claimDue({ ...FEEDS, owner: 'two', now: after(45) })).toHaveLength(1)
  })

  test('a paused channel is tried again after 15 s, then after a little longer, when it is owed something', async () => {
    const store = await database.open()
    await oweOne(store)
    await store.channels.pause('slack', REF, 'gone', NOON)
    expect(await store.channels.retryPaused(after(14))).toBe(0)
    expect(await store.channels.retryPaused(after(15))).toBe(1)
    expect(await store.deliveries.claim({ ...DELIVERIES, owner: 'one', now: after(15) })).toHaveLength(1)
    await store.channels.pause('slack', REF, 'gone still', after(16))
    expect(await store.channels.retryPaused(after(31))).toBe(0)
    expect(await store.channels.retryPaused(after(32))).toBe(1)
  })

  test('a paused channel that is owed nothing stays paused', async () => {
    const store = await database.open()
    await oweOne(store)
    const [mine] = await store.deliveries.claim({ ...DELIVERIES, owner: 'one', now: NOON })
    await outcomes(store.deliveries).done(mine!.delivery.id, 'one', { ...REF, messageId: '1' }, NOON)
    await store.channels.pause('slack', REF, 'gone', NOON)
    expect(await store.channels.retryPaused(after(99_999))).toBe(0)
  })
})

test('what a killed process had in hand on the embedded database is made sure of when its last request is over', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'facelaw-'))
  await copyEmptyPglite(dataDir)
  const before = await openStore({ dataDir, logger: quietLogger })
  await oweOne(before)
  await before.feeds.syncCatalogue([FEED], NOON)
  const death = new Date()
  await before.deliveries.claim({ ...DELIVERIES, owner: 'dead', now: death })
  await before.polls.claimDue({ ...FEEDS, owner: 'dead', now: NOON })
  await before.close()
  const store = await openStore({ dataDir, logger: quietLogger })
  const started = new Date()
  const overAt = (moment: Date) => new Date(moment.getTime() + REQUEST_SECONDS * 1000)
  // A platform that is slow may take the message only now.
  expect(
    await store.deliveries.claim({ ...DELIVERIES, owner: 'next', now: new Date(overAt(death).getTime() - 1) })
  ).toEqual([])
  const [again] = await store.deliveries.claim({ ...DELIVERIES, owner: 'next', now: overAt(started) })
  expect(again!.delivery.uncertain).toBe(true)
  expect(await store.polls.claimDue({ ...FEEDS, owner: 'next', now: NOON })).toHaveLength(1)
  await store.close()
  await rm(dataDir, { recursive: true, force: true })
})
