import { App, type HTTPReceiver, SocketModeReceiver } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import type { Logger } from '../../log.js'
import type { Message } from '../message.js'
import type {
  ChannelRef,
  ChatPlatform,
  CommandHandler,
  ConnectionState,
  DeliveryId,
  HttpRoute,
  MessageRef,
  PostOptions,
  StartOptions
} from '../platform.js'
import { takenOver } from '../platform.js'
import { Answerer } from './answers.js'
import { clientOptions, createWebClient } from './client.js'
import { deliveryMetadata, findDelivery } from './deliveries.js'
import { contractError, errorCode, startError } from './errors.js'
import { listenToChanges } from './events.js'
import { MESSAGE_LENGTH } from './fit.js'
import { httpRoute } from './http.js'
import { InHand } from './in-hand.js'
import { boltLogger } from './log.js'
import { Members } from './members.js'
import { type Rendered, render } from './render.js'
import { SharedRepeats, type SharedRequests } from './repeats.js'
import { envelope, listen, type RequestServices } from './requests.js'
import { checkSettings, type SlackSettings } from './settings.js'
import { listenToShortcuts } from './shortcuts.js'
import { Socket } from './socket.js'

/** What `stop` grants the answers and posts that are under way, in milliseconds. */
const FINISH_MILLISECONDS = 1500

/**
 * Slack by Socket Mode when there is an app token, else by signed HTTP through `routes`. Calls nobody until `start`.
 * `asked` is what several processes of one bot know together.
 */
export function createSlackPlatform(settings: SlackSettings, logger: Logger, asked?: SharedRequests): ChatPlatform {
  checkSettings(settings)
  return new SlackPlatform(settings, logger, asked)
}

class SlackPlatform implements ChatPlatform {
  readonly name = 'slack'
  readonly routes: HttpRoute[] = []
  private readonly stopping = new AbortController()
  private readonly client: WebClient
  private readonly inHand = new InHand()
  /** An alert that goes to many channels is rendered once. */
  private readonly rendered = new WeakMap<Message, Rendered>()
  private socket: Socket | null = null
  private handler: CommandHandler | null = null
  private started = false
  /** Who we are, as auth.test says. */
  private bot: { botId?: string; botUserId?: string } = {}
  /** The workspace's own address, as auth.test says. */
  private address: string | null = null

  constructor(
    settings: SlackSettings,
    private readonly logger: Logger,
    asked: SharedRequests | undefined
  ) {
    const bolt = boltLogger(logger)
    this.client = createWebClient(settings, bolt, this.stopping.signal)
    const receiver = this.createReceiver(settings)
    const app = new App({
      receiver,
      logger: bolt,
      convoStore: false,
      clientOptions: clientOptions(settings, bolt, this.stopping.signal),
      authorize: async () => ({ botToken: settings.botToken, ...this.bot })
    })
    app.error(async (error) => logger.error({ reason: error.message }, 'a request from Slack could not be worked on'))
    const requests: RequestServices = {
      handler: () => this.startedHandler(),
      members: new Members(this.client, logger),
      answerer: new Answerer(this.client, logger),
      repeats: new SharedRepeats(asked, logger),
      logger,
      inHand: (work) => this.inHand.add(work)
    }
    listen(app, requests)
    listenToShortcuts(app, requests)
    listenToChanges(
      app,
      () => this.bot.botUserId,
      (change) => this.inHand.add(this.startedHandler().changed(change))
    )
  }

  async start(handler: CommandHandler, { receive = true }: StartOptions = {}): Promise<void> {
    this.handler = handler
    try {
      const identity = await this.client.auth.test()
      this.bot = {
        ...(identity.bot_id && { botId: identity.bot_id }),
        ...(identity.user_id && { botUserId: identity.user_id })
      }
      this.address = identity.url ?? null
      this.logger.info({ workspace: identity.team, bot: identity.user }, 'Slack knows the bot')
    } catch (error) {
      throw startError(error, 'SLACK_BOT_TOKEN')
    }
    if (receive) await this.socket?.start()
    this.started = true
  }

