import type { Room } from '../feeds/poll.js'
import type { PollPlan } from '../feeds/schedule.js'
import { Gatherer } from '../gather.js'
import type { Logger } from '../log.js'
import { type FeedState, isUnnamed, type ParsedFeed, type PollResult } from '../model/feed.js'
import type { TaggableText, Tags } from '../model/tags.js'
import { LEASE_SECONDS, Renewal } from '../renewal.js'
import type { KeptArticles } from '../store/articles/article-keep.js'
import { isRefusal } from '../store/errors.js'
import type { PollRecord } from '../store/polls.js'
import type { Store } from '../store/store.js'
import type { FirstLook } from '../tagging/first-look.js'
import { type Ingested, ingestItems, type ReadChanges } from './ingest.js'
import { LongDocuments } from './long-documents.js'

export interface PollLoopOptions {
  store: Store
  poll: (feed: FeedState, room: Room) => Promise<PollResult>
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
/** Places that should be free before more is claimed: one by one would be as many statements as feeds. */
const LEAST_FREE = 16
/** How long a round waits for so many: feeds that hang may hold the others. */
const PATIENCE_MS = 200
/** Polls written down in one statement. */
const MOST_RECORDED = 100
/** Feeds whose irrelevant articles are stored in one statement; each has at most 50 of them in it (see ingest.ts). */
const MOST_KEPT = 16

/** Polls feeds as they fall due. One slow feed keeps one place, never the others waiting. */
export class PollLoop {
  private readonly running = new Set<Promise<void>>()
  private readonly inHand = new Set<number>()
  private readonly long = new LongDocuments()
  private readonly renewal: Renewal
  private readonly records: Gatherer<PollRecord>
  private readonly kept: Gatherer<KeptArticles, number>
  /** Places for feeds that are being claimed. */
  private claiming = 0
  /** The last claim gave all that was asked for: there is more. */
  private more = false
  private ticking = false
  private stopping = false
  /** Tells a round that there is room to claim. */
  private roomy = () => {}
  readonly report: PollReport = { polled: 0, failed: [], first: 0, fresh: 0, stories: 0, owed: 0 }

  constructor(private readonly options: PollLoopOptions) {
    this.renewal = new Renewal(() => this.renew(), options.logger)
    const { polls: table, articles } = options.store
    this.records = new Gatherer({
      async write(polls) {
        await table.record(polls)
        return polls
      },
      mostAtOnce: MOST_RECORDED,
      mayLieInOne: isRefusal
    })
    this.kept = new Gatherer({
      write: (groups) => articles.keep(groups),
      mostAtOnce: MOST_KEPT,
      mayLieInOne: isRefusal
    })
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
      else await this.room()
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

  /** Places that nobody has or is about to have. */
  private get free(): number {
    return AT_ONCE - this.running.size - this.claiming
  }

  /** @returns how many polls were begun */
  private async begin(now: Date, anyTime: boolean): Promise<number> {
    const limit = this.free
    if (limit <= 0 || this.stopping) return 0
    const { store, owner } = this.options
    this.claiming += limit
    try {
      const claimed = await store.polls.claimDue({ now, limit, leaseSeconds: LEASE_SECONDS, owner, anyTime })
      this.more = claimed.length === limit
      if (claimed.length > 0) this.renewal.start()
      for (const feed of claimed) this.start(feed)
      return claimed.length
    } finally {
      this.claiming -= limit
    }
  }

  private start(feed: FeedState): void {
    this.inHand.add(feed.id)
    const work = this.pollOne(feed).finally(() => {
      this.running.delete(work)
      this.inHand.delete(feed.id)
      if (this.running.size === 0) this.renewal.stop()
      if (this.free < LEAST_FREE && this.running.size > 0) return
      this.roomy()
      if (this.ticking && this.more) void this.follow()
    })
    this.running.add(work)
  }

  /** Waits for places to claim for: enough of them, or as many as there are after a while. */
  private room(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_MS)
      this.roomy = () => {
        clearTimeout(timer)
        resolve()
      }
    })
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
    return store.polls.renewClaims({ feedIds, owner, leaseSeconds: LEASE_SECONDS, now: now() })
  }

  private async pollOne(feed: FeedState): Promise<void> {
    const { options, report } = this
    let leave = () => {}
    const room = async (bytes: number) => {
      leave = await this.long.enter(bytes)
    }
    try {
      const result = await options.poll(feed, room)
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
    } finally {
      leave()
    }
  }

  /** @returns how many items were new */
  private async ingest(feed: FeedState, { title, items }: ParsedFeed): Promise<number> {
    const { options, report } = this
    if (title !== '' && isUnnamed(feed.entry)) await options.store.feeds.setName(feed.id, title)
    const keep = (articles: KeptArticles) => this.kept.add(articles)
    const ingested = await ingestItems(feed, items, { ...options, keep, now: options.now() })
    report.fresh += ingested.fresh
    report.stories += ingested.stories
    report.owed += ingested.owed
    if (feed.firstPolledAt === null) report.first++
    options.arrived(ingested)
    return ingested.fresh
  }
}
