import { setTimeout as sleep } from 'node:timers/promises'
import {
  Client,
  type ClientOptions,
  type CloseEvent,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Options,
  SimpleShardingStrategy,
  Status
} from 'discord.js'
import type { Logger } from '../../log.js'
import { describeError } from './errors.js'
import type { ShardLeases } from './leases.js'
import { explainClose, explainStart } from './start-errors.js'

/** Between IDENTIFY and the last server's data; discord.js waits 15 s by default for servers that never come. */
const GUILD_WAIT_MS = 5000
/** A closing handshake that nobody answers. */
const CLOSE_WAIT_MS = 1500

/** A bucket of shards may IDENTIFY once in so many seconds (https://docs.discord.com/developers/events/gateway#sharding). */
const IDENTIFY_SECONDS = 5

/** What discord.js hands to a sharding strategy; it does not export the name. */
type ShardManager = Parameters<NonNullable<NonNullable<ClientOptions['ws']>['buildStrategy']>>[0]

export interface GatewayOptions {
  api: string
  /** Which shard this is, of how many. */
  number: number
  count: number
  leases: Pick<ShardLeases, 'bookIdentify'>
  logger: Logger
  /** Discord has closed the connection for good. */
  ended(): void
}

/** One shard's connection on which Discord tells events: discord.js's client, with an end that always ends. */
export class Gateway {
  readonly client: Client
  private readonly logger: Logger
  private readonly ended: () => void
  private readonly stopped = new AbortController()
  /** Begins and ends of waits for the turn of this shard. */
  private turns = 0

  constructor({ api, number, count, leases, logger, ended }: GatewayOptions) {
    this.logger = logger.child({ shard: number })
    this.ended = ended
    this.client = new Client({
      intents: [GatewayIntentBits.Guilds],
      rest: { api, version: '10' },
      shards: [number],
      shardCount: count,
      allowedMentions: { parse: [] },
      waitGuildTimeout: GUILD_WAIT_MS,
      makeCache: Options.cacheWithLimits({
        ...Options.DefaultMakeCacheSettings,
        MessageManager: 0,
        GuildMemberManager: { maxSize: 0, keepOverLimit: (member) => member.id === member.client.user.id },
        UserManager: { maxSize: 0, keepOverLimit: (user) => user.id === user.client.user.id }
      }),
      ws: {
        buildStrategy: (manager) => new SturdyStrategy(manager, () => this.stopping, this.logger),
        // Its own throttle knows this process only; the limit is the bot's.
        buildIdentifyThrottler: async (manager) => {
          const { session_start_limit: limit } = await manager.fetchGatewayInformation()
          const bucket = number % limit.max_concurrency
          return { waitForIdentify: (_shard, signal) => this.awaitTurn(leases, bucket, signal) }
        }
      }
    })
    this.client.on(Events.Error, (error) =>
      this.logger.error({ error: describeError(error) }, 'discord: an event failed')
    )
    this.client.on(Events.ShardError, (error) => this.logger.warn({ error: describeError(error) }, 'discord: gateway'))
    this.client.on(Events.ShardReconnecting, () => {
      if (!this.stopping) this.logger.info('discord: gateway lost, connecting again')
    })
  }

  private get stopping(): boolean {
    return this.stopped.signal.aborted
  }

  /** Connected, and told of its servers. */
  isUp(): boolean {
    return this.client.ws.shards.first()?.status === Status.Ready
  }

  /**
   * Resolves when Discord has told all servers. The wait for the turn of this shard does not count.
   * @throws Error whose message says how to mend it.
   */
  async connect(token: string, timeoutMs: number): Promise<void> {
    const timer = new AbortController()
    const ready = new Promise<void>((resolve) => this.client.once(Events.ClientReady, () => resolve()))
    const tooLate = this.lateAfter(timeoutMs, timer.signal)
    try {
      // login fails on a refused token; a gateway that never answers is what the time limit is for.
      await Promise.race([Promise.all([this.client.login(token), ready]), tooLate])
    } catch (error) {
      await this.close()
      throw explainStart(error, this.client.options.rest?.api ?? '')
    } finally {
      timer.abort()
      tooLate.catch(() => undefined)
    }
    this.client.on(Events.ShardDisconnect, (event) => this.disconnected(event))
  }

  /** Ends in time even when the other side is gone. */
  async close(): Promise<void> {
    this.stopped.abort()
    this.client.rest.clearHashSweeper()
    this.client.rest.clearHandlerSweeper()
    const timer = new AbortController()
    const giveUp = sleep(CLOSE_WAIT_MS, undefined, { signal: timer.signal }).catch(() => undefined)
    await Promise.race([this.client.destroy(), giveUp])
    timer.abort()
  }

  private async awaitTurn(leases: GatewayOptions['leases'], bucket: number, signal: AbortSignal): Promise<void> {
    this.turns++
    await sleep(await leases.bookIdentify(bucket, IDENTIFY_SECONDS), undefined, { signal })
    this.turns++
  }

  /** Rejects when so much time went by in which the shard did not wait for its turn. */
  private async lateAfter(milliseconds: number, signal: AbortSignal): Promise<never> {
    for (let turns = -1; turns !== this.turns || turns % 2 === 1; ) {
      turns = this.turns
      await sleep(milliseconds, undefined, { signal })
    }
    throw new Error('no READY in time')
  }

  private disconnected(event: CloseEvent): void {
    if (this.stopping) return
    this.logger.error({ code: event.code, name: GatewayCloseCodes[event.code] }, explainClose(event.code))
    this.ended()
  }
}

/**
 * Mends three weaknesses of discord.js. It goes on connecting when it is destroyed in the pause between two tries. It
 * leaves a half-made connection behind, whose failure then ends the process. And so does an event that it cannot digest.
 */
class SturdyStrategy extends SimpleShardingStrategy {
  constructor(manager: ShardManager, isStopping: () => boolean, logger: Logger) {
    super(manager)
    // Each try asks for the session first: once stopping it is never told, and no connection follows.
    const retrieve = manager.options.retrieveSessionInfo
    manager.options.retrieveSessionInfo = (shardId) => (isStopping() ? new Promise(() => undefined) : retrieve(shardId))
    const emit = manager.emit.bind(manager)
    manager.emit = (...event: Parameters<typeof emit>) => {
      try {
        return emit(...event)
      } catch (error) {
        logger.error({ error: describeError(error) }, 'discord: an event could not be digested')
        return true
      }
    }
  }

  override async destroy(options?: Parameters<SimpleShardingStrategy['destroy']>[0]): Promise<void> {
    // biome-ignore lint/complexity/useLiteralKeys: the field is private, and there is no other way to it
    const halfMade = [...this['shards'].values()]
      .map(connectionOf)
      .filter((socket) => socket?.readyState === CONNECTING)
    for (const socket of halfMade) {
      socket?.addEventListener('error', () => undefined)
      socket?.terminate()
    }
    await super.destroy(options)
  }
}

/** Of a WebSocket: https://developer.mozilla.org/docs/Web/API/WebSocket/readyState */
const CONNECTING = 0

interface ShardSocket {
  readyState: number
  addEventListener(event: 'error', listener: () => void): void
  terminate(): void
}

/** discord.js keeps the socket to itself. */
function connectionOf(shard: object): ShardSocket | null {
  return 'connection' in shard ? (shard.connection as ShardSocket | null) : null
}
