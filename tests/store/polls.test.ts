import { expect, test } from '@jest/globals'
import { eachDatabase, onPostgres } from '../fakes/databases.js'
import { addFeed, at, entry, itemsResult, NOON, PLAN } from './samples.js'

const urls = (count: number) =>
  Array.from({ length: count }, (_, i) => entry({ url: `http://127.0.0.1/${i}`, title: `Feed ${i}` }))
const CLAIM = { now: NOON, limit: 100, leaseSeconds: 60, owner: 'one' }

eachDatabase('polls', (database) => {
  test('a claimed feed is not claimed again before its lease runs out', async () => {
    const { feeds, polls } = await database.open()
    await feeds.syncCatalogue(urls(5), NOON)
    expect(await polls.claimDue({ ...CLAIM, limit: 3 })).toHaveLength(3)
    expect(await polls.claimDue(CLAIM)).toHaveLength(2)
    expect(await polls.claimDue(CLAIM)).toHaveLength(0)
    expect(await polls.claimDue({ ...CLAIM, now: at(1) })).toHaveLength(5)
  })

  test('anyTime claims what is not due, but not where the server asked us to wait', async () => {
    const { feeds, polls } = await database.open()
    await feeds.syncCatalogue(urls(2), NOON)
    const [one, two] = await polls.claimDue(CLAIM)
    await polls.record([{ feedId: one!.id, result: itemsResult(), plan: PLAN, now: NOON }])
    await polls.record([{ feedId: two!.id, result: itemsResult(), plan: { ...PLAN, holdUntil: at(30) }, now: NOON }])
    expect(await polls.claimDue(CLAIM)).toEqual([])
    // Polled since `now`: not again in the same round.
    expect(await polls.claimDue({ ...CLAIM, anyTime: true })).toEqual([])
    const forced = await polls.claimDue({ ...CLAIM, now: at(1), anyTime: true })
    expect(forced.map((feed) => feed.id)).toEqual([one!.id])
  })

  test('a poll with items is remembered', async () => {
    const store = await database.open()
    const { feeds, polls } = store
    const id = await addFeed(store)
    await polls.record([
      {
        feedId: id,
        result: itemsResult({ movedTo: 'http://127.0.0.1/moved' }),
        plan: { ...PLAN, newItems: 2 },
        now: NOON
      }
    ])
    expect(await feeds.find(id)).toMatchObject({
      fetchUrl: 'http://127.0.0.1/moved',
      etag: '"1"',
      bodyHash: 'abc',
      firstPolledAt: NOON,
      lastPolledAt: NOON,
      lastSuccessAt: NOON,
      lastChangeAt: NOON,
      intervalSeconds: 900,
      failures: 0,
      lastError: null,
      nextPollAt: at(15)
    })
  })

  test('an unchanged answer keeps validators; before any items it does not count as the first poll', async () => {
    const store = await database.open()
    const { feeds, polls } = store
    const id = await addFeed(store)
    const unchanged = { outcome: 'unchanged', etag: null, lastModified: null, movedTo: null } as const
    await polls.record([{ feedId: id, result: unchanged, plan: PLAN, now: NOON }])
    expect(await feeds.find(id)).toMatchObject({ firstPolledAt: null, lastSuccessAt: NOON })
    await polls.record([{ feedId: id, result: itemsResult(), plan: PLAN, now: at(1) }])
    await polls.record([{ feedId: id, result: unchanged, plan: PLAN, now: at(2) }])
    expect(await feeds.find(id)).toMatchObject({
      etag: '"1"',
      bodyHash: 'abc',
      firstPolledAt: at(1),
      lastSuccessAt: at(2)
    })
  })

  test('failures are counted until a poll works again', async () => {
    const store = await database.open()
    const { feeds, polls } = store
    const id = await addFeed(store)
    const failed = {
      outcome: 'failed',
      failure: 'timeout',
      message: 'It took too long.',
      retryAfterSeconds: null
    } as const
    await polls.record([{ feedId: id, result: failed, plan: PLAN, now: NOON }])
    await polls.record([{ feedId: id, result: failed, plan: PLAN, now: at(1) }])
    expect(await feeds.find(id)).toMatchObject({ failures: 2, lastError: 'It took too long.', lastSuccessAt: null })
    expect(await feeds.counts()).toEqual({ active: 1, failing: 1, silent: 0, never: 1 })
    await polls.record([{ feedId: id, result: itemsResult(), plan: PLAN, now: at(2) }])
    expect(await feeds.find(id)).toMatchObject({ failures: 0, lastError: null })
    await polls.record([{ feedId: id, result: itemsResult(), plan: PLAN, now: at(61 * 24 * 60 + 2) }])
    expect(await feeds.counts()).toEqual({ active: 1, failing: 0, silent: 1, never: 0 })
  })
})

onPostgres('polls', (database) => {
  test('concurrent pollers never get the same feed', async () => {
    const stores = [await database.open(), await database.open(), await database.open()]
    await stores[0]!.feeds.syncCatalogue(urls(300), NOON)
    const claimed: number[] = []
    await Promise.all(
      stores.map(async ({ polls }, worker) => {
        for (;;) {
          const some = await polls.claimDue({ ...CLAIM, limit: 7, owner: `worker ${worker}` })
          if (some.length === 0) return
          claimed.push(...some.map((feed) => feed.id))
        }
      })
    )
    expect(claimed).toHaveLength(300)
    expect(new Set(claimed).size).toBe(300)
  })
})
