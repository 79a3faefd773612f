import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Said, Town } from './town.js'

function said(paper: Said['paper'], date: string, title: string, text: string): Said {
  return { paper, date: `${date}T10:00:00Z`, title, text }
}

/** One of each sort that people are told of again, in a place or of a company of its own. */
const SAID: Said[] = [
  said(
    'wire',
    '2021-02-01',
    'Maryland bill SB 182 would limit facial recognition by police',
    'Lawmakers in Maryland introduced SB 182 on Monday, a bill that would limit how police use facial recognition.'
  ),
  said(
    'courier',
    '2021-03-20',
    'Maryland passes SB 182, its limits on police facial recognition',
    'The Maryland General Assembly passed SB 182 on Friday; the governor is expected to sign the facial recognition bill.'
  ),
  said(
    'wire',
    '2021-02-03',
    'Springfield, Missouri, bans facial recognition by police',
    'The Springfield City Council in Missouri voted 7-2 on Tuesday to ban facial recognition by its police department.'
  ),
  said(
    'courier',
    '2021-04-10',
    'Judge strikes down Springfield, Missouri, ban on facial recognition by police',
    'A judge in Missouri struck down the ban of the Springfield City Council on facial recognition by its police department.'
  ),
  said(
    'wire',
    '2021-02-05',
    'Amazon pauses police use of its Rekognition face recognition',
    'Amazon announced a moratorium on police use of Rekognition, its facial recognition product, and named no end of the pause.'
  ),
  said(
    'courier',
    '2021-02-25',
    'Amazon says pause on police use of Rekognition face recognition lasts until June 2022',
    'Amazon said its moratorium on police use of Rekognition, its facial recognition product, will last until June 2022.'
  ),
  said(
    'wire',
    '2021-02-07',
    'Clearview AI sued in Vermont over its face database',
    'The attorney general of Vermont sued Clearview AI on Friday over its database of faces scraped from the web.'
  ),
  said(
    'courier',
    '2021-05-11',
    'Clearview AI settles Vermont suit over its face database',
    'Clearview AI settled the suit of the attorney general of Vermont over its database of faces scraped from the web.'
  )
]

/** What the reply says has changed, by words of the first headline. */
const CHANGES: [string, string, string][] = [
  ['a bill passes', 'Maryland bill SB 182', 'Passed (was proposed)'],
  ['a ban is struck down', 'Springfield, Missouri, bans', 'Taken away or struck down (was passed)'],
  ['a pause gets an end', 'Amazon pauses police use', 'The pause ends: June 2022'],
  ['a suit is settled', 'Clearview AI sued in Vermont', 'Settled (was sued)']
]

let town: Town

beforeAll(async () => {
  town = await Town.open(new Date('2021-01-01T00:00:00Z'), SAID)
  for (const date of SAID.map((one) => one.date).sort()) await town.until(date.replace('10:00', '10:01'))
})

afterAll(() => town.close())

describe.each(CHANGES)('%s', (_what, headline, change) => {
  test('is a reply in the thread on Slack, and no new message in the channel', () => {
    const parents = town.onSlack(headline)
    expect(parents).toHaveLength(1)
    const replies = town.threadOnSlack(parents[0]!)
    expect(replies).toHaveLength(1)
    expect(replies[0]).toContain(change)
  })

  test('is a reply in the thread on Discord, and no new message in the channel', () => {
    const parents = town.onDiscord(headline)
    expect(parents).toHaveLength(1)
    const replies = town.threadOnDiscord(parents[0]!)
    expect(replies).toHaveLength(1)
    expect(replies[0]).toContain(change)
  })
})

describe('“Why is this here?” in the menu of a message', () => {
  test('answers for an alert and for a reply in its thread, to the asker alone, on Slack', async () => {
    const [parent] = town.onSlack('Maryland bill SB 182')
    const reply = town.slack.messages().find(({ thread_ts }) => thread_ts === parent!.ts)
    for (const message of [parent!, reply!]) {
      const answer = await town.slack.messageShortcut(message, 'why').answer()
      expect(answer.ephemeralFor).toBe('U0MEMBER')
      expect(JSON.stringify(answer.blocks)).toMatch(/Why: Maryland bill SB 182.*Posted here/)
    }
  })

  test('and on Discord', async () => {
    const [parent] = town.onDiscord('Maryland bill SB 182')
    const [reply] = town.discord.messages(parent!.id)
    for (const message of [parent!, reply!]) {
      const answer = await town.discord.menu(message, 'Why is this here?')
      expect(answer.ephemeral).toBe(true)
      expect(JSON.stringify(answer.message.embeds)).toMatch(/Why: Maryland bill SB 182.*Posted here/)
    }
  })

  test('knows the page that somebody else linked; and says what to do about any other message', async () => {
    const link = 'https://northern-wire.example/2021/02/05/amazon-pauses-police-use-of-its-rekognition-face-recognition'
    const written = { slack: town.slack.write(`Look: <${link}>`), discord: town.discord.write(`Look: ${link}`) }
    const onSlack = await town.slack.messageShortcut(written.slack, 'why').answer()
    expect(JSON.stringify(onSlack.blocks)).toMatch(/Why: Amazon pauses/)
    const onDiscord = await town.discord.menu(written.discord, 'Why is this here?')
    expect(JSON.stringify(onDiscord.message.embeds)).toMatch(/Why: Amazon pauses/)
    const idle = await town.slack.messageShortcut(town.slack.write('Lunch?'), 'why').answer()
    expect(JSON.stringify(idle.blocks)).toMatch(/none of mine and has no link/)
    const unknown = await town.discord.menu(town.discord.write('https://nowhere.example/x'), 'Why is this here?')
    expect(JSON.stringify(unknown.message.embeds)).toMatch(/no link in this message that Facelaw knows/)
  })
})

test('four events are four messages on each platform; the parents name both papers now', () => {
  const parents = town.slack.messages().filter(({ thread_ts, user }) => !thread_ts && !user)
  expect(parents).toHaveLength(CHANGES.length)
  expect(town.discord.messages().filter(({ author }) => author.bot)).toHaveLength(CHANGES.length)
  for (const parent of parents) {
    expect(parent.edits).toBe(1)
    expect(JSON.stringify(parent.blocks)).toContain('Harbour Courier')
  }
  expect(town.slack.violations).toEqual([])
  expect(town.discord.violations).toEqual([])
})
