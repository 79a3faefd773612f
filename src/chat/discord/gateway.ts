import { setTimeout as sleep } from 'node:timers/promises'
import {
  Client,
  type ClientOptions,
  type CloseEvent,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Options,
  SimpleShardingStrategy
} from 'discord.js'
import type { Logger } from '../../log.js'
import { describeError } from './errors.js'
import { explainClose, explainStart } from './start-errors.js'

/** Between IDENTIFY and the last server's data; discord.js waits 15 s by default for servers that never come. */
const GUILD_WAIT_MS = 5000
/** A closing handshake that nobody answers. */
const CLOSE_WAIT_MS = 1500

/** What discord.js hands to a sharding strategy; it does not export the name. */
type ShardManager = Parameters<NonNullable<NonNullable<ClientOptions['ws']>['buildStrategy']>>[0]

/** The connection on which Discord tells events: discord.js's client, with an end that always ends. */
export class Gateway {
  readonly client: Client
  private stopping = false

  constructor(
    api: string,
    private readonly logger: Logger
  ) {
    this.client = new Client({
      intents: [GatewayIntentBits.Guilds],
      rest: { api, version: '10' },
      allowedMentions: { parse: [] },
      waitGuildTimeout: GUILD_WAIT_MS,
      makeCache: Options.cacheWithLimits({
        ...Options.DefaultMakeCacheSettings,
        MessageManager: 0,
        GuildMemberManager: { maxSize: 0, keepOverLimit: (member) => member.id === member.client.user.id },
        UserManager: { maxSize: 0, keepOverLimit: (user) => user.id === user.client.user.id }
      }),
      ws: { buildStrategy: (manager) => new SturdyStrategy(manager, () => this.stopping, logger) }
    })
    this.client.on(Events.Error, (error) =>
      this.logger.error({ error: describeError(error) }, 'discord: an event failed')
    )
    this.client.on(Events.ShardError, (error) => this.logger.warn({ error: describeError(error) }, 'discord: gateway'))
    this.client.on(Events.ShardReconnecting, () => this.logger.info('discord: gateway lost, connecting again'))
  }

  /**
   * Resolves when Discord has told all servers.
   * @throws Error whose message says how to mend it.
   */
  async connect(token: string, timeoutMs: number): Promise<void> {
    const timer = new AbortController()
    const ready = new Promise<void>((resolve) => this.client.once(Events.ClientReady, () => resolve()))
    const tooLate = sleep(timeoutMs, undefined, { signal: timer.signal }).then(() => {
      throw new Error('no READY in time')
    })
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
    this.stopping = true
    this.client.rest.clearHashSweeper()
    this.client.rest.clearHandlerSweeper()
    const timer = new AbortController()
    const giveUp = sleep(CLOSE_WAIT_MS, undefined, { signal: timer.signal }).catch(() => undefined)
    await Promise.race([this.client.destroy(), giveUp])
    timer.abort()
  }

  private disconnected(event: CloseEvent): void {
    if (!this.stopping)
      this.logger.error({ code: event.code, name: GatewayCloseCodes[event.code] }, explainClose(event.code))
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
