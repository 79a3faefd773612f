import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { allOf, type ShardLeases } from '../../../src/chat/discord/leases.js'
import type { DiscordSettings } from '../../../src/chat/discord/platform.js'
import type { ChatPlatform } from '../../../src/chat/platform.js'
import { createFakeDiscord, type FakeDiscord } from '../../fakes/discord/fake-discord.js'
import { mapMemory, platformFor, type RecordingHandler } from './harness.js'

let fake: FakeDiscord
const started: ChatPlatform[] = []

beforeEach(async () => {
  fake = await createFakeDiscord()
  fake.state.maxConcurrency = 16
})

afterEach(async () => {
  await Promise.all(started.splice(0).map((platform) => platform.stop()))
  await fake.close()
  expect(fake.violations).toEqual([])
  expect(fake.gateway.hasty).toEqual([])
})

async function start(settings: Partial<DiscordSettings>, leases?: ShardLeases, receive = true) {
  const { platform, handler } = platformFor(fake, mapMemory(), settings, leases)
  started.push(platform)
  await platform.start(handler, { receive })
  return { platform, handler }
}

/** Leases that give this process the shards that a test says. */
function given(count: number, held: number[]): ShardLeases & { count: number; held: number[]; released: number[] } {
  const state = { count, held, released: [] as number[] }
  return Object.assign(state, {
    claim: async () => ({ count: state.count, held: [...state.held], spare: 0 }),
    release: async (numbers: readonly number[]) => void state.released.push(...numbers),
    leave: async () => {},
    agreedCount: async () => null,
    bookIdentify: async () => 0
  })
}

/** A server of each shard. */
function serverOf(shard: number, count: number) {
  for (;;) {
    const guild = fake.addGuild(`Server ${fake.state.guilds.length}`)
    if (Number((BigInt(guild.id) >> 22n) % BigInt(count)) === shard) return guild
  }
}

function answered(handlers: RecordingHandler[]): number[] {
  return handlers.map((handler) => handler.commands.length)
}

describe('shards', () => {
  test('as many as Discord advises, all of them a lone process’s', async () => {
    fake.state.advisedShards = 3
    const { platform } = await start({})
    expect(fake.gateway.identifies.map(({ shard }) => shard)).toEqual([
      [0, 3],
      [1, 3],
      [2, 3]
    ])
    expect(platform.connection?.()).toEqual({ well: true, words: 'receives commands of shards 0, 1, 2 of 3' })
  })

  test('two processes with a list each answer the commands of their own servers, once', async () => {
    const [first, second] = [serverOf(0, 2), serverOf(1, 2)]
    const one = await start({ shards: { count: 2, only: [0] } })
    const two = await start({ shards: { count: 2, only: [1] } })
    const handlers = [one.handler, two.handler]
    await fake.command('help', {}, { channel: first.channels[0]!.id })
    expect(answered(handlers)).toEqual([1, 0])
    await fake.command('help', {}, { channel: second.channels[0]!.id })
    expect(answered(handlers)).toEqual([1, 1])
  })

  test('two connections to the same shard, as after a lost lease: the command runs in one process', async () => {
    const handlers = [(await start({ shards: { count: 1 } })).handler, (await start({ shards: { count: 1 } })).handler]
    await fake.command('help')
    // Both were told; one is refused when it takes the command.
    await fake.waitFor(() => fake.requests.filter(({ path }) => path.endsWith('/callback')).length === 2)
    await fake.command('help')
    expect(answered(handlers).reduce((sum, count) => sum + count)).toBe(2)
    fake.gateway.hasty.length = 0
  })

  test('a process without a shard connects nothing, and says that it stands by', async () => {
    const { platform } = await start({}, given(1, []))
    expect(fake.gateway.identifies).toEqual([])
    expect(platform.connection?.()).toEqual({ well: true, words: 'stands by' })
  })

  test('a process that only sends connects nothing and posts', async () => {
    const { platform } = await start({}, undefined, false)
    const ref = { workspaceId: fake.guild.id, channelId: fake.channel.id }
    await platform.post(ref, { parts: [{ type: 'text', text: 'Hello.' }] }, '1')
    expect(fake.messages()).toHaveLength(1)
    expect(fake.gateway.connections).toBe(0)
    expect(platform.connection?.()).toEqual({ well: true, words: 'sends only' })
  })

  test('a process that only sends writes to one person directly', async () => {
    const { platform } = await start({}, undefined, false)
    const person = '80351110224678913'
    await platform.tell?.(fake.guild.id, person, { parts: [{ type: 'text', text: 'For you alone.' }] })
    expect(fake.messages(fake.state.directMessage(person).id)).toHaveLength(1)
    expect(fake.messages()).toEqual([])
  })

  test('a process that only sends knows its own message after a doubtful post', async () => {
    const { platform } = await start({}, undefined, false)
    const ref = { workspaceId: fake.guild.id, channelId: fake.channel.id }
    const message = { parts: [{ type: 'text' as const, text: 'Hello.' }] }
    const first = await platform.post(ref, message, '1')
    fake.forgetNonces()
    expect(await platform.post(ref, message, '1', { uncertain: true, owedSince: new Date() })).toEqual(first)
    expect(fake.messages()).toHaveLength(1)
  })

  test('a connection that fails gives its shard back', async () => {
    const leases = given(2, [0, 1])
    fake.gateway.refuseWith = 4011
    await expect(start({}, leases)).rejects.toThrow('more shards')
    expect(leases.released).toEqual([0])
    fake.gateway.refuseWith = null
    const again = await start({}, leases)
    expect(again.platform.connection?.().well).toBe(true)
  })

  test('what becomes another process’s is closed; another split closes all and begins anew', async () => {
    const leases = given(2, [0, 1])
    const { platform } = await start({}, leases)
    const renewed = (change: () => void) => {
      change()
      return fake.waitFor(() => fake.gateway.shards().join() === leases.held.join())
    }
    await renewed(() => leases.held.pop())
    expect(platform.connection?.().words).toBe('receives commands of shard 0 of 2')
    await renewed(() => Object.assign(leases, { held: [0, 3], count: 4 }))
    expect(fake.gateway.identifies.slice(-2).map(({ shard }) => shard)).toEqual([
      [0, 4],
      [3, 4]
    ])
  })

  test('numbers begin at 0', () => {
    expect(allOf(3)).toEqual([0, 1, 2])
  })
})
