import { expect, test } from '@jest/globals'
import { eachDatabase, onPostgres } from '../fakes/databases.js'
import { addChannel, at, entry, itemsResult, NOON, PLAN } from './samples.js'

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
    const { feeds, polls } = await database.open()
    await feeds.syncCatalogue(urls(1), NOON)
    const [feed] = await polls.claimDue(CLAIM)
    await polls.record([{ feedId: feed!.id, result: itemsResult(), plan: PLAN, now: NOON }])
    await feeds.syncCatalogue([], NOON)
    expect(await polls.claimDue({ ...CLAIM, now: at(60) })).toEqual([])
    expect(await feeds.syncCatalogue(urls(1), at(70))).toEqual({ added: 1, updated: 0, retired: 0 })
    const [again] = await polls.claimDue({ ...CLAIM, now: at(70) })
    expect(again).toMatchObject({ id: feed!.id, firstPolledAt: null })
  })

  test('a workspace has its own feeds beside the catalogue; one row and one poll for all', async () => {
    const store = await database.open()
    const { feeds, polls } = store
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
    expect(await polls.claimDue(CLAIM)).toHaveLength(2)

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
    expect(await store.polls.claimDue(CLAIM)).toHaveLength(1)
    expect(await store.feeds.list(null)).toHaveLength(0)
  })

  test('an address that is too long for an index is refused in words', async () => {
    const { feeds } = await database.open()
    const long = entry({ url: `http://127.0.0.1/${'x'.repeat(3000)}` })
    await expect(feeds.syncCatalogue([long], NOON)).rejects.toThrow('longer than 2000 characters')
  })
})

onPostgres('feeds', (database) => {
  test('two processes that sync the catalogue at once do not add it twice', async () => {
    const stores = [await database.open(), await database.open()]
    const results = await Promise.all(stores.map(({ feeds }) => feeds.syncCatalogue(urls(20), NOON)))
    expect(results[0]!.added + results[1]!.added).toBe(20)
  })
})