  connection(): ConnectionState {
    if (!this.started) return { well: false, words: 'is not connected' }
    return this.socket?.connection() ?? { well: true, words: 'sends; commands come over HTTP' }
  }

  async post(
    channel: ChannelRef,
    message: Message,
    delivery: DeliveryId,
    options: PostOptions = {}
  ): Promise<MessageRef> {
    return this.inHand.add(this.postOnce(channel, message, delivery, options))
  }

  /** As chat.getPermalink words it. */
  permalink(ref: MessageRef): string | null {
    return this.address === null
      ? null
      : new URL(`archives/${ref.channelId}/p${ref.messageId.replace('.', '')}`, this.address).href
  }

  async edit(ref: MessageRef, message: Message): Promise<void> {
    await this.inHand.add(this.update(ref, render(message)))
  }

  /** A person's id in the place of a channel's opens the direct message (docs.slack.dev/reference/methods/chat.postMessage). */
  async tell(_workspaceId: string, personId: string, message: Message): Promise<void> {
    await this.inHand.add(
      this.client.chat.postMessage({ channel: personId, unfurl_links: false, unfurl_media: false, ...render(message) })
    )
  }

  async stop(): Promise<void> {
    await this.socket?.stop()
    await this.inHand.finished(FINISH_MILLISECONDS)
    this.stopping.abort()
  }

  private createReceiver(settings: SlackSettings): SocketModeReceiver | HTTPReceiver {
    const bolt = boltLogger(this.logger)
    if (settings.appToken) {
      const stopping = new AbortController()
      const receiver = new SocketModeReceiver({
        appToken: settings.appToken,
        logger: bolt,
        autoReconnectEnabled: false,
        customPropertiesExtractor: envelope,
        installerOptions: { clientOptions: clientOptions(settings, bolt, stopping.signal) }
      })
      this.socket = new Socket(receiver, stopping, this.logger)
      return receiver
    }
    const { route, receiver } = httpRoute(settings.signingSecret ?? '', bolt, () => this.handler !== null)
    this.routes.push(route)
    return receiver
  }

  private startedHandler(): CommandHandler {
    if (!this.handler) throw new Error('A request from Slack came before Facelaw had started; Slack will say so.')
    return this.handler
  }

  private async postOnce(
    channel: ChannelRef,
    message: Message,
    delivery: DeliveryId,
    options: PostOptions
  ): Promise<MessageRef> {
    if (options.uncertain) {
      const look = { ...options, botId: this.bot.botId }
      const arrived = await findDelivery(this.client, this.logger, channel, delivery, look)
      if (arrived) return arrived
    }
    if (options.stillOurs?.() === false) throw takenOver()
    const place = {
      channel: channel.channelId,
      unfurl_links: false,
      unfurl_media: false,
      metadata: deliveryMetadata(delivery),
      ...(options.thread && { thread_ts: options.thread.messageId })
    }
    const whole = this.rendered.get(message) ?? render(message)
    this.rendered.set(message, whole)
    try {
      return { ...channel, messageId: await this.postShortEnough(place, message, whole) }
    } catch (error) {
      throw contractError(error, 'posting a message')
    }
  }

  /** Where Slack draws the line for all blocks together is not documented: when it refuses, half as much is posted. */
  private async postShortEnough(place: { channel: string }, message: Message, whole: Rendered): Promise<string> {
    try {
      return (await this.client.chat.postMessage({ ...place, ...whole })).ts ?? ''
    } catch (error) {
      if (errorCode(error) !== 'msg_blocks_too_long') throw error
      this.logger.warn({ channel: place.channel }, 'Slack found a message too long; posting it shortened')
      return (await this.client.chat.postMessage({ ...place, ...render(message, MESSAGE_LENGTH / 2) })).ts ?? ''
    }
  }

  private async update(ref: MessageRef, rendered: Rendered): Promise<void> {
    try {
      await this.client.chat.update({ channel: ref.channelId, ts: ref.messageId, ...rendered })
    } catch (error) {
      throw contractError(error, 'changing a message')
    }
  }
}
