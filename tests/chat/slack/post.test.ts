import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Message } from '../../../src/chat/message.js'
import { type ChatPlatform, Gone, RetryLater, UnknownOutcome } from '../../../src/chat/platform.js'
import { createSlackPlatform } from '../../../src/chat/slack/platform.js'
import type { Failure } from '../../fakes/slack/server.js'
import { type Bench, closedAddress, GENERAL, recordingLogger, settingsFor, startBench } from './harness.js'

const MESSAGE: Message = { title: { text: 'A ban', link: 'https://a.example/1' }, parts: [] }
const OTHER: Message = { parts: [{ type: 'text', text: 'changed' }] }

let bench: Bench
beforeEach(async () => {
  bench = await startBench('socket', { settings: { requestMilliseconds: 2000 } })
})
afterEach(async () => {
  expect(bench.slack.violations).toEqual([])
  await bench.close()
})

/** The error of a post that fails in this way. */
async function failing(failure: Failure, platform: ChatPlatform = bench.platform): Promise<Error> {
  bench.slack.fail('chat.postMessage', failure)
  return platform.post(GENERAL, MESSAGE, 'd1').then(
    () => new Error('it was posted'),
    (error: Error) => error
  )
}

test('a post carries blocks, the same text, no unfurling, and the id of its delivery', async () => {
  const ref = await bench.platform.post(GENERAL, MESSAGE, 'delivery-1')
  const [message] = bench.slack.messages()
  expect(ref).toEqual({ ...GENERAL, messageId: message?.ts })
  expect(message).toMatchObject({
    text: '<https://a.example/1|A ban>',
    metadata: { event_type: 'facelaw_delivery', event_payload: { delivery: 'delivery-1' } }
  })
  expect(bench.slack.calledWith('chat.postMessage')[0]).toMatchObject({ unfurl_links: false, unfurl_media: false })
})

test('an edit changes blocks and text and keeps the delivery', async () => {
  const ref = await bench.platform.post(GENERAL, MESSAGE, 'd1')
  await bench.platform.edit(ref, OTHER)
  expect(bench.slack.messages()).toMatchObject([
    { text: 'changed', edits: 1, metadata: { event_payload: { delivery: 'd1' } } }
  ])
})

describe('a try that may have arrived', () => {
  test('is found and not repeated', async () => {
    expect(await failing('cut-after')).toBeInstanceOf(UnknownOutcome)
    await bench.platform.post(GENERAL, OTHER, 'd2')
    const ref = await bench.platform.post(GENERAL, MESSAGE, 'd1', { uncertain: true, owedSince: new Date() })
    expect(bench.slack.messages()).toHaveLength(2)
    expect(ref.messageId).toBe(bench.slack.messages()[0]?.ts)
  })

  test('is posted when it did not arrive', async () => {
    expect(await failing('cut-before')).toBeInstanceOf(UnknownOutcome)
    await bench.platform.post(GENERAL, MESSAGE, 'd1', { uncertain: true })
    expect(bench.slack.messages()).toHaveLength(1)
  })

  test('is found in its thread', async () => {
    const thread = await bench.platform.post(GENERAL, OTHER, 'parent')
    const first = await bench.platform.post(GENERAL, MESSAGE, 'd1', { thread })
    expect(await bench.platform.post(GENERAL, MESSAGE, 'd1', { thread, uncertain: true })).toEqual(first)
    expect(bench.slack.messages()).toHaveLength(2)
  })

  test('is found pages back', async () => {
    const first = await bench.platform.post(GENERAL, MESSAGE, 'd1')
    for (let index = 0; index < 450; index++)
      bench.slack.workspace.add({ channel: GENERAL.channelId, text: `talk ${index}`, blocks: [], answer: false })
    expect(await bench.platform.post(GENERAL, MESSAGE, 'd1', { uncertain: true })).toEqual(first)
    expect(bench.slack.calledWith('conversations.history')).toHaveLength(3)
  })

  test('is looked for from a little before it was tried', async () => {
    const owedSince = new Date('2026-11-23T10:00:00Z')
    await bench.platform.post(GENERAL, MESSAGE, 'd1', { uncertain: true, owedSince })
    expect(bench.slack.calledWith('conversations.history')[0]).toMatchObject({
      oldest: String(owedSince.getTime() / 1000 - 300),
      include_all_metadata: true
    })
  })

  test.each<Failure>([{ ratelimited: 7 }, { status: 500 }, 'cut-before'])(
    'waits when Slack does not let us look now (%j)',
    async (failure) => {
      bench.slack.fail('conversations.history', failure)
      const again = bench.platform.post(GENERAL, MESSAGE, 'd1', { uncertain: true })
      await expect(again).rejects.toBeInstanceOf(RetryLater)
      expect(bench.slack.messages()).toEqual([])
    }
  )

  test('is posted again, with a warning, when Slack never lets us look', async () => {
    bench.slack.fail('conversations.history', { error: 'missing_scope' })
    await bench.platform.post(GENERAL, MESSAGE, 'd1', { uncertain: true })
    expect(bench.slack.messages()).toHaveLength(1)
    expect(bench.log.join()).toMatch(/cannot look whether this delivery arrived/)
  })

  test('waits for the bot to be back in the channel: it may have been posted before it was put out', async () => {
    bench.slack.fail('conversations.history', { error: 'not_in_channel' })
    const again = bench.platform.post(GENERAL, MESSAGE, 'd1', { uncertain: true })
    await expect(again).rejects.toBeInstanceOf(Gone)
    expect(bench.slack.messages()).toEqual([])
  })
})

