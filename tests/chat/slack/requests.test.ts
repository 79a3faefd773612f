import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Message } from '../../../src/chat/message.js'
import type { Reply } from '../../../src/chat/platform.js'
import { typedText } from '../../../src/chat/slack/requests.js'
import { type Forgery, sendSigned } from '../../fakes/slack/http-driver.js'
import { type Bench, GENERAL, gate, type Mode, startBench } from './harness.js'

const ASK: Message = {
  parts: [{ type: 'text', text: 'Subscribe?' }],
  buttons: [
    { label: 'Yes', action: 'subscribe:yes:17' },
    { label: 'No', action: 'subscribe:no:AT&T' }
  ]
}

function say(text: string, rest: Partial<Reply> = {}): Reply {
  return { message: { parts: [{ type: 'text', text }] }, ...rest }
}

describe.each<Mode>(['socket', 'http'])('requests by %s', (mode) => {
  let bench: Bench
  beforeEach(async () => {
    bench = await startBench(mode)
  })
  afterEach(async () => {
    expect(bench.slack.violations).toEqual([])
    await bench.close()
  })

  test('a command reaches the core with who, where and what', async () => {
    const { slack, handler } = bench
    const asked = slack.slashCommand('company AT&T since:30d', { user: 'U0ADMIN' })
    await asked.answer()
    expect(handler.commands).toEqual([
      {
        platform: 'slack',
        actor: { id: 'U0ADMIN', name: 'ada' },
        workspace: { id: 'T0FACELAW', name: 'facelaw-test' },
        channel: { id: 'C0GENERAL', name: 'general' },
        isManager: expect.any(Function),
        text: 'company AT&T since:30d'
      }
    ])
  })

  test('a command is acknowledged before the core is done with it', async () => {
    const { slack, handler } = bench
    const work = gate<Reply>()
    handler.reply = () => work.opened
    const asked = slack.slashCommand('status')
    await asked.acknowledged
    expect(slack.responses).toEqual([])
    work.open(say('all well'))
    expect((await asked.answer()).text).toBe('all well')
  })

  test('an answer is for one person, unless it is public', async () => {
    const { slack, handler } = bench
    handler.reply = async () => say('quiet')
    expect(await slack.slashCommand('help').answer()).toMatchObject({ text: 'quiet', ephemeralFor: 'U0MEMBER' })
    expect(slack.messages()).toEqual([])
    handler.reply = async () => say('loud', { public: true })
    await slack.slashCommand('digest now').answer()
    expect(slack.messages()).toMatchObject([{ text: 'loud' }])
    expect(slack.responses.map(({ payload }) => payload.unfurl_links)).toEqual([false, false])
  })

  test('a button tells its action and where it hung', async () => {
    const { slack, platform, handler } = bench
    const ref = await platform.post(GENERAL, ASK, 'd1')
    await slack.pressButton(slack.messages()[0]!, 'No', { user: 'U0ADMIN' }).answer()
    expect(handler.buttons).toMatchObject([
      {
        action: 'subscribe:no:AT&T',
        message: ref,
        actor: { id: 'U0ADMIN' },
        workspace: { id: 'T0FACELAW', name: 'facelaw-test' },
        channel: { id: 'C0GENERAL', name: 'general' }
      }
    ])
  })

  test('a reply may take the place of the message that held the button, ephemeral or not', async () => {
    const { slack, platform, handler } = bench
    await platform.post(GENERAL, ASK, 'd1')
    handler.reply = async () => say('Subscribed.', { replace: true })
    await slack.pressButton(slack.messages()[0]!, 'Yes').answer()
    expect(slack.messages()).toMatchObject([{ text: 'Subscribed.', edits: 1 }])

    handler.reply = async () => ({ message: ASK })
    const question = await slack.slashCommand('subscribe').answer()
    handler.reply = async () => say('Not subscribed.', { replace: true })
    await slack.pressButton(question, 'No').answer()
    expect(question).toMatchObject({ text: 'Not subscribed.', edits: 1 })
    expect(handler.buttons[1]).toMatchObject({ message: null })
  })

  test('a reply to a button is a message of its own otherwise, in the thread of the button', async () => {
    const { slack, platform, handler } = bench
    const parent = await platform.post(GENERAL, ASK, 'd1')
    await platform.post(GENERAL, ASK, 'd2', { thread: parent })
    handler.reply = async () => say('Because.')
    const answer = await slack.pressButton(slack.messages()[1]!, 'Yes').answer()
    expect(answer).toMatchObject({ text: 'Because.', thread_ts: parent.messageId, ephemeralFor: 'U0MEMBER' })
    expect(slack.messages().map((message) => message.edits)).toEqual([0, 0])
  })

  test('what Slack sends again is acknowledged again and run once', async () => {
    const { slack, handler } = bench
    const asked = slack.slashCommand('subscribe company:Amazon')
    await asked.answer()
    await asked.repeat()
    await slack.slashCommand('status').answer()
    expect(handler.commands.map((request) => 'text' in request && request.text)).toEqual([
      'subscribe company:Amazon',
      'status'
    ])
  })

  test('the same words typed twice are two commands', async () => {
    const { slack, handler } = bench
    await slack.slashCommand('latest').answer()
    await slack.slashCommand('latest').answer()
    expect(handler.commands).toHaveLength(2)
  })

  test('when the response_url has expired, the answer comes as an ephemeral message', async () => {
    const { slack, handler } = bench
    const work = gate<Reply>()
    handler.reply = () => work.opened
    const asked = slack.slashCommand('search x')
    await asked.acknowledged
    slack.expireResponseUrls()
    work.open(say('late'))
    expect(await asked.answer()).toMatchObject({ text: 'late', ephemeralFor: 'U0MEMBER', answer: false })
    expect(slack.calledWith('chat.postEphemeral')).toHaveLength(1)
  })

  test('and a late public answer, or one that replaces, goes its way too', async () => {
    const { slack, platform, handler } = bench
    await platform.post(GENERAL, ASK, 'd1')
    const work = gate()
    handler.reply = async (request) => {
      await work.opened
      return 'action' in request ? say('replaced', { replace: true }) : say('for all', { public: true })
    }
    const asked = slack.slashCommand('digest now')
    const pressed = slack.pressButton(slack.messages()[0]!, 'Yes')
    await Promise.all([asked.acknowledged, pressed.acknowledged])
    slack.expireResponseUrls()
    work.open()
    const messages = await slack.waitFor(() => {
      const texts = slack.messages().map((message) => message.text)
      return texts.includes('replaced') && texts.includes('for all') ? texts : undefined
    })
    expect(messages).toEqual(['replaced', 'for all'])
  })

  test('owners and admins are managers, asked of Slack once', async () => {
    const { slack, handler } = bench
    await slack.slashCommand('status', { user: 'U0ADMIN' }).answer()
    await slack.slashCommand('status', { user: 'U0MEMBER' }).answer()
    const [admin, member] = handler.commands
    expect(await admin?.isManager()).toBe(true)
    expect(await admin?.isManager()).toBe(true)
    expect(await member?.isManager()).toBe(false)
    expect(slack.calledWith('users.info')).toEqual([{ user: 'U0ADMIN' }, { user: 'U0MEMBER' }])
  })

  test('nobody is a manager when Slack does not say, and the log says why', async () => {
    const { slack, handler, log } = bench
    slack.fail('users.info', { error: 'missing_scope' })
    await slack.slashCommand('status', { user: 'U0ADMIN' }).answer()
    expect(await handler.commands[0]?.isManager()).toBe(false)
    expect(log.join()).toMatch(/cannot tell whether this person is an admin/)
    expect(await handler.commands[0]?.isManager()).toBe(true)
  })
})

