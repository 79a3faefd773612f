import { createHash } from 'node:crypto'
import {
  type APIDMChannel,
  type APIMessage,
  DiscordAPIError,
  type REST,
  RESTJSONErrorCodes,
  type RESTPatchAPIChannelMessageJSONBody,
  type RESTPostAPIChannelMessageJSONBody,
  type RESTPostAPIChannelMessagesThreadsJSONBody,
  type RESTPostAPICurrentUserCreateDMChannelJSONBody,
  Routes
} from 'discord.js'
import type { Logger } from '../../log.js'
import type { Message } from '../message.js'
import type { Pace } from '../pace.js'
import { type ChannelRef, type DeliveryId, type MessageRef, type PostOptions, takenOver } from '../platform.js'
import { describeError, TOKEN_REFUSED_SECONDS, toDeliveryError, tokenRefused } from './errors.js'
import { cleanLine, shorten } from './markdown.js'
import { type MessagePayload, renderMessage } from './render.js'
import { sameMessage } from './same-message.js'

/** https://docs.discord.com/developers/resources/message#create-message */
const NONCE_LENGTH = 25
const RECENT_MESSAGES = 50
/** https://docs.discord.com/developers/resources/channel#start-thread-from-message */
const THREAD_NAME_LENGTH = 100
const THREAD_ARCHIVE_MINUTES = 4320

/** What a post needs to know of the server it goes to, from what the gateway told. */
export interface KnownChannels {
  botId(): string | null
  isThread(channelId: string): boolean
}

/** Sends and edits channels' messages for the outbox. `rest` must neither repeat by itself nor wait long. */
export class Posts {
  /** After a refused token nothing is sent before this moment (performance.now). */
  private refusedUntil = 0
  /** An alert that goes to many channels is rendered once. */
  private readonly rendered = new WeakMap<Message, MessagePayload>()

  constructor(
    private readonly rest: REST,
    private readonly pace: Pace,
    private readonly known: KnownChannels,
    private readonly logger: Logger
  ) {}

  async post(
    channel: ChannelRef,
    message: Message,
    delivery: DeliveryId,
    options: PostOptions = {}
  ): Promise<MessageRef> {
    const payload = this.render(message)
    return this.guarded(async () => {
      const place = await this.findPlace(channel, message, options.thread)
      const earlier = options.uncertain ? await this.findEarlier(place.channelId, payload) : null
      const sent = earlier ?? (await this.send(place, payload, delivery, options.stillOurs))
      return { workspaceId: channel.workspaceId, channelId: sent.channel_id ?? place.channelId, messageId: sent.id }
    })
  }

  async edit(ref: MessageRef, message: Message): Promise<void> {
    const body: RESTPatchAPIChannelMessageJSONBody = renderMessage(message)
    const route = Routes.channelMessage(ref.channelId, ref.messageId)
    await this.guarded(() => this.pace.pass(() => this.rest.patch(route, { body })))
  }

  /** Opens the direct message with a person and writes there; Discord refuses it where they share no server. */
  async tell(personId: string, message: Message): Promise<void> {
    await this.guarded(async () => {
      const body: RESTPostAPICurrentUserCreateDMChannelJSONBody = { recipient_id: personId }
      const { id } = (await this.pace.pass(() => this.rest.post(Routes.userChannels(), { body }))) as APIDMChannel
      await this.pace.pass(() => this.rest.post(Routes.channelMessages(id), { body: this.render(message) }))
    })
  }

  private render(message: Message): MessagePayload {
    const payload = this.rendered.get(message) ?? renderMessage(message)
    this.rendered.set(message, payload)
    return payload
  }

  /** After a 401 nothing is sent for a while: ten thousand refused requests in ten minutes would shut out the whole address. */
  private async guarded<Result>(request: () => Promise<Result>): Promise<Result> {
    if (performance.now() < this.refusedUntil) throw tokenRefused()
    try {
      return await request()
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status === 401)
        this.refusedUntil = performance.now() + TOKEN_REFUSED_SECONDS * 1000
      throw toDeliveryError(error)
    }
  }

  /** Whether the delivery is still ours is asked when its turn has come, which may be seconds later. */
  private async send(
    place: Place,
    payload: MessagePayload,
    delivery: DeliveryId,
    stillOurs: PostOptions['stillOurs']
  ): Promise<APIMessage> {
    const body: RESTPostAPIChannelMessageJSONBody = { ...payload, nonce: nonceOf(delivery), enforce_nonce: true }
    if (place.replyTo) body.message_reference = { message_id: place.replyTo, fail_if_not_exists: false }
    return await this.pace.pass(async () => {
      if (stillOurs?.() === false) throw takenOver()
      return (await this.rest.post(Routes.channelMessages(place.channelId), { body })) as APIMessage
    })
  }

  /** A thread that begins at a message has that message's id. Where none can be begun, the post is a plain reply. */
  private async findPlace(channel: ChannelRef, message: Message, thread: MessageRef | undefined): Promise<Place> {
    if (!thread) return { channelId: channel.channelId }
    if (this.known.isThread(thread.channelId)) return { channelId: thread.channelId, replyTo: thread.messageId }
    if (this.known.isThread(thread.messageId)) return { channelId: thread.messageId }
    const body: RESTPostAPIChannelMessagesThreadsJSONBody = {
      name: shorten(cleanLine(message.title?.text ?? '') || 'Follow-up', THREAD_NAME_LENGTH),
      auto_archive_duration: THREAD_ARCHIVE_MINUTES
    }
    try {
      await this.pace.pass(() => this.rest.post(Routes.threads(thread.channelId, thread.messageId), { body }))
    } catch (error) {
      if (!(error instanceof DiscordAPIError) || error.status === 401) throw error
      if (error.code !== RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage) {
        this.logger.warn({ error: describeError(error) }, 'discord: no thread could be begun, posting a reply instead')
        return { channelId: thread.channelId, replyTo: thread.messageId }
      }
    }
    return { channelId: thread.messageId }
  }

  /**
   * The nonce holds for a few minutes only, and Discord tells it to nobody who reads the channel later. So an earlier
   * try is known by what it says. Needs Read Message History; without it the nonce alone must do.
   */
  private async findEarlier(channelId: string, payload: MessagePayload): Promise<APIMessage | null> {
    const botId = this.known.botId()
    if (!botId) return null
    const query = new URLSearchParams({ limit: String(RECENT_MESSAGES) })
    try {
      const read = () => this.rest.get(Routes.channelMessages(channelId), { query })
      const recent = (await this.pace.pass(read)) as APIMessage[] | null
      return recent?.find((message) => message.author.id === botId && sameMessage(message, payload)) ?? null
    } catch (error) {
      if (!(error instanceof DiscordAPIError) || error.status === 401) throw error
      this.logger.warn({ error: describeError(error) }, 'discord: cannot read back the channel, trusting the nonce')
      return null
    }
  }
}

interface Place {
  channelId: string
  /** The message that this one answers. */
  replyTo?: string
}

/** Discord keeps a second message with the same nonce from being made, for a few minutes. */
export function nonceOf(delivery: DeliveryId): string {
  if (delivery.length <= NONCE_LENGTH) return delivery
  return createHash('sha256').update(delivery).digest('base64url').slice(0, NONCE_LENGTH)
}
