import type { App } from '@slack/bolt'
import type { ChannelChange } from '../platform.js'
import { Repeats } from './repeats.js'

/** An event of Slack's Events API, as far as it is read here (docs.slack.dev/reference/events). */
export interface SlackEvent {
  type: string
  channel?: string | { id: string; name?: string }
  user?: string
  old_channel_id?: string
  new_channel_id?: string
  tokens?: { bot?: string[] }
}

/** Public channels send `channel_…`, private ones the same as `group_…`. */
const EVENTS = /^(?:(?:channel|group)_\w+|member_(?:joined|left)_channel|app_uninstalled|tokens_revoked)$/

/** Tells the core what becomes of channels and of the bot in them. Bolt acknowledges events by itself, before this runs. */
export function listenToChanges(
  app: App,
  botUserId: () => string | undefined,
  changed: (change: ChannelChange) => Promise<void>
): void {
  const repeats = new Repeats()
  app.event(EVENTS, async ({ event, body, context }) => {
    if (repeats.isRepeat([JSON.stringify([body.event_id, body.event_time, event])])) return
    const workspaceId = context.teamId ?? body.team_id
    const change = toChange(event as unknown as SlackEvent, workspaceId, botUserId())
    if (change) await changed(change)
  })
}

/** What an event means for the core; null when it concerns somebody else. */
export function toChange(event: SlackEvent, workspaceId: string, botUserId: string | undefined): ChannelChange | null {
  const platform = 'slack'
  if (event.type === 'app_uninstalled')
    return { type: 'workspace-gone', platform, workspaceId, reason: 'The app was removed from the Slack workspace.' }
  if (event.type === 'tokens_revoked') {
    if (!event.tokens?.bot?.length) return null
    return { type: 'workspace-gone', platform, workspaceId, reason: "The app's Slack token was revoked." }
  }
  if (event.type === 'channel_id_changed') {
    if (!event.old_channel_id || !event.new_channel_id) return null
    const from = { workspaceId, channelId: event.old_channel_id }
    return { type: 'channel-moved', platform, channel: from, to: event.new_channel_id }
  }
  const channelId = typeof event.channel === 'object' ? event.channel.id : event.channel
  if (!channelId) return null
  const channel = { workspaceId, channelId }
  switch (event.type.replace(/^group_/, 'channel_')) {
    case 'channel_archive':
      return { type: 'channel-gone', platform, channel, reason: 'The channel was archived.' }
    case 'channel_deleted':
      return { type: 'channel-gone', platform, channel, reason: 'The channel was deleted.' }
    case 'channel_left':
      return { type: 'channel-gone', platform, channel, reason: 'The bot was removed from the channel.' }
    case 'member_left_channel':
      if (event.user !== botUserId) return null
      return { type: 'channel-gone', platform, channel, reason: 'The bot was removed from the channel.' }
    case 'channel_unarchive':
      return { type: 'channel-back', platform, channel }
    case 'member_joined_channel':
      return event.user === botUserId ? { type: 'channel-back', platform, channel } : null
    case 'channel_rename': {
      const name = typeof event.channel === 'object' ? event.channel.name : undefined
      return name ? { type: 'channel-renamed', platform, channel, name } : null
    }
    default:
      return null
  }
}
