import PQueue from 'p-queue'
import { type ChatPlatform, Gone, MessageGone, type MessageRef, RetryLater, UnknownOutcome } from '../chat/platform.js'
import { Gatherer } from '../gather.js'
import type { Logger } from '../log.js'
import type { ClaimedDelivery } from '../model/delivery.js'
import { LEASE_SECONDS, REQUEST_SECONDS, Renewal } from '../renewal.js'
import type { Outcome, Settlement } from '../store/outbox/line.js'
import type { Store } from '../store/store.js'
import type { Batch, Composer, Decision } from './composer.js'

export interface LaneOptions {
  store: Store
  platform: ChatPlatform
  composer: Composer
  owner: string
  now: () => Date
  logger: Logger
  /** Called when places came free and when outcomes were written: there may be more to claim. */
  changed: () => void
}

/** Requests to the platform at once; each channel's own line stays in order. */
const AT_ONCE = 32
/** Deliveries claimed and not yet written down. What a killed process had in hand must be made sure of, one by one. */
const IN_HAND = 128
/** Outcomes written in one transaction. */
const MOST_SETTLED = 200

/** Brings what is owed on one platform there. A platform that hangs holds up its own lane alone. */
export class Lane {
  private readonly places = new PQueue({ concurrency: AT_ONCE })
  /** Deliveries in hand, each with the moment (performance.now) until which it is ours alone. */
  private readonly heldUntil = new Map<string, number>()
  private readonly renewal: Renewal
  private readonly outcomes: Gatherer<Settlement>
  /** The platform takes nothing before this moment. */
  private blockedUntil: Date | null = null
  private stopping = false

  constructor(private readonly options: LaneOptions) {
    this.renewal = new Renewal(() => this.renew(), options.logger)
    const { store, owner, now } = options
    this.outcomes = new Gatherer({
      async write(settled) {
        await store.deliveries.settle(settled, owner, now())
        return settled
      },
      mostAtOnce: MOST_SETTLED
    })
  }

  get inHand(): number {
    return this.heldUntil.size
  }

  /** What is in hand and not begun goes back. */
  stop(): void {
    this.stopping = true
  }

  end(): void {
    this.renewal.stop()
  }

  /**
   * Claims as much as there is room for, and begins to send it; when more than three quarters are taken it waits, so that
   * claims are large when much is owed and come back before the last one is sent. False: less was owed than there was
   * room for.
   */
  async fill(): Promise<boolean> {
    const room = IN_HAND - this.inHand
    if (room < IN_HAND / 4 || this.stopping) return true
    const { store, platform, composer, owner, now } = this.options
    // Counted from before the claim is asked for, so that it never ends later here than in the store.
    const heldUntil = leaseEnd()
    const claims = await store.deliveries.claim({
      platforms: [platform.name],
      owner,
      limit: room,
      leaseSeconds: LEASE_SECONDS,
      now: now()
    })
    if (claims.length === 0) return false
    for (const { delivery } of claims) this.heldUntil.set(delivery.id, heldUntil)
    this.renewal.start()
    try {
      const batch = await composer.prepare(claims)
      for (const claim of claims) void this.places.add(() => this.bring(claim, batch))
    } catch (error) {
      // What they are worded from cannot be read: they go back at once, or when their leases run out.
      for (const claim of claims) void this.bring(claim, null)
      throw error
    }
    return claims.length === room
  }

  private async renew(): Promise<void> {
    const { store, owner, now } = this.options
    const heldUntil = leaseEnd()
    const ids = [...this.heldUntil.keys()]
    const renewed = await store.deliveries.renew({ ids, owner, leaseSeconds: LEASE_SECONDS, now: now() })
    for (const id of renewed) if (this.heldUntil.has(id)) this.heldUntil.set(id, heldUntil)
  }

  /** Whether a request that begins now will be over before another process may begin one. */
  private stillOurs(id: string): boolean {
    return (this.heldUntil.get(id) ?? 0) - performance.now() > REQUEST_SECONDS * 1000
  }

  /** Frees its place when the platform has answered; the outcome is written down beside the next posts. */
  private async bring(claim: ClaimedDelivery, batch: Batch | null): Promise<void> {
    const { id } = claim.delivery
    const outcome = batch === null ? this.untried() : await this.outcomeOf(claim, batch)
    void this.settle(id, outcome)
  }

