import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { nonceOf } from '../../../src/chat/discord/posts.js'
import { type Message, textMessage } from '../../../src/chat/message.js'
import { type ChannelRef, Gone, RetryLater, UnknownOutcome } from '../../../src/chat/platform.js'
import type { FakeChannel } from '../../fakes/discord/fake-discord.js'
import { PERMISSIONS } from '../../fakes/discord/state.js'
import { type Rig, startRig, stopRig } from './harness.js'

let rig: Rig
let channel: FakeChannel
let ref: ChannelRef
let count = 0

beforeAll(async () => {
  rig = await startRig()
})

beforeEach(() => {
  channel = rig.fake.addChannel('alerts')
  ref = { workspaceId: rig.fake.guild.id, channelId: channel.id }
})

afterEach(() => {
  expect(rig.fake.violations).toEqual([])
})

afterAll(async () => {
  await stopRig(rig)
})

function delivery(): string {
  count += 1
  return `d-${count}`
}

function alert(age = '2 h ago'): Message {
  return {
    title: { text: 'City bans face scans', link: 'https://news.test/1' },
    parts: [
      { type: 'text', text: 'Legislation, passed' },
      { type: 'context', text: `Example Times, ${age}` }
    ],
    buttons: [{ label: 'Why?', action: 'why:12' }]
  }
}

function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => new Error('it succeeded'),
    (error) => error as Error
  )
}

describe('posting and editing', () => {
  test('answers where the message stands, and edits it there', async () => {
    const posted = await rig.platform.post(ref, alert(), delivery())
    expect(posted).toEqual({ ...ref, messageId: rig.fake.messages(channel.id)[0]?.id })
    await rig.platform.edit(posted, textMessage('Corrected'))
    expect(rig.fake.messages(channel.id)).toMatchObject([{ embeds: [{ description: 'Corrected' }], components: [] }])
  })

  test('the same delivery posted again makes no second message', async () => {
    const id = delivery()
    const first = await rig.platform.post(ref, alert(), id)
    expect(await rig.platform.post(ref, alert(), id)).toEqual(first)
    expect(rig.fake.messages(channel.id)).toHaveLength(1)
  })

  test('a delivery id of any length becomes a nonce of at most 25 characters', () => {
    expect(nonceOf('12')).toBe('12')
    expect(nonceOf('x'.repeat(80))).toHaveLength(25)
    expect(nonceOf(`${'x'.repeat(80)}1`)).not.toBe(nonceOf(`${'x'.repeat(80)}2`))
  })
})

describe('an earlier try that may have arrived', () => {
  test('is found by its nonce within minutes', async () => {
    const id = delivery()
    rig.fake.fail({ method: 'POST', path: channel.id, with: 'cut-after' })
    expect(await failure(rig.platform.post(ref, alert(), id))).toBeInstanceOf(UnknownOutcome)
    await rig.platform.post(ref, alert('3 h ago'), id)
    expect(rig.fake.messages(channel.id)).toHaveLength(1)
  })

  test('is found in the channel when Discord has forgotten the nonce, though its age has moved on', async () => {
    const id = delivery()
    rig.fake.fail({ method: 'POST', path: channel.id, with: 'cut-after' })
    await failure(rig.platform.post(ref, alert('2 h ago'), id))
    rig.fake.forgetNonces()
    const found = await rig.platform.post(ref, alert('9 h ago'), id, { uncertain: true })
    expect(rig.fake.messages(channel.id).map((message) => message.id)).toEqual([found.messageId])
  })

  test('is posted when it is not there: another story with the same words is not it', async () => {
    await rig.platform.post(ref, { ...alert(), buttons: [{ label: 'Why?', action: 'why:11' }] }, delivery())
    rig.fake.forgetNonces()
    await rig.platform.post(ref, alert(), delivery(), { uncertain: true })
    expect(rig.fake.messages(channel.id)).toHaveLength(2)
  })

  test('is posted when the channel cannot be read back', async () => {
    rig.fake.denyBot(channel, PERMISSIONS.READ_MESSAGE_HISTORY)
    await rig.platform.post(ref, alert(), delivery(), { uncertain: true })
    expect(rig.fake.messages(channel.id)).toHaveLength(1)
  })
})

