import { expect, test } from '@jest/globals'
import type { RunningProcess } from '../../src/store/processes.js'
import type { Store } from '../../src/store/store.js'
import { eachDatabase, onPostgres } from '../fakes/databases.js'

const NOON = new Date('2026-03-02T12:00:00Z')

function after(seconds: number): Date {
  return new Date(NOON.getTime() + seconds * 1000)
}

function named(id: string, roles: string[]): RunningProcess {
  return { id, host: 'here', roles, version: '1.0.0', startedAt: NOON, connections: {} }
}

/** What a process asks for when nobody set anything, or the shards that it was told to take. */
function share(owner: string, count: number, only?: number[]) {
  return { platform: 'discord' as const, owner, count, only }
}

async function heldBy(store: Store, owner: string, count: number, now: Date, only?: number[]): Promise<number[]> {
  const { held, spare } = await store.shards.claim(share(owner, count, only), now)
  const kept = held.slice(0, held.length - spare)
  await store.shards.release('discord', owner, held.slice(kept.length))
  return kept
}

eachDatabase('processes', (database) => {
  test('are alive while they say so; the dead and those that left are forgotten', async () => {
    const store = await database.open()
    await store.processes.beat(named('one', ['poller']), NOON)
    const connections = { discord: { well: true, words: 'stands by' } }
    const both = await store.processes.beat({ ...named('two', ['sender', 'web']), connections }, after(20))
    expect(both).toEqual([named('one', ['poller']), { ...named('two', ['sender', 'web']), connections }])
    expect((await store.processes.alive(after(30))).map(({ id }) => id)).toEqual(['two'])
    await store.processes.beat(named('three', ['all']), after(31))
    expect(await database.sql('select id from process order by id')).toEqual([{ id: 'three' }, { id: 'two' }])
    await store.processes.leave('two')
    expect((await store.processes.alive(after(31))).map(({ id }) => id)).toEqual(['three'])
  })

  test('a request that is told again is known, for 15 minutes', async () => {
    const store = await database.open()
    expect(await store.requests.first('a', NOON)).toBe(true)
    expect(await store.requests.first('b', after(60))).toBe(true)
    expect(await store.requests.first('a', after(899))).toBe(false)
    expect(await store.requests.first('a', after(901))).toBe(true)
    expect(await store.requests.first('c', after(2000))).toBe(true)
    expect(await database.sql('select key from request_seen')).toEqual([{ key: 'c' }])
  })

  test('one shard is one process’s; another takes it when that one dies, at once when it leaves', async () => {
    const store = await database.open()
    expect(await heldBy(store, 'one', 1, NOON)).toEqual([0])
    expect(await heldBy(store, 'two', 1, NOON)).toEqual([])
    expect(await heldBy(store, 'one', 1, after(10))).toEqual([0])
    expect(await heldBy(store, 'two', 1, after(29))).toEqual([])
    expect(await heldBy(store, 'two', 1, after(30))).toEqual([0])
    await store.shards.leave('discord', 'two')
    expect(await heldBy(store, 'one', 1, after(31))).toEqual([0])
  })

  test('shards are shared out: who has too many gives back, the dead one’s are taken by all', async () => {
    const store = await database.open()
    expect(await heldBy(store, 'one', 5, NOON)).toEqual([0, 1, 2, 3, 4])
    expect(await heldBy(store, 'two', 5, NOON)).toEqual([])
    expect(await heldBy(store, 'one', 5, after(5))).toEqual([0, 1, 2])
    expect(await heldBy(store, 'two', 5, after(5))).toEqual([3, 4])
    expect(await heldBy(store, 'two', 5, after(24))).toEqual([3, 4])
    expect(await heldBy(store, 'two', 5, after(26))).toEqual([0, 1, 2, 3, 4])
    expect(await store.shards.list(after(26))).toHaveLength(5)
    expect((await store.shards.list(after(99))).every(({ owner }) => owner === null)).toBe(true)
  })

  test('all agree on the split; a new one counts when no shard is held any more', async () => {
    const store = await database.open()
    await heldBy(store, 'one', 2, NOON)
    expect(await store.shards.claim(share('two', 8), after(1))).toEqual({ count: 2, held: [], spare: 0 })
    expect(await store.shards.agreedCount('discord', after(1))).toBe(2)
    expect(await store.shards.agreedCount('discord', after(20))).toBeNull()
    expect((await store.shards.claim(share('two', 8), after(20))).count).toBe(8)
  })

  test('a process that was given a list takes these alone, and the others share the rest', async () => {
    const store = await database.open()
    expect(await heldBy(store, 'listed', 6, NOON, [0, 4])).toEqual([0, 4])
    expect(await heldBy(store, 'one', 6, NOON)).toEqual([1, 2, 3, 5])
    expect(await heldBy(store, 'other', 9, after(1), [7, 8])).toEqual([])
  })

  test('introductions to the gateway are booked one after the other, a bucket each', async () => {
    const store = await database.open()
    const book = (bucket: number, now: Date) => store.shards.bookIdentify('discord', bucket, 5, now)
    expect(await book(0, NOON)).toEqual(NOON)
    expect(await book(0, after(1))).toEqual(after(5))
    expect(await book(1, after(1))).toEqual(after(1))
    expect(await book(0, after(60))).toEqual(after(60))
  })
})

onPostgres('processes that ask at once', (database) => {
  test('never hold the same shard', async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => database.open()))
    const rounds = await Promise.all(stores.map((store, index) => heldBy(store, `p${index}`, 16, NOON)))
    expect(rounds.flat().sort((a, b) => a - b)).toEqual([...new Set(rounds.flat())].sort((a, b) => a - b))
    await Promise.all(stores.map((store, index) => heldBy(store, `p${index}`, 16, after(5))))
    const settled = await Promise.all(stores.map((store, index) => heldBy(store, `p${index}`, 16, after(10))))
    expect(settled.map((held) => held.length)).toEqual([4, 4, 4, 4])
    expect(new Set(settled.flat()).size).toBe(16)
  })
})
