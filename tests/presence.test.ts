import { expect, test } from '@jest/globals'
import type { ChatPlatform } from '../src/chat/platform.js'
import { Presence } from '../src/presence.js'
import { type Role, readRoles } from '../src/roles.js'
import type { Store } from '../src/store/store.js'
import { eachDatabase } from './fakes/databases.js'

let clock = new Date('2026-03-02T12:00:00Z')

function pass(seconds: number): void {
  clock = new Date(clock.getTime() + seconds * 1000)
}

/** A process, and what its platform was told of sharing. */
function processOn(store: Store, id: string, roles: ReadonlySet<Role> = readRoles([])) {
  const shares: number[] = []
  const platform = {
    name: 'discord',
    shareWith: (senders: number) => void shares.push(senders),
    connection: () => ({ well: true, words: 'stands by' })
  } as unknown as ChatPlatform
  return {
    presence: new Presence({ store, id, roles, version: '1.0.0', platforms: [platform], clock: () => clock }),
    shares
  }
}

eachDatabase('presence', (database) => {
  test('senders share what a platform allows; a newcomer waits until the others know of it', async () => {
    const store = await database.open()
    const one = processOn(store, 'one')
    const two = processOn(store, 'two', readRoles(['sender']))
    const reader = processOn(store, 'reader', readRoles(['poller']))
    await one.presence.beat()
    await reader.presence.beat()
    await two.presence.beat()
    pass(3)
    await two.presence.beat()
    await one.presence.beat()
    pass(2)
    await two.presence.beat()
    await one.presence.leave()
    await two.presence.beat()
    expect(one.shares).toEqual([1, 2])
    expect(two.shares).toEqual([24, 24, 2, 1])
    const alive = await store.processes.alive(clock)
    expect(new Map(alive.map(({ id, roles }) => [id, roles]))).toEqual(
      new Map([
        ['two', ['sender']],
        ['reader', ['poller']]
      ])
    )
    expect(alive[0]?.connections).toEqual({ discord: { well: true, words: 'stands by' } })
  })

  test('neighbours are the other processes of this machine', async () => {
    const store = await database.open()
    const one = processOn(store, 'one', readRoles(['web']))
    const elsewhere = { id: 'far', host: 'elsewhere', roles: ['sender'], version: '1', startedAt: clock }
    await store.processes.beat({ ...elsewhere, connections: {} }, clock)
    await one.presence.beat()
    expect([one.presence.hasNeighbour('web'), one.presence.hasNeighbour('sender')]).toEqual([false, false])
    await processOn(store, 'two').presence.beat()
    await one.presence.beat()
    expect(one.presence.hasNeighbour('web')).toBe(true)
  })
})
