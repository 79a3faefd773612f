import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { PERMISSIONS } from '../fakes/discord/state.js'
import { type Said, Town } from './town.js'

/** A bill that is told, told again by a second paper, and passed: an alert, an edit, a reply. Dates of one month each. */
function billOf(state: string, number: number, month: string): Said[] {
  return [
    {
      paper: 'wire',
      date: `2021-${month}-02T10:00:00Z`,
      title: `${state} bill SB ${number} would limit facial recognition by police`,
      text: `Lawmakers in ${state} introduced SB ${number} on Monday, a bill that would limit how police use facial recognition.`
    },
    {
      paper: 'courier',
      date: `2021-${month}-02T14:00:00Z`,
      title: `${state} bill SB ${number} to limit facial recognition by police is introduced`,
      text: `Lawmakers in ${state} introduced SB ${number} on Monday, which would limit how police use facial recognition.`
    },
    {
      paper: 'wire',
      date: `2021-${month}-20T10:00:00Z`,
      title: `${state} passes SB ${number}, its limits on police facial recognition`,
      text: `The legislature of ${state} passed SB ${number} on Friday; the governor is expected to sign the facial recognition bill.`
    }
  ]
}

const DELETED = billOf('Maryland', 182, '02')
const TOO_LATE = billOf('Colorado', 113, '03')
const CLOSED = billOf('Vermont', 124, '04')
const NO_LONGER = billOf('Kansas', 145, '05')

let town: Town

beforeAll(async () => {
  town = await Town.open(new Date('2021-01-01T00:00:00Z'), [...DELETED, ...TOO_LATE, ...CLOSED, ...NO_LONGER])
})

afterAll(() => town.close())

async function why(title: string, user = 'U0MEMBER'): Promise<string> {
  const { store } = town.app.core.services
  const { stories } = await store.stories.query({ limit: 1, offset: 0, search: `"${title}"` })
  return JSON.stringify(await town.slack.slashCommand(`why ${stories[0]?.id}`, { user }).answer())
}

/** The alert, edit and reply of a bill, with something happening between the alert and the edit, and before the reply. */
async function tell([alert, again, change]: Said[], between: () => unknown, before: () => unknown = () => {}) {
  await town.until(alert!.date.replace(':00:00', ':01:00'))
  await between()
  await town.until(again!.date.replace(':00:00', ':01:00'))
  await before()
  await town.until(change!.date.replace(':00:00', ':01:00'))
}

describe('a parent that people have deleted', () => {
  beforeAll(async () => {
    await tell(DELETED, () => {
      const { messages } = town.slack.workspace
      messages.splice(messages.indexOf(town.onSlack('SB 182')[0]!), 1)
      const shown = town.discord.state.messages
      shown.splice(shown.indexOf(town.onDiscord('SB 182')[0]!), 1)
    })
  })

  test('ends its edits, and the change comes once, as a message of its own', async () => {
    expect(town.onSlack('SB 182').map(({ blocks }) => JSON.stringify(blocks))).toEqual([
      expect.stringContaining('Passed (was proposed)')
    ])
    expect(town.onDiscord('SB 182').map(({ embeds }) => JSON.stringify(embeds))).toEqual([
      expect.stringContaining('Passed (was proposed)')
    ])
    expect(await why('Maryland bill SB 182')).toMatch(/Changed no more: .*deleted/)
    expect(town.slack.calledWith('chat.update')).toHaveLength(1)
  })
})

