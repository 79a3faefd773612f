import { expect, test } from '@jest/globals'
import { matches } from '../../src/alerts/match.js'
import { eachDatabase } from '../fakes/databases.js'
import { alertFor, outcomes } from '../fakes/outcomes.js'
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
    expect(await alertFor(store.deliveries, channel, done!.to)).toMatchObject({ state: 'owed' })
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
    expect((await store.articles.ofStory(1, null)).at(-1)?.storyReason).toBe('put together with story 1 by Ada')
    expect(await alertFor(store.deliveries, channel, 1)).toMatchObject({ state: 'owed' })
    expect(await store.stories.merge(77, 1, 'Ada', at(9))).toBe('unknown')
  })

  test('stories concern several houses when two workspaces of one platform are told, or may be', async () => {
    const store = await database.open()
    const feed = await addFeed(store)
    const mine = await addChannel(store)
    await subscribe(store, mine)
    const { storyId } = (await store.articles.ingest(feed, article('1'), live))!
    const workspace = (await store.channels.find(mine))!.workspace.id
    expect(await store.stories.concernSeveral([storyId!], workspace)).toBe(false)
    // A Slack workspace beside a Discord server is the same house; the terminal is the operator's own.
    for (const platform of ['slack', 'terminal'] as const) {
      const place = { platform, workspace: { id: 'x', name: 'x' }, channel: { id: 'x', name: 'x' } }
      await subscribe(store, (await store.channels.ensure(place, at(0))).channel.id)
    }
    expect(await store.stories.concernSeveral([storyId!], workspace)).toBe(false)
    const theirs = await subscribe(store, await addChannel(store, 'news', 'another guild'))
    expect(await store.stories.concernSeveral([storyId!], workspace)).toBe(true)
    await store.subscriptions.remove(theirs.subscription.channelId, theirs.subscription.id, 'u1', at(1))
    expect(await store.stories.concernSeveral([storyId!], workspace)).toBe(false)
  })

  test('what people wished for is kept with who and where, for the operator', async () => {
    const store = await database.open()
    const channelId = await addChannel(store)
    await store.articles.ingest(await addFeed(store), article('1'), live)
    const said = { storyId: 1, channelId, actorId: 'u1', actorName: 'Ada', verdict: 'wrong-story' }
    await store.feedback.add(said, at(1))
    await store.feedback.add({ ...said, detail: 'split article 1' }, at(2))
    expect(await store.feedback.wishes(1)).toEqual([
      { wish: 'split article 1', actorName: 'Ada', workspace: 'guild', at: at(2) }
    ])
  })

  test('a message of ours is known by its place, with all that its list tells, in its own workspace only', async () => {
    const store = await database.open()
    const channel = await addChannel(store)
    await subscribe(store, channel)
    const feed = await addFeed(store)
    for (const guid of ['1', '2', '3'])
      await store.articles.ingest(feed, article(guid, { title: guid }, { jurisdictions: [guid] }), live)
    const claim = { platforms: ['discord' as const], owner: 'a', limit: 1, leaseSeconds: 60, now: at(1) }
    const [head] = await store.deliveries.claim(claim)
    expect(head?.more).toBe(true)
    expect(await store.deliveries.fold(head!.delivery.id, 'a', { most: 1, held: false })).toEqual([1, 2])
    const ref = { workspaceId: 'guild', channelId: 'news', messageId: 'm1' }
    await outcomes(store.deliveries).done(head!.delivery.id, 'a', ref, at(1))
    const workspace = (await store.channels.find(channel))!.workspace.id
    const told = await store.deliveries.ofMessage(workspace, ref)
    expect(told.map(({ storyId }) => storyId)).toEqual([1, 2])
    expect(await store.deliveries.ofMessage(workspace + 1, ref)).toEqual([])
    expect(await store.deliveries.ofMessage(workspace, { ...ref, channelId: 'other' })).toEqual([])
    const [last] = await store.deliveries.claim({ ...claim, now: at(2) })
    expect(last).toMatchObject({ more: false, delivery: { storyId: 3 } })
  })

  test('nobody is told what only another workspace’s feed said', async () => {
    const store = await database.open()
    const channel = await addChannel(store)
    const mine = (await store.channels.find(channel))!.workspace.id
    const own = entry({ url: 'http://127.0.0.1/own', publisher: 'Own Letter' })
    const { feed } = await store.feeds.addToWorkspace(mine, own, 'Ada', at(0))
    await store.articles.ingest(feed.id, article('1', { link: 'https://own.example/a' }), live)
    const seen = async (workspaceId: number | null) => [
      (await store.articles.ofStory(1, workspaceId)).length,
      (await store.articles.byLink('https://own.example/a', workspaceId)).length
    ]
    expect(await seen(mine)).toEqual([1, 1])
    expect(await seen(mine + 1)).toEqual([0, 0])
    expect(await seen(null)).toEqual([1, 1])
  })
})
