import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { oweReportedChanges } from '../../src/ledger/reports/news.js'
import { ledgerOfCalendar } from '../../src/ledger/reports/workspace-ledger.js'
import { startWebServer } from '../../src/web/server.js'
import { quietLogger } from '../fakes/databases.js'
import { outcomes } from '../fakes/outcomes.js'
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

/** The same, told in words of its own. */
const AGAIN = {
  ...BAN,
  title: 'Seven to two: Tacoma outlaws facial recognition at city hall',
  link: 'https://example.net/tacoma',
  summary:
    'Tacoma’s city council adopted an ordinance on Tuesday that keeps municipal staff from using facial recognition. It takes effect on March 1, the clerk said.'
}

let bench: CommandBench
beforeEach(async () => {
  bench = await CommandBench.open(NOW)
})
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
    await outcomes(store.deliveries).done(
      delivery.id,
      't',
      { workspaceId: 'g1', channelId: 'c1', messageId: delivery.id },
      bench.clock.now
    )
  return claimed.map(({ delivery }) => JSON.stringify(delivery.message))
}

test('a reported change is shown as reported, confirmed by whoever may, and then a fact with its source', async () => {
  await bench.news(BAN)
  await bench.newsOf('Second Wire', AGAIN)
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

test('the calendar of a workspace holds what it confirmed, and nobody else’s does', async () => {
  await bench.news(BAN)
  await bench.say('ledger confirm:1', manager)
  const { store, ledger } = bench.core.services
  const web = await startWebServer({
    port: 0,
    routes: [],
    ready: async () => {},
    ledger,
    ledgerOf: (key) => ledgerOfCalendar(store, ledger, key),
    now: () => NOW
  })
  try {
    const read = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${web.port}${path}`)
      return { status: answer.status, cache: answer.headers.get('cache-control'), text: await answer.text() }
    }
    const addressOf = ({ text }: { text: string }) => /\/calendars\/\S+/.exec(text)![0]
    const elsewhere = person({ workspace: { id: 'g2', name: 'Other' }, channel: { id: 'c2', name: 'x' } })
    const [own, again, other] = [
      addressOf(await bench.say('deadlines calendar:show jurisdiction:US-WA/*')),
      addressOf(await bench.say('deadlines calendar:show jurisdiction:US-WA/*')),
      addressOf(await bench.say('deadlines calendar:show jurisdiction:US-WA/*', elsewhere))
    ]
    expect(again).toBe(own)
    expect(own).toMatch(/^\/calendars\/[\w-]{32}\/deadlines\.ics\?jurisdiction=US-WA%2F\*$/)
    expect(await read(own)).toMatchObject({ status: 200, cache: 'private, max-age=3600' })
    expect((await read(own)).text).toContain('DTSTART;VALUE=DATE:20270301')
    expect(await read(other)).toMatchObject({ status: 200 })
    expect((await read(other)).text).not.toContain('20270301')
    expect((await read('/deadlines.ics?jurisdiction=US-WA/*')).text).not.toContain('20270301')
    expect((await read('/calendars/guessed/deadlines.ics')).status).toBe(404)

    expect((await bench.say('deadlines calendar:new')).text).toContain('Manage Channels')
    const renewed = addressOf(await bench.say('deadlines calendar:new jurisdiction:US-WA/*', manager))
    expect((await read(own)).status).toBe(404)
    expect((await read(renewed)).text).toContain('20270301')
  } finally {
    await web.close()
  }
})

test('a denial after the confirmation is told with the fact', async () => {
  await bench.news(BAN)
  await bench.say('ledger confirm:1', manager)
  await bench.newsOf('Second Wire', {
    title: 'Tacoma did not pass a ban on facial recognition, clerk says',
    link: 'https://example.net/denial',
    published: '2027-01-07T09:00:00Z',
    summary:
      'Reports that the Tacoma City Council passed a ban on facial recognition on Tuesday are false, the clerk said.'
  })
  expect((await bench.say('jurisdiction Tacoma')).text).toContain('reported denied by Second Wire')
})

test('a rejected one does not come back from the next article', async () => {
  await bench.news(BAN)
  await bench.say('ledger reject:1', manager)
  await bench.newsOf('Second Wire', { ...AGAIN, published: '2027-01-07T09:00:00Z' })
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
  await bench.newsOf('Second Wire', { ...AGAIN, published: '2027-01-07T09:00:00Z' })
  expect(await told()).toEqual([])
  await bench.say('ledger confirm:1', manager)
  const [changed] = await told()
  expect(changed).toContain('Confirmed by Ada; 2 independent sources')
  expect(await told()).toEqual([])
})

test('by the rule of the workspace two outlets confirm; copies of one wire report do not', async () => {
  await bench.say('ledger confirms:two', manager)
  await bench.news(BAN)
  await bench.newsOf('Copying Post', BAN)
  await bench.newsOf('Passing Post', {
    ...AGAIN,
    title: 'Tacoma bans facial recognition, Civic Times reports',
    summary: 'Tacoma’s council passed a ban on facial recognition on Tuesday, according to the Civic Times newspaper.'
  })
  await told()
  expect((await bench.say('jurisdiction Tacoma')).text).toContain('one source, told by 3 outlets')
  await bench.newsOf('Second Wire', AGAIN)
  await told()
  const answer = await bench.say('jurisdiction Tacoma')
  expect(answer.text).not.toContain('Reported')
  expect(answer.text).toContain('passed on 5 January 2027')
})

test('outlets that contradict each other stop every rule, and the answer says how many say what', async () => {
  await bench.say('ledger confirms:either', manager)
  await bench.news(BAN)
  await bench.newsOf('Other Paper', {
    title: 'Tacoma council rejects facial recognition ban',
    summary: 'The Tacoma City Council voted down an ordinance on Tuesday that would have banned facial recognition.',
    published: '2027-01-06T11:00:00Z'
  })
  await bench.newsOf('Second Wire', AGAIN)
  await told()
  const { text } = await bench.say('jurisdiction Tacoma')
  expect(text).toContain('reported, disputed')
  expect(text).toContain('2 outlets say passed, 1 outlet says rejected (number 2)')
  expect(text).toContain('No rule of')
})

test('a denial speaks against the report that came before it, and no rule confirms that any more', async () => {
  await bench.say('ledger confirms:either', manager)
  await bench.news({
    title: 'Amazon resumes police sales of Rekognition',
    summary: 'Amazon said on Tuesday it has resumed selling its facial recognition software to police.',
    published: '2027-01-06T10:00:00Z'
  })
  await bench.newsOf('Second Wire', {
    title: 'Amazon denies it resumed sales of facial recognition to police',
    summary: 'Amazon on Wednesday denied a report that it had resumed sales of facial recognition to police.',
    published: '2027-01-07T08:00:00Z'
  })
  await bench.newsOf('Third Wire', {
    title: 'Police can buy Rekognition again',
    summary:
      'Amazon has resumed sales of its facial recognition service to police departments, it was announced Tuesday.',
    published: '2027-01-07T09:00:00Z'
  })
  await told()
  const { text } = await bench.say('company Amazon')
  expect(text).toContain('disputed: denied in Second Wire')
  expect(text).not.toContain('Resumed on')
})

test('a rumour that two outlets repeat is no report', async () => {
  await bench.say('ledger confirms:either', manager)
  const rumour = 'could end its pause on police sales of facial recognition, people familiar with the matter say.'
  await bench.news({ title: 'Amazon may resume police facial recognition sales', summary: `Amazon ${rumour}` })
  await bench.newsOf('Second Wire', {
    title: 'Report: Amazon to lift police moratorium on Rekognition',
    summary: `The company ${rumour}`
  })
  await told()
  expect((await bench.say('ledger')).text).toContain('Nothing waits for a word.')
})

test('the text of a veto need not speak of faces when its bill is known', async () => {
  await bench.news({
    title: 'Oregon Senate passes SB 1281 on facial recognition',
    summary: 'The Oregon Senate on Monday passed SB 1281, which would limit facial recognition by police.',
    published: '2027-01-05T10:00:00Z'
  })
  await bench.newsOf('Second Wire', {
    title: 'Governor vetoes SB 1281',
    summary: 'Oregon Gov. Tina Kotek on Wednesday vetoed SB 1281, saying that it went too far.',
    published: '2027-01-07T10:00:00Z'
  })
  const { text } = await bench.say('jurisdiction Oregon')
  expect(text).toMatch(/SB 1281: .*vetoed on 6 January 2027/)
})

test('Amazon: pause → pause with an end: one alert a change and channel, as reported and as confirmed', async () => {
  const preview = await bench.say('subscribe mode:changes company:Amazon', manager)
  await bench.press(preview, 'Yes, subscribe', manager)
  const other = { manager: true, channel: { id: 'c2', name: 'desk' } }
  await bench.press(
    await bench.say('subscribe mode:changes company:Amazon', person(other)),
    'Yes, subscribe',
    person(other)
  )
  const news = {
    title: 'Amazon sets end to its moratorium on police use of Rekognition',
    summary:
      'Amazon said on Wednesday that it extended its moratorium on police use of Rekognition until June 30, 2028.',
    published: '2027-01-07T10:00:00Z'
  }
  await bench.news(news)
  const reported = await told()
  expect(reported).toHaveLength(2)
  for (const one of reported)
    expect(one).toMatch(/Amazon: pause → pause until 30 June 2028 \(was: without end\), on 6 January 2027/)
  await bench.newsOf('Second Wire', { ...news, title: 'Rekognition moratorium extended by Amazon' })
  expect(await told()).toEqual([])
  await bench.say('ledger confirm:1', manager)
  await bench.say('ledger confirm:1', manager)
  expect(await told()).toHaveLength(2)
  expect(await told()).toEqual([])
  // What the workspace confirmed is what stands: the next change is told against it.
  bench.clock.now = new Date('2027-03-01T12:00:00Z')
  await bench.news({
    title: 'Amazon lifts moratorium on police use of Rekognition',
    summary: 'Amazon said on Monday that it lifted its moratorium on police use of Rekognition, effective immediately.',
    published: '2027-03-01T11:00:00Z'
  })
  const [lifted] = await told()
  expect(lifted).toMatch(/Amazon: pause → resumed \(was: until 30 June 2028\), on 1 March 2027/)
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
