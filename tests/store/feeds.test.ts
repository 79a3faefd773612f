import { expect, test } from '@jest/globals'
import { eachDatabase, onPostgres } from '../fakes/databases.js'
import { addChannel, addFeed, at, entry, itemsResult, NOON, PLAN } from './samples.js'

const urls = (count: number) =>
  Array.from({ length: count }, (_, i) => entry({ url: `http://127.0.0.1/${i}`, title: `Feed ${i}` }))
const CLAIM = { now: NOON, limit: 100, leaseSeconds: 60, owner: 'one' }

eachDatabase('feeds', (database) => {
  test('the catalogue becomes exactly what is given', async () => {
    const { feeds } = await database.open()
    expect(await feeds.syncCatalogue(urls(3), NOON)).toEqual({ added: 3, updated: 0, retired: 0 })
    expect(await feeds.syncCatalogue(urls(3), NOON)).toEqual({ added: 0, updated: 0, retired: 0 })
    const [first, second] = urls(3)
    const renamed = { ...first!, title: 'A new name', jurisdiction: 'EU' }
    expect(await feeds.syncCatalogue([renamed, second!], NOON)).toEqual({ added: 0, updated: 1, retired: 1 })
    expect((await feeds.list(null)).map((feed) => feed.entry)).toEqual([renamed, second])
  })

  test('a retired feed is not polled, and begins anew with a silent first poll when it comes back', async () => {
    const { feeds } = await database.open()
    await feeds.syncCatalogue(urls(1), NOON)
    const [feed] = await feeds.claimDue(CLAIM)
    await feeds.recordPoll(feed!.id, itemsResult(), PLAN, NOON)
    await feeds.syncCatalogue([], NOON)
    expect(await feeds.claimDue({ ...CLAIM, now: at(60) })).toEqual([])
    expect(await feeds.syncCatalogue(urls(1), at(70))).toEqual({ added: 1, updated: 0, retired: 0 })
    const [again] = await feeds.claimDue({ ...CLAIM, now: at(70) })
    expect(again).toMatchObject({ id: feed!.id, firstPolledAt: null })
  })

  test('a claimed feed is not claimed again before its lease runs out', async () => {
    const { feeds } = await database.open()
    await feeds.syncCatalogue(urls(5), NOON)
    expect(await feeds.claimDue({ ...CLAIM, limit: 3 })).toHaveLength(3)
    expect(await feeds.claimDue(CLAIM)).toHaveLength(2)
    expect(await feeds.claimDue(CLAIM)).toHaveLength(0)
    expect(await feeds.claimDue({ ...CLAIM, now: at(1) })).toHaveLength(5)
  })

  test('anyTime claims what is not due, but not where the server asked us to wait', async () => {
    const { feeds } = await database.open()
    await feeds.syncCatalogue(urls(2), NOON)
    const [one, two] = await feeds.claimDue(CLAIM)
    await feeds.recordPoll(one!.id, itemsResult(), PLAN, NOON)
    await feeds.recordPoll(two!.id, itemsResult(), { ...PLAN, holdUntil: at(30) }, NOON)
    expect(await feeds.claimDue(CLAIM)).toEqual([])
    // Polled since `now`: not again in the same round.
    expect(await feeds.claimDue({ ...CLAIM, anyTime: true })).toEqual([])
    const forced = await feeds.claimDue({ ...CLAIM, now: at(1), anyTime: true })
    expect(forced.map((feed) => feed.id)).toEqual([one!.id])
  })

  test('a poll with items is remembered', async () => {
    const store = await database.open()
    const { feeds } = store
    const id = await addFeed(store)
    await feeds.recordPoll(id, itemsResult({ movedTo: 'http://127.0.0.1/moved' }), { ...PLAN, newItems: 2 }, NOON)
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
    const { feeds } = store
    const id = await addFeed(store)
    const unchanged = { outcome: 'unchanged', etag: null, lastModified: null, movedTo: null } as const
    await feeds.recordPoll(id, unchanged, PLAN, NOON)
    expect(await feeds.find(id)).toMatchObject({ firstPolledAt: null, lastSuccessAt: NOON })
    await feeds.recordPoll(id, itemsResult(), PLAN, at(1))
    await feeds.recordPoll(id, unchanged, PLAN, at(2))
    expect(await feeds.find(id)).toMatchObject({
      etag: '"1"',
      bodyHash: 'abc',
      firstPolledAt: at(1),
      lastSuccessAt: at(2)
    })
  })

  test('failures are counted until a poll works again', async () => {
    const store = await database.open()
    const { feeds } = store
    const id = await addFeed(store)
    const failed = {
      outcome: 'failed',
      failure: 'timeout',
      message: 'It took too long.',
      retryAfterSeconds: null
    } as const
    await feeds.recordPoll(id, failed, PLAN, NOON)
    await feeds.recordPoll(id, failed, PLAN, at(1))
    expect(await feeds.find(id)).toMatchObject({ failures: 2, lastError: 'It took too long.', lastSuccessAt: null })
    expect(await feeds.counts()).toEqual({ active: 1, failing: 1, silent: 0, never: 1 })
    await feeds.recordPoll(id, itemsResult(), PLAN, at(2))
    expect(await feeds.find(id)).toMatchObject({ failures: 0, lastError: null })
    await feeds.recordPoll(id, itemsResult(), PLAN, at(61 * 24 * 60 + 2))
    expect(await feeds.counts()).toEqual({ active: 1, failing: 0, silent: 1, never: 0 })
  })

  test('a workspace has its own feeds beside the catalogue; one row and one poll for all', async () => {
    const store = await database.open()
    const { feeds } = store
    await feeds.syncCatalogue([entry({ url: 'http://127.0.0.1/c', title: 'Catalogue' })], NOON)
    const [a, b] = [await workspaceOf('one'), await workspaceOf('two')]
    const own = entry({ url: 'http://127.0.0.1/own', title: 'Own' })
    const added = await feeds.addToWorkspace(a, own, 'u1', NOON)
    expect(added).toMatchObject({ already: false, feed: { entry: own } })
    expect(await feeds.addToWorkspace(a, own, 'u1', NOON)).toMatchObject({ already: true })
    expect(await feeds.addToWorkspace(b, { ...own, title: 'Another name' }, 'u2', NOON)).toMatchObject({
      already: false,
      feed: { id: added.feed.id, entry: own }
    })
    expect((await feeds.list(a)).map((feed) => [feed.entry.title, feed.own])).toEqual([
      ['Catalogue', false],
      ['Own', true]
    ])
    expect(await feeds.list(null)).toHaveLength(1)
    expect(await feeds.claimDue(CLAIM)).toHaveLength(2)

    expect(await feeds.removeFromWorkspace(a, added.feed.id)).toBe(true)
    expect(await feeds.removeFromWorkspace(a, added.feed.id)).toBe(false)
    expect(await feeds.counts()).toMatchObject({ active: 2 })
    await feeds.removeFromWorkspace(b, added.feed.id)
    expect(await feeds.counts()).toMatchObject({ active: 1 })

    async function workspaceOf(name: string): Promise<number> {
      return (await store.channels.find(await addChannel(store, 'news', name)))!.workspace.id
    }
  })

  test('a feed that the catalogue drops goes on when a workspace added it', async () => {
    const store = await database.open()
    await store.feeds.syncCatalogue(urls(1), NOON)
    const { workspace } = (await store.channels.find(await addChannel(store)))!
    expect(await store.feeds.addToWorkspace(workspace.id, urls(1)[0]!, 'u1', NOON)).toMatchObject({ already: true })
    await store.feeds.syncCatalogue([], NOON)
    expect(await store.feeds.claimDue(CLAIM)).toHaveLength(1)
    expect(await store.feeds.list(null)).toHaveLength(0)
  })

  test('an address that is too long for an index is refused in words', async () => {
    const { feeds } = await database.open()
    const long = entry({ url: `http://127.0.0.1/${'x'.repeat(3000)}` })
    await expect(feeds.syncCatalogue([long], NOON)).rejects.toThrow('longer than 2000 characters')
  })
})

onPostgres('feeds', (database) => {
  test('concurrent pollers never get the same feed', async () => {
    const stores = [await database.open(), await database.open(), await database.open()]
    await stores[0]!.feeds.syncCatalogue(urls(300), NOON)
    const claimed: number[] = []
    await Promise.all(
      stores.map(async ({ feeds }, worker) => {
        for (;;) {
          const some = await feeds.claimDue({ ...CLAIM, limit: 7, owner: `worker ${worker}` })
          if (some.length === 0) return
          claimed.push(...some.map((feed) => feed.id))
        }
      })
    )
    expect(claimed).toHaveLength(300)
    expect(new Set(claimed).size).toBe(300)
  })

  test('two processes that sync the catalogue at once do not add it twice', async () => {
    const stores = [await database.open(), await database.open()]
    const results = await Promise.all(stores.map(({ feeds }) => feeds.syncCatalogue(urls(20), NOON)))
    expect(results[0]!.added + results[1]!.added).toBe(20)
  })
})
