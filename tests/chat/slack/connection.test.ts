import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createSlackPlatform } from '../../../src/chat/slack/platform.js'
import type { SlackSettings } from '../../../src/chat/slack/settings.js'
import { createFakeSlack, type FakeSlack } from '../../fakes/slack/fake-slack.js'
import {
  type Bench,
  closedAddress,
  GENERAL,
  gate,
  RecordingHandler,
  recordingLogger,
  settingsFor,
  startBench
} from './harness.js'

describe('starting', () => {
  let slack: FakeSlack
  const log: string[] = []
  beforeEach(async () => {
    slack = await createFakeSlack()
  })
  afterEach(() => slack.close())

  /** What a person reads when these settings are wrong. */
  async function complaint(settings: Partial<SlackSettings>): Promise<string> {
    const platform = createSlackPlatform({ ...settingsFor(slack, 'socket'), ...settings }, recordingLogger(log))
    const message = await platform.start(new RecordingHandler(() => {})).then(
      () => 'it started',
      (error: Error) => error.message
    )
    await platform.stop()
    expect(message + log.join()).not.toMatch(/secret-part/)
    return message
  }

  test('calls nobody before it is asked to', async () => {
    const platform = createSlackPlatform(settingsFor(slack, 'socket'), recordingLogger(log))
    await platform.stop()
    expect(slack.calls).toEqual([])
  })

  test('a wrong bot token says where to get the right one', async () => {
    expect(await complaint({ botToken: 'xoxb-secret-part' })).toMatch(
      /SLACK_BOT_TOKEN \(invalid_auth\).*OAuth & Permissions/
    )
  })

  test('a wrong app token says where to get the right one', async () => {
    expect(await complaint({ appToken: 'xapp-secret-part' })).toMatch(
      /SLACK_APP_TOKEN \(invalid_auth\).*connections:write/
    )
  })

  test('no network says so', async () => {
    expect(await complaint({ apiUrl: await closedAddress() })).toMatch(/cannot be reached.*Check the network/)
  })

  test('a wrong SLACK_API_URL says so', async () => {
    expect(await complaint({ apiUrl: slack.apiUrl.replace('/api/', '/wrong/') })).toMatch(/SLACK_API_URL.*HTTP 404/)
  })

  test('an address without the last slash is as good', async () => {
    expect(await complaint({ apiUrl: slack.apiUrl.replace(/\/$/, '') })).toBe('it started')
    expect(slack.calls.map((call) => call.method)).toEqual(['auth.test', 'apps.connections.open'])
  })

  test.each<[Partial<SlackSettings>, RegExp]>([
    [{ appToken: undefined }, /SLACK_APP_TOKEN.*SLACK_SIGNING_SECRET/],
    [{ botToken: 'xapp-secret-part' }, /SLACK_BOT_TOKEN holds the wrong kind/],
    [{ appToken: 'xoxb-secret-part' }, /SLACK_APP_TOKEN holds the wrong kind/],
    [{ botToken: 'xoxb-secret-part\n' }, /SLACK_BOT_TOKEN is empty or holds characters/],
    [{ apiUrl: 'localhost:4000' }, /SLACK_API_URL/]
  ])('refuses settings that cannot work: %j', (settings, reason) => {
    expect(() => createSlackPlatform({ ...settingsFor(slack, 'socket'), ...settings }, recordingLogger(log))).toThrow(
      reason
    )
  })
})

describe('the socket', () => {
  let bench: Bench
  beforeEach(async () => {
    bench = await startBench('socket')
  })
  afterEach(() => bench.close())

  test('comes back when Slack asks for it, and commands go on', async () => {
    const { slack } = bench
    slack.socket.disconnect('refresh_requested')
    await slack.waitFor(() => (slack.socket.connections === 2 ? true : undefined))
    expect((await slack.slashCommand('status').answer()).text).toBe('done')
  })

  test('comes back when the line is cut', async () => {
    const { slack } = bench
    slack.socket.drop()
    await slack.waitFor(() => (slack.socket.connections === 2 ? true : undefined))
    expect((await slack.slashCommand('status').answer()).text).toBe('done')
  })

  test('comes back after failures, and the log says what was wrong', async () => {
    const { slack, log } = bench
    slack.fail('apps.connections.open', { error: 'invalid_auth' })
    slack.socket.drop()
    await slack.waitFor(() => (slack.socket.connections === 2 ? true : undefined))
    expect(log.join()).toMatch(/no connection to Slack; trying again/)
    expect(log.join()).not.toMatch(new RegExp(slack.appToken))
  })

  test('stops while Slack is gone', async () => {
    const { slack, platform } = bench
    slack.fail('apps.connections.open', { status: 500 }, 1000)
    slack.socket.drop()
    await slack.waitFor(() => (slack.calledWith('apps.connections.open').length > 1 ? true : undefined))
    await platform.stop()
    expect(slack.socket.open()).toEqual([])
  })

  test('stops in the middle of connecting to a server that says nothing', async () => {
    const { slack, platform } = bench
    slack.socket.silent = true
    slack.socket.drop()
    await slack.waitFor(() => (slack.socket.connections === 2 ? true : undefined))
    await platform.stop()
    await slack.waitFor(() => (slack.socket.open().length === 0 ? true : undefined))
  })

  test('stops in the middle of asking for an address', async () => {
    const { slack, platform } = bench
    slack.fail('apps.connections.open', 'hang')
    slack.socket.drop()
    await slack.waitFor(() => (slack.calledWith('apps.connections.open').length > 1 ? true : undefined))
    await platform.stop()
    expect(slack.socket.open()).toEqual([])
  })

  test('finishes the answer in hand before it stops', async () => {
    const { slack, platform, handler } = bench
    const work = gate()
    handler.reply = async () => {
      await work.opened
      return { message: { parts: [{ type: 'text', text: 'last words' }] } }
    }
    const asked = slack.slashCommand('status')
    await asked.acknowledged
    const stopped = platform.stop()
    work.open()
    await stopped
    expect((await asked.answer()).text).toBe('last words')
  })

  test('posts nothing once it has stopped, and says that it did not', async () => {
    await bench.platform.stop()
    const post = bench.platform.post(GENERAL, { parts: [] }, 'd1')
    await expect(post).rejects.toMatchObject({ name: 'RetryLater' })
    expect(bench.slack.messages()).toEqual([])
  })
})

test('a request over HTTP that comes before the start is asked to come back', async () => {
  const slack = await createFakeSlack()
  const platform = createSlackPlatform(settingsFor(slack, 'http'), recordingLogger([]))
  const [route] = platform.routes ?? []
  const answer: { status?: number } = {}
  const response = { writeHead: (status: number) => ({ end: () => Object.assign(answer, { status }) }) }
  route?.listener({ method: 'POST', url: '/slack/events' } as never, response as never)
  expect(answer.status).toBe(503)
  await platform.stop()
  await slack.close()
})
