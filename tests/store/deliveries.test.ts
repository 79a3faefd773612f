import { expect, test } from '@jest/globals'
import pg from 'pg'
import { textMessage } from '../../src/chat/message.js'
import type { Store } from '../../src/store/store.js'
import { eachDatabase, onPostgres, type TestDatabase } from '../fakes/databases.js'
import { alertFor, outcomes } from '../fakes/outcomes.js'
import { addChannel, addFeed, article, at, live, NOON } from './samples.js'

const CLAIM = { platforms: ['discord' as const], owner: 'one', limit: 100, leaseSeconds: 60, now: NOON }
const REF = { workspaceId: 'guild', channelId: 'news', messageId: 'm1' }

async function oweNotices(store: Store, channelId: number, subjects: string[]): Promise<void> {
  for (const subject of subjects)
    await store.deliveries.owe({ channelId, subject, kind: 'notice', message: textMessage(subject) }, NOON)
}

async function subjects(store: Store, changes: Partial<typeof CLAIM> = {}): Promise<string[]> {
  const claimed = await store.deliveries.claim({ ...CLAIM, ...changes })
  return claimed.map(({ delivery }) => delivery.subject)
}

/** Until the work waits for what another has locked, or is done without. */
async function lockAwaited({ sql }: TestDatabase, work: Promise<unknown>): Promise<void> {
  let done = false
  void work.finally(() => {
    done = true
  })
  const waiting = `select from pg_stat_activity where application_name = 'facelaw' and wait_event_type = 'Lock'`
  while (!done && (await sql(waiting)).length === 0);
}

