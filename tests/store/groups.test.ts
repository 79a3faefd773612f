import { expect, test } from '@jest/globals'
import { textMessage } from '../../src/chat/message.js'
import { eachDatabase } from '../fakes/databases.js'
import { addChannel, addFeed, article, at, entry, itemsResult, live, NOON, PLAN } from './samples.js'

const CLAIM = { platforms: ['discord' as const], owner: 'one', limit: 100, leaseSeconds: 60, now: NOON }
const FEEDS = { limit: 10, leaseSeconds: 60, owner: 'one', now: NOON }

eachDatabase('what is written in groups', (database) => {
  test('irrelevant articles are kept together, each once, with their own keys', async () => {
    const store = await database.open()
    const feed = await addFeed(store)
    const dull = (guid: string) =>
      article(guid, { title: `Item ${guid}` }, { relevant: false, kind: null, stage: null })
    const arrived = { quiet: false, now: NOON }
    expect(await store.articles.keep([{ ...arrived, feedId: feed, articles: [dull('1'), dull('2')] }])).toEqual([2])
    expect(await store.articles.keep([{ ...arrived, feedId: feed, articles: [dull('2'), dull('3')] }])).toEqual([1])
    const kept = await database.sql<{ title: string; keys: number }>(
      `select a.title, (select count(*)::int from article_key k where k.article_id = a.id) as keys
       from article a order by a.id`
    )
    expect(kept.map(({ title }) => title)).toEqual(['Item 1', 'Item 2', 'Item 3'])
    expect(kept.every(({ keys }) => keys > 0)).toBe(true)
    expect(await store.articles.ingest(feed, dull('3'), live)).toBeNull()
  })

  test('irrelevant articles of several feeds are kept in one go, each with its own feed and way of arriving', async () => {
    const store = await database.open()
    const [news, court] = [
      await addFeed(store, { url: 'http://a.example/', publisher: 'The Paper' }),
      await addFeed(store, { url: 'http://b.example/', publisher: 'The Court', kind: 'court' })
    ]
    const dull = article('1', {}, { relevant: false, kind: null, stage: null })
    const again = { feedId: court, articles: [dull], quiet: false, now: at(1) }
    expect(
      await store.articles.keep([
        { feedId: news, articles: [dull], quiet: false, now: NOON },
        { feedId: court, articles: [dull], quiet: true, now: NOON },
        again,
        { feedId: 999_999, articles: [dull], quiet: true, now: NOON }
      ])
    ).toEqual([1, 1, 0, 0])
    expect(await store.articles.keep([again])).toEqual([0])
    const kept = await database.sql(
      'select feed_id::int as feed, outlet, official, quiet, relevant, seen_at from article order by feed_id'
    )
    expect(kept).toEqual([
      { feed: news, outlet: 'The Paper', official: false, quiet: false, relevant: false, seen_at: NOON },
      { feed: court, outlet: 'The Court', official: true, quiet: true, relevant: false, seen_at: NOON }
    ])
  })

  test('polls of several feeds are written down as each went', async () => {
    const store = await database.open()
    await store.feeds.syncCatalogue([entry({ url: 'http://a.example/' }), entry({ url: 'http://b.example/' })], NOON)
    const [a, b] = await store.polls.claimDue(FEEDS)
    const failed = { outcome: 'failed', failure: 'timeout', message: 'too slow', retryAfterSeconds: null } as const
    await store.polls.record([
      { feedId: a!.id, result: itemsResult({ etag: '"1"' }), plan: PLAN, now: NOON },
      { feedId: b!.id, result: failed, plan: { ...PLAN, nextPollAt: at(30) }, now: NOON }
    ])
    expect(await store.feeds.find(a!.id)).toMatchObject({ etag: '"1"', failures: 0, firstPolledAt: NOON })
    expect(await store.feeds.find(b!.id)).toMatchObject({ failures: 1, lastError: 'too slow', nextPollAt: at(30) })
  })

  test('outcomes of one group each have their own effect; one whose lease is another’s has none', async () => {
    const store = await database.open()
    const ids: string[] = []
    for (const name of ['sent', 'again', 'untried', 'lost']) {
      const channelId = await addChannel(store, name)
      await store.deliveries.owe({ channelId, subject: 'notice:1', kind: 'notice', message: textMessage(name) }, NOON)
      const [claimed] = await store.deliveries.claim({ ...CLAIM, owner: name === 'lost' ? 'two' : 'one' })
      ids.push(claimed!.delivery.id)
    }
    const [sent, again, untried, lost] = ids as [string, string, string, string]
    const ref = { workspaceId: 'guild', channelId: 'sent', messageId: 'm1' }
    await store.deliveries.settle(
      [
        { id: lost, outcome: { state: 'failed', error: 'not ours' } },
        { id: untried, outcome: { state: 'untried', until: at(1) } },
        { id: again, outcome: { state: 'again', until: at(2), error: 'cut off', uncertain: true } },
        { id: sent, outcome: { state: 'sent', ref } }
      ],
      'one',
      NOON
    )
    expect(await store.deliveries.find(sent)).toMatchObject({ state: 'sent', ref, sentAt: NOON, attempts: 1 })
    expect(await store.deliveries.find(again)).toMatchObject({ state: 'owed', uncertain: true, lastError: 'cut off' })
    expect(await store.deliveries.find(untried)).toMatchObject({
      state: 'owed',
      uncertain: false,
      attempts: 0,
      ref: null
    })
    expect(await store.deliveries.find(lost)).toMatchObject({ state: 'owed', lastError: null })
    const next = await store.deliveries.claim({ ...CLAIM, now: at(1) })
    expect(next.map(({ delivery }) => delivery.id)).toContain(untried)
    expect(next.map(({ delivery }) => delivery.id)).not.toContain(again)
  })
})
