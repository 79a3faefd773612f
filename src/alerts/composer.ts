import { createHash } from 'node:crypto'
import type { Message } from '../chat/message.js'
import type { ChatPlatform, MessageRef } from '../chat/platform.js'
import type { ClaimedDelivery, Delivery, HoldReason } from '../model/delivery.js'
import type { Source, Story } from '../model/story.js'
import type { AlertSettings, Channel } from '../model/subscription.js'
import type { DeliveryContext } from '../store/outbox/delivery-context.js'
import type { Store } from '../store/store.js'
import { type AlertView, alertMessage, foldedMessage, LIST_LENGTH } from './alert-message.js'
import { CAP_WINDOW_MS, capEnd, isUrgent, quietEnd, RUSH_STORIES, SOURCE_WAIT_MINUTES } from './calm.js'
import { confidenceOf } from './confidence.js'
import type { Names } from './names.js'

export interface ComposerOptions {
  store: Store
  names: Names
  owner: string
  now: () => Date
}

/** What is to be done with a delivery at the head of its line. */
export type Decision =
  | { do: 'send'; message: Message; thread?: MessageRef; shown?: string }
  | { do: 'hold'; until: Date; reason: HoldReason }
  | { do: 'drop'; why: string }
  | { do: 'fail'; why: string }

const UNWANTED = {
  silenced: 'three people here said that the story is not relevant',
  merged: 'its story was put together with another that is told here'
}

/** An alert as it would be shown, and the digest by which two of them are told apart; the age does not count. */
interface Rendered {
  message: Message
  shown: string
}

/** Deliveries that were claimed together, with all that they are worded from, and what was rendered already. */
export interface Batch {
  context: DeliveryContext
  /** By the sources that a channel may see, then by what its settings make of them. */
  rendered: Map<readonly Source[], Map<string, Rendered>>
}

/** Turns deliveries into messages by their channel's settings: now, later, folded, or not at all any more. */
export class Composer {
  constructor(private readonly options: ComposerOptions) {}

  /** Reads what a batch is worded from. After the claim: what a story gains from then on is owed as an edit. */
  async prepare(claims: ClaimedDelivery[]): Promise<Batch> {
    const { store, now } = this.options
    const capSince = new Date(now().getTime() - CAP_WINDOW_MS)
    return { context: await store.deliveries.context(claims, capSince), rendered: new Map() }
  }

  async decide(claim: ClaimedDelivery, platform: ChatPlatform, batch: Batch): Promise<Decision> {
    const { delivery, channel } = claim
    if (delivery.storyId === null) return this.scheduled(delivery)
    const story = batch.context.stories.get(delivery.storyId)
    const settings = batch.context.settings.get(channel.id)
    if (!story || !settings) return { do: 'fail', why: 'its story is no longer in the store' }
    // An earlier try may have arrived: that is made sure of, whatever the settings say now.
    if (!delivery.uncertain) {
      const waiting = unwanted(story, channel, batch.context) ?? this.wait(delivery, channel, story, batch.context)
      if (waiting) return waiting
    }
    if (delivery.kind !== 'alert') return this.change(delivery, platform)
    return (await this.list(claim, batch.context)) ?? this.alert(delivery, channel, story, batch)
  }

  /** The alert as it would be shown now. */
  async render(
    delivery: Delivery,
    channel: Channel,
    story: Story,
    now: Date,
    settings: AlertSettings
  ): Promise<Rendered> {
    const sources = await this.options.store.stories.sources(story.id, channel.workspaceId)
    return this.rendered(story, { sources, style: settings.style, late: delivery.late }, now)
  }

  private rendered(story: Story, view: AlertView, now: Date): Rendered {
    const { names } = this.options
    const ageless = alertMessage(story, names, story.published, view)
    return { message: alertMessage(story, names, now, view), shown: digestOf(ageless) }
  }

  private scheduled(delivery: Delivery): Decision {
    return delivery.message
      ? { do: 'send', message: delivery.message }
      : { do: 'fail', why: 'it has neither a message nor a story' }
  }

