import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { outcomes } from '../fakes/outcomes.js'
import { type Answer, CommandBench, person } from './harness.js'

const CITIES = ['Tacoma', 'Spokane', 'Boise', 'Reno', 'Tulsa']
const manager = person({ manager: true })

let bench: CommandBench

beforeEach(async () => {
  bench = await CommandBench.open(new Date('2026-03-02T12:00:00Z'))
  const bans = CITIES.map((city, index) => ({
    title: `${city} City Council bans facial recognition by police`,
    link: `https://wire.example/${city}`,
    published: `2026-02-${20 - index}T10:00:00Z`,
    summary: `The ${city} City Council voted ${index + 3}-${index} on Tuesday to forbid its police facial recognition.`
  }))
  await bench.news(...bans)
})
afterEach(() => bench.close())

/** What is owed to the channel, in order, as their subjects. */
async function owed(): Promise<string[]> {
  const { deliveries } = bench.core.services.store
  const subjects: string[] = []
  for (;;) {
    const claim = { platforms: ['discord' as const], owner: 'test', limit: 1, leaseSeconds: 60, now: bench.clock.now }
    const [head] = await deliveries.claim(claim)
    if (!head) return subjects
    subjects.push(head.delivery.subject)
    const ref = { workspaceId: 'g1', channelId: 'c1', messageId: `m${subjects.length}` }
    await outcomes(deliveries).done(head.delivery.id, 'test', ref, bench.clock.now)
  }
}

function labels(answer: Answer): string[] {
  return answer.buttons.map(({ label }) => label)
}

describe('what a subscription starts with', () => {
  test('is a choice under the preview: nothing, the last ones, a digest', async () => {
    const preview = await bench.say('subscribe', manager)
    expect(preview.text).toMatch(/would have posted 5 stories/)
    expect(labels(preview)).toEqual(['Yes, subscribe', 'Last 3 to start', 'Digest to start', 'No'])
    await bench.press(preview, 'Yes, subscribe', manager)
    expect(await owed()).toEqual([])
  })

  test('the last ones come oldest first, and once however often the button is pressed', async () => {
    const { stories } = await bench.core.services.store.stories.query({ limit: 3, offset: 0 })
    const newest = stories.map(({ id }) => `story:${id}`).toReversed()
    const preview = await bench.say('subscribe', manager)
    const pressed = await Promise.all([1, 2].map(() => bench.press(preview, 'Last 3 to start', manager)))
    expect(pressed.map(({ text }) => text).join()).toMatch(/The newest earlier stories follow now: 3\./)
    expect(await owed()).toEqual(newest)
    expect((await bench.press(preview, 'Last 3 to start', manager)).text).toMatch(/already: everything\.$/)
    expect(await owed()).toEqual([])
  })

  test('a press whose end was lost is made good by the next', async () => {
    const preview = await bench.say('subscribe company:Amazon', manager)
    expect(labels(preview)).toEqual(['Yes, subscribe', 'No'])
    const all = await bench.say('subscribe', manager)
    await bench.press(all, 'Yes, subscribe', manager)
    expect((await bench.press(all, 'Last 3 to start', manager)).text).toMatch(/already[\s\S]*follow now: 3\./)
    expect(await owed()).toHaveLength(3)
  })

  test('a digest is one message of the last 30 days, once', async () => {
    const preview = await bench.say('subscribe jurisdiction:US/* mode:alerts', manager)
    expect((await bench.press(preview, 'Digest to start', manager)).text).toMatch(
      /A digest of the last 30 days follows/
    )
    await bench.press(preview, 'Digest to start', manager)
    const { store } = bench.core.services
    const claim = { platforms: ['discord' as const], owner: 'test', limit: 1, leaseSeconds: 60, now: bench.clock.now }
    const [head] = await store.deliveries.claim(claim)
    expect(head?.delivery).toMatchObject({ kind: 'digest', subject: 'digest:start:1' })
    const words = JSON.stringify(head?.delivery.message)
    expect(words).toContain('To start: the last 30 days')
    for (const city of CITIES) expect(words).toContain(`${city} City Council bans`)
    expect((await store.deliveries.counts(bench.clock.now)).owed).toBe(1)
  })

  test('is typed as well; what was typed is shown and needs no choice', async () => {
    const two = await bench.say('subscribe last:2', manager)
    expect(two.text).toMatch(/To start, the newest 2 earlier stories come/)
    expect(labels(two)).toEqual(['Yes, subscribe', 'No'])
    await bench.press(two, 'Yes, subscribe', manager)
    expect(await owed()).toHaveLength(2)
    expect((await bench.say('subscribe start:digest', manager)).text).toMatch(/one digest of the last 30 days/)
    expect(labels(await bench.say('subscribe start:none', manager))).toEqual(['Yes, subscribe', 'No'])
    expect(labels(await bench.say('subscribe mode:digest', manager))).toEqual([
      'Yes, subscribe',
      'Digest to start',
      'No'
    ])
  })

  test('is refused where it makes no sense, with the reason', async () => {
    expect((await bench.say('subscribe start:digest last:3', manager)).text).toMatch(/goes with `start:last`/)
    expect((await bench.say('subscribe last:21', manager)).text).toMatch(/at most 20/)
    expect((await bench.say('subscribe mode:changes start:last', manager)).text).toMatch(/no stories to start with/)
    expect((await bench.say('subscribe start:lots', manager)).text).toMatch(/It takes: none, last, digest/)
  })
})
