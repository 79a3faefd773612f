import { createHash } from 'node:crypto'
import type { Message } from '../chat/message.js'
import type { ChatPlatform, MessageRef } from '../chat/platform.js'
import type { ClaimedDelivery, Delivery, HoldReason } from '../model/delivery.js'
import type { Story } from '../model/story.js'
import type { AlertSettings, Channel } from '../model/subscription.js'
import type { Store } from '../store/store.js'
import { alertMessage, foldedMessage } from './alert-message.js'
import { CAP_WINDOW_MS, capEnd, isUrgent, quietEnd, SOURCE_WAIT_MINUTES } from './calm.js'
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

/** Turns deliveries into messages by their channel's settings: now, later, folded, or not at all any more. */
export class Composer {
  constructor(private readonly options: ComposerOptions) {}

  async decide({ delivery, channel }: ClaimedDelivery, platform: ChatPlatform): Promise<Decision> {
    const { store } = this.options
    if (delivery.storyId === null) return this.scheduled(delivery)
    const [story, settings] = await Promise.all([
      store.stories.find(delivery.storyId),
      store.channels.alertSettings(channel.id)
    ])
    if (!story) return { do: 'fail', why: 'its story is no longer in the store' }
    // An earlier try may have arrived: that is made sure of, whatever the settings say now.
    if (!delivery.uncertain) {
      const waiting = (await this.unwanted(story, channel)) ?? (await this.wait(delivery, story, settings))
      if (waiting) return waiting
    }
    return delivery.kind === 'alert' ? this.alert(delivery, channel, story, settings) : this.change(delivery, platform)
  }

  /** The alert as it would be shown, and the digest by which two of them are told apart; the age does not count. */
  async render(
    delivery: Delivery,
    channel: Channel,
    story: Story,
    now: Date,
    settings: AlertSettings
  ): Promise<{ message: Message; shown: string }> {
    const { store, names } = this.options
    const sources = await store.stories.sources(story.id, channel.workspaceId)
    const view = { sources, style: settings.style, late: delivery.late }
    const ageless = alertMessage(story, names, story.published, view)
    return { message: alertMessage(story, names, now, view), shown: digestOf(ageless) }
  }

  private scheduled(delivery: Delivery): Decision {
    return delivery.message
      ? { do: 'send', message: delivery.message }
      : { do: 'fail', why: 'it has neither a message nor a story' }
  }

  private async unwanted(story: Story, channel: Channel): Promise<Decision | null> {
    const unwanted = await this.options.store.stories.unwanted(story.id, channel.workspaceId)
    return unwanted && { do: 'drop', why: UNWANTED[unwanted] }
  }

  private async wait(delivery: Delivery, story: Story, settings: AlertSettings): Promise<Decision | null> {
    const now = this.options.now()
    const quiet = quietEnd(settings.quiet, now)
    if (quiet && !(settings.urgent && isUrgent(story))) return { do: 'hold', until: quiet, reason: 'quiet' }
    if (delivery.kind !== 'alert') return null
    const second = await this.secondSource(delivery, story, settings)
    if (second && second > now) return { do: 'hold', until: second, reason: 'source' }
    if (settings.cap === 0) return null
    const sent = await this.options.store.deliveries.sentSince(
      delivery.channelId,
      new Date(now.getTime() - CAP_WINDOW_MS)
    )
    const free = capEnd(settings.cap, sent, now)
    return free && { do: 'hold', until: free, reason: 'cap' }
  }

  private async secondSource(delivery: Delivery, story: Story, settings: AlertSettings): Promise<Date | null> {
    if (settings.singleSource === 'label') return null
    const { store } = this.options
    const place = await store.channels.find(delivery.channelId)
    const sources = await store.stories.sources(story.id, place?.workspace.id ?? 0)
    if (confidenceOf(sources) !== 'single') return null
    return new Date(delivery.createdAt.getTime() + SOURCE_WAIT_MINUTES * 60_000)
  }

  private async alert(delivery: Delivery, channel: Channel, story: Story, settings: AlertSettings): Promise<Decision> {
    const { store, names, owner, now } = this.options
    if (delivery.heldFor === 'cap') {
      const told = await store.deliveries.fold(delivery.id, owner)
      const stories = await Promise.all(told.map((storyId) => store.stories.find(storyId)))
      const found = stories.filter((one) => one !== null)
      if (found.length > 1) return { do: 'send', message: foldedMessage(found, names, now()) }
    }
    return { do: 'send', ...(await this.render(delivery, channel, story, now(), settings)) }
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

function digestOf(message: Message): string {
  return createHash('sha256').update(JSON.stringify(message)).digest('base64url')
}
