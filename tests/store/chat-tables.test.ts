import { expect, test } from '@jest/globals'
import { textMessage } from '../../src/chat/message.js'
import type { DigestSchedule } from '../../src/model/subscription.js'
import { eachDatabase, onPostgres } from '../fakes/databases.js'
import { outcomes } from '../fakes/outcomes.js'
import { addChannel, addFeed, article, at, EVERYTHING, live, NOON, subscribe } from './samples.js'

const PLACE = {
  platform: 'slack' as const,
  workspace: { id: 'T1', name: 'Acme' },
  channel: { id: 'C1', name: 'privacy' }
}
const C1 = { workspaceId: 'T1', channelId: 'C1' }

eachDatabase('calendars', (database) => {
  test('a workspace has one key, that nobody else has; a new one ends it', async () => {
    const { calendars, channels } = await database.open()
    const { workspace } = await channels.ensure(PLACE, NOON)
    const { workspace: other } = await channels.ensure({ ...PLACE, workspace: { id: 'T2', name: 'Other' } }, NOON)
    const keys = await Promise.all([calendars.key(workspace.id), calendars.key(workspace.id)])
    expect(new Set(keys).size).toBe(1)
    expect(await calendars.key(other.id)).not.toBe(keys[0])
    expect(await calendars.workspaceOf(keys[0])).toBe(workspace.id)
    const renewed = await calendars.renew(workspace.id)
    expect(await calendars.workspaceOf(keys[0])).toBeNull()
    expect(await calendars.workspaceOf(renewed)).toBe(workspace.id)
    expect(await calendars.workspaceOf('')).toBeNull()
  })
})

