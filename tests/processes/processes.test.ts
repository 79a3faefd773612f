import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { EVERYTHING } from '../../src/alerts/match.js'
import type { Channel } from '../../src/model/subscription.js'
import type { RunningProcess } from '../../src/store/processes.js'
import type { Store } from '../../src/store/store.js'
import { onPostgres } from '../fakes/databases.js'
import { createFakeDiscord, type FakeDiscord } from '../fakes/discord/fake-discord.js'
import { type FeedServer, startFeedServer } from '../fakes/feed-server.js'
import { platformSettings } from '../fakes/settings.js'
import { createFakeSlack, type FakeSlack } from '../fakes/slack/fake-slack.js'
import { type Bot, startBot } from './bot.js'

/** Starting a process takes some seconds, on a busy machine many; a lease runs 20 s. */

const OLD = item('old', 'Ferry riders return', 'Boats crossed the bay half empty.')
const NEWS = item(
  'news',
  'Council bans facial recognition',
  'The Oakland City Council banned the use of facial recognition by its police department.'
)

function item(id: string, title: string, text: string): string {
  const published = new Date().toUTCString()
  return `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>https://wire.example/${id}</link><pubDate>${published}</pubDate><description>${text}</description></item>`
}

function rss(...items: string[]): string {
  return `<rss version="2.0"><channel><title>Wire</title><link>https://wire.example/</link><description>d</description>${items.join('')}</channel></rss>`
}