describe('errors', () => {
  test('a rate limit stops the channel for as long as Slack says', async () => {
    expect(await failing({ ratelimited: 7 })).toMatchObject({ name: 'RetryLater', afterSeconds: 7, scope: 'channel' })
    expect(bench.slack.calledWith('chat.postMessage')).toHaveLength(1)
  })

  test('one channel’s limit holds up no other', async () => {
    bench.slack.workspace.addChannel({ id: 'C0OTHER', name: 'other' })
    expect(await failing({ ratelimited: 60 })).toBeInstanceOf(RetryLater)
    await bench.platform.post({ ...GENERAL, channelId: 'C0OTHER' }, MESSAGE, 'd2')
    expect(bench.slack.messages('C0OTHER')).toHaveLength(1)
  })

  test('the workspace’s limit stops everything', async () => {
    expect(await failing({ error: 'message_limit_exceeded' })).toMatchObject({ name: 'RetryLater', scope: 'platform' })
  })

  test.each([
    ['channel_not_found', /invite/i],
    ['not_in_channel', /invite/i],
    ['is_archived', /unarchive/i],
    ['restricted_action', /admin/i],
    ['missing_scope', /install/i]
  ])('%s pauses the channel and says what to do', async (error, advice) => {
    const gone = await failing({ error })
    expect(gone).toBeInstanceOf(Gone)
    expect(gone.message).toMatch(advice)
    expect(gone.message).toContain(error)
  })

  test.each(['account_inactive', 'token_revoked', 'invalid_auth'])(
    '%s stops everything, no channel is to blame',
    async (error) => {
      const refused = await failing({ error })
      expect(refused).toMatchObject({
        name: 'RetryLater',
        scope: 'platform',
        message: expect.stringMatching(/install/i)
      })
    }
  )

  test('what is not Slack in its place loses nothing', async () => {
    expect(await failing({ status: 404 })).toMatchObject({ name: 'RetryLater', scope: 'platform' })
  })

  test.each(['invalid_blocks', 'msg_too_long', 'no_text'])('%s is our own fault', async (error) => {
    const fault = await failing({ error })
    expect(fault.name).toBe('Error')
    expect(fault.message).toContain(error)
  })

  test.each<Failure>([{ status: 500 }, { status: 503 }, 'cut-before', { error: 'fatal_error' }, { error: '<html>' }])(
    'after %j nobody knows',
    async (failure) => {
      expect(await failing(failure)).toBeInstanceOf(UnknownOutcome)
      expect(bench.slack.calledWith('chat.postMessage')).toHaveLength(1)
    }
  )

  test('no answer counts as cut', async () => {
    const impatient = createSlackPlatform(
      { ...settingsFor(bench.slack, 'http'), requestMilliseconds: 50 },
      recordingLogger(bench.log)
    )
    expect(await failing('hang', impatient)).toBeInstanceOf(UnknownOutcome)
    expect(bench.slack.messages()).toHaveLength(1)
    await impatient.stop()
  })

  test('nobody at the door: nothing was sent, so it can wait', async () => {
    const lost = createSlackPlatform(
      { ...settingsFor(bench.slack, 'http'), apiUrl: await closedAddress() },
      recordingLogger(bench.log)
    )
    const error = await lost.post(GENERAL, MESSAGE, 'd1').catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'RetryLater', scope: 'platform' })
    await lost.stop()
  })

  test('a message that Slack finds too long is posted shorter, not lost', async () => {
    const parts = [...Array(4)].map(() => ({ type: 'text' as const, text: 'word '.repeat(500) }))
    bench.slack.fail('chat.postMessage', { error: 'msg_blocks_too_long' })
    await bench.platform.post(GENERAL, { ...MESSAGE, parts }, 'd1')
    const [long, short] = bench.slack.calledWith('chat.postMessage').map((call) => JSON.stringify(call.blocks).length)
    expect(long).toBeGreaterThan(9000)
    expect(short).toBeLessThan(7000)
    expect(bench.slack.messages()).toHaveLength(1)
  })

  test('an edit tells its errors apart as a post does', async () => {
    const ref = await bench.platform.post(GENERAL, MESSAGE, 'd1')
    bench.slack.fail('chat.update', { ratelimited: 3 })
    await expect(bench.platform.edit(ref, OTHER)).rejects.toMatchObject({ name: 'RetryLater', afterSeconds: 3 })
    await expect(bench.platform.edit({ ...ref, messageId: '1.000001' }, OTHER)).rejects.toThrow(/message_not_found/)
  })
})

test('the fake itself slows down a channel that gets too much', async () => {
  const slow = await startBench('socket', { fake: { messagesPerSecond: 1 } })
  await slow.platform.post(GENERAL, MESSAGE, 'd1')
  await expect(slow.platform.post(GENERAL, MESSAGE, 'd2')).rejects.toBeInstanceOf(RetryLater)
  await slow.close()
})
