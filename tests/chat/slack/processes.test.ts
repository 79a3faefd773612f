import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createSlackPlatform } from '../../../src/chat/slack/platform.js'
import type { SharedRequests } from '../../../src/chat/slack/repeats.js'
import { createFakeSlack, type FakeSlack } from '../../fakes/slack/fake-slack.js'
import { GENERAL, RecordingHandler, recordingLogger, settingsFor } from './harness.js'

let slack: FakeSlack
const stops: (() => Promise<void>)[] = []

beforeEach(async () => {
  slack = await createFakeSlack()
})

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()))
  await slack.close()
  expect(slack.violations).toEqual([])
})

async function start(receive: boolean, asked?: SharedRequests) {
  const handler = new RecordingHandler(() => slack.workspace.changed())
  const platform = createSlackPlatform(settingsFor(slack, 'socket'), recordingLogger([]), asked)
  stops.push(() => platform.stop())
  await platform.start(handler, { receive })
  return { platform, handler }
}

function sharedByAll(): SharedRequests & { keys: Set<string> } {
  const keys = new Set<string>()
  return {
    keys,
    async first(key) {
      const isNew = !keys.has(key)
      keys.add(key)
      return isNew
    }
  }
}

test('what Slack sends again to another process is run once, and its secrets are kept from the store', async () => {
  const asked = sharedByAll()
  const one = await start(true, asked)
  const typed = slack.slashCommand('subscribe company:Amazon')
  await typed.answer()
  // The fake sends to the newest connection.
  const two = await start(true, asked)
  await typed.repeat()
  await slack.slashCommand('status').answer()
  expect([one.handler.commands.length, two.handler.commands.length]).toEqual([1, 1])
  expect([...asked.keys].every((key) => /^[0-9a-f]{64}$/.test(key))).toBe(true)
})

test('a store that does not answer keeps nobody from being answered', async () => {
  await start(true, { first: async () => Promise.reject(new Error('the store is down')) })
  expect(await slack.slashCommand('status').answer()).toMatchObject({ text: 'done' })
})

test('a process that only sends opens no connection, and posts', async () => {
  const { platform } = await start(false)
  await platform.post(GENERAL, { parts: [{ type: 'text', text: 'Hello.' }] }, '1')
  expect(slack.messages()).toHaveLength(1)
  expect(slack.socket.connections).toBe(0)
  expect(platform.connection?.()).toEqual({ well: true, words: 'sends only' })
})

test('writes to one person directly', async () => {
  const { platform } = await start(false)
  await platform.tell?.('T0FACELAW', 'U0MEMBER', { parts: [{ type: 'text', text: 'For you alone.' }] })
  expect(slack.messages('D0MEMBER').map(({ text }) => text)).toEqual(['For you alone.'])
  expect(slack.messages('C0GENERAL')).toEqual([])
})

test('tells how it stands with the connection', async () => {
  const { platform } = await start(true)
  expect(platform.connection?.()).toEqual({ well: true, words: 'receives commands' })
  slack.socket.silent = true
  slack.socket.drop()
  await slack.waitFor(() => platform.connection?.().well === false || undefined)
  expect(platform.connection?.().words).toMatch(/no connection/)
})
