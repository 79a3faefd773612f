import type { Message } from '../chat/message.js'
import type { MessageRef } from '../chat/platform.js'
import type { Channel } from './subscription.js'

/** `folded`: told as a line of another's list; `dropped`: no longer wanted before it was sent. */
export type DeliveryState = 'owed' | 'sent' | 'failed' | 'folded' | 'dropped'

/** Why a delivery waits by the channel's own wish: quiet hours, the cap an hour, a second source. */
export type HoldReason = 'quiet' | 'cap' | 'source'

/** What a later article added to a story, so that it matches a channel that it did not match before. */
export interface LateReason {
  companies: string[]
  jurisdictions: string[]
  outlet: string
}

export interface Delivery {
  id: string
  channelId: number
  /** `story:12`, `digest:2026-11-23T09:00:00.000Z`, `notice:…`: told once a channel, for ever. */
  subject: string
  kind: 'alert' | 'digest' | 'notice'
  storyId: number | null
  /** The message of a digest or notice; an alert is rendered from its story when it is sent. */
  message: Message | null
  state: DeliveryState
  /** How many times a send was begun. More than 0 on a claim: an earlier try may have arrived. */
  attempts: number
  uncertain: boolean
  createdAt: Date
  sentAt: Date | null
  ref: MessageRef | null
  lastError: string | null
  /** The alert whose story this message carries on. */
  parentId: string | null
  /** Said in the parent's thread; else a message of its own that links the parent. */
  inThread: boolean
  late: LateReason | null
  heldUntil: Date | null
  heldFor: HoldReason | null
  foldedInto: string | null
  /** How often the message was changed after it was sent. */
  edits: number
  editedAt: Date | null
  editsEnded: string | null
}

export interface ClaimedDelivery {
  delivery: Delivery
  channel: Channel
  /** Further alerts stand in the channel's line. */
  more: boolean
}
