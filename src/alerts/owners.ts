import { type Message, textMessage } from '../chat/message.js'
import type { ChatPlatform } from '../chat/platform.js'
import type { Logger } from '../log.js'
import type { OrphanedChannel } from '../store/owners.js'
import type { Store } from '../store/store.js'

export interface OwnerOptions {
  store: Store
  platforms: readonly ChatPlatform[]
  logger: Logger
}

/** Channels taken up at once. */
const AT_ONCE = 100

/**
 * Tells those who subscribed channels that were since archived, deleted or closed to the bot, in a direct message: one
 * a person, once or never, for such a message must not come twice and is not worth more.
 */
export async function tellOwners({ store, platforms, logger }: OwnerOptions, now: Date): Promise<void> {
  const able = new Map(platforms.flatMap((one) => (one.tell ? [[one.name, one] as const] : [])))
  if (able.size === 0) return
  const untold = await store.owners.takeUntold([...able.keys()], now, AT_ONCE)
  for (const channels of byOwner(untold)) {
    const { platform, workspaceExternalId, personId } = channels[0]!
    try {
      await able.get(platform)?.tell?.(workspaceExternalId, personId, ownerMessage(channels))
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      logger.info({ platform, reason }, 'an owner could not be told that a channel is paused')
    }
  }
}

function byOwner(channels: readonly OrphanedChannel[]): OrphanedChannel[][] {
  const groups = new Map<string, OrphanedChannel[]>()
  for (const channel of channels) {
    const key = JSON.stringify([channel.platform, channel.workspaceExternalId, channel.personId])
    groups.set(key, [...(groups.get(key) ?? []), channel])
  }
  return [...groups.values()]
}

/** What became of the channels, and what to do. */
function ownerMessage(channels: readonly OrphanedChannel[]): Message {
  const message = textMessage('You subscribed what I can no longer post to:')
  const rest =
    'Your subscriptions are kept. When I can post there again, what is owed comes: invite me again, unarchive the channel, or give me the permission that is missing. If it is not wanted any more, there is nothing to do.'
  message.parts.push(
    { type: 'list', items: channels.map(({ channel, reason }) => `${channel}: ${reason}`) },
    { type: 'text', text: rest }
  )
  return message
}