eachDatabase('deliveries', (database) => {
  test('a subject is owed once, for ever', async () => {
    const store = await database.open()
    const channelId = await addChannel(store)
    const notice = { channelId, subject: 'notice:1', kind: 'notice' as const, message: textMessage('Hello') }
    expect(await store.deliveries.owe(notice, NOON)).toBe(true)
    expect(await store.deliveries.owe(notice, NOON)).toBe(false)
    const [claimed] = await store.deliveries.claim(CLAIM)
    await outcomes(store.deliveries).done(claimed!.delivery.id, 'one', REF, NOON)
    expect(await store.deliveries.owe(notice, NOON)).toBe(false)
    expect(await store.deliveries.claim(CLAIM)).toEqual([])
    expect(await store.deliveries.nextAt(['discord'], NOON)).toBeNull()
  })

  test('a claim carries all that is needed to send', async () => {
    const store = await database.open()
    const channelId = await addChannel(store)
    await oweNotices(store, channelId, ['notice:1'])
    expect(await store.deliveries.claim(CLAIM)).toEqual([
      {
        delivery: {
          id: expect.any(String),
          channelId,
          subject: 'notice:1',
          kind: 'notice',
          storyId: null,
          message: textMessage('notice:1'),
          state: 'owed',
          attempts: 0,
          uncertain: false,
          createdAt: NOON,
          sentAt: null,
          ref: null,
          lastError: null,
          parentId: null,
          inThread: false,
          late: null,
          heldUntil: null,
          heldFor: null,
          foldedInto: null,
          edits: 0,
          editedAt: null,
          editsEnded: null
        },
        channel: (await store.channels.find(channelId))!.channel,
        more: false
      }
    ])
  })

  test('one at a time and in order within a channel; channels side by side', async () => {
    const store = await database.open()
    const [a, b] = [await addChannel(store, 'a'), await addChannel(store, 'b')]
    await oweNotices(store, a, ['a1', 'a2', 'a3'])
    await oweNotices(store, b, ['b1'])
    const claimed = await store.deliveries.claim(CLAIM)
    expect(claimed.map(({ delivery }) => delivery.subject).sort()).toEqual(['a1', 'b1'])
    expect(await subjects(store)).toEqual([])
    for (const { delivery } of claimed) await outcomes(store.deliveries).done(delivery.id, 'one', REF, NOON)
    expect(await subjects(store)).toEqual(['a2'])
  })

  test('what was sent is remembered', async () => {
    const store = await database.open()
    const channelId = await addChannel(store)
    const story = await store.articles.ingest(await addFeed(store), article('1'), live)
    expect(await store.deliveries.oweStories(channelId, [story!.storyId!], NOON)).toBe(1)
    expect(await store.deliveries.oweStories(channelId, [story!.storyId!], NOON)).toBe(0)
    const [claimed] = await store.deliveries.claim(CLAIM)
    await outcomes(store.deliveries).done(claimed!.delivery.id, 'one', REF, at(1))
    expect(await alertFor(store.deliveries, channelId, story!.storyId!)).toMatchObject({
      state: 'sent',
      sentAt: at(1),
      ref: REF,
      attempts: 1,
      uncertain: false
    })
  })

  test('a rate limit makes the whole line wait, in order, and no other channel', async () => {
    const store = await database.open()
    await oweNotices(store, await addChannel(store, 'a'), ['a1', 'a2'])
    await oweNotices(store, await addChannel(store, 'b'), ['b1'])
    const claimed = await store.deliveries.claim(CLAIM)
    const [a1, b1] = claimed.map(({ delivery }) => delivery.id)
    await outcomes(store.deliveries).retry(a1!, 'one', at(5), 'retry after 300')
    await outcomes(store.deliveries).done(b1!, 'one', REF, NOON)
    expect(await subjects(store, { now: at(4) })).toEqual([])
    expect(await store.deliveries.nextAt(['discord'], NOON)).toEqual(at(5))
    const [again] = await store.deliveries.claim({ ...CLAIM, now: at(5) })
    expect(again!.delivery).toMatchObject({
      subject: 'a1',
      attempts: 1,
      uncertain: false,
      lastError: 'retry after 300'
    })
  })

  test('a lease that ran out is given again, marked uncertain; the first owner can no longer settle it', async () => {
    const store = await database.open()
    const channelId = await addChannel(store)
    await oweNotices(store, channelId, ['n1', 'n2'])
    const [first] = await store.deliveries.claim(CLAIM)
    expect(await subjects(store, { owner: 'two', now: new Date(at(1).getTime() - 1) })).toEqual([])
    expect(await store.deliveries.nextAt(['discord'], NOON)).toEqual(at(1))
    const [second] = await store.deliveries.claim({ ...CLAIM, owner: 'two', now: at(1) })
    expect(second!.delivery).toMatchObject({ id: first!.delivery.id, uncertain: true, attempts: 1 })
    await outcomes(store.deliveries).done(first!.delivery.id, 'one', REF, at(1))
    await outcomes(store.deliveries).fail(first!.delivery.id, 'one', 'no', at(1))
    await outcomes(store.deliveries).retry(first!.delivery.id, 'one', at(1), 'no')
    expect(await subjects(store, { owner: 'three', now: at(1) })).toEqual([])
    await outcomes(store.deliveries).done(second!.delivery.id, 'two', REF, at(1))
    expect(await subjects(store, { now: at(1) })).toEqual(['n2'])
  })

  test('a lease that ran out and was taken by nobody else can still be settled', async () => {
    const store = await database.open()
    await oweNotices(store, await addChannel(store), ['n1', 'n2'])
    const [first] = await store.deliveries.claim(CLAIM)
    await outcomes(store.deliveries).done(first!.delivery.id, 'one', REF, at(2))
    expect(await subjects(store, { now: at(2) })).toEqual(['n2'])
  })

  test('an unknown outcome is given again, marked uncertain', async () => {
    const store = await database.open()
    await oweNotices(store, await addChannel(store), ['n1'])
    const [first] = await store.deliveries.claim(CLAIM)
    await outcomes(store.deliveries).unknown(first!.delivery.id, 'one', at(1), 'connection cut')
    expect(await subjects(store)).toEqual([])
    const [again] = await store.deliveries.claim({ ...CLAIM, now: at(1) })
    expect(again!.delivery).toMatchObject({ uncertain: true, attempts: 1, lastError: 'connection cut' })
    await outcomes(store.deliveries).retry(again!.delivery.id, 'one', at(2), 'wait')
    // Uncertainty does not go away with a later try that was surely refused.
    const [third] = await store.deliveries.claim({ ...CLAIM, now: at(2) })
    expect(third!.delivery).toMatchObject({ uncertain: true, attempts: 2 })
  })

  test('a refused message is kept with its error, and the line goes on', async () => {
    const store = await database.open()
    await oweNotices(store, await addChannel(store), ['n1', 'n2'])
    const [first] = await store.deliveries.claim(CLAIM)
    await outcomes(store.deliveries).fail(first!.delivery.id, 'one', 'Invalid form body', NOON)
    expect(await subjects(store)).toEqual(['n2'])
    expect(await store.deliveries.counts(NOON)).toEqual({ owed: 1, kept: 0, oldestOwedAt: NOON, failed: 1 })
  })

  test('a blocked platform holds its own deliveries back, and is never unblocked by a shorter wait', async () => {
    const store = await database.open()
    await oweNotices(store, await addChannel(store), ['n1'])
    const slack = { platform: 'slack' as const, workspace: { id: 't', name: 't' }, channel: { id: 'c', name: 'c' } }
    const { channel } = await store.channels.ensure(slack, NOON)
    await oweNotices(store, channel.id, ['s1'])
    await store.deliveries.blockPlatform('discord', at(10))
    await store.deliveries.blockPlatform('discord', at(5))
    const both = { platforms: ['discord' as const, 'slack' as const] }
    expect(await store.deliveries.nextAt(['discord'], NOON)).toEqual(at(10))
    expect(await store.deliveries.nextAt(both.platforms, NOON)).toEqual(NOON)
    expect(await subjects(store, { ...both, now: at(9) } as never)).toEqual(['s1'])
    expect(await subjects(store, { now: at(10) })).toEqual(['n1'])
  })

  test('a paused channel keeps what it is owed until it is back', async () => {
    const store = await database.open()
    const ref = { workspaceId: 'guild', channelId: 'news' }
    const channelId = await addChannel(store)
    await oweNotices(store, channelId, ['n1', 'n2'])
    const [first] = await store.deliveries.claim(CLAIM)
    await store.channels.pause('discord', ref, 'the bot was removed', NOON)
    await outcomes(store.deliveries).retry(first!.delivery.id, 'one', NOON, 'gone')
    expect(await subjects(store)).toEqual([])
    expect(await store.deliveries.nextAt(['discord'], NOON)).toBeNull()
    expect(await store.deliveries.counts(NOON)).toEqual({ owed: 2, kept: 2, oldestOwedAt: null, failed: 0 })
    await store.channels.resume('discord', ref)
    expect(await subjects(store)).toEqual(['n1'])
  })

  test('only the platforms that are asked for are claimed', async () => {
    const store = await database.open()
    await oweNotices(store, await addChannel(store), ['n1'])
    expect(await subjects(store, { platforms: ['slack'] } as never)).toEqual([])
    expect(await store.deliveries.nextAt(['slack'], NOON)).toBeNull()
  })

  test('a channel that waited longest is served first', async () => {
    const store = await database.open()
    const [a, b] = [await addChannel(store, 'a'), await addChannel(store, 'b')]
    await oweNotices(store, a, ['a1', 'a2'])
    await oweNotices(store, b, ['b1'])
    const [first] = await store.deliveries.claim({ ...CLAIM, limit: 1, now: at(1) })
    expect(first!.delivery.subject).toBe('a1')
    await outcomes(store.deliveries).done(first!.delivery.id, 'one', REF, at(1))
    expect(await subjects(store, { limit: 1, now: at(1) })).toEqual(['b1'])
  })
})

