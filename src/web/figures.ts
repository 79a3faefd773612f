import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Store } from '../store/store.js'

/** Seconds: what people do not notice, what they do, and where Slack and Discord give up on an answer (3 s). */
const COMMAND_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10]

/**
 * What `/metrics` tells: counters of what this process did since it began, and gauges of the whole installation, which
 * are read from the store when they are asked for, so that every process tells the same.
 */
export class Figures {
  readonly registry = new Registry()
  readonly polls = new Counter({
    name: 'facelaw_polls_total',
    help: 'Polls of feeds by this process, by what came of them: items, unchanged, or why it failed',
    labelNames: ['outcome'],
    registers: [this.registry]
  })
  readonly deliveries = new Counter({
    name: 'facelaw_deliveries_total',
    help: 'Posts by this process: sent, later (rate limit, platform down), gone (channel), unknown (looked for later), refused',
    labelNames: ['platform', 'outcome'],
    registers: [this.registry]
  })
  readonly edits = new Counter({
    name: 'facelaw_edits_total',
    help: 'Edits of sent messages by this process, with the outcomes of deliveries',
    labelNames: ['platform', 'outcome'],
    registers: [this.registry]
  })
  readonly commands = new Histogram({
    name: 'facelaw_command_duration_seconds',
    help: 'From a command or press that came in to its answer that goes out, without the way through the platform',
    labelNames: ['platform', 'command'],
    buckets: COMMAND_BUCKETS,
    registers: [this.registry]
  })
  private readonly owed = this.gauge('facelaw_deliveries_owed', 'Messages that are owed to channels and not sent yet')
  private readonly oldest = this.gauge(
    'facelaw_oldest_owed_seconds',
    'Age of the oldest message owed to a channel that is not paused'
  )
  private readonly failed = this.gauge('facelaw_deliveries_failed', 'Messages that a platform refused for good')
  private readonly feeds = this.gauge(
    'facelaw_feeds',
    'Feeds by state: active are all that are polled; failing, silent and never are among them',
    ['state']
  )
  private readonly failing = this.gauge('facelaw_feeds_failing', 'Feeds whose last poll failed, by reason', ['reason'])
  private readonly paused = this.gauge('facelaw_channels_paused', 'Channels that cannot be posted to at present')
  private readonly processes = this.gauge('facelaw_processes', 'Living processes by role', ['role'])

  constructor() {
    collectDefaultMetrics({ register: this.registry })
  }

  /** The text for Prometheus, with the gauges as of `now`. */
  async read(store: Store, now: Date): Promise<string> {
    const [deliveries, feeds, failing, paused, alive] = await Promise.all([
      store.deliveries.counts(now),
      store.feeds.counts(),
      store.polls.failures(),
      store.overview.paused(null, 1),
      // Beats are of the real clock.
      store.processes.alive(new Date())
    ])
    this.owed.set(deliveries.owed)
    this.failed.set(deliveries.failed)
    this.oldest.set(deliveries.oldestOwedAt ? (now.getTime() - deliveries.oldestOwedAt.getTime()) / 1000 : 0)
    for (const [state, count] of Object.entries(feeds)) this.feeds.set({ state }, count)
    this.failing.reset()
    for (const { reason, count } of failing) this.failing.set({ reason }, count)
    this.paused.set(paused.count)
    this.processes.reset()
    for (const role of alive.flatMap(({ roles }) => roles)) this.processes.inc({ role })
    return await this.registry.metrics()
  }

  private gauge(name: string, help: string, labelNames: string[] = []): Gauge {
    return new Gauge({ name, help, labelNames, registers: [this.registry] })
  }
}
