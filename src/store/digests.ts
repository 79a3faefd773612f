import type { Message } from '../chat/message.js'
import type { DigestSchedule } from '../model/subscription.js'
import type { Database } from './database.js'
import { owe } from './outbox/line.js'
import { json } from './text.js'

export interface DigestTable {
  get(channelId: number): Promise<DigestSchedule | null>
  set(schedule: DigestSchedule): Promise<void>
  /**
   * The due digests, each claimed by moving nothing: `complete` does the work in one transaction. Two processes may see
   * the same one; `complete` lets only the first through.
   */
  due(now: Date, limit: number): Promise<DigestSchedule[]>
  /**
   * In one transaction: owes the digest message, moves the window to [windowEnd, …) and the due time to `nextAt`.
   * False when somebody else did (the stored windowStart is no longer the given one).
   */
  complete(
    channelId: number,
    window: { start: Date; end: Date },
    message: Message,
    nextAt: Date,
    now: Date
  ): Promise<boolean>
}

/** Columns of a schedule as `DigestSchedule`; the table is called `d`. */
const SCHEDULE = `
  d.channel_id as "channelId", d.weekday, d.hour, d.zone, d.enabled, d.window_start as "windowStart", d.next_at as "nextAt"`

export function digestTable({ query, transaction }: Database): DigestTable {
  return {
    async get(channelId) {
      const [schedule] = await query<DigestSchedule>(`select ${SCHEDULE} from digest d where channel_id = $1`, [
        channelId
      ])
      return schedule ?? null
    },

    async set({ channelId, weekday, hour, zone, enabled, windowStart, nextAt }) {
      await query(
        `insert into digest (channel_id, weekday, hour, zone, enabled, window_start, next_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (channel_id) do update set weekday = excluded.weekday, hour = excluded.hour, zone = excluded.zone,
           enabled = excluded.enabled, window_start = excluded.window_start, next_at = excluded.next_at`,
        [channelId, weekday, hour, zone, enabled, windowStart, nextAt]
      )
    },

    // A paused channel's digest waits: when it is back, one digest tells it all, instead of one a week missed.
    due: (now, limit) =>
      query(
        `select ${SCHEDULE} from digest d join channel c on c.id = d.channel_id
         where d.enabled and d.next_at <= $1 and c.paused_reason is null
         order by d.next_at limit $2`,
        [now, limit]
      ),

    complete: (channelId, window, message, nextAt, now) =>
      transaction(async (inside) => {
        const [moved] = await inside(
          `update digest set window_start = $3, next_at = $4
           where channel_id = $1 and window_start = $2 returning channel_id`,
          [channelId, window.start, window.end, nextAt]
        )
        if (!moved) return false
        const subject = `digest:${window.end.toISOString()}`
        await owe(inside, [channelId], { subject, kind: 'digest', storyId: null, message: json(message) }, now)
        return true
      })
  }
}
