import { createHash } from 'node:crypto'
import type { Message } from '../chat/message.js'
import type { ChatPlatform, MessageRef } from '../chat/platform.js'
import type { ClaimedDelivery, Delivery, HoldReason } from '../model/delivery.js'
import type { Story } from '../model/story.js'
import type { AlertSettings, Channel } from '../model/subscription.js'
import type { Store } from '../store/store.js'
import { alertMessage, foldedMessage, LIST_LENGTH } from './alert-message.js'
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

/** Turns deliveries into messages by their channel's settings: now, later, folded, or not at all any more. */
export class Composer {
  constructor(private readonly options: ComposerOptions) {}

  async decide({ delivery, channel, more }: ClaimedDelivery, platform: ChatPlatform): Promise<Decision> {
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
    if (delivery.kind !== 'alert') return this.change(delivery, platform)
    return (await this.list(delivery, settings, more)) ?? this.alert(delivery, channel, story, settings)
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
    const passes = settings.urgent && isUrgent(story)
    const quiet = quietEnd(settings.quiet, now)
    if (quiet && !passes) return { do: 'hold', until: quiet, reason: 'quiet' }
    if (delivery.kind !== 'alert') return null
    const second = await this.secondSource(delivery, story, settings)
    if (second && second > now) return { do: 'hold', until: second, reason: 'source' }
    if (!settings.cap || passes) return null
    const free = capEnd(settings.cap, await this.sentLately(delivery), now)
    return free && { do: 'hold', until: free, reason: 'cap' }
  }

  /** When the last hour's alerts of its channel were sent, oldest first. */
  private sentLately({ channelId }: Delivery): Promise<Date[]> {
    const { store, now } = this.options
    return store.deliveries.sentSince(channelId, new Date(now().getTime() - CAP_WINDOW_MS))
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
    return { do: 'send', ...(await this.render(delivery, channel, story, this.options.now(), settings)) }
  }

  /** This and what else the cap kept waiting, or what a rush has put into the line, in one message; null: it stands alone. */
  private async list(delivery: Delivery, settings: AlertSettings, more: boolean): Promise<Decision | null> {
    const most = await this.mostFolded(delivery, settings, more)
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
  private async mostFolded(delivery: Delivery, settings: AlertSettings, more: boolean): Promise<number> {
    if (!more || quietEnd(settings.quiet, this.options.now())) return 0
    if (delivery.heldFor === 'cap') return Number.MAX_SAFE_INTEGER
    if (settings.cap !== null) return 0
    return (await this.sentLately(delivery)).length < RUSH_STORIES ? 0 : LIST_LENGTH - 1
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
