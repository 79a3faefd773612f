import { expect, test } from '@jest/globals'
import { textMessage } from '../../src/chat/message.js'
import { renderTerminal } from '../../src/chat/terminal/render.js'
import { faultsOf } from '../../src/status/faults.js'
import { readStatus, type Status } from '../../src/status/status.js'
import { statusMessage } from '../../src/status/words.js'
import type { RunningProcess } from '../../src/store/processes.js'
import type { Store } from '../../src/store/store.js'
import { eachDatabase } from '../fakes/databases.js'
import { outcomes } from '../fakes/outcomes.js'
import { addChannel, entry } from '../store/samples.js'

const NOW = new Date('2026-03-02T12:00:00Z')
const OWNER = 'host-1-abc'
const REF = { workspaceId: 'guild', channelId: 'news' }

function minutesAgo(minutes: number): Date {
  return new Date(NOW.getTime() - minutes * 60_000)
}

function running(changes: Partial<RunningProcess> = {}): RunningProcess {
  const roles = ['gateway', 'poller', 'sender', 'web']
  return { id: OWNER, host: 'host', roles, version: '1.2.3', startedAt: minutesAgo(90), connections: {}, ...changes }
}

async function beat(store: Store, changes: Partial<RunningProcess> = {}): Promise<void> {
  await store.processes.beat(running(changes), new Date())
}

function wordsOf(status: Status, whole: boolean): string {
  return renderTerminal(statusMessage(status, { whole }), { colour: false, width: 500, buttonNumber: null })
}

async function oweNotice(store: Store, channelId: number, subject: string, at: Date): Promise<void> {
  await store.deliveries.owe({ channelId, subject, kind: 'notice', message: textMessage('Hello.') }, at)
}

/** Sends or refuses the head of the line. */
async function settle(store: Store, at: Date, outcome: 'sent' | 'refused'): Promise<void> {
  const [claimed] = await store.deliveries.claim({
    platforms: ['discord'],
    owner: 'sender',
    limit: 1,
    leaseSeconds: 60,
    now: at
  })
  const { id } = claimed!.delivery
  if (outcome === 'sent') await outcomes(store.deliveries).done(id, 'sender', { ...REF, messageId: '1' }, at)
  else await outcomes(store.deliveries).fail(id, 'sender', 'too long', at)
}

