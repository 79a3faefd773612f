import { type ChatPlatform, Gone, MessageGone, type MessageRef, RetryLater, UnknownOutcome } from '../chat/platform.js'
import type { Logger } from '../log.js'
import type { ClaimedDelivery } from '../model/delivery.js'
import type { PlatformName } from '../model/subscription.js'
import { LEASE_SECONDS, Renewal } from '../renewal.js'
import { EDIT_COLLECT_SECONDS } from '../store/edits.js'
import type { Store } from '../store/store.js'
import { Composer, type Decision } from './composer.js'
import { Editor } from './editor.js'
import type { Names } from './names.js'

export interface SenderOptions {
  store: Store
  platforms: ChatPlatform[]
  names: Names
  owner: string
  now: () => Date
  logger: Logger
}

/** Channels served at once; each channel's own line stays in order. */
const AT_ONCE = 16
/** What one request to a platform may take, with a margin: who has less of a lease left must not begin one. */
const REQUEST_SECONDS = 12
/** After an unknown outcome: soon enough for Discord's nonce, which is remembered "a few minutes". */
const UNKNOWN_WAIT_SECONDS = 5
/** Looks for work of other processes this often. */
const LOOK_SECONDS = 5

/**
 * Brings what is owed to the platforms: claims the head of each channel's line, posts it, writes the outcome down.
 * All that must not be forgotten is in the store; this can be killed at any moment.
 */
export class Sender {
  private readonly platforms: Map<PlatformName, ChatPlatform>
  private readonly running = new Set<Promise<void>>()
  /** Deliveries in hand, each with the moment (performance.now) until which it is ours alone. */
  private readonly heldUntil = new Map<string, number>()
  private readonly renewal: Renewal
  private readonly composer: Composer
  private readonly editor: Editor
  private loop: Promise<void> | null = null
  private editing: Promise<void> | null = null
  private stopping = false
  private woken = false
  private wakeUp: () => void = () => {}

  constructor(private readonly options: SenderOptions) {
    this.platforms = new Map(options.platforms.map((platform) => [platform.name, platform]))
    this.composer = new Composer(options)
    this.editor = new Editor({ ...options, platforms: this.platforms, composer: this.composer })
    this.renewal = new Renewal(() => this.renew(), options.logger)
  }

  start(): void {
    this.loop ??= this.run()
  }

  /** Something may be owed now. */
  wake(): void {
    this.woken = true
    this.wakeUp()
  }

