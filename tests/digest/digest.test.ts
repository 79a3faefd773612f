import { expect, test } from '@jest/globals'
import { plainText } from '../../src/chat/message.js'
import { composeDigest, firstSchedule, oweDueDigests } from '../../src/digest/digest.js'
import type { Store } from '../../src/store/store.js'
import { eachDatabase, quietLogger } from '../fakes/databases.js'
import { outcomes } from '../fakes/outcomes.js'
import { sampleNames } from '../fakes/samples.js'
import { addChannel, addFeed, article, at, EVERYTHING, live, NOON } from '../store/samples.js'

/** Noon is a Monday: the next digest of a fresh channel comes a week later at nine. */
const NEXT_MONDAY = new Date('2026-03-09T09:00:00Z')

async function channelWithDigest(store: Store, filter = EVERYTHING): Promise<number> {
  const channelId = await addChannel(store)
  const who = { createdBy: 'u1', createdByName: 'Ada' }
  await store.subscriptions.add({ channelId, filter, mode: 'digest', ...who }, at(-60))
  await store.digests.set(firstSchedule(channelId, 'UTC', NOON))
  return channelId
}

async function owed(store: Store, now: Date): Promise<string[]> {
  const claimed = await store.deliveries.claim({
    platforms: ['discord'],
    owner: 'test',
    limit: 10,
    leaseSeconds: 60,
    now
  })
  return claimed.map(({ delivery }) =>
    [delivery.message?.title?.text, ...(delivery.message?.parts ?? []).map((part) => JSON.stringify(part))].join('\n')
  )
}

eachDatabase('the weekly digest', (database) => {
  test('comes once when it is due, with the stories of its window and what was watched', async () => {
    const store = await database.open()
    const channel = await channelWithDigest(store)
    const feed = await addFeed(store)
    await store.articles.ingest(feed, article('1', { title: 'Seattle bans face scans' }), { ...live, now: at(5) })
    const deps = { store, names: sampleNames, logger: quietLogger }
    expect(await oweDueDigests(deps, new Date(NEXT_MONDAY.getTime() - 1000))).toBe(0)
    expect(await oweDueDigests(deps, NEXT_MONDAY)).toBe(1)
    expect(await oweDueDigests(deps, NEXT_MONDAY)).toBe(0)
    const [digest] = await owed(store, NEXT_MONDAY)
    expect(digest).toMatch(/^Weekly digest: 2 March 2026 to 9 March 2026/)
    expect(digest).toMatch(/1 feed checked, 0 failing\. 1 story\./)
    expect(digest).toMatch(/Seattle bans face scans/)
    expect(await store.digests.get(channel)).toMatchObject({
      windowStart: NEXT_MONDAY,
      nextAt: new Date('2026-03-16T09:00:00Z')
    })
  })

  test('tells nothing twice and misses nothing when it comes late', async () => {
    const store = await database.open()
    await channelWithDigest(store)
    const feed = await addFeed(store)
    const deps = { store, names: sampleNames, logger: quietLogger }
    await store.articles.ingest(feed, article('1', { title: 'First story' }), { ...live, now: at(5) })
    const late = new Date('2026-03-11T17:00:00Z')
    await oweDueDigests(deps, late)
    // After the late one, before the next: it belongs to the next.
    const after = new Date('2026-03-11T17:00:01Z')
    await store.articles.ingest(feed, article('2', { title: 'Second story' }), { ...live, now: after })
    await oweDueDigests(deps, new Date('2026-03-16T09:00:00Z'))
    const digests: string[] = []
    for (let claimed = await owed(store, after); claimed.length > 0; claimed = await owed(store, after)) {
      digests.push(...claimed)
      const [{ delivery }] = await store.deliveries
        .claim({ platforms: ['discord'], owner: 'test', limit: 1, leaseSeconds: 60, now: new Date('2026-04-01') })
        .then((found) => found as [(typeof found)[number]])
      await outcomes(store.deliveries).done(
        delivery.id,
        'test',
        { workspaceId: 'guild', channelId: 'news', messageId: 'm' },
        after
      )
    }
    expect(digests.filter((digest) => digest.includes('First story'))).toHaveLength(1)
    expect(digests.filter((digest) => digest.includes('Second story'))).toHaveLength(1)
  })

  test('says in one line that there was nothing', async () => {
    const store = await database.open()
    const channel = await channelWithDigest(store, { ...EVERYTHING, companies: ['IBM'] })
    const feed = await addFeed(store)
    await store.articles.ingest(feed, article('1'), { ...live, now: at(5) })
    const message = await composeDigest(
      { store, names: sampleNames },
      { channelId: channel, zone: 'UTC' },
      { start: NOON, end: NEXT_MONDAY }
    )
    expect(message.parts).toHaveLength(1)
    const [part] = message.parts
    expect(part?.type === 'text' && plainText(part.text)).toBe(
      '1 feed checked, 0 failing. Nothing new on what this channel follows.'
    )
  })
})