eachDatabase('the status', (database) => {
  test('all is well', async () => {
    const store = await database.open()
    await beat(store, { connections: { discord: { well: true, words: 'receives commands of shard 0' } } })
    const status = await readStatus(store, null, NOW)
    expect(faultsOf(status)).toEqual([])
    const words = wordsOf(status, true)
    expect(words).toMatch(/All is well/)
    expect(words).toMatch(/host-1-abc: gateway, poller, sender, web; version 1\.2\.3, .*discord receives commands/)
    expect(wordsOf(status, false)).not.toMatch(/host/)
  })

  test('nobody at work, or nobody for a role', async () => {
    const store = await database.open()
    expect(faultsOf(await readStatus(store, null, NOW))).toEqual([expect.stringMatching(/Start one: facelaw run$/)])
    await beat(store, { roles: ['poller', 'gateway'] })
    expect(faultsOf(await readStatus(store, null, NOW))).toEqual([
      expect.stringMatching(/No process sends.*--role sender/)
    ])
  })

  test('a connection that is down, and a shard that is nobody’s', async () => {
    const store = await database.open()
    const claim = { platform: 'discord' as const, owner: OWNER, count: 2 }
    await store.shards.claim(claim, new Date())
    await store.shards.release('discord', OWNER, [1])
    await beat(store, { connections: { discord: { well: false, words: 'is connecting shard 0 of 2' } } })
    const faults = faultsOf(await readStatus(store, null, NOW))
    expect(faults).toEqual([
      expect.stringMatching(/is connecting shard 0 of 2 \(discord\)/),
      expect.stringMatching(/shard 1 of 2/)
    ])
  })

  test('messages that wait too long or were refused; the last hour alone counts', async () => {
    const store = await database.open()
    await beat(store)
    const channel = await addChannel(store)
    await oweNotice(store, channel, 'notice:1', minutesAgo(200))
    await settle(store, minutesAgo(190), 'refused')
    await oweNotice(store, channel, 'notice:2', minutesAgo(50))
    await settle(store, minutesAgo(49), 'sent')
    await oweNotice(store, channel, 'notice:3', minutesAgo(40))
    await settle(store, minutesAgo(39), 'refused')
    await oweNotice(store, channel, 'notice:4', minutesAgo(4))
    const status = await readStatus(store, null, NOW)
    expect(status.lastHour).toEqual({ sent: 1, refused: 1 })
    expect(faultsOf(status)).toEqual([expect.stringMatching(/^1 message was refused/)])
    const later = {
      ...(await readStatus(store, null, new Date(NOW.getTime() + 2 * 60_000))),
      lastHour: { sent: 0, refused: 0 }
    }
    expect(faultsOf(later)).toEqual([expect.stringMatching(/waits since 6 minutes/)])
  })

  test('what waits for quiet hours is not late', async () => {
    const store = await database.open()
    await beat(store)
    await oweNotice(store, await addChannel(store), 'notice:1', minutesAgo(60))
    const [claimed] = await store.deliveries.claim({
      platforms: ['discord'],
      owner: 'sender',
      limit: 1,
      leaseSeconds: 60,
      now: minutesAgo(60)
    })
    const held = { until: new Date(NOW.getTime() + 60_000), reason: 'quiet' as const }
    await outcomes(store.deliveries).hold(claimed!.delivery.id, 'sender', held, minutesAgo(60))
    expect(faultsOf(await readStatus(store, null, NOW))).toEqual([])
  })

  test('feeds: why they fail, and that nobody reads them', async () => {
    const store = await database.open()
    await beat(store)
    const urls = ['http://127.0.0.1/a', 'http://127.0.0.1/b', 'http://127.0.0.1/c']
    await store.feeds.syncCatalogue(
      urls.map((url) => entry({ url })),
      minutesAgo(30)
    )
    expect(faultsOf(await readStatus(store, null, minutesAgo(25)))).toEqual([])
    expect(faultsOf(await readStatus(store, null, NOW))).toEqual([expect.stringMatching(/^3 feeds are overdue/)])
    const claimed = await store.polls.claimDue({ now: NOW, limit: 3, leaseSeconds: 25, owner: OWNER })
    const failed = { outcome: 'failed' as const, message: 'no answer', retryAfterSeconds: null }
    const plan = { nextPollAt: NOW, intervalSeconds: 60, newItems: 0, holdUntil: null }
    await store.polls.record([{ feedId: claimed[0]!.id, result: { ...failed, failure: 'timeout' }, plan, now: NOW }])
    await store.polls.record([{ feedId: claimed[1]!.id, result: { ...failed, failure: 'timeout' }, plan, now: NOW }])
    await store.polls.record([{ feedId: claimed[2]!.id, result: { ...failed, failure: 'dns' }, plan, now: NOW }])
    const status = await readStatus(store, null, NOW)
    expect(wordsOf(status, false)).toMatch(/3 failing \(2 timeout, 1 dns\).*last read just now/)
    expect(faultsOf(status)).toEqual([expect.stringMatching(/More than half of the feeds fail, mostly: timeout/)])
  })

  test('paused channels with the reason: one’s own in chat, all for the operator', async () => {
    const store = await database.open()
    await beat(store)
    await addChannel(store)
    await store.channels.pause('discord', REF, 'The channel was archived.', NOW)
    const own = await readStatus(store, null, NOW)
    expect(wordsOf(own, true)).toMatch(/kept \(0 in all\)[\s\S]*discord, .*news.*: The channel was archived\./)
    expect((await readStatus(store, 999_999, NOW)).paused).toEqual({ count: 0, channels: [] })
    expect(faultsOf(own)).toEqual([])
  })
})
