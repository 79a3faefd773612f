import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { textMessage } from '../../../src/chat/message.js'
import type { ChannelChange } from '../../../src/chat/platform.js'
import { PERMISSIONS } from '../../fakes/discord/state.js'
import { type Rig, startRig, stopRig } from './harness.js'

let rig: Rig

beforeEach(async () => {
  rig = await startRig()
  await told('channel-back', rig.fake.channel.id)
  rig.handler.changes.length = 0
})

afterEach(async () => {
  await stopRig(rig)
  expect(rig.fake.violations).toEqual([])
})

function told(type: ChannelChange['type'], id: string): Promise<ChannelChange> {
  return rig.fake.waitFor(() =>
    rig.handler.changes.find(
      (change) => change.type === type && ('channel' in change ? change.channel.channelId : change.workspaceId) === id
    )
  )
}

function refOf(channelId: string) {
  return { workspaceId: rig.fake.guild.id, channelId }
}

test('a renamed channel', async () => {
  rig.fake.renameChannel(rig.fake.channel, 'surveillance')
  await told('channel-renamed', rig.fake.channel.id)
  expect(rig.handler.changes).toEqual([
    { type: 'channel-renamed', platform: 'discord', channel: refOf(rig.fake.channel.id), name: 'surveillance' }
  ])
})

test('a deleted channel', async () => {
  rig.fake.deleteChannel(rig.fake.channel)
  expect(await told('channel-gone', rig.fake.channel.id)).toMatchObject({ reason: 'The channel was deleted.' })
})

test('a lost permission is named, and its return is told', async () => {
  rig.fake.denyBot(rig.fake.channel, PERMISSIONS.SEND_MESSAGES | PERMISSIONS.EMBED_LINKS)
  const gone = await told('channel-gone', rig.fake.channel.id)
  expect('reason' in gone && gone.reason).toMatch('Send Messages, Embed Links')
  rig.fake.denyBot(rig.fake.channel, 0n)
  await told('channel-back', rig.fake.channel.id)
  expect(rig.handler.changes.map((change) => change.type)).toEqual(['channel-gone', 'channel-back'])
})

test('an archived thread opens by itself, a locked one is gone until it is unlocked', async () => {
  const parent = await rig.platform.post(refOf(rig.fake.channel.id), textMessage('Story'), 'd1')
  await rig.platform.post(refOf(rig.fake.channel.id), textMessage('More'), 'd2', { thread: parent })
  const thread = rig.fake.state.channel(parent.messageId)!
  rig.fake.setThread(thread, { archived: true, locked: false })
  rig.fake.setThread(thread, { archived: true, locked: true })
  await told('channel-gone', thread.id)
  rig.fake.setThread(thread, { archived: false, locked: false })
  await told('channel-back', thread.id)
  rig.fake.deleteChannel(thread)
  await rig.fake.waitFor(() => rig.handler.changes.length === 3)
  expect(rig.handler.changes.map((change) => change.type)).toEqual(['channel-gone', 'channel-back', 'channel-gone'])
})

test('a removed bot, but not an outage', async () => {
  rig.fake.removeGuild(rig.fake.guild, true)
  const other = rig.fake.addGuild('Elsewhere')
  await told('channel-back', other.channels[0]!.id)
  rig.fake.removeGuild(other)
  await told('workspace-gone', other.id)
  expect(rig.handler.changes.map((change) => change.type)).toEqual(['channel-back', 'workspace-gone'])
})

test('a core that fails to note a change does not stop the next one', async () => {
  let failed = false
  rig.handler.onChange = () => {
    rig.fake.state.changed()
    if (failed) return
    failed = true
    throw new Error('database gone')
  }
  rig.fake.renameChannel(rig.fake.channel, 'one')
  rig.fake.renameChannel(rig.fake.channel, 'two')
  await rig.fake.waitFor(() => rig.handler.changes.length === 2)
  expect(rig.log.some((line) => line.includes('could not be noted'))).toBe(true)
})
