import type { Message } from '../chat/message.js'
import type { Database } from './database.js'
import { owe } from './outbox/line.js'
import { cut, json, LIMITS } from './text.js'

/** A channel that asked to be reminded of dates ahead. */
export interface Reminder {
  id: number
  channelId: number
  workspaceId: number
  /** A code, `/*` for the tree below it; null: everywhere. */
  jurisdiction: string | null
  company: string | null
  /** IANA zone: whose morning it is. */
  zone: string
  /** The last day, in that zone, whose reminders were owed. ISO 8601. */
  toldUntil: string
  nextAt: Date
}

export interface ReminderTable {
  /** False when the channel asked for the same before. */
  add(
    reminder: Omit<Reminder, 'id' | 'workspaceId'> & { createdBy: string; createdByName: string },
    now: Date
  ): Promise<boolean>
  /** Ends them; returns how many. */
  end(
    channelId: number,
    what: { jurisdiction: string | null; company: string | null } | 'all',
    now: Date
  ): Promise<number>
  list(channelId: number): Promise<Reminder[]>
  /** Those whose time has come, of channels that are not paused. Two processes may see the same; see `complete`. */
  due(now: Date, limit: number): Promise<Reminder[]>
  /**
   * In one transaction: owes the messages (each subject once a channel, for ever) and moves the due time. False, and
   * nothing is done, when somebody else did it first.
   */
  complete(
    reminder: Reminder,
    next: { toldUntil: string; nextAt: Date },
    messages: { subject: string; message: Message }[],
    now: Date
  ): Promise<boolean>
}

/** Columns of a reminder as `Reminder`; the tables are called `r` and `c`. */
const REMINDER = `
  r.id, r.channel_id as "channelId", c.workspace_id as "workspaceId", r.jurisdiction, r.company, r.zone,
  r.told_until::text as "toldUntil", r.next_at as "nextAt"`

export function reminderTable({ query, transaction }: Database): ReminderTable {
  return {
    async add({ channelId, jurisdiction, company, zone, toldUntil, nextAt, createdBy, createdByName }, now) {
      const added = await query(
        `insert into reminder (channel_id, jurisdiction, company, zone, told_until, next_at, created_by, created_by_name, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id`,
        [channelId, jurisdiction, company, zone, toldUntil, nextAt, createdBy, cut(createdByName, LIMITS.name), now]
      )
      return added.length > 0
    },

    async end(channelId, what, now) {
      const all = what === 'all'
      const ended = await query(
        `update reminder set ended_at = $2 where channel_id = $1 and ended_at is null
           and ($3 or (coalesce(jurisdiction, '') = $4 and coalesce(company, '') = $5)) returning id`,
        [channelId, now, all, (all ? null : what.jurisdiction) ?? '', (all ? null : what.company) ?? '']
      )
      return ended.length
    },

    list: (channelId) =>
      query(
        `select ${REMINDER} from reminder r join channel c on c.id = r.channel_id
         where r.channel_id = $1 and r.ended_at is null order by r.id`,
        [channelId]
      ),

    // A due time is a day ahead at most: one that is further was made by a clock that ran ahead.
    due: (now, limit) =>
      query(
        `select ${REMINDER} from reminder r join channel c on c.id = r.channel_id
         where r.ended_at is null and c.paused_reason is null
           and (r.next_at <= $1 or r.next_at > $1::timestamptz + interval '2 days') order by r.next_at limit $2`,
        [now, limit]
      ),

    complete: (reminder: Reminder, { toldUntil, nextAt }, messages, now) =>
      transaction(async (inside) => {
        const [moved] = await inside(
          `update reminder set told_until = $3, next_at = $4
           where id = $1 and next_at = $2 and ended_at is null returning id`,
          [reminder.id, reminder.nextAt, toldUntil, nextAt]
        )
        if (!moved) return false
        for (const { subject, message } of messages)
          await owe(
            inside,
            [reminder.channelId],
            { subject, kind: 'notice', storyId: null, message: json(message) },
            now
          )
        return true
      })
  }
}
