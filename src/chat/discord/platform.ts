import { setTimeout as sleep } from 'node:timers/promises'
import { Events, REST } from 'discord.js'
import type { Logger } from '../../log.js'
import type { Command } from '../command.js'
import type { Message } from '../message.js'
import type { ChannelRef, ChatPlatform, CommandHandler, DeliveryId, MessageRef, PostOptions } from '../platform.js'
import { restAddress } from './address.js'
import { Answers } from './answers.js'
import { Changes } from './changes.js'
import { applicationCommand } from './commands.js'
import { describeError } from './errors.js'
import { Gateway } from './gateway.js'
import { Posts } from './posts.js'
import { type Memory, registerCommands } from './registration.js'
import { Requests } from './requests.js'

/** Discord allows 50 requests a second (https://docs.discord.com/developers/topics/rate-limits); the rest is for answers. */
const POSTS_PER_SECOND = 40
/** Shorter rate limits are waited out, longer ones go back to the outbox, which lets other channels pass. */
const PATIENCE_MS = 1000
/** Less than the sender's REQUEST_SECONDS: what took longer may or may not have arrived. */
const REQUEST_MS = 10_000
const READY_TIMEOUT_MS = 60_000
/** `stop` waits so long for answers and posts that are in hand. */
const FINISH_MS = 2500

export interface DiscordSettings {
  /** The bot's token. */
  token: string
  /** A test server instead of Discord: `http://127.0.0.1:PORT`, `…/api` or `…/api/v10`. */
  apiUrl?: string
  /** How long `start` waits for the gateway, in milliseconds. */
  readyTimeoutMs?: number
}

/** Discord as a chat platform. `memory` keeps what was registered over restarts. */
export function createDiscordPlatform(
  settings: DiscordSettings,
  commands: Command[],
  memory: Memory,
  logger: Logger
): ChatPlatform {
  return new DiscordPlatform(settings, commands, memory, logger)
}

class DiscordPlatform implements ChatPlatform {
  readonly name = 'discord'
  private readonly gateway: Gateway
  /** The outbox's own way to Discord: it repeats nothing by itself and does not wait long. */
  private readonly postRest: REST
  private readonly posts: Posts
  private readonly definition: ReturnType<typeof applicationCommand>
  private readonly inHand = new Set<Promise<unknown>>()
  private changes: Changes | null = null
  private stopping = false

  constructor(
    private readonly settings: DiscordSettings,
    private readonly commands: Command[],
    private readonly memory: Memory,
    private readonly logger: Logger
  ) {
    const api = restAddress(settings.apiUrl)
    this.definition = applicationCommand(commands)
    this.gateway = new Gateway(api, logger)
    const { client } = this.gateway
    this.postRest = new REST({
      api,
      version: '10',
      retries: 0,
      timeout: REQUEST_MS,
      globalRequestsPerSecond: POSTS_PER_SECOND,
      rejectOnRateLimit: (limit) => Math.max(limit.timeToReset, limit.retryAfter, limit.sublimitTimeout) > PATIENCE_MS
    }).setToken(settings.token.trim())
    const known = {
      botId: () => client.user?.id ?? null,
      isThread: (id: string) => client.channels.cache.get(id)?.isThread() ?? false
    }
    this.posts = new Posts(this.postRest, known, logger)
  }

  async start(handler: CommandHandler): Promise<void> {
    const { client } = this.gateway
    const requests = new Requests(handler, this.commands, new Answers(client.rest, this.logger))
    client.on(Events.InteractionCreate, (interaction) => {
      if (!this.stopping) void this.keep(requests.take(interaction)).catch((error) => this.failed(error))
    })
    await this.gateway.connect(this.settings.token.trim(), this.settings.readyTimeoutMs ?? READY_TIMEOUT_MS)
    this.changes = new Changes(handler, this.logger)
    this.changes.watch(client)
    for (const guild of client.guilds.cache.values()) this.changes.welcome(guild)
    // A bot's application has its user's id, but for bots made before 2016.
    await this.register(client.application?.id ?? client.user!.id)
  }

  post(channel: ChannelRef, message: Message, delivery: DeliveryId, options?: PostOptions): Promise<MessageRef> {
    return this.keep(this.posts.post(channel, message, delivery, options))
  }

  edit(ref: MessageRef, message: Message): Promise<void> {
    return this.keep(this.posts.edit(ref, message))
  }

  permalink({ workspaceId, channelId, messageId }: MessageRef): string {
    return `https://discord.com/channels/${workspaceId}/${channelId}/${messageId}`
  }

  async stop(): Promise<void> {
    this.stopping = true
    const timer = new AbortController()
    const giveUp = sleep(FINISH_MS, undefined, { signal: timer.signal }).catch(() => undefined)
    await Promise.race([Promise.allSettled([...this.inHand, this.changes?.settled()]), giveUp])
    timer.abort()
    this.postRest.clearHashSweeper()
    this.postRest.clearHandlerSweeper()
    await this.gateway.close()
  }

  /** Alerts go out without commands too: a failure is for the log, and the next start tries again. */
  private async register(applicationId: string): Promise<void> {
    try {
      const registered = await registerCommands(this.gateway.client.rest, applicationId, [this.definition], this.memory)
      if (registered) this.logger.info({ commands: this.commands.length }, 'discord: commands registered')
    } catch (error) {
      this.logger.error(
        { error: describeError(error) },
        'discord: the commands could not be registered; alerts go on, the next start tries again'
      )
    }
  }

  private keep<Result>(work: Promise<Result>): Promise<Result> {
    this.inHand.add(work)
    const forget = () => this.inHand.delete(work)
    work.then(forget, forget)
    return work
  }

  private failed(error: unknown): void {
    this.logger.error({ error: describeError(error) }, 'discord: a request failed')
  }
}
