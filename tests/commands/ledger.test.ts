import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { oweReportedChanges } from '../../src/ledger/news.js'
import { quietLogger } from '../fakes/databases.js'
import { CommandBench, person } from './harness.js'

const NOW = new Date('2027-01-07T12:00:00Z')
const manager = person({ manager: true })
const BAN = {
  title: 'Tacoma council passes ban on facial recognition',
  link: 'https://example.org/tacoma',
  published: '2027-01-06T10:00:00Z',
  summary:
    'The Tacoma City Council voted 7-2 on Tuesday to ban the use of facial recognition by city departments. The ordinance takes effect March 1.'
}

let bench: CommandBench
beforeEach(async () => {
  bench = await CommandBench.open(NOW)
}, 60_000)
afterEach(() => bench.close())

async function told(): Promise<string[]> {
  const { store, ledger } = bench.core.services
  await oweReportedChanges({ store, ledger, logger: quietLogger }, bench.clock.now)
  const claimed = await store.deliveries.claim({
    platforms: ['discord'],
    owner: 't',
    limit: 10,
    leaseSeconds: 60,
    now: bench.clock.now
  })
  for (const { delivery } of claimed)
    await store.deliveries.done(
      delivery.id,
      't',
      { workspaceId: 'g1', channelId: 'c1', messageId: delivery.id },
      bench.clock.now
    )
  return claimed.map(({ delivery }) => JSON.stringify(delivery.message))
}

test('a reported change is shown as reported, confirmed by whoever may, and then a fact with its source', async () => {
  await bench.news(BAN)
  await bench.newsOf('Second Wire', { ...BAN, link: 'https://example.net/tacoma' })
  const before = await bench.say('jurisdiction Tacoma')
  expect(before.text).toContain('No rule of')
  expect(before.text).toMatch(
    /Reported, not confirmed[\s\S]*passed on 5 January 2027, to come into force on 1 March 2027/
  )
  expect(before.text).toContain('2 independent sources (The Civic Wire, Second Wire)')

  const refused = await bench.press(before, 'Confirm 1')
  expect(refused.text).toContain('Manage Channels')
  expect((await bench.press(before, 'Confirm 1', manager)).text).toContain('Confirmed 1')
  const after = await bench.say('jurisdiction Tacoma')
  expect(after.text).toContain('passed on 5 January 2027, to come into force on 1 March 2027')
  expect(after.text).toContain('example.org')
  expect(after.text).not.toContain('Reported, not confirmed')
  expect((await bench.say('deadlines jurisdiction:US-WA/Tacoma')).text).toContain('1 March 2027')
  // Another guild has not confirmed it.
  const elsewhere = await bench.say(
    'jurisdiction Tacoma',
    person({ workspace: { id: 'g2', name: 'Other' }, channel: { id: 'c2', name: 'x' } })
  )
  expect(elsewhere.text).toContain('Reported, not confirmed')
})

test('a rejected one does not come back from the next article', async () => {
  await bench.news(BAN)
  await bench.say('ledger reject:1', manager)
  await bench.newsOf('Second Wire', { ...BAN, published: '2027-01-07T09:00:00Z' })
  expect((await bench.say('ledger')).text).toContain('Nothing waits for a word.')
  expect((await bench.say('jurisdiction Tacoma')).text).not.toContain('Reported')
})

test('a person puts a date right', async () => {
  await bench.news(BAN)
  await bench.say('ledger confirm:1 date:2027-01-04 until:2029-01-04', manager)
  expect((await bench.say('jurisdiction Tacoma')).text).toMatch(/passed on 4 January 2027.*until 4 January 2029/)
  expect((await bench.say('ledger confirm:1 state:paused', manager)).text).toContain('goes with a change of a company')
})

test('a channel that asked for changes hears of each once, reported and confirmed', async () => {
  const preview = await bench.say('subscribe mode:changes jurisdiction:US/*', manager)
  await bench.press(preview, 'Yes, subscribe', manager)
  await bench.news(BAN)
  const [reported, ...more] = await told()
  expect(reported).toContain('Reported, not confirmed')
  expect(more).toEqual([])
  await bench.newsOf('Second Wire', { ...BAN, published: '2027-01-07T09:00:00Z' })
  expect(await told()).toEqual([])
  await bench.say('ledger confirm:1', manager)
  const [changed] = await told()
  expect(changed).toContain('Confirmed by Ada; 2 independent sources')
  expect(await told()).toEqual([])
})

test('by the rule of the workspace two outlets confirm; a contradiction stops them', async () => {
  await bench.say('ledger confirms:two', manager)
  await bench.news(BAN)
  await told()
  expect((await bench.say('jurisdiction Tacoma')).text).toContain('Reported')
  await bench.newsOf('Second Wire', BAN)
  await told()
  const answer = await bench.say('jurisdiction Tacoma')
  expect(answer.text).not.toContain('Reported')
  expect(answer.text).toContain('passed on 5 January 2027')
})

test('denials, rumours and echoes propose nothing', async () => {
  await bench.news(
    {
      title: 'Amazon denies report that it ended its pause on police facial recognition',
      summary: 'Amazon on Thursday denied a report that it had resumed sales of facial recognition to police.'
    },
    {
      title: 'Amazon pauses police use of Rekognition',
      summary: 'Amazon, which paused police use of its facial recognition in 2020, reported record sales.'
    }
  )
  expect((await bench.say('company Amazon')).text).not.toContain('Reported')
})