eachDatabase('channels', (database) => {
  test('a place is made once, and its names are kept fresh', async () => {
    const { channels } = await database.open()
    const first = await channels.ensure(PLACE, NOON)
    expect(first).toEqual({
      created: true,
      workspace: {
        id: expect.any(Number),
        platform: 'slack',
        externalId: 'T1',
        name: 'Acme',
        zone: 'UTC',
        changes: 'anyone'
      },
      channel: {
        id: expect.any(Number),
        workspaceId: first.workspace.id,
        platform: 'slack',
        externalId: 'C1',
        workspaceExternalId: 'T1',
        name: 'privacy',
        pausedReason: null
      }
    })
    expect(await channels.ensure(PLACE, NOON)).toEqual({ ...first, created: false })
    expect(await channels.findWorkspace('slack', 'T1')).toEqual(first.workspace)
    expect(await channels.findWorkspace('discord', 'T1')).toBeNull()
    const renamed = await channels.ensure({ ...PLACE, channel: { id: 'C1', name: 'faces' } }, NOON)
    expect(renamed).toMatchObject({ created: false, channel: { id: first.channel.id, name: 'faces' } })
    const unnamed = await channels.ensure({ ...PLACE, channel: { id: 'C1', name: '' } }, NOON)
    expect(unnamed.channel.name).toBe('faces')
    expect(await channels.find(first.channel.id)).toEqual({ workspace: first.workspace, channel: renamed.channel })
    expect(await channels.find(99)).toBeNull()
  })

  test('the same ids on two platforms are two places', async () => {
    const { channels } = await database.open()
    const [slack, discord] = [
      await channels.ensure(PLACE, NOON),
      await channels.ensure({ ...PLACE, platform: 'discord' }, NOON)
    ]
    expect(discord.channel.id).not.toBe(slack.channel.id)
    expect(discord.created).toBe(true)
  })

  test('the first zone and the rule of a workspace', async () => {
    const { channels } = await database.open()
    const { workspace, channel } = await channels.ensure(PLACE, NOON)
    await channels.adoptZone(workspace.id, 'Europe/Paris')
    await channels.adoptZone(workspace.id, 'Europe/Berlin')
    await channels.setChanges(workspace.id, 'admins')
    expect((await channels.find(channel.id))!.workspace).toMatchObject({ zone: 'Europe/Paris', changes: 'admins' })
  })

  test('pausing, resuming and renaming by the platform’s ids; a workspace pauses whole', async () => {
    const { channels } = await database.open()
    const one = (await channels.ensure(PLACE, NOON)).channel.id
    const two = (await channels.ensure({ ...PLACE, channel: { id: 'C2', name: 'two' } }, NOON)).channel.id
    const elsewhere = (await channels.ensure({ ...PLACE, platform: 'discord' }, NOON)).channel.id
    const reasons = async () =>
      await Promise.all([one, two, elsewhere].map(async (id) => (await channels.find(id))!.channel.pausedReason))
    await channels.pause('slack', C1, 'archived', NOON)
    expect(await reasons()).toEqual(['archived', null, null])
    await channels.resume('slack', C1)
    await channels.pauseWorkspace('slack', 'T1', 'removed', NOON)
    expect(await reasons()).toEqual(['removed', 'removed', null])
    await channels.rename('slack', C1, 'new name')
    expect((await channels.find(one))!.channel.name).toBe('new name')
  })

  test('a moved channel keeps all that it has', async () => {
    const store = await database.open()
    const { channel } = await store.channels.ensure(PLACE, NOON)
    await subscribe(store, channel.id)
    await store.channels.move('slack', C1, 'C9')
    const moved = await store.channels.ensure({ ...PLACE, channel: { id: 'C9', name: 'privacy' } }, NOON)
    expect(moved).toMatchObject({ created: false, channel: { id: channel.id } })
  })

  test('a channel that moved to one we know hands over what it asked for and is owed', async () => {
    const store = await database.open()
    const from = (await store.channels.ensure(PLACE, NOON)).channel.id
    const to = (await store.channels.ensure({ ...PLACE, channel: { id: 'C2', name: 'two' } }, NOON)).channel.id
    await subscribe(store, from)
    await subscribe(store, from, { companies: ['NEC'] })
    await subscribe(store, to)
    await store.digests.set({ ...SCHEDULE, channelId: from })
    for (const channelId of [from, to])
      await store.deliveries.owe({ channelId, subject: 'both', kind: 'notice', message: textMessage('x') }, NOON)
    await store.deliveries.owe({ channelId: from, subject: 'mine', kind: 'notice', message: textMessage('x') }, NOON)
    await store.channels.move('slack', C1, 'C2')
    expect(await store.subscriptions.list(to)).toHaveLength(2)
    expect(await store.digests.get(to)).toMatchObject({ weekday: 1 })
    expect((await store.channels.find(from))!.channel.pausedReason).not.toBeNull()
    const told: string[] = []
    for (;;) {
      const [claimed] = await store.deliveries.claim({
        platforms: ['slack'],
        owner: 'o',
        limit: 9,
        leaseSeconds: 9,
        now: NOON
      })
      if (!claimed) break
      expect(claimed.channel.externalId).toBe('C2')
      told.push(claimed.delivery.subject)
      await outcomes(store.deliveries).done(claimed.delivery.id, 'o', { ...C1, messageId: '1' }, NOON)
    }
    expect(told.sort()).toEqual(['both', 'mine'])
  })
})

eachDatabase('subscriptions', (database) => {
  test('the same filter twice is one subscription; another mode changes it', async () => {
    const store = await database.open()
    const channelId = await addChannel(store)
    const filter = { ...EVERYTHING, companies: ['Amazon', 'NEC'] }
    const first = await subscribe(store, channelId, filter)
    expect(first).toMatchObject({
      already: false,
      subscription: { channelId, filter, mode: 'alerts', createdBy: 'u1', createdAt: at(-60) }
    })
    const reordered = await subscribe(store, channelId, { companies: ['NEC', 'Amazon', 'NEC'] })
    expect(reordered).toEqual({ already: true, subscription: first.subscription })
    const both = await store.subscriptions.add({ ...first.subscription, mode: 'both' }, NOON)
    expect(both).toEqual({ already: false, subscription: { ...first.subscription, mode: 'both' } })
    expect(await store.subscriptions.list(channelId)).toEqual([both.subscription])
    expect(await store.subscriptions.counts()).toEqual({ subscriptions: 1, channels: 1 })
  })

  test('ending one works once, within its channel, and stops its alerts; it can be asked for again', async () => {
    const store = await database.open()
    const [mine, other] = [await addChannel(store, 'a'), await addChannel(store, 'b')]
    const { subscription } = await subscribe(store, mine)
    expect(await store.subscriptions.remove(other, subscription.id, 'u2', NOON)).toBeNull()
    expect(await store.subscriptions.remove(mine, subscription.id, 'u2', NOON)).toEqual(subscription)
    expect(await store.subscriptions.remove(mine, subscription.id, 'u2', NOON)).toBeNull()
    expect(await store.subscriptions.list(mine)).toEqual([])
    expect(await store.articles.ingest(await addFeed(store), article('1'), live)).toMatchObject({ owed: 0 })
    expect(await subscribe(store, mine)).toMatchObject({ already: false })
  })
})

