import { type APIGatewayBotInfo, type Client, type REST, Routes } from 'discord.js'
import type { Logger } from '../../log.js'
import { Renewal } from '../../renewal.js'
import type { ConnectionState } from '../platform.js'
import { Gateway } from './gateway.js'
import type { ShardLeases } from './leases.js'
import type { ShardSetting } from './shard-setting.js'
import { explainStart } from './start-errors.js'

export interface ShardsOptions {
  api: string
  token: string
  setting: ShardSetting
  leases: ShardLeases
  /** Asks Discord into how many shards to split. */
  rest: REST
  /** From the first try to the last server's data, without the wait for other shards. */
  readyTimeoutMs: number
  logger: Logger
  /** A connection is about to be made: what listens from its first event on. */
  opening(client: Client): void
  /** It is up, and knows its servers. */
  opened(client: Client): Promise<void>
}

/** After a connection that failed, its shard is left to others for so long. */
const REST_MS = 60_000

/**
 * The shards that this process keeps connected, each a discord.js client of its own, so that one can come and go without
 * the others. A process that holds none connects nothing: a second connection to the same shard would be told every
 * command too, and each would cost one of the 1,000 IDENTIFYs a day.
 */
export class Shards {
  private readonly open = new Map<number, Gateway>()
  private readonly renewal: Renewal
  private held: readonly number[] = []
  private count: number | null = null
  private connecting: Promise<void> | null = null
  private renewing = false
  private restUntil = 0
  private stopping = false

  constructor(private readonly options: ShardsOptions) {
    this.renewal = new Renewal(() => this.renew(), options.logger)
  }

  /**
   * Connects the shards that fall to this process; none is well, too: it then stands by.
   * @throws Error whose message says how to mend it.
   */
  async start(): Promise<void> {
    try {
      await this.claim()
      await this.connectMissing()
    } catch (error) {
      await this.closeAll()
      throw error
    }
    this.renewal.start()
  }

  /** Ends in time even when the other side is gone. Others take over at once. */
  async stop(): Promise<void> {
    this.stopping = true
    this.renewal.stop()
    await this.closeAll()
  }

  /** The connections that are up. */
  clients(): Client[] {
    return [...this.open.values()].map((gateway) => gateway.client)
  }

  connection(): ConnectionState {
    const missing = this.held.filter((number) => !this.open.get(number)?.isUp())
    const split = this.count === null || this.count === 1 ? '' : ` of ${this.count}`
    if (missing.length > 0) return { well: false, words: `is connecting ${shardNames(missing)}${split}` }
    if (Date.now() < this.restUntil) return { well: false, words: 'could not connect, tries again within a minute' }
    if (this.held.length === 0) return { well: true, words: 'stands by' }
    return { well: true, words: `receives commands of ${shardNames(this.held)}${split}` }
  }

  private async renew(): Promise<void> {
    if (this.renewing || this.stopping) return
    this.renewing = true
    try {
      await this.claim()
      this.connecting ??= this.connectLater()
    } finally {
      this.renewing = false
    }
  }

  /** Learns what is ours now, and closes what is not. */
  private async claim(): Promise<void> {
    const { leases, setting, logger } = this.options
    const wanted = await this.wantedCount()
    const only = Date.now() < this.restUntil ? [...this.open.keys()] : setting.only
    const { count, held, spare } = await leases.claim(wanted, only)
    if (count !== wanted && count !== this.count) {
      const message = `discord: other processes split the gateway into ${count}, not ${wanted}; that changes when all of them were stopped`
      logger.warn({ count, wanted }, message)
    }
    const kept = held.slice(0, held.length - spare)
    const given = held.slice(kept.length)
    if (String(kept) !== String(this.held)) logger.info({ shards: kept, of: count }, 'discord: shards of this process')
    // Of another split, even a shard of the same number has other servers.
    const lost = [...this.open.keys()].filter((number) => count !== this.count || !kept.includes(number))
    this.count = count
    this.held = kept
    await Promise.all(lost.map((number) => this.close(number)))
    if (given.length > 0) await leases.release(given)
  }

  /** The setting, what others agreed on, or what Discord advises. */
  private async wantedCount(): Promise<number> {
    const { setting, leases, rest } = this.options
    if (setting.count !== 'auto') return setting.count
    if (this.count !== null) return this.count
    const agreed = await leases.agreedCount()
    if (agreed !== null) return agreed
    try {
      return ((await rest.get(Routes.gatewayBot())) as APIGatewayBotInfo).shards
    } catch (error) {
      throw explainStart(error, this.options.api)
    }
  }

  private async connectLater(): Promise<void> {
    try {
      await this.connectMissing()
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.options.logger.error({ reason }, 'discord: no connection; it is tried again in a minute')
    } finally {
      this.connecting = null
    }
  }

  /** One after the other. What was lost or given back meanwhile is left out. */
  private async connectMissing(): Promise<void> {
    for (;;) {
      const number = this.held.find((one) => !this.open.has(one))
      if (number === undefined || this.stopping) return
      await this.connect(number, this.count!)
    }
  }

  private async connect(number: number, count: number): Promise<void> {
    const { api, token, leases, logger, readyTimeoutMs } = this.options
    const gateway = new Gateway({ api, number, count, leases, logger, ended: () => void this.failed(number, gateway) })
    this.open.set(number, gateway)
    this.options.opening(gateway.client)
    try {
      await gateway.connect(token, readyTimeoutMs)
    } catch (error) {
      await this.failed(number, gateway)
      throw error
    }
    if (this.open.get(number) === gateway) await this.options.opened(gateway.client)
  }

  /** Leaves the shard to another process, which may be better off. */
  private async failed(number: number, gateway: Gateway): Promise<void> {
    if (this.stopping || this.open.get(number) !== gateway) return
    this.restUntil = Date.now() + REST_MS
    this.held = this.held.filter((one) => one !== number)
    await this.close(number)
    await this.options.leases.release([number]).catch(() => {})
    // Discord may want another split by now.
    if (this.open.size === 0) this.count = null
  }

  private async close(number: number): Promise<void> {
    const gateway = this.open.get(number)
    this.open.delete(number)
    await gateway?.close()
  }

  private async closeAll(): Promise<void> {
    this.held = []
    await Promise.all([...this.open.keys()].map((number) => this.close(number)))
    // A store that is gone keeps nobody from stopping: the leases run out.
    await this.options.leases.leave().catch(() => {})
  }
}

function shardNames(numbers: readonly number[]): string {
  return `${numbers.length === 1 ? 'shard' : 'shards'} ${numbers.join(', ')}`
}
