import { expect, test } from '@jest/globals'
import { Sender } from '../../src/alerts/sender.js'
import { type Message, textMessage } from '../../src/chat/message.js'
import { type ChatPlatform, Gone, RetryLater, UnknownOutcome } from '../../src/chat/platform.js'
import { REQUEST_SECONDS } from '../../src/renewal.js'
import type { Store } from '../../src/store/store.js'
import { eachDatabase, quietLogger } from '../fakes/databases.js'
import { sampleNames } from '../fakes/samples.js'

/** A platform that keeps what it gets and fails as told: one entry a post, in order; then it takes everything. */
class ScriptedPlatform implements ChatPlatform {
  readonly name = 'slack'
  readonly posts: { channel: string; text: string; delivery: string; uncertain: boolean }[] = []
  constructor(private readonly script: (Error | null)[] = []) {}
  async start() {}
  async stop() {}
  async edit() {}
  async post(channel: { workspaceId: string; channelId: string }, message: Message, delivery: string, options = {}) {
    const uncertain = (options as { uncertain?: boolean }).uncertain === true
    const [part] = message.parts
    this.posts.push({
      channel: channel.channelId,
      text: part?.type === 'text' ? String(part.text) : '',
      delivery,
      uncertain
    })
    const failure = this.script.shift()
    if (failure) throw failure
    return { ...channel, messageId: String(this.posts.length) }
  }
}

const NOON = new Date('2026-03-02T12:00:00Z')

async function owe(store: Store, channelId: string, texts: string[]): Promise<number> {
  const ref = {
    platform: 'slack' as const,
    workspace: { id: 'T1', name: 'Team' },
    channel: { id: channelId, name: channelId }
  }
  const { channel } = await store.channels.ensure(ref, NOON)
  for (const text of texts) {
    await store.deliveries.owe(
      { channelId: channel.id, subject: `notice:${text}`, kind: 'notice', message: textMessage(text) },
      NOON
    )
  }
  return channel.id
}

function senderOn(store: Store, platform: ChatPlatform, clock: { now: Date }): Sender {
  return new Sender({
    store,
    platforms: [platform],
    names: sampleNames,
    owner: 'test',
    now: () => clock.now,
    logger: quietLogger
  })
}

