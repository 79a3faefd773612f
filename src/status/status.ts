import type { DeliveryCounts } from '../store/outbox/deliveries.js'
import type { PausedChannel } from '../store/overview.js'
import type { RunningProcess } from '../store/processes.js'
import type { Store } from '../store/store.js'

/** How an installation is doing. */
export interface Status {
  now: Date
  database: { engine: 'postgresql' | 'pglite'; version: string; migration: number }
  /** Oldest first. */
  processes: RunningProcess[]
  /** Numbers of Discord's shards that nobody keeps connected. */
  lostShards: { numbers: number[]; count: number }
  feeds: { active: number; failing: number; silent: number; never: number }
  failures: { reason: string; count: number }[]
  polling: { lastAt: Date | null; overdue: number }
  deliveries: DeliveryCounts
  lastHour: { sent: number; refused: number }
  nextDigestAt: Date | null
  subscriptions: { subscriptions: number; channels: number }
  paused: { count: number; channels: PausedChannel[] }
}

/** A feed that nobody reads so long after it fell due is told. */
export const OVERDUE_MINUTES = 10
const PAUSED_SHOWN = 10

/** Reads it from the store; paused channels of one workspace only, or (null) of all. */
export async function readStatus(store: Store, workspaceId: number | null, now: Date): Promise<Status> {
  // Signs of life and leases are of the real clock, whatever a replay's clock says.
  const clock = new Date()
  const [database, processes, shards, feeds, failures, polling] = await Promise.all([
    store.describe(),
    store.processes.alive(clock),
    store.shards.list(clock),
    store.feeds.counts(),
    store.polls.failures(),
    store.overview.polling(new Date(now.getTime() - OVERDUE_MINUTES * 60_000))
  ])
  const [deliveries, lastHour, nextDigestAt, subscriptions, paused] = await Promise.all([
    store.deliveries.counts(now),
    store.overview.outcomesSince(new Date(now.getTime() - 3_600_000)),
    store.overview.nextDigestAt(),
    store.subscriptions.counts(),
    store.overview.paused(workspaceId, PAUSED_SHOWN)
  ])
  // Without a process that should hold them, shards are left from another time.
  const wanted = processes.some(({ roles, connections }) => roles.includes('gateway') && connections.discord)
  const numbers = wanted ? shards.filter(({ owner }) => owner === null).map(({ number }) => number) : []
  return {
    now,
    database,
    processes,
    lostShards: { numbers, count: shards.length },
    feeds,
    failures,
    polling,
    deliveries,
    lastHour,
    nextDigestAt,
    subscriptions,
    paused
  }
}
