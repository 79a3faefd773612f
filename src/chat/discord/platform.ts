import { setTimeout as sleep } from 'node:timers/promises'
import { type APIUser, type Client, Events, REST, type RESTPutAPIApplicationCommandsJSONBody, Routes } from 'discord.js'
import type { Logger } from '../../log.js'
import type { Command } from '../command.js'
import type { Message } from '../message.js'
import { Pace } from '../pace.js'
import type {
  ChannelRef,
  ChatPlatform,
  CommandHandler,
  ConnectionState,
  DeliveryId,
  MessageRef,
  PostOptions,
  StartOptions
} from '../platform.js'
import { restAddress } from './address.js'
import { Answers } from './answers.js'
import { Changes } from './changes.js'
import { applicationCommand, messageCommands } from './commands.js'
import { describeError } from './errors.js'
import { aloneOnAll, type ShardLeases } from './leases.js'
import { Posts } from './posts.js'
import { type Memory, registerCommands } from './registration.js'
import { Requests } from './requests.js'
import type { ShardSetting } from './shard-setting.js'
import { Shards } from './shards.js'
import { explainStart } from './start-errors.js'

/** Discord allows a bot 50 requests a second (https://docs.discord.com/developers/topics/rate-limits); answers do not count. */
const REQUESTS_PER_SECOND = 50
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
  /** Requests of the outbox in any second, 50 when left out; a bench takes the limit away. */
  requestsPerSecond?: number
  /** How long `start` waits for each connection, in milliseconds. */
  readyTimeoutMs?: number
  /** How the gateway is split; as Discord advises when left out. */
  shards?: ShardSetting
}

/**
 * Discord as a chat platform. `memory` keeps what was registered over restarts; `leases` share the gateway out among the
 * processes of one bot: without them this one keeps it all.
 */
export function createDiscordPlatform(
  settings: DiscordSettings,
  commands: Command[],
  memory: Memory,
  logger: Logger,
  leases: ShardLeases = aloneOnAll()
): ChatPlatform {
  return new DiscordPlatform(settings, commands, memory, logger, leases)
}

class DiscordPlatform implements ChatPlatform {
  readonly name = 'discord'
  private readonly api: string
  /** For answers, and for what is asked at the start. */
  private readonly rest: REST
  /** The outbox's own way to Discord: it repeats nothing by itself and does not wait long. */
  private readonly postRest: REST
  private readonly posts: Posts
  private readonly pace: Pace
  private readonly definitions: RESTPutAPIApplicationCommandsJSONBody
  private readonly inHand = new Set<Promise<unknown>>()
  private changes: Changes | null = null
  private shards: Shards | null = null
  private botId: string | null = null
  private registered = false
  private started = false
  private stopping = false

  constructor(
    private readonly settings: DiscordSettings,
    private readonly commands: Command[],
    private readonly memory: Memory,
    private readonly logger: Logger,
    private readonly leases: ShardLeases
  ) {
    const api = restAddress(settings.apiUrl)
    this.api = api
    this.rest = new REST({ api, version: '10' })
    this.definitions = [applicationCommand(commands), ...messageCommands(commands)]
    this.postRest = new REST({
      api,
      version: '10',
      retries: 0,
      timeout: REQUEST_MS,
      globalRequestsPerSecond: Number.POSITIVE_INFINITY,
      rejectOnRateLimit: (limit) => Math.max(limit.timeToReset, limit.retryAfter, limit.sublimitTimeout) > PATIENCE_MS
    }).setToken(settings.token.trim())
    const known = {
      botId: () => this.botId,
      isThread: (id: string) => this.clients().some((client) => client.channels.cache.get(id)?.isThread())
    }
    this.pace = new Pace(this.requestsPerSecond())
    this.posts = new Posts(this.postRest, this.pace, known, logger)
  }

  async start(handler: CommandHandler, { receive = true }: StartOptions = {}): Promise<void> {
    await this.learnName()
    this.started = !receive
    if (!receive) return
    const requests = new Requests(handler, this.commands, new Answers(this.rest, this.logger))
    const changes = new Changes(handler, this.logger)
    this.changes = changes
    this.shards = new Shards({
      api: this.api,
      token: this.settings.token.trim(),
      setting: this.settings.shards ?? { count: 'auto' },
      leases: this.leases,
      rest: this.rest,
      readyTimeoutMs: this.settings.readyTimeoutMs ?? READY_TIMEOUT_MS,
      logger: this.logger,
      opening: (client) => {
        client.on(Events.InteractionCreate, (interaction) => {
          if (!this.stopping) void this.keep(requests.take(interaction)).catch((error) => this.failed(error))
        })
      },
      opened: async (client) => {
        changes.watch(client)
        for (const guild of client.guilds.cache.values()) changes.welcome(guild)
        await this.register(client)
      }
    })
    await this.shards.start()
    this.started = true
  }

  post(channel: ChannelRef, message: Message, delivery: DeliveryId, options?: PostOptions): Promise<MessageRef> {
    return this.keep(this.posts.post(channel, message, delivery, options))
  }

  edit(ref: MessageRef, message: Message): Promise<void> {
    return this.keep(this.posts.edit(ref, message))
  }

  tell(_workspaceId: string, personId: string, message: Message): Promise<void> {
    return this.keep(this.posts.tell(personId, message))
  }

  permalink({ workspaceId, channelId, messageId }: MessageRef): string {
    return `https://discord.com/channels/${workspaceId}/${channelId}/${messageId}`
  }

  /** Discord's limit is the bot's, however many processes it has. */
  shareWith(senders: number): void {
    this.pace.limit = this.requestsPerSecond() / Math.max(1, senders)
  }

  connection(): ConnectionState {
    if (!this.started) return { well: false, words: 'is not connected' }
    return this.shards?.connection() ?? { well: true, words: 'sends only' }
  }

  async stop(): Promise<void> {
    this.stopping = true
    const timer = new AbortController()
    const giveUp = sleep(FINISH_MS, undefined, { signal: timer.signal }).catch(() => undefined)
    await Promise.race([Promise.allSettled([...this.inHand, this.changes?.settled()]), giveUp])
    timer.abort()
    for (const rest of [this.rest, this.postRest]) {
      rest.clearHashSweeper()
      rest.clearHandlerSweeper()
    }
    await this.shards?.stop()
  }

  private requestsPerSecond(): number {
    return this.settings.requestsPerSecond ?? REQUESTS_PER_SECOND
  }

  private clients(): Client[] {
    return this.shards?.clients() ?? []
  }

  /** Who we are: needed to find our own messages, and the first that a wrong token fails at. */
  private async learnName(): Promise<void> {
    this.rest.setToken(this.settings.token.trim())
    try {
      this.botId = ((await this.rest.get(Routes.user())) as APIUser).id
    } catch (error) {
      throw explainStart(error, this.api)
    }
  }

  /** Alerts go out without commands too: a failure is for the log, and the next start tries again. */
  private async register(client: Client): Promise<void> {
    if (this.registered) return
    this.registered = true
    try {
      // A bot's application has its user's id, but for bots made before 2016.
      const applicationId = client.application?.id ?? client.user!.id
      const registered = await registerCommands(this.rest, applicationId, this.definitions, this.memory)
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