onPostgres('deliveries', (database) => {
  test('a line is found by itself, also where the statistics are of a time when nothing was owed', async () => {
    const store = await database.open()
    const channels = await Promise.all(Array.from({ length: 300 }, (_, i) => addChannel(store, `c${i}`)))
    const told = async (subject: string) => {
      await Promise.all(channels.map((id) => oweNotices(store, id, [subject])))
      for (;;) {
        const claimed = await store.deliveries.claim({ ...CLAIM, limit: 50 })
        if (claimed.length === 0) return
        const settled = claimed.map(({ delivery }) => ({
          id: delivery.id,
          outcome: { state: 'sent', ref: REF } as const
        }))
        await store.deliveries.settle(settled, 'one', NOON)
      }
    }
    await told('first')
    await database.sql('analyze')
    await database.sql('select pg_stat_reset()')
    await told('second')
    // A connection tells what it has read at its end at the latest.
    await store.close()
    const [read] = await database.sql<{ rows: string }>(
      `select sum(idx_tup_read) as rows from pg_stat_user_indexes where relname = 'delivery'`
    )
    expect(Number(read!.rows)).toBeLessThan(channels.length * 30)
  })

  test('concurrent claimers never get the same delivery, keep the order, and leave nothing', async () => {
    const stores = [await database.open(), await database.open(), await database.open()]
    const channels = await Promise.all(Array.from({ length: 10 }, (_, i) => addChannel(stores[0]!, `c${i}`)))
    await Promise.all(
      channels.map((id) =>
        oweNotices(
          stores[0]!,
          id,
          Array.from({ length: 8 }, (_, i) => `${i}`)
        )
      )
    )
    const sent = new Map<number, string[]>(channels.map((id) => [id, []]))
    await Promise.all(
      stores.map(async ({ deliveries }, worker) => {
        const owner = `worker ${worker}`
        // Until nothing is owed: what others hold may come back.
        while ((await deliveries.nextAt(['discord'], NOON)) !== null) {
          for (const { delivery } of await deliveries.claim({ ...CLAIM, owner, limit: 3 })) {
            // Each third first try is refused for sure.
            if (Number(delivery.id) % 3 === 0 && delivery.attempts === 0) {
              await outcomes(deliveries).retry(delivery.id, owner, NOON, 'wait')
              continue
            }
            sent.get(delivery.channelId)!.push(delivery.subject)
            await outcomes(deliveries).done(delivery.id, owner, REF, NOON)
          }
        }
      })
    )
    for (const order of sent.values()) expect(order).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
    expect(await database.sql('select id from delivery where uncertain')).toEqual([])
  })

  test('what is owed while the last one is settled does not stay behind', async () => {
    const store = await database.open()
    const channelId = await addChannel(store)
    await oweNotices(store, channelId, ['n1'])
    const [first] = await store.deliveries.claim(CLAIM)
    // As `owe` does it, stopped before the commit: the new delivery cannot be seen yet.
    const other = new pg.Client(database.connection())
    await other.connect()
    await other.query('begin')
    await other.query(
      `insert into delivery (channel_id, subject, kind, message, created_at) values ($1, 'n2', 'notice', '{}', $2)`,
      [channelId, NOON]
    )
    await other.query('update channel set line_ready_at = coalesce(line_ready_at, $2) where id = $1', [channelId, NOON])
    const settling = outcomes(store.deliveries).done(first!.delivery.id, 'one', REF, NOON)
    await lockAwaited(database, settling)
    await other.query('commit')
    await other.end()
    await settling
    expect(await subjects(store)).toEqual(['n2'])
  })

  test('what is owed while the last one is being settled opens the line again', async () => {
    const store = await database.open()
    const channelId = await addChannel(store)
    await oweNotices(store, channelId, ['n1'])
    await store.deliveries.claim(CLAIM)
    // As `done` does it, stopped before the commit: the line is still its owner's for all others.
    const other = new pg.Client(database.connection())
    await other.connect()
    await other.query('begin')
    await other.query(`update delivery set state = 'sent' where channel_id = $1`, [channelId])
    await other.query(
      'update channel set line_ready_at = null, line_owner = null, line_delivery_id = null where id = $1',
      [channelId]
    )
    const owing = oweNotices(store, channelId, ['n2'])
    await lockAwaited(database, owing)
    await other.query('commit')
    await other.end()
    await owing
    expect(await subjects(store)).toEqual(['n2'])
  })

  test('a line never stops while things are owed and settled at once', async () => {
    const stores = [await database.open(), await database.open()]
    const channelId = await addChannel(stores[0]!)
    const count = 60
    let settled = 0
    const owing = oweNotices(
      stores[0]!,
      channelId,
      Array.from({ length: count }, (_, i) => `n${i}`)
    )
    const sending = (async () => {
      while (settled < count) {
        for (const { delivery } of await stores[1]!.deliveries.claim(CLAIM)) {
          await outcomes(stores[1]!.deliveries).done(delivery.id, 'one', REF, NOON)
          settled++
        }
      }
    })()
    await Promise.all([owing, sending])
    expect(await stores[0]!.deliveries.counts(NOON)).toMatchObject({ owed: 0 })
  })
})
