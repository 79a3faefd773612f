import type { MessageRef } from '../../chat/platform.js'
import type { Delivery } from '../../model/delivery.js'
import type { Channel, PlatformName } from '../../model/subscription.js'
import { CHANNEL } from '../channels.js'
import type { Database } from '../database.js'
import { cut, LIMITS } from '../text.js'
import { type ClaimOptions, DELIVERY } from './deliveries.js'

/** A sent message whose story has grown. */
export interface ClaimedEdit {
  delivery: Delivery & { ref: MessageRef; sentAt: Date }
  channel: Channel
  /** Digest of the message as it was last shown. */
  shown: string | null
  /** How often the story had grown when this was claimed. */
  asked: number
}

/**
 * Changes of messages that were sent. Owed in the transaction in which the story grows, at most one a message in ten
 * minutes; to make one twice does no harm, so that no outcome is ever uncertain.
 */
export interface EditTable {
  /** Claims what is due, in one statement, of channels that are not paused on platforms that are not blocked. */
  claim(options: ClaimOptions): Promise<ClaimedEdit[]>
  /** Made, or nothing to change (`shown` is what stands there). Due again when the story grew meanwhile. */
  done(edit: ClaimedEdit, owner: string, shown: string, now: Date): Promise<void>
  /** To be made again at `until`. */
  retry(edit: ClaimedEdit, owner: string, until: Date): Promise<void>
  /** This message is changed no more; the channel goes on. */
  end(edit: ClaimedEdit, owner: string, why: string): Promise<void>
  nextAt(platforms: PlatformName[], now: Date): Promise<Date | null>
}

/** At most one change of a message in so many minutes. */
export const EDIT_MINUTES = 10
/** The first change waits so long for what comes with it: feeds are polled together. */
export const EDIT_COLLECT_SECONDS = 20

type Row = ClaimedEdit['delivery'] & { channel: Channel; shown: string | null; asked: number }

export function editTable({ query }: Database): EditTable {
  return {
    async claim({ platforms, owner, limit, leaseSeconds, now }) {
      const rows = await query<Row>(
        `with due as (
           select d.id from delivery d join channel c on c.id = d.channel_id
           where d.edit_due_at <= $1 and d.state = 'sent' and c.platform = any ($2) and c.paused_reason is null
             and not exists (select from platform_block b where b.platform = c.platform and b.until > $1)
           order by d.edit_due_at, d.id
           limit $3
           for no key update of d skip locked
         )
         update delivery d set edit_owner = $4, edit_due_at = $1::timestamptz + make_interval(secs => $5)
         from due, channel c, workspace w
         where d.id = due.id and c.id = d.channel_id and w.id = c.workspace_id
         returning ${DELIVERY}, d.shown, d.edit_asked as asked, json_build_object(${CHANNEL}) as channel`,
        [now, platforms, limit, owner, leaseSeconds]
      )
      return rows.map(({ channel, shown, asked, ...delivery }) => ({ delivery, channel, shown, asked }))
    },

    async done({ delivery, shown: before, asked }, owner, shown, now) {
      await query(
        `update delivery set edit_owner = null, shown = $4,
           edits = edits + case when $5 then 1 else 0 end,
           edited_at = case when $5 then $6::timestamptz else edited_at end,
           edit_due_at = case when edit_asked > $3 then
             case when $5 then $6::timestamptz + interval '${EDIT_MINUTES} minutes'
               else greatest(edited_at + interval '${EDIT_MINUTES} minutes', $6::timestamptz) end end
         where id = $1 and edit_owner = $2`,
        [delivery.id, owner, asked, shown, shown !== before, now]
      )
    },

    async retry({ delivery }, owner, until) {
      await query('update delivery set edit_owner = null, edit_due_at = $3 where id = $1 and edit_owner = $2', [
        delivery.id,
        owner,
        until
      ])
    },

    async end({ delivery }, owner, why) {
      await query(
        `update delivery set edit_owner = null, edit_due_at = null, edits_ended = $3 where id = $1 and edit_owner = $2`,
        [delivery.id, owner, cut(why, LIMITS.error)]
      )
    },

    async nextAt(platforms, now) {
      const [row] = await query<{ at: Date | null }>(
        `select min(greatest(d.edit_due_at, b.until, $2)) as at
         from delivery d join channel c on c.id = d.channel_id
         left join platform_block b on b.platform = c.platform
         where d.edit_due_at is not null and d.state = 'sent' and c.platform = any ($1) and c.paused_reason is null`,
        [platforms, now]
      )
      return row!.at
    }
  }
}