eachDatabase('the sender', (database) => {
  test('brings what is owed, in order per channel, each once', async () => {
    const store = await database.open()
    await owe(store, 'C1', ['a', 'b', 'c'])
    await owe(store, 'C2', ['d', 'e'])
    const platform = new ScriptedPlatform()
    const sender = senderOn(store, platform, { now: NOON })
    await sender.drain()
    await sender.drain()
    const texts = (channel: string) =>
      platform.posts.filter((post) => post.channel === channel).map((post) => post.text)
    expect(texts('C1')).toEqual(['a', 'b', 'c'])
    expect(texts('C2')).toEqual(['d', 'e'])
    expect(await store.deliveries.counts(NOON)).toMatchObject({ owed: 0, failed: 0 })
  })

  test('waits as long as the platform asks, and keeps the order', async () => {
    const store = await database.open()
    await owe(store, 'C1', ['a', 'b'])
    const platform = new ScriptedPlatform([new RetryLater('slow down', 120)])
    const clock = { now: NOON }
    const sender = senderOn(store, platform, clock)
    await sender.drain(0)
    expect(platform.posts.map((post) => post.text)).toEqual(['a'])
    clock.now = new Date(NOON.getTime() + 121_000)
    await sender.drain(0)
    expect(platform.posts.map((post) => post.text)).toEqual(['a', 'a', 'b'])
    expect(platform.posts[1]?.uncertain).toBe(false)
  })

  test('a repeat after an unknown outcome says so, with the same delivery id', async () => {
    const store = await database.open()
    await owe(store, 'C1', ['a'])
    const platform = new ScriptedPlatform([new UnknownOutcome('cut off')])
    const clock = { now: NOON }
    const sender = senderOn(store, platform, clock)
    await sender.drain(0)
    clock.now = new Date(NOON.getTime() + 60_000)
    await sender.drain(0)
    expect(platform.posts.map((post) => post.uncertain)).toEqual([false, true])
    expect(platform.posts[0]?.delivery).toBe(platform.posts[1]?.delivery)
  })

  test('after an unknown outcome nothing is repeated before the request must be over', async () => {
    const store = await database.open()
    await owe(store, 'C1', ['a'])
    const platform = new ScriptedPlatform([new UnknownOutcome('cut off')])
    const clock = { now: NOON }
    const sender = senderOn(store, platform, clock)
    await sender.drain(0)
    clock.now = new Date(NOON.getTime() + REQUEST_SECONDS * 1000 - 1)
    await sender.drain(0)
    expect(platform.posts).toHaveLength(1)
    clock.now = new Date(NOON.getTime() + REQUEST_SECONDS * 1000)
    await sender.drain(0)
    expect(platform.posts).toHaveLength(2)
  })

  test('a channel that is gone is paused and owed still; another one goes on', async () => {
    const store = await database.open()
    const gone = await owe(store, 'C1', ['a', 'b'])
    const platform = new ScriptedPlatform([new Gone('The channel is archived: unarchive it.')])
    const sender = senderOn(store, platform, { now: NOON })
    await sender.drain(0)
    await owe(store, 'C2', ['c'])
    await sender.drain(0)
    expect(platform.posts.map((post) => post.text)).toEqual(['a', 'c'])
    expect((await store.channels.find(gone))?.channel.pausedReason).toMatch(/archived/)
    await store.channels.resume('slack', { workspaceId: 'T1', channelId: 'C1' })
    await sender.drain(0)
    expect(platform.posts.map((post) => post.text)).toEqual(['a', 'c', 'a', 'b'])
  })

  test('a message that the platform refuses is kept with its error, and the line goes on', async () => {
    const store = await database.open()
    await owe(store, 'C1', ['a', 'b'])
    const platform = new ScriptedPlatform([new Error('invalid_blocks')])
    await senderOn(store, platform, { now: NOON }).drain(0)
    expect(platform.posts.map((post) => post.text)).toEqual(['a', 'b'])
    expect(await store.deliveries.counts(NOON)).toMatchObject({ owed: 0, failed: 1 })
  })

  test('what was claimed by a process that died is taken up when its lease ran out, as uncertain', async () => {
    const store = await database.open()
    await owe(store, 'C1', ['a'])
    await store.deliveries.claim({ platforms: ['slack'], owner: 'dead', limit: 1, leaseSeconds: 60, now: NOON })
    const platform = new ScriptedPlatform()
    await senderOn(store, platform, { now: new Date(NOON.getTime() + 30_000) }).drain(0)
    expect(platform.posts).toHaveLength(0)
    await senderOn(store, platform, { now: new Date(NOON.getTime() + 61_000) }).drain(0)
    expect(platform.posts).toMatchObject([{ text: 'a', uncertain: true }])
  })

  test('asked to stop, it gives back what it had not begun, as if it had never claimed it', async () => {
    const store = await database.open()
    for (let number = 0; number < 60; number++) await owe(store, `C${number}`, ['a'])
    const platform = new ScriptedPlatform()
    const sender = senderOn(store, platform, { now: NOON })
    const post = platform.post.bind(platform)
    const stopped = new Promise<void>((resolve) => {
      platform.post = (...args) => {
        // The first post is under way, with 31 others; the rest of the claim waits for a place.
        platform.post = post
        resolve(sender.stop(60_000))
        return post(...args)
      }
    })
    sender.start()
    await stopped
    const told = platform.posts.length
    expect(told).toBeGreaterThan(0)
    expect(told).toBeLessThan(60)
    expect(await store.deliveries.counts(NOON)).toMatchObject({ owed: 60 - told })
    await senderOn(store, platform, { now: NOON }).drain(0)
    expect(platform.posts).toHaveLength(60)
    expect(platform.posts.filter((one) => one.uncertain)).toEqual([])
    expect(new Set(platform.posts.map(({ channel }) => channel)).size).toBe(60)
  })

  test('a platform that asks all to wait is left alone: what was claimed beside goes back untried', async () => {
    const store = await database.open()
    for (let number = 0; number < 100; number++) await owe(store, `C${number}`, ['a'])
    const platform = new ScriptedPlatform(
      Array.from({ length: 100 }, () => new RetryLater('slow down', 60, 'platform'))
    )
    const clock = { now: NOON }
    const sender = senderOn(store, platform, clock)
    await sender.drain(0)
    // Those that were under way together were refused together; the others never went out.
    expect(platform.posts.length).toBeLessThanOrEqual(32)
    expect(await store.deliveries.counts(NOON)).toMatchObject({ owed: 100, failed: 0 })
  })
})
