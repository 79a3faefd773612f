import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type SlackEvent, toChange } from '../../../src/chat/slack/events.js'
import { type Bench, GENERAL, type Mode, startBench } from './harness.js'

const CHANNEL = { platform: 'slack', channel: { workspaceId: 'T1', channelId: 'C1' } }

test.each<[event: SlackEvent, change: object | null]>([
  [
    { type: 'channel_archive', channel: 'C1' },
    { ...CHANNEL, type: 'channel-gone', reason: 'The channel was archived.' }
  ],
  [
    { type: 'group_archive', channel: 'C1' },
    { ...CHANNEL, type: 'channel-gone', reason: 'The channel was archived.' }
  ],
  [
    { type: 'channel_deleted', channel: 'C1' },
    { ...CHANNEL, type: 'channel-gone', reason: 'The channel was deleted.' }
  ],
  [
    { type: 'group_deleted', channel: 'C1' },
    { ...CHANNEL, type: 'channel-gone', reason: 'The channel was deleted.' }
  ],
  [
    { type: 'channel_left', channel: 'C1' },
    { ...CHANNEL, type: 'channel-gone', reason: 'The bot was removed from the channel.' }
  ],
  [
    { type: 'member_left_channel', channel: 'C1', user: 'U0BOT' },
    { ...CHANNEL, type: 'channel-gone', reason: 'The bot was removed from the channel.' }
  ],
  [{ type: 'member_left_channel', channel: 'C1', user: 'U2' }, null],
  [
    { type: 'member_joined_channel', channel: 'C1', user: 'U0BOT' },
    { ...CHANNEL, type: 'channel-back' }
  ],
  [{ type: 'member_joined_channel', channel: 'C1', user: 'U2' }, null],
  [
    { type: 'channel_unarchive', channel: 'C1' },
    { ...CHANNEL, type: 'channel-back' }
  ],
  [
    { type: 'group_unarchive', channel: 'C1' },
    { ...CHANNEL, type: 'channel-back' }
  ],
  [
    { type: 'channel_rename', channel: { id: 'C1', name: 'law' } },
    { ...CHANNEL, type: 'channel-renamed', name: 'law' }
  ],
  [
    { type: 'group_rename', channel: { id: 'C1', name: 'law' } },
    { ...CHANNEL, type: 'channel-renamed', name: 'law' }
  ],
  [
    { type: 'channel_id_changed', old_channel_id: 'C1', new_channel_id: 'C2' },
    { ...CHANNEL, type: 'channel-moved', to: 'C2' }
  ],
  [
    { type: 'app_uninstalled' },
    {
      type: 'workspace-gone',
      platform: 'slack',
      workspaceId: 'T1',
      reason: 'The app was removed from the Slack workspace.'
    }
  ],
  [
    { type: 'tokens_revoked', tokens: { bot: ['U0BOT'] } },
    { type: 'workspace-gone', platform: 'slack', workspaceId: 'T1', reason: "The app's Slack token was revoked." }
  ],
  [{ type: 'tokens_revoked', tokens: {} }, null],
  [{ type: 'channel_created', channel: { id: 'C1' } }, null]
])('%j', (event, change) => {
  expect(toChange(event, 'T1', 'U0BOT')).toEqual(change)
})

describe.each<Mode>(['socket', 'http'])('events by %s', (mode) => {
  let bench: Bench
  beforeEach(async () => {
    bench = await startBench(mode)
  })
  afterEach(() => bench.close())

  test('reach the core', async () => {
    const { slack, handler } = bench
    await slack.event({ type: 'channel_archive', channel: 'C0GENERAL', user: 'U0ADMIN' })
    await slack.event({ type: 'member_left_channel', channel: 'C0GENERAL', user: 'U0BOT', channel_type: 'C' })
    await slack.event({ type: 'app_uninstalled' })
    await slack.waitFor(() => handler.changes[2])
    expect(handler.changes).toMatchObject([
      { type: 'channel-gone', channel: GENERAL, reason: 'The channel was archived.' },
      { type: 'channel-gone', channel: GENERAL },
      { type: 'workspace-gone', workspaceId: 'T0FACELAW' }
    ])
  })
})