describe('failures', () => {
  test.each([
    ['a server error', { status: 503 }],
    ['a gateway timeout', { status: 504 }]
  ])('%s: unknown, and not repeated by itself', async (_name, answer) => {
    const before = rig.fake.requests.length
    rig.fake.fail({ path: channel.id, with: answer, times: 5 })
    expect(await failure(rig.platform.post(ref, alert(), delivery()))).toBeInstanceOf(UnknownOutcome)
    expect(rig.fake.requests.length - before).toBe(1)
  })

  test('a connection cut before the answer: unknown', async () => {
    rig.fake.fail({ path: channel.id, with: 'cut' })
    expect(await failure(rig.platform.post(ref, alert(), delivery()))).toBeInstanceOf(UnknownOutcome)
  })

  test.each([
    ['user', 'channel'],
    ['shared', 'channel'],
    ['global', 'platform'],
    ['network', 'platform']
  ] as const)('a %s rate limit is handed back for the %s', async (rateLimit, scope) => {
    // A platform of its own: discord.js goes on waiting after a global limit.
    const other = await startRig()
    const there = { workspaceId: other.fake.guild.id, channelId: other.fake.channel.id }
    other.fake.fail({ method: 'POST', path: '/messages', with: { rateLimit, seconds: 30 } })
    const error = (await failure(other.platform.post(there, alert(), delivery()))) as RetryLater
    expect(error).toBeInstanceOf(RetryLater)
    expect(error.scope).toBe(scope)
    expect(error.afterSeconds).toBeGreaterThanOrEqual(29)
    expect(error.afterSeconds).toBeLessThanOrEqual(32)
    await stopRig(other)
  })

  test('a deleted channel is gone', async () => {
    rig.fake.deleteChannel(channel)
    const error = await failure(rig.platform.post(ref, alert(), delivery()))
    expect(error).toBeInstanceOf(Gone)
    expect(error.message).toMatch('deleted')
  })

  test.each([
    ['VIEW_CHANNEL', 'View Channel'],
    ['SEND_MESSAGES', 'Send Messages'],
    ['EMBED_LINKS', 'Embed Links']
  ] as const)('without %s the channel is gone, and the words say what to give', async (permission, words) => {
    rig.fake.denyBot(channel, PERMISSIONS[permission])
    const error = await failure(rig.platform.post(ref, alert(), delivery()))
    expect(error).toBeInstanceOf(Gone)
    expect(error.message).toContain(words)
  })

  test('a refused payload is our fault: not repeated, not gone', async () => {
    rig.fake.fail({ path: channel.id, with: { status: 400, code: 50035, message: 'Invalid Form Body' } })
    const error = await failure(rig.platform.post(ref, alert(), delivery()))
    expect(error.name).toBe('Error')
    expect(error.message).toMatch('50035')
  })

  test('editing a message that somebody deleted leaves the channel alone', async () => {
    const error = await failure(rig.platform.edit({ ...ref, messageId: rig.fake.state.snowflake() }, alert()))
    expect(error.name).toBe('MessageGone')
    expect(error.message).toMatch('deleted')
  })

  test('after a refused token nothing more is sent, and nothing is lost', async () => {
    const other = await startRig()
    const there = { workspaceId: other.fake.guild.id, channelId: other.fake.channel.id }
    other.fake.fail({ path: '/messages', with: { status: 401 } })
    const first = await failure(other.platform.post(there, alert(), delivery()))
    const sent = other.fake.requests.length
    const second = await failure(other.platform.post(there, alert(), delivery()))
    expect([first, second]).toMatchObject([{ scope: 'platform' }, { scope: 'platform' }])
    expect(first.message).toContain('DISCORD_TOKEN')
    expect(other.fake.requests).toHaveLength(sent)
    await stopRig(other)
  })

  test('no server at all: surely not sent', async () => {
    const other = await startRig()
    await other.fake.close()
    const there = { workspaceId: other.fake.guild.id, channelId: other.fake.channel.id }
    const error = await failure(other.platform.post(there, alert(), delivery()))
    expect(error).toBeInstanceOf(RetryLater)
    expect(error).toMatchObject({ scope: 'platform' })
    await other.platform.stop()
  })
})

describe('threads', () => {
  test('a follow-up begins a thread at the message, the next one uses it', async () => {
    const parent = await rig.platform.post(ref, alert(), delivery())
    const first = await rig.platform.post(ref, textMessage('More', { title: { text: 'Also in Boston' } }), delivery(), {
      thread: parent
    })
    const second = await rig.platform.post(ref, textMessage('Yet more'), delivery(), { thread: parent })
    expect(rig.fake.state.channel(parent.messageId)).toMatchObject({ name: 'Also in Boston', parentId: channel.id })
    expect([first.channelId, second.channelId]).toEqual([parent.messageId, parent.messageId])
    await rig.platform.edit(first, textMessage('Corrected in the thread'))
    expect(rig.fake.messages(parent.messageId)).toHaveLength(2)
  })

  test('without the permission for threads it is a plain reply', async () => {
    const parent = await rig.platform.post(ref, alert(), delivery())
    rig.fake.denyBot(channel, PERMISSIONS.CREATE_PUBLIC_THREADS)
    const reply = await rig.platform.post(ref, textMessage('More'), delivery(), { thread: parent })
    expect(reply.channelId).toBe(channel.id)
    expect(rig.fake.messages(channel.id)[1]).toMatchObject({ message_reference: { message_id: parent.messageId } })
  })
})
