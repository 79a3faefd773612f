import { expect, test } from '@jest/globals'
import { eachDatabase, onPostgres } from '../fakes/databases.js'
import { alertFor } from '../fakes/outcomes.js'
import { addChannel, addFeed, article, at, entry, firstCandidate, identity, live, NOON, subscribe } from './samples.js'

const joining = { ...live, choose: firstCandidate }
const TABLES = ['article', 'article_key', 'story', 'delivery']

eachDatabase('ingest', (database) => {
  const rows = async () => {
    const counts = TABLES.map((table) => `(select count(*)::int from ${table}) as ${table}`)
    return (await database.sql<Record<string, number>>(`select ${counts.join(', ')}`))[0]
  }

  test('an article begins a story and is owed to the channels that asked for it', async () => {
    const store = await database.open()
    const feed = await addFeed(store)
    const [wants, other] = [await addChannel(store, 'wants'), await addChannel(store, 'other')]
    await subscribe(store, wants, { companies: ['Amazon'] })
    await subscribe(store, other, { companies: ['Clearview AI'] })

    const stored = await store.articles.ingest(feed, article('1', { link: 'https://example.org/a' }), live)
    expect(stored).toEqual({ articleId: expect.any(Number), storyId: expect.any(Number), started: true, owed: 1 })
    expect(await store.stories.find(stored!.storyId!)).toEqual({
      id: stored!.storyId,
      title: 'City council votes on face scans',
      link: 'https://example.org/a',
      outlet: 'Daily Lens',
      summary: 'The council wants cameras to look away.',
      lang: 'en',
      companies: ['Amazon'],
      jurisdictions: ['US-WA/Seattle'],
      kind: 'legislation',
      stage: 'proposed',
      score: expect.closeTo(0.9),
      published: NOON,
      firstSeenAt: NOON,
      updatedAt: NOON,
      articleCount: 1,
      outlets: ['Daily Lens'],
      quiet: false
    })
    expect(await alertFor(store.deliveries, wants, stored!.storyId!)).toMatchObject({ state: 'owed', kind: 'alert' })
    expect(await alertFor(store.deliveries, other, stored!.storyId!)).toBeNull()
  })

  test('a known item is told as known, and is not stored twice', async () => {
    const store = await database.open()
    const feed = await addFeed(store)
    await store.articles.ingest(feed, article('1'), live)
    expect(await store.articles.ingest(feed, article('1'), live)).toBeNull()
    const fresh = await store.articles.filterNew(feed, [identity('2'), identity('1'), identity('3')])
    expect(fresh.map((one) => one.item.id)).toEqual(['2', '3'])
    expect(await rows()).toMatchObject({ article: 1, story: 1 })
  })

  test('an item is the same when any one set of its keys is known whole', async () => {
    const store = await database.open()
    const [feed, otherFeed] = [await addFeed(store), await addFeed(store, { url: 'http://127.0.0.1/2' })]
    const first = { ...identity('1'), keys: ['guid:1', 'title:a'], sameIf: [['guid:1', 'title:a']] }
    await store.articles.ingest(feed, { ...article('1'), identity: first }, live)
    const half = { ...first, sameIf: [['guid:1', 'title:b'], ['url:x']] }
    const whole = { ...first, sameIf: [['guid:9'], ['title:a', 'guid:1']] }
    expect(await store.articles.filterNew(feed, [half])).toEqual([half])
    expect(await store.articles.filterNew(feed, [whole])).toEqual([])
    expect(await store.articles.filterNew(otherFeed, [whole])).toEqual([whole])
  })

  test('an irrelevant article is kept without a story', async () => {
    const store = await database.open()
    const feed = await addFeed(store)
    await subscribe(store, await addChannel(store))
    const stored = await store.articles.ingest(
      feed,
      article('1', { link: 'https://example.org/a' }, { relevant: false, kind: null }),
      live
    )
    expect(stored).toMatchObject({ storyId: null, started: false, owed: 0 })
    expect(await store.articles.byLink('http://www.example.org/a?utm_source=x', null)).toMatchObject([
      { id: stored!.articleId, relevant: false, storyId: null, feedTitle: 'The Daily Lens' }
    ])
  })

  test('first polls fill the store and owe nothing', async () => {
    const store = await database.open()
    const feed = await addFeed(store)
    await subscribe(store, await addChannel(store))
    const first = await store.articles.ingest(feed, article('1'), { ...live, quiet: true })
    const second = await store.articles.ingest(feed, article('2'), { ...joining, quiet: true })
    expect(second).toMatchObject({ storyId: first!.storyId, started: false, owed: 0 })
    expect(await store.stories.find(first!.storyId!)).toMatchObject({ quiet: true, articleCount: 2 })
    expect(await store.deliveries.counts(NOON)).toMatchObject({ owed: 0 })
  })

  test('a story that only first polls told is news with its first live article, which leads it', async () => {
    const store = await database.open()
    const feed = await addFeed(store)
    const first = await store.articles.ingest(feed, article('1'), { ...live, quiet: true })
    await subscribe(store, await addChannel(store), {}, at(5))
    const late = article('2', { title: 'Face scans: the council has voted' })
    const second = await store.articles.ingest(feed, late, { ...joining, now: at(10) })
    expect(second).toMatchObject({ storyId: first!.storyId, started: false, owed: 1 })
    expect(await store.stories.find(first!.storyId!)).toMatchObject({
      quiet: false,
      title: 'Face scans: the council has voted',
      firstSeenAt: at(10)
    })
  })

  test('a first poll that joins a live story owes nothing either', async () => {
    const store = await database.open()
    const feed = await addFeed(store)
    await store.articles.ingest(feed, article('1'), live)
    await subscribe(store, await addChannel(store), { companies: ['Clearview AI'] })
    const joined = await store.articles.ingest(feed, article('2', {}, { companies: ['Amazon', 'Clearview AI'] }), {
      ...joining,
      quiet: true
    })
    expect(joined).toMatchObject({ started: false, owed: 0 })
  })

  test('a late article adds its tags, and tells those who asked for them before, once', async () => {
    const store = await database.open()
    const feed = await addFeed(store)
    const other = await addFeed(store, { url: 'http://127.0.0.1/2', publisher: 'Evening Post' })
    const [amazon, clearview, late] = [
      await addChannel(store, 'a'),
      await addChannel(store, 'c'),
      await addChannel(store, 'l')
    ]
    await subscribe(store, amazon, { companies: ['Amazon'] })
    await subscribe(store, clearview, { companies: ['Clearview AI'] })
    await subscribe(store, late, { companies: ['Clearview AI'] }, at(5))

    const first = await store.articles.ingest(feed, article('1'), live)
    const tagged = { companies: ['Clearview AI', 'Amazon'], jurisdictions: ['US-WA'] }
    const second = await store.articles.ingest(other, article('2', { title: 'Clearview joins in' }, tagged), {
      ...joining,
      now: at(10)
    })
    expect(second).toMatchObject({ storyId: first!.storyId, started: false, owed: 1 })
    expect(await alertFor(store.deliveries, clearview, first!.storyId!)).not.toBeNull()
    // Subscribed after the story began.
    expect(await alertFor(store.deliveries, late, first!.storyId!)).toBeNull()
    expect(await store.stories.find(first!.storyId!)).toMatchObject({
      title: 'City council votes on face scans',
      companies: ['Amazon', 'Clearview AI'],
      jurisdictions: ['US-WA/Seattle', 'US-WA'],
      articleCount: 2,
      outlets: ['Daily Lens', 'Evening Post'],
      firstSeenAt: NOON,
      updatedAt: at(10)
    })
    expect((await store.stories.query({ search: 'clearview joins', limit: 5, offset: 0 })).total).toBe(1)
    const third = await store.articles.ingest(other, article('3', {}, tagged), joining)
    expect(third).toMatchObject({ owed: 0 })
  })

  test('a public body takes the lead, no other does', async () => {
    const store = await database.open()
    const news = await addFeed(store)
    const court = await addFeed(store, { url: 'http://127.0.0.1/2', kind: 'court', publisher: 'High Court' })
    const second = await addFeed(store, { url: 'http://127.0.0.1/3', kind: 'regulator', publisher: 'Regulator' })
    const first = await store.articles.ingest(news, article('1', {}, { kind: 'other', stage: null }), live)
    const story = () => store.stories.find(first!.storyId!)
    await store.articles.ingest(news, article('2', { title: 'Another headline' }), joining)
    expect(await story()).toMatchObject({ title: 'City council votes on face scans', kind: 'legislation' })
    await store.articles.ingest(
      court,
      article('3', { title: 'Judgment', published: at(-30).toISOString() }, { kind: 'litigation', stage: null }),
      joining
    )
    expect(await story()).toMatchObject({
      title: 'Judgment',
      outlet: 'High Court',
      published: at(-30),
      kind: 'litigation',
      stage: null
    })
    await store.articles.ingest(second, article('4', { title: 'Notice' }), joining)
    expect(await story()).toMatchObject({ title: 'Judgment', articleCount: 4 })
    expect(await store.articles.ofStory(first!.storyId!, null)).toMatchObject([
      { title: 'City council votes on face scans', official: false },
      { title: 'Another headline' },
      { title: 'Judgment', official: true },
      { title: 'Notice', official: true }
    ])
  })

  test('a fault amid the transaction leaves nothing', async () => {
    const store = await database.open()
    const feed = await addFeed(store)
    await subscribe(store, await addChannel(store))
    const before = await rows()
    const broken = (): never => {
      throw new Error('broken on purpose')
    }
    await expect(store.articles.ingest(feed, article('1'), { ...live, choose: broken })).rejects.toThrow(
      'broken on purpose'
    )
    await expect(store.articles.ingest(feed, article('1'), { ...live, matches: broken })).rejects.toThrow(
      'broken on purpose'
    )
    await expect(
      store.articles.ingest(feed, article('1'), { ...live, choose: () => ({ storyId: 99, reason: '' }) })
    ).rejects.toThrow('not among its candidates')
    expect(await rows()).toEqual(before)
    expect(await store.articles.ingest(feed, article('1'), live)).toMatchObject({ owed: 1 })
  })

  test('the feed that a workspace added for itself speaks to that workspace alone', async () => {
    const store = await database.open()
    const mine = await addChannel(store, 'news', 'mine')
    const theirs = await addChannel(store, 'news', 'theirs')
    await subscribe(store, mine)
    await subscribe(store, theirs)
    const { workspace } = (await store.channels.find(mine))!
    const { feed } = await store.feeds.addToWorkspace(
      workspace.id,
      entry({ url: 'http://127.0.0.1/own', kind: 'court' }),
      'u1',
      NOON
    )
    const stored = await store.articles.ingest(feed.id, article('1'), live)
    expect(stored).toMatchObject({ owed: 1 })
    expect(await alertFor(store.deliveries, theirs, stored!.storyId!)).toBeNull()
    const seen = (visibleTo: number) => store.stories.query({ visibleTo, limit: 5, offset: 0 })
    expect(await seen(workspace.id)).toMatchObject({ total: 1 })
    expect(await seen((await store.channels.find(theirs))!.workspace.id)).toMatchObject({ total: 0 })

    // Once the catalogue tells it too, it is everybody's, in the catalogue's words.
    const told = article('2', { title: 'The council has voted on face scans' })
    const joined = await store.articles.ingest(await addFeed(store), told, joining)
    expect(joined).toMatchObject({ started: false, owed: 1 })
    expect(await alertFor(store.deliveries, theirs, stored!.storyId!)).not.toBeNull()
    const story = await store.stories.find(stored!.storyId!)
    expect(story).toMatchObject({ title: 'The council has voted on face scans', articleCount: 2 })

    // What the workspace's feed adds later changes nothing in it.
    const forged = article(
      '3',
      { title: 'Buy face scans here' },
      { companies: ['Clearview AI'], jurisdictions: ['FR'], kind: 'other' }
    )
    await store.articles.ingest(feed.id, forged, joining)
    const { articleCount, ...kept } = story!
    expect(await store.stories.find(stored!.storyId!)).toMatchObject({ ...kept, articleCount: articleCount + 1 })
  })

  test('only alerts and both are alerted; a paused channel is owed all the same', async () => {
    const store = await database.open()
    const feed = await addFeed(store)
    const channels = {
      alerts: await addChannel(store, 'a'),
      both: await addChannel(store, 'b'),
      digest: await addChannel(store, 'd')
    }
    for (const mode of ['alerts', 'both', 'digest'] as const) {
      const { subscription } = await subscribe(store, channels[mode])
      await store.subscriptions.add({ ...subscription, mode }, at(-60))
    }
    await store.channels.pause('discord', { workspaceId: 'guild', channelId: 'a' }, 'archived', NOON)
    expect(await store.articles.ingest(feed, article('1'), live)).toMatchObject({ owed: 2 })
    expect(await store.deliveries.counts(NOON)).toMatchObject({ owed: 2 })
  })

  test('hostile text is kept within bounds: NUL, half surrogates, endless strings, dates ahead', async () => {
    const store = await database.open()
    const feed = await addFeed(store)
    const endless = 'x'.repeat(3_000_000)
    const words = 'camera '.repeat(200_000)
    const nasty = article(
      `\0${endless}`,
      {
        title: `nul\0 half\ud800 ${words}`,
        summary: `\0${words}`,
        link: `https://example.org/${endless}`,
        published: '9999-12-31T00:00:00Z'
      },
      {
        companies: ['Ama\0zon', endless],
        jurisdictions: ['US-WA/\ud800'],
        evidence: [{ tag: 'company:\0', field: 'title', start: 0, end: 1, reason: '\udfff' }]
      }
    )
    const stored = await store.articles.ingest(feed, nasty, live)
    const story = await store.stories.find(stored!.storyId!)
    expect(story!.title).toMatch(/^nul half\ufffd camera/)
    expect(story!.title.length).toBeLessThanOrEqual(1000)
    expect(story).toMatchObject({ link: null, published: NOON })
    expect(await store.articles.ingest(feed, nasty, live)).toBeNull()
    expect(await store.articles.filterNew(feed, [nasty.identity])).toEqual([])
    expect(await store.articles.ingest(feed, article(`\0${endless}y`), live)).not.toBeNull()
  })
})

