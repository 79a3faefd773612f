import { expect, test } from '@jest/globals'
import type { Store } from '../../src/store/store.js'
import { eachDatabase, type TestDatabase } from '../fakes/databases.js'
import { addChannel, addFeed, article, firstCandidate, live, subscribe } from './samples.js'

/** More than PGlite owes in one transaction. */
const CHANNELS = 5000

/** A subscription of everything, and as many more of the same as there are to be channels. */
async function subscribeMany(store: Store, { sql }: TestDatabase): Promise<void> {
  await subscribe(store, await addChannel(store))
  await sql(
    `with made as (
       insert into channel (workspace_id, platform, external_id, name, created_at)
       select workspace_id, platform, 'C' || n, 'c' || n, created_at from channel, generate_series(2, $1::int) n
       returning id
     )
     insert into subscription (channel_id, mode, filter, filter_digest, anchors, jurisdictions, kinds, created_by,
       created_by_name, created_at)
     select made.id, mode, filter, filter_digest, anchors, jurisdictions, kinds, created_by, created_by_name, s.created_at
     from made, subscription s`,
    [CHANNELS]
  )
}

eachDatabase('a story for very many channels', (database) => {
  const owed = async () => {
    const [row] = await database.sql<{ count: number; ready: number; left: number }>(
      `select (select count(*)::int from delivery) as count,
         (select count(*)::int from channel where line_ready_at is not null) as ready,
         (select count(*)::int from fan_out) as left`
    )
    return row!
  }
  const all = { count: CHANNELS, ready: CHANNELS, left: 0 }

  test('is owed to each once, and to those who were told no second time as it grows', async () => {
    const store = await database.open()
    const feed = await addFeed(store)
    await subscribeMany(store, database)
    expect(await store.articles.ingest(feed, article('1'), live)).toMatchObject({ owed: CHANNELS })
    expect(await owed()).toEqual(all)
    const joining = { ...live, choose: firstCandidate }
    expect(await store.articles.ingest(feed, article('2'), joining)).toMatchObject({ started: false, owed: 0 })
    expect(await owed()).toEqual(all)
  })

  test('keeps nobody on the embedded database waiting until all are owed it', async () => {
    const store = await database.open()
    const feed = await addFeed(store)
    await subscribeMany(store, database)
    const stored = store.articles.ingest(feed, article('1'), live)
    const seen = async () => (await store.forPeople.stories.query({ limit: 1, offset: 0 })).stories.length
    while ((await seen()) === 0) await new Promise((done) => setImmediate(done))
    const { count, left } = await owed()
    if (database.engine === 'pglite') {
      expect(count).toBeLessThan(CHANNELS)
      expect(left).toBe(1)
    } else expect(count).toBe(CHANNELS)
    expect(await stored).toMatchObject({ owed: CHANNELS })
    expect(await owed()).toEqual(all)
  })

  test('that a failure cut off is owed to the rest before the next article is stored', async () => {
    const store = await database.open()
    const feed = await addFeed(store)
    await subscribeMany(store, database)
    await database.sql(`create function refuse() returns trigger language plpgsql as
      $$ begin if (select count(*) from delivery) > 4000 then raise 'no room'; end if; return null; end $$`)
    await database.sql('create trigger refuse after insert on delivery for each statement execute function refuse()')
    try {
      await expect(store.articles.ingest(feed, article('1'), live)).rejects.toThrow('no room')
    } finally {
      await database.sql('drop function refuse cascade')
    }
    const first = { ...all, count: 4000, ready: 4000, left: 1 }
    expect(await owed()).toEqual(database.engine === 'pglite' ? first : { count: 0, ready: 0, left: 0 })
    await store.articles.ingest(feed, article('2'), live)
    const rows = await database.sql<{ stories: number[] }>(
      'select array_agg(story_id order by id)::int[] as stories from delivery group by channel_id'
    )
    const told = database.engine === 'pglite' ? [1, 2] : [expect.any(Number)]
    expect(rows).toHaveLength(CHANNELS)
    for (const { stories } of rows) expect(stories).toEqual(told)
  })
})