describe('signed requests', () => {
  let bench: Bench
  beforeEach(async () => {
    bench = await startBench('http')
  })
  afterEach(() => bench.close())

  async function send(forgery: Forgery, secret = bench.slack.signingSecret): Promise<number> {
    const command = { command: '/facelaw', text: 'status', team_id: 'T1', user_id: 'U1', channel_id: 'C1' }
    return (await sendSigned(bench.slack.requestUrl!, secret, command, 'command', forgery)).status
  }

  test('are refused when the signature is wrong or too old', async () => {
    expect(await send({}, 'another secret')).toBe(401)
    expect(await send({ age: 600 })).toBe(401)
    expect(bench.handler.commands).toEqual([])
    expect(await send({})).toBe(200)
  })

  test('the address is checked by Slack with a challenge', async () => {
    const body = { type: 'url_verification', challenge: 'abc' }
    const answer = await sendSigned(bench.slack.requestUrl!, bench.slack.signingSecret, body, 'event')
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('abc')
  })

  test('a browser that looks in is turned away', async () => {
    expect((await fetch(bench.slack.requestUrl!)).status).toBe(405)
  })
})

test('typed text comes out of Slack’s writing', () => {
  expect(typedText('feeds add <https://a.example/x?y=1&amp;z=2|a.example> &lt;b&gt;')).toBe(
    'feeds add https://a.example/x?y=1&z=2 <b>'
  )
})
