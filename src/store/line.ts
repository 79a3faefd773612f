import type { Query } from './database.js'

/**
 * A channel's line: what is owed to it, oldest first, one at a time. Its state lies in the row of the channel:
 * `line_ready_at` (null when nothing is owed), and who is sending its head.
 *
 * Two rules keep the state true. Who owes something writes the delivery first and then the channel's row; who settles
 * something locks the channel's row first and only then looks what is left. So either sees what the other did.
 */

/** What is to be owed, the same to several channels. */
export interface Owed {
  subject: string
  kind: 'alert' | 'digest' | 'notice'
  storyId: number | null
  /** JSON of a `Message`, or null for an alert. */
  message: string | null
}

/** Owes something to channels; those that were owed the same subject before are left alone. Returns how many are new. */
export async function owe(query: Query, channelIds: readonly number[], owed: Owed, now: Date): Promise<number> {
  if (channelIds.length === 0) return 0
  const owing = await query<{ channelId: number }>(
    `insert into delivery (channel_id, subject, kind, story_id, message, created_at)
     select id, $2, $3, $4, $5, $6 from unnest($1::bigint[]) as asked (id) order by id
     on conflict (channel_id, subject) do nothing
     returning channel_id as "channelId"`,
    [channelIds, owed.subject, owed.kind, owed.storyId, owed.message, now]
  )
  const fresh = owing.map((one) => one.channelId)
  if (fresh.length > 0) await openLines(query, fresh, now)
  return fresh.length
}

/** Makes sure that lines move to which something was added. */
export async function openLines(query: Query, channelIds: readonly number[], now: Date): Promise<void> {
  await query(
    `with line as (
       select id from channel where id = any ($1) order by id for no key update
     )
     update channel c set line_ready_at = $2 from line where c.id = line.id and c.line_ready_at is null`,
    [channelIds, now]
  )
}

/** Locks the line on whose head this owner works; null when the lease has passed to another. */
export async function lockLine(query: Query, deliveryId: string, owner: string): Promise<number | null> {
  const [line] = await query<{ id: number }>(
    `select id from channel
     where id = (select channel_id from delivery where id = $1) and line_delivery_id = $1 and line_owner = $2
     for no key update`,
    [deliveryId, owner]
  )
  return line?.id ?? null
}

/** Gives back a line: its next delivery may be sent at `readyAt`. To be called with the line locked. */
export async function releaseLine(query: Query, channelId: number, readyAt: Date): Promise<void> {
  await query(
    `update channel set line_owner = null, line_delivery_id = null,
       line_ready_at = case
         when exists (select from delivery where channel_id = $1 and state = 'owed') then $2::timestamptz
       end
     where id = $1`,
    [channelId, readyAt]
  )
}
