import type { HoldReason } from '../model/delivery.js'
import type { Query } from './database.js'
import { cut, LIMITS } from './text.js'

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
  /** JSON of a `LateReason`: a story that began to match when it was under way. */
  late?: string | null
}

/** Owes something to channels; those that were owed the same subject before are left alone. Returns how many are new. */
export async function owe(query: Query, channelIds: readonly number[], owed: Owed, now: Date): Promise<number> {
  if (channelIds.length === 0) return 0
  const owing = await query<{ channelId: number }>(
    `insert into delivery (channel_id, subject, kind, story_id, message, created_at, late)
     select id, $2, $3, $4, $5, $6, $7 from unnest($1::bigint[]) as asked (id) order by id
     on conflict (channel_id, subject) do nothing
     returning channel_id as "channelId"`,
    [channelIds, owed.subject, owed.kind, owed.storyId, owed.message, now, owed.late ?? null]
  )
  const fresh = owing.map((one) => one.channelId)
  if (fresh.length > 0) await openLines(query, fresh, now)
  return fresh.length
}

/** Makes sure that lines move to which something was added. What only waits by the channel's wish holds up nothing else. */
export async function openLines(query: Query, channelIds: readonly number[], now: Date): Promise<void> {
  await query(
    `with line as (
       select id from channel where id = any ($1) order by id for no key update
     )
     update channel c set line_ready_at = $2, line_held = false from line
     where c.id = line.id and c.line_owner is null
       and (c.line_ready_at is null or (c.line_held and c.line_ready_at > $2))`,
    [channelIds, now]
  )
}

/** What became of a try to send. */
export interface Outcome {
  state: 'owed' | 'sent' | 'failed' | 'dropped'
  error: string | null
  uncertain?: boolean
  sentAt?: Date
  /** JSON of a `MessageRef`. */
  ref?: string
  /** Digest of the message as it was shown. */
  shown?: string
  /** The channel's wish that it waits; the rest of the line goes on. */
  held?: { until: Date; reason: HoldReason }
}

/** Locks the line on whose head this owner works; false when the lease has passed to another. */
export async function lockLine(query: Query, deliveryId: string, owner: string): Promise<boolean> {
  const locked = await query(
    `select id from channel
     where id = (select channel_id from delivery where id = $1) and line_delivery_id = $1 and line_owner = $2
     for no key update`,
    [deliveryId, owner]
  )
  return locked.length > 0
}

/** Writes an outcome and gives the line back: its next delivery may be sent at `readyAt`. With the line locked. */
export async function settleLine(query: Query, deliveryId: string, readyAt: Date, outcome: Outcome): Promise<void> {
  await query(
    `with settled as (
       update delivery set state = $2, last_error = $3, uncertain = uncertain or $4,
         sent_at = coalesce($5, sent_at), ref = coalesce($6, ref), shown = coalesce($8, shown),
         held_until = $9::timestamptz, held_for = coalesce($10, held_for),
         failed_at = case $2 when 'failed' then $7::timestamptz end,
         attempts = attempts - case when $9::timestamptz is null then 0 else 1 end
       where id = $1
       returning id, channel_id
     ), rest as (
       select settled.channel_id, least(
         case when $2 = 'owed' then coalesce($9::timestamptz, $7::timestamptz) end,
         (select min(coalesce(d.held_until, '-infinity')) from delivery d
          where d.channel_id = settled.channel_id and d.state = 'owed' and d.id <> settled.id)
       ) as first
       from settled
     )
     update channel c set line_owner = null, line_delivery_id = null,
       line_held = coalesce(rest.first > $7, false) and ($2 <> 'owed' or $9::timestamptz is not null),
       line_ready_at = case
         when $2 = 'owed' and $9::timestamptz is null then $7::timestamptz
         when rest.first is not null then greatest(rest.first, $7::timestamptz)
       end
     from rest where c.id = rest.channel_id`,
    [
      deliveryId,
      outcome.state,
      outcome.error && cut(outcome.error, LIMITS.error),
      outcome.uncertain ?? false,
      outcome.sentAt ?? null,
      outcome.ref ?? null,
      readyAt,
      outcome.shown ?? null,
      outcome.held?.until ?? null,
      outcome.held?.reason ?? null
    ]
  )
}