  private async settle(id: string, outcome: Outcome | null): Promise<void> {
    try {
      if (outcome) await this.outcomes.add({ id, outcome })
    } catch (error) {
      this.options.logger.error(
        { err: error },
        'a delivery could not be written down; its lease runs out and it is tried again'
      )
    } finally {
      this.heldUntil.delete(id)
      if (this.inHand === 0) this.renewal.stop()
      this.options.changed()
    }
  }

  private untried(until: Date = this.options.now()): Outcome {
    return { state: 'untried', until }
  }

  /** Null: it cannot be told, so that its lease must run out. */
  private async outcomeOf(claim: ClaimedDelivery, batch: Batch): Promise<Outcome | null> {
    const { composer, platform, now, logger } = this.options
    if (this.stopping) return this.untried()
    if (this.blockedUntil && this.blockedUntil > now()) return this.untried(this.blockedUntil)
    try {
      const decision = await composer.decide(claim, platform, batch)
      if (decision.do === 'hold') return { state: 'held', until: decision.until, reason: decision.reason }
      if (decision.do === 'drop') return { state: 'dropped', error: decision.why }
      if (decision.do === 'fail') return { state: 'failed', error: decision.why }
      return await this.send(claim, decision)
    } catch (error) {
      logger.error(
        { err: error },
        'the store failed while a delivery was in hand; its lease runs out and it is tried again'
      )
      return null
    }
  }

  private async send(claim: ClaimedDelivery, decision: Extract<Decision, { do: 'send' }>): Promise<Outcome> {
    try {
      return { state: 'sent', ref: await this.post(claim, decision), shown: decision.shown }
    } catch (error) {
      return await this.failed(claim, error)
    }
  }

  /** A thread that is gone or locked says nothing of the channel: the reply then stands by itself. */
  private async post(
    { delivery, channel }: ClaimedDelivery,
    { message, thread }: Extract<Decision, { do: 'send' }>
  ): Promise<MessageRef> {
    const { platform } = this.options
    const target = { workspaceId: channel.workspaceExternalId, channelId: channel.externalId }
    const options = {
      stillOurs: () => this.stillOurs(delivery.id),
      ...(delivery.uncertain && { uncertain: true, owedSince: delivery.createdAt })
    }
    if (!thread) return platform.post(target, message, delivery.id, options)
    try {
      return await platform.post(target, message, delivery.id, { ...options, thread })
    } catch (error) {
      if (!(error instanceof MessageGone || error instanceof Gone)) throw error
      return platform.post(target, message, delivery.id, options)
    }
  }

  private async failed({ delivery, channel }: ClaimedDelivery, error: unknown): Promise<Outcome> {
    const { store, now, logger } = this.options
    const log = { delivery: delivery.id, platform: channel.platform, channel: channel.name }
    const text = error instanceof Error ? error.message : String(error)
    if (error instanceof RetryLater) {
      const until = new Date(now().getTime() + error.afterSeconds * 1000)
      const all = error.scope === 'platform'
      if (all) {
        this.blockedUntil = until
        await store.deliveries.blockPlatform(channel.platform, until)
      }
      logger[all ? 'warn' : 'info']({ ...log, until }, `must wait: ${text}`)
      return { state: 'again', until, error: text }
    }
    if (error instanceof Gone) {
      const target = { workspaceId: channel.workspaceExternalId, channelId: channel.externalId }
      await store.channels.pause(channel.platform, target, text, now())
      logger.warn(log, `the channel is paused, its subscriptions are kept: ${text}`)
      return { state: 'again', until: now(), error: text }
    }
    if (error instanceof UnknownOutcome) {
      logger.warn(log, `may or may not have arrived, will be made sure of: ${text}`)
      // Soon enough for Discord's nonce, too, which is remembered "a few minutes".
      const until = new Date(now().getTime() + REQUEST_SECONDS * 1000)
      return { state: 'again', until, error: text, uncertain: true }
    }
    logger.error(
      { ...log, err: error },
      'the platform refused this message; it is kept with its error, the line goes on'
    )
    return { state: 'failed', error: text }
  }
}

function leaseEnd(): number {
  return performance.now() + LEASE_SECONDS * 1000
}
