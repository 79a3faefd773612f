import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Reply } from '../../../src/chat/platform.js'
import { linksOf } from '../../../src/chat/slack/shortcuts.js'
import { type Bench, GENERAL, gate, type Mode, startBench } from './harness.js'

function say(text: string): Reply {
  return { message: { parts: [{ type: 'text', text }] } }
}

describe.each<Mode>(['socket', 'http'])('message shortcuts by %s', (mode) => {
  let bench: Bench
  beforeEach(async () => {
    bench = await startBench(mode)
  })
  afterEach(async () => {
    expect(bench.slack.violations).toEqual([])
    await bench.close()
  })

  test('tell who asked about which message, and the links in it', async () => {
    const { slack, handler } = bench
    handler.reply = async () => say('Because.')
    const message = slack.write('Seen <https://a.example/x?y=1&amp;z=2|this>? <https://b.example/>')
    const answer = await slack.messageShortcut(message, 'why', { user: 'U0ADMIN' }).answer()
    expect(answer).toMatchObject({ text: 'Because.', ephemeralFor: 'U0ADMIN' })
    expect(handler.messages).toEqual([
      {
        platform: 'slack',
        actor: { id: 'U0ADMIN', name: 'U0ADMIN' },
        workspace: { id: 'T0FACELAW', name: 'facelaw-test' },
        channel: { id: 'C0GENERAL', name: 'general' },
        isManager: expect.any(Function),
        command: 'why',
        message: { ...GENERAL, messageId: message.ts },
        links: ['https://a.example/x?y=1&z=2', 'https://b.example/']
      }
    ])
    expect(await handler.messages[0]?.isManager()).toBe(true)
  })

  test('are acknowledged before the core is done, and run once when Slack repeats them', async () => {
    const { slack, handler } = bench
    const work = gate<Reply>()
    handler.reply = () => work.opened
    const asked = slack.messageShortcut(slack.write('no link here'), 'why')
    await asked.acknowledged
    expect(slack.responses).toEqual([])
    work.open(say('done'))
    await asked.answer()
    await asked.repeat()
    await slack.slashCommand('status').answer()
    expect(handler.messages).toHaveLength(1)
    expect(handler.messages[0]?.links).toEqual([])
  })

  test('are answered in the thread that the message stands in, and to the asker alone', async () => {
    const { slack, platform, handler } = bench
    const parent = await platform.post(GENERAL, { parts: [{ type: 'text', text: 'one' }] }, 'd1')
    await platform.post(GENERAL, { parts: [{ type: 'text', text: 'two' }] }, 'd2', { thread: parent })
    const answer = await slack.messageShortcut(slack.messages()[1]!, 'why').answer()
    expect(answer).toMatchObject({ thread_ts: parent.messageId, ephemeralFor: 'U0MEMBER' })
    expect(handler.messages).toHaveLength(1)
    expect(slack.messages()).toHaveLength(2)
  })

  test('when the response_url has expired, the answer comes as an ephemeral message', async () => {
    const { slack, handler } = bench
    const work = gate<Reply>()
    handler.reply = () => work.opened
    const asked = slack.messageShortcut(slack.write('x'), 'why')
    await asked.acknowledged
    slack.expireResponseUrls()
    work.open(say('late'))
    expect(await asked.answer()).toMatchObject({ text: 'late', ephemeralFor: 'U0MEMBER', answer: false })
  })
})

describe('the links of a message', () => {
  test('are those of its text first, then of its blocks and what is attached; images are no pages', () => {
    const blocks = [
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'link', url: 'https://block.example/' }] }]
      },
      { type: 'image', image_url: 'https://image.example/a.png' }
    ]
    const attachments = [{ title_link: 'https://attached.example/', thumb_url: 'https://image.example/b.png' }]
    expect(linksOf({ text: 'Look:<https://text.example/>.', blocks, attachments })).toEqual([
      'https://text.example/',
      'https://block.example/',
      'https://attached.example/'
    ])
  })

  test('come out of hostile messages, too', () => {
    const ring: Record<string, unknown> = { url: 'javascript:alert(1)' }
    ring.blocks = ring
    expect(linksOf({ text: '<https://|x> <http:///> <mailto:a@b.example>', blocks: ring })).toEqual([])
    const many = Array.from({ length: 500 }, (_, index) => `<https://a.example/${index}>`).join('')
    expect(linksOf({ text: many })).toHaveLength(20)
  })
})
