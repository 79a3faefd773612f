import type { PollPlan } from '../feeds/schedule.js'
import { Gatherer } from '../gather.js'
import type { Logger } from '../log.js'
import { type FeedState, isUnnamed, type ParsedFeed, type PollResult } from '../model/feed.js'
import type { TaggableText, Tags } from '../model/tags.js'
import { LEASE_SECONDS, Renewal } from '../renewal.js'
import type { PollRecord } from '../store/feeds.js'
import type { Store } from '../store/store.js'
import type { FirstLook } from '../tagging/first-look.js'
import { type Ingested, ingestItems, type ReadChanges } from './ingest.js'

export interface PollLoopOptions {
  store: Store
  poll: (feed: FeedState) => Promise<PollResult>
  plan: (feed: FeedState, result: PollResult, newItems: number, now: Date) => PollPlan
  mayConcern?: FirstLook
  tag: (text: TaggableText) => Tags
  /** Without it nothing is proposed to the ledger. */
  read?: ReadChanges
  /** Told of the stories and alerts that came in, so that the sender wakes at once. */
  arrived: (ingested: Ingested) => void
  now: () => Date
  /** Names this process in claims. */
  owner: string
  logger: Logger
}

export interface PollReport extends Ingested {
  polled: number
  failed: { feed: FeedState; message: string }[]
  /** Feeds whose first poll this was: stored, nothing told. */
  first: number
}

/** How many feeds are polled at once; the limit per host is the fetcher's. */
const AT_ONCE = 32
/** Feeds claimed together at the least, when more are due: one by one would be as many statements as feeds. */
const LEAST_CLAIMED = 8
/** Polls written down in one statement. */
const MOST_RECORDED = 100

/** Polls feeds as they fall due. One slow feed keeps one place, never the others waiting. */
export class PollLoop {
  private readonly running = new Set<Promise<void>>()
  private readonly inHand = new Set<number>()
  private readonly renewal: Renewal
  private readonly records: Gatherer<PollRecord>
  /** The last claim gave all that was asked for: there is more. */
  private more = false
  private ticking = false
  private stopping = false
  readonly report: PollReport = { polled: 0, failed: [], first: 0, fresh: 0, stories: 0, owed: 0 }

  constructor(private readonly options: PollLoopOptions) {
    this.renewal = new Renewal(() => this.renew(), options.logger)
    this.records = new Gatherer((polls) => options.store.feeds.recordPolls(polls), MOST_RECORDED)
  }

  /** Begins polling what is due, as far as there are free places; what is more follows as they come free. */
  async tick(): Promise<void> {
    // Who polls for months must not keep what failed on the way.
    this.report.failed.length = 0
    this.ticking = true
    await this.begin(this.options.now(), false)
  }

  /**
   * Polls once every feed that is due, or that was due whenever (`anyTime`: all but those whose server asked us to
   * wait), and waits until the last is done.
   */
  async round(anyTime: boolean): Promise<PollReport> {
    const started = this.options.now()
    while (!this.stopping) {
      const begun = await this.begin(started, anyTime)
      if (this.running.size === 0) break
      if (begun === 0 && !this.more) await Promise.all(this.running)
      else await Promise.race(this.running)
    }
    return this.report
  }

  /** Begins no more; waits at most so long for what is in hand. A poll that is cut off is taken up again when its claim runs out. */
  async stop(patienceMilliseconds: number): Promise<void> {
    this.stopping = true
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise((resolve) => {
      timer = setTimeout(resolve, patienceMilliseconds)
    })
    await Promise.race([Promise.all(this.running), patience])
    clearTimeout(timer)
  }

  private async begin(now: Date, anyTime: boolean): Promise<number> {
    const free = AT_ONCE - this.running.size
    if (free < LEAST_CLAIMED || this.stopping) return 0
    const claimed = await this.options.store.feeds.claimDue({
      now,
      limit: free,
      leaseSeconds: LEASE_SECONDS,
      owner: this.options.owner,
      ...(anyTime && { anyTime })
    })
    this.more = claimed.length === free
    if (claimed.length > 0) this.renewal.start()
    for (const feed of claimed) {
      this.inHand.add(feed.id)
      const work = this.pollOne(feed).finally(() => {
        this.running.delete(work)
        this.inHand.delete(feed.id)
        if (this.running.size === 0) this.renewal.stop()
        if (this.ticking && this.more) void this.follow()
      })
      this.running.add(work)
    }
    return claimed.length
  }

  /** More is due than there were places for: it does not wait for the next tick. */
  private async follow(): Promise<void> {
    try {
      await this.begin(this.options.now(), false)
    } catch (error) {
      this.options.logger.error({ err: error }, 'due feeds cannot be read; trying again at the next tick')
    }
  }

  private renew(): Promise<void> {
    const { store, owner, now } = this.options
    const feedIds = [...this.inHand]
    return store.feeds.renewClaims({ feedIds, owner, leaseSeconds: LEASE_SECONDS, now: now() })
  }

  private async pollOne(feed: FeedState): Promise<void> {
    const { options, report } = this
    try {
      const result = await options.poll(feed)
      // Cut off by our own end: that says nothing of the feed, and its claim runs out by itself.
      if (result.outcome === 'failed' && this.stopping) return
      const ingested = result.outcome === 'items' ? await this.ingest(feed, result.feed) : 0
      if (result.outcome === 'failed') {
        report.failed.push({ feed, message: result.message })
        options.logger.warn(
          { feed: feed.entry.title, failure: result.failure, failures: feed.failures + 1 },
          result.message
        )
      }
      report.polled++
      const now = options.now()
      const plan = { ...options.plan(feed, result, ingested, now), newItems: ingested }
      await this.records.add({ feedId: feed.id, result, plan, now })
    } catch (error) {
      // The claim runs out by itself and another round tries again: one feed never stops the rest.
      report.failed.push({ feed, message: error instanceof Error ? error.message : String(error) })
      options.logger.error(
        { err: error, feed: feed.entry.title },
        'polling this feed failed; it is tried again when its claim runs out'
      )
    }
  }

  /** @returns how many items were new */
  private async ingest(feed: FeedState, { title, items }: ParsedFeed): Promise<number> {
    const { options, report } = this
    if (title !== '' && isUnnamed(feed.entry)) await options.store.feeds.setName(feed.id, title)
    const ingested = await ingestItems(feed, items, { ...options, now: options.now() })
    report.fresh += ingested.fresh
    report.stories += ingested.stories
    report.owed += ingested.owed
    if (feed.firstPolledAt === null) report.first++
    options.arrived(ingested)
    return ingested.fresh
  }
}