onPostgres('ingest', (database) => {
  test('two pollers that bring the same item store it once', async () => {
    const stores = [await database.open(), await database.open()]
    const feed = await addFeed(stores[0]!)
    const items = Array.from({ length: 20 }, (_, i) => article(String(i)))
    const all = await Promise.all(stores.flatMap((store) => items.map((one) => store.articles.ingest(feed, one, live))))
    expect(all.filter((stored) => stored !== null)).toHaveLength(20)
    expect(all.filter((stored) => stored === null)).toHaveLength(20)
  })

  test('two pollers that bring two articles of one event at once begin one story', async () => {
    const stores = [await database.open(), await database.open(), await database.open()]
    const feeds = [
      await addFeed(stores[0]!),
      await addFeed(stores[0]!, { url: 'http://127.0.0.1/2' }),
      await addFeed(stores[0]!, { url: 'http://127.0.0.1/3' })
    ]
    await subscribe(stores[0]!, await addChannel(stores[0]!))
    const all = await Promise.all(stores.map((store, i) => store.articles.ingest(feeds[i]!, article('1'), joining)))
    expect(new Set(all.map((stored) => stored!.storyId)).size).toBe(1)
    expect(all.filter((stored) => stored!.started)).toHaveLength(1)
    expect(all.map((stored) => stored!.owed).sort()).toEqual([0, 0, 1])
  })
})
