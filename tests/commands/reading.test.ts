import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { CommandBench } from './harness.js'

let bench: CommandBench

/** What a council of such a name did; the words differ enough to be events of their own. */
const CITIES = ['Tacoma', 'Spokane', 'Boise', 'Reno', 'Tucson', 'Omaha', 'Wichita', 'Tulsa', 'Fresno', 'Toledo']

beforeAll(async () => {
  bench = await CommandBench.open(new Date('2026-03-02T12:00:00Z'))
  await bench.news(
    ...CITIES.map((city, index) => ({
      title: `${city} City Council bans facial recognition by police`,
      link: `https://wire.example/${city}`,
      published: `2026-02-${10 + index}T10:00:00Z`,
      summary: `The ${city} City Council voted ${index + 3}-${index} on Tuesday to forbid its police facial recognition.`
    })),
    {
      title: 'Amazon ends face scans in its stores after complaints',
      link: 'https://wire.example/amazon',
      published: '2026-01-05T10:00:00Z',
      summary: 'Amazon said it will stop using facial recognition on shoppers in its stores until rules are clear.'
    },
    {
      title: 'Phone maker shows a faster face unlock',
      link: 'https://wire.example/phone',
      published: '2026-02-01T10:00:00Z'
    }
  )
})

afterAll(() => bench.close())

describe('help', () => {
  test('lists every command, and explains one', async () => {
    const all = await bench.say('')
    for (const { name } of bench.core.services.commands) expect(all.text).toContain(`/facelaw ${name} `)
    expect((await bench.say('help subscribe')).text).toMatch(/jurisdiction: .* — may be repeated[\s\S]*Examples/)
    expect((await bench.say('help subscrbe')).text).toMatch(/Did you mean `help subscribe`\?/)
  })
})

describe('latest', () => {
  test('shows the newest first, a page at a time, there and back', async () => {
    const first = await bench.say('latest kind:legislation')
    expect(first.text).toMatch(/Toledo City Council[\s\S]*Fresno City Council/)
    expect(first.text).toMatch(/1–8 of 10/)
    expect(first.text).not.toMatch(/Tacoma|unlock/)
    const second = await bench.press(first, 'Older →')
    expect(second.text).toMatch(/Tacoma City Council[\s\S]*9–10 of 10/)
    expect((await bench.press(second, '← Newer')).text).toBe(first.text)
  })

  test('picks by company, place and time', async () => {
    expect((await bench.say('latest company:amazon.com')).text).toMatch(/Amazon ends face scans/)
    expect((await bench.say('latest jurisdiction:Washington')).text).toMatch(/Tacoma[\s\S]*Washington/)
    expect((await bench.say('latest company:Amazon since:30d')).text).toMatch(/No story yet: Amazon, since 30d/)
  })

  test('a wrong name gets the nearest', async () => {
    expect((await bench.say('latest company:Amazn')).text).toMatch(
      /I know no company called “Amazn”\. Did you mean Amazon/
    )
    expect((await bench.say('latest jurisdiction:Ilinois')).text).toMatch(/Did you mean Illinois \(US-IL\)/)
    expect((await bench.say('latest since:yesterday')).text).toMatch(/takes a length such as/)
  })
})

describe('search', () => {
  test('finds words and phrases, leaves out', async () => {
    expect((await bench.say('search tucson')).text).toMatch(/^1 story: tucson\nTucson City Council/)
    expect((await bench.say('search "face scans"')).text).toMatch(/^1 story/)
    expect((await bench.say('search council -tucson')).text).toMatch(/^9 stories/)
    expect((await bench.say('search zeppelin')).text).toMatch(/No story holds: zeppelin/)
  })

  test('pages keep what was asked', async () => {
    const first = await bench.say('search "city council" -tucson')
    expect((await bench.press(first, 'Older →')).text).toMatch(/9–9 of 9/)
  })
})