  /** Claims no more; lets what is in hand finish, for at most so long. What is cut off is made sure of at the next start. */
  async stop(patienceMilliseconds: number): Promise<void> {
    this.stopping = true
    this.wake()
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMilliseconds)
    })
    await Promise.race([this.loop, patience])
    clearTimeout(timer)
    this.renewal.stop()
  }

  /**
   * Sends all that is owed and returns when nothing is left (`run --once`). Waits out short rate limits; what must wait
   * longer than `patienceSeconds` stays owed for the next run.
   */
  async drain(patienceSeconds = 30): Promise<void> {
    // All feeds were polled: nothing more comes that an edit should be gathered with.
    const gathered = new Date(this.options.now().getTime() + EDIT_COLLECT_SECONDS * 1000)
    for (;;) {
      await this.claimAndSend()
      if (this.running.size > 0) {
        await Promise.race(this.running)
        continue
      }
      if ((await this.editor.editDue(gathered)) > 0) continue
      const next = await this.nextAt()
      if (!next || next.getTime() - this.options.now().getTime() > patienceSeconds * 1000) return
      await this.pause(this.until(next))
    }
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      let wait = LOOK_SECONDS * 1000
      try {
        await this.claimAndSend()
        this.editing ??= this.edit()
        wait = await this.millisecondsToNext()
      } catch (error) {
        this.options.logger.error({ err: error }, 'the outbox cannot be read; trying again shortly')
      }
      if (!this.stopping) await this.pause(wait)
    }
    await Promise.all([...this.running, this.editing])
  }

  /** Beside the sends, which never wait for it. */
  private async edit(): Promise<void> {
    try {
      if ((await this.editor.editDue(this.options.now())) > 0) this.wake()
    } catch (error) {
      this.options.logger.error({ err: error }, 'the edits that are owed cannot be read; trying again shortly')
    } finally {
      this.editing = null
    }
  }

  /** Returns after so many milliseconds, or as soon as something changed. */
  private async pause(milliseconds: number): Promise<void> {
    if (this.woken) return this.sleepAgain()
    let timer: NodeJS.Timeout | undefined
    const woken = new Promise<void>((resolve) => {
      this.wakeUp = resolve
      timer = setTimeout(resolve, milliseconds)
    })
    await woken
    clearTimeout(timer)
    this.sleepAgain()
  }

  private sleepAgain(): void {
    this.woken = false
    this.wakeUp = () => {}
  }

  private async millisecondsToNext(): Promise<number> {
    const moments = [await this.nextAt(), await this.editor.nextAt()].filter((moment) => moment !== null)
    const next = moments.sort((a, b) => a.getTime() - b.getTime())[0]
    return next ? Math.min(LOOK_SECONDS * 1000, this.until(next)) : LOOK_SECONDS * 1000
  }

  private nextAt(): Promise<Date | null> {
    return this.options.store.deliveries.nextAt([...this.platforms.keys()], this.options.now())
  }

  private until(moment: Date): number {
    return Math.max(50, moment.getTime() - this.options.now().getTime())
  }

  private async claimAndSend(): Promise<number> {
    const free = AT_ONCE - this.running.size
    if (free <= 0) return 0
    const heldUntil = leaseEnd()
    const claimed = await this.options.store.deliveries.claim({
      platforms: [...this.platforms.keys()],
      owner: this.options.owner,
      limit: free,
      leaseSeconds: LEASE_SECONDS,
      now: this.options.now()
    })
    if (claimed.length > 0) this.renewal.start()
    for (const claim of claimed) {
      this.heldUntil.set(claim.delivery.id, heldUntil)
      const work = this.send(claim)
        .catch((error) =>
          this.options.logger.error(
            { err: error },
            'a delivery could not be written down; its lease runs out and it is tried again'
          )
        )
        .finally(() => {
          this.running.delete(work)
          this.heldUntil.delete(claim.delivery.id)
          if (this.running.size === 0) this.renewal.stop()
          this.wake()
        })
      this.running.add(work)
    }
    return claimed.length
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

  private async send(claim: ClaimedDelivery): Promise<void> {
    const { delivery, channel } = claim
    const { store, owner, now } = this.options
    const platform = this.platforms.get(channel.platform)
    if (!platform) return
    const decision = await this.composer.decide(claim, platform)
    if (decision.do === 'hold') {
      await store.deliveries.hold(delivery.id, owner, decision, now())
      return
    }
    if (decision.do === 'drop') return store.deliveries.drop(delivery.id, owner, decision.why, now())
    if (decision.do === 'fail') return store.deliveries.fail(delivery.id, owner, decision.why, now())
    let ref: MessageRef
    try {
      ref = await this.post(platform, claim, decision)
    } catch (error) {
      await this.failed(claim, error)
      return
    }
    await store.deliveries.done(delivery.id, owner, ref, now(), decision.shown)
  }

  /** A thread that is gone or locked says nothing of the channel: the reply then stands by itself. */
  private async post(
    platform: ChatPlatform,
    { delivery, channel }: ClaimedDelivery,
    { message, thread }: Extract<Decision, { do: 'send' }>
  ): Promise<MessageRef> {
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

  private async failed({ delivery, channel }: ClaimedDelivery, error: unknown): Promise<void> {
    const { store, owner, now, logger } = this.options
    const log = { delivery: delivery.id, platform: channel.platform, channel: channel.name }
    const text = error instanceof Error ? error.message : String(error)
    if (error instanceof RetryLater) {
      const until = new Date(now().getTime() + error.afterSeconds * 1000)
      if (error.scope === 'platform') await store.deliveries.blockPlatform(channel.platform, until)
      await store.deliveries.retry(delivery.id, owner, until, text)
      logger[error.scope === 'platform' ? 'warn' : 'info']({ ...log, until }, `must wait: ${text}`)
    } else if (error instanceof Gone) {
      const target = { workspaceId: channel.workspaceExternalId, channelId: channel.externalId }
      await store.channels.pause(channel.platform, target, text, now())
      await store.deliveries.retry(delivery.id, owner, now(), text)
      logger.warn(log, `the channel is paused, its subscriptions are kept: ${text}`)
    } else if (error instanceof UnknownOutcome) {
      await store.deliveries.unknown(delivery.id, owner, new Date(now().getTime() + UNKNOWN_WAIT_SECONDS * 1000), text)
      logger.warn(log, `may or may not have arrived, will be made sure of: ${text}`)
    } else {
      await store.deliveries.fail(delivery.id, owner, text, now())
      logger.error(
        { ...log, err: error },
        'the platform refused this message; it is kept with its error, the line goes on'
      )
    }
  }
}

/** Counted from before the claim is asked for, so that it never ends later here than in the store. */
function leaseEnd(): number {
  return performance.now() + LEASE_SECONDS * 1000
}
