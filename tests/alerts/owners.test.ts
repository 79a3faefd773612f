import { expect, test } from '@jest/globals'
import { pino } from 'pino'
import { tellOwners } from '../../src/alerts/owners.js'
import { type Message, plainText } from '../../src/chat/message.js'
import type { ChatPlatform } from '../../src/chat/platform.js'
import type { PlatformName } from '../../src/model/subscription.js'
import { eachDatabase } from '../fakes/databases.js'
import { addChannel, at, subscribe } from '../store/samples.js'

const REF = { workspaceId: 'guild', channelId: 'news' }

function wordsOf(message: Message): string {
  return message.parts
    .flatMap((part) =>
      part.type === 'text' ? [plainText(part.text)] : part.type === 'list' ? part.items.map(plainText) : []
    )
    .join('\n')
}

/** A platform that keeps what it tells people, or cannot tell them. */
function recorder(name: PlatformName, error?: Error) {
  const told: { person: string; words: string }[] = []
  const tell = async (_workspace: string, person: string, message: Message) => {
    told.push({ person, words: wordsOf(message) })
    if (error) throw error
  }
  return { told, platform: { name, tell } as unknown as ChatPlatform }
}

eachDatabase('owners of paused channels', (database) => {
  test('are told once, a minute after, of all their channels at once; whatever the number of processes', async () => {
    const store = await database.open()
    await subscribe(store, await addChannel(store))
    await subscribe(store, await addChannel(store, 'law'))
    await addChannel(store, 'unused')
    for (const channelId of ['news', 'law', 'unused'])
      await store.channels.pause('discord', { ...REF, channelId }, 'The channel was archived.', at(0))
    const { told, platform } = recorder('discord')
    const deps = { store, platforms: [platform], logger: pino({ level: 'silent' }) }
    await tellOwners(deps, at(0.9))
    expect(told).toEqual([])
    await Promise.all([tellOwners(deps, at(1)), tellOwners(deps, at(1)), tellOwners(deps, at(1))])
    expect(told.map(({ person }) => person)).toEqual(['u1'])
    expect(told[0]?.words).toMatch(/news: The channel was archived\.\nlaw: The channel was archived\./)
    await store.channels.resume('discord', REF)
    await store.channels.pause('discord', REF, 'The channel was archived.', at(10))
    await tellOwners(deps, at(20))
    expect(told).toHaveLength(1)
    await tellOwners(deps, at(31 * 24 * 60))
    expect(told).toHaveLength(2)
  })

  test('who cannot be told is not tried again; who is of another platform waits for its process', async () => {
    const store = await database.open()
    await subscribe(store, await addChannel(store))
    await store.channels.pause('discord', REF, 'The channel was deleted.', at(0))
    const slack = recorder('slack')
    await tellOwners({ store, platforms: [slack.platform], logger: pino({ level: 'silent' }) }, at(2))
    const failing = recorder('discord', new Error('closed to messages'))
    const deps = { store, platforms: [failing.platform], logger: pino({ level: 'silent' }) }
    await tellOwners(deps, at(2))
    await tellOwners(deps, at(3))
    expect([slack.told.length, failing.told.length]).toEqual([0, 1])
  })

  test('a pause that ended, or a subscription that did, concerns nobody', async () => {
    const store = await database.open()
    const channel = await addChannel(store)
    await subscribe(store, channel)
    await store.channels.pause('discord', REF, 'The channel was archived.', at(0))
    await store.channels.resume('discord', REF)
    expect(await store.owners.takeUntold(['discord'], at(5), 10)).toEqual([])
    await store.channels.pause('discord', REF, 'The channel was archived.', at(5))
    await database.sql('update subscription set ended_at = $1', [at(5)])
    expect(await store.owners.takeUntold(['discord'], at(9), 10)).toEqual([])
  })
})