describe('a message that may not be changed so late', () => {
  beforeAll(async () => {
    await tell(TOO_LATE, () => {
      town.slack.fail('chat.update', { error: 'edit_window_closed' })
      // Discord lets nobody change an older message too often, and says so: it is asked again later.
      const with30046 = { status: 400, code: 30046, message: 'Maximum number of edits to messages older than 1 hour' }
      town.discord.fail({ method: 'PATCH', path: '/messages/', with: with30046 })
    })
  })

  test('stays as it was on Slack; the change hangs in its thread', async () => {
    const [parent, ...others] = town.onSlack('SB 113')
    expect(others).toEqual([])
    expect(parent?.edits).toBe(0)
    expect(town.threadOnSlack(parent!)).toEqual([expect.stringContaining('Passed (was proposed)')])
    expect(await why('Colorado bill SB 113')).toMatch(/Changed no more: .*edit_window_closed/)
  })

  test('is changed later on Discord, where the reply hangs in the thread, too', () => {
    const [parent, ...others] = town.onDiscord('SB 113')
    expect(others).toEqual([])
    expect(JSON.stringify(parent?.embeds)).toContain('Harbour Courier')
    expect(town.threadOnDiscord(parent!)).toEqual([expect.stringContaining('Passed (was proposed)')])
  })
})

describe('a channel that is archived, or closed to the bot, and open again', () => {
  const general = () => town.slack.workspace.channels.get('C0GENERAL')!

  beforeAll(async () => {
    await tell(
      CLOSED,
      () => {
        // Nobody tells the bot: the refused edit does.
        general().archived = true
        town.discord.channel.botDenied = PERMISSIONS.VIEW_CHANNEL
      },
      async () => {
        expect(town.onSlack('SB 124')[0]?.edits).toBe(0)
        general().archived = false
        await town.slack.event({ type: 'channel_unarchive', channel: 'C0GENERAL', user: 'U0ADMIN' })
        town.discord.denyBot(town.discord.channel, PERMISSIONS.VIEW_CHANNEL)
        town.discord.denyBot(town.discord.channel, 0n)
        await resumed()
      }
    )
  })

  /** Both platforms have told, and the store has heard. */
  async function resumed(): Promise<void> {
    const { store } = town.app.core.services
    for (const [platform, workspace, channel] of [
      ['slack', 'T0FACELAW', 'C0GENERAL'],
      ['discord', town.discord.guild.id, town.discord.channel.id]
    ] as const) {
      const ref = { platform, workspace: { id: workspace, name: '' }, channel: { id: channel, name: '' } }
      for (;;) {
        const place = await store.channels.ensure(ref, new Date())
        if (place.channel.pausedReason === null) break
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
  }

  test('is not lost and nothing comes twice: the parent is changed, the reply hangs below it', () => {
    const [onSlack, ...more] = town.onSlack('SB 124')
    const [onDiscord, ...others] = town.onDiscord('SB 124')
    expect([...more, ...others]).toEqual([])
    expect(onSlack?.edits).toBe(1)
    expect(JSON.stringify(onDiscord?.embeds)).toContain('Harbour Courier')
    expect(town.threadOnSlack(onSlack!)).toEqual([expect.stringContaining('Passed (was proposed)')])
    expect(town.threadOnDiscord(onDiscord!)).toEqual([expect.stringContaining('Passed (was proposed)')])
  })
})

describe('a channel that is deleted', () => {
  let before: number

  beforeAll(async () => {
    await tell(NO_LONGER, () => {
      before = town.onSlack('SB 145').length
      town.discord.deleteChannel(town.discord.channel)
      town.slack.fail('chat.update', { error: 'cant_update_message' })
    })
  })

  test('is no matter to the other platform, where an edit was refused for good', async () => {
    const [parent, ...others] = town.onSlack('SB 145')
    expect([before, others.length]).toEqual([1, 0])
    expect(parent?.edits).toBe(0)
    expect(town.threadOnSlack(parent!)).toEqual([expect.stringContaining('Passed (was proposed)')])
    expect(await why('Kansas bill SB 145')).toMatch(/Changed no more: .*cant_update_message/)
  })

  test('is paused with the reason, its subscription kept', async () => {
    const { store } = town.app.core.services
    const all = await store.subscriptions.all()
    expect(all.map(({ channel }) => [channel.platform, channel.pausedReason])).toEqual([
      ['slack', null],
      ['discord', expect.stringMatching(/deleted/)]
    ])
  })
})

test('no rule of either platform was broken', () => {
  expect(town.slack.violations).toEqual([])
  expect(town.discord.violations).toEqual([])
})