const SCHEDULE: DigestSchedule = {
  channelId: 0,
  weekday: 1,
  hour: 9,
  zone: 'Europe/Paris',
  enabled: true,
  windowStart: at(-60),
  nextAt: NOON
}

eachDatabase('digests', (database) => {
  test('a schedule is kept and replaced', async () => {
    const store = await database.open()
    const channelId = await addChannel(store)
    expect(await store.digests.get(channelId)).toBeNull()
    await store.digests.set({ ...SCHEDULE, channelId })
    await store.digests.set({ ...SCHEDULE, channelId, weekday: 7 })
    expect(await store.digests.get(channelId)).toEqual({ ...SCHEDULE, channelId, weekday: 7 })
  })

  test('due are the enabled ones whose time has come and whose channel is not paused', async () => {
    const store = await database.open()
    const [due, off, later, paused] = await Promise.all(
      ['due', 'off', 'later', 'paused'].map((name) => addChannel(store, name))
    )
    await store.digests.set({ ...SCHEDULE, channelId: due! })
    await store.digests.set({ ...SCHEDULE, channelId: off!, enabled: false })
    await store.digests.set({ ...SCHEDULE, channelId: later!, nextAt: at(1) })
    await store.digests.set({ ...SCHEDULE, channelId: paused! })
    await store.channels.pause('discord', { workspaceId: 'guild', channelId: 'paused' }, 'archived', NOON)
    expect((await store.digests.due(NOON, 10)).map((schedule) => schedule.channelId)).toEqual([due])
  })

  test('completing owes the message, moves the window, and works once', async () => {
    const store = await database.open()
    const channelId = await addChannel(store)
    await store.digests.set({ ...SCHEDULE, channelId })
    const window = { start: at(-60), end: NOON }
    const complete = () => store.digests.complete(channelId, window, textMessage('Weekly'), at(600), NOON)
    expect(await complete()).toBe(true)
    expect(await complete()).toBe(false)
    expect(await store.digests.get(channelId)).toMatchObject({ windowStart: NOON, nextAt: at(600) })
    const claimed = await store.deliveries.claim({
      platforms: ['discord'],
      owner: 'o',
      limit: 9,
      leaseSeconds: 9,
      now: NOON
    })
    expect(claimed.map(({ delivery }) => [delivery.subject, delivery.kind, delivery.message])).toEqual([
      [`digest:${NOON.toISOString()}`, 'digest', textMessage('Weekly')]
    ])
  })
})

onPostgres('digests', (database) => {
  test('of several processes that complete the same digest one gets through', async () => {
    const stores = [await database.open(), await database.open(), await database.open()]
    const channelId = await addChannel(stores[0]!)
    await stores[0]!.digests.set({ ...SCHEDULE, channelId })
    const window = { start: at(-60), end: NOON }
    const done = await Promise.all(
      stores.map((store) => store.digests.complete(channelId, window, textMessage('Weekly'), at(600), NOON))
    )
    expect(done.sort()).toEqual([false, false, true])
    expect(await stores[0]!.deliveries.counts(NOON)).toMatchObject({ owed: 1 })
  })
})