describe('the record', () => {
  test('company says where it stands, since when, by which source, and its stories; also as of a day', async () => {
    const today = await bench.say('company Amazon')
    expect(today.text).toMatch(/10 June 2020[\s\S]*until further notice[\s\S]*Latest stories\nAmazon ends face scans/)
    const then = await bench.say('company Amazon as-of:2020-12-01')
    expect(then.text).toMatch(/as of 1 December 2020/)
    expect(then.text).toMatch(/for one year/)
    expect(then.text).not.toMatch(/further notice|Latest stories/)
  })

  test('company in one place, or on one matter', async () => {
    expect((await bench.say('company Clearview in:Illinois')).text).toMatch(
      /^Clearview AI in Illinois\nBarred by order since 11 May 2022 for five years/
    )
    expect((await bench.say('company Microsoft about:"azure face"')).text).toMatch(
      /^Microsoft\nRestricted since 21 June 2022: the Azure Face service/
    )
    expect((await bench.say('company Microsoft about:sausages')).text).toMatch(/takes a word of one of these: “facial/)
    const british = await bench.say('did the British fine on Clearview stand on 31 December 2023?')
    expect(british.text).toMatch(/\nThe latest on record of Clearview AI in United Kingdom: 17 October 2023, .*appeal/)
    expect((await bench.say('company Clearview about:"british fine" in:GB')).text).toMatch(/takes a word of one/)
    expect((await bench.say('may Swedish police use Clearview?')).text).toMatch(/company "Clearview AI" in:SE/)
  })

  test('jurisdiction says what is in force', async () => {
    expect((await bench.say('jurisdiction Illinois')).text).toMatch(/Illinois \(US-IL\)[\s\S]*In force/)
    expect((await bench.say('jurisdiction US-WA as-of:2021-06-30')).text).toMatch(/On their way/)
  })

  test('compare shows differences, and says what cannot be compared', async () => {
    expect((await bench.say('compare Illinois Texas')).text).toMatch(/Illinois/)
    expect((await bench.say('compare Amazon Illinois')).text).toMatch(/cannot be compared/)
    expect((await bench.say('compare San Francisco and New York')).text).toMatch(/^San Francisco\S* and New York/)
    expect((await bench.say('compare US-WA US-CA')).text).toMatch(
      /gone: AB 2261 \(rejected on 2 June 2020\); AB 1215 \(expired/
    )
    expect((await bench.say('compare Belgium France')).text).toMatch(/^Belgium and France/)
  })

  test('a question in plain words is answered, with the command that it was read as', async () => {
    const stands = await bench.say('where does Amazon stand today?')
    expect(stands.text).toMatch(/Read as \/facelaw company Amazon\nPaused since 10 June 2020/)
    expect((await bench.say('what is the law in Illinois?')).text).toMatch(/Read as \/facelaw jurisdiction US-IL\n/)
    expect((await bench.say('company Amazon on 1 July 2020')).text).toMatch(/as of 1 July 2020[\s\S]*for one year/)
    expect((await bench.say('compare amazon and microsoft in may 2021')).text).toMatch(
      /^Amazon and Microsoft, as of 31 May/
    )
    expect((await bench.say('how are you')).text).toMatch(/There is no command "how"/)
    expect((await bench.say('company Amzon in 2020')).text).toMatch(/I know no company called “Amzon in 2020”/)
  })

  test('all companies in one list, by where they stand', async () => {
    const all = await bench.say('who still sells to police?')
    expect(all.text).toMatch(/Companies on record[\s\S]*Sells\n.*Clearview AI[\s\S]*Paused\n.*Amazon: police use/)
    expect((await bench.say('company as-of:2019')).text).toMatch(/as of 31 December 2019[\s\S]*Not known[\s\S]*Amazon/)
  })

  test('a place is found by every code that the ledger has for it', async () => {
    expect((await bench.say('jurisdiction IN-TS')).text).toMatch(/S\.Q\. Masood/)
  })

  test('a place that is not on record is called by its name', async () => {
    expect((await bench.say('jurisdiction Belgium')).text).toMatch(/No rule of Belgium is on record/)
  })

  test('deadlines looks ahead from any day', async () => {
    expect((await bench.say('deadlines as-of:2021-06-01 jurisdiction:US-WA')).text).toMatch(/SB 6280/)
    expect((await bench.say('has the deadline in New Zealand passed?')).text).toMatch(
      /deadlines jurisdiction:NZ\nNothing[\s\S]*?\. The last one passed: 3 November 2025, 119 days ago: [\s\S]*The next: 3 August/
    )
    expect((await bench.say('deadlines as-of:2026-07-01 jurisdiction:NZ')).text).toMatch(
      /3 August 2026, in 33 days[\s\S]*Passed, newest first\n.*3 November 2025/
    )
    expect((await bench.say('deadlines within:soon')).text).toMatch(/takes a length such as 90d/)
  })

  test('following from an answer shows the preview first', async () => {
    const asked = await bench.press(await bench.say('company Amazon'), 'Follow Amazon')
    expect(asked.text).toMatch(/needs the permission “Manage Channels”/)
  })
})

describe('status', () => {
  test('says in words how it goes', async () => {
    expect((await bench.say('status')).text).toMatch(/1 watched, 0 failing[\s\S]*embedded PostgreSQL/)
  })
})

describe('whatever is typed', () => {
  test('answers, and a fault of ours is told with a number, not with its text', async () => {
    const broken = { ...bench.core.services.store.forPeople.stories }
    bench.core.services.store.forPeople.stories.query = () => Promise.reject(new Error('password=hunter2'))
    const answer = await bench.say('latest')
    bench.core.services.store.forPeople.stories.query = broken.query
    expect(answer.text).toMatch(/fault on our side; nothing was changed[\s\S]*number [0-9a-f]{8}/)
    expect(answer.text).not.toMatch(/hunter2/)
  })
})