  private wait(delivery: Delivery, channel: Channel, story: Story, context: DeliveryContext): Decision | null {
    const now = this.options.now()
    const settings = context.settings.get(channel.id)!
    const passes = settings.urgent && isUrgent(story)
    const quiet = quietEnd(settings.quiet, now)
    if (quiet && !passes) return { do: 'hold', until: quiet, reason: 'quiet' }
    if (delivery.kind !== 'alert') return null
    const alone = settings.singleSource === 'wait' && confidenceOf(context.sources(story.id, channel.workspaceId))
    const second = new Date(delivery.createdAt.getTime() + SOURCE_WAIT_MINUTES * 60_000)
    if (alone === 'single' && second > now) return { do: 'hold', until: second, reason: 'source' }
    if (!settings.cap || passes) return null
    const free = capEnd(settings.cap, context.sent.get(channel.id) ?? [], now)
    return free && { do: 'hold', until: free, reason: 'cap' }
  }

  /** Channels that would see the same share one message. */
  private alert(delivery: Delivery, channel: Channel, story: Story, { context, rendered }: Batch): Decision {
    const sources = context.sources(story.id, channel.workspaceId)
    const look = { style: context.settings.get(channel.id)!.style, late: delivery.late }
    const same = rendered.get(sources) ?? new Map<string, Rendered>()
    rendered.set(sources, same)
    const key = JSON.stringify(look)
    const known = same.get(key) ?? this.rendered(story, { sources, ...look }, this.options.now())
    same.set(key, known)
    return { do: 'send', ...known }
  }

  /** This and what else the cap kept waiting, or what a rush has put into the line, in one message; null: it stands alone. */
  private async list(claim: ClaimedDelivery, context: DeliveryContext): Promise<Decision | null> {
    const { delivery, channel } = claim
    const settings = context.settings.get(channel.id)!
    const most = this.mostFolded(claim, settings, context.sent.get(channel.id) ?? [])
    // What an earlier try had folded is told again as it was.
    if (most === 0 && delivery.attempts === 0) return null
    const { store, names, owner, now } = this.options
    const held = settings.singleSource === 'wait'
    const told = await store.deliveries.fold(delivery.id, owner, { most, held })
    const stories = await Promise.all(told.map((storyId) => store.stories.find(storyId)))
    const found = stories.filter((one) => one !== null)
    return found.length > 1 ? { do: 'send', message: foldedMessage(found, names, now()) } : null
  }

  /** How many alerts of the line this one may take in. In quiet hours none: who passes them does so alone. */
  private mostFolded({ delivery, more }: ClaimedDelivery, settings: AlertSettings, sent: readonly Date[]): number {
    if (!more || quietEnd(settings.quiet, this.options.now())) return 0
    if (delivery.heldFor === 'cap') return Number.MAX_SAFE_INTEGER
    if (settings.cap !== null) return 0
    return sent.length < RUSH_STORIES ? 0 : LIST_LENGTH - 1
  }

  /** A reply in the thread of the alert that it carries on, or a message of its own that links it. */
  private async change(delivery: Delivery, platform: ChatPlatform): Promise<Decision> {
    const message = delivery.message
    if (!message) return { do: 'fail', why: 'it tells of a change and has no message' }
    const ref = await this.refOf(delivery.parentId)
    if (ref === null) return { do: 'send', message }
    if (delivery.inThread) return { do: 'send', message, thread: ref }
    const link = platform.permalink?.(ref)
    if (!link) return { do: 'send', message }
    const first = { type: 'context' as const, text: [{ text: 'The first alert', link }] }
    return { do: 'send', message: { ...message, parts: [...message.parts, first] } }
  }

  /** Where a delivery stands: its own message, or the list that it was folded into. */
  private async refOf(id: string | null): Promise<MessageRef | null> {
    const delivery = id === null ? null : await this.options.store.deliveries.find(id)
    if (!delivery?.foldedInto) return delivery?.ref ?? null
    return (await this.options.store.deliveries.find(delivery.foldedInto))?.ref ?? null
  }
}

function unwanted(story: Story, channel: Channel, context: DeliveryContext): Decision | null {
  const why = context.unwanted(story.id, channel.workspaceId)
  return why && { do: 'drop', why: UNWANTED[why] }
}

function digestOf(message: Message): string {
  return createHash('sha256').update(JSON.stringify(message)).digest('base64url')
}