onPostgres('several processes', (database) => {
  let slack: FakeSlack
  let discord: FakeDiscord
  let feeds: FeedServer
  let store: Store
  const bots: Bot[] = []

  beforeEach(async () => {
    slack = await createFakeSlack()
    discord = await createFakeDiscord()
    feeds = await startFeedServer({ '/wire.xml': rss(OLD) })
    store = await database.open()
  })

  afterEach(async () => {
    await Promise.all(bots.splice(0).map((bot) => bot.kill()))
    await Promise.all([slack.close(), discord.close(), feeds.close()])
    expect(slack.violations).toEqual([])
    expect(discord.violations).toEqual([])
    expect(discord.gateway.hasty).toEqual([])
  })

  async function start(...args: string[]): Promise<Bot> {
    const bot = await startBot(args, {
      DATABASE_URL: database.location().databaseUrl!,
      FACELAW_FEEDS: feeds.url('/wire.xml'),
      FACELAW_ALLOW_PRIVATE_FEEDS: '1',
      FACELAW_POLL_SECONDS: '1',
      ...platformSettings(slack, discord)
    })
    bots.push(bot)
    return bot
  }

  /** Looks again until there is something: the store tells nobody that it changed. */
  async function until<Value>(look: () => Promise<Value | null | undefined | false>): Promise<Value> {
    for (;;) {
      const value = await look()
      if (value) return value
      await pause(100)
    }
  }

  /** Waits until every living process has given a further sign of life twice: it has done all its rounds since. */
  async function everyRoundDone(): Promise<void> {
    const seen = () => database.sql<{ id: string; at: Date }>('select id, seen_at as at from process')
    for (let round = 0; round < 2; round++) {
      const before = new Map((await seen()).map(({ id, at }) => [id, at.getTime()]))
      await until(async () => (await seen()).every(({ id, at }) => at.getTime() > (before.get(id) ?? 0)))
    }
  }

  async function follow(): Promise<Channel> {
    const place = {
      platform: 'slack' as const,
      workspace: { id: 'T0FACELAW', name: 'Team' },
      channel: { id: 'C0GENERAL', name: 'general' }
    }
    const { channel } = await store.channels.ensure(place, new Date())
    const asked = { channelId: channel.id, filter: EVERYTHING, mode: 'both' as const, createdBy: 'U0ANN' }
    await store.subscriptions.add({ ...asked, createdByName: 'Ann' }, new Date())
    return channel
  }

  function alive(): Promise<RunningProcess[]> {
    return store.processes.alive(new Date())
  }

  test('a poller reads and never posts, a sender posts and never reads, a gateway does neither', async () => {
    const poller = await start('--role', 'poller')
    await until(async () => (await store.feeds.counts()).never === 0)
    await follow()
    feeds.set('/wire.xml', rss(NEWS, OLD))
    await until(async () => (await store.deliveries.counts(new Date())).owed === 1)
    await everyRoundDone()
    expect(slack.calls).toEqual([])
    expect(discord.requests).toEqual([])
    expect(await poller.stop()).toBe(0)

    const reads = feeds.requests.length
    await start('--role', 'gateway')
    await everyRoundDone()
    expect(await slack.slashCommand('status', { user: 'U0ANN' }).answer()).toBeDefined()
    expect(discord.gateway.shards()).toEqual([0])
    expect(slack.messages('C0GENERAL')).toEqual([])

    await start('--role', 'sender,web')
    await slack.waitFor(() => slack.messages('C0GENERAL')[0])
    await everyRoundDone()
    expect(slack.messages('C0GENERAL')).toHaveLength(1)
    expect(feeds.requests.length).toBe(reads)
    expect(slack.socket.open()).toHaveLength(1)
    expect(discord.gateway.identifies).toHaveLength(1)
    expect((await alive()).map(({ roles }) => roles)).toEqual([['gateway'], ['sender', 'web']])
  })

  test('two that do everything answer a Discord command once; when the one that does is killed, the other takes over', async () => {
    const first = await start()
    const second = await start()
    await everyRoundDone()
    expect(discord.gateway.shards()).toEqual([0])
    expect((await alive()).map(({ connections }) => connections.discord?.words)).toEqual([
      'receives commands of shard 0',
      'stands by'
    ])
    await discord.command('help')
    await discord.command('help')
    expect(discord.requests.filter(({ path }) => path.endsWith('/callback'))).toHaveLength(2)

    await first.kill()
    await discord.waitFor(() => discord.gateway.identifies.length === 2)
    await discord.command('help')
    expect(await second.stop()).toBe(0)
  })

  test('shards are shared out among gateways as they come and go', async () => {
    discord.state.maxConcurrency = 4
    const one = await start('--role', 'gateway', '--shards', '4')
    expect(discord.gateway.shards()).toEqual([0, 1, 2, 3])
    const two = await start('--role', 'gateway', '--shards', '4')
    const held = () => database.sql<{ owners: number }>('select count(distinct owner)::int as owners from shard')
    await until(async () => (await held())[0]!.owners === 2)
    await discord.waitFor(() => discord.gateway.shards().join() === '0,1,2,3')
    expect(await one.stop()).toBe(0)
    await discord.waitFor(() => discord.gateway.shards().length === 2)
    await discord.waitFor(() => discord.gateway.shards().join() === '0,1,2,3')
    expect((await held())[0]!.owners).toBe(1)
    expect(await two.stop()).toBe(0)
    expect(await store.shards.agreedCount('discord', new Date())).toBeNull()
  })

  test('a digest that falls due is told once by three senders', async () => {
    const channel = await follow()
    await Promise.all([start('--role', 'sender'), start('--role', 'sender'), start('--role', 'sender')])
    const now = Date.now()
    await store.digests.set({
      channelId: channel.id,
      weekday: 1,
      hour: 9,
      zone: 'UTC',
      enabled: true,
      windowStart: new Date(now - 7 * 86_400_000),
      nextAt: new Date(now - 1000)
    })
    await slack.waitFor(() => slack.messages('C0GENERAL')[0])
    // All three look at the same second; who came second is done by now.
    await everyRoundDone()
    expect(slack.messages('C0GENERAL')).toHaveLength(1)
    expect(await database.sql('select kind, state from delivery')).toEqual([{ kind: 'digest', state: 'sent' }])
  })
})
