import type { WebClient } from '@slack/web-api'
import type { Logger } from '../../log.js'
import {
  type ChannelRef,
  type DeliveryId,
  Gone,
  type MessageRef,
  type PostOptions,
  RetryLater,
  UnknownOutcome
} from '../platform.js'
import { contractError, errorCode } from './errors.js'

/** Marks our messages (docs.slack.dev/messaging/message-metadata): the payload holds the outbox's id of the delivery. */
export const DELIVERY_EVENT = 'facelaw_delivery'

/** Messages a page, and pages, that are looked through at most. */
const PAGE_SIZE = 200
const PAGES = 10
/** Slack's clock and ours may differ by this much. */
const CLOCK_SECONDS = 300

interface HistoryMessage {
  ts?: string
  bot_id?: string
  metadata?: { event_type?: string; event_payload?: Record<string, unknown> }
}

/** The metadata that `findDelivery` looks for. */
export function deliveryMetadata(delivery: DeliveryId): { event_type: string; event_payload: { delivery: string } } {
  return { event_type: DELIVERY_EVENT, event_payload: { delivery } }
}

/**
 * Looks in the channel (or the thread) for a delivery that may have arrived. Null: it is not there, or Slack will never
 * let us look (scope missing), which is logged; then posting again is the lesser evil, for a message told twice is better
 * than one lost. Rejects with RetryLater or Gone when looking is possible, only not now.
 */
export async function findDelivery(
  client: WebClient,
  logger: Logger,
  channel: ChannelRef,
  delivery: DeliveryId,
  options: PostOptions & { botId?: string | undefined }
): Promise<MessageRef | null> {
  const oldest = options.owedSince && String(Math.floor(options.owedSince.getTime() / 1000) - CLOCK_SECONDS)
  let cursor: string | undefined
  for (let page = 0; page < PAGES; page++) {
    const found = await readPage(client, channel, options.thread, { oldest, cursor }).catch((error: unknown) =>
      cannotLook(error, channel, delivery, logger)
    )
    if (!found) return null
    const ours = found.messages.find((message) => isDelivery(message, delivery, options.botId))
    if (ours?.ts) return { ...channel, messageId: ours.ts }
    if (!found.next) return null
    cursor = found.next
  }
  logger.warn(
    { channel: channel.channelId, delivery },
    `not among the last ${PAGES * PAGE_SIZE} messages; posting again`
  )
  return null
}

async function readPage(
  client: WebClient,
  channel: ChannelRef,
  thread: MessageRef | undefined,
  window: { oldest: string | undefined; cursor: string | undefined }
): Promise<{ messages: HistoryMessage[]; next: string | undefined }> {
  const query = {
    channel: channel.channelId,
    include_all_metadata: true,
    limit: PAGE_SIZE,
    ...(window.oldest && { oldest: window.oldest }),
    ...(window.cursor && { cursor: window.cursor })
  }
  const answer = thread
    ? await client.conversations.replies({ ...query, ts: thread.messageId })
    : await client.conversations.history(query)
  return {
    messages: (answer.messages ?? []) as HistoryMessage[],
    next: answer.response_metadata?.next_cursor || undefined
  }
}

/** Another app could copy our mark: a message that says it is another bot's does not count. */
function isDelivery(message: HistoryMessage, delivery: DeliveryId, botId: string | undefined): boolean {
  if (botId && message.bot_id && message.bot_id !== botId) return false
  return message.metadata?.event_type === DELIVERY_EVENT && message.metadata.event_payload?.delivery === delivery
}

/** Nothing is posted by a look, so that an unknown outcome of it only means: look again. */
function cannotLook(failure: unknown, channel: ChannelRef, delivery: DeliveryId, logger: Logger): null {
  const error = contractError(failure, 'reading the channel')
  if (error instanceof UnknownOutcome) throw new RetryLater(error.message, 30, 'channel')
  // Out of the channel now does not mean that it was never posted there.
  const comesBack = error instanceof RetryLater || (error instanceof Gone && errorCode(failure) !== 'missing_scope')
  if (comesBack) throw error
  logger.warn(
    { channel: channel.channelId, delivery, reason: error.message },
    'cannot look whether this delivery arrived; posting it again'
  )
  return null
}
