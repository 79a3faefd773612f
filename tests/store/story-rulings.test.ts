import { expect, test } from '@jest/globals'
import { matches } from '../../src/alerts/match.js'
import { eachDatabase } from '../fakes/databases.js'
import { addChannel, addFeed, article, at, entry, firstCandidate, live, subscribe } from './samples.js'

const joining = { ...live, choose: firstCandidate }

eachDatabase('what people rule about stories', (database) => {
  async function twoOutlets() {
    const store = await database.open()
    const channel = await addChannel(store)
    await subscribe(store, channel)
    const [lens, courier] = [
      await addFeed(store),
      await addFeed(store, entry({ url: 'http://127.0.0.1/2', publisher: 'Bay Courier' }))
    ]
    await store.articles.ingest(lens, article('1'), live)
    const other = article('2', { title: 'Another vote on cameras' }, { companies: ['Amazon', 'IBM'] })
    const joined = await store.articles.ingest(courier, other, joining)
    return { store, channel, courier, joined: joined! }
  }

  test('a split article tells a story of its own, and the old one forgets it', async () => {
    const { store, channel, joined } = await twoOutlets()
    expect(joined.storyId).toBe(1)
    const done = await store.stories.split(joined.articleId, 'Ada', { now: at(5), matches })
    expect(done?.from).toBe(1)
    expect(await store.stories.find(1)).toMatchObject({
      articleCount: 1,
      companies: ['Amazon'],
      outlets: ['Daily Lens']
    })
    expect(await store.stories.find(done!.to)).toMatchObject({ articleCount: 1, companies: ['Amazon', 'IBM'] })
    expect((await store.stories.tagCounts()).companies).toEqual(
      new Map([
        ['Amazon', 2],
        ['IBM', 1]
      ])
    )
    expect(await store.deliveries.forStory(channel, done!.to)).toMatchObject({ state: 'owed' })
    expect(await store.stories.split(joined.articleId, 'Ada', { now: at(6), matches })).toBeNull()
  })

  test('what was split never joins again, neither by its copy nor by hand', async () => {
    const { store, courier, joined } = await twoOutlets()
    const done = await store.stories.split(joined.articleId, 'Ada', { now: at(5), matches })
    const chooseOld = { ...live, now: at(9), choose: () => ({ storyId: 1, reason: 'alike' }) }
    const copy = await store.articles.ingest(courier, article('3', { title: 'Another vote on cameras' }), chooseOld)
    expect(copy?.storyId).toBe(done?.to)
    expect(await store.stories.merge(done!.to, 1, 'Ada', at(10))).toBe('apart')
  })

  test('two stories put together are one, told by one message', async () => {
    const { store, channel } = await twoOutlets()
    const feed = await addFeed(store, entry({ url: 'http://127.0.0.1/3', publisher: 'Harbour Post' }))
    const second = await store.articles.ingest(feed, article('9', {}, { companies: ['Meta'] }), live)
    expect(await store.stories.merge(second!.storyId!, 1, 'Ada', at(8))).toBe('done')
    expect(await store.stories.find(1)).toMatchObject({ articleCount: 3, companies: ['Amazon', 'IBM', 'Meta'] })
    const { stories } = await store.stories.query({ limit: 10, offset: 0 })
    expect(stories.map(({ id }) => id)).toEqual([1])
    expect((await store.stories.tagCounts()).companies.get('Meta')).toBe(1)
    expect((await store.articles.ofStory(1, null)).at(-1)?.storyReason).toBe('put together with story 1 by Ada')
    expect(await store.deliveries.forStory(channel, 1)).toMatchObject({ state: 'owed' })
    expect(await store.stories.merge(77, 1, 'Ada', at(9))).toBe('unknown')
  })
})
