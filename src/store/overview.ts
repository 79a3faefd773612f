import type { PlatformName } from '../model/subscription.js'
import type { Database } from './database.js'

/** Where nothing can be posted at present. */
export interface PausedChannel {
  platform: PlatformName
  workspace: string
  channel: string
  reason: string
}

/** What an operator asks of several tables at once. */
export interface OverviewTable {
  /** Messages that were sent, and that a platform refused for good, since then. */
  outcomesSince(since: Date): Promise<{ sent: number; refused: number }>
  /** When a feed was last read or tried, and how many are due since before `dueBefore` and in nobody's hands. */
  polling(dueBefore: Date): Promise<{ lastAt: Date | null; overdue: number }>
  nextDigestAt(): Promise<Date | null>
  /** The longest paused first, at most `limit`; of one workspace, or (null) of all. `count`: how many there are. */
  paused(workspaceId: number | null, limit: number): Promise<{ count: number; channels: PausedChannel[] }>
}

export function overviewTable({ query }: Database): OverviewTable {
  return {
    async outcomesSince(since) {
      // Per channel, so that the index by channel and time answers.
      const [row] = await query<{ sent: number; refused: number }>(
        `select (select coalesce(sum(sent.count), 0)::bigint from channel c,
             lateral (select count(*) from delivery d where d.channel_id = c.id and d.sent_at > $1) sent) as sent,
           (select count(*) from delivery where failed_at > $1) as refused`,
        [since]
      )
      return row!
    },

    async polling(dueBefore) {
      const [row] = await query<{ lastAt: Date | null; overdue: number }>(
        `select max(last_polled_at) as "lastAt",
           count(*) filter (where next_poll_at < $1 and coalesce(hold_until, next_poll_at) < $1
             and coalesce(claimed_until, '-infinity') < $1) as overdue
         from feed where active`,
        [dueBefore]
      )
      return row!
    },

    async nextDigestAt() {
      const [row] = await query<{ at: Date | null }>(
        `select min(d.next_at) as at from digest d join channel c on c.id = d.channel_id
         where d.enabled and c.paused_reason is null`
      )
      return row!.at
    },

    async paused(workspaceId, limit) {
      const rows = await query<PausedChannel & { count: number }>(
        `select c.platform, w.name as workspace, c.name as channel, c.paused_reason as reason, count(*) over () as count
         from channel c join workspace w on w.id = c.workspace_id
         where c.paused_reason is not null and ($1::bigint is null or w.id = $1)
         order by c.paused_at, c.id limit $2`,
        [workspaceId, limit]
      )
      return { count: rows[0]?.count ?? 0, channels: rows.map(({ count: _, ...channel }) => channel) }
    }
  }
}
